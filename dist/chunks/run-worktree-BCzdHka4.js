import { n as toErrorCode, r as toMessage, t as CodedError } from "./errors-B6vIz8YT.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { t as toTimestamp } from "./clock-yNLwsIyp.js";
import { n as makeUuidV7 } from "./uuid-rR0FGQtG.js";
import { r as makeRecordFold, t as toRunStatus } from "./status-6nt0dCqW.js";
import { t as sha256 } from "./hash-CBlzMCBf.js";
import { f as SpawnError } from "./sweep-CJo9hwSo.js";
import { t as redactJson } from "./json-DCC6I965.js";
import { n as toCanonicalJson } from "./canonical-CfWXMl1o.js";
import { n as worktreeLimits } from "./worktree-DOPvd0L0.js";
import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import path, { join } from "node:path";
import { tmpdir } from "node:os";
import { closeSync, constants as constants$1, openSync, readFileSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { execFile, spawn } from "node:child_process";

// src/event-sink.ts
/**
* The fan-out behind redaction: one numbered event, the same for everybody who is told. A journal that can't be written
* (full disk) is given up with a problem; the run goes on and is sealed from memory.
*/
function makeEventSink(options) {
	const fold = makeRecordFold();
	const { earlier = [] } = options;
	for (const event of earlier) fold.apply(event);
	let seq = Math.max(earlier.at(-1)?.seq ?? 0, options.after ?? 0);
	let { journal } = options;
	const keep = (event) => {
		try {
			journal?.append(event);
		} catch (error) {
			journal = null;
			options.onProblem(`the journal can't be written any more (${toMessage(error)}); if this process is killed, the run can't be sealed`);
		}
	};
	return {
		async emit(draft) {
			seq += 1;
			const stamp = {
				event_id: makeUuidV7(options.now(), randomBytes(10)),
				run_id: options.runId,
				seq
			};
			const event = {
				...draft,
				...stamp
			};
			keep(event);
			fold.apply(event);
			options.relay?.offer(event);
			await options.log.write(event);
		},
		emitted: () => seq,
		steps: () => fold.steps(),
		record: () => fold.result()
	};
}

// src/lib/scratch-prefix.ts
/** How the names of a run's temporary folders begin: by this they are found when its process was killed (dropScratch). */
function toScratchPrefix(runMark) {
	return `quoderat-${runMark}-`;
}

// src/execution/scratch.ts
/** How many named pipes one run of mkfifo makes: the program costs more than the pipes. */
const BATCH = 32;
/**
* Makes the folder. Where that fails (a full or read-only temporary folder) pipes and marks are done without, and
* scripts are refused one by one.
* @param path the PATH on which mkfifo is found
* @param runMark by which dropScratch finds the folder, should this process be killed
*/
async function openScratch(path, platform, runMark) {
	const dir = await makeFolder(toParents(platform), runMark);
	let count = 0;
	const nextPath = (suffix) => join(dir ?? "", `${count += 1}${suffix}`);
	const fifos = makeFifoSupply(() => nextPath(".pipe"), path);
	let pipesWork = dir !== null && platform !== "win32";
	if (pipesWork) fifos.prepare();
	return {
		async openPipe() {
			if (!pipesWork) return null;
			try {
				return openFifo(await fifos.take());
			} catch {
				pipesWork = false;
				return null;
			}
		},
		openMark() {
			if (dir === null || platform !== "linux") return null;
			const markPath = nextPath(".mark");
			try {
				const fd = openSync(markPath, constants$1.O_RDONLY | constants$1.O_CREAT | constants$1.O_EXCL, 256);
				unlinkSync(markPath);
				return {
					path: markPath,
					fd
				};
			} catch {
				return null;
			}
		},
		writeScript(extension, text) {
			const scriptPath = nextPath(extension);
			try {
				if (dir === null) throw new Error("there is no temporary folder");
				writeFileSync(scriptPath, text, {
					mode: 384,
					flag: "wx"
				});
			} catch (error) {
				throw new SpawnError("script_not_written", `its script can't be written to a temporary folder`, { cause: error });
			}
			return {
				path: scriptPath,
				remove: () => rmSync(scriptPath, { force: true })
			};
		},
		async [Symbol.asyncDispose]() {
			await fifos.settle();
			if (dir !== null) await rm(dir, {
				recursive: true,
				force: true
			}).catch(() => {});
		}
	};
}
/** Removes what a killed process left in temporary folders: scripts, and the work tree's files as they were. */
async function dropScratch(runMark, platform) {
	for (const parent of toParents(platform)) {
		const left = (await readdir(parent).catch(() => [])).filter((name) => name.startsWith(toScratchPrefix(runMark)));
		for (const name of left) await rm(join(parent, name), {
			recursive: true,
			force: true
		}).catch(() => {});
	}
}
/** In memory where there is such a place: a named pipe is made there in 2 us, on a disk in 250, and no full disk matters. */
function toParents(platform) {
	return platform === "linux" ? ["/dev/shm", tmpdir()] : [tmpdir()];
}
async function makeFolder(parents, runMark) {
	for (const parent of parents) {
		const dir = await mkdtemp(join(parent, toScratchPrefix(runMark))).catch(() => null);
		if (dir !== null) return dir;
	}
	return null;
}
/**
* Names of fresh named pipes, made in batches. Each is used once: a process that survived its step may still hold the
* old one, and must not write into the next step's output.
*/
function makeFifoSupply(nextPath, path) {
	const ready = [];
	let making;
	const make = () => {
		making ??= runMkfifo(Array.from({ length: BATCH }, nextPath), path).then((made) => void ready.push(...made)).finally(() => making = void 0);
		return making;
	};
	return {
		prepare: () => void make().catch(() => {}),
		async take() {
			for (;;) {
				const fifo = ready.shift();
				if (fifo !== void 0) return fifo;
				await make();
			}
		},
		settle: () => making?.catch(() => {}) ?? Promise.resolve()
	};
}
function runMkfifo(paths, path) {
	return new Promise((resolve, reject) => {
		const env = path === void 0 ? {} : { PATH: path };
		execFile("mkfifo", [
			"-m",
			"600",
			...paths
		], {
			env,
			timeout: 1e4
		}, (error) => error ? reject(error) : resolve(paths));
	});
}
/**
* Why not stdio: 'pipe'. That is a socket pair in Node (nodejs/node#21941): a child that opens /dev/stderr by name gets
* ENXIO, and line-by-line writers run at half the speed. The reading end comes first, without blocking, since opening
* the writing end waits for a reader (fifo(7)).
*/
function openFifo(path) {
	const read = openSync(path, constants$1.O_RDONLY | constants$1.O_NONBLOCK);
	try {
		const write = openSync(path, constants$1.O_WRONLY);
		unlinkSync(path);
		return {
			path,
			read,
			write
		};
	} catch (error) {
		closeSync(read);
		throw error;
	}
}

// src/journal/owner.ts
const ownerFileName = ".owner";
/** Notes in the evidence folder which process is writing it, so that nobody seals it as lost meanwhile. */
function claimFolder(dir) {
	writeFileSync(join(dir, ownerFileName), `${process.pid} ${readStartTime(process.pid)}\n`, { mode: 384 });
}
function releaseFolder(dir) {
	rmSync(join(dir, ownerFileName), { force: true });
}
/** The process that is still writing this folder, or undefined when there is none any more. */
function readLivingOwner(dir) {
	let note;
	try {
		note = readFileSync(join(dir, ownerFileName), "utf8");
	} catch {
		return;
	}
	const [pid, startTime] = note.trim().split(" ");
	const owner = Number(pid);
	return Number.isSafeInteger(owner) && owner > 0 && isAlive(owner) && readStartTime(owner) === startTime ? owner : void 0;
}
function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return toErrorCode(error) === "EPERM";
	}
}
/** Field 22 of /proc/PID/stat (proc(5)); "-" where there is no /proc: then the number alone decides. */
function readStartTime(pid) {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
		return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "-";
	} catch {
		return "-";
	}
}

