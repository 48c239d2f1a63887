import { r as toMessage, t as CodedError } from "./errors-B6vIz8YT.js";
import { t as _usingCtx } from "./usingCtx-B560EHoh.js";
import { t as findPathFault } from "./relative-path-_PeV26Xg.js";
import { t as isReservedEnvName } from "./reserved-env-BzbK9kaS.js";
import { t as isObject } from "./json-DncajuVf.js";
import { n as toInertLine } from "./inert-BfcQbr-O.js";
import { t as toShellWord } from "./shell-word-C4CE5gji.js";
import { t as CliError } from "./cli-error-Y3rlLU4c.js";
import { n as exitCodes } from "./exit-codes-TtK7vc5B.js";
import { open, readdir, stat, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";

// src/init/repository.ts
/** Files by which a folder is known as a project. Each is in `tellingFiles` as well. */
const markers = [
	"package.json",
	"pyproject.toml",
	"setup.py",
	"setup.cfg",
	"requirements.txt",
	"pytest.ini",
	"conftest.py",
	"Pipfile",
	"tox.ini",
	"Cargo.toml",
	"go.mod",
	"pom.xml",
	"build.gradle",
	"build.gradle.kts"
];
/** Every file whose text is read. */
const tellingFiles = [
	...markers,
	".npmrc",
	".yarnrc.yml",
	"requirements-dev.txt",
	"requirements-test.txt",
	"dev-requirements.txt",
	"test-requirements.txt",
	".config/nextest.toml",
	".golangci.yml",
	".golangci.yaml",
	".golangci.toml",
	".golangci.json",
	"settings.gradle",
	"settings.gradle.kts",
	"GNUmakefile",
	"makefile",
	"Makefile",
	".gitignore"
];
/** Folders whose names are read too. */
const tellingFolders = [
	"tests",
	"test",
	"src",
	".config"
];
/**
* The projects that have one of these files: the root when it is one, since it then speaks for what lies below
* (workspaces, modules); else the folders below it.
*/
function findProjects({ projects }, files) {
	const found = projects.filter(({ names }) => files.some((file) => names.has(file)));
	return found[0]?.cwd === "." ? found.slice(0, 1) : found;
}

// src/init/read-repository.ts
var InitError = class extends CodedError {};
/** More of a file, of a folder, or of projects than this tells nothing more. */
const maxTextBytes = 524288;
const maxNames = 5e3;
const maxProjects = 12;
/** Folders that hold other people's projects, or made ones. */
const passedOver = /* @__PURE__ */ new Set([
	"node_modules",
	"vendor",
	"target",
	"dist",
	"build",
	"out",
	"examples",
	"fixtures",
	"venv"
]);
/**
* Reads what a starter manifest is made from: a few files of the folder and of the folders directly in it. Runs nothing.
* @throws InitError unreadable, when the folder itself cannot be listed
*/
async function readRepository(dir, platform) {
	const names = await readdir(dir).catch((error) => {
		throw new InitError("unreadable", `${dir} can't be listed: ${toMessage(error)}`, { cause: error });
	});
	const projects = [await readProject(dir, ".", names)];
	for (const name of names.toSorted().slice(0, maxNames)) {
		if (projects.length > maxProjects) break;
		if (name.startsWith(".") || passedOver.has(name)) continue;
		const below = await readdir(join(dir, name)).catch(() => []);
		if (markers.some((marker) => below.includes(marker))) projects.push(await readProject(join(dir, name), name, below));
	}
	return {
		name: basename(dir),
		platform,
		projects
	};
}
async function readProject(dir, cwd, names) {
	const all = new Set(names.slice(0, maxNames));
	for (const folder of tellingFolders.filter((name) => all.has(name))) {
		const inside = await readdir(join(dir, folder)).catch(() => []);
		for (const name of inside.slice(0, maxNames)) all.add(`${folder}/${name}`);
	}
	const texts = /* @__PURE__ */ new Map();
	for (const file of tellingFiles.filter((name) => all.has(name))) {
		const text = await readText(join(dir, file));
		if (text !== void 0) texts.set(file, text);
	}
	return {
		cwd,
		names: all,
		texts
	};
}
/** undefined: no regular file, too long, no UTF-8, or not readable. A FIFO would wait without end, so it is asked first. */
async function readText(path) {
	try {
		try {
			var _usingCtx$1 = _usingCtx();
			const found = await stat(path);
			if (!found.isFile() || found.size > maxTextBytes) return void 0;
			const { bytesRead, buffer } = await _usingCtx$1.a(await open(path, "r")).read(Buffer.alloc(maxTextBytes), 0, maxTextBytes, 0);
			return new TextDecoder("utf-8", { fatal: true }).decode(buffer.subarray(0, bytesRead));
		} catch (_) {
			_usingCtx$1.e = _;
		} finally {
			await _usingCtx$1.d();
		}
	} catch {
		return;
	}
}

// src/init/go.ts
/** The steps of Go modules: vet, golangci-lint where it is set up, tests with their events as a report, build. */
function draftGo(repository) {
	return findProjects(repository, ["go.mod"]).map((project) => ({
		ecosystem: "go",
		cwd: project.cwd,
		from: ["go.mod"],
		steps: [
			{
				id: "vet",
				kind: "lint",
				run: "go vet ./..."
			},
			...toGolangci(project),
			{
				id: "test",
				kind: "test",
				run: testScript,
				notes: ["The report is for machines; when a test fails, what the tests printed is shown as well."],
				reports: [{
					path: "go-test.json",
					format: "go-test"
				}],
				silent: true
			},
			{
				id: "build",
				kind: "build",
				run: "go build ./..."
			}
		],
		passEnv: [
			"GOFLAGS",
			"GOPATH",
			"GOPROXY"
		]
	}));
}
const testScript = String.raw`if ! go test -json ./... > go-test.json; then
  sed -n 's/.*"Output":"\(.*\)\\n"}$/\1/p' go-test.json
  exit 1
fi`;
/** Version 2 has other switches than version 1, and its settings say which they are for. */
function toGolangci({ texts }) {
	const file = [
		".golangci.yml",
		".golangci.yaml",
		".golangci.toml",
		".golangci.json"
	].find((name) => texts.has(name));
	if (file === void 0) return [];
	const isSecond = /^\s*"?version"?\s*[:=]\s*["']?2["']?/m.test(texts.get(file) ?? "");
	return [{
		id: "golangci",
		kind: "lint",
		run: isSecond ? "golangci-lint run --output.text.path=stdout --output.sarif.path=golangci.sarif" : "golangci-lint run --out-format=colored-line-number,checkstyle:golangci.xml",
		reports: [isSecond ? {
			path: "golangci.sarif",
			format: "sarif"
		} : {
			path: "golangci.xml",
			format: "checkstyle"
		}]
	}];
}

// src/init/java.ts
/** Which Java is used, on machines that have several. */
const passEnv$1 = ["JAVA_HOME"];
/** The steps of Maven projects: Surefire leaves a JUnit file for each class without being asked. */
function draftMaven(repository) {
	return findProjects(repository, ["pom.xml"]).map((project) => {
		const pom = project.texts.get("pom.xml") ?? "";
		const anywhere = /<modules>/.test(pom) ? "**/" : "";
		const maven = `${project.names.has("mvnw") ? "sh ./mvnw" : "mvn"} --batch-mode --no-transfer-progress`;
		const packaging = /<packaging>\s*([a-z]+)\s*<\/packaging>/.exec(pom)?.[1] ?? "jar";
		const steps = [{
			id: "test",
			kind: "test",
			run: `${maven} test`,
			reports: [{
				path: `${anywhere}target/surefire-reports/TEST-*.xml`,
				format: "junit"
			}]
		}, {
			id: "build",
			kind: "build",
			run: `${maven} -DskipTests package`,
			needs: ["test"],
			outputs: [`${anywhere}target/*.${packaging === "war" || packaging === "ear" ? packaging : "jar"}`]
		}];
		return {
			ecosystem: "maven",
			cwd: project.cwd,
			from: ["pom.xml"],
			steps,
			passEnv: passEnv$1
		};
	});
}
/** The steps of Gradle builds. Tests that are up to date would leave an old report, so they are made to run. */
function draftGradle(repository) {
	return findProjects(repository, gradleFiles).map((project) => {
		const settings = project.texts.get("settings.gradle") ?? project.texts.get("settings.gradle.kts") ?? "";
		const anywhere = /^\s*include\b/m.test(settings) ? "**/" : "";
		const gradle = `${toGradle(project)} --no-daemon`;
		const steps = [{
			id: "test",
			kind: "test",
			run: `${gradle} cleanTest test`,
			reports: [{
				path: `${anywhere}build/test-results/test/*.xml`,
				format: "junit"
			}]
		}, {
			id: "build",
			kind: "build",
			run: `${gradle} assemble`,
			needs: ["test"],
			outputs: [`${anywhere}build/libs/*.jar`]
		}];
		const from = gradleFiles.filter((file) => project.names.has(file));
		return {
			ecosystem: "gradle",
			cwd: project.cwd,
			from,
			steps,
			passEnv: passEnv$1
		};
	});
}
const gradleFiles = ["build.gradle", "build.gradle.kts"];
function toGradle({ names }) {
	return names.has("gradlew") ? "sh ./gradlew" : "gradle";
}

// src/init/join-drafts.ts
const maxSteps = 60;
/**
* The steps of all projects in one list. Where there is more than one project, the ecosystem or the folder stands in
* front of each id, so that none is there twice.
*/
function joinDrafts(drafts) {
	const usable = drafts.filter(({ cwd }) => findPathFault(cwd, { glob: false }) === void 0 && !cwd.includes("${{"));
	const active = usable.filter(({ steps }) => steps.length > 0);
	const taken = /* @__PURE__ */ new Set();
	const [first, second] = active;
	const passEnv = second === void 0 ? first?.passEnv ?? [] : [];
	return {
		steps: active.flatMap((draft) => second === void 0 ? joinDraft({
			...draft,
			passEnv: []
		}, "", taken) : joinDraft(draft, toPrefix(draft, active), taken)).slice(0, maxSteps),
		passEnv,
		from: active.flatMap(({ cwd, from }) => from.map((file) => cwd === "." ? file : `${cwd}/${file}`)),
		remarks: usable.flatMap(({ remarks = [] }) => remarks)
	};
}
function joinDraft({ install, steps, cwd, passEnv = [] }, prefix, taken) {
	const all = install === void 0 ? steps : [install, ...steps];
	const ids = new Map(all.map(({ id }) => [id, toFreeId(`${prefix}${id}`, taken)]));
	return all.map((step) => {
		const needs = toNeeds(step, install).flatMap((need) => ids.get(need) ?? []);
		const named = {
			id: ids.get(step.id) ?? step.id,
			cwd,
			needs
		};
		return Object.assign({}, step, named, { passEnv: [.../* @__PURE__ */ new Set([...passEnv, ...step.passEnv ?? []])] });
	});
}
function toNeeds(step, install) {
	const own = step.needs ?? [];
	return install === void 0 || step === install ? own : [install.id, ...own];
}
function toPrefix({ ecosystem, cwd }, all) {
	if (cwd === ".") return `${ecosystem}-`;
	return all.filter((other) => other.cwd === cwd).length === 1 ? `${cwd}-` : `${cwd}-${ecosystem}-`;
}
/** An id as a manifest allows it: letters, digits, "_" and "-", at most 64, and not taken yet. */
function toFreeId(wanted, taken) {
	const plain = wanted.replaceAll(/[^A-Za-z0-9_-]+/g, "-").replaceAll(/^[-_]+|[-_]+$/g, "").slice(0, 56);
	const base = plain === "" ? "step" : plain;
	let id = base;
	for (let count = 2; taken.has(id); count += 1) id = `${base}-${count}`;
	taken.add(id);
	return id;
}

// src/init/make.ts
/** make reads the first of these that is there. */
const files$1 = [
	"GNUmakefile",
	"makefile",
	"Makefile"
];
const known = [
	["lint", "lint"],
	["check", "test"],
	["test", "test"],
	["build", "build"],
	["all", "build"]
];
/**
* The steps of a Makefile at the root. Where other files already say how the repository is tested, its targets most
* often call the same, so they are named in a comment only.
*/
function draftMake({ projects }, others) {
	const [root] = projects;
	const file = files$1.find((name) => root?.names.has(name) === true);
	if (root === void 0 || file === void 0) return [];
	const targets = parseTargets(root.texts.get(file) ?? "");
	const found = known.filter(([target]) => targets.has(target));
	if (found.length === 0) return [];
	const draft = {
		ecosystem: "make",
		cwd: ".",
		from: [file]
	};
	if (others.some(({ steps }) => steps.some(({ kind }) => kind === "test"))) return [{
		...draft,
		steps: [],
		remarks: [`Targets of ${file}: ${found.map(([target]) => target).join(", ")}`]
	}];
	const chosen = found.filter(([target]) => !(target === "check" && targets.has("test")) && !(target === "all" && targets.has("build")));
	return [{
		...draft,
		steps: chosen.map(toStep$1)
	}];
}
function toStep$1([target, kind]) {
	return {
		id: target,
		kind,
		run: `make ${target}`,
		...kind === "test" && { notes: noReport }
	};
}
const noReport = ["Without a report its exit code alone is evidence. If it can write one, name the file:", "reports: [{ path: junit.xml, format: junit }]"];
/** The names of rules, as far as they are written out: no variables, no patterns, no recipes. */
function parseTargets(text) {
	const rules = text.matchAll(/^([A-Za-z0-9_.-]+(?:[ \t]+[A-Za-z0-9_.-]+)*)[ \t]*:(?![:=])/gm);
	return new Set(Array.from(rules, (match) => match[1] ?? "").flatMap((names) => names.split(/[ \t]+/)));
}

// src/init/bash-word.ts
/** One word for bash, quoted unless it is plainly harmless. */
function toBashWord(text) {
	return /^[\w@%+=:,./][\w@%+=:,./-]*$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
/** Whether a name from the repository may become part of a script: one line, and nothing that a manifest refuses. */
function isScriptable(text) {
	return text.length <= 200 && !/\p{Cc}/u.test(text) && text.isWellFormed() && !text.includes("${{");
}

// src/init/script-text.ts
/** Programs that run another one, whose name follows with nothing but settings and switches between. */
const wrappers = /* @__PURE__ */ new Set([
	"cross-env",
	"cross-env-shell",
	"npx",
	"c8",
	"nyc",
	"dotenv",
	"bunx",
	"env"
]);
const maxFollowed = 5;
/** A longer one is a program of its own. */
const maxScript = 2e3;
/**
* Reads the last command of a script as far as can be done without a shell; undefined when arguments that are added at
* the end would not reach it (pipes, redirections, alternatives, several lines).
*/
function parseLastCommand(script) {
	if (script.length > maxScript || /[|<>&\n\r`()]/.test(script.replaceAll("&&", ";"))) return void 0;
	const commands = script.split(/&&|;/).map((command) => command.trim());
	const words = commands.at(-1)?.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
	let start = 0;
	while (start < words.length && isBefore(words[start] ?? "", start)) start += 1;
	const [program, ...args] = words.slice(start);
	return program === void 0 ? void 0 : {
		program,
		args,
		alone: commands.length === 1 && start === 0
	};
}
/** The script that one which only calls another (`npm run unit`) stands for. */
function followScript(name, scripts) {
	let at = name;
	for (let step = 0; step < maxFollowed; step += 1) {
		const next = /^(?:npm|pnpm|yarn|bun)(?: run)? ([\w:.-]+)$/.exec(scripts.get(at)?.trim() ?? "")?.[1];
		if (next === void 0 || !scripts.has(next) || next === name) return at;
		at = next;
	}
	return at;
}
function isBefore(word, index) {
	return wrappers.has(word) || /^[A-Za-z_]\w*=/.test(word) || index > 0 && word.startsWith("-");
}

// src/init/node-lint.ts
/**
* How a script of checks is run, with the findings of eslint or oxlint as a report. The report takes the place of what
* people read, so a run that fails is followed by one for them.
*/
function toLintCommand(found, script) {
	const { manager, scripts, dependencies } = found;
	const again = `|| { ${manager.run(script)}; exit 1; }`;
	const command = parseLastCommand(scripts.get(script) ?? "");
	const hasFormat = command?.args.some((word) => /^(?:-f|-o|--format|--output-file|--fix)\b/.test(word)) ?? true;
	if (command?.program === "eslint" && !hasFormat) return {
		run: `${manager.run(script, "--format json --output-file eslint.json")} ${again}`,
		reports: [{
			path: "eslint.json",
			format: "eslint"
		}]
	};
	if (command?.program === "oxlint" && !hasFormat && command.alone) {
		const format = writesSarif(dependencies.get("oxlint") ?? "") ? "sarif" : "checkstyle";
		const file = format === "sarif" ? "oxlint.sarif" : "oxlint.xml";
		return {
			run: `${manager.runSilent(script, `--format=${format}`)} > ${file} ${again}`,
			reports: [{
				path: file,
				format
			}]
		};
	}
	return { run: manager.run(script) };
}
/** Later versions of oxlint write SARIF; Checkstyle's format all of them. */
function writesSarif(range) {
	const [, major = "0", minor = "0"] = /^[~^]?(\d+)\.(\d+)/.exec(range) ?? [];
	return Number(major) > 1 || major === "1" && Number(minor) >= 90;
}

// src/init/package-manager.ts
const lockfiles = {
	npm: ["package-lock.json", "npm-shrinkwrap.json"],
	pnpm: ["pnpm-lock.yaml"],
	yarn: ["yarn.lock"],
	bun: ["bun.lock", "bun.lockb"]
};
/**
* The manager of a project: the one that package.json names for Corepack (`packageManager`), else the one whose lockfile
* is there, else npm.
*/
function choosePackageManager({ names, texts }, named) {
	const [, wanted, major] = /^(npm|pnpm|yarn|bun)@(\d+)/.exec(typeof named === "string" ? named : "") ?? [];
	const byLockfile = managerNames.find((name) => lockfiles[name].some((file) => names.has(file)));
	const name = managerNames.find((known) => known === wanted) ?? byLockfile ?? "npm";
	const lockfile = lockfiles[name].find((file) => names.has(file));
	const isModernYarn = name === "yarn" && (major === void 0 ? texts.has(".yarnrc.yml") : Number(major) >= 2);
	return managers[name](lockfile, isModernYarn);
}
const managerNames = [
	"npm",
	"pnpm",
	"yarn",
	"bun"
];
const managers = {
	npm: (lockfile) => ({
		name: "npm",
		lockfile,
		install: lockfile === void 0 ? "npm install" : "npm ci",
		run: (script, args) => join$1(script === "test" ? "npm test" : `npm run ${toBashWord(script)}`, args, "-- "),
		runSilent: (script, args) => join$1(`npm run --silent ${toBashWord(script)}`, args, "-- "),
		exec: "npx --no-install"
	}),
	pnpm: (lockfile) => ({
		name: "pnpm",
		lockfile,
		install: lockfile === void 0 ? "pnpm install" : "pnpm install --frozen-lockfile",
		run: (script, args) => join$1(`pnpm run ${toBashWord(script)}`, args),
		runSilent: (script, args) => join$1(`pnpm --silent run ${toBashWord(script)}`, args),
		exec: "pnpm exec"
	}),
	yarn: (lockfile, isModern) => ({
		name: "yarn",
		lockfile,
		install: `yarn install${lockfile === void 0 ? "" : isModern ? " --immutable" : " --frozen-lockfile"}`,
		run: (script, args) => join$1(`yarn run ${toBashWord(script)}`, args),
		runSilent: (script, args) => join$1(`yarn${isModern ? "" : " --silent"} run ${toBashWord(script)}`, args),
		exec: "yarn run"
	}),
	bun: (lockfile) => ({
		name: "bun",
		lockfile,
		install: lockfile === void 0 ? "bun install" : "bun install --frozen-lockfile",
		run: (script, args) => join$1(`bun run ${toBashWord(script)}`, args),
		runSilent: (script, args) => join$1(`bun run --silent ${toBashWord(script)}`, args),
		exec: "bunx --no-install"
	})
};
function join$1(command, args, separator = "") {
	return args === void 0 ? command : `${command} ${separator}${args}`;
}

// src/init/node-package.ts
/** npm's own placeholder, `npm init`. */
const placeholder = /no test specified/;
/** Reads package.json; undefined when it is no JSON object. */
function parseNodePackage(project) {
	const value = parseJson(project.texts.get("package.json") ?? "");
	if (!isObject(value)) return void 0;
	const scripts = toTexts(value["scripts"]);
	if (placeholder.test(scripts.get("test") ?? "")) scripts.delete("test");
	return {
		project,
		manager: choosePackageManager(project, value["packageManager"]),
		scripts,
		dependencies: new Map([
			...toTexts(value["optionalDependencies"]),
			...toTexts(value["dependencies"]),
			...toTexts(value["devDependencies"])
		])
	};
}
function parseJson(text) {
	try {
		return JSON.parse(text.replace(/^\uFEFF/, ""));
	} catch {
		return;
	}
}
/** Those with a NUL are left out: no process takes one, so no script of that text can be run. */
function toTexts(value) {
	const entries = isObject(value) ? Object.entries(value) : [];
	return new Map(entries.filter((entry) => typeof entry[1] === "string" && !entry.join("").includes("\0")));
}

// src/init/node-tests.ts
/** The report of every runner here. */
const report = "junit.xml";
const junit = [{
	path: report,
	format: "junit"
}];
/** Test runners by the program that starts them. All but jest write a report by themselves. */
const runners = /* @__PURE__ */ new Map([
	["vitest", toVitest],
	["jest", toJest],
	["react-scripts", toJest],
	["mocha", toMocha],
	["node", toNodeTest],
	["bun", toBunTest],
	["ava", toTap("--tap")],
	["tape", toTap("")],
	["playwright", toPlaywright]
]);
/** How a script is run so that it leaves a report, where its runner is known and can be told so. */
function toTestCommand(found, script) {
	const { manager, scripts } = found;
	const plain = {
		run: manager.run(script),
		notes: ["It leaves no report, so its exit code alone is evidence."]
	};
	const command = parseLastCommand(scripts.get(script) ?? "");
	if (command === void 0) return plain;
	const run = (args) => manager.run(script, args);
	const runSilent = (args) => manager.runSilent(script, args === "" ? void 0 : args);
	return runners.get(command.program)?.({
		found,
		script,
		command,
		run,
		runSilent
	}) ?? plain;
}
/** The same for a runner that is installed, in a project without a script for tests. */
function toScriptlessTest({ manager, dependencies }) {
	if (dependencies.has("vitest")) return {
		run: `${manager.exec} vitest run ${vitestArgs}`,
		reports: junit
	};
	if (dependencies.has("mocha")) return {
		run: `${manager.exec} mocha ${mochaArgs}`,
		reports: junit
	};
}
const vitestArgs = `--reporter=default --reporter=junit --outputFile.junit=${report}`;
const mochaArgs = `--reporter xunit --reporter-option output=${report}`;
function toVitest({ command, run }) {
	if (command.args.some((word) => [
		"bench",
		"list",
		"init",
		"typecheck"
	].includes(word))) return void 0;
	const covers = command.args.some((word) => /^--coverage(?:=true|\.enabled)?$/.test(word));
	const coverage = covers ? " --coverage.reporter=text --coverage.reporter=lcov" : "";
	return {
		run: run(`${command.args[0] === "run" || command.args.includes("--run") ? "" : "--run "}${vitestArgs}${coverage}`),
		reports: covers ? [...junit, lcov] : junit
	};
}
const lcov = {
	path: "coverage/lcov.info",
	format: "lcov"
};
/** jest's own JSON is no format that is read, and its JUnit reporter is a package of its own. */
function toJest({ found, command, run }) {
	if (command.program === "react-scripts" && command.args[0] !== "test") return void 0;
	const covers = command.args.includes("--coverage");
	const coverage = covers ? " --coverageReporters=text --coverageReporters=lcov" : "";
	if (!found.dependencies.has("jest-junit")) return {
		run: run(`--ci${coverage}`),
		notes: ["jest writes no report by itself. Install the package jest-junit, run `quoderat init --force` again, and the", "results of the single tests become evidence too."],
		...covers && { reports: [lcov] }
	};
	return {
		run: run(`--ci --reporters=default --reporters=jest-junit${coverage}`),
		env: { JEST_JUNIT_OUTPUT_FILE: report },
		reports: covers ? [...junit, lcov] : junit
	};
}
function toMocha({ run }) {
	return {
		run: run(mochaArgs),
		reports: junit,
		notes: ["mocha has one reporter at a time: the results go to the report, not to the log."]
	};
}
/** Node takes switches only in front of file names, so the script is written out with the reporters in it. */
function toNodeTest({ found, script, command }) {
	const text = (found.scripts.get(script) ?? "").trim();
	const hooked = found.scripts.has(`pre${script}`) || found.scripts.has(`post${script}`);
	if (!command.alone || hooked || !command.args.includes("--test") || /--test-reporter|[$%]/.test(text)) return void 0;
	return {
		run: text.replace(/(?<=\s)--test(?=\s|$)/, `--test ${nodeTestArgs}`),
		reports: junit
	};
}
const nodeTestArgs = `--test-reporter=spec --test-reporter-destination=stdout --test-reporter=junit --test-reporter-destination=${report}`;
function toBunTest({ command, run }) {
	if (command.args[0] !== "test") return void 0;
	return {
		run: run(`--reporter=junit --reporter-outfile=${report}`),
		reports: junit
	};
}
/** TAP is for people too, so it goes to the log and to the report. */
function toTap(args) {
	return ({ runSilent }) => ({
		run: `${runSilent(args)} | tee test.tap`,
		reports: [{
			path: "test.tap",
			format: "tap"
		}]
	});
}
function toPlaywright({ command, run }) {
	if (command.args[0] !== "test") return void 0;
	return {
		kind: "playwright",
		run: run("--reporter=list,json"),
		notes: ["It needs the browsers: `npx playwright install --with-deps`."]
	};
}

// src/init/node.ts
/** The steps of Node projects: an install as the lockfile says, then their scripts. */
function draftNode(repository) {
	return findProjects(repository, ["package.json"]).map(toDraft$1);
}
function toDraft$1(project) {
	const found = parseNodePackage(project);
	const from = ["package.json"];
	if (found === void 0) return {
		ecosystem: "node",
		cwd: project.cwd,
		from,
		steps: [],
		remarks: ["package.json could not be read."]
	};
	const install = toInstall(found);
	const steps = [
		...toChecks(found),
		...toTests$1(found),
		...toBuild$1(found)
	];
	return {
		ecosystem: "node",
		cwd: project.cwd,
		from: [...from, ...found.manager.lockfile === void 0 ? [] : [found.manager.lockfile]],
		...install !== void 0 && { install },
		steps,
		remarks: toRemarks(found, steps)
	};
}
function toInstall({ manager, dependencies, project }) {
	if (dependencies.size === 0 && manager.lockfile === void 0) return void 0;
	const names = findTokenNames(project);
	const notes = manager.lockfile === void 0 ? ["There is no lockfile, so each run may install other versions than the last one."] : [`Installs exactly what ${manager.lockfile} says.`];
	return {
		id: "install",
		kind: "command",
		run: manager.install,
		notes: names.length === 0 ? notes : [...notes, "The registry asks for a token, which only this step is given."],
		passEnv: names,
		secrets: names
	};
}
/** Variables that the registry's settings ask for: `_authToken=${NPM_TOKEN}`. */
function findTokenNames({ texts }) {
	const settings = `${texts.get(".npmrc") ?? ""}\n${texts.get(".yarnrc.yml") ?? ""}`;
	const names = Array.from(settings.matchAll(/\$\{([A-Za-z_]\w{0,255})[^}]{0,200}\}/g), (match) => match[1] ?? "");
	return [...new Set(names)].filter((name) => !isReservedEnvName(name));
}
const checkNames = [
	/^(?:lint|eslint|oxlint|biome)$/,
	/^(?:type-?check|types|check[:-]types|types[:-]check|tsc|test:types)$/,
	/^(?:format|fmt|prettier)[:-]check$|^check[:-](?:format|fmt)$/
];
/** More scripts of one sort are named in a comment instead. */
const maxAlike = 5;
/** What waits for people, changes files, or takes other means than a plain run. */
const notForCi = /watch|dev|debug|ui|open|update|fix|write|e2e|browser|staged/;
function toChecks(found) {
	const names = usableNames(found);
	const exact = names.filter((name) => checkNames.some((known) => known.test(name)));
	const parts = names.includes("lint") ? [] : names.filter((name) => name.startsWith("lint:") && !notForCi.test(name));
	const all = [...exact, ...parts.slice(0, maxAlike)];
	return (all.length > 0 ? all : names.filter((name) => name === "check")).map((name) => toStep("lint", name, toLintCommand(found, name)));
}
function toTests$1(found) {
	const names = usableNames(found);
	const parts = names.filter((name) => /^(?:test:|unit$)/.test(name) && name !== "test:types" && !notForCi.test(name));
	const chosen = names.includes("test") ? ["test"] : parts.slice(0, maxAlike);
	if (chosen.length === 0) {
		const command = toScriptlessTest(found);
		return command === void 0 ? [] : [{
			id: "test",
			kind: "test",
			...command
		}];
	}
	return chosen.map((name) => toStep("test", name, toTestCommand(found, followScript(name, found.scripts))));
}
function toBuild$1(found) {
	if (!found.scripts.has("build")) return [];
	const { names, texts } = found.project;
	const ignored = new Set((texts.get(".gitignore") ?? "").split(/\r?\n/).map((line) => line.trim().replaceAll(/^\/|\/$/g, "")));
	const folder = [
		"dist",
		"build",
		"out",
		"lib"
	].find((name) => names.has(name) && ignored.has(name));
	const run = found.manager.run("build");
	if (folder !== void 0) return [{
		id: "build",
		kind: "build",
		run,
		outputs: [`${folder}/**`]
	}];
	return [{
		id: "build",
		kind: "build",
		run,
		notes: ["Name what it makes, and the files are kept and hashed:  outputs: ['dist/**']"]
	}];
}
function toStep(kind, id, command) {
	return {
		id,
		kind,
		...command
	};
}
function usableNames({ scripts }) {
	return [...scripts.keys()].filter(isScriptable);
}
function toRemarks({ scripts, project }, steps) {
	const used = new Set(steps.map(({ id }) => id));
	const others = [...scripts.keys()].filter((name) => !used.has(name));
	const where = project.cwd === "." ? "package.json" : `${project.cwd}/package.json`;
	return others.length === 0 ? [] : [`Other scripts of ${where}: ${others.slice(0, 30).join(", ")}`];
}

// src/init/python.ts
const files = [
	"pyproject.toml",
	"setup.py",
	"setup.cfg",
	"requirements.txt",
	"pytest.ini",
	"conftest.py",
	"tox.ini",
	"Pipfile"
];
/** The steps of Python projects: their environment, ruff, flake8, mypy, and pytest with a JUnit report. */
function draftPython(repository) {
	const found = findProjects(repository, files);
	return (found.length > 0 ? found : repository.projects.slice(0, 1).filter(hasTestFiles)).map((project) => toDraft(project, repository.platform));
}
function toDraft(project, platform) {
	const { install, from: basis, module } = chooseEnvironment(project, platform);
	const from = files.filter((file) => project.names.has(file)).slice(0, 2);
	const steps = [...toLints(project, module), ...toTests(project, module)];
	return {
		ecosystem: "python",
		cwd: project.cwd,
		from: [.../* @__PURE__ */ new Set([...from, ...basis])],
		...install !== void 0 && steps.length > 0 && { install },
		steps
	};
}
const locked = [
	{
		lockfile: "uv.lock",
		install: "uv sync --locked",
		run: "uv run python -m"
	},
	{
		lockfile: "poetry.lock",
		install: "poetry install --no-interaction",
		run: "poetry run python -m"
	},
	{
		lockfile: "pdm.lock",
		install: "pdm sync --dev",
		run: "pdm run python -m"
	},
	{
		lockfile: "Pipfile.lock",
		install: "pipenv sync --dev",
		run: "pipenv run python -m"
	}
];
function chooseEnvironment(project, platform) {
	const manager = locked.find(({ lockfile }) => project.names.has(lockfile));
	if (manager !== void 0) {
		const notes = [`Installs exactly what ${manager.lockfile} says.`];
		return {
			install: {
				id: "install",
				kind: "command",
				run: manager.install,
				notes
			},
			from: [manager.lockfile],
			module: manager.run
		};
	}
	const python = platform === "win32" ? "python" : "python3";
	const wanted = toPipArguments(project);
	if (wanted === void 0) return {
		from: [],
		module: `${python} -m`
	};
	const inside = platform === "win32" ? ".venv/Scripts/python" : ".venv/bin/python";
	return {
		install: {
			id: "install",
			kind: "command",
			run: `${python} -m venv .venv\n${inside} -m pip install --quiet ${wanted}`,
			notes: ["A virtual environment of its own: nothing of the machine is changed."]
		},
		from: [],
		module: `${inside} -m`
	};
}
/** What pip is to install: requirement files, else the project itself, and the tools that neither names. */
function toPipArguments(project) {
	const { names, texts } = project;
	const requirements = [
		"requirements.txt",
		"requirements-dev.txt",
		"requirements-test.txt",
		"dev-requirements.txt",
		"test-requirements.txt"
	].filter((file) => names.has(file));
	const pyproject = texts.get("pyproject.toml") ?? "";
	const isPackage = /^\[(?:build-system|project)\]/m.test(pyproject) || names.has("setup.py");
	if (requirements.length === 0 && !isPackage) return void 0;
	const extra = /^(dev|tests?|testing)\s*=\s*\[/m.exec(toTable(pyproject, "project.optional-dependencies"))?.[1];
	const own = isPackage ? ["--editable", extra === void 0 ? "." : `'.[${extra}]'`] : [];
	const named = `${requirements.map((file) => texts.get(file) ?? "").join("\n")}\n${pyproject}`;
	const wanted = [
		"ruff",
		"flake8",
		"mypy"
	].filter((tool) => wants(project, tool));
	const tools = [...wantsPytest(project) ? ["pytest"] : [], ...wanted].filter((tool) => !asksFor(named, tool));
	return [
		...requirements.map((file) => `--requirement ${file}`),
		...own,
		...tools
	].join(" ");
}
/** Whether a requirement of that name stands in a requirements file or in a list of pyproject.toml. */
function asksFor(text, tool) {
	return new RegExp(String.raw`(?:^|["'])[ \t]*${tool}[ \t]*(?:$|[\[<>=!~;,"'#])`, "mi").test(text);
}
/** Whether the project is set up for a tool. */
function wants({ names, texts }, tool) {
	const text = (file) => texts.get(file) ?? "";
	const hasTable = new RegExp(String.raw`^\[(?:tool[.:])?${tool}\b`, "m");
	return ({
		pytest: [
			"pytest.ini",
			"conftest.py",
			"tests/conftest.py",
			"test/conftest.py"
		],
		ruff: ["ruff.toml", ".ruff.toml"],
		flake8: [".flake8"],
		mypy: ["mypy.ini", ".mypy.ini"]
	}[tool] ?? []).some((file) => names.has(file)) || [
		"pyproject.toml",
		"setup.cfg",
		"tox.ini"
	].some((file) => hasTable.test(text(file))) || [
		"pyproject.toml",
		"setup.cfg",
		"tox.ini",
		"requirements.txt",
		"requirements-dev.txt",
		"requirements-test.txt",
		"dev-requirements.txt",
		"test-requirements.txt",
		"Pipfile"
	].some((file) => asksFor(text(file), tool)) || new RegExp(String.raw`^${tool}\s*=`, "m").test(`${text("Pipfile")}\n${text("pyproject.toml")}`);
}
function toLints(project, module) {
	const steps = [];
	if (wants(project, "ruff")) steps.push({
		id: "ruff",
		kind: "lint",
		run: `${module} ruff check --output-format=sarif --output-file=ruff.sarif || { ${module} ruff check; exit 1; }`,
		reports: [{
			path: "ruff.sarif",
			format: "sarif"
		}]
	});
	if (wants(project, "flake8")) steps.push({
		id: "flake8",
		kind: "lint",
		run: `${module} flake8`
	});
	if (wants(project, "mypy")) {
		const configured = ["pyproject.toml", "setup.cfg"].some((file) => /^(?:files|packages)\s*=/m.test(project.texts.get(file) ?? ""));
		steps.push({
			id: "mypy",
			kind: "lint",
			run: `${module} mypy${configured ? "" : " ."}`
		});
	}
	return steps;
}
/** pytest runs unittest's tests as well; unittest would pass over pytest's, and call that a success. */
function toTests(project, module) {
	if (wantsPytest(project)) return [{
		id: "test",
		kind: "test",
		run: `${module} pytest --junitxml=junit.xml`,
		reports: [{
			path: "junit.xml",
			format: "junit"
		}]
	}];
	if (!project.names.has("tox.ini")) return [];
	return [{
		id: "test",
		kind: "test",
		run: `${module} tox`,
		notes: ["It leaves no report, so its exit code alone is evidence. pytest leaves one: --junitxml=junit.xml"]
	}];
}
function wantsPytest(project) {
	return wants(project, "pytest") || hasTestFiles(project);
}
function hasTestFiles({ names }) {
	return [...names].some((name) => /(?:^|\/)(?:test_[^/]*|[^/]*_test)\.py$/.test(name));
}
/** The lines of a TOML table, as far as a look can tell. */
function toTable(text, name) {
	const start = text.search(new RegExp(String.raw`^\[${name.replaceAll(".", String.raw`\.`)}\]`, "m"));
	if (start === -1) return "";
	const rest = text.slice(start).split("\n").slice(1);
	const end = rest.findIndex((line) => line.startsWith("["));
	return rest.slice(0, end === -1 ? void 0 : end).join("\n");
}

// src/init/rust.ts
/** Where rustup and cargo are, on machines (and in images) that keep them elsewhere than in the home folder. */
const passEnv = ["CARGO_HOME", "RUSTUP_HOME"];
/** The steps of Cargo packages and workspaces. */
function draftRust(repository) {
	return findProjects(repository, ["Cargo.toml"]).map((project) => {
		const text = project.texts.get("Cargo.toml") ?? "";
		const isLocked = project.names.has("Cargo.lock");
		const flags = `${/^\[workspace\]/m.test(text) ? " --workspace" : ""}${isLocked ? " --locked" : ""}`;
		const steps = [
			{
				id: "format",
				kind: "lint",
				run: "cargo fmt --all --check"
			},
			{
				id: "clippy",
				kind: "lint",
				run: `cargo clippy${flags} --all-targets`,
				notes: ["Warnings pass. To let them fail the step, add:  -- --deny warnings"]
			},
			toTest(project, flags),
			toBuild(project, text, flags)
		];
		return {
			ecosystem: "rust",
			cwd: project.cwd,
			from: ["Cargo.toml", ...isLocked ? ["Cargo.lock"] : []],
			steps,
			passEnv
		};
	});
}
/** cargo test has no report that stable Rust can write; nextest has one when its settings ask for it. */
function toTest({ texts }, flags) {
	const nextest = texts.get(".config/nextest.toml");
	const [, profile, path] = /^\[profile\.([\w-]{1,100})\.junit\][^[]*?^path\s*=\s*"([\w-][\w.-]{0,100})"/ms.exec(nextest ?? "") ?? [];
	if (profile !== void 0 && path !== void 0) {
		const reports = [{
			path: `target/nextest/${profile}/${path}`,
			format: "junit"
		}];
		return {
			id: "test",
			kind: "test",
			run: `cargo nextest run${flags} --profile ${profile}`,
			reports
		};
	}
	return {
		id: "test",
		kind: "test",
		run: `cargo ${nextest === void 0 ? "test" : "nextest run"}${flags}`,
		notes: ["cargo test writes no report, so its exit code alone is evidence. cargo-nextest writes JUnit when", ".config/nextest.toml has [profile.ci.junit] with path = \"junit.xml\"; then `quoderat init --force` takes it up."]
	};
}
function toBuild({ names }, text, flags) {
	const run = `cargo build${flags} --release`;
	const name = /^\[package\][^[]*?^name\s*=\s*"([A-Za-z0-9_-]{1,64})"/ms.exec(text)?.[1];
	if (name === void 0 || !names.has("src/main.rs")) return {
		id: "build",
		kind: "build",
		run
	};
	return {
		id: "build",
		kind: "build",
		run,
		outputs: [`target/release/${name}{,.exe}`]
	};
}

// src/init/yaml-text.ts
/** What can't be seen, or is no character, and so is written as an escape: YAML 1.2.2, 5.1 and 5.7. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu;
/** A text as a YAML scalar in one line: plain where no reader could take it for anything else, else in quotes. */
function toYamlScalar(text) {
	return isPlain(text) ? text : toQuoted(text);
}
/** `key: text`; a script of several lines as a block. `indent` is the key's own. */
function toYamlEntry(key, text, indent) {
	const lines = text.replace(/\n$/, "").split("\n");
	if (!(lines.length > 1 && lines.at(-1) !== "" && lines.every((line) => !hasUnseen(line)) && /^\S/.test(lines[0] ?? ""))) return [`${indent}${key}: ${toYamlScalar(text)}`];
	return [`${indent}${key}: |${text.endsWith("\n") ? "" : "-"}`, ...lines.map((line) => line === "" ? "" : `${indent}  ${line}`)];
}
/** Texts as a list in one line. */
function toYamlList(texts) {
	return `[${texts.map(toFlowScalar).join(", ")}]`;
}
/** Pairs as a mapping in one line. */
function toYamlMapping(pairs) {
	return `{ ${Object.entries(pairs).map(([key, value]) => `${toFlowScalar(key)}: ${toFlowScalar(value)}`).join(", ")} }`;
}
/** A comment in one line, whatever the text holds. */
function toYamlComment(text, indent = "") {
	const line = text.toWellFormed().replaceAll(unseen, "·");
	return `${indent}# ${line.length > maxComment ? `${line.slice(0, maxComment).toWellFormed()}…` : line}`.trimEnd();
}
const maxComment = 400;
/** In brackets more characters mean something. */
function toFlowScalar(text) {
	return /^[A-Za-z_./][\w./@+=-]*$/.test(text) && isPlain(text) ? text : toQuoted(text);
}
function toQuoted(text) {
	if (!hasUnseen(text)) return `'${text.replaceAll("'", "''")}'`;
	return JSON.stringify(text.toWellFormed()).replaceAll(unseen, toEscape);
}
function isPlain(text) {
	if (!/^[A-Za-z_./][\w./@+=:, ()$"'~*<>|&;!{}?^%-]*$/.test(text)) return false;
	return !/:(?:\s|$)|\s#|\s$|^(?:~|null|true|false|yes|no|on|off|y|n)$|^\.(?:inf|nan|\d)/i.test(text);
}
function hasUnseen(text) {
	return !text.isWellFormed() || text.search(unseen) !== -1;
}
function toEscape(character) {
	const code = character.codePointAt(0) ?? 0;
	return code > 65535 ? `\\U${code.toString(16).padStart(8, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
}

// src/init/write-starter.ts
const page = "https://github.com/quoderat/action/blob/main/docs/manifest.md";
/** The manifest as commented YAML. Ends with a line break. */
function writeStarter(name, { steps, passEnv, from, remarks }) {
	const title = name.replaceAll(/\p{Cc}|\$\{\{/gu, " ").toWellFormed().trim().slice(0, 100).toWellFormed();
	const origin = from.length === 0 ? "nothing that it knows was found here" : `from ${from.join(", ")}`;
	return `${[
		"# yaml-language-server: $schema=https://quoderat.io/schemas/manifest.v1.json",
		"#",
		toYamlComment(`Written by \`quoderat init\`: ${origin}. It is yours now; change what does not fit.`),
		"#   quoderat plan     shows what would run, and runs nothing",
		"#   quoderat doctor   says what is missing on this machine",
		"#   quoderat run      runs the steps, and seals what happened",
		`# All keys: ${page}`,
		"version: 1",
		`name: ${toYamlScalar(title === "" ? "checks" : title)}`,
		"",
		"# A step gets PATH, HOME and a few harmless variables. Whatever else it needs of the environment is named: for all",
		"# steps here, or as pass_env of one step. Names of secrets belong into `secrets` as well.",
		passEnv.length === 0 ? "# pass_env: [HTTPS_PROXY, SSL_CERT_FILE]" : `pass_env: ${toYamlList(passEnv)}`,
		"",
		"steps:",
		...steps.length === 0 ? example : steps.flatMap((step, index) => toStepLines(step, index > 0)),
		...remarks.length === 0 ? [] : ["", ...remarks.map((remark) => toYamlComment(remark, "  "))]
	].join("\n")}\n`;
}
function toStepLines(step, apart) {
	const { id, kind, cwd, run, needs = [], env = {}, passEnv = [], secrets = [], reports = [], outputs = [] } = step;
	const list = (key, values) => values.length === 0 ? [] : [`    ${key}: ${toYamlList(values)}`];
	return [
		...apart ? [""] : [],
		...(step.notes ?? []).map((note) => toYamlComment(note, "  ")),
		`  - id: ${toYamlScalar(id)}`,
		`    kind: ${kind}`,
		...list("needs", needs),
		...cwd === "." ? [] : toYamlEntry("cwd", cwd, "    "),
		...list("pass_env", passEnv),
		...list("secrets", secrets),
		...Object.keys(env).length === 0 ? [] : [`    env: ${toYamlMapping(env)}`],
		...toYamlEntry("run", run, "    "),
		...step.silent === true ? ["    idle_timeout: none"] : [],
		...reports.length === 0 ? [] : ["    reports:", ...reports.map((report) => `      - ${toYamlMapping(report)}`)],
		...list("outputs", outputs)
	];
}
/** For a repository in which nothing is known. It runs as it stands. */
const example = [
	"  # A command is anything: its exit code decides.",
	"  - id: hello",
	"    kind: command",
	"    run: echo \"put your own commands here\"",
	"",
	"  # A test says in a report what it found. Take away the # and put in your own:",
	"  # - id: test",
	"  #   kind: test",
	"  #   run: ./run-tests --junit junit.xml",
	"  #   reports: [{ path: junit.xml, format: junit }]",
	"",
	"  # A build keeps and hashes what it makes:",
	"  # - id: build",
	"  #   kind: build",
	"  #   needs: [test]",
	"  #   run: make",
	"  #   outputs: ['dist/**']"
];

// src/init/starter.ts
const ecosystems = [
	draftNode,
	draftPython,
	draftRust,
	draftGo,
	draftMaven,
	draftGradle
];
/**
* The manifest that fits a repository, as commented YAML; for one in which nothing is known, an example to fill in.
* Nothing of the repository is run.
*/
function toStarter(repository) {
	const known = ecosystems.flatMap((draft) => draft(repository));
	const drafts = [...known, ...draftMake(repository, known)];
	const joined = joinDrafts(drafts);
	return {
		text: writeStarter(repository.name, joined),
		steps: joined.steps.map(({ id }) => id),
		from: joined.from,
		leaves: toLeftovers(repository, drafts)
	};
}
function toLeftovers({ projects }, drafts) {
	const ignored = new Set(projects.flatMap(({ texts }) => (texts.get(".gitignore") ?? "").split(/\r?\n/)).map(toIgnored));
	const files = drafts.flatMap(({ steps }) => steps.flatMap(({ reports = [] }) => reports.map(({ path }) => path)));
	return [...new Set(files)].filter((file) => !file.includes("/") && !ignored.has(file) && !ignored.has(`*${toSuffix(file)}`));
}
function toIgnored(line) {
	return line.trim().replaceAll(/^\/|\/$/g, "");
}
function toSuffix(file) {
	return file.slice(file.lastIndexOf("."));
}

// src/cli/commands/init.ts
/**
* `quoderat init`: writes a manifest that fits the current folder. Runs nothing, and never takes the place of a file
* unless it is told to.
* @throws CliError exists, not_writable; InitError
*/
async function init(flags, io) {
	const starter = toStarter(await readRepository(io.cwd, process.platform));
	if (flags.stdout === true) {
		io.stdout.write(starter.text);
		return exitCodes.success;
	}
	await write(flags, starter.text, io.cwd);
	io.stdout.write(formatNextSteps(flags, starter, io));
	return exitCodes.success;
}
async function write({ out, force }, text, cwd) {
	const flag = force === true ? "w" : "wx";
	await writeFile(resolve(cwd, out), text, { flag }).catch((error) => {
		if (error.code === "EEXIST") throw new CliError("exists", `${out} exists and is left alone; --force overwrites it, --stdout only prints`);
		throw new CliError("not_writable", `${out} can't be written: ${toMessage(error)}`, { cause: error });
	});
}
function formatNextSteps({ out }, { steps, from, leaves }, { self }) {
	const manifest = out === "quoderat.yml" ? "" : ` ${toShellWord(out)}`;
	const found = steps.length === 0 ? "nothing that is known was found here, so it holds an example to fill in" : `${steps.length === 1 ? "1 step" : `${steps.length} steps`} (${steps.join(", ")}) from ${from.join(", ")}`;
	return `${[
		`Wrote ${toInertLine(out)}: ${toInertLine(found)}.`,
		...leaves.length === 0 ? [] : [`Reports are left as ${leaves.join(", ")}; add them to .gitignore.`],
		"",
		`  ${self} plan${manifest}     what would run; runs nothing`,
		`  ${self} doctor${manifest}   what is missing on this machine`,
		`  ${self} run${manifest}      run it and seal what happened`
	].join("\n")}\n`;
}

export { init };