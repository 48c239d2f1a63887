import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { toMessage } from '../../lib/errors.ts';
import { limits } from '../../lib/limits.ts';
import { requestJson } from '../../lib/request-json.ts';
import { toCleanLine, PublishError } from './failure.ts';
import type { GithubApi } from './api.ts';
import { toServiceProblem } from './service.ts';

/** An artifact of a workflow run, as GitHub lists it. The name is whatever a job of the run chose. */
export type ListedArtifact = {
  id: string;
  name: string;
  sizeBytes: number;
  /** Of the file, or of the zip that GitHub keeps; null when it does not tell. */
  sha256: string | null;
  /** The job that uploaded it, in the artifact service's own words. */
  backendJobId?: string;
};

/** Where artifacts are read from: the service of the runner for its own run, or the REST API for another one. */
export type ArtifactSource = {
  /** @throws PublishError */
  list: () => Promise<ListedArtifact[]>;
  /** The address that gives the bytes, good for some minutes and for everybody: no log may show it. @throws PublishError */
  locate: (artifact: ListedArtifact) => Promise<string>;
};

/** The envelopes among the artifacts of a run, by their names: what `uploadEvidence` calls them. */
export function toEnvelopeArtifacts(artifacts: readonly ListedArtifact[]): ListedArtifact[] {
  return artifacts.filter(isEnvelope);
}

function isEnvelope({ name }: { name: string }): boolean {
  return name.endsWith('.quoderat.json');
}

const SERVICE = '/twirp/github.actions.results.api.v1.ArtifactService';

/** Protobuf JSON may spell members either way, and leaves out what is zero, empty or false. */
const listedByService = z.object({
  artifacts: z
    .array(
      z
        .object({
          workflow_job_run_backend_id: z.string().optional(),
          workflowJobRunBackendId: z.string().optional(),
          database_id: z.union([z.string(), z.number()]).optional(),
          databaseId: z.union([z.string(), z.number()]).optional(),
          name: z.string().default(''),
          size: z.union([z.string(), z.number()]).default(0),
          digest: z.string().nullish(),
        })
        .transform((found) => ({
          id: String(found.database_id ?? found.databaseId ?? ''),
          name: found.name,
          sizeBytes: Number(found.size),
          sha256: parseDigest(found.digest),
          backendJobId: found.workflow_job_run_backend_id ?? found.workflowJobRunBackendId ?? '',
        })),
    )
    .default([]),
});

const located = z
  .object({ signed_url: z.string().optional(), signedUrl: z.string().optional() })
  .transform((found) => found.signed_url ?? found.signedUrl ?? '');

/**
 * The artifacts of the workflow run that is going on, through the runner's own service: it needs no permission, and
 * works in pull requests from forks. Asked directly: the SDK would write a stranger's file to a path of its choice, of
 * any length.
 * Source: github.com/actions/toolkit, packages/artifact (results/api/v1/artifact.proto).
 * @throws PublishError where there is no such service
 */
export function makeRunArtifacts(env: Record<string, string>, giveUp: AbortSignal): ArtifactSource {
  const problem = toServiceProblem(env);
  if (problem !== undefined) throw new PublishError('failed', problem);
  const origin = toOrigin(env['ACTIONS_RESULTS_URL']);
  const token = env['ACTIONS_RUNTIME_TOKEN'] ?? '';
  const ids = readBackendIds(token);
  const call = async <T>(method: string, body: object, schema: z.ZodType<T>): Promise<T> => {
    const answer = await ask(`${origin}${SERVICE}/${method}`, { token, body, giveUp, what: method });
    const parsed = schema.safeParse(answer);
    if (parsed.success) return parsed.data;
    throw new PublishError('failed', `the artifact service answered ${method} with something else`);
  };
  return {
    async list() {
      const request = { workflow_run_backend_id: ids.run, workflow_job_run_backend_id: ids.job };
      return (await call('ListArtifacts', request, listedByService)).artifacts;
    },
    locate({ name, backendJobId }) {
      const request = {
        workflow_run_backend_id: ids.run,
        workflow_job_run_backend_id: backendJobId === undefined || backendJobId === '' ? ids.job : backendJobId,
        name,
      };
      return call('GetSignedArtifactURL', request, located);
    },
  };
}

