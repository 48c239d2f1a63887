import { formatDuration } from '../lib/duration.ts';
import type { Probe, Readiness, TextTest } from '../schema/plan-http.ts';

/** `GET http://127.0.0.1:3000/health, expects status 200, body containing "ok"` */
export function toProbeWords({ request, expect, until_ms: until }: Probe): string {
  const secrets = request.headers_from_env.map(({ name, env }) => `${name} from ${env}`);
  const expected = [
    `status ${expect.status.map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`)).join(' or ')}`,
    ...expect.headers.map(({ name, test }) => `${name} ${toTestWords(test)}`),
    ...expect.body.map((test) => `body ${toTestWords(test)}`),
    ...expect.json.map(({ path, equals }) => `${path} = ${JSON.stringify(equals)}`),
    ...(expect.within_ms === null ? [] : [`within ${formatDuration(expect.within_ms)}`]),
  ];
  return [
    `${request.method} ${request.url}`,
    ...(secrets.length === 0 ? [] : [`with ${secrets.join(', ')}`]),
    `expects ${expected.join(', ')}`,
    ...(until === null ? [] : [`asks for up to ${formatDuration(until)}`]),
    ...(request.allow_link_local ? ['link-local addresses allowed'] : []),
    ...(request.verify_tls ? [] : ['certificate not verified']),
  ].join('; ');
}

/** When a service counts as ready. */
export function toReadyWords(ready: Readiness): string {
  if (ready.by === 'start') return 'ready at once';
  return `ready by ${toTarget(ready)} within ${formatDuration(ready.timeout_ms)}`;
}

function toTarget(ready: Exclude<Readiness, { by: 'start' }>): string {
  if (ready.by === 'http') return ready.url;
  return ready.by === 'port' ? `port ${ready.port}` : `a line like /${ready.pattern}/`;
}

function toTestWords(test: TextTest): string {
  if ('equals' in test) return `= ${JSON.stringify(test.equals)}`;
  return 'contains' in test ? `containing ${JSON.stringify(test.contains)}` : `like /${test.matches}/`;
}
