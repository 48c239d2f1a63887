import { describe, expect, it } from 'vitest';
import { toStarter } from '../../src/init/starter.ts';
import { makePlan } from '../../src/plan/expand.ts';
import type { PlanStep } from '../../src/schema/plan.ts';
import { parseGood } from '../manifest/from-text.ts';
import { toRepository } from './repository-of.ts';

/** The steps of the starter manifest of a repository, as our own parser reads them. */
function stepsOf(...repository: Parameters<typeof toRepository>) {
  const manifest = parseGood(toStarter(toRepository(...repository)).text, 'manifest', 'quoderat.yml');
  const { plan } = makePlan(manifest, { path: 'quoderat.yml', sha256: '0'.repeat(64) });
  return plan.steps.map((step) => Object.assign({ run: toRun(step) }, step));
}

function toRun({ command }: PlanStep): string {
  return command !== null && 'run' in command ? command.run : '';
}

const script = (scripts: Record<string, string>, more: object = {}): string => JSON.stringify({ scripts, ...more });
/** The one step of kind test for a package.json with this test script. */
function testStepOf(
  test: string,
  dependencies: Record<string, string> = {},
  files: Record<string, string | null> = {},
) {
  const text = script({ test }, { devDependencies: dependencies });
  return stepsOf({ 'package.json': text, ...files }).find(({ kind }) => kind === 'test' || kind === 'playwright');
}

