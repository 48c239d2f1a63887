import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parseSync } from 'rolldown/utils';
import { describe, expect, it } from 'vitest';

const src = resolve(import.meta.dirname, '../src');

/**
 * Who may import whom, and which packages and Node modules each folder may touch. `import type` counts. The order is the
 * order in which data flows; a folder that is not here may not exist.
 */
const table: Record<string, { ours: string[]; outside: string[] }> = {
  schema: { ours: [], outside: ['zod'] },
  lib: { ours: [], outside: ['node:crypto', 'node:tls', 'canonicalize', 'undici'] },
  manifest: { ours: ['schema', 'lib'], outside: ['zod', 'yaml', 'node:fs/promises', 'node:path'] },
  plan: { ours: ['schema', 'lib'], outside: [] },
  redaction: { ours: [], outside: [] },
  reports: { ours: ['schema', 'lib'], outside: ['saxes', 'yaml'] },
  execution: {
    ours: ['schema', 'lib', 'redaction'],
    outside: [
      'node:child_process',
      'node:crypto',
      'node:dns',
      'node:fs',
      'node:fs/promises',
      'node:http',
      'node:net',
      'node:os',
      'node:path',
      'node:stream',
      'node:string_decoder',
      'node:timers/promises',
      'node:tls',
      'tinyglobby',
    ],
  },
  ci: {
    ours: ['schema', 'lib'],
    outside: ['node:child_process', 'node:fs', 'node:fs/promises', 'node:os', 'node:path'],
  },
  journal: { ours: ['schema', 'lib'], outside: ['node:fs', 'node:fs/promises', 'node:path'] },
  record: { ours: ['schema', 'lib'], outside: [] },
  init: { ours: ['schema', 'lib'], outside: ['node:fs/promises', 'node:path'] },
  doctor: { ours: ['schema'], outside: ['node:fs/promises', 'node:os', 'node:path'] },
  compare: { ours: ['schema', 'reports'], outside: [] },
  worktree: {
    ours: ['schema', 'lib'],
    outside: ['node:child_process', 'node:crypto', 'node:fs', 'node:fs/promises', 'node:os', 'node:path'],
  },
  seal: { ours: ['schema', 'lib'], outside: ['node:crypto'] },
  sign: {
    ours: ['schema', 'lib', 'seal'],
    outside: [
      '@sigstore/bundle',
      '@sigstore/core',
      '@sigstore/protobuf-specs',
      '@sigstore/sign',
      '@sigstore/tuf',
      '@sigstore/verify',
    ],
  },
  collect: { ours: ['schema', 'lib', 'seal'], outside: [] },
  render: { ours: ['schema', 'lib'], outside: [] },
  log: { ours: ['schema', 'lib', 'render'], outside: [] },
  'publish/files': {
    ours: ['schema', 'lib', 'render'],
    outside: [
      'node:crypto',
      'node:fs',
      'node:fs/promises',
      'node:path',
      'node:stream',
      'node:stream/promises',
      'node:zlib',
      'tar-stream',
    ],
  },
  // What the pages of all forges share: the forges' own folders never import each other.
  'publish/comment': { ours: ['lib', 'render'], outside: ['zod'] },
  'publish/github': {
    ours: ['schema', 'lib', 'render', 'publish/comment'],
    outside: [
      '@actions/artifact',
      '@actions/core',
      'node:fs/promises',
      'node:path',
      'node:timers/promises',
      'undici',
      'yauzl',
      'zod',
    ],
  },
  relay: {
    ours: ['schema', 'lib'],
    outside: ['eventsource-parser', 'node:fs', 'node:fs/promises', 'node:path', 'node:stream', 'undici', 'zod'],
  },
  server: {
    ours: ['schema', 'lib', 'record', 'redaction', 'seal', 'publish/files'],
    outside: [
      '@aws-sdk/client-s3',
      '@aws-sdk/lib-storage',
      '@hono/node-server',
      '@opentelemetry/api',
      '@opentelemetry/exporter-trace-otlp-http',
      '@opentelemetry/resources',
      '@opentelemetry/sdk-trace-base',
      'hono',
      'hono/route',
      'jose',
      'kysely',
      'node:buffer',
      'node:child_process',
      'node:crypto',
      'node:events',
      'node:fs',
      'node:fs/promises',
      'node:http',
      'node:module',
      'node:net',
      'node:os',
      'node:path',
      'node:stream',
      'node:stream/promises',
      'node:url',
      'node:util',
      'node:zlib',
      'pg',
      'pino',
      'prom-client',
      'tar-stream',
      'zod',
    ],
  },
  'publish/gitlab': {
    ours: ['schema', 'lib', 'render', 'publish/comment'],
    outside: ['node:fs/promises', 'node:path', 'node:timers/promises', 'undici', 'zod'],
  },
  // The files that join the stages: the pipeline, its fan-out, and its end. They open nothing themselves.
  '.': {
    ours: [
      'schema',
      'lib',
      'manifest',
      'plan',
      'redaction',
      'execution',
      'ci',
      'journal',
      'record',
      'reports',
      'worktree',
      'seal',
      'sign',
      'collect',
      'compare',
      'render',
      'relay',
      'log',
      'publish/files',
      'publish/gitlab',
    ],
    outside: ['node:crypto', 'node:fs', 'node:fs/promises', 'node:path', 'node:url'],
  },
  action: {
    ours: [
      '.',
      'schema',
      'lib',
      'manifest',
      'render',
      'log',
      'seal',
      'sign',
      'collect',
      'publish/files',
      'publish/github',
    ],
    outside: [
      '@actions/core',
      'node:crypto',
      'node:fs/promises',
      'node:os',
      'node:path',
      'node:process',
      'node:timers/promises',
    ],
  },
  cli: {
    ours: [
      '.',
      'schema',
      'lib',
      'manifest',
      'plan',
      'ci',
      'init',
      'doctor',
      'compare',
      'render',
      'relay',
      'log',
      'seal',
      'server',
      'sign',
      'collect',
      'publish/files',
      'publish/github',
    ],
    outside: [
      'commander',
      'node:crypto',
      'node:fs',
      'node:fs/promises',
      'node:os',
      'node:path',
      'node:stream/promises',
      'node:zlib',
      'tar-stream',
    ],
  },
};

