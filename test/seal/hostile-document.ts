import { type Loose, reseal, tamper } from './forge.ts';
import { type Case, type Problems, broken } from './hostile-case.ts';
import type { Expectation } from './vectors-good.ts';

/** Sealed members changed, removed, added and moved. */
export function makeChanged(full: Uint8Array): Case[] {
  const edit = (change: (envelope: Loose) => void): Buffer => tamper(full, change);
  return [
    [
      'step-changed',
      'an exit code made 0',
      edit((e) => (e.execution.steps[1].attempts[0].exit_code = 0)),
      broken(['/execution/steps/1', 'changed']),
    ],
    [
      'artifact-changed',
      'a size made larger by one',
      edit((e) => (e.artifacts[3].size_bytes += 1)),
      broken(['/artifacts/3', 'changed']),
    ],
    [
      'observation-changed',
      'a summary',
      edit((e) => (e.observations[0].summary = '13 tests passed')),
      broken(['/observations/0', 'changed']),
    ],
    ['gate-changed', 'who decided', edit((e) => (e.gates[0].by = 'mallory')), broken(['/gates/0', 'changed'])],
    [
      'redaction-changed',
      'how often',
      edit((e) => (e.redactions[0].match_count = 1)),
      broken(['/redactions/0', 'changed']),
    ],
    [
      'header-changed',
      'the time of sealing',
      edit((e) => (e.sealed_at = '2026-11-21T09:27:28.125Z')),
      broken(['', 'changed']),
    ],
    [
      'commit-changed',
      'the tested commit',
      edit((e) => (e.subject.id = e.subject.git.commit_sha = '0'.repeat(40))),
      broken(['', 'changed']),
    ],
    [
      'evidence-id-changed',
      'the identity of the evidence, which the chain begins with',
      edit((e) => (e.evidence_id = e.evidence_id.replace('e1', 'e2'))),
      broken(['', 'changed'], ['/integrity/hash_chain/0/prev_entry_hash', 'chain_broken']),
    ],
    [
      'artifact-removed',
      'one from the middle',
      edit((e) => e.artifacts.splice(2, 1)),
      {
        ...broken(['/artifacts/2', 'removed']),
        complete: 'no',
        problems: [
          ['intact', '/artifacts/2', 'removed'],
          ['complete', '/execution/steps/0/stdout_artifact_id', 'unresolved'],
          ['complete', '/execution/steps/0/attempts/0/stdout_artifact_id', 'unresolved'],
        ],
      },
    ],
    [
      'tail-cut',
      'the last entry of the last array',
      edit((e) => e.redactions.pop()),
      broken(['/redactions/0', 'removed']),
    ],
    [
      'gate-added',
      'an approval that nobody gave',
      edit((e) => e.gates.push({ ...e.gates[0], id: 'late', by: 'mallory' })),
      broken(['/gates/1', 'added']),
    ],
    [
      'entry-doubled',
      'the same receipt twice',
      edit((e) => e.redactions.push(e.redactions[0])),
      {
        ...broken(['/redactions/1', 'added']),
        complete: 'no',
        problems: [
          ['intact', '/redactions/1', 'added'],
          ['complete', '/redactions/1/id', 'duplicate_id'],
        ],
      },
    ],
    [
      'artifacts-swapped',
      'two neighbours',
      edit((e) => e.artifacts.splice(4, 2, e.artifacts[5], e.artifacts[4])),
      broken(['/artifacts/4', 'moved']),
    ],
    [
      'member-added',
      'a member that version 1.0 does not have',
      edit((e) => (e.approved_by = 'mallory')),
      broken(['', 'changed'], ['/approved_by', 'unknown_member']),
    ],
    [
      'member-added-to-step',
      'the same inside an entry',
      edit((e) => (e.execution.steps[0].approved = true)),
      broken(['/execution/steps/0', 'changed']),
    ],
    [
      'proto-added',
      'a key that assignment would lose',
      Buffer.from(Buffer.from(full).toString().replace('{"artifacts"', '{"__proto__":{},"artifacts"')),
      broken(['', 'changed'], ['/__proto__', 'unknown_member']),
    ],
    [
      'array-replaced',
      'the artifacts as an object',
      edit((e) => (e.artifacts = Object.fromEntries(Object.entries(e.artifacts)))),
      arrayReplaced('/artifacts', 9),
    ],
    [
      'array-renamed',
      'a top-level key that looks like a pointer',
      edit((e) => {
        e['execution/steps'] = e.execution.steps;
        delete e.execution.steps;
      }),
      stepsRenamed(),
    ],
  ];
}

