import * as z from 'zod';
import { limits } from '../../lib/limits.ts';
import type { GithubApi } from './api.ts';
import { type CommentOwner, hasMarker, parseSections, toCommentMarker } from './comment-body.ts';
import type { CommentLinks } from './comment-head.ts';
import { type Section, toFitLeg, toLegId } from './comment-leg.ts';
import { makeCommentPage, type OwnSection } from './comment-page.ts';
import { isShown, mergeSections } from './comment-sections.ts';
import { PublishError } from './failure.ts';
import { author, isBy, readViewer, type Viewer } from './viewer.ts';

export type CommentReport = {
  /** `owner/name`. */
  repository: string;
  pullRequest: number;
  owner: CommentOwner;
  own: OwnSection;
  links: CommentLinks;
};

const comment = z.object({ id: z.int(), body: z.string().nullish(), html_url: z.string().nullish(), user: author });
type Comment = z.infer<typeof comment>;
const comments = z.array(comment);
const nothing = z.unknown();

/**
 * Puts this job's section into the one comment of its manifest, which the manifest's other legs write too, perhaps at
 * this moment. GitHub has no way to write only what nobody has changed, so: read right before writing, merge, write,
 * wait until whoever read before that write has written too, and read again until all is there that was ever seen.
 * Two that were created at once become one: the oldest stays, the others go once all they said is in it.
 * @throws PublishError
 */
export async function publishComment(api: GithubApi, report: CommentReport): Promise<{ url: string | undefined }> {
  const writer = makeWriter(api, { ...report, own: { ...report.own, leg: toFitLeg(report.own.leg) } });
  let url: string | undefined;
  for (let tries = 0; tries < limits.commentTries; tries += 1) {
    try {
      const found = await writer.read().catch((error: unknown) => {
        // It is written; only whether it stayed can't be seen to.
        if (url !== undefined && error instanceof PublishError && error.code !== 'not_found') return undefined;
        throw error;
      });
      if (found === undefined) return { url: url || undefined };
      if (found[0] !== undefined && writer.isSettled(found[0], url !== undefined)) {
        await writer.removeDuplicates(found.slice(1));
        return { url: found[0].html_url ?? undefined };
      }
      if (found[0] === undefined && tries === 0 && writer.hasSiblings()) {
        // Each comment that is made notifies people: let one of those that end at the same moment be the first.
        await api.sleep(api.random() * limits.commentSettleMs * 0.5, api.giveUp);
        continue;
      }
      url = (await writer.write(found[0])) ?? url;
    } catch (error) {
      if (!(error instanceof PublishError)) throw error;
      // Gone between reading and writing: the next round makes a new one. Without a comment it is the pull request.
      if (error.code === 'too_long') writer.shrink(error);
      else if (error.code !== 'not_found' || !writer.hadComment()) throw error;
      continue;
    }
    // A job that is alone meets nobody but a run of another push.
    const pause = writer.hasSiblings() ? limits.commentSettleMs : limits.commentSettleMs / 5;
    await api.sleep(pause * (1 + api.random() / 2), api.giveUp);
  }
  throw new PublishError('conflict', 'other jobs kept writing the comment; the job summary has what it lacks');
}

type Writer = {
  /** The comments of ours, oldest first. */
  read: () => Promise<Comment[]>;
  isSettled: (primary: Comment, hasWritten: boolean) => boolean;
  write: (primary: Comment | undefined) => Promise<string | undefined>;
  removeDuplicates: (duplicates: Comment[]) => Promise<void>;
  shrink: (error: PublishError) => void;
  hadComment: () => boolean;
  hasSiblings: () => boolean;
};

function makeWriter(api: GithubApi, report: CommentReport): Writer {
  const { repository, pullRequest, owner, own, links } = report;
  const root = `/repos/${repository}/issues`;
  const list = `${root}/${pullRequest}/comments`;
  const marker = toCommentMarker(owner);
  let viewer: Viewer | undefined;
  /** Every section that was ever seen: what another job wrote over is put back. */
  let known: Section[] = [];
  let budgetBytes: number = limits.commentBytes;
  let hadComment = false;
  /** Comments that are this job's to delete, once they are duplicates: its own, and what was left by jobs before it. */
  let deletable: Set<number> | undefined;

  const note = ({ body }: Comment): void => {
    known = mergeSections(known, parseSections(body ?? ''));
  };
  const compose = (): { body: string } => ({
    body: makeCommentPage({ owner, own, links, budgetBytes, sections: known }),
  });
  const read = async (): Promise<Comment[]> => {
    const found: Comment[] = [];
    for await (const page of api.pages({ method: 'GET', path: list, what: 'list the comments' }, comments)) {
      found.push(...page.filter(({ body }) => hasMarker(body ?? '', marker)));
    }
    // Most often there is none, and nobody needs to be asked.
    if (found.length > 0) viewer ??= await readViewer(api);
    const who = viewer;
    const ours = who === undefined ? [] : found.filter(({ user }) => isBy(who, user)).toSorted((a, b) => a.id - b.id);
    ours.forEach(note);
    hadComment = ours.length > 0;
    deletable ??= new Set(ours.map(({ id }) => id));
    return ours;
  };
  /** Whether a comment has this job's section, as it is now. */
  const holdsOwn = ({ body }: Pick<Comment, 'body'>): boolean =>
    parseSections(body ?? '').some(({ leg }) => toLegId(leg) === toLegId(own.leg) && leg.status === own.leg.status);

  const { key, runNumber, total } = own.leg;
  const hasSiblings = (): boolean =>
    total > 1 || known.some(({ leg }) => leg.key !== key && leg.runNumber === runNumber);

  return {
    read,
    isSettled({ body }, hasWritten) {
      const sections = parseSections(body ?? '');
      const wanted = mergeSections(known, [{ leg: own.leg, text: undefined }]);
      // A section that is history already is only mentioned, where there is room.
      return isShown(wanted, sections) && (hasWritten || holdsOwn({ body }));
    },
    async write(primary) {
      const what = 'write the comment';
      if (primary === undefined) {
        const find = async (): Promise<Comment | undefined> => (await read()).find(holdsOwn);
        const made = await api.create({ method: 'POST', path: list, body: compose(), what }, comment, find);
        deletable?.add(made.id);
        return made.html_url ?? '';
      }
      const path = `${root}/comments/${primary.id}`;
      // Together no longer than another job waits after its own write to see whether it stayed.
      const [readMs, writeMs] = hasSiblings() ? [limits.commentSettleMs / 3, (limits.commentSettleMs * 2) / 3] : [];
      const body = async (): Promise<object> => {
        const show = { method: 'GET', path, what: 'show the comment', ...(readMs && { timeoutMs: readMs }) } as const;
        note(await api.ask(show, comment));
        return compose();
      };
      const call = { method: 'PATCH', path, body, what, ...(writeMs && { timeoutMs: writeMs }) } as const;
      return (await api.ask(call, comment)).html_url ?? '';
    },
    async removeDuplicates(duplicates) {
      // Each job its own: of twenty that were made at once, twenty jobs would delete nineteen each.
      for (const { id } of duplicates.filter(({ id }) => deletable?.has(id))) {
        const call = { method: 'DELETE', path: `${root}/comments/${id}`, what: 'delete a duplicate' } as const;
        // What can't be deleted now is deleted by the next run; the comment that counts is complete.
        await api.ask(call, nothing).catch(() => {});
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
