import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { startForge } from '../support/forge/forge.ts';
import { makeMiniRunner } from '../support/mini-runner.ts';

const file = resolve(import.meta.dirname, '../../examples/github/monorepo.yml');
const workflow = z.object({
  jobs: z.object({
    evidence: z.object({
      strategy: z.object({ matrix: z.object({ package: z.array(z.string()) }) }),
      steps: z.array(
        z.object({ uses: z.string(), with: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])) }),
      ),
    }),
  }),
});

it('the example of a monorepo leaves a finished comment and a check for each package', async () => {
  const { strategy, steps } = workflow.parse(parse(await readFile(file, 'utf8'))).jobs.evidence;
  const passed = steps.find(({ uses }) => uses.startsWith('quoderat/action@'))?.with ?? {};
  const names = strategy.matrix.package;
  expect(names.length).toBeGreaterThan(1);

  await using forge = await startForge({ pulls: 1 });
  for (const name of names) {
    const inputs = Object.entries(passed).map(([key, value]) => [
      key,
      String(value).replace('${{ matrix.package }}', name),
    ]);
    await using runner = await makeMiniRunner({
      files: {
        [join('packages', name, 'quoderat.yml')]:
          'version: 1\nname: same everywhere\nsteps:\n  - { id: unit, kind: command, run: pwd }\n',
      },
      with: { ...Object.fromEntries(inputs), 'github-token': forge.token, upload: 'never' },
      env: { GITHUB_API_URL: forge.url, GITHUB_GRAPHQL_URL: forge.graphqlUrl, GITHUB_EVENT_NAME: 'pull_request' },
      matrix: { package: name },
      jobTotal: names.length,
      event: () => ({
        pull_request: {
          number: 1,
          head: { sha: 'a1b2c3d4'.repeat(5), repo: { id: 2001, fork: false } },
          base: { sha: 'b'.repeat(40), repo: { id: 2001, fork: false } },
        },
      }),
    });
    expect(await runner.run('main')).toMatchObject({ exitCode: 0 });
  }
  const comments = await forge.comments(1);
  expect(comments).toHaveLength(names.length);
  for (const { body } of comments) {
    expect(body).toContain('Passed: 1 of 1 step');
    expect(body).not.toContain('envelopes in');
  }
  expect(
    forge
      .checks()
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual(names.map((name) => `Quoderat: ${name} (${name})`).toSorted());
});