// src/run-events.ts
const PLAN_ARTIFACT = "plan";
/** run_started and plan_ready, and a receipt for each replacement in their texts. */
async function emitStart({ sink, now }, facts) {
	const timestamp = toTimestamp(now());
	const { worker, context, plan, planHash, expectedPlanHash } = facts;
	await sink.emit({
		type: "run_started",
		timestamp,
		worker,
		...context.value
	});
	await sink.emit({
		type: "plan_ready",
		timestamp,
		plan: plan.value,
		plan_hash: planHash,
		...expectedPlanHash !== void 0 && { expected_plan_hash: expectedPlanHash }
	});
	for (const found of context.found) await sink.emit(toTextReceipt(found, null, timestamp));
	for (const found of plan.found) await sink.emit(toTextReceipt(found, PLAN_ARTIFACT, timestamp));
}
/** The declared secrets that nothing looks for, and why. */
async function emitUnsearched({ sink, now }, skipped) {
	for (const { name, reason } of skipped) {
		const message = `${name}: ${reason}`;
		await sink.emit({
			type: "error",
			timestamp: toTimestamp(now()),
			code: "secret_not_redacted",
			message
		});
	}
}
/** Keeps the manifest (redacted) and the plan as recorded as artifacts of the run. */
async function keepInputs({ sink, redactor, now }, inputs) {
	const manifest = await inputs.store.captureBytes({
		id: "manifest",
		kind: "manifest",
		name: inputs.manifest.path,
		mediaType: "application/yaml",
		stepId: null,
		bytes: inputs.manifest.bytes,
		redactor
	});
	const plan = await inputs.store.captureBytes({
		id: PLAN_ARTIFACT,
		kind: "plan",
		name: "plan.json",
		mediaType: "application/json",
		stepId: null,
		bytes: Buffer.from(toCanonicalJson(inputs.plan)),
		redactor: null
	});
	const timestamp = toTimestamp(now());
	for (const { artifact, receipts } of [manifest, plan]) {
		await sink.emit({
			type: "artifact_captured",
			timestamp,
			step_id: null,
			artifact
		});
		for (const hit of receipts) await sink.emit(toArtifactReceipt(artifact, hit, timestamp));
	}
	return manifest.artifact;
}
/**
* The outcome of the run as a whole, and the events that say so.
* @param settle asked how many events were dropped on their way to a server
*/
async function emitEnd({ sink, now }, stop, settle = () => 0) {
	const timestamp = toTimestamp(now());
	const termination = toTermination(stop);
	const status = toRunStatus(sink.steps(), termination);
	if (status === "failed") await sink.emit({
		type: "run_failed",
		timestamp,
		reason: "a step did not succeed"
	});
	if (status === "aborted") await sink.emit({
		type: "run_aborted",
		timestamp,
		reason: termination
	});
	const events = toCounted(sink.emitted() + 1, settle());
	await sink.emit({
		type: "finalize_started",
		timestamp,
		status,
		termination,
		events
	});
	return {
		status,
		termination
	};
}
/** What the record says of the events: those that were not dropped are acknowledged by the time that it is sealed. */
function toCounted(emitted, dropped) {
	return {
		acknowledged: emitted - dropped,
		dropped
	};
}
/** What the probes found, and a receipt for each replacement in it. */
async function emitToolchain({ sink, now }, toolchain) {
	const timestamp = toTimestamp(now());
	await sink.emit({
		type: "toolchain_probed",
		timestamp,
		toolchain: toolchain.value
	});
	for (const found of toolchain.found) await sink.emit(toTextReceipt(found, null, timestamp));
}
function toFinalized({ envelope, envelopeSha256 }, now) {
	return {
		type: "run_finalized",
		timestamp: toTimestamp(now),
		evidence_id: envelope.evidence_id,
		head_entry_hash: envelope.integrity.head_entry_hash,
		envelope_sha256: envelopeSha256
	};
}
function toUnfinalized({ reason }, now) {
	return {
		type: "finalize_failed",
		timestamp: toTimestamp(now),
		reason
	};
}
function toTermination(stop) {
	if (!stop.aborted) return "finished";
	return stop.reason === "run_timeout" ? "timed_out" : "cancelled";
}
/** The receipt of a replacement in a recorded text. @param artifactId the artifact that `path` points into; null: the envelope */
function toTextReceipt({ path, hit }, artifactId, timestamp) {
	return {
		type: "redaction_applied",
		timestamp,
		step_id: null,
		receipt: {
			id: `${artifactId ?? "record"}${path}/${hit.rule_id}/${hit.match_type}`,
			path,
			artifact_id: artifactId,
			stage: "record",
			timestamp,
			...hit
		}
	};
}
/** The receipt of a replacement in an artifact's bytes. */
function toArtifactReceipt(artifact, hit, timestamp) {
	return {
		type: "redaction_applied",
		timestamp,
		step_id: null,
		receipt: {
			id: `${artifact.id}/${hit.rule_id}/${hit.match_type}`,
			path: artifact.name,
			artifact_id: artifact.id,
			stage: "artifact",
			timestamp,
			...hit
		}
	};
}

