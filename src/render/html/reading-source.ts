import type { ReportProblem } from '../../schema/observation.ts';
import { type Hole, type Html, markup, toPreformatted } from './markup.ts';
import { makeArtifactLink, makeStepLink, type Page } from './page.ts';
import type { Reading } from '../readings.ts';

const messageChars = 2000;

/** The line under a reading's title: which step left the report, and what read it. */
export function makeSource({ observation, basis, stepIds }: Reading<unknown>, page: Page): Html {
  const parts: Hole[] = [
    stepIds.length > 0 && [
      'step ',
      stepIds.slice(0, 5).map((id, index) => [index > 0 && ', ', makeStepLink(id, page)]),
    ],
    basis.length > 0 && [
      'from ',
      basis.slice(0, 5).map((artifact, index) => [index > 0 && ', ', makeArtifactLink(artifact)]),
    ],
    observation.informational && 'rests on no artifact: a remark, not evidence',
    `read by ${observation.parser.name} ${observation.parser.version}`,
  ];
  const said = parts.filter((part) => part !== false);
  return markup`<p class="sub">${said.map((part, index) => [index > 0 && ' · ', part])}</p>\n`;
}

/** Where a report contradicts itself, and what is worth knowing of it: shown, not smoothed over. */
export function makeRemarks({ disagreements, remarks }: { disagreements: string[]; remarks: string[] }): Hole {
  return [
    disagreements.map(
      (text) =>
        markup`<p class="warning"><span aria-hidden="true">!</span> The report disagrees with itself: ${text}</p>\n`,
    ),
    remarks.map((text) => markup`<p class="note">${text}</p>\n`),
  ];
}

/** What went wrong beside any single test or finding. */
export function makeProblems({
  problems,
  problems_left_out: left,
}: {
  problems: ReportProblem[];
  problems_left_out: number;
}): Hole {
  return [
    problems.map(
      ({ where, message }) =>
        markup`<div class="case bad"><h4>${where}</h4><pre tabindex="0">${toPreformatted(message, messageChars)}</pre></div>\n`,
    ),
    left > 0 && markup`<p class="note">and ${left} more of these problems, in the report itself.</p>\n`,
  ];
}

export function makeMessage(message: string): Html {
  return markup`<pre tabindex="0">${toPreformatted(message, messageChars)}</pre>`;
}

/** A bar in parts, for the eye only: the words beside it say the same. */
export function makeShareBar(parts: { look: string; count: number }[]): Html {
  const total = Math.max(
    1,
    parts.reduce((sum, { count }) => sum + count, 0),
  );
  let x = 0;
  const rects = parts.map(({ look, count }) => {
    const [from, width] = [x, (count / total) * 100];
    x += width;
    return (
      count > 0 && markup`<rect class="share ${look}" x="${from.toFixed(3)}%" width="${width.toFixed(3)}%" height="8"/>`
    );
  });
  return markup`<svg class="share-bar" aria-hidden="true">${rects}</svg>`;
}
