import type { Envelope } from '../../schema/envelope.ts';

/** GitLab shows at most this many external links of a job. */
const LINKS = 20;

/**
 * GitLab's annotations report (docs.gitlab.com, "artifacts:reports:annotations"): links on the job's page. Addresses are
 * the caller's, never the envelope's.
 */
export function renderJobLinks(
  envelopeSha256: string,
  links: { envelope?: string; report?: string; summary?: string },
): string {
  const found = [
    { label: `Envelope sha256:${envelopeSha256.slice(0, 12)}`, url: links.envelope },
    { label: 'Report', url: links.report },
    { label: 'Summary', url: links.summary },
  ].flatMap(({ label, url }) => (url === undefined ? [] : [{ external_link: { label, url } }]));
  return `${JSON.stringify({ Quoderat: found.slice(0, LINKS) })}\n`;
}

/**
 * Variables for later jobs (artifacts:reports:dotenv): of our own making and in an alphabet that no shell and no dotenv
 * reader takes for anything but itself.
 */
export function renderDotenv({ evidence_id, plan, execution, integrity }: Envelope, envelopeSha256: string): string {
  const variables = {
    QUODERAT_EVIDENCE_ID: evidence_id,
    QUODERAT_STATUS: execution.status,
    QUODERAT_HEAD_HASH: integrity.head_entry_hash,
    QUODERAT_ENVELOPE_SHA256: envelopeSha256,
    QUODERAT_PLAN_HASH: plan.plan_hash,
  };
  return Object.entries(variables)
    .filter(([, value]) => /^[A-Za-z0-9-]+$/.test(value))
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}
