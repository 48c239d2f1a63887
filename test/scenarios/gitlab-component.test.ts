import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { readFile, watch } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Envelope, envelope as schema } from '../../src/schema/envelope.ts';
import { type ComponentForge, startComponentForge } from '../support/gitlab/component-forge.ts';
import {
  cannotRunPipelines,
  listEvidence,
  makeRepository,
  readExpanded,
  startPipeline,
  toArtifacts,
} from '../support/gitlab/run-pipeline.ts';
import { runCli } from '../support/run-cli.ts';

const jobToken = 'glcbt-64_do-not-show-this-to-anyone';

describe.skipIf(cannotRunPipelines !== null)(
  `the GitLab component, run by gitlab-ci-local${cannotRunPipelines === null ? '' : ` (skipped: ${cannotRunPipelines})`}`,
  () => {
    let forge: ComponentForge;

    beforeAll(async () => {
      forge = await startComponentForge();
    });
    afterAll(async () => forge[Symbol.asyncDispose]());

    it('keeps sealed evidence of the commit as artifacts, shows steps no token, and finds its archive in the cache next time', async () => {
      const { dir, remote } = forge.toRepository('success');
      const steps =
        step('env', 'env > seen; ! grep -e ID_TOKEN -e JOB_TOKEN seen') + step('hello', 'echo good morning');
      const files = { '.gitlab-ci.yml': joinIncludes([include('1.2.3')]), 'quoderat.yml': toManifest(steps) };
      const { git } = await makeRepository(dir, files, remote);
      const variables = { CI_JOB_TOKEN: jobToken, QUODERAT_ID_TOKEN: 'a.b.c', SIGSTORE_ID_TOKEN: 'd.e.f' };
      const first = await startPipeline(dir, { variables }).done;
      expect(first.output).toContain('Passed: 2 of 2 steps ran and passed');
      expect(first.code).toBe(0);
      expect(first.output).not.toContain(jobToken);
      expect(await readExpanded(dir)).toContain('expire_in: 90 days');

      const [folder = '', ...others] = listEvidence(toArtifacts(dir, 'quoderat'));
      expect(others).toEqual([]);
      const sha = git('rev-parse', 'HEAD');
      const { subject } = await readEnvelope(folder);
      expect(subject).toMatchObject({ id: sha, source: 'gitlab', repo: { name: 'acme/success' } });
      expect(subject.meta).toMatchObject({ job: 'quoderat', job_id: basename(folder) });
      expect((await runCli(['verify', folder, '--commit', sha, '--repo', 'acme/success'], { cwd: dir })).code).toBe(0);

      const asked = forge.server.requests.length;
      expect(asked, 'the list of digests and one archive').toBe(2);
      expect((await startPipeline(dir, { variables }).done).code).toBe(0);
      expect(forge.server.requests).toHaveLength(asked);
      expect(listEvidence(dir), 'in a work tree that was kept, a job has a folder of its own').toHaveLength(2);
      expect(git('status', '--porcelain', '--', ':!.gitlab-ci-local'), 'nothing of Quoderat is in the way of git').toBe(
        '?? seen',
      );
    });

    it('runs the legs of a matrix at the latest version, and collects them', async () => {
      const { dir, remote } = forge.toRepository('matrix');
      const includes = joinIncludes([include('~latest'), include('1.2.3', { expected: '"3"' }, 'collect')]);
      const files = {
        '.gitlab-ci.yml': `${includes}quoderat:\n  parallel: { matrix: [{ DB: [mysql, sqlite, postgres] }] }\n`,
        'quoderat.yml': toManifest(step('db', '[ "$DB" != sqlite ]', ', pass_env: [DB]')),
      };
      await makeRepository(dir, files, remote);
      const { output, code } = await startPipeline(dir).done;
      expect(output).toContain('quoderat-collect');
      expect(code, 'a leg failed').toBe(1);
      expect(await readExpanded(dir), 'not the release candidate, and not 1.2.3').toContain('expire_in: 91 days');
      const envelopes = await Promise.all(listEvidence(dir).map(readEnvelope));
      expect(envelopes.map(({ execution }) => execution.status).toSorted()).toEqual(['failed', 'success', 'success']);
      expect(new Set(envelopes.map(({ subject }) => subject.meta['node_index']))).toEqual(new Set([1, 2, 3]));
      const [collection = ''] = listEvidence(toArtifacts(dir, 'quoderat-collect'), 'collection');
      const text = readFileSync(join(collection, 'envelope.json'), 'utf8');
      for (const { evidence_id } of envelopes) expect(text).toContain(evidence_id);
    });

    it("runs the component project's own pipeline, with the component as it is at that commit", async () => {
      const { output, code } = await startPipeline(forge.project).done;
      expect(output).toMatch(/PASS.+evidence is there/s);
      expect(output, 'the failing step, and the collection that has it').toMatch(/WARN 1[\s\S]+WARN 1/);
      expect(code).toBe(0);
      expect(await readExpanded(forge.project)).toContain('expire_in: 92 days');
    });

    it('fails on a failed step and on a time limit, and takes inputs as texts, in a pipeline for a merge request', async () => {
      const { dir, remote } = forge.toRepository('merge-request');
      const odd = `it's $(touch pwned) \`touch pwned\` $CI_JOB_ID; touch pwned & "quoted".yml`.replaceAll('"', '');
      const files = {
        '.gitlab-ci.yml': joinIncludes([
          include('1.2.3', { 'job-name': 'fails', manifest: 'fails.yml' }),
          include('1.10.0', { 'job-name': 'slow', manifest: 'slow.yml' }),
          include('main', { 'job-name': 'odd', manifest: JSON.stringify(odd) }),
        ]),
        'fails.yml': toManifest(step('breaks', 'exit 7') + step('after', 'echo never', ', needs: [breaks]')),
        'slow.yml': toManifest(step('sleeps', 'sleep 60', ', timeout: 1s')),
        [odd]: toManifest(step('fine', 'true')),
      };
      const { git } = await makeRepository(dir, files, remote);
      const source = git('rev-parse', 'HEAD');
      const target = source.replaceAll(/./g, 'b');
      const variables = {
        CI_PIPELINE_SOURCE: 'merge_request_event',
        CI_MERGE_REQUEST_IID: '17',
        CI_MERGE_REQUEST_EVENT_TYPE: 'detached',
        CI_MERGE_REQUEST_PROJECT_ID: '1217',
        CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '4242',
        CI_MERGE_REQUEST_DIFF_BASE_SHA: target,
        CI_MERGE_REQUEST_REF_PATH: 'refs/merge-requests/17/head',
      };
      const { code, output } = await startPipeline(dir, { variables }).done;
      expect(code).toBe(1);
      expect(output).toContain('FAIL 1');
      expect(existsSync(join(dir, 'pwned'))).toBe(false);
      const envelopes = await Promise.all(listEvidence(dir).map(readEnvelope));
      const byJob = new Map(envelopes.map((envelope) => [envelope.subject.meta['job'], envelope]));
      const toSteps = (job: string) => byJob.get(job)?.execution.steps.map(({ status }) => status);
      expect(toSteps('fails')).toEqual(['failed', 'skipped']);
      expect(toSteps('slow')).toEqual(['timed_out']);
      expect(toSteps('odd')).toEqual(['success']);
      expect(byJob.get('odd')?.subject.meta).toMatchObject({
        mr_iid: 17,
        mr_from_fork: true,
        event_name: 'merge_request_event',
      });
      expect(byJob.get('odd')?.subject.git).toMatchObject({ head_sha: source, base_sha: target });
    });

    it('is sealed as aborted when the job is cancelled, and by after_script when the run was killed', async () => {
      const { dir, remote } = forge.toRepository('cancel');
      const files = {
        '.gitlab-ci.yml': joinIncludes([
          include('1.2.3', { 'job-name': 'cancelled' }),
          include('main', { 'job-name': 'killed' }),
        ]),
        'quoderat.yml': toManifest(step('waits', 'touch started.$$; sleep 60')),
      };
      await makeRepository(dir, files, remote);
      const { done } = startPipeline(dir);
      await waitForFiles(dir, /^started\./, 1);
      const [cancelled = ''] = listEvidence(dir);
      process.kill(readOwner(cancelled), 'SIGTERM');
      await waitForFiles(dir, /^started\./, 2);
      const folders = listEvidence(dir);
      const killed = folders.find((folder) => folder !== cancelled) ?? '';
      process.kill(readOwner(killed), 'SIGKILL');
      const { code, output } = await done;
      expect(code).toBe(1);
      expect(output).toContain('FAIL 143');
      expect(output).toMatch(/the run did not come to its end \(job status: \w+\); sealing what it left/);
      for (const folder of folders) {
        expect((await readEnvelope(folder)).execution.status).toBe('aborted');
        expect((await runCli(['verify', folder], { cwd: dir })).code).toBe(0);
      }
    });
  },
);

