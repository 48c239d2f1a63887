import type { Readable } from 'node:stream';
import { limits } from '../lib/limits.ts';
import {
  type BatchAnswer,
  batchAnswer,
  type CreateRun,
  type FinalizeAnswer,
  finalizeAnswer,
  type FinalizeRun,
  type Jwks,
  jwks,
  mediaTypes,
  type RunList,
  runList,
  type RunView,
  runView,
  type StateAnswer,
  stateAnswer,
} from '../schema/api.ts';
import { RelayError } from './errors.ts';
import type { Transport } from './transport.ts';

/** The server's routes (docs/protocol.md), one request each. All throw RelayError. */
export type ServerApi = {
  createRun(run: CreateRun): Promise<RunView>;
  readRun(runId: string): Promise<RunView>;
  listRuns(query: { state?: string; limit?: number; before?: string }): Promise<RunList>;
  /** @param batch an EventBatch as JSON */
  sendEvents(runId: string, batch: string): Promise<BatchAnswer>;
  heartbeat(runId: string): Promise<StateAnswer>;
  hasArtifact(sha256: string): Promise<boolean>;
  /** @param signal aborted: it takes too long. */
  putArtifact(sha256: string, size: number, open: () => Readable, signal: AbortSignal): Promise<void>;
  openArtifact(sha256: string): Promise<Readable>;
  finalize(runId: string, run: FinalizeRun): Promise<FinalizeAnswer>;
  readEnvelope(evidenceId: string): Promise<Buffer>;
  readAttestation(evidenceId: string): Promise<Buffer>;
  readKeys(): Promise<Jwks>;
};

export function makeApi(transport: Transport): ServerApi {
  const { json, bytes, open } = transport;
  const post = (route: string, body: unknown) => ({ method: 'POST' as const, route, body: JSON.stringify(body) });
  const get = (route: string, accept?: string) => ({
    method: 'GET' as const,
    route,
    ...(accept !== undefined && { headers: { accept } }),
  });
  return {
    createRun: (run) => json(post('/v1/runs', run), runView),
    readRun: (runId) => json(get(`/v1/runs/${runId}`), runView),
    listRuns: (query) => json(get(`/v1/runs${toQuery(query)}`), runList),
    sendEvents: (runId, body) => json({ method: 'POST', route: `/v1/runs/${runId}/events`, body }, batchAnswer),
    heartbeat: (runId) => json(post(`/v1/runs/${runId}/heartbeat`, {}), stateAnswer),
    async hasArtifact(sha256) {
      try {
        const { body } = await open({ method: 'HEAD', route: toArtifactRoute(sha256) });
        await body.dump();
        return true;
      } catch (error) {
        if (error instanceof RelayError && error.code === 'not_found') return false;
        throw error;
      }
    },
    async putArtifact(sha256, size, openFile, signal) {
      const headers = { 'content-type': 'application/octet-stream', 'content-length': String(size) };
      await bytes(
        { method: 'PUT', route: toArtifactRoute(sha256), headers, body: openFile, signal },
        limits.serverErrorBytes,
      );
    },
    openArtifact: async (sha256) => (await open(get(toArtifactRoute(sha256), '*/*'))).body,
    finalize: (runId, run) => json(post(`/v1/runs/${runId}/finalize`, run), finalizeAnswer),
    readEnvelope: (id) => bytes(get(`/v1/evidence/${id}`, mediaTypes.envelope), limits.envelopeBytes),
    readAttestation: (id) => bytes(get(`/v1/evidence/${id}/attestation`, mediaTypes.attestation), limits.envelopeBytes),
    readKeys: () => json(get('/.well-known/jwks.json'), jwks),
  };
}

function toArtifactRoute(sha256: string): string {
  return `/v1/artifacts/sha256/${sha256}`;
}

function toQuery(query: Record<string, string | number | undefined>): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) given.append(name, String(value));
  return given.size === 0 ? '' : `?${given.toString()}`;
}
