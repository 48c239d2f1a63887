import type { Check, CheckGroup } from '../schema/checkup.ts';
import type { Facts, FolderFacts } from './facts.ts';
import { toRemedies } from './remedies.ts';

/** The least Node that dist/ runs on: `engines` of package.json. */
export const leastNode = [20, 20] as const;
const MiB = 1024 * 1024;
/** Evidence is small, but steps are not: under the first number little works, under the second something may not. */
const leastFree = { missing: 100 * MiB, warn: 1024 * MiB };
const skewMs = 5000;
/** Before this Quoderat was made, and past that it will not be in use: a clock that says so is wrong. */
const plausible = { from: Date.UTC(2025, 0, 1), to: Date.UTC(2100, 0, 1) };

export function makeCheck(
  group: CheckGroup,
  name: string,
  state: Check['state'],
  detail: string,
  remedies: string[] = [],
): Check {
  return { group, name, state, detail, remedies };
}

/** What Quoderat itself needs. */
export function checkMachine(facts: Facts): Check[] {
  return [checkNode(facts), ...checkPipes(facts), ...checkProc(facts), checkClock(facts), checkTimeZone(facts)];
}

function checkNode({ nodeVersion, platform }: Facts): Check {
  const [major = 0, minor = 0] = nodeVersion.replace(/^v/, '').split('.').map(Number);
  const isEnough = major > leastNode[0] || (major === leastNode[0] && minor >= leastNode[1]);
  const wanted = `${leastNode.join('.')} or newer`;
  return isEnough
    ? makeCheck('machine', 'Node', 'ok', nodeVersion)
    : makeCheck('machine', 'Node', 'missing', `${nodeVersion}; it takes ${wanted}`, toRemedies('node', platform));
}

/** Without mkfifo a step's output goes through Node's own pipes, which can't be opened by name. */
function checkPipes({ platform, programs }: Facts): Check[] {
  if (platform === 'win32') return [];
  return programs.get('mkfifo') != null
    ? [makeCheck('machine', 'named pipes', 'ok', 'mkfifo is there')]
    : [
        makeCheck(
          'machine',
          'named pipes',
          'warn',
          'mkfifo is not on PATH: `echo x > /dev/stderr` fails in steps',
          toRemedies('mkfifo', platform),
        ),
      ];
}

function checkProc({ procIsReadable }: Facts): Check[] {
  if (procIsReadable === null) return [];
  return procIsReadable
    ? [makeCheck('machine', 'processes', 'ok', '/proc can be read')]
    : [
        makeCheck(
          'machine',
          'processes',
          'warn',
          '/proc cannot be read: processes that leave their group outlive their step unseen',
          ['Mount /proc in the container.'],
        ),
      ];
}

function checkClock({ clock: { now, fileAheadMs } }: Facts): Check {
  const time = new Date(now).toISOString();
  const remedies = ['Set the clock, or let it be set (NTP): evidence carries its times.'];
  if (now < plausible.from || now > plausible.to) {
    return makeCheck('machine', 'clock', 'warn', `${time} can't be right`, remedies);
  }
  if (fileAheadMs !== null && Math.abs(fileAheadMs) > skewMs) {
    const seconds = Math.round(Math.abs(fileAheadMs) / 1000);
    const detail = `the clock of the file system differs by ${seconds} s: reports may be taken for old ones`;
    return makeCheck('machine', 'clock', 'warn', detail, remedies);
  }
  return makeCheck('machine', 'clock', 'ok', time);
}

function checkTimeZone({ clock: { timeZone, timeZoneIsKnown } }: Facts): Check {
  return timeZoneIsKnown
    ? makeCheck('machine', 'time zone', 'ok', timeZone)
    : makeCheck('machine', 'time zone', 'warn', 'TZ names none that is known here; steps get it as it is', [
        'Set TZ to a name such as Europe/Berlin, or install tzdata.',
      ]);
}

/** Where evidence, scripts and pipes go. */
export function checkFolders({ workspace, temporary }: Facts): Check[] {
  return [
    checkFolder('workspace', workspace, 'evidence goes below it: name another place with --out'),
    checkFolder('temporary folder', temporary, 'scripts are handed to shells from there: set TMPDIR'),
  ];
}

function checkFolder(name: string, { path, writable, freeBytes }: FolderFacts, remedy: string): Check {
  if (!writable) return makeCheck('folders', name, 'missing', `${path} cannot be written`, [remedy]);
  if (freeBytes === null) return makeCheck('folders', name, 'ok', `${path} can be written`);
  const free = `${Math.floor(freeBytes / MiB)} MiB free`;
  const state = freeBytes < leastFree.missing ? 'missing' : freeBytes < leastFree.warn ? 'warn' : 'ok';
  const remedies = state === 'ok' ? [] : ['Make room on that disk.'];
  return makeCheck('folders', name, state, `${path} can be written, ${free}`, remedies);
}

/** Without git a run has evidence, but of no commit. */
export function checkGit({ git, workspace, platform }: Facts): Check[] {
  if (git.state === 'fault') return [toGitFault(git.fault, workspace.path, platform)];
  const where = git.branch === null ? 'no branch' : `branch ${git.branch}`;
  const changes = git.dirty === true ? ', with changes that are in no commit' : '';
  const checkout = makeCheck('git', 'checkout', 'ok', `commit ${git.commit.slice(0, 12)}, ${where}${changes}`);
  if (!git.shallow) return [checkout];
  const remedies = ['git fetch --unshallow; on GitHub `fetch-depth: 0` of actions/checkout, on GitLab GIT_DEPTH: 0'];
  const detail = 'shallow: earlier commits are not there, so nothing can be compared with them';
  return [checkout, makeCheck('git', 'history', 'warn', detail, remedies)];
}

function toGitFault(fault: string, path: string, platform: NodeJS.Platform): Check {
  const quoted = JSON.stringify(path);
  const faults: Record<string, [detail: string, remedies: string[]]> = {
    git_not_found: ['git is not on PATH: evidence will name no commit of its own', toRemedies('git', platform)],
    not_a_repository: ['this is no git checkout: evidence will name no commit of its own', []],
    dubious_ownership: [
      'git refuses to read it: the folder belongs to another user',
      [`git config --global --add safe.directory ${quoted}`],
    ],
    no_commit: ['there is no commit yet', ['git commit']],
    timed_out: ['git did not answer in time', []],
  };
  const [detail, remedies] = faults[fault] ?? ['git could not read it', [`git -C ${quoted} status`]];
  return makeCheck('git', 'checkout', 'warn', detail, remedies);
}
