import { observationLimits, type ReportProblem } from '../schema/observation.ts';
import { toMessageExcerpt, toName } from './bounded-text.ts';

export type Remarks = {
  /** Something went wrong beside any single test or finding. */
  problem: (where: string, message: string) => void;
  /** The file's own figure, against what was counted; an absent figure agrees. @param otherwise counts that agree too */
  compare: (
    figure: { what: string; where: string; declared: number | undefined },
    counted: number,
    ...otherwise: number[]
  ) => void;
  remark: (text: string) => void;
  problemCount(): number;
  value(): {
    problems: ReportProblem[];
    problems_left_out: number;
    disagreements: string[];
    remarks: string[];
  };
};

/** Gathers what a report says beside its results, in bounded lists. */
export function makeRemarks(): Remarks {
  const problems: ReportProblem[] = [];
  const disagreements: string[] = [];
  const remarks: string[] = [];
  let problemCount = 0;
  const keep = (list: string[], text: string): void => {
    if (list.length < observationLimits.remarks) list.push(toName(text));
  };
  return {
    problem(where, message) {
      problemCount += 1;
      if (problems.length < observationLimits.problems) {
        problems.push({ where: toName(where), message: toMessageExcerpt(message) });
      }
    },
    compare({ what, where, declared }, counted, ...otherwise) {
      if (declared === undefined || declared === counted || otherwise.includes(declared)) return;
      keep(disagreements, `${where} declares ${declared} ${what} and holds ${counted}`);
    },
    remark: (text) => keep(remarks, text),
    problemCount: () => problemCount,
    value: () => ({ problems, problems_left_out: problemCount - problems.length, disagreements, remarks }),
  };
}