function include(version: string, inputs: Record<string, string> = {}, name = 'quoderat'): string {
  const lines = Object.entries(inputs).map(([key, value]) => `      ${key}: ${value}\n`);
  const head = `  - component: $CI_SERVER_FQDN/acme/quoderat/${name}@${version}\n`;
  return lines.length === 0 ? head : `${head}    inputs:\n${lines.join('')}`;
}

/** No two at one version: gitlab-ci-local fetches them at once into one folder, and trips over itself. */
function joinIncludes(includes: string[]): string {
  return `include:\n${includes.join('')}`;
}

function toManifest(steps: string): string {
  return `version: 1\nname: story\nsteps:\n${steps}`;
}

function step(id: string, run: string, more = ''): string {
  return `  - { id: ${id}, kind: command, run: ${JSON.stringify(run)}${more} }\n`;
}

async function readEnvelope(folder: string): Promise<Envelope> {
  return schema.parse(JSON.parse(await readFile(join(folder, 'envelope.json'), 'utf8')));
}

/** Looks whenever something changes in the folder, until there are that many such files. */
async function waitForFiles(dir: string, name: RegExp, count: number): Promise<void> {
  const isThere = (): boolean => readdirSync(dir).filter((entry) => name.test(entry)).length >= count;
  const changes = watch(dir, { signal: AbortSignal.timeout(20_000) });
  if (isThere()) return;
  for await (const _change of changes) if (isThere()) return;
}

/** The process that writes an evidence folder. */
function readOwner(folder: string): number {
  return Number.parseInt(readFileSync(join(folder, '.owner'), 'utf8'), 10);
}
