import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ComponentForge, startComponentForge } from '../support/gitlab/component-forge.ts';
import { cannotRunPipelines, listEvidence, makeRepository, startPipeline } from '../support/gitlab/run-pipeline.ts';

const folder = resolve(import.meta.dirname, '../../examples/gitlab');
const passes = 'version: 1\nname: example\nsteps:\n  - { id: works, kind: command, run: "true" }\n';

const mergeRequest = { CI_PIPELINE_SOURCE: 'merge_request_event', CI_MERGE_REQUEST_IID: '17' };

/** An example as it stands, but of the test's own project; where it includes two, the second by its branch (see joinIncludes). */
function readExample(name: string): string {
  let count = 0;
  return readFileSync(join(folder, name), 'utf8').replaceAll(
    /\$CI_SERVER_FQDN\/quoderat\/quoderat\/(\w+)@1$/gm,
    (_all, component) => {
      count += 1;
      return `$CI_SERVER_FQDN/acme/quoderat/${component}@${count === 1 ? '1' : 'main'}`;
    },
  );
}

describe.skipIf(cannotRunPipelines !== null)(
  `the GitLab examples${cannotRunPipelines === null ? '' : ` (skipped: ${cannotRunPipelines})`}`,
  () => {
    let forge: ComponentForge;

    beforeAll(async () => {
      forge = await startComponentForge();
    });
    afterAll(async () => forge[Symbol.asyncDispose]());

    it.each<[name: string, variables: Record<string, string>, evidence: number, output: string[]]>([
      ['single-job.yml', {}, 1, ['PASS  quoderat']],
      ['matrix-collect.yml', {}, 3, ['PASS  integration: [mysql]', 'PASS  quoderat-collect']],
      // Without a token: no note, no status, and one line about both.
      [
        'merge-requests.yml',
        mergeRequest,
        1,
        ['no commit status and no note on the merge request: there is no QUODERAT'],
      ],
      ['locked-down.yml', {}, 1, ['checked and unpacked']],
      ['child-pipeline.yml', {}, 1, ['PASS  [checks] -> unit', 'PASS  [checks] -> quoderat-collect', 'PASS  deploy']],
    ])('%s runs, with the variables %j', async (name, variables, evidence, output) => {
      const { dir, remote } = forge.toRepository(name.replace('.yml', ''));
      const children = { 'child-pipeline-jobs.yml': readExample('child-pipeline-jobs.yml') };
      const mirror = `${forge.server.url}/api/v4/projects/mirror/packages/generic/quoderat/any/`;
      const pipeline = readExample(name).replace('https://mirror.example.com/quoderat/', mirror);
      await makeRepository(dir, { '.gitlab-ci.yml': pipeline, 'quoderat.yml': passes, ...children }, remote);
      const done = await startPipeline(dir, { variables }).done;
      for (const text of output) expect(done.output).toContain(text);
      expect(done.code).toBe(0);
      expect(listEvidence(dir)).toHaveLength(evidence);
    });

    it('are all here', () => {
      expect(readdirSync(folder).toSorted()).toEqual([
        'child-pipeline-jobs.yml',
        'child-pipeline.yml',
        'locked-down.yml',
        'matrix-collect.yml',
        'merge-requests.yml',
        'single-job.yml',
      ]);
    });
  },
);
