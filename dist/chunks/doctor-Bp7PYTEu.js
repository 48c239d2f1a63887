import { c as readGitState, n as findOnPath, o as toPlatform, t as findGit } from "./git-program-BFLD_ei0.js";
import { i as ManifestError, n as makePlan, r as parseManifest } from "./display-path-8FfibSvk.js";
import { t as toServiceProblem } from "./service-CbgvC1QA.js";
import { t as makePaint } from "./ansi-DQc3nRoy.js";
import { n as pad, r as toCells } from "./cells-DRqpYzdK.js";
import { n as toInertLine } from "./inert-BfcQbr-O.js";
import { r as toPart } from "./terminal-CCeyvIke.js";
import { n as exitCodes } from "./exit-codes-TtK7vc5B.js";
import { t as readManifestFile } from "./manifest-file-CVXtxL7B.js";
import { n as widthOf, t as wantsColor } from "./terminal-DedOchCv.js";
import { access, constants, mkdtemp, readFile, rm, stat, statfs, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { tmpdir } from "node:os";

// src/doctor/remedies.ts
const coreutils = {
	debian: "coreutils",
	brew: "coreutils",
	winget: "Git.Git"
};
const node = {
	debian: "nodejs npm",
	brew: "node",
	winget: "OpenJS.NodeJS.LTS"
};
const python = {
	debian: "python3 python3-venv",
	brew: "python",
	winget: "Python.Python.3.13"
};
const rust = {
	debian: "cargo",
	brew: "rustup",
	winget: "Rustlang.Rustup",
	other: "or from https://rustup.rs"
};
const sources = {
	bash: {
		debian: "bash",
		brew: "bash",
		winget: "Git.Git",
		other: "On Windows bash comes with Git."
	},
	bun: {
		brew: "oven-sh/bun/bun",
		winget: "Oven-sh.Bun",
		other: "npm install --global bun"
	},
	cargo: rust,
	"cargo-clippy": { other: "rustup component add clippy" },
	"cargo-fmt": { other: "rustup component add rustfmt" },
	"cargo-nextest": {
		brew: "cargo-nextest",
		other: "cargo install --locked cargo-nextest"
	},
	cmake: {
		debian: "cmake",
		brew: "cmake",
		winget: "Kitware.CMake"
	},
	curl: {
		debian: "curl",
		brew: "curl",
		winget: "cURL.cURL"
	},
	docker: {
		debian: "docker.io",
		brew: "--cask docker",
		winget: "Docker.DockerDesktop"
	},
	dotnet: {
		brew: "dotnet",
		winget: "Microsoft.DotNet.SDK.9",
		other: "https://dotnet.microsoft.com/download"
	},
	gcc: {
		debian: "gcc",
		brew: "gcc"
	},
	git: {
		debian: "git",
		brew: "git",
		winget: "Git.Git"
	},
	go: {
		debian: "golang-go",
		brew: "go",
		winget: "GoLang.Go"
	},
	"golangci-lint": {
		brew: "golangci-lint",
		winget: "GolangCI.golangci-lint"
	},
	gradle: {
		debian: "gradle",
		brew: "gradle",
		winget: "Gradle.Gradle"
	},
	java: {
		debian: "default-jdk",
		brew: "openjdk",
		winget: "EclipseAdoptium.Temurin.21.JDK"
	},
	jq: {
		debian: "jq",
		brew: "jq",
		winget: "jqlang.jq"
	},
	make: {
		debian: "make",
		brew: "make",
		winget: "GnuWin32.Make"
	},
	mkfifo: coreutils,
	mvn: {
		debian: "maven",
		brew: "maven",
		winget: "Apache.Maven",
		other: "A project may bring its own: ./mvnw"
	},
	node,
	npm: node,
	npx: node,
	php: {
		debian: "php-cli",
		brew: "php",
		winget: "PHP.PHP.8.4"
	},
	pnpm: {
		brew: "pnpm",
		winget: "pnpm.pnpm",
		other: "corepack enable pnpm"
	},
	poetry: {
		debian: "python3-poetry",
		brew: "poetry",
		other: "pipx install poetry"
	},
	pwsh: {
		brew: "powershell",
		winget: "Microsoft.PowerShell",
		other: "https://aka.ms/powershell"
	},
	pytest: {
		debian: "python3-pytest",
		brew: "pytest",
		other: "python3 -m pip install pytest"
	},
	python,
	python3: python,
	ruby: {
		debian: "ruby",
		brew: "ruby",
		winget: "RubyInstallerTeam.Ruby.3.4"
	},
	ruff: {
		brew: "ruff",
		winget: "astral-sh.ruff",
		other: "pipx install ruff"
	},
	rustc: rust,
	sed: {
		debian: "sed",
		brew: "gnu-sed",
		winget: "Git.Git"
	},
	sh: {
		debian: "dash",
		winget: "Git.Git"
	},
	tee: coreutils,
	tox: {
		debian: "tox",
		brew: "tox",
		other: "pipx install tox"
	},
	unzip: {
		debian: "unzip",
		brew: "unzip"
	},
	uv: {
		brew: "uv",
		winget: "astral-sh.uv",
		other: "pipx install uv"
	},
	wget: {
		debian: "wget",
		brew: "wget"
	},
	yarn: {
		brew: "yarn",
		winget: "Yarn.Yarn",
		other: "corepack enable yarn"
	},
	zip: {
		debian: "zip",
		brew: "zip"
	}
};
/** Whether it is a program that a script can't well have of its own. */
function isKnownProgram(program) {
	return Object.hasOwn(sources, program);
}
/** How to get a program on this system. */
function toRemedies(program, platform) {
	const source = Object.hasOwn(sources, program) ? sources[program] : void 0;
	if (source === void 0) return [`Install ${program}, or put its folder on PATH.`];
	const { debian, brew, winget, other } = source;
	const lines = {
		linux: debian === void 0 ? [] : [`apt-get install ${debian}   (Debian, Ubuntu)`],
		darwin: brew === void 0 ? [] : [`brew install ${brew}`],
		win32: winget === void 0 ? [] : [`winget install ${winget}`]
	};
	const all = [...platform === "darwin" || platform === "win32" ? lines[platform] : lines.linux, ...other === void 0 ? [] : [other]];
	return all.length > 0 ? all : [`Install ${program}, or put its folder on PATH.`];
}

// src/doctor/machine-checks.ts
/** The least Node that dist/ runs on: `engines` of package.json. */
const leastNode = [20, 20];
const MiB = 1048576;
/** Evidence is small, but steps are not: under the first number little works, under the second something may not. */
const leastFree = {
	missing: 100 * MiB,
	warn: 1024 * MiB
};
const skewMs = 5e3;
/** Before this Quoderat was made, and past that it will not be in use: a clock that says so is wrong. */
const plausible = {
	from: Date.UTC(2025, 0, 1),
	to: Date.UTC(2100, 0, 1)
};
function makeCheck(group, name, state, detail, remedies = []) {
	return {
		group,
		name,
		state,
		detail,
		remedies
	};
}
/** What Quoderat itself needs. */
function checkMachine(facts) {
	return [
		checkNode(facts),
		...checkPipes(facts),
		...checkProc(facts),
		checkClock(facts),
		checkTimeZone(facts)
	];
}
function checkNode({ nodeVersion, platform }) {
	const [major = 0, minor = 0] = nodeVersion.replace(/^v/, "").split(".").map(Number);
	const isEnough = major > leastNode[0] || major === leastNode[0] && minor >= leastNode[1];
	const wanted = `${leastNode.join(".")} or newer`;
	return isEnough ? makeCheck("machine", "Node", "ok", nodeVersion) : makeCheck("machine", "Node", "missing", `${nodeVersion}; it takes ${wanted}`, toRemedies("node", platform));
}
/** Without mkfifo a step's output goes through Node's own pipes, which can't be opened by name. */
function checkPipes({ platform, programs }) {
	if (platform === "win32") return [];
	return programs.get("mkfifo") != null ? [makeCheck("machine", "named pipes", "ok", "mkfifo is there")] : [makeCheck("machine", "named pipes", "warn", "mkfifo is not on PATH: `echo x > /dev/stderr` fails in steps", toRemedies("mkfifo", platform))];
}
function checkProc({ procIsReadable }) {
	if (procIsReadable === null) return [];
	return procIsReadable ? [makeCheck("machine", "processes", "ok", "/proc can be read")] : [makeCheck("machine", "processes", "warn", "/proc cannot be read: processes that leave their group outlive their step unseen", ["Mount /proc in the container."])];
}
function checkClock({ clock: { now, fileAheadMs } }) {
	const time = new Date(now).toISOString();
	const remedies = ["Set the clock, or let it be set (NTP): evidence carries its times."];
	if (now < plausible.from || now > plausible.to) return makeCheck("machine", "clock", "warn", `${time} can't be right`, remedies);
	if (fileAheadMs !== null && Math.abs(fileAheadMs) > skewMs) return makeCheck("machine", "clock", "warn", `the clock of the file system differs by ${Math.round(Math.abs(fileAheadMs) / 1e3)} s: reports may be taken for old ones`, remedies);
	return makeCheck("machine", "clock", "ok", time);
}
function checkTimeZone({ clock: { timeZone, timeZoneIsKnown } }) {
	return timeZoneIsKnown ? makeCheck("machine", "time zone", "ok", timeZone) : makeCheck("machine", "time zone", "warn", "TZ names none that is known here; steps get it as it is", ["Set TZ to a name such as Europe/Berlin, or install tzdata."]);
}
/** Where evidence, scripts and pipes go. */
function checkFolders({ workspace, temporary }) {
	return [checkFolder("workspace", workspace, "evidence goes below it: name another place with --out"), checkFolder("temporary folder", temporary, "scripts are handed to shells from there: set TMPDIR")];
}
function checkFolder(name, { path, writable, freeBytes }, remedy) {
	if (!writable) return makeCheck("folders", name, "missing", `${path} cannot be written`, [remedy]);
	if (freeBytes === null) return makeCheck("folders", name, "ok", `${path} can be written`);
	const free = `${Math.floor(freeBytes / MiB)} MiB free`;
	const state = freeBytes < leastFree.missing ? "missing" : freeBytes < leastFree.warn ? "warn" : "ok";
	const remedies = state === "ok" ? [] : ["Make room on that disk."];
	return makeCheck("folders", name, state, `${path} can be written, ${free}`, remedies);
}
/** Without git a run has evidence, but of no commit. */
function checkGit({ git, workspace, platform }) {
	if (git.state === "fault") return [toGitFault(git.fault, workspace.path, platform)];
	const where = git.branch === null ? "no branch" : `branch ${git.branch}`;
	const changes = git.dirty === true ? ", with changes that are in no commit" : "";
	const checkout = makeCheck("git", "checkout", "ok", `commit ${git.commit.slice(0, 12)}, ${where}${changes}`);
	if (!git.shallow) return [checkout];
	return [checkout, makeCheck("git", "history", "warn", "shallow: earlier commits are not there, so nothing can be compared with them", ["git fetch --unshallow; on GitHub `fetch-depth: 0` of actions/checkout, on GitLab GIT_DEPTH: 0"])];
}
function toGitFault(fault, path, platform) {
	const quoted = JSON.stringify(path);
	const [detail, remedies] = {
		git_not_found: ["git is not on PATH: evidence will name no commit of its own", toRemedies("git", platform)],
		not_a_repository: ["this is no git checkout: evidence will name no commit of its own", []],
		dubious_ownership: ["git refuses to read it: the folder belongs to another user", [`git config --global --add safe.directory ${quoted}`]],
		no_commit: ["there is no commit yet", ["git commit"]],
		timed_out: ["git did not answer in time", []]
	}[fault] ?? ["git could not read it", [`git -C ${quoted} status`]];
	return makeCheck("git", "checkout", "warn", detail, remedies);
}

// src/doctor/script-words.ts
/** What a shell does itself, and the words of its grammar. */
const builtins = new Set(`. : [ [[ alias bg bind break builtin caller case cd command compgen complete continue declare dirs disown do done echo elif else
  enable esac eval exec exit export false fc fg fi for function getopts hash help history if in jobs kill let local logout mapfile
  popd printf pushd pwd read readarray readonly return select set shift shopt source suspend test then time times trap true type
  typeset ulimit umask unalias unset until wait while`.split(/\s+/));
/** Words after which the next one is the command. */
const before = /^(?:!|\{|if|then|else|elif|do|while|until|time|exec|command|builtin|nohup|env|sudo|[A-Za-z_]\w*\+?=\S*)$/;
/** Programs whose first argument names another program: `cargo clippy` is cargo-clippy. */
const families = /* @__PURE__ */ new Map([["cargo", /* @__PURE__ */ new Set([
	"clippy",
	"fmt",
	"nextest",
	"llvm-cov",
	"deny",
	"audit"
])]]);
const maxWords = 50;
/**
* The programs that a script for bash or sh most likely calls, in their order, each once: the first word of each command
* as far as can be told without a shell. Words with variables, quotes or globs, and functions of the script, are left out.
*/
function toProgramWords(script) {
	const functions = new Set(Array.from(script.matchAll(/^[ \t]*(?:function[ \t]+)?([A-Za-z_][\w-]*)[ \t]*\(\)/gm), (match) => match[1]));
	const words = toCommands(script).flatMap(toProgram);
	return [...new Set(words)].filter((word) => !functions.has(word)).slice(0, maxWords);
}
/** Single commands. What stands in quotes, comments and here-documents is none. */
function toCommands(script) {
	return withoutDocuments(script).replaceAll(/\\\r?\n/g, " ").replaceAll(/"(?:[^"\\]|\\.){0,5000}"|'[^']{0,5000}'/g, "\"").split("\n").flatMap((line) => line.replace(/(?:^|\s)#.*$/, "").split(/&&|\|\||[;|&()]/));
}
function withoutDocuments(script) {
	const kept = [];
	let end;
	for (const line of script.split("\n")) {
		if (end === void 0) kept.push(line);
		else if (line.trim() !== end) continue;
		end = end === void 0 ? /<<-?\s*["'\\]?([A-Za-z_]\w*)/.exec(line)?.[1] : void 0;
	}
	return kept.join("\n");
}
function toProgram(command) {
	const words = command.trim().split(/\s+/);
	const start = words.findIndex((word) => !before.test(word));
	const [program, first] = start === -1 ? [] : words.slice(start);
	if (program === void 0 || !/^[\w./+-]+$/.test(program) || program.startsWith("-")) return [];
	if (builtins.has(program) || /^\d/.test(program)) return [];
	return first !== void 0 && families.get(program)?.has(first) === true ? [program, `${program}-${first}`] : [program];
}

// src/doctor/needs.ts
/** A test reporter that is a package of its own, and no part of its runner. */
const reporterPackages = [{
	sign: /jest-junit|JEST_JUNIT_/,
	file: "node_modules/jest-junit"
}];
function toNeeds(plan) {
	const programs = /* @__PURE__ */ new Map();
	const add = (program, step, how) => {
		const found = programs.get(program);
		const atStart = step.needs.length === 0;
		if (found === void 0) programs.set(program, {
			program,
			steps: [step.id],
			how,
			atStart
		});
		else {
			if (!found.steps.includes(step.id)) found.steps.push(step.id);
			if (how === "certain") found.how = how;
			found.atStart ||= atStart;
		}
	};
	for (const step of plan.steps) {
		const { command } = step;
		if (command === null) continue;
		if ("argv" in command) {
			add(toPath(command.argv[0] ?? "", step.cwd), step, "certain");
			continue;
		}
		add(command.shell, step, "certain");
		if (command.shell === "pwsh" || command.shell === "cmd") continue;
		for (const word of toProgramWords(command.run)) if (!word.includes("/")) add(word, step, "probable");
	}
	return {
		programs: [...programs.values()],
		files: toFiles(plan)
	};
}
/** A program with a "/" is a file, relative to where the step runs. */
function toPath(program, cwd) {
	return program.includes("/") && !program.startsWith("/") && cwd !== "." ? `${cwd}/${program}` : program;
}
function toFiles({ steps }) {
	const found = steps.flatMap(({ command, env_names: names, cwd }) => {
		const text = `${command === null ? "" : "run" in command ? command.run : command.argv.join(" ")} ${names.join(" ")}`;
		return reporterPackages.flatMap(({ sign, file }) => sign.test(text) ? [cwd === "." ? file : `${cwd}/${file}`] : []);
	});
	return [...new Set(found)];
}

// src/doctor/plan-checks.ts
const maxSteps = 4;
/** The programs that steps call. Those of scripts are guessed from their text, and said to be. */
function checkPrograms({ programs, files }, facts) {
	return [...programs.map((need) => checkProgram(need, facts)), ...files.map((file) => checkFile(file, facts))];
}
function checkProgram({ program, steps, how, atStart }, facts) {
	const found = program.includes("/") ? toLocal(program, facts) : facts.programs.get(program);
	const by = `${steps.length === 1 ? "step" : "steps"} ${toShort(steps)}`;
	if (found != null) return makeCheck("programs", program, "ok", `${found} (${by})`);
	const why = how === "probable" ? `probably missing: ${by} seem${steps.length === 1 ? "s" : ""} to call it` : `${by} cannot start without it`;
	const isSure = atStart && (how === "certain" || isKnownProgram(program));
	return makeCheck("programs", program, isSure ? "missing" : "warn", why, toRemedies(program, facts.platform));
}
function toLocal(program, { files }) {
	return files.get(program) === true ? program : null;
}
function checkFile(file, { files }) {
	return files.get(file) === true ? makeCheck("programs", file, "ok", "installed") : makeCheck("programs", file, "warn", "not installed: without it the tests leave no report", ["Install the packages of the project."]);
}
function toShort(steps) {
	const rest = steps.length - maxSteps;
	return rest > 0 ? `${steps.slice(0, maxSteps).join(", ")} and ${rest} more` : steps.join(", ");
}
/** Variables that the manifest names and that are not set here. */
function checkVariables(plan, { variables }) {
	const passed = [...new Set(plan.steps.flatMap(({ pass_env: names }) => names))];
	const unset = passed.filter((name) => !variables.has(name));
	const secrets = plan.secrets.filter((name) => !variables.has(name));
	return [
		...passed.length > 0 && unset.length === 0 ? [makeCheck("variables", "pass_env", "ok", `${passed.length === 1 ? "1 is" : `${passed.length} are`} set`)] : [],
		...unset.length > 0 ? [makeCheck("variables", "pass_env", "warn", `not set here, so steps do without: ${unset.join(", ")}`)] : [],
		...secrets.length > 0 ? [makeCheck("variables", "secrets", "warn", `not set here, so nothing is redacted for: ${secrets.join(", ")}`)] : []
	];
}
/** What the forge gives to this job. */
function checkCi({ ci, git }) {
	if (ci.forge === "local") return [];
	if (ci.forge === "gitlab") return [makeCheck("ci", "GitLab job", git.state === "ok" ? "ok" : "warn", "evidence lies in .quoderat/ and goes with the job", ["Keep it: artifacts: { when: always, paths: [.quoderat/] }"])];
	const permissions = makeCheck("ci", "permissions", "ok", "a run takes contents: read and no more", ["A check takes checks: write, a comment pull-requests: write."]);
	if (ci.artifactProblem === void 0) return [makeCheck("ci", "artifacts", "ok", "the artifact service is offered"), permissions];
	return [makeCheck("ci", "artifacts", "warn", ci.artifactProblem, ["Only the Action is given the service: `uses: quoderat/action`. In a `run:` step, upload .quoderat/ with actions/upload-artifact."]), permissions];
}

// src/doctor/read-facts.ts
/** Looks at the machine. Runs nothing, and leaves nothing behind. Never rejects. */
async function readFacts(options) {
	const { workspace, programs, platform, env, now } = options;
	const names = programs.filter((name) => !name.includes("/"));
	const files = [...options.files, ...programs.filter((name) => name.includes("/"))];
	const temporary = tmpdir();
	const [probe, free, git, proc] = await Promise.all([
		probeTemporary(temporary, now),
		readFree(temporary),
		readGit(options),
		readProc(platform)
	]);
	return {
		platform,
		nodeVersion: process.version,
		workspace: await readFolder(workspace),
		temporary: {
			path: temporary,
			writable: probe !== null,
			freeBytes: free
		},
		git,
		clock: {
			now: now(),
			fileAheadMs: probe?.aheadMs ?? null,
			...readTimeZone(env)
		},
		procIsReadable: proc,
		programs: await toMap([...names, "mkfifo"], options.findProgram),
		files: await toMap(files, (file) => isThere(resolve(workspace, file))),
		variables: new Set(Object.keys(env)),
		ci: options.ci
	};
}
async function toMap(names, find) {
	return new Map(await Promise.all(names.map(async (name) => [name, await find(name)])));
}
/** A file of our own says whether the folder can be written, and what time it is for the file system. */
async function probeTemporary(parent, now) {
	let dir;
	try {
		dir = await mkdtemp(join(parent, "quoderat-doctor-"));
		const file = join(dir, "probe");
		const before = now();
		await writeFile(file, "x");
		const { mtimeMs } = await stat(file);
		const after = now();
		return { aheadMs: mtimeMs > after ? mtimeMs - after : Math.min(0, mtimeMs - before) };
	} catch {
		return null;
	} finally {
		if (dir !== void 0) await rm(dir, {
			recursive: true,
			force: true
		}).catch(() => {});
	}
}
async function readFolder(path) {
	const writable = await isAllowed(path, constants.W_OK);
	const evidence = join(path, ".quoderat");
	const below = await isThere(evidence) ? await isAllowed(evidence, constants.W_OK) : true;
	return {
		path,
		writable: writable && below,
		freeBytes: await readFree(path)
	};
}
async function readFree(path) {
	return statfs(path).then(({ bavail, bsize }) => bavail * bsize, () => null);
}
async function readGit({ git, workspace }) {
	return git.state === "fault" ? git : {
		...git,
		shallow: await isShallow(workspace)
	};
}
/** git notes the depth of a clone in its folder; a worktree's own folder is elsewhere and says nothing. */
async function isShallow(workspace) {
	for (let dir = workspace;; dir = dirname(dir)) {
		if (await isThere(join(dir, ".git"))) return isThere(join(dir, ".git", "shallow"));
		if (dirname(dir) === dir) return false;
	}
}
async function readProc(platform) {
	if (platform !== "linux") return null;
	return readFile("/proc/self/stat", "utf8").then((text) => text.startsWith(`${process.pid} `), () => false);
}
function readTimeZone(env) {
	const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
	const named = env["TZ"] ?? "";
	return {
		timeZone,
		timeZoneIsKnown: !/^[A-Za-z_]+(?:\/[A-Za-z_+-]+)+$/.test(named) || isKnownTimeZone(named)
	};
}
function isKnownTimeZone(name) {
	try {
		return Intl.DateTimeFormat("en", { timeZone: name }) !== void 0;
	} catch {
		return false;
	}
}
async function isThere(path) {
	return isAllowed(path, constants.F_OK);
}
async function isAllowed(path, mode) {
	return access(path, mode).then(() => true, () => false);
}

// src/schema/checkup.ts
const checkGroups = [
	"machine",
	"git",
	"folders",
	"manifest",
	"programs",
	"variables",
	"ci"
];

// src/render/checkup.ts
const looks = {
	ok: {
		symbol: "✓",
		word: "ok",
		tone: "green"
	},
	warn: {
		symbol: "!",
		word: "warn",
		tone: "yellow"
	},
	missing: {
		symbol: "✗",
		word: "missing",
		tone: "red"
	}
};
const titles = {
	machine: "Machine",
	git: "Git",
	folders: "Folders",
	manifest: "Manifest",
	programs: "Programs",
	variables: "Variables",
	ci: "CI"
};
/** What `quoderat doctor` prints: each check with a symbol and a word, and what to do about it. Ends with a line break. */
function renderCheckup(checks, look) {
	const paint = makePaint(look.color);
	const width = Math.min(32, Math.max(0, ...checks.map(({ name }) => toCells(toInertLine(name)))));
	return `${[
		...checkGroups.flatMap((group) => {
			const own = checks.filter((check) => check.group === group);
			return toPart(titles[group], own.flatMap((check) => toLines(check, width, paint)), paint);
		}).slice(1),
		"",
		toSum(checks, paint)
	].join("\n")}\n`;
}
function toLines({ name, state, detail, remedies }, width, paint) {
	const { symbol, word, tone } = looks[state];
	return [`  ${paint(tone, `${symbol} ${word.padEnd(7)}`)}  ${pad(toInertLine(name), width)}  ${toInertLine(detail)}`, ...remedies.map((remedy) => `             ${paint("dim", `→ ${toInertLine(remedy)}`)}`)];
}
function toSum(checks, paint) {
	const count = (state) => checks.filter((check) => check.state === state).length;
	const [missing, warnings] = [count("missing"), count("warn")];
	const rest = warnings === 0 ? "" : warnings === 1 ? ", 1 warning" : `, ${warnings} warnings`;
	if (missing > 0) return paint("red", `✗ ${missing} missing${rest}`);
	return paint("green", `✓ Nothing that is needed is missing${rest}`);
}

// src/cli/commands/doctor.ts
/**
* `quoderat doctor`: what is missing on the machine, for Quoderat and for the steps of a manifest, and how to get it.
* Nothing of the manifest is executed.
* @returns 0: nothing that is needed is missing; 1: something is
* @throws CliError and the error of the manifest's reader, for a manifest that was named
*/
async function doctor(named, flags, io) {
	const { plan, check } = await readPlan(named, flags, io);
	const workspace = resolve(io.cwd, flags.workspace ?? ".");
	const needs = plan === void 0 ? {
		programs: [],
		files: []
	} : toNeeds(plan);
	const facts = await readFacts({
		workspace,
		env: io.env,
		now: io.now,
		platform: process.platform,
		programs: needs.programs.map(({ program }) => program),
		files: needs.files,
		findProgram: (name) => findProgram(name, io.env),
		git: toGit(await readGitState(workspace, findGit(io.env))),
		ci: toCi(io.env)
	});
	const checks = [
		...checkMachine(facts),
		...checkGit(facts),
		...checkFolders(facts),
		check,
		...checkPrograms(needs, facts),
		...plan === void 0 ? [] : checkVariables(plan, facts),
		...checkCi(facts)
	];
	const look = {
		color: wantsColor(io.stdout, io.env, flags.color),
		width: widthOf(io.stdout)
	};
	io.stdout.write(flags.json === true ? `${JSON.stringify({ checks })}\n` : renderCheckup(checks, look));
	return checks.some(({ state }) => state === "missing") ? exitCodes.failed : exitCodes.success;
}
/** The bash in Windows' own folder starts a Linux machine, in which the workspace is elsewhere. */
async function findProgram(name, env) {
	const file = await findOnPath(name, env);
	return file !== null && /\\system32\\bash\.exe$/i.test(file) ? null : file;
}
/** The plan, if there is a manifest without faults, and what to say of the manifest. */
async function readPlan(named, flags, io) {
	const read = await readManifestFile(named, flags, io).catch((error) => {
		if (named !== void 0 || !(error instanceof ManifestError) || error.code !== "not_found") throw error;
	});
	if (read === void 0) return { check: makeCheck("manifest", "quoderat.yml", "warn", "there is none here, so only the machine was looked at", [`${io.self} init   writes one`]) };
	const { source } = read;
	const parsed = parseManifest(source);
	if (!parsed.ok) {
		const [first] = parsed.diagnostics;
		const detail = `has faults, the first in line ${first?.line ?? 1}: ${first?.message ?? ""}`;
		return { check: makeCheck("manifest", source.path, "missing", detail, [`${io.self} plan   shows all of them`]) };
	}
	const { plan } = makePlan(parsed.manifest, {
		path: source.path,
		sha256: parsed.sha256
	});
	const count = plan.steps.length === 1 ? "1 step" : `${plan.steps.length} steps`;
	return {
		plan,
		check: makeCheck("manifest", source.path, "ok", `${count}, no faults`)
	};
}
function toGit(reading) {
	if (reading.state === null) return {
		state: "fault",
		fault: reading.fault
	};
	const { commit, branch, dirty } = reading.state;
	return {
		state: "ok",
		commit,
		branch,
		dirty
	};
}
function toCi(env) {
	const forge = toPlatform(env);
	const artifactProblem = forge === "github" ? toServiceProblem(env) : void 0;
	return {
		forge,
		...artifactProblem !== void 0 && { artifactProblem }
	};
}

export { doctor };