describe('the starter of a Node project', () => {
  it('installs by the lockfile, and lints, type-checks, tests and builds by the scripts', () => {
    const scripts = { build: 'tsc', lint: 'biome ci', typecheck: 'tsc --noEmit', test: 'vitest', dev: 'vite' };
    const steps = stepsOf({ 'package.json': script(scripts), 'package-lock.json': null });
    expect(steps.map(({ id, kind, run, needs }) => [id, kind, run, needs])).toEqual([
      ['install', 'command', 'npm ci', []],
      ['lint', 'lint', 'npm run lint', ['install']],
      ['typecheck', 'lint', 'npm run typecheck', ['install']],
      [
        'test',
        'test',
        'npm test -- --run --reporter=default --reporter=junit --outputFile.junit=junit.xml',
        ['install'],
      ],
      ['build', 'build', 'npm run build', ['install']],
    ]);
  });

  it.each([
    ['npm', { 'npm-shrinkwrap.json': null }, 'npm ci', 'npm test -- --ci'],
    ['pnpm', { 'pnpm-lock.yaml': null }, 'pnpm install --frozen-lockfile', 'pnpm run test --ci'],
    ['Yarn 1', { 'yarn.lock': null }, 'yarn install --frozen-lockfile', 'yarn run test --ci'],
    ['Yarn 4', { 'yarn.lock': null, '.yarnrc.yml': '' }, 'yarn install --immutable', 'yarn run test --ci'],
    ['bun', { 'bun.lock': null }, 'bun install --frozen-lockfile', 'bun run test --ci'],
    ['no lockfile', {}, 'npm install', 'npm test -- --ci'],
  ])('calls %s in its own way', (_name, lockfile, install, test) => {
    const text = script({ test: 'jest' }, { devDependencies: { jest: '^30' } });
    const steps = stepsOf({ 'package.json': text, ...lockfile });
    expect(steps.map(({ run }) => run)).toEqual([install, test]);
  });

  it('believes packageManager before the lockfile', () => {
    const text = script({ test: 'ava' }, { packageManager: 'yarn@4.5.0', dependencies: { ava: '6' } });
    const steps = stepsOf({ 'package.json': text, 'package-lock.json': null, 'yarn.lock': null });
    expect(steps[0]?.run).toBe('yarn install --immutable');
  });

  it('installs nothing where there is nothing to install', () => {
    expect(stepsOf({ 'package.json': script({ test: 'node --test' }) }).map(({ id }) => id)).toEqual(['test']);
  });

  it('gives the registry’s token to the install alone, as a secret, and never a token of the runner', () => {
    const npmrc = '//registry.example/:_authToken=${NPM_TOKEN}\n//npm.pkg.github.com/:_authToken=${GITHUB_TOKEN}\n';
    const text = script({ test: 'jest' }, { dependencies: { jest: '1' } });
    const repository = toRepository({ 'package.json': text, 'package-lock.json': null, '.npmrc': npmrc });
    const manifest = parseGood(toStarter(repository).text);
    expect(manifest.steps.map(({ pass_env, secrets }) => [pass_env, secrets])).toEqual([
      [['NPM_TOKEN'], ['NPM_TOKEN']],
      [[], []],
    ]);
  });

  it.each([
    ['vitest run', 'npm test -- --reporter=default --reporter=junit --outputFile.junit=junit.xml', 'junit'],
    ['tsc && vitest --coverage', /--run .*--coverage.reporter=lcov$/, 'junit'],
    ['cross-env CI=1 mocha', 'npm test -- --reporter xunit --reporter-option output=junit.xml', 'junit'],
    ['ava', 'npm run --silent test -- --tap | tee test.tap', 'tap'],
    ['tape test/*.js', 'npm run --silent test | tee test.tap', 'tap'],
    ['bun test', 'npm test -- --reporter=junit --reporter-outfile=junit.xml', 'junit'],
    ['playwright test', 'npm test -- --reporter=list,json', 'playwright'],
    [
      "node --test 'test/**/*.test.js'",
      /^node --test --test-reporter=spec .*=junit\.xml 'test\/\*\*\/\*\.test\.js'$/,
      'junit',
    ],
    ['node --import tsx --test', /^node --import tsx --test --test-reporter=spec /, 'junit'],
  ])('lets `%s` write a report', (test, run, format) => {
    const step = testStepOf(test);
    expect(step?.run).toMatch(run);
    expect(step?.reports[0]?.format).toBe(format);
  });

  it('lets jest write JUnit where jest-junit is installed, and says what is missing where not', () => {
    const text = script({ test: 'jest' }, { devDependencies: { 'jest-junit': '16' } });
    const manifest = parseGood(toStarter(toRepository({ 'package.json': text })).text);
    const step = manifest.steps.find(({ kind }) => kind === 'test');
    expect(step?.env).toEqual({ JEST_JUNIT_OUTPUT_FILE: 'junit.xml' });
    expect(step?.reports).toEqual([{ path: 'junit.xml', format: 'junit' }]);
    const without = toStarter(toRepository({ 'package.json': script({ test: 'jest' }) })).text;
    expect(without).toContain('jest-junit');
    expect(parseGood(without).steps[0]?.reports).toEqual([]);
  });

  it.each([
    'vitest | cat',
    'vitest > out.txt',
    'vitest || true',
    'vitest &',
    'make test',
    'x\nvitest',
    '(vitest)',
    'vitest bench',
  ])('leaves alone what arguments would not reach: %j', (test) => {
    expect(testStepOf(test)).toMatchObject({ run: 'npm test', reports: [] });
  });

  it('writes a script of node --test out only when nothing is lost by that', () => {
    const text = script({ pretest: 'tsc', test: 'node --test' });
    expect(stepsOf({ 'package.json': text })[0]?.run).toBe('npm test');
    expect(testStepOf('node --test "$DIR"')?.run).toBe('npm test');
  });

  it('follows a script that only calls another', () => {
    const text = script({ test: 'npm run unit', unit: 'mocha' });
    expect(stepsOf({ 'package.json': text })[0]?.run).toMatch(/^npm run unit -- --reporter xunit/);
    const circle = script({ test: 'npm run unit', unit: 'npm run test' });
    expect(stepsOf({ 'package.json': circle })[0]?.run).toMatch(/^npm (?:test|run unit)$/);
  });

  it('passes over npm’s placeholder and finds an installed runner without a script', () => {
    const placeholder = 'echo "Error: no test specified" && exit 1';
    expect(testStepOf(placeholder)).toBeUndefined();
    expect(testStepOf(placeholder, { vitest: '5' })?.run).toMatch(/^npx --no-install vitest run /);
  });

  it('takes findings of eslint and oxlint as reports, and shows them to people when there are any', () => {
    const lint = (text: string, version = '') =>
      stepsOf({ 'package.json': script({ lint: text }, { devDependencies: version ? { oxlint: version } : {} }) }).find(
        ({ kind }) => kind === 'lint',
      );
    expect(lint('eslint .')).toMatchObject({
      run: 'npm run lint -- --format json --output-file eslint.json || { npm run lint; exit 1; }',
      reports: [{ path: 'eslint.json', format: 'eslint' }],
    });
    expect(lint('oxlint', '^1.94.0')?.reports).toEqual([{ path: 'oxlint.sarif', format: 'sarif' }]);
    expect(lint('oxlint', '^1.2.0')?.reports).toEqual([{ path: 'oxlint.xml', format: 'checkstyle' }]);
    expect(lint('eslint --fix .')).toMatchObject({ run: 'npm run lint', reports: [] });
    expect(lint('eslint . && prettier --check .')).toMatchObject({ run: 'npm run lint', reports: [] });
  });

  it('keeps what a build makes only where the folder is known to be made', () => {
    const text = script({ build: 'vite build' });
    const outputs = (files: Record<string, string | null>) => stepsOf({ 'package.json': text, ...files })[0]?.outputs;
    expect(outputs({ dist: null, '.gitignore': 'node_modules\n/dist/\n' })).toEqual(['dist/**']);
    expect(outputs({ dist: null })).toEqual([]);
    expect(outputs({ '.gitignore': 'dist' })).toEqual([]);
  });

  it('says that a package.json is none', () => {
    const { text, steps } = toStarter(toRepository({ 'package.json': '{"scripts":' }));
    expect(steps).toEqual([]);
    expect(text).toContain('package.json could not be read');
    expect(parseGood(text).steps).toHaveLength(1);
  });
});