// src/worktree/languages.ts
/** Languages by the ending of a file's name, in the words of GitHub's linguist. */
const LANGUAGES = {
	TypeScript: "ts mts cts tsx",
	JavaScript: "js mjs cjs jsx",
	Python: "py pyi pyw",
	Go: "go",
	Rust: "rs",
	Java: "java",
	Kotlin: "kt kts",
	Scala: "scala sc",
	Groovy: "groovy gradle",
	Clojure: "clj cljs cljc",
	C: "c h",
	"C++": "cc cpp cxx hh hpp hxx",
	"C#": "cs",
	"F#": "fs fsx",
	"Objective-C": "m mm",
	Swift: "swift",
	Dart: "dart",
	Ruby: "rb rake gemspec",
	PHP: "php",
	Perl: "pl pm",
	Lua: "lua",
	R: "r",
	Julia: "jl",
	Haskell: "hs",
	OCaml: "ml mli",
	Erlang: "erl hrl",
	Elixir: "ex exs",
	Zig: "zig",
	Nix: "nix",
	Shell: "sh bash zsh",
	PowerShell: "ps1 psm1",
	Batchfile: "bat cmd",
	SQL: "sql",
	HTML: "html htm",
	CSS: "css",
	SCSS: "scss sass",
	Less: "less",
	Vue: "vue",
	Svelte: "svelte",
	Markdown: "md markdown mdx",
	reStructuredText: "rst",
	Text: "txt",
	JSON: "json jsonc json5",
	YAML: "yml yaml",
	TOML: "toml",
	XML: "xml xsd xsl csproj props targets",
	SVG: "svg",
	INI: "ini cfg",
	"Protocol Buffer": "proto",
	GraphQL: "graphql gql",
	HCL: "tf hcl tfvars",
	CMake: "cmake"
};
const WHOLE_NAMES = {
	Makefile: "Makefile",
	GNUmakefile: "Makefile",
	Dockerfile: "Dockerfile",
	Containerfile: "Dockerfile",
	"CMakeLists.txt": "CMake",
	Rakefile: "Ruby",
	Gemfile: "Ruby",
	Jenkinsfile: "Groovy"
};
const BY_ENDING = new Map(Object.entries(LANGUAGES).flatMap(([language, endings]) => endings.split(" ").map((ending) => [ending, language])));
/** What a file is written in, by its name alone; "Other" when the name does not say. */
function toLanguage(path) {
	const name = path.slice(path.lastIndexOf("/") + 1);
	if (Object.hasOwn(WHOLE_NAMES, name)) return WHOLE_NAMES[name] ?? "Other";
	const dot = name.lastIndexOf(".");
	return (dot > 0 ? BY_ENDING.get(name.slice(dot + 1).toLowerCase()) : void 0) ?? "Other";
}

