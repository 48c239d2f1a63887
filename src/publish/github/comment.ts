import * as z from 'zod';
import { limits } from '../../lib/limits.ts';
import type { CommentOwner } from '../comment/body.ts';
import { type CommentPort, convergeComment, type StoredComment } from '../comment/converge.ts';
import type { CommentWords } from '../comment/head.ts';
import type { OwnSection } from '../comment/page.ts';
import type { GithubApi } from './api.ts';
import { PublishError } from './failure.ts';
import { author, isBy, readViewer, type Viewer } from './viewer.ts';

export type GithubComment = {
  /** `owner/name`. */
  repository: string;
  pullRequest: number;
  owner: CommentOwner;
  own: OwnSection;
  links: Pick<CommentWords, 'runUrl' | 'artifactUrl'>;
};

const comment = z.object({ id: z.int(), body: z.string().nullish(), html_url: z.string().nullish(), user: author });
type Comment = z.infer<typeof comment>;
const comments = z.array(comment);
const nothing = z.unknown();

/**
 * Puts this job's section into the pull request's comment (comment/converge.ts).
 * @throws PublishError
 */
export async function publishComment(api: GithubApi, report: GithubComment): Promise<{ url: string | undefined }> {
  const { owner, own, links } = report;
  const words = toGithubWords(links);
  const done = await convergeComment(makePort(api, report), { owner, own, words, budgetBytes: limits.commentBytes });
  if (done.state === 'written') return { url: done.url };
  throw new PublishError('conflict', 'other jobs kept writing the comment; the job summary has what it lacks');
}

/** GitHub counts runs of a workflow, and attempts of a run. */
export function toGithubWords({ runUrl, artifactUrl }: GithubComment['links']): CommentWords {
  return {
    run: ({ runNumber }) => `run ${runNumber}`,
    runUrl,
    part: ({ runNumber, attempt }) => `run ${runNumber}, attempt ${attempt}`,
    partUrl: runUrl,
    artifactUrl,
    elsewhere: 'in their own job summaries',
    hasAttempts: true,
  };
}

function makePort(api: GithubApi, { repository, pullRequest }: GithubComment): CommentPort {
  const root = `/repos/${repository}/issues`;
  const list = `${root}/${pullRequest}/comments`;
  let viewer: Viewer | undefined;
  return {
    async listOwn(isMarked) {
      const found: Comment[] = [];
      for await (const page of api.pages({ method: 'GET', path: list, what: 'list the comments' }, comments)) {
        found.push(...page.filter(({ body }) => isMarked(body ?? '')));
      }
      // Most often there is none, and nobody needs to be asked.
      if (found.length > 0) viewer ??= await readViewer(api);
      const who = viewer;
      const ours = who === undefined ? [] : found.filter(({ user }) => isBy(who, user));
      return ours.toSorted((a, b) => a.id - b.id).map(toStored);
    },
    async read(id, timeoutMs) {
      const path = `${root}/comments/${id}`;
      const show = { method: 'GET', path, what: 'show the comment', ...(timeoutMs && { timeoutMs }) } as const;
      return toStored(await api.ask(show, comment));
    },
    async create(body, find) {
      const call = { method: 'POST', path: list, body: { body }, what: 'write the comment' } as const;
      return api.create(call, stored, find);
    },
    async update(id, body, timeoutMs) {
      const path = `${root}/comments/${id}`;
      const call = {
        method: 'PATCH',
        path,
        body: async () => ({ body: await body() }),
        what: 'write the comment',
      } as const;
      return toStored(await api.ask({ ...call, ...(timeoutMs && { timeoutMs }) }, comment));
    },
    async remove(id) {
      await api.ask({ method: 'DELETE', path: `${root}/comments/${id}`, what: 'delete a duplicate' }, nothing);
    },
    pause: (ms) => api.sleep(ms, api.giveUp),
    random: api.random,
    toTrouble(error) {
      if (!(error instanceof PublishError)) return undefined;
      if (error.code === 'not_found') return 'gone';
      return error.code === 'too_long' ? 'too_long' : 'other';
    },
  };
}

const stored = comment.transform(toStored);

function toStored({ id, body, html_url: url }: Comment): StoredComment {
  return { id, body: body ?? '', url: url ?? undefined };
}
