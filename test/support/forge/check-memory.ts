import { z } from 'zod';

/** What the emulator lacks of check runs: it forgets earlier annotations, and finds no run on a commit it does not have. */
const written = z.looseObject({
  name: z.string().optional(),
  head_sha: z.string().optional(),
  conclusion: z.string().optional(),
  external_id: z.string().optional(),
  details_url: z.string().optional(),
  output: z
    .looseObject({
      title: z.string().optional(),
      summary: z.string().optional(),
      annotations: z.array(z.record(z.string(), z.unknown())).optional(),
    })
    .optional(),
});

export type StoredCheck = {
  id: number;
  name: string;
  headSha: string;
  conclusion: string;
  externalId: string;
  detailsUrl: string | undefined;
  title: string;
  summary: string;
  annotations: Record<string, unknown>[];
};

export type CheckMemory = {
  all: () => StoredCheck[];
  /** Takes in what a request has written that the emulator has taken. */
  note: (id: number, body: unknown) => void;
  /** An answer of the emulator with the annotations counted as GitHub does: all of them. */
  correct: (answer: unknown) => unknown;
  /** Ids of the check runs of a commit, newest first. */
  find: (sha: string, name: string | undefined) => number[];
};

export function makeCheckMemory(): CheckMemory {
  const checks = new Map<number, StoredCheck>();
  return {
    all: () => [...checks.values()],
    note(id, body) {
      const {
        name,
        head_sha: headSha,
        conclusion,
        external_id: externalId,
        details_url: url,
        output,
      } = written.parse(body);
      const before = checks.get(id);
      checks.set(id, {
        id,
        name: name ?? before?.name ?? '',
        headSha: headSha ?? before?.headSha ?? '',
        conclusion: conclusion ?? before?.conclusion ?? '',
        externalId: externalId ?? before?.externalId ?? '',
        detailsUrl: url ?? before?.detailsUrl,
        title: output?.title ?? before?.title ?? '',
        summary: output?.summary ?? before?.summary ?? '',
        annotations: [...(before?.annotations ?? []), ...(output?.annotations ?? [])],
      });
    },
    correct(answer) {
      const run = z.looseObject({ id: z.int(), output: z.looseObject({}) }).parse(answer);
      const count = checks.get(run.id)?.annotations.length ?? 0;
      return { ...run, output: { ...run.output, annotations_count: count } };
    },
    find: (sha, name) =>
      [...checks.values()]
        .filter((check) => check.headSha === sha && (name === undefined || check.name === name))
        .map(({ id }) => id)
        .toReversed(),
  };
}