// src/worktree/status.ts
/**
* Reads `git status --porcelain=v2 -z` without renames. An entry that was cut off is dropped.
* @see https://git-scm.com/docs/git-status#_porcelain_format_version_2
*/
function parseStatus(output) {
	return splitNul(output).flatMap((line) => {
		const [type, xy = ""] = line.split(" ", 2);
		switch (type) {
			case "1": return [toEntry(line, 8, {
				state: "tracked",
				differs: xy[1] !== ".",
				isGone: xy[1] === "D"
			})];
			case "u": return [toEntry(line, 10, {
				state: "unmerged",
				differs: true,
				isGone: false
			})];
			case "?": return [toEntry(line, 1, {
				state: "untracked",
				differs: true,
				isGone: false
			})];
			default: return [];
		}
	});
}
/** The texts of a list in which each ends with NUL. What comes after the last NUL was cut off. */
function splitNul(output) {
	return output.toString("latin1").split("\0").slice(0, -1);
}
/** As splitNul, for a list that is read while it comes. */
function makeNulReader(onText) {
	let rest = "";
	return (chunk) => {
		const texts = (rest + chunk.toString("latin1")).split("\0");
		rest = texts.pop() ?? "";
		for (const text of texts) onText(text);
	};
}
/** For `--stdin -z`. */
function joinNul(paths) {
	return Buffer.from(paths.map((path) => `${path}\0`).join(""), "latin1");
}
/** For people: bytes that are no UTF-8 show as U+FFFD. */
function toShownPath(path) {
	return Buffer.from(path, "latin1").toString("utf8");
}
/** The path is what stands behind that many fields; it may hold spaces. */
function toEntry(line, fields, entry) {
	let at = 0;
	for (let field = 0; field < fields; field += 1) at = line.indexOf(" ", at) + 1;
	return {
		path: line.slice(at),
		...entry
	};
}

// src/worktree/diff-value.ts
/** The value of the observation `diff`. Its paths were not redacted. */
function toDiffValue(comparison) {
	const { base, before, after, diff, changes, allListed, notCompared, unseen } = comparison;
	const passed = [...notCompared.map(({ path, reason }) => ({
		path,
		reason
	})), ...unseen.map((path) => ({
		path,
		reason: "not_looked_into"
	}))];
	const count = (status) => changes.filter((change) => change.status === status).length;
	return {
		outcome: "compared",
		base,
		before: toTreeState(before),
		after: toTreeState(after),
		files: {
			added: count("added"),
			modified: count("modified"),
			deleted: count("deleted"),
			renamed: count("renamed"),
			binary: changes.filter(({ lines }) => lines === null).length
		},
		...sumLines(changes),
		languages: toLanguages(changes),
		changes: changes.slice(0, worktreeLimits.changes).map(toFileChange),
		changes_left_out: Math.max(0, changes.length - worktreeLimits.changes),
		not_compared: passed.slice(0, worktreeLimits.notCompared).map(({ path, reason }) => ({
			path: toBoundedPath(path),
			reason
		})),
		not_compared_left_out: Math.max(0, passed.length - worktreeLimits.notCompared),
		diff_bytes_left_out: diff.leftOut,
		complete: base === "work_tree" && allListed && passed.length === 0 && diff.leftOut === 0
	};
}
/** One line for people. */
function toDiffSummary(value) {
	const { added, modified, deleted, renamed } = value.files;
	const counts = Object.entries({
		added,
		modified,
		deleted,
		renamed
	}).filter(([, files]) => files > 0);
	const files = added + modified + deleted + renamed;
	const since = value.base === "work_tree" ? "during the run" : "since the commit, before the run or during it";
	const what = files === 0 ? `no file changed ${since}` : `${files} ${files === 1 ? "file" : "files"} changed ${since}: ${counts.map(([word, number]) => `${number} ${word}`).join(", ")} (+${value.lines_added} -${value.lines_removed})`;
	const passed = value.not_compared.length + value.not_compared_left_out;
	return [
		what,
		...passed > 0 ? [`${passed} not compared`] : [],
		...value.diff_bytes_left_out > 0 ? ["the diff is cut"] : []
	].join("; ");
}
function toTreeState({ commit, tree, differing }) {
	const isKnown = differing !== null && differing.leftOut === 0;
	return {
		commit_sha: commit,
		tree_sha: tree,
		differing_paths: isKnown ? splitNul(differing.bytes).length : null,
		differing_paths_sha256: isKnown ? sha256(differing.bytes) : null
	};
}
function toFileChange({ path, oldPath, status, modes, lines }) {
	const hasNewMode = (status === "modified" || status === "renamed") && modes.old !== modes.new;
	return {
		path: toBoundedPath(path),
		old_path: oldPath === void 0 ? null : toBoundedPath(oldPath),
		status,
		language: toLanguage(path),
		lines_added: lines?.added ?? null,
		lines_removed: lines?.removed ?? null,
		modes: hasNewMode ? [modes.old, modes.new] : null
	};
}
/** Those with the most lines first. */
function toLanguages(changes) {
	return [...new Set(changes.map(({ path }) => toLanguage(path)))].map((language) => {
		const own = changes.filter(({ path }) => toLanguage(path) === language);
		const { lines_added, lines_removed } = sumLines(own);
		return {
			language,
			files: own.length,
			lines_added,
			lines_removed
		};
	}).toSorted((one, other) => toWeight(other) - toWeight(one) || other.files - one.files).slice(0, worktreeLimits.languages);
}
function toWeight({ lines_added, lines_removed }) {
	return lines_added + lines_removed;
}
function sumLines(changes) {
	let added = 0;
	let removed = 0;
	for (const { lines } of changes) {
		added += lines?.added ?? 0;
		removed += lines?.removed ?? 0;
	}
	return {
		lines_added: added,
		lines_removed: removed
	};
}
function toBoundedPath(path) {
	return toShownPath(path).slice(0, worktreeLimits.pathChars).toWellFormed();
}