function arrayReplaced(collection: string, length: number): Partial<Expectation> {
  const removed = Array.from({ length }, (_, index): Problems[number] => [
    'intact',
    `${collection}/${index}`,
    'removed',
  ]);
  return {
    intact: 'no',
    complete: 'no',
    problems: [
      ['intact', collection, 'wrong_type'],
      ['intact', '', 'changed'],
      ...removed,
      ['complete', collection, 'schema'],
    ],
  };
}

function stepsRenamed(): Partial<Expectation> {
  const removed = [0, 1, 2].map((index): Problems[number] => ['intact', `/execution/steps/${index}`, 'removed']);
  return {
    intact: 'no',
    complete: 'no',
    problems: [
      ['intact', '/execution/steps', 'missing'],
      ['intact', '', 'changed'],
      ['intact', '/execution~1steps', 'unknown_member'],
      ...removed,
      ['complete', '/execution/steps', 'schema'],
    ],
  };
}

/** The chain holds, since it was computed over the very thing that is wrong. */
export async function makeIncomplete(full: Uint8Array): Promise<Case[]> {
  const edit = (change: (envelope: Loose) => void): Promise<Buffer> => reseal(full, change);
  const wrong = (...named: [pointer: string, code: string][]): Partial<Expectation> => ({
    complete: 'no',
    problems: named.map(([pointer, code]) => ['complete', pointer, code]),
  });
  return [
    [
      'step-waiting',
      'a step without an outcome in a run that failed',
      await edit((e) => {
        e.execution.status = 'failed';
        e.execution.steps[2].status = 'waiting';
      }),
      wrong(['/execution/steps/2/status', 'no_outcome']),
    ],
    [
      'success-of-failed-steps',
      'a status that its steps contradict',
      await edit((e) => (e.execution.steps[1].status = 'failed')),
      wrong(['/execution/status', 'status_mismatch']),
    ],
    [
      'basis-unresolved',
      'an observation about an artifact that is not there',
      await edit((e) => (e.observations[0].basis_artifact_ids = ['nowhere'])),
      wrong(['/observations/0/basis_artifact_ids/0', 'unresolved']),
    ],
    [
      'basis-missing',
      'an observation without basis that passes for evidence',
      await edit((e) => (e.observations[0].basis_artifact_ids = [])),
      wrong(['/observations/0/informational', 'informational_mismatch']),
    ],
    [
      'artifact-id-doubled',
      'two artifacts of one id',
      await edit((e) => {
        e.artifacts[1].id = 'manifest';
        e.plan.plan_artifact_id = null;
      }),
      wrong(['/artifacts/1/id', 'duplicate_id']),
    ],
    [
      'content-uri-wrong',
      'a content_uri of other content',
      await edit((e) => (e.artifacts[0].content_uri = `urn:sha256:${'0'.repeat(64)}`)),
      wrong(['/artifacts/0/content_uri', 'artifact_uri_mismatch']),
    ],
    [
      'subject-wrong',
      'subject.id is not the commit',
      await edit((e) => (e.subject.id = '0'.repeat(40))),
      wrong(['/subject/id', 'subject_mismatch']),
    ],
    [
      'step-index-wrong',
      'a gap in the steps',
      await edit((e) => (e.execution.steps[2].index = 7)),
      wrong(['/execution/steps/2/index', 'wrong_value']),
    ],
    ['member-missing', 'no claims', await edit((e) => delete e.claims), wrong(['/claims', 'schema'])],
    [
      'type-wrong',
      'an exit code as a text',
      await edit((e) => (e.execution.steps[0].exit_code = '0')),
      wrong(['/execution/steps/0/exit_code', 'schema']),
    ],
  ];
}
