import { limits } from '../../lib/limits.ts';
import { type CommentOwner, hasMarker, parseSections, toCommentMarker } from './body.ts';
import type { CommentWords } from './head.ts';
import { type Section, toFitLeg, toLegId } from './leg.ts';
import { makeCommentPage, type OwnSection } from './page.ts';
import { isShown, mergeSections } from './sections.ts';

/** A comment as a forge keeps it. */
export type StoredComment = { id: number; body: string; url: string | undefined };

/** What a forge can do with comments. Each function throws the forge's own error. */
export type CommentPort = {
  /** Those that were written with this token and that the mark is on, oldest first. */
  listOwn: (isMarked: (body: string) => boolean) => Promise<StoredComment[]>;
  /** @param timeoutMs less than the usual time for one answer */
  read: (id: number, timeoutMs: number | undefined) => Promise<StoredComment>;
  /** Must not take effect twice: when its answer is lost, `find` looks for the effect first. */
  create: (body: string, find: () => Promise<StoredComment | undefined>) => Promise<StoredComment>;
  /** @param body is called for each try: what depends on what is there must not grow old between two */
  update: (id: number, body: () => Promise<string>, timeoutMs: number | undefined) => Promise<StoredComment>;
  remove: (id: number) => Promise<void>;
  /** Ends early when the time is over. */
  pause: (ms: number) => Promise<void>;
  /** From 0 to 1, 1 not included. */
  random: () => number;
  /** What an error of this port's means; undefined: it is none of a forge's, but a bug. */
  toTrouble: (error: unknown) => 'gone' | 'too_long' | 'other' | undefined;
};

export type CommentReport = {
  owner: CommentOwner;
  own: OwnSection;
  words: CommentWords;
  budgetBytes: number;
};

/** `contended`: others kept writing, and the comment lacks this section. */
export type Converged = { state: 'written'; url: string | undefined } | { state: 'contended' };

/**
 * Puts this job's section into the one comment of its manifest, which the manifest's other legs write too, perhaps at
 * this moment. No forge has a way to write only what nobody has changed, so: read right before writing, merge, write,
 * wait until whoever read before that write has written too, and read again until all is there that was ever seen.
 * Two that were created at once become one: the oldest stays, the others go once all they said is in it.
 * @throws the port's errors
 */
export async function convergeComment(port: CommentPort, report: CommentReport): Promise<Converged> {
  const writer = makeWriter(port, { ...report, own: { ...report.own, leg: toFitLeg(report.own.leg) } });
  let isWritten = false;
  let url: string | undefined;
  for (let tries = 0; tries < limits.commentTries; tries += 1) {
    try {
      const found = await writer.read().catch((error: unknown) => {
        // It is written; only whether it stayed can't be seen to.
        if (isWritten && port.toTrouble(error) !== undefined && port.toTrouble(error) !== 'gone') return undefined;
        throw error;
      });
      if (found === undefined) return { state: 'written', url };
      if (found[0] !== undefined && writer.isSettled(found[0], isWritten)) {
        await writer.removeDuplicates(found.slice(1));
        return { state: 'written', url: found[0].url };
      }
      if (found[0] === undefined && tries === 0 && writer.hasSiblings()) {
        // Each comment that is made notifies people: let one of those that end at the same moment be the first.
        await port.pause(port.random() * limits.commentSettleMs * 0.5);
        continue;
      }
      url = (await writer.write(found[0])) ?? url;
      isWritten = true;
    } catch (error) {
      // Gone between reading and writing: the next round makes a new one. Without a comment it is what they stand on.
      const trouble = port.toTrouble(error);
      if (trouble === 'too_long') writer.shrink(error);
      else if (trouble !== 'gone' || !writer.hadComment()) throw error;
      continue;
    }
    // A job that is alone meets nobody but a run of another push.
    const pause = writer.hasSiblings() ? limits.commentSettleMs : limits.commentSettleMs / 5;
    await port.pause(pause * (1 + port.random() / 2));
  }
  return { state: 'contended' };
}

type Writer = {
  /** The comments of ours, oldest first. */
  read: () => Promise<StoredComment[]>;
  isSettled: (primary: StoredComment, hasWritten: boolean) => boolean;
  write: (primary: StoredComment | undefined) => Promise<string | undefined>;
  removeDuplicates: (duplicates: StoredComment[]) => Promise<void>;
  shrink: (error: unknown) => void;
  hadComment: () => boolean;
  hasSiblings: () => boolean;
};

function makeWriter(port: CommentPort, { owner, own, words, budgetBytes: most }: CommentReport): Writer {
  const marker = toCommentMarker(owner);
  /** Every section that was ever seen: what another job wrote over is put back. */
  let known: Section[] = [];
  let budgetBytes = most;
  let hadComment = false;
  /** Comments that are this job's to delete, once they are duplicates: its own, and what was left by jobs before it. */
  let deletable: Set<number> | undefined;

  const note = ({ body }: StoredComment): void => {
    known = mergeSections(known, parseSections(body));
  };
  const compose = (): string => makeCommentPage({ owner, own, words, budgetBytes, sections: known });
  const read = async (): Promise<StoredComment[]> => {
    const ours = await port.listOwn((body) => hasMarker(body, marker));
    ours.forEach(note);
    hadComment = ours.length > 0;
    deletable ??= new Set(ours.map(({ id }) => id));
    return ours;
  };
  /** Whether a comment has this job's section, as it is now. */
  const holdsOwn = ({ body }: Pick<StoredComment, 'body'>): boolean =>
    parseSections(body).some(({ leg }) => toLegId(leg) === toLegId(own.leg) && leg.status === own.leg.status);

  const { key, runNumber, total } = own.leg;
  const hasSiblings = (): boolean =>
    total > 1 || known.some(({ leg }) => leg.key !== key && leg.runNumber === runNumber);

  return {
    read,
    isSettled({ body }, hasWritten) {
      const sections = parseSections(body);
      const wanted = mergeSections(known, [{ leg: own.leg, text: undefined }]);
      // A section that is history already is only mentioned, where there is room.
      return isShown(wanted, sections) && (hasWritten || holdsOwn({ body }));
    },
    async write(primary) {
      if (primary === undefined) {
        const made = await port.create(compose(), async () => (await read()).find(holdsOwn));
        deletable?.add(made.id);
        return made.url;
      }
      // Together no longer than another job waits after its own write to see whether it stayed.
      const [readMs, writeMs] = hasSiblings() ? [limits.commentSettleMs / 3, (limits.commentSettleMs * 2) / 3] : [];
      const body = async (): Promise<string> => {
        note(await port.read(primary.id, readMs));
        return compose();
      };
      return (await port.update(primary.id, body, writeMs)).url;
    },
    async removeDuplicates(duplicates) {
      // Each job its own: of twenty that were made at once, twenty jobs would delete nineteen each.
      for (const { id } of duplicates.filter(({ id }) => deletable?.has(id))) {
        // What can't be deleted now is deleted by the next run; the comment that counts is complete.
        await port.remove(id).catch(() => {});
      }
    },
    shrink(error) {
      if (budgetBytes < 2000) throw error;
      budgetBytes = Math.floor(budgetBytes / 4);
    },
    hadComment: () => hadComment,
    hasSiblings,
  };
}