// src/worktree/material-names.ts
const patterns = Object.entries({
	npm: {
		lockfile: "package-lock.json npm-shrinkwrap.json pnpm-lock.yaml yarn.lock bun.lock bun.lockb deno.lock",
		manifest: "package.json pnpm-workspace.yaml deno.json deno.jsonc",
		toolchain: ".nvmrc .node-version"
	},
	pypi: {
		lockfile: "poetry.lock uv.lock pdm.lock Pipfile.lock pylock.toml pylock.*.toml conda-lock.yml",
		manifest: "pyproject.toml setup.py setup.cfg Pipfile requirements*.txt constraints*.txt environment.yml",
		toolchain: ".python-version"
	},
	cargo: {
		lockfile: "Cargo.lock",
		manifest: "Cargo.toml",
		toolchain: "rust-toolchain rust-toolchain.toml"
	},
	golang: {
		lockfile: "go.sum go.work.sum",
		manifest: "go.mod go.work"
	},
	maven: {
		lockfile: "gradle.lockfile buildscript-gradle.lockfile verification-metadata.xml",
		manifest: "pom.xml build.gradle build.gradle.kts settings.gradle settings.gradle.kts libs.versions.toml build.sbt",
		toolchain: "gradle-wrapper.properties maven-wrapper.properties .java-version"
	},
	nuget: {
		lockfile: "packages.lock.json",
		manifest: "*.csproj *.fsproj *.vbproj packages.config Directory.Packages.props Directory.Build.props",
		toolchain: "global.json"
	},
	gem: {
		lockfile: "Gemfile.lock gems.locked",
		manifest: "Gemfile gems.rb *.gemspec",
		toolchain: ".ruby-version"
	},
	composer: {
		lockfile: "composer.lock",
		manifest: "composer.json"
	},
	hex: {
		lockfile: "mix.lock rebar.lock",
		manifest: "mix.exs rebar.config"
	},
	pub: {
		lockfile: "pubspec.lock",
		manifest: "pubspec.yaml"
	},
	swift: {
		lockfile: "Package.resolved Podfile.lock",
		manifest: "Package.swift Podfile"
	},
	conan: {
		lockfile: "conan.lock",
		manifest: "conanfile.txt conanfile.py vcpkg.json"
	},
	nix: {
		lockfile: "flake.lock",
		manifest: "flake.nix"
	},
	bazel: {
		lockfile: "MODULE.bazel.lock",
		manifest: "MODULE.bazel WORKSPACE WORKSPACE.bazel",
		toolchain: ".bazelversion"
	},
	terraform: { lockfile: ".terraform.lock.hcl" },
	helm: {
		lockfile: "Chart.lock",
		manifest: "Chart.yaml"
	},
	docker: { image: "Dockerfile Dockerfile.* *.Dockerfile Containerfile docker-compose.yml docker-compose.yaml compose.yml compose.yaml" },
	generic: { toolchain: ".tool-versions mise.toml .mise.toml" }
}).flatMap(([ecosystem, roles]) => [
	"lockfile",
	"manifest",
	"toolchain",
	"image"
].flatMap((role) => (roles[role] ?? "").split(" ").filter(Boolean).map((pattern) => ({
	pattern,
	class: {
		ecosystem,
		role
	}
}))));
const exact = new Map(patterns.map((entry) => [entry.pattern, entry.class]));
const wild = patterns.filter(({ pattern }) => pattern.includes("*"));
/** One expression for all: most files of a checkout are none of these. */
const anyWild = new RegExp(`^(?:${wild.map(({ pattern }) => toExpression(pattern)).join("|")})$`);
/** What a file of that name is to its ecosystem; undefined: none of ours. */
function classifyMaterial(path) {
	const name = path.slice(path.lastIndexOf("/") + 1);
	const found = exact.get(name);
	if (found !== void 0 || !anyWild.test(name)) return found;
	return wild.find(({ pattern }) => new RegExp(`^${toExpression(pattern)}$`).test(name))?.class;
}
function toExpression(pattern) {
	return pattern.split("*").map((part) => part.replaceAll(".", String.raw`\.`)).join("[^/]*");
}

