import type { ProjectDraft, StepDraft } from './draft.ts';
import { findProjects, type Project, type Repository } from './repository.ts';

/** Where rustup and cargo are, on machines (and in images) that keep them elsewhere than in the home folder. */
const passEnv = ['CARGO_HOME', 'RUSTUP_HOME'];

/** The steps of Cargo packages and workspaces. */
export function draftRust(repository: Repository): ProjectDraft[] {
  return findProjects(repository, ['Cargo.toml']).map((project) => {
    const text = project.texts.get('Cargo.toml') ?? '';
    const isLocked = project.names.has('Cargo.lock');
    const flags = `${/^\[workspace\]/m.test(text) ? ' --workspace' : ''}${isLocked ? ' --locked' : ''}`;
    const steps: StepDraft[] = [
      { id: 'format', kind: 'lint', run: 'cargo fmt --all --check' },
      {
        id: 'clippy',
        kind: 'lint',
        run: `cargo clippy${flags} --all-targets`,
        notes: ['Warnings pass. To let them fail the step, add:  -- --deny warnings'],
      },
      toTest(project, flags),
      toBuild(project, text, flags),
    ];
    return {
      ecosystem: 'rust',
      cwd: project.cwd,
      from: ['Cargo.toml', ...(isLocked ? ['Cargo.lock'] : [])],
      steps,
      passEnv,
    };
  });
}

/** cargo test has no report that stable Rust can write; nextest has one when its settings ask for it. */
function toTest({ texts }: Project, flags: string): StepDraft {
  const nextest = texts.get('.config/nextest.toml');
  const [, profile, path] =
    /^\[profile\.([\w-]{1,100})\.junit\][^[]*?^path\s*=\s*"([\w-][\w.-]{0,100})"/ms.exec(nextest ?? '') ?? [];
  if (profile !== undefined && path !== undefined) {
    const reports = [{ path: `target/nextest/${profile}/${path}`, format: 'junit' as const }];
    return { id: 'test', kind: 'test', run: `cargo nextest run${flags} --profile ${profile}`, reports };
  }
  const notes = [
    'cargo test writes no report, so its exit code alone is evidence. cargo-nextest writes JUnit when',
    '.config/nextest.toml has [profile.ci.junit] with path = "junit.xml"; then `quoderat init --force` takes it up.',
  ];
  return { id: 'test', kind: 'test', run: `cargo ${nextest === undefined ? 'test' : 'nextest run'}${flags}`, notes };
}

function toBuild({ names }: Project, text: string, flags: string): StepDraft {
  const run = `cargo build${flags} --release`;
  const name = /^\[package\][^[]*?^name\s*=\s*"([A-Za-z0-9_-]{1,64})"/ms.exec(text)?.[1];
  if (name === undefined || !names.has('src/main.rs')) return { id: 'build', kind: 'build', run };
  return { id: 'build', kind: 'build', run, outputs: [`target/release/${name}{,.exe}`] };
}
