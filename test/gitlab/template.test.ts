import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportFiles } from '../../src/publish/gitlab/reports.ts';
import { parseCiYaml, readCiSchema } from '../support/gitlab/ci-schema.ts';
import { interpolate, readTemplate, toJob } from '../support/gitlab/template.ts';

const root = resolve(import.meta.dirname, '../..');
const names = ['quoderat', 'collect'] as const;
const validate = readCiSchema();

function findFaults(value: unknown): string[] {
  return validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

describe("GitLab's own JSON schema of .gitlab-ci.yml", () => {
  it('finds the faults that it is there for', () => {
    expect(findFaults({ job: { script: 'true', retry: { max: 7 } } })).not.toEqual([]);
    expect(findFaults({ job: { script: 'true', artifacts: { expose: 'x' } } })).not.toEqual([]);
    expect(findFaults({ spec: { inputs: { x: { type: 'text' } } } })).not.toEqual([]);
  });

  it.each(names)('accepts the template %s: its header, and its body with the defaults', (name) => {
    expect(findFaults(readTemplate(name).header)).toEqual([]);
    expect(findFaults(interpolate(name))).toEqual([]);
  });

  it('accepts the body with every input at another value', () => {
    const rules = [{ if: '$CI_PIPELINE_SOURCE == "merge_request_event"' }, { when: 'manual', allow_failure: true }];
    const given = {
      'job-name': 'all: of [it]',
      stage: '.pre',
      rules,
      timeout: '3h 30m',
      interruptible: false,
      'retry-max': 0,
      'expire-in': 'never',
      'artifacts-access': 'maintainer',
      junit: ['.quoderat/junit.xml', 'a/*.xml'],
      dotenv: [],
      'cache-policy': 'pull',
      'package-sha256': 'a'.repeat(64),
    };
    expect(findFaults(interpolate('quoderat', given))).toEqual([]);
    expect(interpolate('quoderat', given)).toHaveProperty(['all: of [it]', 'rules'], rules);
    expect(interpolate('quoderat', given), 'no variables for later jobs').toHaveProperty(
      ['all: of [it]', 'artifacts', 'reports', 'dotenv'],
      [],
    );
  });

  const files = [
    'gitlab/.gitlab-ci.yml',
    ...readdirSync(join(root, 'examples/gitlab')).map((name) => `examples/gitlab/${name}`),
  ];
  it.each(files)('accepts %s', (path) => {
    expect(findFaults(parseCiYaml(readFileSync(join(root, path), 'utf8')).body)).toEqual([]);
  });
});

describe.each(names)('the template %s', (name) => {
  const { text, inputs } = readTemplate(name);
  const body = text.slice(text.indexOf('\n---\n'));

  it('describes every input, gives it a default that it would accept, and uses it', () => {
    for (const [key, { type, options, regex, default: preset, description }] of Object.entries(inputs)) {
      expect(description, key).not.toBe('');
      expect(Array.isArray(preset) ? 'array' : typeof preset, key).toBe(type);
      expect(options === undefined || options.some((option) => option === preset), key).toBe(true);
      expect(regex === undefined || new RegExp(regex).test(String(preset)), key).toBe(true);
      expect(body, key).toContain(`$[[ inputs.${key} ]]`);
    }
    const used = [...body.matchAll(/\$\[\[ inputs\.([\w-]+) \]\]/g)].map(([, key]) => key ?? '');
    expect(used.filter((key) => !(key in inputs))).toEqual([]);
  });

  it('lets no text through that could end its quotes in YAML, and quotes every text', () => {
    for (const [key, { type, options, regex }] of Object.entries(inputs)) {
      if (type !== 'string' || options !== undefined) continue;
      for (const hostile of ['a"b', 'a\\', 'a\nb: c', '"\n  script: x', 'a\u0000', 'a\rb']) {
        expect(new RegExp(regex ?? '').test(hostile), `${key} takes ${JSON.stringify(hostile)}`).toBe(false);
      }
      expect(body, key).not.toMatch(new RegExp(`(?<!["-])\\$\\[\\[ inputs\\.${key} \\]\\](?!")`));
    }
  });

  it('hands inputs to its scripts as variables that are not expanded, and in no other way', () => {
    const given = Object.fromEntries(Object.keys(inputs).map((key) => [key, `<${key}>`]));
    const { script, after_script, variables } = toJob(
      interpolate(name, { ...given, rules: [], junit: ['x'], 'retry-max': 1, interruptible: true }),
    );
    expect([...script, ...after_script].join('\n')).not.toMatch(/<[a-z0-9-]+>|inputs\./);
    for (const { value } of Object.values(variables)) expect(value).toMatch(/^<[a-z0-9-]+>$/);
  });
});

describe('gitlab/', () => {
  it('is what it is generated from: the script in both templates, and the tables of the catalog page', () => {
    const script = join(root, 'scripts/generate-gitlab.ts');
    expect(execFileSync(process.execPath, [script, '--check'], { encoding: 'utf8' })).toContain('gitlab/ is what');
  });

  it('removes, before it runs, whatever it will hand in as a report', () => {
    const job = toJob(interpolate('quoderat'));
    const reports = JSON.stringify(job.artifacts.reports);
    const named = [...reports.matchAll(/\.quoderat\/([\w.-]+)/g)].map(([, first]) => first ?? '');
    const removed = /for q_report in ([^;]+);/.exec(job.script.join('\n'))?.[1]?.split(' ');
    expect(removed?.toSorted()).toEqual(named.toSorted());
    for (const name of Object.values(reportFiles)) expect(named, 'what src/publish/gitlab writes').toContain(name);
  });
});
