import { toShellWord } from './shell-word.ts';
import { fullDetail, renderMarkdown } from './markdown.ts';
import type { RunStatus } from '../schema/record.ts';
import { type Block, code, paragraph, strong, text } from './tree.ts';

/** A run whose record nobody has sealed, as far as a page tells of it. */
export type UnsealedPage = {
  status: RunStatus;
  runId: string;
  serverName: string;
  reason: string;
  /** The build artifact that holds what is needed to finish; undefined: there is none. */
  artifactName: string | undefined;
};

const words: Record<RunStatus, string> = { success: 'passed', failed: 'failed', aborted: 'were cut off' };

/** The page of a run that is not sealed, for a job summary: that there is no evidence, and how there can be. */
export function renderUnsealed({ status, runId, serverName, reason, artifactName }: UnsealedPage): string {
  const folder = artifactName === undefined ? 'THE-FOLDER' : toShellWord(artifactName.replace(/\.tar\.gz$/, ''));
  const blocks: Block[] = [
    { type: 'heading', level: 3, children: [text('⚠️ Not sealed: there is no evidence of this run yet')] },
    paragraph(
      text(`The steps ${words[status]}, and the server that was to seal the run (`),
      code(serverName),
      text(') did not: '),
      text(reason),
    ),
    paragraph(
      strong(text('To finish:')),
      text(artifactName === undefined ? ' from the folder of run ' : ' download '),
      code(artifactName ?? runId),
      text(
        artifactName === undefined
          ? ' on the runner, let the server seal it:'
          : ', unpack it into a folder, and let the server seal it:',
      ),
    ),
    { type: 'code_block', language: 'sh', lines: [`npx quoderat push ${folder} --server ${toShellWord(serverName)}`] },
  ];
  return `${renderMarkdown(blocks, fullDetail)}\n`;
}
