import { resolve } from 'node:path';
import * as core from '@actions/core';
import { toMessage } from '../lib/errors.ts';
import { limits } from '../lib/limits.ts';
import type { Evidence } from '../outcome.ts';
import { evidenceFiles } from '../publish/files/evidence-folder.ts';
import { readExcerpts } from '../publish/files/excerpts.ts';
import { toRunUrl, toTargetFacts } from '../publish/github/target.ts';
import { toAnnotations } from '../render/annotations.ts';
import { toCheckTitle } from '../render/check-title.ts';
import { renderSummary } from '../render/summary.ts';
import type { Comparison } from '../schema/comparison.ts';
import { type Publication, publish } from './publish.ts';

type Options = Pick<Publication, 'inputs' | 'env' | 'cancellation' | 'state' | 'stem' | 'isPost'> & {
  evidence: Evidence;
};

/** Makes the evidence of one run public: its pages, and all that publish() does with them. */
export async function publishEvidence(options: Options): Promise<void> {
  const { evidence, inputs, env } = options;
  const { envelope, envelopeSha256, verdict } = evidence;
  const excerpts = await readExcerpts(evidence.dir, envelope);
  const comparison = await compareWithBase(options);
  const facts = toTargetFacts(env, envelope.subject);
  const runUrl = toRunUrl(facts);
  const places = {
    most: limits.checkAnnotations,
    workspace: resolve(env['GITHUB_WORKSPACE'] || '.'),
    workingDirectory: inputs.workingDirectory,
  };
  await publish({
    ...options,
    status: envelope.execution.status,
    title: inputs.name ?? envelope.plan.name,
    toCheckTitle: ({ signing }) =>
      toCheckTitle(envelope, { signed: signing?.state === 'keyless', envelopeSha256, verdict }),
    facts,
    annotations: toAnnotations(envelope, places).annotations,
    runnerAnnotations: toAnnotations(envelope, { ...places, hasSteps: false }).annotations,
    jobTotal: inputs.jobTotal,
    render: (surface, budgetBytes, { file, signing }) =>
      renderSummary({
        envelope,
        envelopeSha256,
        envelopeFileName: file?.name ?? evidenceFiles.envelope,
        verdict,
        budgetBytes,
        surface,
        excerpts,
        links: {
          ...(runUrl !== undefined && { run: runUrl }),
          ...(file?.url !== undefined && { envelope: file.url }),
        },
        ...(comparison && { comparison }),
        ...(signing && { signing }),
      }),
  });
}

/** What has changed since the base's envelope, when the workflow names one. One that is no good is a warning. */
async function compareWithBase({ evidence, inputs }: Options): Promise<Comparison | undefined> {
  if (inputs.baseEnvelope === undefined) return undefined;
  try {
    const { compareWithFile } = await import('../compare-with-file.ts');
    return await compareWithFile(inputs.baseEnvelope, evidence);
  } catch (error) {
    core.warning(`The page does not compare with the base: ${toMessage(error)}`);
    return undefined;
  }
}