// src/worktree/worktree-error.ts
var WorktreeError = class extends CodedError {};
/** Whether something was thrown for what a machine does (git failed, the time is over, the disk is full): else it is a bug. */
function isForeseen(error, signal) {
	return signal.aborted || error instanceof WorktreeError || error instanceof Error && "code" in error;
}

// src/worktree/object-hashes.ts
const MAX_HEADER = 200;
/**
* Reads the output of `git cat-file --batch` while it comes: one hash for each object that was asked for, in their
* order. Contents are not kept.
* @see https://git-scm.com/docs/git-cat-file#_batch_output
*/
function makeObjectHasher() {
	const hashes = [];
	let header = "";
	let current;
	const begin = (line) => {
		const size = /^[0-9a-f]+ [a-z]+ ([0-9]{1,15})$/.exec(line)?.[1];
		if (size !== void 0) current = {
			hash: createHash("sha256"),
			size: Number(size),
			left: Number(size)
		};
		else if (line.endsWith(" missing")) hashes.push(null);
		else throw new WorktreeError("git_failed", "git cat-file answered what is not understood");
	};
	const readHeader = (chunk) => {
		const end = chunk.indexOf("\n");
		header += chunk.toString("latin1", 0, end === -1 ? Math.min(chunk.length, MAX_HEADER) : end);
		if (end === -1) return chunk.subarray(chunk.length);
		begin(header);
		header = "";
		return chunk.subarray(end + 1);
	};
	const readContent = (chunk, { hash, size, left }) => {
		const part = chunk.subarray(0, left);
		hash.update(part);
		if (chunk.length <= left) {
			current = {
				hash,
				size,
				left: left - part.length
			};
			return chunk.subarray(chunk.length);
		}
		hashes.push({
			sha256: hash.digest("hex"),
			size
		});
		current = void 0;
		return chunk.subarray(left + 1);
	};
	return {
		push(chunk) {
			let rest = chunk;
			while (rest.length > 0) rest = current ? readContent(rest, current) : readHeader(rest);
		},
		hashes: () => hashes
	};
}

// src/worktree/run-git.ts
/**
* Runs git to its end, whatever it prints. Paths may be any bytes, so nothing is decoded.
* @throws WorktreeError git_failed, which names the command and its exit code, never what git said: that may hold paths;
* the signal's reason when it is aborted
*/
function runGit(program, call) {
	const { args, cwd, input, signal } = call;
	return new Promise((resolve, reject) => {
		signal.throwIfAborted();
		const child = spawn(program.file, [...program.options, ...args], {
			cwd,
			env: program.env,
			stdio: [
				input === void 0 ? "ignore" : "pipe",
				"pipe",
				"ignore"
			],
			windowsHide: true,
			signal,
			killSignal: "SIGKILL"
		});
		child.stdout?.on("data", (chunk) => {
			try {
				call.onOutput(chunk);
			} catch (error) {
				reject(error);
				child.kill("SIGKILL");
			}
		});
		child.on("error", (error) => {
			reject(signal.aborted ? signal.reason : new WorktreeError("git_failed", "git can't be started", { cause: error }));
		});
		child.on("close", (code) => {
			if (code === 0 || code !== null && call.allowed?.includes(code) === true) return resolve();
			reject(signal.aborted ? signal.reason : new WorktreeError("git_failed", `git ${args[0]} failed (${code ?? "killed"})`));
		});
		child.stdin?.on("error", () => {});
		child.stdin?.end(input);
	});
}
/** A place for output of which only the beginning is kept, and the rest counted. */
function makeKeeper(maxBytes) {
	const chunks = [];
	let size = 0;
	let leftOut = 0;
	return {
		push(chunk) {
			const part = chunk.subarray(0, maxBytes - size);
			if (part.length > 0) chunks.push(part);
			size += part.length;
			leftOut += chunk.length - part.length;
		},
		kept: () => ({
			bytes: Buffer.concat(chunks),
			leftOut
		})
	};
}

