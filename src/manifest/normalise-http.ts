import { normaliseRelativePath } from '../lib/relative-path.ts';
import type { WrittenExpect, WrittenRequest } from '../schema/manifest-http.ts';
import type { WrittenProbeStep, WrittenStep } from '../schema/manifest-step.ts';
import type { Probe, Readiness, TextTest } from '../schema/plan-http.ts';
import { toMilliseconds } from './durations.ts';

const READY_TIMEOUT = '30s';
const REQUEST_TIMEOUT = '10s';

/** `request`, `expect` and `until` of a probe in normal form. */
export function toProbe({ request, expect = {}, until }: WrittenProbeStep): Probe {
  return {
    request: toRequest(request),
    expect: toExpect(expect),
    until_ms: until === undefined ? null : toMilliseconds(until),
  };
}

/** `ready` of a service in normal form. */
export function toReadiness(ready: Extract<WrittenStep, { kind: 'service' }>['ready']): Readiness {
  if (ready === undefined) return { by: 'start' };
  const timeout_ms = toMilliseconds(ready.timeout ?? READY_TIMEOUT);
  if (ready.http !== undefined) return { by: 'http', url: ready.http, timeout_ms };
  if (ready.port !== undefined) return { by: 'port', port: ready.port, timeout_ms };
  return { by: 'log', pattern: ready.log ?? '', timeout_ms };
}

function toRequest(written: WrittenRequest): Probe['request'] {
  const fromEnv = Object.entries(written.headers_from_env ?? {}).map(([name, env]) => ({ name, env, prefix: '' }));
  const bearer = written.bearer_from_env;
  return {
    url: written.url,
    method: written.method ?? 'GET',
    headers: Object.entries(written.headers ?? {}).map(([name, value]) => ({ name, value })),
    headers_from_env:
      bearer === undefined ? fromEnv : [...fromEnv, { name: 'Authorization', env: bearer, prefix: 'Bearer ' }],
    body: written.body ?? null,
    timeout_ms: toMilliseconds(written.timeout ?? REQUEST_TIMEOUT),
    max_redirects: written.follow_redirects ?? 0,
    ca: written.ca === undefined ? null : normaliseRelativePath(written.ca),
    verify_tls: written.verify_tls ?? true,
    allow_link_local: written.allow_link_local ?? false,
  };
}

function toExpect({ status = '2xx', headers = {}, body = {}, within }: WrittenExpect): Probe['expect'] {
  const texts = body.contains === undefined ? [] : [body.contains].flat();
  return {
    status: [status].flat().map(toStatusRange),
    headers: Object.entries(headers).map(([name, test]) => ({ name, test: toTextTest(test) })),
    body: [
      ...texts.map((contains) => ({ contains })),
      ...(body.matches === undefined ? [] : [{ matches: body.matches }]),
    ],
    json: body.json ?? [],
    within_ms: within === undefined ? null : toMilliseconds(within),
  };
}

function toStatusRange(status: number | string): { from: number; to: number } {
  if (typeof status === 'number') return { from: status, to: status };
  const from = Number(status[0]) * 100;
  return { from, to: from + 99 };
}

function toTextTest(written: string | { contains: string } | { matches: string }): TextTest {
  return typeof written === 'string' ? { equals: written } : written;
}
