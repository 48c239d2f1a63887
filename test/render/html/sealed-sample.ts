import type { Envelope } from '../../../src/schema/envelope.ts';
import type { ReportOptions } from '../../../src/render/html/report.ts';
import { sealRecord } from '../../../src/seal/seal.ts';
import type { Signer } from '../../../src/seal/signer.ts';
import { verifyEnvelope } from '../../../src/seal/verify.ts';

/** What a report is made from: an envelope with these members, sealed as it should be, and whole logs by artifact id. */
export async function sealSample(
  members: Envelope,
  logs: Record<string, string> = {},
  signer?: Signer,
): Promise<ReportOptions> {
  const { run_id, identities, intent, subject, plan, runner_context, execution } = members;
  const { artifacts, observations, gates, redactions, events, claims, evidence_id, sealed_at } = members;
  const { name, version, component, worker } = members.producer;
  const about = { run_id, identities, intent, subject, plan, runner_context };
  const sealed = await sealRecord({
    record: { ...about, worker, execution, artifacts, observations, gates, redactions, events },
    evidenceId: evidence_id,
    sealedAt: sealed_at,
    producer: { name, version, component },
    claims,
    ...(signer && { signer }),
  });
  const verdict = await verifyEnvelope(sealed.bytes, { trustedKeys: [], authenticityAsked: false, expected: {} });
  return {
    envelope: sealed.envelope,
    envelopeSha256: sealed.sha256,
    envelopeBytes: sealed.bytes,
    verdict,
    logs: Object.fromEntries(Object.entries(logs).map(([id, text]) => [id, { text, truncated: false }])),
    budgetBytes: 4_000_000,
  };
}
