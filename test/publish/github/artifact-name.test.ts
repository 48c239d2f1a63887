import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ArtifactOrigin, toArtifactStem } from '../../../src/publish/github/artifact-name.ts';

const origin: ArtifactOrigin = {
  checkRunId: '31415926535',
  job: 'build',
  action: '__quoderat_action',
  attempt: '1',
  matrix: 'null',
};
const withoutCheckRun: ArtifactOrigin = { ...origin, checkRunId: undefined };

describe('toArtifactStem', () => {
  it('names the only step of a job by the manifest and the check run', () => {
    expect(toArtifactStem('release', origin)).toBe('release-31415926535');
  });

  it('adds the number that the runner gave to a second step without an id', () => {
    expect(toArtifactStem('release', { ...origin, action: '__quoderat_action_2' })).toBe('release-31415926535-2');
  });

  it('adds the id of a step that has one', () => {
    expect(toArtifactStem('release', { ...origin, action: 'evidence' })).toBe('release-31415926535-evidence');
  });

  it.each([
    ['matrix leg', { matrix: '{"node":24}' }],
    ['attempt', { attempt: '2' }],
    ['job', { job: 'test' }],
    ['step', { action: '__quoderat_action_2' }],
  ])('tells apart another %s where there is no check run id', (_what, other) => {
    expect(toArtifactStem('release', { ...withoutCheckRun, ...other })).not.toBe(
      toArtifactStem('release', withoutCheckRun),
    );
  });

  it('shows job and attempt where there is no check run id', () => {
    expect(toArtifactStem('release', withoutCheckRun)).toMatch(/^release-build-[0-9a-f]{8}-1$/);
  });

  it('gives a name that the service takes for any manifest name, job and step', () => {
    const text = fc.string({ unit: 'binary', maxLength: 300 });
    fc.assert(
      fc.property(text, text, text, (name, job, action) => {
        for (const from of [origin, withoutCheckRun]) {
          const stem = toArtifactStem(name, { ...from, job, action });
          expect(stem).toMatch(/^[^":<>|*?\r\n\\/\s.-][^":<>|*?\r\n\\/\s]{0,160}$/u);
        }
      }),
    );
  });
});