const listedByRest = z.object({
  artifacts: z.array(
    z.object({
      id: z.int(),
      name: z.string(),
      size_in_bytes: z.int().nonnegative(),
      expired: z.boolean(),
      digest: z.string().nullish(),
    }),
  ),
});

/**
 * The envelopes among the artifacts of another workflow run of the same repository; the token needs `actions: read`.
 * @param locate the address to which `GET .../zip` redirects
 */
export function makeOtherRunArtifacts(
  api: Pick<GithubApi, 'pages'>,
  run: { repository: string; id: string },
  locate: (path: string) => Promise<string>,
): ArtifactSource {
  const base = `/repos/${run.repository}/actions`;
  return {
    async list() {
      const found: ListedArtifact[] = [];
      const call = {
        method: 'GET' as const,
        path: `${base}/runs/${run.id}/artifacts`,
        what: `list the artifacts of run ${run.id}`,
      };
      for await (const { artifacts } of api.pages(call, listedByRest)) {
        for (const artifact of artifacts) {
          // Before they are counted: bundles and whatever else there is must not keep an envelope from being listed.
          if (artifact.expired || !isEnvelope(artifact)) continue;
          const { id, name, size_in_bytes: sizeBytes, digest } = artifact;
          found.push({ id: String(id), name, sizeBytes, sha256: parseDigest(digest) });
        }
        if (found.length > limits.collectMembers) break;
      }
      return found;
    },
    locate: ({ id }) => locate(`${base}/artifacts/${id}/zip`),
  };
}

function parseDigest(text: string | null | undefined): string | null {
  return /^(?:sha256:)?([0-9a-f]{64})$/i.exec(text ?? '')?.[1]?.toLowerCase() ?? null;
}

function toOrigin(url = ''): string {
  if (URL.canParse(url)) return new URL(url).origin;
  throw new PublishError('failed', 'this runner offers no artifact service (ACTIONS_RESULTS_URL is no address)');
}

/** `Actions.Results:<run>:<job>` among the scopes of the token. It is read, not believed: the service itself checks it. */
function readBackendIds(token: string): { run: string; job: string } {
  try {
    const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
    const { scp } = z.object({ scp: z.string() }).parse(JSON.parse(payload));
    const found = /(?:^| )Actions\.Results:([^: ]+):([^: ]+)(?: |$)/.exec(scp);
    if (found?.[1] !== undefined && found[2] !== undefined) return { run: found[1], job: found[2] };
  } catch {
    // Nothing of the token goes into an error.
  }
  throw new PublishError('failed', 'the token for the artifact service does not name its run');
}

type Asked = { token: string; body: object; giveUp: AbortSignal; what: string };

/** Reading may be repeated: what the service could not do just now is asked again. */
async function ask(url: string, { token, body, giveUp, what }: Asked): Promise<unknown> {
  for (let tries = 1; ; tries += 1) {
    if (giveUp.aborted) throw new PublishError('timeout', 'the artifact service did not answer in time');
    let failure: string;
    let isFinal = tries >= limits.artifactTries;
    try {
      const answer = await requestJson(url, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
        limitBytes: limits.artifactListBytes,
        timeoutMs: limits.artifactRequestMs,
        signal: giveUp,
      });
      if (answer.status >= 200 && answer.status < 300) return answer.json;
      failure = `status ${answer.status}`;
      if (answer.status < 500 && answer.status !== 429) isFinal = true;
    } catch (error) {
      failure = toCleanLine(toMessage(error)) || 'no answer';
    }
    if (isFinal) throw new PublishError('failed', `the artifact service would not do ${what}: ${failure}`);
    await sleep(limits.githubPauseMs, undefined, { signal: giveUp }).catch(() => {});
  }
}
