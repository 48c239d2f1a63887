import type { ProjectDraft, StepDraft } from './draft.ts';
import { findProjects, type Project, type Repository } from './repository.ts';

const files = [
  'pyproject.toml',
  'setup.py',
  'setup.cfg',
  'requirements.txt',
  'pytest.ini',
  'conftest.py',
  'tox.ini',
  'Pipfile',
];

/** How Python is set up in a project, and called there. */
type Environment = {
  /** undefined: what is on the machine is used. */
  install?: StepDraft;
  from: readonly string[];
  /** Begins the command line of a tool that is a Python module: `python3 -m`. */
  module: string;
};

/** The steps of Python projects: their environment, ruff, flake8, mypy, and pytest with a JUnit report. */
export function draftPython(repository: Repository): ProjectDraft[] {
  const found = findProjects(repository, files);
  const projects = found.length > 0 ? found : repository.projects.slice(0, 1).filter(hasTestFiles);
  return projects.map((project) => toDraft(project, repository.platform));
}

function toDraft(project: Project, platform: NodeJS.Platform): ProjectDraft {
  const { install, from: basis, module } = chooseEnvironment(project, platform);
  const from = files.filter((file) => project.names.has(file)).slice(0, 2);
  const steps = [...toLints(project, module), ...toTests(project, module)];
  return {
    ecosystem: 'python',
    cwd: project.cwd,
    from: [...new Set([...from, ...basis])],
    // Without anything to check there is nothing to install for.
    ...(install !== undefined && steps.length > 0 && { install }),
    steps,
  };
}

const locked: readonly { lockfile: string; install: string; run: string }[] = [
  { lockfile: 'uv.lock', install: 'uv sync --locked', run: 'uv run python -m' },
  { lockfile: 'poetry.lock', install: 'poetry install --no-interaction', run: 'poetry run python -m' },
  { lockfile: 'pdm.lock', install: 'pdm sync --dev', run: 'pdm run python -m' },
  { lockfile: 'Pipfile.lock', install: 'pipenv sync --dev', run: 'pipenv run python -m' },
];

function chooseEnvironment(project: Project, platform: NodeJS.Platform): Environment {
  const manager = locked.find(({ lockfile }) => project.names.has(lockfile));
  if (manager !== undefined) {
    const notes = [`Installs exactly what ${manager.lockfile} says.`];
    const install = { id: 'install', kind: 'command', run: manager.install, notes } as const;
    return { install, from: [manager.lockfile], module: manager.run };
  }
  const python = platform === 'win32' ? 'python' : 'python3';
  const wanted = toPipArguments(project);
  if (wanted === undefined) return { from: [], module: `${python} -m` };
  const inside = platform === 'win32' ? '.venv/Scripts/python' : '.venv/bin/python';
  return {
    install: {
      id: 'install',
      kind: 'command',
      run: `${python} -m venv .venv\n${inside} -m pip install --quiet ${wanted}`,
      notes: ['A virtual environment of its own: nothing of the machine is changed.'],
    },
    from: [],
    module: `${inside} -m`,
  };
}