// src/worktree/repository.ts
/**
* Makes git ready to be asked about a checkout. It then runs none of the programs that its configuration or attributes
* name: no monitor, hook, filter, external diff or textconv, and it fetches nothing.
* @throws WorktreeError odd_filter, git_failed; the signal's reason
*/
async function openRepository(program, place, signal) {
	const [filters, checkout] = await Promise.all([readFilters(program, place.cwd, signal), place.checkout]);
	const options = [...program.options, ...toQuietOptions(filters)];
	const stream = (index, args, { input, onOutput }) => runGit({
		...program,
		options,
		env: {
			...program.env,
			...toIndexEnv(index, checkout.objects)
		}
	}, {
		args,
		cwd: checkout.topLevel,
		signal,
		onOutput,
		...input && { input }
	});
	return {
		...checkout,
		hasFilters: filters.length > 0,
		stream,
		async git(index, args, { input, keepBytes = limits.worktreeListBytes } = {}) {
			const output = makeKeeper(keepBytes);
			await stream(index, args, {
				onOutput: output.push,
				...input && { input }
			});
			return output.kept();
		}
	};
}
/** The names in keys such as `filter.lfs.clean`. They may hold dots. */
async function readFilters(program, cwd, signal) {
	const output = makeKeeper(limits.worktreeListBytes);
	const args = [
		"config",
		"-z",
		"--name-only",
		"--get-regexp",
		String.raw`^filter\.`
	];
	await runGit(program, {
		args,
		cwd,
		signal,
		onOutput: output.push,
		allowed: [1]
	});
	const keys = output.kept().bytes.toString().split("\0").slice(0, -1);
	const names = new Set(keys.map((key) => key.slice(7, key.lastIndexOf("."))));
	for (const name of names) if (name.includes("=")) throw new WorktreeError("odd_filter", "a git filter has a name by which it can't be kept from running");
	return [...names];
}
function toQuietOptions(filters) {
	return [
		...filters.flatMap((name) => [
			`filter.${name}.clean=`,
			`filter.${name}.process=`,
			`filter.${name}.required=false`
		]),
		"core.safecrlf=false",
		"core.splitIndex=false",
		"core.quotePath=false",
		"protocol.allow=never"
	].flatMap((setting) => ["-c", setting]);
}
/** Objects that are there already are found in the repository's own folder. A path in quotes may hold any character. */
function toIndexEnv(index, objects) {
	return {
		GIT_INDEX_FILE: index.file,
		GIT_OBJECT_DIRECTORY: index.objects,
		GIT_ALTERNATE_OBJECT_DIRECTORIES: JSON.stringify(objects.replaceAll(path.sep, "/"))
	};
}

// src/worktree/materials.ts
/**
* The lockfiles and manifests of the snapshot, with digests of their content as git stores it (line ends normalised). It
* asks the snapshot and not the work tree, so steps may run meanwhile.
* @throws WorktreeError, or the signal's reason
*/
async function readMaterials(snapshot, program, signal) {
	const { index, state, checkout } = snapshot;
	const repository = await openRepository(program, {
		cwd: checkout.topLevel,
		checkout
	}, signal);
	const found = await listFiles(repository, snapshot);
	const listed = found.slice(0, limits.materialFiles);
	const hasher = makeObjectHasher();
	const input = Buffer.from(listed.map(({ object }) => `${object}\n`).join(""));
	if (listed.length > 0) await repository.stream(index, ["cat-file", "--batch"], {
		onOutput: hasher.push,
		input
	});
	const hashes = hasher.hashes();
	const materials = listed.flatMap(({ path, ecosystem, role }, at) => {
		const hash = hashes[at];
		return hash ? [{
			path: toMaterialPath(path),
			ecosystem,
			role,
			sha256: hash.sha256,
			size_bytes: hash.size
		}] : [];
	});
	return {
		asOf: state === "unknown" ? "index" : "work_tree",
		materials,
		leftOut: found.length - materials.length
	};
}
/** The value of the observation `materials`. */
function toMaterialsValue({ asOf, materials, leftOut }) {
	const shown = toMostTelling(materials).slice(0, worktreeLimits.materials);
	return {
		outcome: "listed",
		as_of: asOf,
		total: materials.length + leftOut,
		lockfiles: materials.filter(({ role }) => role === "lockfile").length,
		ecosystems: [...new Set(materials.map(({ ecosystem }) => ecosystem))].toSorted(),
		materials: shown,
		materials_left_out: materials.length + leftOut - shown.length
	};
}
/** One line for people. */
function toMaterialsSummary({ total, lockfiles, ecosystems }) {
	if (total === 0) return "no lockfile or manifest of a known ecosystem";
	return `${`${total} ${total === 1 ? "file names" : "files name"} what the run was made from`}, ${lockfiles} of them ${lockfiles === 1 ? "a lockfile" : "lockfiles"} (${ecosystems.join(", ")})`;
}
/**
* From the index: `100644 <id> 0<TAB>path`. Links and submodules have no content of their own. Git lists all files, and
* the names are looked for here: that many pathspecs would cost it more than all else.
*/
async function listFiles(repository, { index, pathspecs }) {
	const listed = [];
	const reader = makeNulReader((line) => {
		const tab = line.indexOf("	");
		const found = line.startsWith("100") ? classifyMaterial(line.slice(tab + 1)) : void 0;
		if (found === void 0) return;
		const [, object = "", stage] = line.slice(0, tab).split(" ");
		if (stage === "0") listed.push({
			path: line.slice(tab + 1),
			object,
			...found
		});
	});
	await repository.stream(index, [
		"ls-files",
		"--stage",
		"-z",
		...await pathspecs()
	], { onOutput: reader });
	return listed;
}
/** Lockfiles before the rest, then what lies nearest to the root; otherwise as listed. */
function toMostTelling(materials) {
	const toDepth = ({ path }) => path.split("/").length;
	const toRank = ({ role }) => role === "lockfile" ? 0 : 1;
	return materials.toSorted((one, other) => toRank(one) - toRank(other) || toDepth(one) - toDepth(other));
}
function toMaterialPath(path) {
	return toShownPath(path).slice(0, worktreeLimits.pathChars).toWellFormed();
}

