import type { Envelope } from '../schema/envelope.ts';
import type { Verdict } from '../schema/verdict.ts';
import { toBrokenAnswers, toHeadline, toTally } from './outcome.ts';
import { isOfBase } from './tested-commit.ts';
import { toTrust } from './trust.ts';

/** What the box at the end of a pull request shows of a title. */
const titleLength = 60;
const endings = { finished: 'ended', cancelled: 'cancelled', timed_out: 'timed out', process_lost: 'process lost' };

/**
 * A run in at most 60 characters, for a check run: `9/9 passed · signed · 4f2a91c0`, `1 of 9 failed · 1 not run`.
 * @param options.signed whether the file was signed keyless, which the envelope itself can't say
 */
export function toCheckTitle(
  envelope: Envelope,
  options: { signed: boolean; envelopeSha256?: string; verdict?: Verdict },
): string {
  const broken = options.verdict === undefined ? [] : toBrokenAnswers(options.verdict);
  const [answer = '', ...rest] = toParts(envelope, options);
  const parts =
    broken.length > 0
      ? ['Do not rely on this', ...broken.map(({ name }) => name)]
      : [answer, ...(isOfBase(envelope.subject) ? ['of the base'] : []), ...rest];
  return parts.join(' · ').slice(0, titleLength);
}

function toParts(
  envelope: Envelope,
  { signed, envelopeSha256 }: { signed: boolean; envelopeSha256?: string },
): string[] {
  const { execution, integrity } = envelope;
  const { total, passed, failed, allowed, notRun, waiting } = toTally(execution.steps);
  const rest = notRun === 0 ? [] : [`${notRun} not run`];
  switch (toHeadline(execution).mood) {
    case 'incomplete':
      return ['Incomplete', `${passed + failed + allowed} of ${total} ran`, endings[execution.termination]];
    case 'waiting':
      return [`Waiting for ${waiting === 1 ? 'approval' : `${waiting} approvals`}`, `${passed} of ${total} passed`];
    case 'fail':
      if (failed > 0) return [`${failed} of ${total} failed`, ...rest];
      return passed + allowed === 0 ? ['Nothing ran', ...rest] : ['Failed', `${passed} of ${total} passed`, ...rest];
    default:
      return [
        `${passed}/${total} passed`,
        ...(allowed === 0 ? [] : [`${allowed} allowed to fail`]),
        ...rest,
        signed ? 'signed' : toTrust(envelope, undefined).level,
        (envelopeSha256 ?? integrity.head_entry_hash).slice(0, 8),
      ];
  }
}