/** What pip is to install: requirement files, else the project itself, and the tools that neither names. */
function toPipArguments(project: Project): string | undefined {
  const { names, texts } = project;
  const requirements = [
    'requirements.txt',
    'requirements-dev.txt',
    'requirements-test.txt',
    'dev-requirements.txt',
    'test-requirements.txt',
  ].filter((file) => names.has(file));
  const pyproject = texts.get('pyproject.toml') ?? '';
  const isPackage = /^\[(?:build-system|project)\]/m.test(pyproject) || names.has('setup.py');
  if (requirements.length === 0 && !isPackage) return undefined;
  const extra = /^(dev|tests?|testing)\s*=\s*\[/m.exec(toTable(pyproject, 'project.optional-dependencies'))?.[1];
  const own = isPackage ? ['--editable', extra === undefined ? '.' : `'.[${extra}]'`] : [];
  const named = `${requirements.map((file) => texts.get(file) ?? '').join('\n')}\n${pyproject}`;
  const wanted = ['ruff', 'flake8', 'mypy'].filter((tool) => wants(project, tool));
  const tools = [...(wantsPytest(project) ? ['pytest'] : []), ...wanted].filter((tool) => !asksFor(named, tool));
  return [...requirements.map((file) => `--requirement ${file}`), ...own, ...tools].join(' ');
}

/** Whether a requirement of that name stands in a requirements file or in a list of pyproject.toml. */
function asksFor(text: string, tool: string): boolean {
  return new RegExp(String.raw`(?:^|["'])[ \t]*${tool}[ \t]*(?:$|[\[<>=!~;,"'#])`, 'mi').test(text);
}

/** Whether the project is set up for a tool. */
function wants({ names, texts }: Project, tool: string): boolean {
  const text = (file: string): string => texts.get(file) ?? '';
  const hasTable = new RegExp(String.raw`^\[(?:tool[.:])?${tool}\b`, 'm');
  const own: Record<string, readonly string[]> = {
    pytest: ['pytest.ini', 'conftest.py', 'tests/conftest.py', 'test/conftest.py'],
    ruff: ['ruff.toml', '.ruff.toml'],
    flake8: ['.flake8'],
    mypy: ['mypy.ini', '.mypy.ini'],
  };
  const all = [
    'pyproject.toml',
    'setup.cfg',
    'tox.ini',
    'requirements.txt',
    'requirements-dev.txt',
    'requirements-test.txt',
    'dev-requirements.txt',
    'test-requirements.txt',
    'Pipfile',
  ];
  return (
    (own[tool] ?? []).some((file) => names.has(file)) ||
    ['pyproject.toml', 'setup.cfg', 'tox.ini'].some((file) => hasTable.test(text(file))) ||
    all.some((file) => asksFor(text(file), tool)) ||
    new RegExp(String.raw`^${tool}\s*=`, 'm').test(`${text('Pipfile')}\n${text('pyproject.toml')}`)
  );
}

function toLints(project: Project, module: string): StepDraft[] {
  const steps: StepDraft[] = [];
  if (wants(project, 'ruff')) {
    steps.push({
      id: 'ruff',
      kind: 'lint',
      run: `${module} ruff check --output-format=sarif --output-file=ruff.sarif || { ${module} ruff check; exit 1; }`,
      reports: [{ path: 'ruff.sarif', format: 'sarif' }],
    });
  }
  if (wants(project, 'flake8')) steps.push({ id: 'flake8', kind: 'lint', run: `${module} flake8` });
  if (wants(project, 'mypy')) {
    const configured = ['pyproject.toml', 'setup.cfg'].some((file) =>
      /^(?:files|packages)\s*=/m.test(project.texts.get(file) ?? ''),
    );
    steps.push({ id: 'mypy', kind: 'lint', run: `${module} mypy${configured ? '' : ' .'}` });
  }
  return steps;
}

/** pytest runs unittest's tests as well; unittest would pass over pytest's, and call that a success. */
function toTests(project: Project, module: string): StepDraft[] {
  if (wantsPytest(project)) {
    const reports = [{ path: 'junit.xml', format: 'junit' as const }];
    return [{ id: 'test', kind: 'test', run: `${module} pytest --junitxml=junit.xml`, reports }];
  }
  if (!project.names.has('tox.ini')) return [];
  const notes = ['It leaves no report, so its exit code alone is evidence. pytest leaves one: --junitxml=junit.xml'];
  return [{ id: 'test', kind: 'test', run: `${module} tox`, notes }];
}

function wantsPytest(project: Project): boolean {
  return wants(project, 'pytest') || hasTestFiles(project);
}

function hasTestFiles({ names }: Project): boolean {
  return [...names].some((name) => /(?:^|\/)(?:test_[^/]*|[^/]*_test)\.py$/.test(name));
}

/** The lines of a TOML table, as far as a look can tell. */
function toTable(text: string, name: string): string {
  const start = text.search(new RegExp(String.raw`^\[${name.replaceAll('.', String.raw`\.`)}\]`, 'm'));
  if (start === -1) return '';
  const rest = text.slice(start).split('\n').slice(1);
  const end = rest.findIndex((line) => line.startsWith('['));
  return rest.slice(0, end === -1 ? undefined : end).join('\n');
}