describe('the starter of a Python project', () => {
  it('uses what is on the machine where nothing says what to install', () => {
    const steps = stepsOf({ 'pyproject.toml': '[tool.pytest.ini_options]\n' });
    expect(steps).toMatchObject([
      { id: 'test', run: 'python3 -m pytest --junitxml=junit.xml', reports: [{ path: 'junit.xml', format: 'junit' }] },
    ]);
    expect(stepsOf({ 'test_shop.py': null })).toMatchObject(steps);
  });

  it.each([
    ['uv.lock', 'uv sync --locked', 'uv run python -m pytest'],
    ['poetry.lock', 'poetry install --no-interaction', 'poetry run python -m pytest'],
    ['pdm.lock', 'pdm sync --dev', 'pdm run python -m pytest'],
  ])('installs by %s', (lockfile, install, test) => {
    const steps = stepsOf({ 'pyproject.toml': '[tool.pytest]\n', [lockfile]: null });
    expect(steps[0]?.run).toBe(install);
    expect(steps[1]?.run).toContain(test);
  });

  it('installs requirements, the project and the tools that nothing names into an environment of its own', () => {
    const pyproject =
      '[build-system]\n[project.optional-dependencies]\ndev = ["ruff>=0.5"]\n[tool.ruff]\n[tool.mypy]\n';
    const steps = stepsOf({ 'pyproject.toml': pyproject, 'requirements.txt': 'flask\n', 'tests/test_a.py': null });
    expect(steps[0]?.run).toBe(
      "python3 -m venv .venv\n.venv/bin/python -m pip install --quiet --requirement requirements.txt --editable '.[dev]' pytest mypy",
    );
    expect(steps.map(({ id }) => id)).toEqual(['install', 'ruff', 'mypy', 'test']);
    expect(steps[1]?.reports).toEqual([{ path: 'ruff.sarif', format: 'sarif' }]);
    expect(
      steps.slice(1).every(({ run, needs }) => run.startsWith('.venv/bin/python -m ') && needs[0] === 'install'),
    ).toBe(true);
  });

  it('runs tox where nothing else is known', () => {
    expect(stepsOf({ 'tox.ini': '[tox]\n' })).toMatchObject([{ id: 'test', run: 'python3 -m tox', reports: [] }]);
  });
});

