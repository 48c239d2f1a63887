import { toArtifact } from './artifacts.ts';
import { makeOutput, type Output } from './output.ts';
import type { AttemptContext } from './step-context.ts';

export type StreamName = 'stdout' | 'stderr';

/** One of the streams of an attempt, redacted on its way. @param onText told of the redacted text as it goes by */
export function openOutput(
  { store, redactor, emit, toArtifactId, step, attempt }: AttemptContext,
  stream: StreamName,
  onText: (stream: StreamName, text: string) => void,
): Output {
  return makeOutput({
    redaction: redactor.stream(),
    writer: store.openWriter(toArtifactId(stream)),
    emit: (output) => {
      onText(stream, output.text);
      return emit({ type: 'step_output', step_id: step.id, attempt, stream, ...output });
    },
  });
}

/** Ends a stream and tells of its artifact. @returns whether all of it was kept */
export async function keepOutput(context: AttemptContext, stream: StreamName, output: Output): Promise<boolean> {
  const { content, hits } = await output.end();
  const identity = { id: context.toArtifactId(stream), kind: stream, name: stream, stepId: context.step.id };
  const redaction = { class: 'text', applied: hits.length > 0 } as const;
  const artifact = toArtifact(identity, content, { mediaType: 'text/plain', redaction });
  if (content.problem !== null) {
    context.warn(
      'output_incomplete',
      `its ${stream} was not kept whole (${content.problem}): ${content.size} bytes were`,
    );
  }
  await context.announce({ artifact, receipts: hits }, stream, 'output');
  return !content.truncated;
}
