import { formatDuration } from '../../lib/duration.ts';
import type { Hit } from '../../redaction/types.ts';
import type { Artifact, Observation } from '../../schema/record.ts';
import type { HttpValue } from '../../schema/step-observations.ts';
import type { Followed } from '../http/follow.ts';
import type { AttemptContext } from '../step-context.ts';
import type { Expectation } from './expectations.ts';
import { isSecretHeader } from './secret-headers.ts';

const RULE = 'http-header';
const MARKER = `[redacted:${RULE}]`;

export type Judged = { answer: Followed; totalMs: number; expectations: Expectation[]; requests: number };

/** Keeps an answer as it came over the wire, redacted. @returns its artifact */
export async function keepResponse(context: AttemptContext, { answer }: Judged): Promise<Artifact> {
  const secret = answer.headers.filter(({ name }) => isSecretHeader(name));
  const lines = answer.headers.map((header) => `${header.name}: ${secret.includes(header) ? MARKER : header.value}`);
  const head = [`HTTP/${answer.httpVersion} ${answer.status} ${answer.statusText}`, ...lines, '', ''].join('\r\n');
  const captured = await context.store.captureBytes({
    id: context.toArtifactId('response'),
    kind: 'response',
    name: 'response.http',
    mediaType: 'message/http',
    stepId: context.step.id,
    bytes: Buffer.concat([Buffer.from(head, 'latin1'), answer.body]),
    redactor: context.redactor,
  });
  const own: Hit[] = secret.length === 0 ? [] : [{ rule_id: RULE, match_type: 'pattern', match_count: secret.length }];
  const receipts = [...own, ...captured.receipts];
  const artifact: Artifact = {
    ...captured.artifact,
    redaction: { class: 'text', applied: receipts.length > 0 },
    truncated: captured.artifact.truncated || answer.bodyCut,
  };
  if (captured.problem !== null)
    context.warn('file_not_captured', `its response was not kept whole (${captured.problem})`);
  await context.announce({ artifact, receipts }, artifact.name, 'artifact');
  return artifact;
}

/** What the answer was, and whether it was as expected. */
export function toHttpObservation(context: AttemptContext, judged: Judged, response: Artifact): Observation {
  const { step, attempt } = context;
  const { answer, totalMs, expectations, requests } = judged;
  const { connection } = answer;
  const value: HttpValue = {
    method: answer.method,
    url: answer.url.href,
    status: answer.status,
    http_version: answer.httpVersion,
    remote_address: connection.remote.address,
    remote_port: connection.remote.port,
    timings: {
      dns_ms: connection.dnsMs === null ? null : Math.round(connection.dnsMs),
      connect_ms: Math.round(connection.connectMs),
      tls_ms: connection.tlsMs === null ? null : Math.round(connection.tlsMs),
      first_byte_ms: Math.round(answer.firstByteMs),
      total_ms: Math.round(totalMs),
    },
    tls: connection.tls,
    redirects: answer.redirects,
    body_bytes: answer.bodyLength,
    body_cut: answer.bodyCut,
    requests,
    expectations,
  };
  return {
    id: `${step.id}/${attempt}/http`,
    type: 'http',
    summary: context.redact(toSummary(judged), 'observations'),
    value: context.redactValue(value, 'observations'),
    basis_artifact_ids: [response.id],
    informational: false,
    parser: { name: 'quoderat/http_probe', version: '1' },
  };
}

/** `200 in 84 ms, body matched`; what did not hold is named. */
export function toSummary({ answer, totalMs, expectations, requests }: Judged): string {
  const wrong = expectations.filter(({ holds }) => !holds);
  const kinds = [...new Set(expectations.map(({ name }) => name.split(' ')[0] ?? name))];
  const matched = kinds.filter((kind) => kind === 'header' || kind === 'body');
  const outcome =
    wrong.length > 0
      ? `, but ${wrong.map(({ message }) => message).join('; ')}`
      : matched.length === 0
        ? ''
        : `, ${matched.map((kind) => (kind === 'header' ? 'headers' : kind)).join(' and ')} matched`;
  const tries = requests === 1 ? '' : ` (request ${requests})`;
  return `${answer.status} in ${formatDuration(Math.round(totalMs))}${outcome}${tries}`;
}
