import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { limits } from '../../src/lib/limits.ts';
import { isObject } from '../../src/lib/json.ts';
import { flatten, parseGfm } from '../render/gfm.ts';
import { readPage, root } from './pages.ts';

const docs = readPage('docs/github.md');
const action: unknown = parse(readFileSync(join(root, 'action.yml'), 'utf8'));
const inputs = isObject(action) && isObject(action['inputs']) ? Object.keys(action['inputs']) : [];

/** The rows of the table under a heading, as texts. */
function readTable(heading: string): string[][] {
  const start = docs.indexOf(`\n## ${heading}\n`);
  const section = docs.slice(start + 1, docs.indexOf('\n## ', start + 4));
  return flatten(parseGfm(section))
    .filter((node) => node.type === 'tableRow')
    .map((row) =>
      row.children.map((cell) =>
        flatten(cell)
          .flatMap((node) => ('value' in node ? node.value : []))
          .join(''),
      ),
    );
}

describe('docs/github.md', () => {
  it('names the bounds that the code has', () => {
    const minute = 60_000;
    const MiB = 1024 * 1024;
    const bytes = (count: number): string => `${count.toLocaleString('en')} bytes`;
    expect(readTable('Bounds').slice(1)).toEqual([
      ['job summary', bytes(limits.jobSummaryBytes)],
      ["check run's summary", bytes(limits.checkSummaryBytes)],
      ['comment', bytes(limits.commentBytes)],
      [`annotations of a check run, ${limits.annotationsAtOnce} in a request`, String(limits.checkAnnotations)],
      ['annotations through the runner', String(limits.runnerAnnotations)],
      ['all of check run and comment', `${limits.githubReportMs / 1000} s`],
      [`one request, of at most ${limits.githubTries} tries`, `${limits.githubRequestMs / 1000} s`],
      ['signing, all services together', `${limits.signMs / 1000} s`],
      ['storing the attestation', `${limits.attestationStoreMs / 1000} s`],
      ['upload of one file, at most', `${limits.uploadMaxMs / minute} min`],
      ['envelopes of a collection', String(limits.collectMembers)],
      ['one of them', `${limits.memberBytes / MiB} MiB`],
      ['steps of one of them', limits.planSteps.toLocaleString('en')],
      ['all of them', `${limits.collectBytes / MiB} MiB`],
      ['after a cancellation, until all is written', `${limits.cancelMs / 1000} s`],
    ]);
  });

  it('says what each mode does, and has no other', () => {
    expect(readTable('Modes').map(([mode]) => mode)).toEqual(['mode', 'run', 'collect', 'report']);
  });

  it('asks for no permission that no example grants, and tells of each that one does', () => {
    const granted = readdirSync(join(root, 'examples/github'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.yml'))
      .flatMap(
        (file) => readFileSync(join(root, 'examples/github', file), 'utf8').match(/[a-z-]+: (?:read|write)\b/g) ?? [],
      );
    const told = readTable('Permissions').flatMap(([name = '']) => name.match(/[a-z-]+: (?:read|write)/g) ?? []);
    expect([...new Set(told)].toSorted()).toEqual([...new Set(granted)].toSorted());
  });

  it('speaks of inputs that there are', () => {
    const spoken = Array.from(
      docs.matchAll(/`([a-z]+(?:-[a-z]+)*): (?:auto|always|never|run|collect|report|fail|warn)`/g),
    );
    expect(spoken.length).toBeGreaterThan(3);
    for (const [, name = ''] of spoken) expect(inputs).toContain(name);
    const told = inputs.filter((name) => docs.includes(`\`${name}\``) || docs.includes(`\`${name}:`));
    expect(told).toEqual(
      expect.arrayContaining(['check', 'comment', 'attest', 'base-envelope', 'expected', 'server-url']),
    );
  });
});