// src/run-worktree.ts
const DIFF = "diff";
const MATERIALS = "materials";
/** Rises with every change of what is told of the same work tree. */
const PARSER = {
	name: "quoderat/worktree",
	version: "1.0.0"
};
/** Records the lockfiles and manifests that the run was made from; nothing where there are none, or no checkout. */
async function emitMaterials(scope, store, watch) {
	const answer = await watch.materials();
	if (!answer.ok || answer.value.materials.length === 0) return;
	const listed = redactJson(answer.value.materials, scope.redactor);
	const timestamp = await emitCaptured(scope, await store.captureBytes({
		id: MATERIALS,
		kind: "materials",
		name: "materials.json",
		mediaType: "application/json",
		stepId: null,
		bytes: Buffer.from(toCanonicalJson(listed.value)),
		redactor: null
	}));
	for (const found of listed.found) await scope.sink.emit(toTextReceipt(found, MATERIALS, timestamp));
	const value = toMaterialsValue({
		...answer.value,
		materials: listed.value
	});
	await emitObservation(scope, {
		id: MATERIALS,
		summary: toMaterialsSummary(value),
		value,
		basis: [MATERIALS]
	});
}
/** Records what became of the work tree, or why that is not known. To be called when no step runs any more. */
async function emitDiff(scope, store, watch) {
	const answer = await watch.changes();
	if (!answer.ok) {
		await scope.sink.emit(toUnknownDiff(answer.reason, scope.now()));
		return;
	}
	const { diff } = answer.value;
	const captured = await store.captureBytes({
		id: DIFF,
		kind: "diff",
		name: "changes.diff",
		mediaType: "text/x-diff",
		stepId: null,
		bytes: diff.bytes,
		redactor: scope.redactor
	});
	const truncated = captured.artifact.truncated || diff.leftOut > 0;
	const timestamp = await emitCaptured(scope, {
		...captured,
		artifact: {
			...captured.artifact,
			truncated
		}
	});
	const value = toDiffValue(answer.value);
	const redacted = redactJson(value, scope.redactor, `/observations/${DIFF}/value`);
	for (const found of redacted.found) await scope.sink.emit(toTextReceipt(found, null, timestamp));
	await emitObservation(scope, {
		id: DIFF,
		summary: toDiffSummary(value),
		value: redacted.value,
		basis: [DIFF]
	});
}
/** The remark that nothing is known of changes. @param now milliseconds since the epoch */
function toUnknownDiff(reason, now) {
	const value = {
		outcome: "unknown",
		reason
	};
	const summary = `what changed in the work tree is not known: ${REASONS[reason]}`;
	return toObservationEvent({
		id: DIFF,
		summary,
		value,
		basis: []
	}, now);
}
const REASONS = {
	git_not_found: "git is not on PATH",
	not_a_checkout: "the workspace is no checkout that git would read",
	no_commit: "the checkout has no commit yet",
	odd_filter: "git has a filter by a name under which it cannot be kept from running",
	git_failed: "git could not read the checkout",
	no_room: "there was no temporary folder to compare in",
	timed_out: "comparing took too long",
	cancelled: "the run was cancelled",
	process_lost: "the process was lost before it could compare"
};
/** The artifact and the receipts of what was taken out of it. */
async function emitCaptured({ sink, now }, { artifact, receipts }) {
	const timestamp = toTimestamp(now());
	await sink.emit({
		type: "artifact_captured",
		timestamp,
		step_id: null,
		artifact
	});
	for (const hit of receipts) await sink.emit(toArtifactReceipt(artifact, hit, timestamp));
	return timestamp;
}
async function emitObservation({ sink, now }, observed) {
	await sink.emit(toObservationEvent(observed, now()));
}
function toObservationEvent({ id, summary, value, basis }, now) {
	return {
		type: "observation_recorded",
		timestamp: toTimestamp(now),
		step_id: null,
		observation: {
			id,
			type: id,
			summary,
			value,
			basis_artifact_ids: basis,
			informational: basis.length === 0,
			parser: PARSER
		}
	};
}

export { readLivingOwner as C, toScratchPrefix as D, openScratch as E, makeEventSink as O, claimFolder as S, dropScratch as T, emitUnsearched as _, openRepository as a, toFinalized as b, WorktreeError as c, parseStatus as d, splitNul as f, emitToolchain as g, emitStart as h, readMaterials as i, isForeseen as l, emitEnd as m, emitMaterials as n, makeKeeper as o, toShownPath as p, toUnknownDiff as r, runGit as s, emitDiff as t, joinNul as u, keepInputs as v, releaseFolder as w, toUnfinalized as x, toCounted as y };