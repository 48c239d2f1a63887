import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leastNode } from '../../src/doctor/machine-checks.ts';
import { isKnownProgram, toRemedies } from '../../src/doctor/remedies.ts';
import { toProgramWords } from '../../src/doctor/script-words.ts';

describe('toProgramWords', () => {
  it.each([
    ['npm ci && npx vitest run | tee out.txt; git status', ['npm', 'npx', 'tee', 'git']],
    ['FOO=1 BAR="a b" make -j2', ['make']],
    ['if ! go vet ./...; then\n  sed -n p x\nfi', ['go', 'sed']],
    ['cargo clippy --all\ncargo fmt --check\ncargo build', ['cargo', 'cargo-clippy', 'cargo-fmt']],
    ['echo "npm; rm -rf x"\nprintf %s \'make all\'', []],
    ['# make nothing\necho x # make', []],
    ['greet() { echo hi; }\nfunction part { ls; }\ngreet\ncd x', []],
    ['cat <<EOF\nmake this\nEOF\njq .', ['cat', 'jq']],
    ["cat > x <<-'END'\n\tgcc\n\tEND\nls", ['cat', 'ls']],
    ['"$TOOL" --version\n$TOOL\n${A}b\n*.sh', []],
    ['docker build \\\n  make .', ['docker']],
    ['(tar cf - . | gzip) > out && ./run.sh', ['tar', 'gzip', './run.sh']],
    ['time sudo -E apt-get update', []],
    ['[ -f x ] || exit 1', []],
  ])('of %j', (script, words) => {
    expect(toProgramWords(script)).toEqual(words);
  });

  it('is done with any text, and names only words that a program may have', () => {
    const text = fc.string({
      unit: fc.constantFrom('"', "'", '\\', '\n', ' ', '<<', 'E', '|', '(', ')', '$', '#', 'a', ';'),
      maxLength: 200,
    });
    fc.assert(
      fc.property(text, (script) => {
        expect(toProgramWords(script).every((word) => /^[\w./+-]+$/.test(word))).toBe(true);
      }),
    );
    expect(toProgramWords('"'.repeat(99_999)).length).toBeLessThan(2);
    expect(toProgramWords("a '".repeat(50_000)).length).toBeLessThan(51);
  });
});

describe('toRemedies', () => {
  it('names a way for each system, for known programs and for others', () => {
    expect(toRemedies('go', 'linux')).toEqual(['apt-get install golang-go   (Debian, Ubuntu)']);
    expect(toRemedies('go', 'darwin')).toEqual(['brew install go']);
    expect(toRemedies('go', 'win32')).toEqual(['winget install GoLang.Go']);
    for (const platform of ['linux', 'darwin', 'win32', 'freebsd'] as const) {
      for (const program of ['zip', 'cargo-fmt', 'nothing-known', 'constructor']) {
        expect(toRemedies(program, platform)).not.toEqual([]);
      }
    }
    expect(isKnownProgram('constructor')).toBe(false);
  });
});

describe('the least Node', () => {
  it('is that of package.json', async () => {
    const { engines }: { engines: { node: string } } = JSON.parse(
      await readFile(join(import.meta.dirname, '../../package.json'), 'utf8'),
    );
    expect(engines.node).toBe(`>=${leastNode.join('.')}`);
  });
});
