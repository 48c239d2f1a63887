import type { ProjectDraft, StepDraft } from './draft.ts';
import { findProjects, type Project, type Repository } from './repository.ts';

/** The steps of Go modules: vet, golangci-lint where it is set up, tests with their events as a report, build. */
export function draftGo(repository: Repository): ProjectDraft[] {
  return findProjects(repository, ['go.mod']).map((project) => ({
    ecosystem: 'go',
    cwd: project.cwd,
    from: ['go.mod'],
    steps: [
      { id: 'vet', kind: 'lint', run: 'go vet ./...' },
      ...toGolangci(project),
      {
        id: 'test',
        kind: 'test',
        run: testScript,
        notes: ['The report is for machines; when a test fails, what the tests printed is shown as well.'],
        reports: [{ path: 'go-test.json', format: 'go-test' }],
        silent: true,
      },
      { id: 'build', kind: 'build', run: 'go build ./...' },
    ],
    passEnv: ['GOFLAGS', 'GOPATH', 'GOPROXY'],
  }));
}

const testScript = String.raw`if ! go test -json ./... > go-test.json; then
  sed -n 's/.*"Output":"\(.*\)\\n"}$/\1/p' go-test.json
  exit 1
fi`;

/** Version 2 has other switches than version 1, and its settings say which they are for. */
function toGolangci({ texts }: Project): StepDraft[] {
  const file = ['.golangci.yml', '.golangci.yaml', '.golangci.toml', '.golangci.json'].find((name) => texts.has(name));
  if (file === undefined) return [];
  const isSecond = /^\s*"?version"?\s*[:=]\s*["']?2["']?/m.test(texts.get(file) ?? '');
  const run = isSecond
    ? 'golangci-lint run --output.text.path=stdout --output.sarif.path=golangci.sarif'
    : 'golangci-lint run --out-format=colored-line-number,checkstyle:golangci.xml';
  const report = isSecond
    ? { path: 'golangci.sarif', format: 'sarif' as const }
    : { path: 'golangci.xml', format: 'checkstyle' as const };
  return [{ id: 'golangci', kind: 'lint', run, reports: [report] }];
}