describe('the starter of other projects', () => {
  it('knows Cargo, with nextest’s report where its settings ask for one', () => {
    const cargo = '[package]\nname = "shop"\nversion = "0.1.0"\n';
    const files = { 'Cargo.toml': cargo, 'Cargo.lock': null, 'src/main.rs': null };
    expect(stepsOf(files).map(({ id, kind, run, outputs }) => [id, kind, run, outputs])).toEqual([
      ['format', 'lint', 'cargo fmt --all --check', []],
      ['clippy', 'lint', 'cargo clippy --locked --all-targets', []],
      ['test', 'test', 'cargo test --locked', []],
      ['build', 'build', 'cargo build --locked --release', ['target/release/shop{,.exe}']],
    ]);
    const nextest = '[profile.ci.junit]\npath = "junit.xml"\n';
    expect(stepsOf({ ...files, '.config/nextest.toml': nextest })[2]).toMatchObject({
      run: 'cargo nextest run --locked --profile ci',
      reports: [{ path: 'target/nextest/ci/junit.xml', format: 'junit' }],
    });
  });

  it('knows Go, with golangci-lint where it is set up', () => {
    const [vet, test, build] = stepsOf({ 'go.mod': 'module shop\n' });
    expect([vet?.run, build?.run]).toEqual(['go vet ./...', 'go build ./...']);
    expect(test).toMatchObject({ reports: [{ path: 'go-test.json', format: 'go-test' }], idle_timeout_ms: null });
    const second = stepsOf({ 'go.mod': '', '.golangci.yml': 'version: "2"\n' })[1];
    expect(second).toMatchObject({ id: 'golangci', reports: [{ path: 'golangci.sarif', format: 'sarif' }] });
    const first = stepsOf({ 'go.mod': '', '.golangci.yml': 'linters: {}\n' })[1];
    expect(first?.reports).toEqual([{ path: 'golangci.xml', format: 'checkstyle' }]);
  });

  it('knows Maven and Gradle, with their modules and wrappers', () => {
    const pom = '<project><packaging>war</packaging></project>';
    expect(
      stepsOf({ 'pom.xml': pom }).map(({ run, reports, outputs }) => [run, reports[0]?.path ?? outputs[0]]),
    ).toEqual([
      ['mvn --batch-mode --no-transfer-progress test', 'target/surefire-reports/TEST-*.xml'],
      ['mvn --batch-mode --no-transfer-progress -DskipTests package', 'target/*.war'],
    ]);
    const modules = stepsOf({ 'pom.xml': '<modules><module>a</module></modules>', mvnw: null });
    expect(modules[0]).toMatchObject({ reports: [{ path: '**/target/surefire-reports/TEST-*.xml' }] });
    expect(modules[0]?.run).toMatch(/^sh \.\/mvnw /);
    const gradle = stepsOf({ 'build.gradle.kts': '', 'settings.gradle.kts': 'include("app")\n', gradlew: null });
    expect(gradle[0]).toMatchObject({
      run: 'sh ./gradlew --no-daemon cleanTest test',
      reports: [{ path: '**/build/test-results/test/*.xml', format: 'junit' }],
    });
  });

  it('calls the targets of a Makefile, but not beside a project that is tested already', () => {
    const makefile = 'CFLAGS := -O2\nall: shop\ntest lint: shop\n\t./run\n.PHONY: test\n';
    expect(stepsOf({ Makefile: makefile }).map(({ run }) => run)).toEqual(['make lint', 'make test', 'make all']);
    const beside = { Makefile: makefile, 'go.mod': '' };
    expect(stepsOf(beside).every(({ run }) => !run.startsWith('make'))).toBe(true);
    expect(toStarter(toRepository(beside)).text).toContain('Targets of Makefile: lint, test, all');
  });

  it('takes all ecosystems of one repository, each id once', () => {
    const node = script({ test: 'vitest' });
    const steps = stepsOf(
      { 'package.json': node, 'Cargo.toml': '[package]\nname = "a"\n' },
      { web: { 'package.json': node }, api: { 'go.mod': '' } },
    );
    expect(steps.map(({ id, cwd }) => `${id} ${cwd}`)).toEqual([
      'node-test .',
      'rust-format .',
      'rust-clippy .',
      'rust-test .',
      'rust-build .',
      'api-vet api',
      'api-test api',
      'api-build api',
    ]);
  });

  it('has an example that runs where nothing is known, and says so', () => {
    const { text, steps } = toStarter(toRepository({ 'README.md': null }));
    expect(steps).toEqual([]);
    expect(text).toContain('nothing that it knows was found here');
    expect(parseGood(text).steps).toMatchObject([{ kind: 'command' }]);
  });

  it('names reports that git is not told to ignore', () => {
    const leaves = (ignore: string) =>
      toStarter(toRepository({ 'package.json': script({ test: 'vitest' }), '.gitignore': ignore })).leaves;
    expect(leaves('node_modules')).toEqual(['junit.xml']);
    expect(leaves('/junit.xml\n')).toEqual([]);
    expect(leaves('*.xml\n')).toEqual([]);
  });
});