/** Files that alone in their folder may touch what the rest may not. */
const onlyHere: Record<string, string[]> = {
  'node:fs/promises': ['manifest/read.ts'],
};

type Import = { file: string; folder: string; specifier: string };

describe('the import table', () => {
  const imports = listSources().flatMap(readImports);

  it('is read from real imports', () => {
    expect(imports.length).toBeGreaterThan(200);
    expect(imports).toContainEqual({ file: 'run.ts', folder: '.', specifier: './execution/execute.ts' });
  });

  it('has no edge between folders but those it names', () => {
    const wrong = imports.filter(({ file, folder, specifier }) => {
      if (!specifier.startsWith('.')) return false;
      const target = toFolder(relative(src, resolve(src, dirname(file), specifier)));
      return target !== folder && !(table[folder]?.ours ?? []).includes(target) && !isGeneratedData(specifier);
    });
    expect(wrong).toEqual([]);
  });

  it('lets each folder touch only the packages and Node modules that it names', () => {
    const wrong = imports.filter(({ file, folder, specifier }) => {
      if (specifier.startsWith('.')) return false;
      if (folder === 'manifest' && onlyHere[specifier] !== undefined) return !onlyHere[specifier].includes(file);
      return !(table[folder]?.outside ?? []).includes(specifier);
    });
    expect(wrong).toEqual([]);
  });

  it('names no folder or package that nothing uses', () => {
    const idle: { folder: string; unused: string[] }[] = [];
    for (const [folder, { ours, outside }] of Object.entries(table)) {
      const used = imports.filter((found) => found.folder === folder);
      const folders = new Set(
        used.map(({ file, specifier }) => toFolder(relative(src, resolve(src, dirname(file), specifier)))),
      );
      const packages = new Set(used.map(({ specifier }) => specifier));
      const unused = [...ours.filter((name) => !folders.has(name)), ...outside.filter((name) => !packages.has(name))];
      if (unused.length > 0) idle.push({ folder, unused });
    }
    expect(idle).toEqual([]);
  });
});

describe('the house rules', () => {
  it('keeps every source file under 300 lines', () => {
    const long = listSources().filter((file) => readFileSync(join(src, file), 'utf8').split('\n').length > 301);
    expect(long).toEqual([]);
  });

  it('reads the environment and ends the process only in the entries', () => {
    const touching = listSources().filter((file) => {
      const folder = toFolder(file);
      return (
        folder !== 'action' &&
        folder !== 'cli' &&
        /process\.(?:env|exit|argv|on)\b/.test(withoutComments(readFileSync(join(src, file), 'utf8')))
      );
    });
    expect(touching).toEqual([]);
  });
});

describe('the bundles', () => {
  it.each([
    ['action.js', 1000],
    ['post.js', 150],
    ['cli.js', 200],
  ])('dist/%s loads at most %i KB before it begins', (entry, most) => {
    const loaded = listLoaded(resolve(src, '../dist', entry));
    expect(loaded.length).toBeGreaterThan(1);
    const bytes = loaded.reduce((sum, file) => sum + readFileSync(file).length, 0);
    expect(bytes / 1024).toBeLessThan(most);
  });
});

/** A bundle, and what it imports statically: all of it is read and compiled before its first line runs. */
function listLoaded(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const { module } = parseSync(file, readFileSync(file, 'utf8'));
  const chunks = module.staticImports.map((found) => found.moduleRequest.value).filter((name) => name.startsWith('.'));
  return [file, ...chunks.flatMap((name) => listLoaded(resolve(file, '..', name), seen))];
}

function listSources(): string[] {
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts'))
    .toSorted();
}

/** Static and dynamic imports, and re-exports, by the parser that also builds dist/. */
function readImports(file: string): Import[] {
  const text = readFileSync(join(src, file), 'utf8');
  const { module, errors } = parseSync(file, text);
  expect(errors).toEqual([]);
  const folder = toFolder(file);
  const specifiers = [
    ...module.staticImports.map((found) => found.moduleRequest.value),
    ...module.staticExports.flatMap((found) => found.entries.flatMap((entry) => entry.moduleRequest?.value ?? [])),
    ...module.dynamicImports.map((found) => text.slice(found.moduleRequest.start + 1, found.moduleRequest.end - 1)),
  ];
  return specifiers.map((specifier) => ({ file, folder, specifier }));
}

function toFolder(file: string): string {
  const parts = file.replaceAll('\\', '/').split('/');
  if (parts.length === 1) return '.';
  return parts[0] === 'publish' ? parts.slice(0, 2).join('/') : (parts[0] ?? '.');
}

function isGeneratedData(specifier: string): boolean {
  return specifier.endsWith('/package.json') || specifier.includes('/schemas/');
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
}
