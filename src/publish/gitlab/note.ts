import * as z from 'zod';
import { limits } from '../../lib/limits.ts';
import type { CommentOwner } from '../comment/body.ts';
import { type CommentPort, convergeComment, type StoredComment } from '../comment/converge.ts';
import type { CommentWords } from '../comment/head.ts';
import type { OwnSection } from '../comment/page.ts';
import type { GitlabApi } from './api.ts';
import { GitlabError } from './failure.ts';

export type NotePorts = {
  /** Ends early when the time is over. */
  pause: (ms: number) => Promise<void>;
  /** From 0 to 1, 1 not included. */
  random: () => number;
};

export type GitlabNote = NotePorts & {
  mergeRequest: { project: string; iid: number };
  owner: CommentOwner;
  own: OwnSection;
  projectUrl: string | undefined;
};

const note = z.object({
  id: z.int(),
  body: z.string().nullish(),
  system: z.boolean().nullish(),
  author: z.object({ id: z.int() }).nullish(),
});
type Note = z.infer<typeof note>;
const notes = z.array(note);
const user = z.object({ id: z.int() });

/**
 * Puts this job's section into the merge request's note (comment/converge.ts).
 * Source: docs.gitlab.com, "Notes API", "Users API" (the user of a project's or group's access token is its bot).
 * @throws GitlabError
 */
export async function publishNote(api: GitlabApi, report: GitlabNote): Promise<void> {
  const { owner, own, projectUrl } = report;
  const words = toGitlabWords(projectUrl);
  const done = await convergeComment(makePort(api, report), { owner, own, words, budgetBytes: limits.noteBytes });
  if (done.state === 'contended')
    throw new GitlabError(
      'contended',
      'other jobs kept writing the note; the summary in the artifacts has what it lacks',
    );
}

/**
 * GitLab names pipelines and jobs by their ids, which are all that is put into an address: who may edit notes may edit
 * what a leg says of itself.
 */
export function toGitlabWords(projectUrl: string | undefined): CommentWords {
  const toUrl = (path: string, isKnown: boolean): string | undefined =>
    projectUrl === undefined || !isKnown ? undefined : `${projectUrl}/-/${path}`;
  return {
    run: ({ runId, runNumber }) => `pipeline ${runId || runNumber}`,
    runUrl: ({ runId }) => toUrl(`pipelines/${runId}`, runId !== ''),
    part: ({ runId, runNumber, attempt }) => `pipeline ${runId || runNumber}, job ${attempt}`,
    partUrl: ({ attempt }) => toUrl(`jobs/${attempt}`, attempt > 0),
    artifactUrl: ({ artifactId }) => toUrl(`jobs/${artifactId}/artifacts/browse`, artifactId !== ''),
    elsewhere: 'in their own artifacts',
    // Its place is the job's id, which says how often something was tried to nobody.
    hasAttempts: false,
  };
}

function makePort(api: GitlabApi, { mergeRequest, pause, random }: GitlabNote): CommentPort {
  const list = `projects/${encodeURIComponent(mergeRequest.project)}/merge_requests/${mergeRequest.iid}/notes`;
  let viewer: { id: number } | undefined;
  return {
    async listOwn(isMarked) {
      const found: Note[] = [];
      for (let page: number | null = 1, pages = 1; page !== null; pages += 1) {
        if (pages > limits.forgePages) throw new GitlabError('bad_answer', `the list of GET ${list} has no end`);
        const query = { per_page: 100, page, sort: 'asc', order_by: 'created_at' };
        const answer = await api.ask('GET', list, { query });
        found.push(...parse(notes, answer.value, list).filter(({ body, system }) => !system && isMarked(body ?? '')));
        page = answer.nextPage;
      }
      // Most often there is none, and nobody needs to be asked.
      if (found.length > 0) viewer ??= parse(user, (await api.ask('GET', 'user')).value, 'user');
      // A marker alone says nothing: anybody can copy it.
      const ours = found.filter(({ author }) => author?.id === viewer?.id);
      return ours.toSorted((a, b) => a.id - b.id).map(toStored);
    },
    async read(id, timeoutMs) {
      const options = timeoutMs === undefined ? {} : { timeoutMs };
      return toStored(parse(note, (await api.ask('GET', `${list}/${id}`, options)).value, list));
    },
    create: (body, find) => createOnce(api, { list, body, find, pause }),
    async update(id, body, timeoutMs) {
      const options = { body: async () => ({ body: await body() }), ...(timeoutMs !== undefined && { timeoutMs }) };
      return toStored(parse(note, (await api.ask('PUT', `${list}/${id}`, options)).value, list));
    },
    async remove(id) {
      await api.ask('DELETE', `${list}/${id}`);
    },
    pause,
    random,
    toTrouble(error) {
      if (!(error instanceof GitlabError)) return undefined;
      if (error.code === 'not_found') return 'gone';
      return error.code === 'too_long' ? 'too_long' : 'other';
    },
  };
}

type Creation = {
  list: string;
  body: string;
  find: () => Promise<StoredComment | undefined>;
  pause: NotePorts['pause'];
};

/** A note whose answer is lost may be there: it is looked for before it is made again. */
async function createOnce(api: GitlabApi, { list, body, find, pause }: Creation): Promise<StoredComment> {
  for (let tries = 1; ; tries += 1) {
    try {
      return toStored(parse(note, (await api.ask('POST', list, { body: { body } })).value, list));
    } catch (error) {
      if (!(error instanceof GitlabError) || error.code !== 'unreachable') throw error;
      const found = await find().catch(() => {
        // Not to know whether it is there is no reason to make it twice; what went wrong first is what to tell.
        throw error;
      });
      if (found !== undefined) return found;
      if (tries >= limits.forgeAttempts) throw error;
      await pause(limits.retryFirstMs * 2 ** tries);
    }
  }
}

function parse<T>(schema: z.ZodType<T>, value: unknown, path: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new GitlabError('bad_answer', `GitLab was asked for ${path} and answered with something else`);
}

/** Its address is not told by GitLab, and nobody asks for it. */
function toStored({ id, body }: Note): StoredComment {
  return { id, body: body ?? '', url: undefined };
}
