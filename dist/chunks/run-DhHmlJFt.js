import { i as __toESM, t as __commonJSMin } from "./rolldown-runtime-Bi5HrKRR.js";
import { t as limits } from "./limits-CRpD5yOh.js";
import { a as makeDeferred, n as openArtifactStore, o as makeUuidV7, r as toArtifact, s as toTimestamp } from "./artifacts-p5p8pR3c.js";
import { C as toRunMark, S as toMarks, _ as spawnChild, a as openJournal, b as STEP_MARK, c as killGroup$1, d as readProcessTable, f as isMarked, g as readProcessIds, h as readProcess, l as killProcess, m as readNewestId, p as readIdLimit, r as releaseFolder, s as sweep, t as claimFolder, u as killTreeOnWindows, v as makeBufferPool, w as makeEventSink, x as toChildEnvironment, y as SpawnError } from "./owner-Ct8LCMwA.js";
import { t as formatDuration } from "./duration-Ctjd7fX0.js";
import { n as toMessage } from "./errors-hhrPs1l3.js";
import { a as parseManifest, i as makePlan, o as findPathFault, r as hashPlan } from "./diagnostics-BI4QNYER.js";
import { F as _usingCtx, n as toCanonicalJson } from "./canonical-BxR6aQlH.js";
import { i as makeEvidenceFolder, n as evidenceFiles, t as EvidenceFolderError } from "./evidence-folder-Dt0p2P8X.js";
import * as nativeFs from "fs";
import { readdir, readdirSync, realpath, realpathSync, stat, statSync } from "fs";
import { basename, dirname, isAbsolute, normalize, posix, relative, resolve, sep } from "path";
import { randomBytes } from "node:crypto";
import { lstat, mkdtemp, open, readdir as readdir$1, realpath as realpath$1, rm, stat as stat$1 } from "node:fs/promises";
import path, { isAbsolute as isAbsolute$1, join as join$1, relative as relative$1, sep as sep$1 } from "node:path";
import os, { tmpdir } from "node:os";
import { closeSync, constants as constants$1, existsSync as existsSync$1, openSync, realpathSync as realpathSync$1, rmSync, statSync as statSync$1, unlinkSync, writeFileSync } from "node:fs";
import { execFile, spawn } from "node:child_process";
import { setImmediate } from "node:timers/promises";
import { StringDecoder } from "node:string_decoder";
import { fileURLToPath } from "url";
import { createRequire } from "module";

// src/ci/bare-env.ts
/** What a program needs to find itself and to print in one language; nothing of it is ever a secret. */
const BASE = [
	"PATH",
	"HOME",
	"TMPDIR",
	"XDG_CONFIG_HOME",
	"USERPROFILE",
	"APPDATA",
	"LOCALAPPDATA",
	"PROGRAMDATA",
	"SystemRoot",
	"ComSpec",
	"PATHEXT",
	"TEMP",
	"TMP"
];
/** The environment of a program that only answers a question: the base and the named variables, no tokens. */
function toBareEnv(env, names) {
	const bare = {
		LANG: "C",
		LC_ALL: "C"
	};
	for (const name of [...BASE, ...names]) {
		const value = lookUp(env, name);
		if (value !== void 0) bare[name] = value;
	}
	return bare;
}
/** Windows spells `Path` as it likes, and a copy of process.env no longer forgives that. */
function lookUp(env, name) {
	if (Object.hasOwn(env, name) || process.platform !== "win32") return env[name];
	const found = Object.keys(env).find((key) => key.toUpperCase() === name.toUpperCase());
	return found === void 0 ? void 0 : env[found];
}

// src/ci/bounded-child.ts
/** Pipes may stay open in a grandchild after the child has exited; and KILL takes a moment. */
const SETTLE_MS = 200;
/**
* Runs a small program that answers a question. Bounded in time and bytes, and its process group is killed when it
* exceeds either; always resolves. (@actions/exec has no time limit, cannot kill, and echoes the command to the job log.)
*/
function runBounded(options) {
	return new Promise((resolve) => {
		const child = start(options);
		const output = {
			stdout: collect$1(),
			stderr: collect$1()
		};
		let kind = "not_started";
		let settleTimer;
		const settle = () => {
			clearTimeout(deadline);
			clearTimeout(settleTimer);
			child?.stdout?.destroy();
			child?.stderr?.destroy();
			child?.unref();
			const code = kind === "exited" ? child?.exitCode ?? null : null;
			resolve({
				kind,
				code,
				stdout: output.stdout.text(),
				stderr: output.stderr.text()
			});
		};
		const kill = () => {
			killGroup(child, options.env);
			settleTimer = setTimeout(settle, SETTLE_MS);
		};
		const end = (reason) => {
			if (kind !== "not_started") return;
			kind = reason;
			kill();
		};
		const deadline = setTimeout(end, options.timeoutMs, "timed_out");
		if (child === null) return settle();
		for (const name of ["stdout", "stderr"]) child[name]?.on("data", (chunk) => {
			if (!output[name].push(chunk, options.maxBytes)) end("cut");
		});
		child.on("error", settle);
		child.on("exit", () => {
			if (kind !== "not_started") return;
			kind = "exited";
			settleTimer = setTimeout(kill, SETTLE_MS);
		});
		child.on("close", settle);
		child.stdin?.on("error", () => {});
		child.stdin?.end(options.input);
	});
}
function start(options) {
	try {
		const child = spawn(options.file, options.args, {
			cwd: options.cwd,
			env: options.env,
			stdio: [
				options.input === void 0 ? "ignore" : "pipe",
				"pipe",
				"pipe"
			],
			detached: process.platform !== "win32",
			windowsHide: true,
			windowsVerbatimArguments: options.verbatim === true
		});
		if (options.background === true && child.pid !== void 0) yieldProcessor(child.pid);
		return child;
	} catch {
		return null;
	}
}
function yieldProcessor(pid) {
	try {
		os.setPriority(pid, os.constants.priority.PRIORITY_BELOW_NORMAL);
	} catch {}
}
function collect$1() {
	const chunks = [];
	let size = 0;
	return {
		push(chunk, maxBytes) {
			const room = maxBytes - size;
			chunks.push(chunk.subarray(0, room));
			size += Math.min(chunk.length, room);
			return chunk.length <= room;
		},
		text: () => Buffer.concat(chunks).toString("utf8")
	};
}
function killGroup(child, env) {
	if (child?.pid === void 0) return;
	if (process.platform === "win32") {
		const taskkill = path.join(env["SystemRoot"] ?? "C:\\Windows", "System32", "taskkill.exe");
		spawn(taskkill, [
			"/pid",
			String(child.pid),
			"/t",
			"/f"
		], {
			stdio: "ignore",
			windowsHide: true
		}).on("error", () => {});
		return;
	}
	try {
		process.kill(-child.pid, "SIGKILL");
	} catch {}
}

// src/ci/find-on-path.ts
/**
* The file that a name stands for on PATH, absolute; null when there is none. Relative and empty entries are passed
* over: they would find programs in the work tree, as the system's own search on Windows does.
*/
async function findOnPath(name, env) {
	const folders = (lookUp(env, "PATH") ?? "").split(path.delimiter).filter((folder) => path.isAbsolute(folder));
	const extensions = process.platform === "win32" ? [
		".exe",
		".cmd",
		".bat"
	] : [""];
	for (const folder of folders) {
		if (isStoreAlias(folder)) continue;
		for (const extension of extensions) {
			const file = path.join(folder, name + extension);
			if (await isProgram(file)) return file;
		}
	}
	return null;
}
/** Windows puts aliases there that open its shop instead of answering. */
function isStoreAlias(folder) {
	return process.platform === "win32" && folder.toLowerCase().includes("\\microsoft\\windowsapps");
}
async function isProgram(file) {
	try {
		const found = await stat$1(file);
		return found.isFile() && (process.platform === "win32" || (found.mode & 73) !== 0);
	} catch {
		return false;
	}
}

// src/ci/parse-values.ts
/**
* A text that says something: well-formed (RFC 8785 refuses lone surrogates), without control characters, at most
* `limits.contextTextChars` UTF-16 units. Forges set variables that do not apply to the empty string: that is null here.
*/
function parseText(value) {
	if (typeof value !== "string") return null;
	const text = value.slice(0, limits.contextTextChars).toWellFormed().replaceAll(/\p{Cc}/gu, " ").trim();
	return text === "" ? null : text;
}
/** A git object name (lower-case hex, SHA-1 or SHA-256). The all-zero name, "no such commit", is null. */
function parseSha(value) {
	if (typeof value !== "string" || !/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value)) return null;
	return /^0+$/.test(value) ? null : value;
}
/** A whole non-negative number, or the decimal spelling of one; null beyond 2^53. */
function parseCount(value) {
	const number = typeof value === "string" && /^\d{1,16}$/.test(value) ? Number(value) : value;
	return typeof number === "number" && Number.isSafeInteger(number) && number >= 0 ? Math.abs(number) : null;
}
/** The id of something on a forge, as a string: ids outgrow 2^53 where counts do not. */
function parseId(value) {
	if (typeof value === "string") return /^\d{1,20}$/.test(value) ? value : null;
	return parseCount(value)?.toString() ?? null;
}
/** `true` and `false` as forges spell them in variables, or as JSON has them. */
function parseFlag(value) {
	if (value === true || value === "true") return true;
	return value === false || value === "false" ? false : null;
}
/** An ISO 8601 instant as UTC with milliseconds. */
function parseInstant(value) {
	if (typeof value !== "string" || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/.test(value)) return null;
	const instant = new Date(value);
	if (Number.isNaN(instant.getTime())) return null;
	const text = instant.toISOString();
	return text.length === 24 ? text : null;
}
/** What lies at a path of own keys in parsed JSON; undefined as soon as there is no such thing. */
function pick(value, ...path) {
	let at = value;
	for (const key of path) {
		if (!isRecord(at) || !Object.hasOwn(at, key)) return void 0;
		at = at[key];
	}
	return at;
}
function isRecord(value) {
	return typeof value === "object" && value !== null;
}

// src/ci/git-output.ts
const MAX_TAGS = 32;
/** Reads `git cat-file --batch` for HEAD: a line `<id> commit <size>`, then the commit object. */
function parseCommit(output) {
	const [first = "", ...lines] = output.split("\n");
	const [id, type] = first.split(" ");
	const commit = parseSha(id);
	const headers = lines.slice(0, lines.indexOf("")).map((line) => line.split(" "));
	const values = (name) => headers.flatMap(([key, value]) => key === name ? parseSha(value) ?? [] : []);
	const tree = values("tree")[0];
	return commit === null || type !== "commit" || tree === void 0 ? null : {
		commit,
		tree,
		parents: values("parent")
	};
}
/** Reads `%(HEAD)%(refname)` lines: the branch that is checked out has a `*` before it. A line that was cut is dropped. */
function parseRefs(output) {
	const lines = output.split("\n").slice(0, -1);
	const current = lines.find((line) => line.startsWith("*refs/heads/"));
	const tags = lines.flatMap((line) => line.startsWith(" refs/tags/") ? parseText(line.slice(11)) ?? [] : []);
	return {
		branch: parseText(current?.slice(12)),
		tags: tags.slice(0, MAX_TAGS)
	};
}
/** Reads `git config -z --get-regexp` of remote URLs: the URL of `origin`, else the first. */
function parseRemotes(output) {
	const entries = output.split("\0").slice(0, -1).map((entry) => ({
		key: entry.slice(0, entry.indexOf("\n")),
		url: entry.slice(entry.indexOf("\n") + 1)
	}));
	return (entries.find(({ key }) => key === "remote.origin.url") ?? entries[0])?.url ?? null;
}

// src/ci/git.ts
/** The evidence folder of an earlier run is no change to what is tested. */
const STATUS = [
	"status",
	"--porcelain",
	"-z",
	"--untracked-files=normal",
	"--ignore-submodules=none"
];
const PATHS = [
	"--",
	":(top)",
	":(exclude).quoderat"
];
/**
* Reads the checkout that `cwd` lies in, with four git calls side by side, each bounded in time (limits.gitMs) and
* bytes. Takes no lock, runs no hook or monitor, asks nothing of a terminal or a network. Never rejects.
*/
async function readGitState(cwd, env) {
	const file = await findOnPath("git", env);
	if (file === null) return {
		state: null,
		fault: "git_not_found"
	};
	const git = makeGit(file, cwd, env);
	const [commit, refs, remotes, status] = await Promise.all([
		git(["cat-file", "--batch"], "HEAD\n"),
		git([
			"for-each-ref",
			"--points-at=HEAD",
			"--format=%(HEAD)%(refname)",
			"refs/heads",
			"refs/tags"
		]),
		git([
			"config",
			"-z",
			"--get-regexp",
			String.raw`^remote\..*\.url$`
		]),
		git([...STATUS, ...PATHS], void 0, 1)
	]);
	const head = parseCommit(commit.stdout);
	if (head === null) return {
		state: null,
		fault: toFault(commit)
	};
	return { state: {
		...head,
		...parseRefs(refs.stdout),
		remoteUrl: parseRemotes(remotes.stdout),
		dirty: toDirty(status)
	} };
}
function makeGit(file, cwd, env) {
	const settings = [
		"core.fsmonitor=false",
		"core.hooksPath=/dev/null",
		"status.renames=false",
		...readSafe(env)
	];
	const bare = {
		...toBareEnv(env, [
			"GIT_CONFIG_GLOBAL",
			"GIT_CONFIG_SYSTEM",
			"GIT_CONFIG_NOSYSTEM",
			"GIT_CEILING_DIRECTORIES"
		]),
		GIT_OPTIONAL_LOCKS: "0",
		GIT_TERMINAL_PROMPT: "0",
		GIT_NO_LAZY_FETCH: "1",
		GIT_NO_REPLACE_OBJECTS: "1"
	};
	const options = settings.flatMap((setting) => ["-c", setting]);
	return (args, input, maxBytes = limits.gitBytes) => runBounded({
		file,
		args: [...options, ...args],
		cwd,
		env: bare,
		timeoutMs: limits.gitMs,
		maxBytes,
		...input === void 0 ? {} : { input }
	});
}
/** `safe.directory` is often set through GIT_CONFIG_KEY_n, beside headers with tokens: only the former is let through. */
function readSafe(env) {
	return Object.entries(env).filter(([name, value]) => /^GIT_CONFIG_KEY_\d+$/.test(name) && value.toLowerCase() === "safe.directory").map(([name]) => `safe.directory=${env[name.replace("KEY", "VALUE")] ?? ""}`);
}
function toDirty(status) {
	if (status.stdout !== "") return true;
	return status.kind === "exited" && status.code === 0 ? false : null;
}
function toFault(commit) {
	if (commit.kind === "timed_out") return "timed_out";
	if (commit.stderr.includes("dubious ownership") || commit.stderr.includes("unsafe repository")) return "dubious_ownership";
	if (commit.stderr.includes("not a git repository")) return "not_a_repository";
	return commit.stdout.startsWith("HEAD missing") ? "no_commit" : "unreadable";
}

// src/ci/read-bounded.ts
/**
* The text of a regular file of at most maxBytes; null for a larger one, for anything else, and for one that can't be
* read.
*/
async function readBoundedText(file, maxBytes) {
	try {
		const handle = await open(file, constants$1.O_RDONLY | (constants$1.O_NONBLOCK ?? 0));
		try {
			return (await handle.stat()).isFile() ? await readAtMost(handle, maxBytes) : null;
		} finally {
			await handle.close();
		}
	} catch {
		return null;
	}
}
/** Files under /proc and /sys say that they are empty, and a file may grow: what counts is what is read. */
async function readAtMost(handle, maxBytes) {
	const chunks = [];
	let size = 0;
	for (;;) {
		const { bytesRead, buffer } = await handle.read(Buffer.alloc(Math.min(65536, maxBytes + 1)));
		if (bytesRead === 0) return Buffer.concat(chunks).toString("utf8");
		size += bytesRead;
		if (size > maxBytes) return null;
		chunks.push(buffer.subarray(0, bytesRead));
	}
}

// src/ci/github-event.ts
/** Reads the file at GITHUB_EVENT_PATH. A file that is missing, too large or no JSON says nothing. */
async function readGithubEvent(env) {
	const file = env["GITHUB_EVENT_PATH"];
	return parseGithubEvent(toJson$1(file ? await readBoundedText(file, limits.eventFileBytes) : null));
}
/**
* Picks the known members, each by itself: parts of the payload (titles, branch names) are written by whoever opened
* the pull request, so nothing is taken that does not have the right shape.
* Source: docs.github.com, "Webhook events and payloads".
*/
function parseGithubEvent(payload) {
	const pull = pick(payload, "pull_request");
	const group = pick(payload, "merge_group");
	const upstream = pick(payload, "workflow_run");
	return {
		action: parseText(pick(payload, "action")),
		headSha: parseSha(pick(pull, "head", "sha")) ?? parseSha(pick(group, "head_sha")),
		baseSha: parseSha(pick(pull, "base", "sha")) ?? parseSha(pick(group, "base_sha")),
		mergeCommitSha: parseSha(pick(pull, "merge_commit_sha")),
		prNumber: parseCount(pick(pull, "number")),
		prFromFork: toFromFork$1(pull),
		prAuthor: parseText(pick(pull, "user", "login")),
		beforeSha: parseSha(pick(payload, "before")),
		afterSha: parseSha(pick(payload, "after")),
		schedule: parseText(pick(payload, "schedule")),
		releaseTag: parseText(pick(payload, "release", "tag_name")),
		mergeGroupHeadRef: parseText(pick(group, "head_ref")),
		upstream: {
			runId: parseId(pick(upstream, "id")),
			runAttempt: parseCount(pick(upstream, "run_attempt")),
			headSha: parseSha(pick(upstream, "head_sha")),
			event: parseText(pick(upstream, "event"))
		}
	};
}
/**
* `head.repo.fork` alone is also true for a pull request inside a repository that is itself a fork; and `head.repo` is
* null when the fork was deleted.
*/
function toFromFork$1(pull) {
	if (pick(pull, "head", "repo") === null) return true;
	const head = parseId(pick(pull, "head", "repo", "id"));
	const base = parseId(pick(pull, "base", "repo", "id"));
	return head !== null && base !== null ? head !== base : parseFlag(pick(pull, "head", "repo", "fork"));
}
function toJson$1(text) {
	if (text === null) return null;
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

// src/ci/matrix.ts
const MAX_KEYS = 64;
/**
* The leg of a matrix: `toJSON(matrix)` as GitHub gives it ("null" without a matrix), each value as text; a value that
* is an object is its JSON. null when there is no leg.
*/
function parseMatrix(text) {
	const entries = Object.entries(toObject(text)).flatMap(([key, value]) => {
		const name = parseText(key);
		const said = parseText(typeof value === "string" ? value : JSON.stringify(value));
		return name === null || name === "__proto__" ? [] : [[name, said ?? ""]];
	});
	return entries.length === 0 ? null : Object.fromEntries(entries.slice(0, MAX_KEYS));
}
function toObject(text) {
	try {
		const value = JSON.parse(text ?? "null");
		return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
	} catch {
		return {};
	}
}

// src/ci/remote-url.ts
/** A path with `@` is refused: `user:password@host:path` would pass as the path of a host called `user`. */
const SCP_LIKE = /^(?:([^@/\\:\s]+)@)?([^/\\:@\s]{2,}):(?!\/\/|:)([^@\s]+)$/;
/**
* An http(s) URL without user, password, query and fragment, and without a slash at its end; null for anything else.
* Tokens travel in every one of those places (`https://oauth2:<token>@host/`, `?private_token=`).
*/
function toBareUrl(value) {
	const url = parseUrl(value);
	if (url === null || url.protocol !== "https:" && url.protocol !== "http:") return null;
	return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}
/**
* Reads a git remote: http(s), ssh, git and scp-like (`git@host:owner/repo.git`). A path on this machine names nothing
* that another machine could find, and gives null.
*/
function parseRemote(value) {
	if (typeof value !== "string" || value.length > limits.contextTextChars) return null;
	const scp = SCP_LIKE.exec(value);
	if (scp !== null) {
		const [, user, host = "", path = ""] = scp;
		return toRemote(`${user === "git" ? "git@" : ""}${host}:${path}`, host, path);
	}
	const url = parseUrl(value);
	if (url === null || url.hostname === "" || ![
		"https:",
		"http:",
		"ssh:",
		"git:"
	].includes(url.protocol)) return null;
	const user = url.protocol === "ssh:" && url.username === "git" ? "git@" : "";
	return toRemote(`${url.protocol}//${user}${url.host}${url.pathname}`.replace(/\/+$/, ""), url.hostname, url.pathname);
}
/** The forge that a host name gives away; null when it does not. */
function toProvider(host) {
	if (host === "github.com" || host.endsWith(".ghe.com") || host.startsWith("github.")) return "github";
	if (host === "gitlab.com" || host.startsWith("gitlab.")) return "gitlab";
	return host === "bitbucket.org" ? "bitbucket" : null;
}
function toRemote(url, host, path) {
	const name = path.replace(/^\/+/, "").replace(/\/+$/, "").replace(/\.git$/, "");
	const lowerHost = host.toLowerCase();
	return name === "" || !url.isWellFormed() || /\p{Cc}/u.test(url) ? null : {
		url,
		host: lowerHost,
		name
	};
}
function parseUrl(value) {
	if (typeof value !== "string" || value.length > limits.contextTextChars) return null;
	try {
		return new URL(value);
	} catch {
		return null;
	}
}

// src/ci/subject.ts
/**
* The subject: the commit that is really checked out, where git could be read, else the one that the platform names.
* meta says which it is (commit_basis), why git could not be read (git_unreadable), and where the two disagree
* (event_sha, head_differs_from_event, checkout_url).
*/
function toSubject(claimed, reading) {
	const { state } = reading;
	const commit = state?.commit ?? claimed.sha;
	return {
		kind: commit === null ? "workspace" : "git_commit",
		id: commit,
		source: claimed.source,
		repo: claimed.repo,
		git: commit === null ? null : {
			commit_sha: commit,
			ref: claimed.ref,
			branch: claimed.branch,
			tag: claimed.tag,
			head_sha: claimed.headSha,
			base_sha: toMergedBase(claimed, state) ?? claimed.baseSha,
			merge_sha: claimed.mergeSha,
			tree_sha: state?.tree ?? null,
			dirty: state?.dirty ?? null
		},
		meta: toMeta({
			...claimed.meta,
			...toDifferences(claimed, reading)
		})
	};
}
/** The members that are known. */
function toMeta(members) {
	return Object.fromEntries(Object.entries(members).filter((entry) => entry[1] !== null));
}
/**
* The event of a pull request names the base as it was when the event was made; the merge commit under test names the
* base that was really merged: its first parent.
*/
function toMergedBase(claimed, state) {
	if (state === null || state.commit !== claimed.mergeSha || state.parents.length !== 2) return null;
	const [base = null, head] = state.parents;
	return head === claimed.headSha ? base : null;
}
function toDifferences(claimed, reading) {
	if (reading.state === null) return {
		git_unreadable: reading.fault,
		commit_basis: claimed.sha === null ? null : "platform"
	};
	const { commit, remoteUrl } = reading.state;
	const checkedOut = parseRemote(remoteUrl);
	const differs = claimed.sha !== null && commit !== claimed.sha && commit !== claimed.headSha;
	const elsewhere = claimed.repo.name !== null && checkedOut !== null && !isSameName(checkedOut.name, claimed.repo.name);
	return {
		commit_basis: "checkout",
		event_sha: differs ? claimed.sha : null,
		head_differs_from_event: differs ? true : null,
		checkout_url: elsewhere ? checkedOut.url : null
	};
}
/** Forges ignore case; a GitLab under a sub-path has that path before the name. */
function isSameName(remote, name) {
	return `/${remote}`.toLowerCase().endsWith(`/${name}`.toLowerCase());
}

// src/ci/surroundings.ts
/** The runner's context; its toolchain is probed beside the steps and stays empty here. */
function toRunnerContext(host, claims) {
	return {
		runner_type: claims.runner_type,
		os: host.os,
		arch: host.arch,
		toolchain: {},
		os_release: host.osRelease,
		image: claims.image,
		cpu_count: host.cpuCount,
		memory_bytes: host.memoryBytes,
		runner_name: claims.runner_name,
		self_hosted: claims.self_hosted,
		basis: "runner_asserted"
	};
}

// src/ci/github.ts
const TRIGGERS$1 = /* @__PURE__ */ new Map([
	["push", "push"],
	["pull_request", "pull_request"],
	["pull_request_target", "pull_request"],
	["pull_request_review", "pull_request"],
	["pull_request_review_comment", "pull_request"],
	["merge_group", "merge_queue"],
	["schedule", "schedule"],
	["workflow_dispatch", "manual"],
	["repository_dispatch", "api"],
	["release", "release"],
	["workflow_run", "upstream"]
]);
/**
* The context of a GitHub Actions job, from the variables that the runner sets and the event's payload. Works for
* GitHub Enterprise Server and ghe.com: every URL begins with GITHUB_SERVER_URL.
* Source: docs.github.com, "Variables reference" and "Events that trigger workflows".
*/
function toGithubContext(surroundings, event) {
	const { env, host, git } = surroundings;
	const image = [parseText(env["ImageOS"]), parseText(env["ImageVersion"])].filter((part) => part !== null);
	return {
		identities: toIdentities$1(env),
		intent: {
			trigger: TRIGGERS$1.get(env["GITHUB_EVENT_NAME"] ?? "") ?? "other",
			event: parseText(env["GITHUB_EVENT_NAME"]) ?? "unknown",
			actor: parseText(env["GITHUB_ACTOR"]),
			requested_at: null
		},
		subject: toSubject(toClaimed$1(env, event), git),
		runner_context: toRunnerContext(host, {
			runner_type: "ci",
			image: image.length === 0 ? null : image.join(" "),
			runner_name: parseText(env["RUNNER_NAME"]),
			self_hosted: toSelfHosted(env["RUNNER_ENVIRONMENT"])
		})
	};
}
function toIdentities$1(env) {
	const actor = parseText(env["GITHUB_ACTOR"]);
	const workflow = parseText(env["GITHUB_WORKFLOW_REF"]) ?? parseText(env["GITHUB_REPOSITORY"]) ?? "unknown";
	const name = parseText(env["GITHUB_WORKFLOW"]);
	return {
		producer: {
			type: "workflow",
			id: `${workflow}#${parseText(env["GITHUB_JOB"]) ?? "unknown"}`,
			...name === null ? {} : { name }
		},
		subject: {
			type: "user",
			id: parseId(env["GITHUB_ACTOR_ID"]) ?? actor ?? "unknown",
			...actor === null ? {} : { name: actor }
		}
	};
}
function toClaimed$1(env, event) {
	const ref = parseText(env["GITHUB_REF"]);
	const name = parseText(env["GITHUB_REPOSITORY"]);
	const server = toBareUrl(env["GITHUB_SERVER_URL"]);
	const sha = parseSha(env["GITHUB_SHA"]);
	const pullMerge = /^refs\/pull\/(\d+)\/merge$/.exec(ref ?? "");
	return {
		source: "github",
		repo: {
			url: toRepoUrl(server, name),
			name,
			provider: "github"
		},
		sha,
		ref,
		branch: toBranch(env, ref),
		tag: env["GITHUB_REF_TYPE"] === "tag" ? parseText(env["GITHUB_REF_NAME"]) : null,
		headSha: event.headSha,
		baseSha: event.baseSha,
		mergeSha: pullMerge === null ? event.mergeCommitSha : sha,
		meta: toMembers$1(env, event, parseCount(pullMerge?.[1]))
	};
}
function toBranch(env, ref) {
	return parseText(env["GITHUB_HEAD_REF"]) ?? (ref?.startsWith("refs/heads/") === true ? ref.slice(11) : null);
}
function toMembers$1(env, event, prNumber) {
	const checkRunId = parseId(env["QUODERAT_CHECK_RUN_ID"]);
	return {
		project_path: parseText(env["GITHUB_REPOSITORY"]),
		repository_id: parseId(env["GITHUB_REPOSITORY_ID"]),
		repository_owner_id: parseId(env["GITHUB_REPOSITORY_OWNER_ID"]),
		server_url: toBareUrl(env["GITHUB_SERVER_URL"]),
		run_url: toRunUrl(env),
		run_id: parseId(env["GITHUB_RUN_ID"]),
		run_number: parseCount(env["GITHUB_RUN_NUMBER"]),
		run_attempt: parseCount(env["GITHUB_RUN_ATTEMPT"]),
		workflow: parseText(env["GITHUB_WORKFLOW"]),
		workflow_ref: parseText(env["GITHUB_WORKFLOW_REF"]),
		workflow_sha: parseSha(env["GITHUB_WORKFLOW_SHA"]),
		job: parseText(env["GITHUB_JOB"]),
		job_id: checkRunId,
		check_run_id: checkRunId,
		matrix: parseMatrix(env["QUODERAT_MATRIX"]),
		event_name: parseText(env["GITHUB_EVENT_NAME"]),
		event_action: event.action,
		actor_id: parseId(env["GITHUB_ACTOR_ID"]),
		triggering_actor: parseText(env["GITHUB_TRIGGERING_ACTOR"]),
		ref: parseText(env["GITHUB_REF"]),
		head_ref: parseText(env["GITHUB_HEAD_REF"]),
		base_ref: parseText(env["GITHUB_BASE_REF"]),
		pr_number: event.prNumber ?? prNumber,
		pr_from_fork: event.prFromFork,
		pr_author: event.prAuthor,
		merge_group_head_ref: event.mergeGroupHeadRef,
		before_sha: event.beforeSha,
		after_sha: event.afterSha,
		schedule: event.schedule,
		release_tag: event.releaseTag,
		upstream_run_id: event.upstream.runId,
		upstream_run_attempt: event.upstream.runAttempt,
		upstream_head_sha: event.upstream.headSha,
		upstream_event: event.upstream.event,
		emulated: env["ACT"] === "true" ? true : null
	};
}
function toRepoUrl(server, name) {
	return server === null || name === null ? null : toBareUrl(`${server}/${name}`);
}
function toRunUrl(env) {
	const repo = toRepoUrl(toBareUrl(env["GITHUB_SERVER_URL"]), parseText(env["GITHUB_REPOSITORY"]));
	const run = parseId(env["GITHUB_RUN_ID"]);
	const attempt = parseCount(env["GITHUB_RUN_ATTEMPT"]);
	if (repo === null || run === null) return null;
	return `${repo}/actions/runs/${run}${attempt === null ? "" : `/attempts/${attempt}`}`;
}
function toSelfHosted(environment) {
	if (environment === "self-hosted") return true;
	return environment === "github-hosted" ? false : null;
}

// src/ci/gitlab.ts
const TRIGGERS = /* @__PURE__ */ new Map([
	["push", "push"],
	["merge_request_event", "pull_request"],
	["external_pull_request_event", "pull_request"],
	["schedule", "schedule"],
	["web", "manual"],
	["webide", "manual"],
	["chat", "manual"],
	["trigger", "api"],
	["api", "api"],
	["pipeline", "upstream"],
	["parent_pipeline", "upstream"]
]);
/**
* The context of a GitLab job, from its predefined variables. URLs are taken as given: an instance may live under a
* sub-path. CI_REPOSITORY_URL is never read: it carries the job's token.
* Source: docs.gitlab.com, "Predefined CI/CD variables reference".
*/
function toGitlabContext({ env, host, git }) {
	return {
		identities: toIdentities(env),
		intent: {
			trigger: toTrigger(env),
			event: parseText(env["CI_PIPELINE_SOURCE"]) ?? "unknown",
			actor: parseText(env["GITLAB_USER_LOGIN"]),
			requested_at: parseInstant(env["CI_PIPELINE_CREATED_AT"])
		},
		subject: toSubject(toClaimed(env), git),
		runner_context: toRunnerContext(host, {
			runner_type: "ci",
			image: parseText(env["CI_JOB_IMAGE"]),
			runner_name: parseText(env["CI_RUNNER_DESCRIPTION"]),
			self_hosted: null
		})
	};
}
function toTrigger(env) {
	if (env["CI_MERGE_REQUEST_EVENT_TYPE"] === "merge_train") return "merge_queue";
	return TRIGGERS.get(env["CI_PIPELINE_SOURCE"] ?? "") ?? "other";
}
function toIdentities(env) {
	const job = parseText(env["CI_JOB_NAME"]);
	const login = parseText(env["GITLAB_USER_LOGIN"]);
	return {
		producer: {
			type: "job",
			id: `${toConfigUri(env)}#${job ?? "unknown"}`,
			...job === null ? {} : { name: job }
		},
		subject: {
			type: "user",
			id: parseId(env["GITLAB_USER_ID"]) ?? login ?? "unknown",
			...login === null ? {} : { name: login }
		}
	};
}
/** CI_CONFIG_REF_URI exists from GitLab 18.11; before that it is put together as the OIDC claim of that name is. */
function toConfigUri(env) {
	const given = parseText(env["CI_CONFIG_REF_URI"]);
	if (given !== null) return given;
	return `${parseText(env["CI_SERVER_FQDN"]) ?? parseText(env["CI_SERVER_HOST"]) ?? "unknown"}/${parseText(env["CI_PROJECT_PATH"]) ?? "unknown"}//${toConfigPath(env) ?? ".gitlab-ci.yml"}@${toRef$1(env) ?? "unknown"}`;
}
/** A path in this project, `path@group/project`, or the URL of a file elsewhere. */
function toConfigPath(env) {
	const config = parseText(env["CI_CONFIG_PATH"]);
	return config?.includes("://") === true ? toBareUrl(config) : config;
}
/**
* In a merge request's pipeline CI_COMMIT_SHA is its head; in a pipeline for merged results or a merge train it is the
* merge, and only then SOURCE_BRANCH_SHA and TARGET_BRANCH_SHA have values.
*/
function toClaimed(env) {
	const sha = parseSha(env["CI_COMMIT_SHA"]);
	const isMergeRequest = parseCount(env["CI_MERGE_REQUEST_IID"]) !== null;
	const source = parseSha(env["CI_MERGE_REQUEST_SOURCE_BRANCH_SHA"]);
	const target = parseSha(env["CI_MERGE_REQUEST_TARGET_BRANCH_SHA"]);
	return {
		source: "gitlab",
		repo: {
			url: toBareUrl(env["CI_PROJECT_URL"]),
			name: parseText(env["CI_PROJECT_PATH"]),
			provider: "gitlab"
		},
		sha,
		ref: toRef$1(env),
		branch: parseText(env["CI_COMMIT_BRANCH"]) ?? parseText(env["CI_MERGE_REQUEST_SOURCE_BRANCH_NAME"]),
		tag: parseText(env["CI_COMMIT_TAG"]),
		headSha: source ?? (isMergeRequest ? sha : parseSha(env["CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_SHA"])),
		baseSha: target ?? parseSha(env["CI_MERGE_REQUEST_DIFF_BASE_SHA"]) ?? parseSha(env["CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_SHA"]),
		mergeSha: source !== null && source !== sha ? sha : null,
		meta: toMembers(env)
	};
}
function toRef$1(env) {
	const mergeRequest = parseText(env["CI_MERGE_REQUEST_REF_PATH"]);
	const tag = parseText(env["CI_COMMIT_TAG"]);
	const branch = parseText(env["CI_COMMIT_BRANCH"]);
	if (mergeRequest !== null) return mergeRequest;
	if (tag !== null) return `refs/tags/${tag}`;
	return branch === null ? parseText(env["CI_COMMIT_REF_NAME"]) : `refs/heads/${branch}`;
}
function toMembers(env) {
	return {
		project_path: parseText(env["CI_PROJECT_PATH"]),
		project_id: parseId(env["CI_PROJECT_ID"]),
		server_url: toBareUrl(env["CI_SERVER_URL"]),
		server_version: parseText(env["CI_SERVER_VERSION"]),
		run_url: toBareUrl(env["CI_JOB_URL"]),
		ref: parseText(env["CI_COMMIT_REF_NAME"]),
		ref_protected: parseFlag(env["CI_COMMIT_REF_PROTECTED"]),
		before_sha: parseSha(env["CI_COMMIT_BEFORE_SHA"]),
		config_path: toConfigPath(env),
		event_name: parseText(env["CI_PIPELINE_SOURCE"]),
		pipeline_id: parseId(env["CI_PIPELINE_ID"]),
		pipeline_iid: parseCount(env["CI_PIPELINE_IID"]),
		pipeline_url: toBareUrl(env["CI_PIPELINE_URL"]),
		job: parseText(env["CI_JOB_NAME"]),
		job_id: parseId(env["CI_JOB_ID"]),
		job_group: parseText(env["CI_JOB_GROUP_NAME"]),
		job_stage: parseText(env["CI_JOB_STAGE"]),
		job_started_at: parseInstant(env["CI_JOB_STARTED_AT"]),
		node_index: parseCount(env["CI_NODE_INDEX"]),
		node_total: parseCount(env["CI_NODE_TOTAL"]),
		actor_id: parseId(env["GITLAB_USER_ID"]),
		mr_iid: parseCount(env["CI_MERGE_REQUEST_IID"]),
		mr_id: parseId(env["CI_MERGE_REQUEST_ID"]),
		mr_event_type: parseText(env["CI_MERGE_REQUEST_EVENT_TYPE"]),
		mr_project_path: parseText(env["CI_MERGE_REQUEST_PROJECT_PATH"]),
		mr_source_project_id: parseId(env["CI_MERGE_REQUEST_SOURCE_PROJECT_ID"]),
		mr_source_branch: parseText(env["CI_MERGE_REQUEST_SOURCE_BRANCH_NAME"]),
		mr_target_branch: parseText(env["CI_MERGE_REQUEST_TARGET_BRANCH_NAME"]),
		mr_diff_base_sha: parseSha(env["CI_MERGE_REQUEST_DIFF_BASE_SHA"]),
		mr_from_fork: toFromFork(env),
		external_pr_number: parseCount(env["CI_EXTERNAL_PULL_REQUEST_IID"]),
		runner_id: parseId(env["CI_RUNNER_ID"]),
		runner_version: parseText(env["CI_RUNNER_VERSION"]),
		disposable_environment: parseFlag(env["CI_DISPOSABLE_ENVIRONMENT"]),
		emulated: env["GITLAB_CI"] === "true" ? null : true
	};
}
function toFromFork(env) {
	const source = parseId(env["CI_MERGE_REQUEST_SOURCE_PROJECT_ID"]);
	const target = parseId(env["CI_MERGE_REQUEST_PROJECT_ID"]) ?? parseId(env["CI_PROJECT_ID"]);
	return source === null || target === null ? null : source !== target;
}

// src/ci/host.ts
const SYSTEMS = {
	darwin: "macos",
	win32: "windows"
};
/** Reads what the machine says of itself, with the limits of its cgroup applied. */
async function readHost(env) {
	const [osRelease, cpuMax] = await Promise.all([readBoundedText("/etc/os-release", 16384), readBoundedText("/sys/fs/cgroup/cpu.max", 1024)]);
	return {
		os: SYSTEMS[process.platform] ?? process.platform,
		arch: process.arch,
		osRelease: parseOsRelease(osRelease ?? "") ?? parseText(`${os.type()} ${os.release()}`),
		cpuCount: Math.min(os.availableParallelism(), parseCpuQuota(cpuMax ?? "") ?? 1e400),
		memoryBytes: readMemory(),
		hostName: parseText(os.hostname()) ?? "unknown",
		userName: readUserName(env)
	};
}
/** PRETTY_NAME of os-release(5). */
function parseOsRelease(text) {
	const value = /^PRETTY_NAME=(.*)$/m.exec(text)?.[1]?.trim();
	return parseText(value?.replace(/^(["'])(.*)\1$/, "$2"));
}
/** Processors that cgroup v2's `cpu.max` ("<quota> <period>" in microseconds) allows, rounded up; null: no limit. */
function parseCpuQuota(text) {
	const [quota, period] = text.trim().split(" ").map(parseCount);
	return quota && period ? Math.ceil(quota / period) : null;
}
/** Without a limit, libuv answers 0 or (cgroup v1) a number larger than any machine. */
function readMemory() {
	const limit = process.constrainedMemory();
	return limit > 0 ? Math.min(os.totalmem(), limit) : os.totalmem();
}
/** os.userInfo throws for a uid without an entry in passwd, which containers often have. */
function readUserName(env) {
	try {
		return parseText(os.userInfo().username) ?? "unknown";
	} catch {
		return parseText(env["USER"]) ?? parseText(env["LOGNAME"]) ?? parseText(env["USERNAME"]) ?? "unknown";
	}
}

// src/ci/local.ts
/** The context of a run outside any forge: who sits where, and what git says. Nothing is asked of a network. */
function toLocalContext({ host, git, now }) {
	const user = `${host.userName}@${host.hostName}`;
	const remote = parseRemote(git.state?.remoteUrl);
	const branch = git.state?.branch ?? null;
	const tags = git.state?.tags ?? [];
	const [tag = null] = tags;
	return {
		identities: {
			producer: {
				type: "host",
				id: host.hostName
			},
			subject: {
				type: "user",
				id: user,
				name: host.userName
			}
		},
		intent: {
			trigger: "manual",
			event: "local",
			actor: host.userName,
			requested_at: toTimestamp(now)
		},
		subject: toSubject({
			source: "local",
			repo: {
				url: remote?.url ?? null,
				name: remote?.name ?? null,
				provider: remote === null ? null : toProvider(remote.host)
			},
			sha: null,
			ref: toRef(branch, tag),
			branch,
			tag,
			headSha: null,
			baseSha: null,
			mergeSha: null,
			meta: { tags_at_head: tags.length > 1 ? tags.join(" ") : null }
		}, git),
		runner_context: toRunnerContext(host, {
			runner_type: "local",
			image: null,
			runner_name: null,
			self_hosted: null
		})
	};
}
function toRef(branch, tag) {
	if (branch !== null) return `refs/heads/${branch}`;
	return tag === null ? null : `refs/tags/${tag}`;
}

// src/ci/detect.ts
/**
* Who asked for this run, what it is about, and where it runs. The toolchain is empty: probeToolchain reads it beside
* the steps. Never rejects: what is missing or malformed is null or absent.
*/
async function detectContext(options) {
	const { env, cwd } = options;
	const platform = toPlatform(env);
	const [git, host, event] = await Promise.all([
		readGitState(cwd, env),
		readHost(env),
		platform === "github" ? readGithubEvent(env) : null
	]);
	const surroundings = {
		env,
		git,
		host,
		now: options.now()
	};
	if (event !== null) return toGithubContext(surroundings, event);
	return platform === "gitlab" ? toGitlabContext(surroundings) : toLocalContext(surroundings);
}
/**
* GitHub's runner (and those that follow it) sets GITHUB_ACTIONS=true, GitLab's GITLAB_CI=true. gitlab-ci-local sets
* GITLAB_CI=false: a job is recognised by its two ids as well, and subject.meta.emulated says so.
*/
function toPlatform(env) {
	if (env["GITHUB_ACTIONS"] === "true") return "github";
	return env["GITLAB_CI"] === "true" || Boolean(env["CI_PIPELINE_ID"]) && Boolean(env["CI_JOB_ID"]) ? "gitlab" : "local";
}

// src/ci/tool-files.ts
const MAX_BYTES = 262144;
/**
* The version in the package.json of the npm package that a command belongs to: npm on POSIX links to a file in the
* package, on Windows it writes a .cmd beside node_modules. null when the package found there is another one (corepack).
*/
function readPackageVersion(name) {
	return async (file) => {
		const real = await realpath$1(file);
		const folders = [
			path.join(path.dirname(real), ".."),
			path.join(path.dirname(file), "node_modules", name),
			path.dirname(real)
		];
		for (const folder of folders) {
			const manifest = parseJson(await readBoundedText(path.join(folder, "package.json"), MAX_BYTES));
			const version = pick(manifest, "version");
			if (pick(manifest, "name") === name && typeof version === "string") return version;
		}
		return null;
	};
}
/** JAVA_VERSION of the `release` file that every JDK and JRE since 7 has beside its bin folder. */
async function readJdkVersion(file) {
	const release = await readBoundedText(path.join(path.dirname(await realpath$1(file)), "..", "release"), MAX_BYTES);
	return /^JAVA_VERSION="([^"]+)"/m.exec(release ?? "")?.[1] ?? null;
}
/** The version in the name of a .jar in the lib folder beside the script's own. */
function readJarVersion(jar) {
	return async (file) => {
		return (await readdir$1(path.join(path.dirname(await realpath$1(file)), "..", "lib"))).map((name) => jar.exec(name)?.[1]).find((version) => version !== void 0) ?? null;
	};
}
function parseJson(text) {
	try {
		return JSON.parse(text ?? "null");
	} catch {
		return null;
	}
}

// src/ci/tools.ts
const PLAIN = /^v?(\d+\.\d\S*)$/;
/**
* The tools whose versions are recorded. Those that start a JVM or Node only to print a line come last, and are read
* from their files where these tell. pip is not asked: it takes 0.7 s, and says little beside Python's version.
*/
const tools = [
	tool("git", /^git version (\d\S*)/),
	tool("bash", /^GNU bash, version (\d+\.\d+\.\d+)/),
	tool("make", /^GNU Make (\d\S*)/),
	tool("gcc", /^\S*gcc\S* \(.*\) (\d\S*)/),
	tool("clang", /clang version (\d+\.\d+\.\d+)/),
	tool("cmake", /^cmake version (\d\S*)/),
	tool("docker", /^Docker version (\d[^,\s]*)/),
	tool("go", /^go version (?:go)?(\S+)/, { args: ["version"] }),
	tool("rustc", /^rustc (\d\S*)/),
	tool("cargo", /^cargo (\d\S*)/),
	tool("python", /^Python (\d\S*)/, { names: process.platform === "win32" ? ["python", "python3"] : ["python3", "python"] }),
	tool("ruby", /^ruby (\d\S*)/),
	tool("php", /^PHP (\d\S*)/),
	tool("bun", PLAIN),
	tool("deno", /^deno (\d\S*)/),
	tool("node", PLAIN),
	tool("dotnet", PLAIN),
	tool("npm", PLAIN, { read: readPackageVersion("npm") }),
	tool("pnpm", PLAIN, { read: readPackageVersion("pnpm") }),
	tool("yarn", PLAIN),
	tool("java", /^\S+ version "([^"]+)"/, {
		args: ["-version"],
		read: readJdkVersion
	}),
	tool("gradle", /^Gradle (\d\S*)/, { read: readJarVersion(/^gradle-(?:core|launcher)-(\d.*)\.jar$/) }),
	tool("mvn", /^Apache Maven (\d\S*)/, { read: readJarVersion(/^maven-core-(\d+\.\d+\.\d.*)\.jar$/) })
];
/** Where those tools, and the managers whose shims stand for them, keep what they need to start. */
const toolHomes = [
	"ASDF_DATA_DIR",
	"ASDF_DIR",
	"CARGO_HOME",
	"COREPACK_HOME",
	"DEVELOPER_DIR",
	"DOTNET_ROOT",
	"GOROOT",
	"JAVA_HOME",
	"MISE_DATA_DIR",
	"NVM_DIR",
	"PYENV_ROOT",
	"PYENV_VERSION",
	"RBENV_ROOT",
	"RBENV_VERSION",
	"RUSTUP_HOME",
	"RUSTUP_TOOLCHAIN",
	"VOLTA_HOME"
];
/** A port that nobody listens on: what has no switch of its own against downloading is refused at once. */
const NOWHERE = "http://127.0.0.1:9";
/** Many of these programs are shims that download the version a project asks for. A question must not do that. */
const quietEnv = {
	ALL_PROXY: NOWHERE,
	HTTPS_PROXY: NOWHERE,
	HTTP_PROXY: NOWHERE,
	https_proxy: NOWHERE,
	http_proxy: NOWHERE,
	COREPACK_ENABLE_DOWNLOAD_PROMPT: "0",
	COREPACK_ENABLE_NETWORK: "0",
	DOTNET_CLI_TELEMETRY_OPTOUT: "1",
	DOTNET_GENERATE_ASPNET_CERTIFICATE: "false",
	DOTNET_NOLOGO: "1",
	DOTNET_SKIP_FIRST_TIME_EXPERIENCE: "1",
	GOTOOLCHAIN: "local",
	MISE_OFFLINE: "1",
	MISE_NOT_FOUND_AUTO_INSTALL: "false",
	NO_COLOR: "1",
	NO_UPDATE_NOTIFIER: "1",
	PROTO_AUTO_INSTALL: "false",
	PROTO_OFFLINE: "true",
	RUSTUP_AUTO_INSTALL: "0",
	npm_config_manage_package_manager_versions: "false"
};
function tool(key, pattern, more = {}) {
	return {
		key,
		names: [key],
		args: ["--version"],
		pattern,
		...more
	};
}

// src/ci/toolchain.ts
/** A probe that takes longer than this waits for something: another may start, so that hung tools hold up nobody. */
const PATIENCE_MS = 250;
const MAX_LINE = 200;
/**
* The versions of the tools on PATH, `<tool>_version` to what the tool says; tools that are absent, fail, or take
* longer than limits.probeMs are left out. Runs beside the first step and gives way to it: a few at once, at a low
* priority. Never rejects.
*/
async function probeToolchain(options) {
	const env = {
		...toBareEnv(options.env, toolHomes),
		...quietEnv
	};
	const probes = [];
	const queue = [...tools];
	const work = async () => {
		for (let tool = queue.shift(); tool !== void 0; tool = queue.shift()) {
			const { key } = tool;
			const probe = probeTool(tool, {
				env,
				cwd: options.cwd
			});
			probes.push(probe.then((version) => [`${key}_version`, version]));
			await Promise.race([probe, patience()]);
		}
	};
	await Promise.all(Array.from({ length: limits.probesAtOnce }, work));
	const found = await Promise.all(probes);
	return Object.fromEntries(found.filter((entry) => entry[1] !== null).toSorted(byName));
}
async function probeTool(tool, options) {
	for (const name of tool.names) {
		const file = await findOnPath(name, options.env);
		if (file === null || isStub(file)) continue;
		const version = await readVersion(tool, file) ?? await askVersion(tool, file, options);
		if (version !== null) return version;
	}
	return null;
}
async function readVersion(tool, file) {
	try {
		return toLine(await tool.read?.(file) ?? "");
	} catch {
		return null;
	}
}
async function askVersion(tool, file, { env, cwd }) {
	const line = toFirstLine(await runBounded({
		...toCommand(file, [...tool.args], env),
		cwd,
		env,
		timeoutMs: limits.probeMs,
		maxBytes: limits.probeBytes,
		background: true
	}));
	return line === null ? null : tool.pattern.exec(line)?.[1] ?? line;
}
function toFirstLine({ kind, code, stdout, stderr }) {
	return (kind === "exited" && code === 0 ? [...stdout.split("\n"), ...stderr.split("\n")] : []).map(toLine).find((line) => line !== null) ?? null;
}
/** A line as it may be shown: no escape sequences (Maven prints some even to a pipe), no control characters. */
function toLine(text) {
	const plain = text.replaceAll(/\u001B\[[0-9;]*[A-Za-z]/g, "").replaceAll(/\p{Cc}/gu, "").trim();
	return plain === "" ? null : plain.slice(0, MAX_LINE).toWellFormed();
}
/** Windows starts .cmd and .bat files only through cmd.exe, whose quoting knows no way to say `%` or `"`. */
function toCommand(file, args, env) {
	if (process.platform !== "win32" || !/\.(?:cmd|bat)$/i.test(file) || /[%"]/.test(file)) return {
		file,
		args
	};
	return {
		file: lookUp(env, "ComSpec") ?? "C:\\Windows\\System32\\cmd.exe",
		args: [
			"/d",
			"/s",
			"/c",
			`""${file}" ${args.join(" ")}"`
		],
		verbatim: true
	};
}
/**
* Programs that stand for one that may not be there. Without the command line tools macOS offers, in a window, to
* install them; the bash in Windows' own folder starts a Linux machine.
*/
function isStub(file) {
	if (process.platform === "win32") return /\\system32\\bash\.exe$/i.test(file);
	if (process.platform !== "darwin" || path.dirname(file) !== "/usr/bin") return false;
	return [
		"git",
		"make",
		"gcc",
		"clang",
		"python3",
		"java"
	].includes(path.basename(file)) && !existsSync$1("/Library/Developer/CommandLineTools") && !existsSync$1("/Applications/Xcode.app");
}
/** Resolves after PATIENCE_MS. The probe that it races holds the process open, not this. */
function patience() {
	return new Promise((resolve) => {
		setTimeout(resolve, PATIENCE_MS).unref();
	});
}
function byName([left], [right]) {
	return left < right ? -1 : 1;
}

// src/lib/channel.ts
/**
* Makes a channel whose producers wait while the queued values weigh `bound` or more. When the consumer leaves, what is
* queued is dropped, producers stop waiting and later values go nowhere.
*/
function makeChannel(bound) {
	let queue = [];
	let head = 0;
	let weight = 0;
	let room;
	let arrival;
	let state = "open";
	let failure;
	const wake = () => {
		arrival?.resolve();
		arrival = void 0;
	};
	const makeRoom = () => {
		room?.resolve();
		room = void 0;
	};
	const take = () => {
		const entry = queue[head];
		if (entry === void 0) return void 0;
		head += 1;
		if (head === queue.length) {
			queue = [];
			head = 0;
		}
		weight -= entry.weight;
		if (weight < bound) makeRoom();
		return entry;
	};
	const leave = () => {
		state = "left";
		queue = [];
		makeRoom();
	};
	async function* consume() {
		try {
			for (;;) {
				for (let entry = take(); entry !== void 0; entry = take()) yield entry.value;
				if (state !== "open") break;
				arrival = makeDeferred();
				await arrival.promise;
			}
			if (failure) throw failure.error;
		} finally {
			leave();
		}
	}
	return {
		push(value, itsWeight) {
			if (state !== "open") return void 0;
			queue.push({
				value,
				weight: itsWeight
			});
			weight += itsWeight;
			wake();
			if (weight < bound) return void 0;
			room ??= makeDeferred();
			return room.promise;
		},
		close() {
			if (state === "open") state = "closed";
			wake();
		},
		fail(error) {
			failure ??= { error };
			this.close();
		},
		[Symbol.asyncIterator]: consume
	};
}

// src/execution/schedule.ts
/**
* when: success (the default) runs when every need was good: it succeeded, or was allowed to fail. failure runs when all
* needs have ended and one failed, or was skipped for a failure. always runs when all needs have ended. A step with one
* of the last two and no needs comes after all steps before it in the plan.
*/
function makeSchedule(plan) {
	const states = toStates(plan.steps);
	let failedFirst = null;
	const skip = (state, reason, failure) => {
		state.phase = "done";
		state.outcome = {
			skipped: true,
			failure
		};
		return {
			step: state.step,
			reason
		};
	};
	const decide = (state) => {
		const { step, needs } = state;
		if (step.when === "success") {
			const culprit = needs.find(({ outcome }) => outcome?.failure);
			if (culprit?.outcome?.failure) return skip(state, toReason$1(culprit.step.id, culprit.outcome), culprit.outcome.failure);
			const idle = needs.find(({ outcome }) => outcome?.skipped);
			if (idle) return skip(state, `needs ${idle.step.id}, which was skipped`, null);
			if (failedFirst) return skip(state, `fail_fast: ${failedFirst.root} ${failedFirst.end}`, failedFirst);
		}
		if (!needs.every(({ phase }) => phase === "done")) return "wait";
		if (step.when === "failure" && !needs.some(({ outcome }) => outcome?.failure)) return skip(state, "runs only after a failure, and nothing before it failed", null);
		return "start";
	};
	return {
		next() {
			const skipped = [];
			for (let before = -1; before !== skipped.length;) {
				before = skipped.length;
				for (const state of states.values()) {
					if (state.phase !== "waiting") continue;
					const decision = decide(state);
					if (decision === "start") {
						state.phase = "running";
						return {
							start: state.step,
							skip: skipped
						};
					}
					if (decision !== "wait") skipped.push(decision);
				}
			}
			return {
				start: null,
				skip: skipped
			};
		},
		finish(step, status) {
			const state = states.get(step.id);
			if (!state) throw new Error(`step ${step.id} is not in the plan`);
			const failed = status !== "success" && !step.continue_on_error;
			state.phase = "done";
			state.outcome = {
				skipped: false,
				failure: failed ? {
					root: step.id,
					end: ends[status]
				} : null
			};
			if (plan.fail_fast) failedFirst ??= state.outcome.failure;
		},
		skipRest(reason) {
			return [...states.values()].filter(({ phase }) => phase === "waiting").map((state) => skip(state, reason, null));
		}
	};
}
function toStates(steps) {
	const states = /* @__PURE__ */ new Map();
	for (const step of steps) states.set(step.id, {
		step,
		needs: [],
		phase: "waiting",
		outcome: null
	});
	const all = [...states.values()];
	for (const [index, state] of all.entries()) {
		const { needs, when } = state.step;
		if (needs.length === 0 && when !== "success") state.needs = all.slice(0, index);
		else state.needs = needs.flatMap((id) => states.get(id) ?? []);
	}
	return states;
}
function toReason$1(need, { skipped, failure }) {
	if (failure === null) return `needs ${need}`;
	const { root, end } = failure;
	return skipped ? `needs ${need}, which was skipped because ${root} ${end}` : `needs ${need}, which ${end}`;
}
const ends = {
	success: "succeeded",
	failed: "failed",
	error: "could not be started",
	timed_out: "timed out",
	skipped: "was skipped",
	aborted: "was aborted",
	waiting: "is waiting"
};

// src/execution/scratch.ts
/** How many named pipes one run of mkfifo makes: the program costs more than the pipes. */
const BATCH = 32;
/**
* Makes the folder. Where that fails (a full or read-only temporary folder) pipes and marks are done without, and
* scripts are refused one by one.
* @param path the PATH on which mkfifo is found
*/
async function openScratch(path, platform) {
	const dir = await makeFolder(platform === "linux" ? ["/dev/shm", tmpdir()] : [tmpdir()]);
	let count = 0;
	const nextPath = (suffix) => join$1(dir ?? "", `${count += 1}${suffix}`);
	const takePath = makeFifoSupply(() => nextPath(".pipe"), path);
	let pipesWork = dir !== null && platform !== "win32";
	return {
		async openPipe() {
			if (!pipesWork) return null;
			try {
				return openFifo(await takePath());
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
			if (dir !== null) await rm(dir, {
				recursive: true,
				force: true
			}).catch(() => {});
		}
	};
}
/** In memory where there is such a place: a named pipe is made there in 2 us, on a disk in 250, and no full disk matters. */
async function makeFolder(parents) {
	for (const parent of parents) {
		const dir = await mkdtemp(join$1(parent, "quoderat-")).catch(() => null);
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
	return async () => {
		for (;;) {
			const fifo = ready.shift();
			if (fifo !== void 0) return fifo;
			await make();
		}
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

// src/execution/output.ts
const pieces = makeBufferPool(limits.outputChunkBytes, 16);
/**
* Coalesces raw bytes, so that the redactor, the hash and the disk see few large pieces; redacts each; keeps it; tells of
* it. At most one piece is in the making, whatever the child prints.
*/
function makeOutput(options) {
	const { redaction, writer, emit } = options;
	const decoder = new StringDecoder("utf8");
	let pending;
	let pendingBytes = 0;
	let timer;
	let offset = 0;
	let lastAt = performance.now();
	let wait;
	let waiting = 0;
	const settle = async (waits) => {
		waiting += 1;
		await waits;
		waiting -= 1;
		if (waiting === 0) wait = void 0;
	};
	const deliver = (bytes, last) => {
		const text = decoder.write(bytes) + (last ? decoder.end() : "");
		if (bytes.length === 0 && text === "") return;
		const waits = [writer.write(bytes), emit({
			offset,
			bytes: bytes.length,
			text
		})].filter((wait) => wait !== void 0);
		offset += bytes.length;
		if (waits.length === 0) return;
		wait = settle(Promise.all([wait, ...waits]));
	};
	const flush = () => {
		clearTimeout(timer);
		timer = void 0;
		if (pending === void 0 || pendingBytes === 0) return;
		const bytes = pending.subarray(0, pendingBytes);
		pendingBytes = 0;
		deliver(redaction.push(bytes), false);
	};
	return {
		sink(bytes) {
			lastAt = performance.now();
			pending ??= pieces.take();
			for (let taken = 0; taken < bytes.length;) {
				const size = bytes.copy(pending, pendingBytes, taken);
				taken += size;
				pendingBytes += size;
				if (pendingBytes === pending.length) flush();
			}
			if (pendingBytes > 0) timer ??= setTimeout(flush, limits.outputFlushMs);
			return wait;
		},
		lastAt: () => lastAt,
		isBlocked: () => wait !== void 0,
		async end() {
			flush();
			if (pending !== void 0) pieces.give(pending);
			pending = void 0;
			deliver(redaction.end(), true);
			await wait;
			return {
				content: await writer.finish(),
				hits: redaction.hits()
			};
		}
	};
}

// src/execution/survivors.ts
/** The finder for a system. To be made right after the leader, before it can have ended unseen. */
function makeProcessFinder(step, platform) {
	if (platform === "linux") return makeProcFinder(step);
	if (platform !== "win32") return makeTableFinder(step);
	return {
		remember: async () => {},
		find: async () => [],
		isAlive: () => false
	};
}
/** More than this no machine starts: within a known time, ids can't have gone round. */
const STARTS_PER_MS = 500;
/** So many processes are looked at before others get their turn. */
const PROCESSES_PER_TURN = 100;
/**
* Linux. Most steps are seen to have left nothing from one small read: when the newest id of the system is the leader's,
* nobody has started anything since. Otherwise every process that is younger than the leader is looked at.
*/
function makeProcFinder({ leader, mark, openFiles }) {
	const startedAt = performance.now();
	const leaderStart = readProcess(leader)?.startTime ?? 0;
	const newestIsLive = readNewestId() >= leader;
	const known = /* @__PURE__ */ new Set();
	const readYounger = async () => {
		const idsAscend = readNewestId() >= leader && (performance.now() - startedAt) * STARTS_PER_MS < readIdLimit();
		const younger = [];
		let looked = 0;
		for (const pid of readProcessIds()) {
			if (pid === leader || pid === process.pid || idsAscend && pid < leader) continue;
			if ((looked += 1) % PROCESSES_PER_TURN === 0) await setImmediate();
			const found = readProcess(pid);
			if (found && found.startTime >= leaderStart && !found.zombie) younger.push(found);
		}
		return younger;
	};
	const isOurs = (entry) => entry.group === leader || entry.session === leader || known.has(toKey(entry)) || isMarked(entry.pid, mark, openFiles);
	return {
		async remember() {
			const processes = await readYounger();
			for (const entry of withDescendants(/* @__PURE__ */ new Set([leader]), processes)) known.add(toKey(entry));
		},
		async find() {
			if (newestIsLive && readNewestId() === leader) return [];
			const processes = await readYounger();
			const found = withDescendants(new Set(processes.filter(isOurs).map(({ pid }) => pid)), processes).map(toSurvivor);
			for (const survivor of found) known.add(toKey(survivor));
			return found;
		},
		isAlive({ pid, startTime }) {
			const found = readProcess(pid);
			return found !== void 0 && !found.zombie && String(found.startTime) === startTime;
		}
	};
}
/** macOS and the BSDs, by ps. */
function makeTableFinder({ leader, mark }) {
	const known = /* @__PURE__ */ new Set();
	const read = async () => (await readProcessTable()).filter(({ pid }) => pid !== leader && pid !== process.pid);
	return {
		async remember() {
			for (const entry of withDescendants(/* @__PURE__ */ new Set([leader]), await read())) known.add(toKey(entry));
		},
		async find() {
			const entries = await read();
			const isOurs = (entry) => entry.group === leader || known.has(toKey(entry)) || entry.text.includes(mark);
			return withDescendants(new Set(entries.filter(isOurs).map(({ pid }) => pid)), entries).map(toSurvivor);
		},
		isAlive: () => true
	};
}
/** The entries in `roots`, and all that descend from them. */
function withDescendants(roots, entries) {
	const found = new Set(roots);
	for (let size = -1; size !== found.size;) {
		size = found.size;
		for (const { pid, parent } of entries) if (found.has(parent)) found.add(pid);
	}
	return entries.filter(({ pid }) => found.has(pid));
}
function toSurvivor({ pid, startTime }) {
	return {
		pid,
		startTime: String(startTime)
	};
}
function toKey({ pid, startTime }) {
	return `${pid}@${startTime}`;
}

// src/execution/terminate.ts
/**
* Ends a running leader: TERM to its group, a grace period, KILL to its group. What is left of its tree is for the sweep,
* which knows of it because it is remembered before the first signal.
* @returns how the leader ended; null when even KILL did not end it in time (uninterruptible sleep)
*/
async function terminate(child, finder, options) {
	if (options.platform === "win32") {
		await killTreeOnWindows(child.pid);
		return waitForExit(child, limits.reapMs);
	}
	await finder.remember();
	killGroup$1(child.pid, "SIGTERM");
	const exit = await waitForExit(child, options.graceMs);
	if (exit !== null) return exit;
	await finder.remember();
	killGroup$1(child.pid, "SIGKILL");
	killProcess(child.pid);
	return waitForExit(child, limits.reapMs);
}
async function waitForExit(child, ms) {
	let timer;
	const timeout = new Promise((resolve) => {
		timer = setTimeout(() => resolve(null), ms);
	});
	try {
		return await Promise.race([child.exited, timeout]);
	} finally {
		clearTimeout(timer);
	}
}

// src/execution/watchdog.ts
const NEAR_SHARE = .8;
const NEAR_MS = 3e4;
/**
* Watches over a running step. The first reason to end it is told, once; each of the two timers warns before.
* @returns what takes the watch off again
*/
function watch(options) {
	const { timeoutMs, idleTimeoutMs, stop, warn, end } = options;
	const timers = /* @__PURE__ */ new Set();
	const after = (ms, action) => {
		const timer = setTimeout(() => {
			timers.delete(timer);
			action();
		}, ms);
		timers.add(timer);
	};
	let over = false;
	let unsubscribe = () => {};
	const dispose = () => {
		over = true;
		for (const timer of timers) clearTimeout(timer);
		unsubscribe();
	};
	const finish = (reason) => {
		if (over) return;
		dispose();
		end(reason);
	};
	const near = toNear(timeoutMs);
	after(near, () => warn("timeout_near", `it will be ended in ${formatDuration(timeoutMs - near)}: its timeout is ${formatDuration(timeoutMs)}`));
	after(timeoutMs, () => finish("timeout"));
	if (idleTimeoutMs !== null) watchIdle({
		...options,
		idleTimeoutMs,
		after,
		finish
	});
	unsubscribe = stop.subscribe(finish);
	if (over) unsubscribe();
	return { [Symbol.dispose]: dispose };
}
/** Bytes only set a time; the timer looks at it when it fires, so that a flood costs nothing here. */
function watchIdle(options) {
	const { idleTimeoutMs, activity, warn, after, finish } = options;
	const near = toNear(idleTimeoutMs);
	let warned = false;
	const check = () => {
		const quiet = activity.isBlocked() ? 0 : performance.now() - activity.lastAt();
		if (quiet >= idleTimeoutMs) return finish("idle_timeout");
		if (quiet >= near && !warned) {
			warned = true;
			const rest = formatDuration(Math.ceil(idleTimeoutMs - quiet));
			warn("idle_timeout_near", `it will be ended in ${rest} unless it prints something: its idle_timeout is ${formatDuration(idleTimeoutMs)}`);
		}
		after(Math.ceil((quiet < near && !warned ? near : idleTimeoutMs) - quiet) + 1, check);
	};
	check();
}
/** When to warn: at 80 % of the time or 30 s before its end, whichever is later. */
function toNear(ms) {
	return Math.max(Math.floor(ms * NEAR_SHARE), ms - NEAR_MS);
}

// src/execution/process.ts
/**
* Runs a program until its leader ends or must end, reads what is left in its pipes, and kills what it leaves behind.
* When this resolves nothing of it is alive, or `swept.left` counts what is.
* @throws SpawnError when it can't be started
*/
async function runProcess(options) {
	const { stdout, stderr, mark, stop, platform } = options;
	const time = makeStopwatch();
	const child = await spawnChild({
		...options,
		stdout: stdout.sink,
		stderr: stderr.sink
	});
	const finder = makeProcessFinder({
		leader: child.pid,
		mark,
		openFiles: child.openFiles
	}, platform);
	const spawnMs = time.lap();
	const activity = {
		lastAt: () => Math.max(stdout.lastAt(), stderr.lastAt()),
		isBlocked: () => stdout.isBlocked() || stderr.isBlocked()
	};
	const mustEnd = makeDeferred();
	const watchdog = watch({
		...options,
		activity,
		end: mustEnd.resolve
	});
	const first = await Promise.race([child.exited.then((exit) => ({ exit })), mustEnd.promise]);
	watchdog[Symbol.dispose]();
	const runMs = time.lap();
	const endedBy = typeof first === "string" ? first : null;
	const graceMs = endedBy === "cancelled" || endedBy === "run_timeout" || stop.reason() !== null ? limits.cancelGraceMs : limits.killGraceMs;
	const exit = typeof first === "string" ? await terminate(child, finder, {
		graceMs,
		platform
	}) : first.exit;
	let terminateMs = time.lap();
	await allEnded(child.sources, limits.drainMs);
	const endedAt = performance.now();
	const wasWriting = !child.sources.every((source) => source.isEnded()) && activity.lastAt() > endedAt - limits.drainMs / 2;
	let drainMs = time.lap();
	const swept = await sweep(finder, child.pid);
	terminateMs += time.lap();
	const patience = stop.reason() === null ? Number.POSITIVE_INFINITY : limits.reapMs / limits.drainMs;
	for (let wait = 1; !await allEnded(child.sources, limits.drainMs) && activity.isBlocked() && wait < patience;) wait += 1;
	const outputComplete = !(wasWriting && swept.killed > 0) && child.sources.every((source) => source.isEnded());
	for (const source of child.sources) source.close();
	drainMs += time.lap();
	return {
		exit,
		endedBy,
		swept,
		outputComplete,
		spawnMs,
		runMs,
		terminateMs,
		drainMs
	};
}
/** Waits until all sources have ended, or `ms` have gone by. @returns whether they have ended */
async function allEnded(sources, ms) {
	let timer;
	const timeout = new Promise((resolve) => {
		timer = setTimeout(() => resolve(false), ms);
	});
	try {
		return await Promise.race([Promise.all(sources.map(({ ended }) => ended)).then(() => true), timeout]);
	} finally {
		clearTimeout(timer);
	}
}
/** lap(): the ms since the last one. */
function makeStopwatch() {
	let last = performance.now();
	return { lap() {
		const now = performance.now();
		const ms = now - last;
		last = now;
		return ms;
	} };
}

// src/execution/program.ts
/**
* The program and arguments of a command. `argv` is taken as it is: no shell sees it. A `run` script goes to its shell as
* a file that only this user can read, never as an argument: arguments are visible to everyone on the machine
* (/proc/pid/cmdline), and one is limited to 128 KiB on Linux.
* @throws SpawnError when the script can't be written
*/
function toProgram(command, scratch) {
	if ("argv" in command) {
		const [file = "", ...args] = command.argv;
		return {
			file,
			args,
			verbatim: false,
			release: () => {}
		};
	}
	const { extension, toText, toCommand } = shellForms[command.shell];
	const script = scratch.writeScript(extension, toText(command.run));
	return {
		...toCommand(script.path),
		verbatim: command.shell === "cmd",
		release: script.remove
	};
}
const shellForms = {
	bash: {
		extension: ".sh",
		toText: withNewline,
		toCommand: (path) => ({
			file: "bash",
			args: [
				"--noprofile",
				"--norc",
				"-euo",
				"pipefail",
				path
			]
		})
	},
	sh: {
		extension: ".sh",
		toText: withNewline,
		toCommand: (path) => ({
			file: "sh",
			args: ["-eu", path]
		})
	},
	pwsh: {
		extension: ".ps1",
		toText: (script) => `$ErrorActionPreference = 'Stop'\n${withNewline(script)}if (Test-Path -LiteralPath variable:LASTEXITCODE) { exit $LASTEXITCODE }\n`,
		toCommand: (path) => ({
			file: "pwsh",
			args: [
				"-NoLogo",
				"-NoProfile",
				"-NonInteractive",
				"-ExecutionPolicy",
				"Bypass",
				"-File",
				path
			]
		})
	},
	cmd: {
		extension: ".cmd",
		toText: (script) => `@echo off\r\n${withNewline(script).replaceAll(/\r?\n/g, "\r\n")}`,
		toCommand: (path) => ({
			file: "cmd.exe",
			args: [
				"/D",
				"/E:ON",
				"/V:OFF",
				"/S",
				"/C",
				`"call "${path}""`
			]
		})
	}
};
function withNewline(script) {
	return script.endsWith("\n") ? script : `${script}\n`;
}

// node_modules/fdir/dist/index.mjs
var __require = /* @__PURE__ */ createRequire(import.meta.url);
function cleanPath(path) {
	let normalized = normalize(path);
	if (normalized.length > 1 && normalized[normalized.length - 1] === sep) normalized = normalized.substring(0, normalized.length - 1);
	return normalized;
}
const SLASHES_REGEX = /[\\/]/g;
function convertSlashes(path, separator) {
	return path.replace(SLASHES_REGEX, separator);
}
const WINDOWS_ROOT_DIR_REGEX = /^[a-z]:[\\/]$/i;
function isRootDirectory(path) {
	return path === "/" || WINDOWS_ROOT_DIR_REGEX.test(path);
}
function normalizePath(path, options) {
	const { resolvePaths, normalizePath: normalizePath$1, pathSeparator } = options;
	const pathNeedsCleaning = process.platform === "win32" && path.includes("/") || path.startsWith(".");
	if (resolvePaths) path = resolve(path);
	if (normalizePath$1 || pathNeedsCleaning) path = cleanPath(path);
	if (path === ".") return "";
	return convertSlashes(path[path.length - 1] !== pathSeparator ? path + pathSeparator : path, pathSeparator);
}
function joinPathWithBasePath(filename, directoryPath) {
	return directoryPath + filename;
}
function joinPathWithRelativePath(root, options) {
	return function(filename, directoryPath) {
		if (directoryPath.startsWith(root)) return directoryPath.slice(root.length) + filename;
		else return convertSlashes(relative(root, directoryPath), options.pathSeparator) + options.pathSeparator + filename;
	};
}
function joinPath(filename) {
	return filename;
}
function joinDirectoryPath(filename, directoryPath, separator) {
	return directoryPath + filename + separator;
}
function build$7(root, options) {
	const { relativePaths, includeBasePath } = options;
	return relativePaths && root ? joinPathWithRelativePath(root, options) : includeBasePath ? joinPathWithBasePath : joinPath;
}
function pushDirectoryWithRelativePath(root) {
	return function(directoryPath, paths) {
		paths.push(directoryPath.substring(root.length) || ".");
	};
}
function pushDirectoryFilterWithRelativePath(root) {
	return function(directoryPath, paths, filters) {
		const relativePath = directoryPath.substring(root.length) || ".";
		if (filters.every((filter) => filter(relativePath, true))) paths.push(relativePath);
	};
}
const pushDirectory = (directoryPath, paths) => {
	paths.push(directoryPath || ".");
};
const pushDirectoryFilter = (directoryPath, paths, filters) => {
	const path = directoryPath || ".";
	if (filters.every((filter) => filter(path, true))) paths.push(path);
};
const empty$2 = () => {};
function build$6(root, options) {
	const { includeDirs, filters, relativePaths } = options;
	if (!includeDirs) return empty$2;
	if (relativePaths) return filters && filters.length ? pushDirectoryFilterWithRelativePath(root) : pushDirectoryWithRelativePath(root);
	return filters && filters.length ? pushDirectoryFilter : pushDirectory;
}
const pushFileFilterAndCount = (filename, _paths, counts, filters) => {
	if (filters.every((filter) => filter(filename, false))) counts.files++;
};
const pushFileFilter = (filename, paths, _counts, filters) => {
	if (filters.every((filter) => filter(filename, false))) paths.push(filename);
};
const pushFileCount = (_filename, _paths, counts, _filters) => {
	counts.files++;
};
const pushFile = (filename, paths) => {
	paths.push(filename);
};
const empty$1 = () => {};
function build$5(options) {
	const { excludeFiles, filters, onlyCounts } = options;
	if (excludeFiles) return empty$1;
	if (filters && filters.length) return onlyCounts ? pushFileFilterAndCount : pushFileFilter;
	else if (onlyCounts) return pushFileCount;
	else return pushFile;
}
const getArray = (paths) => {
	return paths;
};
const getArrayGroup = () => {
	return [""].slice(0, 0);
};
function build$4(options) {
	return options.group ? getArrayGroup : getArray;
}
const groupFiles = (groups, directory, files) => {
	groups.push({
		directory,
		files,
		dir: directory
	});
};
const empty = () => {};
function build$3(options) {
	return options.group ? groupFiles : empty;
}
const resolveSymlinksAsync = function(path, state, callback$1) {
	const { queue, fs, options: { suppressErrors } } = state;
	queue.enqueue();
	fs.realpath(path, (error, resolvedPath) => {
		if (error) return queue.dequeue(suppressErrors ? null : error, state);
		fs.stat(resolvedPath, (error$1, stat) => {
			if (error$1) return queue.dequeue(suppressErrors ? null : error$1, state);
			if (stat.isDirectory() && isRecursive(path, resolvedPath, state)) return queue.dequeue(null, state);
			callback$1(stat, resolvedPath);
			queue.dequeue(null, state);
		});
	});
};
const resolveSymlinks = function(path, state, callback$1) {
	const { queue, fs, options: { suppressErrors } } = state;
	queue.enqueue();
	try {
		const resolvedPath = fs.realpathSync(path);
		const stat = fs.statSync(resolvedPath);
		if (stat.isDirectory() && isRecursive(path, resolvedPath, state)) return;
		callback$1(stat, resolvedPath);
	} catch (e) {
		if (!suppressErrors) throw e;
	}
};
function build$2(options, isSynchronous) {
	if (!options.resolveSymlinks || options.excludeSymlinks) return null;
	return isSynchronous ? resolveSymlinks : resolveSymlinksAsync;
}
function isRecursive(path, resolved, state) {
	if (state.options.useRealPaths) return isRecursiveUsingRealPaths(resolved, state);
	let parent = dirname(path);
	let depth = 1;
	while (parent !== state.root && depth < 2) {
		const resolvedPath = state.symlinks.get(parent);
		if (!!resolvedPath && (resolvedPath === resolved || resolvedPath.startsWith(resolved) || resolved.startsWith(resolvedPath))) depth++;
		else parent = dirname(parent);
	}
	state.symlinks.set(path, resolved);
	return depth > 1;
}
function isRecursiveUsingRealPaths(resolved, state) {
	return state.visited.includes(resolved + state.options.pathSeparator);
}
const onlyCountsSync = (state) => {
	return state.counts;
};
const groupsSync = (state) => {
	return state.groups;
};
const defaultSync = (state) => {
	return state.paths;
};
const limitFilesSync = (state) => {
	return state.paths.slice(0, state.options.maxFiles);
};
const onlyCountsAsync = (state, error, callback$1) => {
	report(error, callback$1, state.counts, state.options.suppressErrors);
	return null;
};
const defaultAsync = (state, error, callback$1) => {
	report(error, callback$1, state.paths, state.options.suppressErrors);
	return null;
};
const limitFilesAsync = (state, error, callback$1) => {
	report(error, callback$1, state.paths.slice(0, state.options.maxFiles), state.options.suppressErrors);
	return null;
};
const groupsAsync = (state, error, callback$1) => {
	report(error, callback$1, state.groups, state.options.suppressErrors);
	return null;
};
function report(error, callback$1, output, suppressErrors) {
	if (error && !suppressErrors) callback$1(error, output);
	else callback$1(null, output);
}
function build$1(options, isSynchronous) {
	const { onlyCounts, group, maxFiles } = options;
	if (onlyCounts) return isSynchronous ? onlyCountsSync : onlyCountsAsync;
	else if (group) return isSynchronous ? groupsSync : groupsAsync;
	else if (maxFiles) return isSynchronous ? limitFilesSync : limitFilesAsync;
	else return isSynchronous ? defaultSync : defaultAsync;
}
const readdirOpts = { withFileTypes: true };
const walkAsync = (state, crawlPath, directoryPath, currentDepth, callback$1) => {
	state.queue.enqueue();
	if (currentDepth < 0) return state.queue.dequeue(null, state);
	const { fs } = state;
	state.visited.push(crawlPath);
	state.counts.directories++;
	fs.readdir(crawlPath || ".", readdirOpts, (error, entries = []) => {
		callback$1(entries, directoryPath, currentDepth);
		state.queue.dequeue(state.options.suppressErrors ? null : error, state);
	});
};
const walkSync = (state, crawlPath, directoryPath, currentDepth, callback$1) => {
	const { fs } = state;
	if (currentDepth < 0) return;
	state.visited.push(crawlPath);
	state.counts.directories++;
	let entries = [];
	try {
		entries = fs.readdirSync(crawlPath || ".", readdirOpts);
	} catch (e) {
		if (!state.options.suppressErrors) throw e;
	}
	callback$1(entries, directoryPath, currentDepth);
};
function build$8(isSynchronous) {
	return isSynchronous ? walkSync : walkAsync;
}
/**
* This is a custom stateless queue to track concurrent async fs calls.
* It increments a counter whenever a call is queued and decrements it
* as soon as it completes. When the counter hits 0, it calls onQueueEmpty.
*/
var Queue = class {
	count = 0;
	constructor(onQueueEmpty) {
		this.onQueueEmpty = onQueueEmpty;
	}
	enqueue() {
		this.count++;
		return this.count;
	}
	dequeue(error, output) {
		if (this.onQueueEmpty && (--this.count <= 0 || error)) {
			this.onQueueEmpty(error, output);
			if (error) {
				output.controller.abort();
				this.onQueueEmpty = void 0;
			}
		}
	}
};
var Counter = class {
	_files = 0;
	_directories = 0;
	set files(num) {
		this._files = num;
	}
	get files() {
		return this._files;
	}
	set directories(num) {
		this._directories = num;
	}
	get directories() {
		return this._directories;
	}
	/**
	* @deprecated use `directories` instead
	*/
	/* c8 ignore next 3 */
	get dirs() {
		return this._directories;
	}
};
/**
* AbortController is not supported on Node 14 so we use this until we can drop
* support for Node 14.
*/
var Aborter = class {
	aborted = false;
	abort() {
		this.aborted = true;
	}
};
var Walker = class {
	root;
	isSynchronous;
	state;
	joinPath;
	pushDirectory;
	pushFile;
	getArray;
	groupFiles;
	resolveSymlink;
	walkDirectory;
	callbackInvoker;
	constructor(root, options, callback$1) {
		this.isSynchronous = !callback$1;
		this.callbackInvoker = build$1(options, this.isSynchronous);
		this.root = normalizePath(root, options);
		this.state = {
			root: isRootDirectory(this.root) ? this.root : this.root.slice(0, -1),
			paths: [""].slice(0, 0),
			groups: [],
			counts: new Counter(),
			options,
			queue: new Queue((error, state) => this.callbackInvoker(state, error, callback$1)),
			symlinks: /* @__PURE__ */ new Map(),
			visited: [""].slice(0, 0),
			controller: new Aborter(),
			fs: options.fs || nativeFs
		};
		this.joinPath = build$7(this.root, options);
		this.pushDirectory = build$6(this.root, options);
		this.pushFile = build$5(options);
		this.getArray = build$4(options);
		this.groupFiles = build$3(options);
		this.resolveSymlink = build$2(options, this.isSynchronous);
		this.walkDirectory = build$8(this.isSynchronous);
	}
	start() {
		this.pushDirectory(this.root, this.state.paths, this.state.options.filters);
		this.walkDirectory(this.state, this.root, this.root, this.state.options.maxDepth, this.walk);
		return this.isSynchronous ? this.callbackInvoker(this.state, null) : null;
	}
	walk = (entries, directoryPath, depth) => {
		const { paths, options: { filters, resolveSymlinks: resolveSymlinks$1, excludeSymlinks, exclude, maxFiles, signal, useRealPaths, pathSeparator }, controller } = this.state;
		if (controller.aborted || signal && signal.aborted || maxFiles && paths.length > maxFiles) return;
		const files = this.getArray(this.state.paths);
		for (let i = 0; i < entries.length; ++i) {
			const entry = entries[i];
			if (entry.isFile() || entry.isSymbolicLink() && !resolveSymlinks$1 && !excludeSymlinks) {
				const filename = this.joinPath(entry.name, directoryPath);
				this.pushFile(filename, files, this.state.counts, filters);
			} else if (entry.isDirectory()) {
				let path = joinDirectoryPath(entry.name, directoryPath, this.state.options.pathSeparator);
				if (exclude && exclude(entry.name, path)) continue;
				this.pushDirectory(path, paths, filters);
				this.walkDirectory(this.state, path, path, depth - 1, this.walk);
			} else if (this.resolveSymlink && entry.isSymbolicLink()) {
				let path = joinPathWithBasePath(entry.name, directoryPath);
				this.resolveSymlink(path, this.state, (stat, resolvedPath) => {
					if (stat.isDirectory()) {
						resolvedPath = normalizePath(resolvedPath, this.state.options);
						if (exclude && exclude(entry.name, useRealPaths ? resolvedPath : path + pathSeparator)) return;
						this.walkDirectory(this.state, resolvedPath, useRealPaths ? resolvedPath : path + pathSeparator, depth - 1, this.walk);
					} else {
						resolvedPath = useRealPaths ? resolvedPath : path;
						const filename = basename(resolvedPath);
						const directoryPath$1 = normalizePath(dirname(resolvedPath), this.state.options);
						resolvedPath = this.joinPath(filename, directoryPath$1);
						this.pushFile(resolvedPath, files, this.state.counts, filters);
					}
				});
			}
		}
		this.groupFiles(this.state.groups, directoryPath, files);
	};
};
function promise(root, options) {
	return new Promise((resolve$1, reject) => {
		callback(root, options, (err, output) => {
			if (err) return reject(err);
			resolve$1(output);
		});
	});
}
function callback(root, options, callback$1) {
	new Walker(root, options, callback$1).start();
}
function sync(root, options) {
	return new Walker(root, options).start();
}
var APIBuilder = class {
	constructor(root, options) {
		this.root = root;
		this.options = options;
	}
	withPromise() {
		return promise(this.root, this.options);
	}
	withCallback(cb) {
		callback(this.root, this.options, cb);
	}
	sync() {
		return sync(this.root, this.options);
	}
};
let pm = null;
/* c8 ignore next 6 */
try {
	__require.resolve("picomatch");
	pm = __require("picomatch");
} catch {}
var Builder = class {
	globCache = {};
	options = {
		maxDepth: 1e400,
		suppressErrors: true,
		pathSeparator: sep,
		filters: []
	};
	globFunction;
	constructor(options) {
		this.options = {
			...this.options,
			...options
		};
		this.globFunction = this.options.globFunction;
	}
	group() {
		this.options.group = true;
		return this;
	}
	withPathSeparator(separator) {
		this.options.pathSeparator = separator;
		return this;
	}
	withBasePath() {
		this.options.includeBasePath = true;
		return this;
	}
	withRelativePaths() {
		this.options.relativePaths = true;
		return this;
	}
	withDirs() {
		this.options.includeDirs = true;
		return this;
	}
	withMaxDepth(depth) {
		this.options.maxDepth = depth;
		return this;
	}
	withMaxFiles(limit) {
		this.options.maxFiles = limit;
		return this;
	}
	withFullPaths() {
		this.options.resolvePaths = true;
		this.options.includeBasePath = true;
		return this;
	}
	withErrors() {
		this.options.suppressErrors = false;
		return this;
	}
	withSymlinks({ resolvePaths = true } = {}) {
		this.options.resolveSymlinks = true;
		this.options.useRealPaths = resolvePaths;
		return this.withFullPaths();
	}
	withAbortSignal(signal) {
		this.options.signal = signal;
		return this;
	}
	normalize() {
		this.options.normalizePath = true;
		return this;
	}
	filter(predicate) {
		this.options.filters.push(predicate);
		return this;
	}
	onlyDirs() {
		this.options.excludeFiles = true;
		this.options.includeDirs = true;
		return this;
	}
	exclude(predicate) {
		this.options.exclude = predicate;
		return this;
	}
	onlyCounts() {
		this.options.onlyCounts = true;
		return this;
	}
	crawl(root) {
		return new APIBuilder(root || ".", this.options);
	}
	withGlobFunction(fn) {
		this.globFunction = fn;
		return this;
	}
	/**
	* @deprecated Pass options using the constructor instead:
	* ```ts
	* new fdir(options).crawl("/path/to/root");
	* ```
	* This method will be removed in v7.0
	*/
	/* c8 ignore next 4 */
	crawlWithOptions(root, options) {
		this.options = {
			...this.options,
			...options
		};
		return new APIBuilder(root || ".", this.options);
	}
	glob(...patterns) {
		if (this.globFunction) return this.globWithOptions(patterns);
		return this.globWithOptions(patterns, ...[{ dot: true }]);
	}
	globWithOptions(patterns, ...options) {
		const globFn = this.globFunction || pm;
		/* c8 ignore next 5 */
		if (!globFn) throw new Error("Please specify a glob function to use glob matching.");
		var isMatch = this.globCache[patterns.join("\0")];
		if (!isMatch) {
			isMatch = globFn(patterns, ...options);
			this.globCache[patterns.join("\0")] = isMatch;
		}
		this.options.filters.push((path) => isMatch(path));
		return this;
	}
};

// node_modules/picomatch/lib/constants.js
var require_constants = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const WIN_SLASH = "\\\\/";
	const WIN_NO_SLASH = `[^${WIN_SLASH}]`;
	const DEFAULT_MAX_EXTGLOB_RECURSION = 0;
	/**
	* Posix glob regex
	*/
	const DOT_LITERAL = "\\.";
	const PLUS_LITERAL = "\\+";
	const QMARK_LITERAL = "\\?";
	const SLASH_LITERAL = "\\/";
	const ONE_CHAR = "(?=.)";
	const QMARK = "[^/]";
	const END_ANCHOR = `(?:${SLASH_LITERAL}|$)`;
	const START_ANCHOR = `(?:^|${SLASH_LITERAL})`;
	const DOTS_SLASH = `${DOT_LITERAL}{1,2}${END_ANCHOR}`;
	const POSIX_CHARS = {
		DOT_LITERAL,
		PLUS_LITERAL,
		QMARK_LITERAL,
		SLASH_LITERAL,
		ONE_CHAR,
		QMARK,
		END_ANCHOR,
		DOTS_SLASH,
		NO_DOT: `(?!${DOT_LITERAL})`,
		NO_DOTS: `(?!${START_ANCHOR}${DOTS_SLASH})`,
		NO_DOT_SLASH: `(?!${DOT_LITERAL}{0,1}${END_ANCHOR})`,
		NO_DOTS_SLASH: `(?!${DOTS_SLASH})`,
		QMARK_NO_DOT: `[^.${SLASH_LITERAL}]`,
		STAR: `${QMARK}*?`,
		START_ANCHOR,
		SEP: "/"
	};
	/**
	* Windows glob regex
	*/
	const WINDOWS_CHARS = {
		...POSIX_CHARS,
		SLASH_LITERAL: `[${WIN_SLASH}]`,
		QMARK: WIN_NO_SLASH,
		STAR: `${WIN_NO_SLASH}*?`,
		DOTS_SLASH: `${DOT_LITERAL}{1,2}(?:[${WIN_SLASH}]|$)`,
		NO_DOT: `(?!${DOT_LITERAL})`,
		NO_DOTS: `(?!(?:^|[${WIN_SLASH}])${DOT_LITERAL}{1,2}(?:[${WIN_SLASH}]|$))`,
		NO_DOT_SLASH: `(?!${DOT_LITERAL}{0,1}(?:[${WIN_SLASH}]|$))`,
		NO_DOTS_SLASH: `(?!${DOT_LITERAL}{1,2}(?:[${WIN_SLASH}]|$))`,
		QMARK_NO_DOT: `[^.${WIN_SLASH}]`,
		START_ANCHOR: `(?:^|[${WIN_SLASH}])`,
		END_ANCHOR: `(?:[${WIN_SLASH}]|$)`,
		SEP: "\\"
	};
	/**
	* POSIX Bracket Regex
	*/
	const POSIX_REGEX_SOURCE = {
		__proto__: null,
		alnum: "a-zA-Z0-9",
		alpha: "a-zA-Z",
		ascii: "\\x00-\\x7F",
		blank: " \\t",
		cntrl: "\\x00-\\x1F\\x7F",
		digit: "0-9",
		graph: "\\x21-\\x7E",
		lower: "a-z",
		print: "\\x20-\\x7E ",
		punct: "\\-!\"#$%&'()\\*+,./:;<=>?@[\\]^_`{|}~",
		space: " \\t\\r\\n\\v\\f",
		upper: "A-Z",
		word: "A-Za-z0-9_",
		xdigit: "A-Fa-f0-9"
	};
	module.exports = {
		DEFAULT_MAX_EXTGLOB_RECURSION,
		MAX_LENGTH: 65536,
		POSIX_REGEX_SOURCE,
		REGEX_BACKSLASH: /\\(?![*+?^${}(|)[\]])/g,
		REGEX_NON_SPECIAL_CHARS: /^[^@![\].,$*+?^{}()|\\/]+/,
		REGEX_SPECIAL_CHARS: /[-*+?.^${}(|)[\]]/,
		REGEX_SPECIAL_CHARS_BACKREF: /(\\?)((\W)(\3*))/g,
		REGEX_SPECIAL_CHARS_GLOBAL: /([-*+?.^${}(|)[\]])/g,
		REGEX_REMOVE_BACKSLASH: /(?:\[.*?[^\\]\]|\\(?=.))/g,
		REPLACEMENTS: {
			__proto__: null,
			"***": "*",
			"**/**": "**",
			"**/**/**": "**"
		},
		CHAR_0: 48,
		CHAR_9: 57,
		CHAR_UPPERCASE_A: 65,
		CHAR_LOWERCASE_A: 97,
		CHAR_UPPERCASE_Z: 90,
		CHAR_LOWERCASE_Z: 122,
		CHAR_LEFT_PARENTHESES: 40,
		CHAR_RIGHT_PARENTHESES: 41,
		CHAR_ASTERISK: 42,
		CHAR_AMPERSAND: 38,
		CHAR_AT: 64,
		CHAR_BACKWARD_SLASH: 92,
		CHAR_CARRIAGE_RETURN: 13,
		CHAR_CIRCUMFLEX_ACCENT: 94,
		CHAR_COLON: 58,
		CHAR_COMMA: 44,
		CHAR_DOT: 46,
		CHAR_DOUBLE_QUOTE: 34,
		CHAR_EQUAL: 61,
		CHAR_EXCLAMATION_MARK: 33,
		CHAR_FORM_FEED: 12,
		CHAR_FORWARD_SLASH: 47,
		CHAR_GRAVE_ACCENT: 96,
		CHAR_HASH: 35,
		CHAR_HYPHEN_MINUS: 45,
		CHAR_LEFT_ANGLE_BRACKET: 60,
		CHAR_LEFT_CURLY_BRACE: 123,
		CHAR_LEFT_SQUARE_BRACKET: 91,
		CHAR_LINE_FEED: 10,
		CHAR_NO_BREAK_SPACE: 160,
		CHAR_PERCENT: 37,
		CHAR_PLUS: 43,
		CHAR_QUESTION_MARK: 63,
		CHAR_RIGHT_ANGLE_BRACKET: 62,
		CHAR_RIGHT_CURLY_BRACE: 125,
		CHAR_RIGHT_SQUARE_BRACKET: 93,
		CHAR_SEMICOLON: 59,
		CHAR_SINGLE_QUOTE: 39,
		CHAR_SPACE: 32,
		CHAR_TAB: 9,
		CHAR_UNDERSCORE: 95,
		CHAR_VERTICAL_LINE: 124,
		CHAR_ZERO_WIDTH_NOBREAK_SPACE: 65279,
		/**
		* Create EXTGLOB_CHARS
		*/
		extglobChars(chars) {
			return {
				"!": {
					type: "negate",
					open: "(?:(?!(?:",
					close: `))${chars.STAR})`
				},
				"?": {
					type: "qmark",
					open: "(?:",
					close: ")?"
				},
				"+": {
					type: "plus",
					open: "(?:",
					close: ")+"
				},
				"*": {
					type: "star",
					open: "(?:",
					close: ")*"
				},
				"@": {
					type: "at",
					open: "(?:",
					close: ")"
				}
			};
		},
		/**
		* Create GLOB_CHARS
		*/
		globChars(win32) {
			return win32 === true ? WINDOWS_CHARS : POSIX_CHARS;
		}
	};
}));

// node_modules/picomatch/lib/utils.js
var require_utils = /* @__PURE__ */ __commonJSMin(((exports) => {
	const { REGEX_BACKSLASH, REGEX_REMOVE_BACKSLASH, REGEX_SPECIAL_CHARS, REGEX_SPECIAL_CHARS_GLOBAL } = require_constants();
	exports.isObject = (val) => val !== null && typeof val === "object" && !Array.isArray(val);
	exports.hasRegexChars = (str) => REGEX_SPECIAL_CHARS.test(str);
	exports.isRegexChar = (str) => str.length === 1 && exports.hasRegexChars(str);
	exports.escapeRegex = (str) => str.replace(REGEX_SPECIAL_CHARS_GLOBAL, "\\$1");
	exports.toPosixSlashes = (str) => str.replace(REGEX_BACKSLASH, "/");
	exports.isWindows = () => {
		if (typeof navigator !== "undefined" && navigator.platform) {
			const platform = navigator.platform.toLowerCase();
			return platform === "win32" || platform === "windows";
		}
		if (typeof process !== "undefined" && process.platform) return process.platform === "win32";
		return false;
	};
	exports.removeBackslashes = (str) => {
		return str.replace(REGEX_REMOVE_BACKSLASH, (match) => {
			return match === "\\" ? "" : match;
		});
	};
	exports.escapeLast = (input, char, lastIdx) => {
		const idx = input.lastIndexOf(char, lastIdx);
		if (idx === -1) return input;
		if (input[idx - 1] === "\\") return exports.escapeLast(input, char, idx - 1);
		return `${input.slice(0, idx)}\\${input.slice(idx)}`;
	};
	exports.removePrefix = (input, state = {}) => {
		let output = input;
		if (output.startsWith("./")) {
			output = output.slice(2);
			state.prefix = "./";
		}
		return output;
	};
	exports.wrapOutput = (input, state = {}, options = {}) => {
		let output = `${options.contains ? "" : "^"}(?:${input})${options.contains ? "" : "$"}`;
		if (state.negated === true) output = `(?:^(?!${output}).*$)`;
		return output;
	};
	exports.basename = (path, { windows } = {}) => {
		const segs = path.split(windows ? /[\\/]/ : "/");
		const last = segs[segs.length - 1];
		if (last === "") return segs[segs.length - 2];
		return last;
	};
}));

// node_modules/picomatch/lib/scan.js
var require_scan = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const utils = require_utils();
	const { CHAR_ASTERISK, CHAR_AT, CHAR_BACKWARD_SLASH, CHAR_COMMA, CHAR_DOT, CHAR_EXCLAMATION_MARK, CHAR_FORWARD_SLASH, CHAR_LEFT_CURLY_BRACE, CHAR_LEFT_PARENTHESES, CHAR_LEFT_SQUARE_BRACKET, CHAR_PLUS, CHAR_QUESTION_MARK, CHAR_RIGHT_CURLY_BRACE, CHAR_RIGHT_PARENTHESES, CHAR_RIGHT_SQUARE_BRACKET } = require_constants();
	const isPathSeparator = (code) => {
		return code === CHAR_FORWARD_SLASH || code === CHAR_BACKWARD_SLASH;
	};
	const depth = (token) => {
		if (token.isPrefix !== true) token.depth = token.isGlobstar ? 1e400 : 1;
	};
	/**
	* Quickly scans a glob pattern and returns an object with a handful of
	* useful properties, like `isGlob`, `path` (the leading non-glob, if it exists),
	* `glob` (the actual pattern), `negated` (true if the path starts with `!` but not
	* with `!(`) and `negatedExtglob` (true if the path starts with `!(`).
	*
	* ```js
	* const pm = require('picomatch');
	* console.log(pm.scan('foo/bar/*.js'));
	* { isGlob: true, input: 'foo/bar/*.js', base: 'foo/bar', glob: '*.js' }
	* ```
	* @param {String} `str`
	* @param {Object} `options`
	* @return {Object} Returns an object with tokens and regex source string.
	* @api public
	*/
	const scan = (input, options) => {
		const opts = options || {};
		const length = input.length - 1;
		const scanToEnd = opts.parts === true || opts.tokens === true || opts.scanToEnd === true;
		const slashes = [];
		const tokens = [];
		const parts = [];
		let str = input;
		let index = -1;
		let start = 0;
		let lastIndex = 0;
		let isBrace = false;
		let isBracket = false;
		let isGlob = false;
		let isExtglob = false;
		let isGlobstar = false;
		let braceEscaped = false;
		let backslashes = false;
		let negated = false;
		let negatedExtglob = false;
		let finished = false;
		let braces = 0;
		let prev;
		let code;
		let token = {
			value: "",
			depth: 0,
			isGlob: false
		};
		const eos = () => index >= length;
		const peek = () => str.charCodeAt(index + 1);
		const advance = () => {
			prev = code;
			return str.charCodeAt(++index);
		};
		while (index < length) {
			code = advance();
			let next;
			if (code === CHAR_BACKWARD_SLASH) {
				backslashes = token.backslashes = true;
				code = advance();
				if (code === CHAR_LEFT_CURLY_BRACE) braceEscaped = true;
				continue;
			}
			if (braceEscaped === true || code === CHAR_LEFT_CURLY_BRACE) {
				braces++;
				while (eos() !== true && (code = advance())) {
					if (code === CHAR_BACKWARD_SLASH) {
						backslashes = token.backslashes = true;
						advance();
						continue;
					}
					if (code === CHAR_LEFT_CURLY_BRACE) {
						braces++;
						continue;
					}
					if (braceEscaped !== true && code === CHAR_DOT && (code = advance()) === CHAR_DOT) {
						isBrace = token.isBrace = true;
						isGlob = token.isGlob = true;
						finished = true;
						if (scanToEnd === true) continue;
						break;
					}
					if (braceEscaped !== true && code === CHAR_COMMA) {
						isBrace = token.isBrace = true;
						isGlob = token.isGlob = true;
						finished = true;
						if (scanToEnd === true) continue;
						break;
					}
					if (code === CHAR_RIGHT_CURLY_BRACE) {
						braces--;
						if (braces === 0) {
							braceEscaped = false;
							isBrace = token.isBrace = true;
							finished = true;
							break;
						}
					}
				}
				if (scanToEnd === true) continue;
				break;
			}
			if (code === CHAR_FORWARD_SLASH) {
				slashes.push(index);
				tokens.push(token);
				token = {
					value: "",
					depth: 0,
					isGlob: false
				};
				if (finished === true) continue;
				if (prev === CHAR_DOT && index === start + 1) {
					start += 2;
					continue;
				}
				lastIndex = index + 1;
				continue;
			}
			if (opts.noext !== true) {
				if ((code === CHAR_PLUS || code === CHAR_AT || code === CHAR_ASTERISK || code === CHAR_QUESTION_MARK || code === CHAR_EXCLAMATION_MARK) === true && peek() === CHAR_LEFT_PARENTHESES) {
					isGlob = token.isGlob = true;
					isExtglob = token.isExtglob = true;
					finished = true;
					if (code === CHAR_EXCLAMATION_MARK && index === start) negatedExtglob = true;
					if (scanToEnd === true) {
						let parens = 0;
						while (eos() !== true && (code = advance())) {
							if (code === CHAR_BACKWARD_SLASH) {
								backslashes = token.backslashes = true;
								advance();
								continue;
							}
							if (code === CHAR_LEFT_PARENTHESES) {
								parens++;
								continue;
							}
							if (code === CHAR_RIGHT_PARENTHESES && --parens === 0) {
								finished = true;
								break;
							}
						}
						continue;
					}
					break;
				}
			}
			if (code === CHAR_ASTERISK) {
				if (prev === CHAR_ASTERISK) isGlobstar = token.isGlobstar = true;
				isGlob = token.isGlob = true;
				finished = true;
				if (scanToEnd === true) continue;
				break;
			}
			if (code === CHAR_QUESTION_MARK) {
				isGlob = token.isGlob = true;
				finished = true;
				if (scanToEnd === true) continue;
				break;
			}
			if (code === CHAR_LEFT_SQUARE_BRACKET) {
				while (eos() !== true && (next = advance())) {
					if (next === CHAR_BACKWARD_SLASH) {
						backslashes = token.backslashes = true;
						advance();
						continue;
					}
					if (next === CHAR_RIGHT_SQUARE_BRACKET) {
						isBracket = token.isBracket = true;
						isGlob = token.isGlob = true;
						finished = true;
						break;
					}
				}
				if (scanToEnd === true) continue;
				break;
			}
			if (opts.nonegate !== true && code === CHAR_EXCLAMATION_MARK && index === start) {
				negated = token.negated = true;
				start++;
				continue;
			}
			if (opts.noparen !== true && code === CHAR_LEFT_PARENTHESES) {
				isGlob = token.isGlob = true;
				if (scanToEnd === true) {
					let parens = 1;
					while (eos() !== true && (code = advance())) {
						if (code === CHAR_BACKWARD_SLASH) {
							backslashes = token.backslashes = true;
							advance();
							continue;
						}
						if (code === CHAR_LEFT_PARENTHESES) {
							parens++;
							continue;
						}
						if (code === CHAR_RIGHT_PARENTHESES && --parens === 0) {
							finished = true;
							break;
						}
					}
					continue;
				}
				break;
			}
			if (isGlob === true) {
				finished = true;
				if (scanToEnd === true) continue;
				break;
			}
		}
		if (opts.noext === true) {
			isExtglob = false;
			isGlob = false;
		}
		let base = str;
		let prefix = "";
		let glob = "";
		if (start > 0) {
			prefix = str.slice(0, start);
			str = str.slice(start);
			lastIndex -= start;
		}
		if (base && isGlob === true && lastIndex > 0) {
			base = str.slice(0, lastIndex);
			glob = str.slice(lastIndex);
		} else if (isGlob === true) {
			base = "";
			glob = str;
		} else base = str;
		if (base && base !== "" && base !== "/" && base !== str) {
			if (isPathSeparator(base.charCodeAt(base.length - 1))) base = base.slice(0, -1);
		}
		if (opts.unescape === true) {
			if (glob) glob = utils.removeBackslashes(glob);
			if (base && backslashes === true) base = utils.removeBackslashes(base);
		}
		const state = {
			prefix,
			input,
			start,
			base,
			glob,
			isBrace,
			isBracket,
			isGlob,
			isExtglob,
			isGlobstar,
			negated,
			negatedExtglob
		};
		if (opts.tokens === true) {
			state.maxDepth = 0;
			if (!isPathSeparator(code)) tokens.push(token);
			state.tokens = tokens;
		}
		if (opts.parts === true || opts.tokens === true) {
			let prevIndex;
			for (let idx = 0; idx < slashes.length; idx++) {
				const n = prevIndex !== void 0 ? prevIndex + 1 : start;
				const i = slashes[idx];
				const value = input.slice(n, i);
				if (opts.tokens) {
					if (idx === 0 && start !== 0) {
						tokens[idx].isPrefix = true;
						tokens[idx].value = prefix;
					} else tokens[idx].value = value;
					depth(tokens[idx]);
					state.maxDepth += tokens[idx].depth;
				}
				if (i >= start) {
					parts.push(value);
					prevIndex = i;
				}
			}
			const n = prevIndex !== void 0 ? prevIndex + 1 : start;
			const value = input.slice(n);
			parts.push(value);
			if (opts.tokens && prevIndex && prevIndex + 1 < input.length) {
				tokens[tokens.length - 1].value = value;
				depth(tokens[tokens.length - 1]);
				state.maxDepth += tokens[tokens.length - 1].depth;
			}
			state.slashes = slashes;
			state.parts = parts;
		}
		return state;
	};
	module.exports = scan;
}));

// node_modules/picomatch/lib/parse.js
var require_parse = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const constants = require_constants();
	const utils = require_utils();
	/**
	* Constants
	*/
	const { MAX_LENGTH, POSIX_REGEX_SOURCE, REGEX_NON_SPECIAL_CHARS, REGEX_SPECIAL_CHARS_BACKREF, REPLACEMENTS } = constants;
	/**
	* Helpers
	*/
	const expandRange = (args, options) => {
		if (typeof options.expandRange === "function") return options.expandRange(...args, options);
		args.sort();
		const value = `[${args.join("-")}]`;
		try {
			new RegExp(value);
		} catch (ex) {
			return args.map((v) => utils.escapeRegex(v)).join("..");
		}
		return value;
	};
	/**
	* Create the message for a syntax error
	*/
	const syntaxError = (type, char) => {
		return `Missing ${type}: "${char}" - use "\\\\${char}" to match literal characters`;
	};
	const splitTopLevel = (input) => {
		const parts = [];
		let bracket = 0;
		let paren = 0;
		let quote = 0;
		let value = "";
		let escaped = false;
		for (const ch of input) {
			if (escaped === true) {
				value += ch;
				escaped = false;
				continue;
			}
			if (ch === "\\") {
				value += ch;
				escaped = true;
				continue;
			}
			if (ch === "\"") {
				quote = quote === 1 ? 0 : 1;
				value += ch;
				continue;
			}
			if (quote === 0) {
				if (ch === "[") bracket++;
				else if (ch === "]" && bracket > 0) bracket--;
				else if (bracket === 0) {
					if (ch === "(") paren++;
					else if (ch === ")" && paren > 0) paren--;
					else if (ch === "|" && paren === 0) {
						parts.push(value);
						value = "";
						continue;
					}
				}
			}
			value += ch;
		}
		parts.push(value);
		return parts;
	};
	const isPlainBranch = (branch) => {
		let escaped = false;
		for (const ch of branch) {
			if (escaped === true) {
				escaped = false;
				continue;
			}
			if (ch === "\\") {
				escaped = true;
				continue;
			}
			if (/[?*+@!()[\]{}]/.test(ch)) return false;
		}
		return true;
	};
	const normalizeSimpleBranch = (branch) => {
		let value = branch.trim();
		let changed = true;
		while (changed === true) {
			changed = false;
			if (/^@\([^\\()[\]{}|]+\)$/.test(value)) {
				value = value.slice(2, -1);
				changed = true;
			}
		}
		if (!isPlainBranch(value)) return;
		return value.replace(/\\(.)/g, "$1");
	};
	const hasRepeatedCharPrefixOverlap = (branches) => {
		const values = branches.map(normalizeSimpleBranch).filter(Boolean);
		for (let i = 0; i < values.length; i++) for (let j = i + 1; j < values.length; j++) {
			const a = values[i];
			const b = values[j];
			const char = a[0];
			if (!char || a !== char.repeat(a.length) || b !== char.repeat(b.length)) continue;
			if (a === b || a.startsWith(b) || b.startsWith(a)) return true;
		}
		return false;
	};
	const parseRepeatedExtglob = (pattern, requireEnd = true) => {
		if (pattern[0] !== "+" && pattern[0] !== "*" || pattern[1] !== "(") return;
		let bracket = 0;
		let paren = 0;
		let quote = 0;
		let escaped = false;
		for (let i = 1; i < pattern.length; i++) {
			const ch = pattern[i];
			if (escaped === true) {
				escaped = false;
				continue;
			}
			if (ch === "\\") {
				escaped = true;
				continue;
			}
			if (ch === "\"") {
				quote = quote === 1 ? 0 : 1;
				continue;
			}
			if (quote === 1) continue;
			if (ch === "[") {
				bracket++;
				continue;
			}
			if (ch === "]" && bracket > 0) {
				bracket--;
				continue;
			}
			if (bracket > 0) continue;
			if (ch === "(") {
				paren++;
				continue;
			}
			if (ch === ")") {
				paren--;
				if (paren === 0) {
					if (requireEnd === true && i !== pattern.length - 1) return;
					return {
						type: pattern[0],
						body: pattern.slice(2, i),
						end: i
					};
				}
			}
		}
	};
	const buildCharClassStar = (chars) => {
		return `${chars.length === 1 ? utils.escapeRegex(chars[0]) : `[${chars.map((ch) => utils.escapeRegex(ch)).join("")}]`}*`;
	};
	const getStarExtglobSequenceChars = (pattern) => {
		let index = 0;
		const chars = [];
		while (index < pattern.length) {
			const match = parseRepeatedExtglob(pattern.slice(index), false);
			if (!match || match.type !== "*") return;
			const branches = splitTopLevel(match.body).map((branch) => branch.trim());
			if (branches.length !== 1) return;
			const branch = normalizeSimpleBranch(branches[0]);
			if (!branch || branch.length !== 1) return;
			chars.push(branch);
			index += match.end + 1;
		}
		if (chars.length < 1) return;
		return chars;
	};
	const repeatedExtglobRecursion = (pattern) => {
		let depth = 0;
		let value = pattern.trim();
		let match = parseRepeatedExtglob(value);
		while (match) {
			depth++;
			value = match.body.trim();
			match = parseRepeatedExtglob(value);
		}
		return depth;
	};
	const analyzeRepeatedExtglob = (body, options) => {
		if (options.maxExtglobRecursion === false) return { risky: false };
		const max = typeof options.maxExtglobRecursion === "number" ? options.maxExtglobRecursion : constants.DEFAULT_MAX_EXTGLOB_RECURSION;
		const branches = splitTopLevel(body).map((branch) => branch.trim());
		if (branches.length > 1) {
			if (branches.some((branch) => branch === "") || branches.some((branch) => /^[*?]+$/.test(branch)) || hasRepeatedCharPrefixOverlap(branches)) return { risky: true };
		}
		const safeChars = [];
		let sawStarSequence = false;
		let combinable = true;
		for (const branch of branches) {
			const chars = getStarExtglobSequenceChars(branch);
			if (chars) {
				sawStarSequence = true;
				safeChars.push(...chars);
				continue;
			}
			const literal = normalizeSimpleBranch(branch);
			if (literal && literal.length === 1) {
				safeChars.push(literal);
				continue;
			}
			combinable = false;
			if (repeatedExtglobRecursion(branch) > max) return { risky: true };
		}
		if (sawStarSequence) return combinable ? {
			risky: true,
			safeOutput: buildCharClassStar([...new Set(safeChars)])
		} : { risky: true };
		return { risky: false };
	};
	/**
	* Parse the given input string.
	* @param {String} input
	* @param {Object} options
	* @return {Object}
	*/
	const parse = (input, options) => {
		if (typeof input !== "string") throw new TypeError("Expected a string");
		input = REPLACEMENTS[input] || input;
		const opts = { ...options };
		const max = typeof opts.maxLength === "number" ? Math.min(MAX_LENGTH, opts.maxLength) : MAX_LENGTH;
		let len = input.length;
		if (len > max) throw new SyntaxError(`Input length: ${len}, exceeds maximum allowed length: ${max}`);
		const bos = {
			type: "bos",
			value: "",
			output: opts.prepend || ""
		};
		const tokens = [bos];
		const capture = opts.capture ? "" : "?:";
		const PLATFORM_CHARS = constants.globChars(opts.windows);
		const EXTGLOB_CHARS = constants.extglobChars(PLATFORM_CHARS);
		const { DOT_LITERAL, PLUS_LITERAL, SLASH_LITERAL, ONE_CHAR, DOTS_SLASH, NO_DOT, NO_DOT_SLASH, NO_DOTS_SLASH, QMARK, QMARK_NO_DOT, STAR, START_ANCHOR } = PLATFORM_CHARS;
		const globstar = (opts) => {
			return `(${capture}(?:(?!${START_ANCHOR}${opts.dot ? DOTS_SLASH : DOT_LITERAL}).)*?)`;
		};
		const nodot = opts.dot ? "" : NO_DOT;
		const qmarkNoDot = opts.dot ? QMARK : QMARK_NO_DOT;
		let star = opts.bash === true ? globstar(opts) : STAR;
		if (opts.capture) star = `(${star})`;
		if (typeof opts.noext === "boolean") opts.noextglob = opts.noext;
		const state = {
			input,
			index: -1,
			start: 0,
			dot: opts.dot === true,
			consumed: "",
			output: "",
			prefix: "",
			backtrack: false,
			negated: false,
			brackets: 0,
			braces: 0,
			parens: 0,
			quotes: 0,
			globstar: false,
			tokens
		};
		input = utils.removePrefix(input, state);
		len = input.length;
		const extglobs = [];
		const braces = [];
		const stack = [];
		let prev = bos;
		let value;
		/**
		* Tokenizing helpers
		*/
		const eos = () => state.index === len - 1;
		const peek = state.peek = (n = 1) => input[state.index + n];
		const advance = state.advance = () => input[++state.index] || "";
		const remaining = () => input.slice(state.index + 1);
		const consume = (value = "", num = 0) => {
			state.consumed += value;
			state.index += num;
		};
		const append = (token) => {
			state.output += token.output != null ? token.output : token.value;
			consume(token.value);
		};
		const negate = () => {
			let count = 1;
			while (peek() === "!" && (peek(2) !== "(" || peek(3) === "?")) {
				advance();
				state.start++;
				count++;
			}
			if (count % 2 === 0) return false;
			state.negated = true;
			state.start++;
			return true;
		};
		const increment = (type) => {
			state[type]++;
			stack.push(type);
		};
		const decrement = (type) => {
			state[type]--;
			stack.pop();
		};
		/**
		* Push tokens onto the tokens array. This helper speeds up
		* tokenizing by 1) helping us avoid backtracking as much as possible,
		* and 2) helping us avoid creating extra tokens when consecutive
		* characters are plain text. This improves performance and simplifies
		* lookbehinds.
		*/
		const push = (tok) => {
			if (prev.type === "globstar") {
				const isBrace = state.braces > 0 && (tok.type === "comma" || tok.type === "brace");
				const isExtglob = tok.extglob === true || extglobs.length && (tok.type === "pipe" || tok.type === "paren");
				if (tok.type !== "slash" && tok.type !== "paren" && !isBrace && !isExtglob) {
					state.output = state.output.slice(0, -prev.output.length);
					prev.type = "star";
					prev.value = "*";
					prev.output = star;
					state.output += prev.output;
				}
			}
			if (extglobs.length && tok.type !== "paren") extglobs[extglobs.length - 1].inner += tok.value;
			if (tok.value || tok.output) append(tok);
			if (prev && prev.type === "text" && tok.type === "text") {
				prev.output = (prev.output || prev.value) + tok.value;
				prev.value += tok.value;
				return;
			}
			tok.prev = prev;
			tokens.push(tok);
			prev = tok;
		};
		const extglobOpen = (type, value) => {
			const token = {
				...EXTGLOB_CHARS[value],
				conditions: 1,
				inner: ""
			};
			token.prev = prev;
			token.parens = state.parens;
			token.output = state.output;
			token.startIndex = state.index;
			token.tokensIndex = tokens.length;
			const output = (opts.capture ? "(" : "") + token.open;
			increment("parens");
			push({
				type,
				value,
				output: state.output ? "" : ONE_CHAR
			});
			push({
				type: "paren",
				extglob: true,
				value: advance(),
				output
			});
			extglobs.push(token);
		};
		const extglobClose = (token) => {
			const literal = input.slice(token.startIndex, state.index + 1);
			const body = input.slice(token.startIndex + 2, state.index);
			const analysis = analyzeRepeatedExtglob(body, opts);
			if ((token.type === "plus" || token.type === "star") && analysis.risky) {
				const safeOutput = analysis.safeOutput ? (token.output ? "" : ONE_CHAR) + (opts.capture ? `(${analysis.safeOutput})` : analysis.safeOutput) : void 0;
				const open = tokens[token.tokensIndex];
				open.type = "text";
				open.value = literal;
				open.output = safeOutput || utils.escapeRegex(literal);
				for (let i = token.tokensIndex + 1; i < tokens.length; i++) {
					tokens[i].value = "";
					tokens[i].output = "";
					delete tokens[i].suffix;
				}
				state.output = token.output + open.output;
				state.backtrack = true;
				push({
					type: "paren",
					extglob: true,
					value,
					output: ""
				});
				decrement("parens");
				return;
			}
			let output = token.close + (opts.capture ? ")" : "");
			let rest;
			if (token.type === "negate") {
				let extglobStar = star;
				if (token.inner && token.inner.length > 1 && token.inner.includes("/")) extglobStar = globstar(opts);
				if (extglobStar !== star || eos() || /^\)+$/.test(remaining())) output = token.close = `)$))${extglobStar}`;
				if (token.inner.includes("*") && (rest = remaining()) && /^\.[^\\/.]+$/.test(rest)) output = token.close = `)${parse(rest, {
					...options,
					fastpaths: false
				}).output})${extglobStar})`;
				if (token.prev.type === "bos") state.negatedExtglob = true;
			}
			push({
				type: "paren",
				extglob: true,
				value,
				output
			});
			decrement("parens");
		};
		/**
		* Fast paths
		*/
		if (opts.fastpaths !== false && !/(^[*!]|[/()[\]{}"])/.test(input)) {
			let backslashes = false;
			let output = input.replace(REGEX_SPECIAL_CHARS_BACKREF, (m, esc, chars, first, rest, index) => {
				if (first === "\\") {
					backslashes = true;
					return m;
				}
				if (first === "?") {
					if (esc) return esc + first + (rest ? QMARK.repeat(rest.length) : "");
					if (index === 0) return qmarkNoDot + (rest ? QMARK.repeat(rest.length) : "");
					return QMARK.repeat(chars.length);
				}
				if (first === ".") return DOT_LITERAL.repeat(chars.length);
				if (first === "*") {
					if (esc) return esc + first + (rest ? star : "");
					return star;
				}
				return esc ? m : `\\${m}`;
			});
			if (backslashes === true) {
				if (opts.unescape === true) output = output.replace(/\\/g, "");
				else output = output.replace(/\\+/g, (m) => {
					return m.length % 2 === 0 ? "\\\\" : m ? "\\" : "";
				});
			}
			if (output === input && opts.contains === true) {
				state.output = input;
				return state;
			}
			state.output = utils.wrapOutput(output, state, options);
			return state;
		}
		/**
		* Tokenize input until we reach end-of-string
		*/
		while (!eos()) {
			value = advance();
			if (value === "\0") continue;
			/**
			* Escaped characters
			*/
			if (value === "\\") {
				const next = peek();
				if (next === "/" && opts.bash !== true) continue;
				if (next === "." || next === ";") continue;
				if (!next) {
					value += "\\";
					push({
						type: "text",
						value
					});
					continue;
				}
				const match = /^\\+/.exec(remaining());
				let slashes = 0;
				if (match && match[0].length > 2) {
					slashes = match[0].length;
					state.index += slashes;
					if (slashes % 2 !== 0) value += "\\";
				}
				if (opts.unescape === true) value = advance();
				else value += advance();
				if (state.brackets === 0) {
					push({
						type: "text",
						value
					});
					continue;
				}
			}
			/**
			* If we're inside a regex character class, continue
			* until we reach the closing bracket.
			*/
			if (state.brackets > 0 && (value !== "]" || prev.value === "[" || prev.value === "[^")) {
				if (opts.posix !== false && value === ":") {
					const inner = prev.value.slice(1);
					if (inner.includes("[")) {
						prev.posix = true;
						if (inner.includes(":")) {
							const idx = prev.value.lastIndexOf("[");
							const pre = prev.value.slice(0, idx);
							const rest = prev.value.slice(idx + 2);
							const posix = POSIX_REGEX_SOURCE[rest];
							if (posix) {
								prev.value = pre + posix;
								state.backtrack = true;
								advance();
								if (!bos.output && tokens.indexOf(prev) === 1) bos.output = ONE_CHAR;
								continue;
							}
						}
					}
				}
				if (value === "[" && peek() !== ":" || value === "-" && peek() === "]") value = `\\${value}`;
				if (value === "]" && (prev.value === "[" || prev.value === "[^")) value = `\\${value}`;
				if (opts.posix === true && value === "!" && prev.value === "[") value = "^";
				prev.value += value;
				append({ value });
				continue;
			}
			/**
			* If we're inside a quoted string, continue
			* until we reach the closing double quote.
			*/
			if (state.quotes === 1 && value !== "\"") {
				value = utils.escapeRegex(value);
				prev.value += value;
				append({ value });
				continue;
			}
			/**
			* Double quotes
			*/
			if (value === "\"") {
				state.quotes = state.quotes === 1 ? 0 : 1;
				if (opts.keepQuotes === true) push({
					type: "text",
					value
				});
				continue;
			}
			/**
			* Parentheses
			*/
			if (value === "(") {
				increment("parens");
				push({
					type: "paren",
					value
				});
				continue;
			}
			if (value === ")") {
				if (state.parens === 0 && opts.strictBrackets === true) throw new SyntaxError(syntaxError("opening", "("));
				const extglob = extglobs[extglobs.length - 1];
				if (extglob && state.parens === extglob.parens + 1) {
					extglobClose(extglobs.pop());
					continue;
				}
				push({
					type: "paren",
					value,
					output: state.parens ? ")" : "\\)"
				});
				decrement("parens");
				continue;
			}
			/**
			* Square brackets
			*/
			if (value === "[") {
				if (opts.nobracket === true || !remaining().includes("]")) {
					if (opts.nobracket !== true && opts.strictBrackets === true) throw new SyntaxError(syntaxError("closing", "]"));
					value = `\\${value}`;
				} else increment("brackets");
				push({
					type: "bracket",
					value
				});
				continue;
			}
			if (value === "]") {
				if (opts.nobracket === true || prev && prev.type === "bracket" && prev.value.length === 1) {
					push({
						type: "text",
						value,
						output: `\\${value}`
					});
					continue;
				}
				if (state.brackets === 0) {
					if (opts.strictBrackets === true) throw new SyntaxError(syntaxError("opening", "["));
					push({
						type: "text",
						value,
						output: `\\${value}`
					});
					continue;
				}
				decrement("brackets");
				const prevValue = prev.value.slice(1);
				if (prev.posix !== true && prevValue[0] === "^" && !prevValue.includes("/")) value = `/${value}`;
				prev.value += value;
				append({ value });
				if (opts.literalBrackets === false || utils.hasRegexChars(prevValue)) continue;
				const escaped = utils.escapeRegex(prev.value);
				state.output = state.output.slice(0, -prev.value.length);
				if (opts.literalBrackets === true) {
					state.output += escaped;
					prev.value = escaped;
					continue;
				}
				prev.value = `(${capture}${escaped}|${prev.value})`;
				state.output += prev.value;
				continue;
			}
			/**
			* Braces
			*/
			if (value === "{" && opts.nobrace !== true) {
				increment("braces");
				const open = {
					type: "brace",
					value,
					output: "(",
					outputIndex: state.output.length,
					tokensIndex: state.tokens.length
				};
				braces.push(open);
				push(open);
				continue;
			}
			if (value === "}") {
				const brace = braces[braces.length - 1];
				if (opts.nobrace === true || !brace) {
					push({
						type: "text",
						value,
						output: value
					});
					continue;
				}
				let output = ")";
				if (brace.dots === true) {
					const arr = tokens.slice();
					const range = [];
					for (let i = arr.length - 1; i >= 0; i--) {
						tokens.pop();
						if (arr[i].type === "brace") break;
						if (arr[i].type !== "dots") range.unshift(arr[i].value);
					}
					output = expandRange(range, opts);
					state.backtrack = true;
				}
				if (brace.comma !== true && brace.dots !== true) {
					const out = state.output.slice(0, brace.outputIndex);
					const toks = state.tokens.slice(brace.tokensIndex);
					brace.value = brace.output = "\\{";
					value = output = "\\}";
					state.output = out;
					for (const t of toks) state.output += t.output || t.value;
				}
				push({
					type: "brace",
					value,
					output
				});
				decrement("braces");
				braces.pop();
				continue;
			}
			/**
			* Pipes
			*/
			if (value === "|") {
				if (extglobs.length > 0) extglobs[extglobs.length - 1].conditions++;
				push({
					type: "text",
					value
				});
				continue;
			}
			/**
			* Commas
			*/
			if (value === ",") {
				let output = value;
				const brace = braces[braces.length - 1];
				if (brace && stack[stack.length - 1] === "braces") {
					brace.comma = true;
					output = "|";
				}
				push({
					type: "comma",
					value,
					output
				});
				continue;
			}
			/**
			* Slashes
			*/
			if (value === "/") {
				if (prev.type === "dot" && state.index === state.start + 1) {
					state.start = state.index + 1;
					state.consumed = "";
					state.output = "";
					tokens.pop();
					prev = bos;
					continue;
				}
				push({
					type: "slash",
					value,
					output: SLASH_LITERAL
				});
				continue;
			}
			/**
			* Dots
			*/
			if (value === ".") {
				if (state.braces > 0 && prev.type === "dot") {
					if (prev.value === ".") prev.output = DOT_LITERAL;
					const brace = braces[braces.length - 1];
					prev.type = "dots";
					prev.output += value;
					prev.value += value;
					brace.dots = true;
					continue;
				}
				if (state.braces + state.parens === 0 && prev.type !== "bos" && prev.type !== "slash") {
					push({
						type: "text",
						value,
						output: DOT_LITERAL
					});
					continue;
				}
				push({
					type: "dot",
					value,
					output: DOT_LITERAL
				});
				continue;
			}
			/**
			* Question marks
			*/
			if (value === "?") {
				if (!(prev && prev.value === "(") && opts.noextglob !== true && peek() === "(" && peek(2) !== "?") {
					extglobOpen("qmark", value);
					continue;
				}
				if (prev && prev.type === "paren") {
					const next = peek();
					let output = value;
					if (prev.value === "(" && !/[!=<:]/.test(next) || next === "<" && !/<([!=]|\w+>)/.test(remaining())) output = `\\${value}`;
					push({
						type: "text",
						value,
						output
					});
					continue;
				}
				if (opts.dot !== true && (prev.type === "slash" || prev.type === "bos")) {
					push({
						type: "qmark",
						value,
						output: QMARK_NO_DOT
					});
					continue;
				}
				push({
					type: "qmark",
					value,
					output: QMARK
				});
				continue;
			}
			/**
			* Exclamation
			*/
			if (value === "!") {
				if (opts.noextglob !== true && peek() === "(") {
					if (peek(2) !== "?" || !/[!=<:]/.test(peek(3))) {
						extglobOpen("negate", value);
						continue;
					}
				}
				if (opts.nonegate !== true && state.index === 0) {
					negate();
					continue;
				}
			}
			/**
			* Plus
			*/
			if (value === "+") {
				if (opts.noextglob !== true && peek() === "(" && peek(2) !== "?") {
					extglobOpen("plus", value);
					continue;
				}
				if (prev && prev.value === "(" || opts.regex === false) {
					push({
						type: "plus",
						value,
						output: PLUS_LITERAL
					});
					continue;
				}
				if (prev && (prev.type === "bracket" || prev.type === "paren" || prev.type === "brace") || state.parens > 0) {
					push({
						type: "plus",
						value
					});
					continue;
				}
				push({
					type: "plus",
					value: PLUS_LITERAL
				});
				continue;
			}
			/**
			* Plain text
			*/
			if (value === "@") {
				if (opts.noextglob !== true && peek() === "(" && peek(2) !== "?") {
					push({
						type: "at",
						extglob: true,
						value,
						output: ""
					});
					continue;
				}
				push({
					type: "text",
					value
				});
				continue;
			}
			/**
			* Plain text
			*/
			if (value !== "*") {
				if (value === "$" || value === "^") value = `\\${value}`;
				const match = REGEX_NON_SPECIAL_CHARS.exec(remaining());
				if (match) {
					value += match[0];
					state.index += match[0].length;
				}
				push({
					type: "text",
					value
				});
				continue;
			}
			/**
			* Stars
			*/
			if (prev && (prev.type === "globstar" || prev.star === true)) {
				prev.type = "star";
				prev.star = true;
				prev.value += value;
				prev.output = star;
				state.backtrack = true;
				state.globstar = true;
				consume(value);
				continue;
			}
			let rest = remaining();
			if (opts.noextglob !== true && /^\([^?]/.test(rest)) {
				extglobOpen("star", value);
				continue;
			}
			if (prev.type === "star") {
				if (opts.noglobstar === true) {
					consume(value);
					continue;
				}
				const prior = prev.prev;
				const before = prior.prev;
				const isStart = prior.type === "slash" || prior.type === "bos";
				const afterStar = before && (before.type === "star" || before.type === "globstar");
				if (opts.bash === true && (!isStart || rest[0] && rest[0] !== "/")) {
					push({
						type: "star",
						value,
						output: ""
					});
					continue;
				}
				const isBrace = state.braces > 0 && (prior.type === "comma" || prior.type === "brace");
				const isExtglob = extglobs.length && (prior.type === "pipe" || prior.type === "paren");
				if (!isStart && prior.type !== "paren" && !isBrace && !isExtglob) {
					push({
						type: "star",
						value,
						output: ""
					});
					continue;
				}
				while (rest.slice(0, 3) === "/**") {
					const after = input[state.index + 4];
					if (after && after !== "/") break;
					rest = rest.slice(3);
					consume("/**", 3);
				}
				const isEnd = eos() || state.parens > 0 && rest === ")".repeat(state.parens) && !extglobs.some((extglob) => extglob.type === "negate");
				if (prior.type === "bos" && eos()) {
					prev.type = "globstar";
					prev.value += value;
					prev.output = globstar(opts);
					state.output = prev.output;
					state.globstar = true;
					consume(value);
					continue;
				}
				if (prior.type === "slash" && prior.prev.type !== "bos" && !afterStar && isEnd) {
					state.output = state.output.slice(0, -(prior.output + prev.output).length);
					prior.output = `(?:${prior.output}`;
					prev.type = "globstar";
					prev.output = globstar(opts) + (opts.strictSlashes ? ")" : "|$)");
					prev.value += value;
					state.globstar = true;
					state.output += prior.output + prev.output;
					consume(value);
					continue;
				}
				if (prior.type === "slash" && prior.prev.type !== "bos" && rest[0] === "/") {
					const end = rest[1] !== void 0 ? "|$" : "";
					state.output = state.output.slice(0, -(prior.output + prev.output).length);
					prior.output = `(?:${prior.output}`;
					prev.type = "globstar";
					prev.output = `${globstar(opts)}${SLASH_LITERAL}|${SLASH_LITERAL}${end})`;
					prev.value += value;
					state.output += prior.output + prev.output;
					state.globstar = true;
					consume(value + advance());
					push({
						type: "slash",
						value: "/",
						output: ""
					});
					continue;
				}
				if (prior.type === "bos" && rest[0] === "/") {
					prev.type = "globstar";
					prev.value += value;
					prev.output = `(?:^|${SLASH_LITERAL}|${globstar(opts)}${SLASH_LITERAL})`;
					state.output = prev.output;
					state.globstar = true;
					consume(value + advance());
					push({
						type: "slash",
						value: "/",
						output: ""
					});
					continue;
				}
				state.output = state.output.slice(0, -prev.output.length);
				prev.type = "globstar";
				prev.output = globstar(opts);
				prev.value += value;
				state.output += prev.output;
				state.globstar = true;
				consume(value);
				continue;
			}
			const token = {
				type: "star",
				value,
				output: star
			};
			if (opts.bash === true) {
				token.output = ".*?";
				if (prev.type === "bos" || prev.type === "slash") token.output = nodot + token.output;
				push(token);
				continue;
			}
			if (prev && (prev.type === "bracket" || prev.type === "paren") && opts.regex === true) {
				token.output = value;
				push(token);
				continue;
			}
			if (state.index === state.start || prev.type === "slash" || prev.type === "dot") {
				if (prev.type === "dot") {
					state.output += NO_DOT_SLASH;
					prev.output += NO_DOT_SLASH;
				} else if (opts.dot === true) {
					state.output += NO_DOTS_SLASH;
					prev.output += NO_DOTS_SLASH;
				} else {
					state.output += nodot;
					prev.output += nodot;
				}
				if (peek() !== "*") {
					state.output += ONE_CHAR;
					prev.output += ONE_CHAR;
				}
			}
			push(token);
		}
		while (state.brackets > 0) {
			if (opts.strictBrackets === true) throw new SyntaxError(syntaxError("closing", "]"));
			state.output = utils.escapeLast(state.output, "[");
			decrement("brackets");
		}
		while (state.parens > 0) {
			if (opts.strictBrackets === true) throw new SyntaxError(syntaxError("closing", ")"));
			state.output = utils.escapeLast(state.output, "(");
			decrement("parens");
		}
		while (state.braces > 0) {
			if (opts.strictBrackets === true) throw new SyntaxError(syntaxError("closing", "}"));
			state.output = utils.escapeLast(state.output, "{");
			decrement("braces");
		}
		if (opts.strictSlashes !== true && (prev.type === "star" || prev.type === "bracket")) push({
			type: "maybe_slash",
			value: "",
			output: `${SLASH_LITERAL}?`
		});
		if (state.backtrack === true) {
			state.output = "";
			for (const token of state.tokens) {
				state.output += token.output != null ? token.output : token.value;
				if (token.suffix) state.output += token.suffix;
			}
		}
		return state;
	};
	/**
	* Fast paths for creating regular expressions for common glob patterns.
	* This can significantly speed up processing and has very little downside
	* impact when none of the fast paths match.
	*/
	parse.fastpaths = (input, options) => {
		const opts = { ...options };
		const max = typeof opts.maxLength === "number" ? Math.min(MAX_LENGTH, opts.maxLength) : MAX_LENGTH;
		const len = input.length;
		if (len > max) throw new SyntaxError(`Input length: ${len}, exceeds maximum allowed length: ${max}`);
		input = REPLACEMENTS[input] || input;
		const { DOT_LITERAL, SLASH_LITERAL, ONE_CHAR, DOTS_SLASH, NO_DOT, NO_DOTS, NO_DOTS_SLASH, STAR, START_ANCHOR } = constants.globChars(opts.windows);
		const nodot = opts.dot ? NO_DOTS : NO_DOT;
		const slashDot = opts.dot ? NO_DOTS_SLASH : NO_DOT;
		const capture = opts.capture ? "" : "?:";
		const state = {
			negated: false,
			prefix: ""
		};
		let star = opts.bash === true ? ".*?" : STAR;
		if (opts.capture) star = `(${star})`;
		const globstar = (opts) => {
			if (opts.noglobstar === true) return star;
			return `(${capture}(?:(?!${START_ANCHOR}${opts.dot ? DOTS_SLASH : DOT_LITERAL}).)*?)`;
		};
		const create = (str) => {
			switch (str) {
				case "*": return `${nodot}${ONE_CHAR}${star}`;
				case ".*": return `${DOT_LITERAL}${ONE_CHAR}${star}`;
				case "*.*": return `${nodot}${star}${DOT_LITERAL}${ONE_CHAR}${star}`;
				case "*/*": return `${nodot}${star}${SLASH_LITERAL}${ONE_CHAR}${slashDot}${star}`;
				case "**": return nodot + globstar(opts);
				case "**/*": return `(?:${nodot}${globstar(opts)}${SLASH_LITERAL})?${slashDot}${ONE_CHAR}${star}`;
				case "**/*.*": return `(?:${nodot}${globstar(opts)}${SLASH_LITERAL})?${slashDot}${star}${DOT_LITERAL}${ONE_CHAR}${star}`;
				case "**/.*": return `(?:${nodot}${globstar(opts)}${SLASH_LITERAL})?${DOT_LITERAL}${ONE_CHAR}${star}`;
				default: {
					const match = /^(.*?)\.(\w+)$/.exec(str);
					if (!match) return;
					const source = create(match[1]);
					if (!source) return;
					return source + DOT_LITERAL + match[2];
				}
			}
		};
		let source = create(utils.removePrefix(input, state));
		if (source && opts.strictSlashes !== true) source += `${SLASH_LITERAL}?`;
		return source;
	};
	module.exports = parse;
}));

// node_modules/picomatch/lib/picomatch.js
var require_picomatch$1 = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const scan = require_scan();
	const parse = require_parse();
	const utils = require_utils();
	const constants = require_constants();
	const isObject = (val) => val && typeof val === "object" && !Array.isArray(val);
	/**
	* Creates a matcher function from one or more glob patterns. The
	* returned function takes a string to match as its first argument,
	* and returns true if the string is a match. The returned matcher
	* function also takes a boolean as the second argument that, when true,
	* returns an object with additional information.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch(glob[, options]);
	*
	* const isMatch = picomatch('*.!(*a)');
	* console.log(isMatch('a.a')); //=> false
	* console.log(isMatch('a.b')); //=> true
	*
	* // For environments without `node.js`, `picomatch/posix` provides you a dependency-free matcher, without automatic OS detection.
	* const picomatch = require('picomatch/posix');
	* // the same API, defaulting to posix paths
	* const isMatch = picomatch('a/*');
	* console.log(isMatch('a\\b')); //=> false
	* console.log(isMatch('a/b')); //=> true
	*
	* // you can still configure the matcher function to accept windows paths
	* const isMatch = picomatch('a/*', { options: windows });
	* console.log(isMatch('a\\b')); //=> true
	* console.log(isMatch('a/b')); //=> true
	* ```
	* @name picomatch
	* @param {String|Array} `globs` One or more glob patterns.
	* @param {Object=} `options`
	* @return {Function=} Returns a matcher function.
	* @api public
	*/
	const picomatch = (glob, options, returnState = false) => {
		if (Array.isArray(glob)) {
			const fns = glob.map((input) => picomatch(input, options, returnState));
			const arrayMatcher = (str) => {
				for (const isMatch of fns) {
					const state = isMatch(str);
					if (state) return state;
				}
				return false;
			};
			return arrayMatcher;
		}
		const isState = isObject(glob) && glob.tokens && glob.input;
		if (glob === "" || typeof glob !== "string" && !isState) throw new TypeError("Expected pattern to be a non-empty string");
		const opts = options || {};
		const posix = opts.windows;
		const regex = isState ? picomatch.compileRe(glob, options) : picomatch.makeRe(glob, options, false, true);
		const state = regex.state;
		delete regex.state;
		let isIgnored = () => false;
		if (opts.ignore) {
			const ignoreOpts = {
				...options,
				ignore: null,
				onMatch: null,
				onResult: null
			};
			isIgnored = picomatch(opts.ignore, ignoreOpts, returnState);
		}
		const matcher = (input, returnObject = false) => {
			const { isMatch, match, output } = picomatch.test(input, regex, options, {
				glob,
				posix
			});
			const result = {
				glob,
				state,
				regex,
				posix,
				input,
				output,
				match,
				isMatch
			};
			if (typeof opts.onResult === "function") opts.onResult(result);
			if (isMatch === false) {
				result.isMatch = false;
				return returnObject ? result : false;
			}
			if (isIgnored(input)) {
				if (typeof opts.onIgnore === "function") opts.onIgnore(result);
				result.isMatch = false;
				return returnObject ? result : false;
			}
			if (typeof opts.onMatch === "function") opts.onMatch(result);
			return returnObject ? result : true;
		};
		if (returnState) matcher.state = state;
		return matcher;
	};
	/**
	* Test `input` with the given `regex`. This is used by the main
	* `picomatch()` function to test the input string.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.test(input, regex[, options]);
	*
	* console.log(picomatch.test('foo/bar', /^(?:([^/]*?)\/([^/]*?))$/));
	* // { isMatch: true, match: [ 'foo/', 'foo', 'bar' ], output: 'foo/bar' }
	* ```
	* @param {String} `input` String to test.
	* @param {RegExp} `regex`
	* @return {Object} Returns an object with matching info.
	* @api public
	*/
	picomatch.test = (input, regex, options, { glob, posix } = {}) => {
		if (typeof input !== "string") throw new TypeError("Expected input to be a string");
		if (input === "") return {
			isMatch: false,
			output: ""
		};
		const opts = options || {};
		const format = opts.format || (posix ? utils.toPosixSlashes : null);
		let match = input === glob;
		let output = match && format ? format(input) : input;
		if (match === false) {
			output = format ? format(input) : input;
			match = output === glob;
		}
		if (match === false || opts.capture === true) {
			if (opts.matchBase === true || opts.basename === true) match = picomatch.matchBase(input, regex, options, posix);
			else match = regex.exec(output);
		}
		return {
			isMatch: Boolean(match),
			match,
			output
		};
	};
	/**
	* Match the basename of a filepath.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.matchBase(input, glob[, options]);
	* console.log(picomatch.matchBase('foo/bar.js', '*.js'); // true
	* ```
	* @param {String} `input` String to test.
	* @param {RegExp|String} `glob` Glob pattern or regex created by [.makeRe](#makeRe).
	* @return {Boolean}
	* @api public
	*/
	picomatch.matchBase = (input, glob, options, posix = options && options.windows) => {
		return (glob instanceof RegExp ? glob : picomatch.makeRe(glob, options)).test(utils.basename(input, { windows: posix }));
	};
	/**
	* Returns true if **any** of the given glob `patterns` match the specified `string`.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.isMatch(string, patterns[, options]);
	*
	* console.log(picomatch.isMatch('a.a', ['b.*', '*.a'])); //=> true
	* console.log(picomatch.isMatch('a.a', 'b.*')); //=> false
	* ```
	* @param {String|Array} str The string to test.
	* @param {String|Array} patterns One or more glob patterns to use for matching.
	* @param {Object} [options] See available [options](#options).
	* @return {Boolean} Returns true if any patterns match `str`
	* @api public
	*/
	picomatch.isMatch = (str, patterns, options) => picomatch(patterns, options)(str);
	/**
	* Parse a glob pattern to create the source string for a regular
	* expression.
	*
	* ```js
	* const picomatch = require('picomatch');
	* const result = picomatch.parse(pattern[, options]);
	* ```
	* @param {String} `pattern`
	* @param {Object} `options`
	* @return {Object} Returns an object with useful properties and output to be used as a regex source string.
	* @api public
	*/
	picomatch.parse = (pattern, options) => {
		if (Array.isArray(pattern)) return pattern.map((p) => picomatch.parse(p, options));
		return parse(pattern, {
			...options,
			fastpaths: false
		});
	};
	/**
	* Scan a glob pattern to separate the pattern into segments.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.scan(input[, options]);
	*
	* const result = picomatch.scan('!./foo/*.js');
	* console.log(result);
	* { prefix: '!./',
	*   input: '!./foo/*.js',
	*   start: 3,
	*   base: 'foo',
	*   glob: '*.js',
	*   isBrace: false,
	*   isBracket: false,
	*   isGlob: true,
	*   isExtglob: false,
	*   isGlobstar: false,
	*   negated: true }
	* ```
	* @param {String} `input` Glob pattern to scan.
	* @param {Object} `options`
	* @return {Object} Returns an object with
	* @api public
	*/
	picomatch.scan = (input, options) => scan(input, options);
	/**
	* Compile a regular expression from the `state` object returned by the
	* [parse()](#parse) method.
	*
	* ```js
	* const picomatch = require('picomatch');
	* const state = picomatch.parse('*.js');
	* // picomatch.compileRe(state[, options]);
	*
	* console.log(picomatch.compileRe(state));
	* //=> /^(?:(?!\.)(?=.)[^/]*?\.js)$/
	* ```
	* @param {Object} `state`
	* @param {Object} `options`
	* @param {Boolean} `returnOutput` Intended for implementors, this argument allows you to return the raw output from the parser.
	* @param {Boolean} `returnState` Adds the state to a `state` property on the returned regex. Useful for implementors and debugging.
	* @return {RegExp}
	* @api public
	*/
	picomatch.compileRe = (state, options, returnOutput = false, returnState = false) => {
		if (returnOutput === true) return state.output;
		const opts = options || {};
		const prepend = opts.contains ? "" : "^";
		const append = opts.contains ? "" : "$";
		let source = `${prepend}(?:${state.output})${append}`;
		if (state && state.negated === true) source = `^(?!${source}).*$`;
		const regex = picomatch.toRegex(source, options);
		if (returnState === true) regex.state = state;
		return regex;
	};
	/**
	* Create a regular expression from a parsed glob pattern.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.makeRe(state[, options]);
	*
	* const result = picomatch.makeRe('*.js');
	* console.log(result);
	* //=> /^(?:(?!\.)(?=.)[^/]*?\.js)$/
	* ```
	* @param {String} `state` The object returned from the `.parse` method.
	* @param {Object} `options`
	* @param {Boolean} `returnOutput` Implementors may use this argument to return the compiled output, instead of a regular expression. This is not exposed on the options to prevent end-users from mutating the result.
	* @param {Boolean} `returnState` Implementors may use this argument to return the state from the parsed glob with the returned regular expression.
	* @return {RegExp} Returns a regex created from the given pattern.
	* @api public
	*/
	picomatch.makeRe = (input, options = {}, returnOutput = false, returnState = false) => {
		if (!input || typeof input !== "string") throw new TypeError("Expected a non-empty string");
		let parsed = {
			negated: false,
			fastpaths: true
		};
		if (options.fastpaths !== false && (input[0] === "." || input[0] === "*")) parsed.output = parse.fastpaths(input, options);
		if (!parsed.output) parsed = parse(input, options);
		return picomatch.compileRe(parsed, options, returnOutput, returnState);
	};
	/**
	* Create a regular expression from the given regex source string.
	*
	* ```js
	* const picomatch = require('picomatch');
	* // picomatch.toRegex(source[, options]);
	*
	* const { output } = picomatch.parse('*.js');
	* console.log(picomatch.toRegex(output));
	* //=> /^(?:(?!\.)(?=.)[^/]*?\.js)$/
	* ```
	* @param {String} `source` Regular expression source string.
	* @param {Object} `options`
	* @return {RegExp}
	* @api public
	*/
	picomatch.toRegex = (source, options) => {
		try {
			const opts = options || {};
			return new RegExp(source, opts.flags || (opts.nocase ? "i" : ""));
		} catch (err) {
			if (options && options.debug === true) throw err;
			return /$^/;
		}
	};
	/**
	* Picomatch constants.
	* @return {Object}
	*/
	picomatch.constants = constants;
	/**
	* Expose "picomatch"
	*/
	module.exports = picomatch;
}));

// node_modules/picomatch/index.js
var require_picomatch = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const pico = require_picomatch$1();
	const utils = require_utils();
	function picomatch(glob, options, returnState = false) {
		if (options && (options.windows === null || options.windows === void 0)) options = {
			...options,
			windows: utils.isWindows()
		};
		return pico(glob, options, returnState);
	}
	Object.assign(picomatch, pico);
	module.exports = picomatch;
}));

// node_modules/tinyglobby/dist/index.mjs
var import_picomatch = /* @__PURE__ */ __toESM(require_picomatch(), 1);
const isReadonlyArray = Array.isArray;
const BACKSLASHES = /\\/g;
const DRIVE_RELATIVE_PATH = /^[A-Za-z]:$/;
const isWin = process.platform === "win32";
const ONLY_PARENT_DIRECTORIES = /^(\/?\.\.)+$/;
function getPartialMatcher(patterns, options = {}) {
	const patternsCount = patterns.length;
	const patternsParts = Array(patternsCount);
	const matchers = Array(patternsCount);
	let i, j;
	for (i = 0; i < patternsCount; i++) {
		const parts = splitPattern(patterns[i]);
		patternsParts[i] = parts;
		const partsCount = parts.length;
		const partMatchers = Array(partsCount);
		for (j = 0; j < partsCount; j++) partMatchers[j] = (0, import_picomatch.default)(parts[j], options);
		matchers[i] = partMatchers;
	}
	return (input) => {
		const inputParts = input.split("/");
		if (inputParts[0] === ".." && ONLY_PARENT_DIRECTORIES.test(input)) return true;
		for (i = 0; i < patternsCount; i++) {
			const patternParts = patternsParts[i];
			const matcher = matchers[i];
			const inputPatternCount = inputParts.length;
			const minParts = Math.min(inputPatternCount, patternParts.length);
			j = 0;
			while (j < minParts) {
				const part = patternParts[j];
				if (part.includes("/")) return true;
				if (!matcher[j](inputParts[j])) break;
				if (!options.noglobstar && part === "**") return true;
				j++;
			}
			if (j === inputPatternCount) return true;
		}
		return false;
	};
}
/* node:coverage ignore next 2 */
const WIN32_ROOT_DIR = /^[A-Z]:\/$/i;
const isRoot = isWin ? (p) => WIN32_ROOT_DIR.test(p) : (p) => p === "/";
function buildFormat(cwd, root, absolute) {
	if (cwd === root || root.startsWith(`${cwd}/`)) {
		if (absolute) {
			const start = cwd.length + +!isRoot(cwd);
			return (p, isDir) => p.slice(start, isDir ? -1 : void 0) || ".";
		}
		const prefix = root.slice(cwd.length + 1);
		if (prefix) return (p, isDir) => {
			if (p === ".") return prefix;
			const result = `${prefix}/${p}`;
			return isDir ? result.slice(0, -1) : result;
		};
		return (p, isDir) => isDir && p !== "." ? p.slice(0, -1) : p;
	}
	if (absolute) return (p) => posix.relative(cwd, p) || ".";
	return (p) => posix.relative(cwd, `${root}/${p}`) || ".";
}
function buildRelative(cwd, root) {
	if (root.startsWith(`${cwd}/`)) {
		const prefix = root.slice(cwd.length + 1);
		return (p) => `${prefix}/${p}`;
	}
	return (p) => {
		const result = posix.relative(cwd, `${root}/${p}`);
		return p[p.length - 1] === "/" && result !== "" ? `${result}/` : result || ".";
	};
}
function ensureNonDriveRelativePath(path) {
	return path.replace(DRIVE_RELATIVE_PATH, (match) => `${match}/`);
}
const splitPatternOptions = { parts: true };
function splitPattern(path) {
	var _result$parts;
	const result = import_picomatch.default.scan(path, splitPatternOptions);
	return ((_result$parts = result.parts) === null || _result$parts === void 0 ? void 0 : _result$parts.length) ? result.parts : [path];
}
const POSIX_UNESCAPED_GLOB_SYMBOLS = /(?<!\\)([()[\]{}*?|]|^!|[!+@](?=\()|\\(?![()[\]{}!*+?@|]))/g;
const WIN32_UNESCAPED_GLOB_SYMBOLS = /(?<!\\)([()[\]{}]|^!|[!+@](?=\())/g;
const escapePosixPath = (path) => path.replace(POSIX_UNESCAPED_GLOB_SYMBOLS, "\\$&");
const escapeWin32Path = (path) => path.replace(WIN32_UNESCAPED_GLOB_SYMBOLS, "\\$&");
/**
* Escapes a path's special characters depending on the platform.
* @see {@link https://superchupu.dev/tinyglobby/documentation#escapePath}
*/
/* node:coverage ignore next */
const escapePath = isWin ? escapeWin32Path : escapePosixPath;
/**
* Checks if a pattern has dynamic parts.
*
* Has a few minor differences with [`fast-glob`](https://github.com/mrmlnc/fast-glob) for better accuracy:
*
* - Doesn't necessarily return `false` on patterns that include `\`.
* - Returns `true` if the pattern includes parentheses, regardless of them representing one single pattern or not.
* - Returns `true` for unfinished glob extensions i.e. `(h`, `+(h`.
* - Returns `true` for unfinished brace expansions as long as they include `,` or `..`.
*
* @see {@link https://superchupu.dev/tinyglobby/documentation#isDynamicPattern}
*/
function isDynamicPattern(pattern, options) {
	if ((options === null || options === void 0 ? void 0 : options.caseSensitiveMatch) === false) return true;
	const scan = import_picomatch.default.scan(pattern);
	return scan.isGlob || scan.negated;
}
function log(...tasks) {
	console.log(`[tinyglobby ${(/* @__PURE__ */ new Date()).toLocaleTimeString("es")}]`, ...tasks);
}
function ensureStringArray(value) {
	return typeof value === "string" ? [value] : value !== null && value !== void 0 ? value : [];
}
const PARENT_DIRECTORY = /^(\/?\.\.)+/;
const ESCAPING_BACKSLASHES = /\\(?=[()[\]{}!*+?@|])/g;
function normalizePattern(pattern, opts, props, isIgnore) {
	var _PARENT_DIRECTORY$exe;
	const cwd = opts.cwd;
	let result = pattern;
	if (pattern[pattern.length - 1] === "/") result = pattern.slice(0, -1);
	if (result[result.length - 1] !== "*" && opts.expandDirectories) result += "/**";
	const escapedCwd = escapePath(cwd);
	result = isAbsolute(result.replace(ESCAPING_BACKSLASHES, "")) ? posix.relative(escapedCwd, result) : posix.normalize(result);
	const parentDir = (_PARENT_DIRECTORY$exe = PARENT_DIRECTORY.exec(result)) === null || _PARENT_DIRECTORY$exe === void 0 ? void 0 : _PARENT_DIRECTORY$exe[0];
	const parts = splitPattern(result);
	if (parentDir) {
		const n = (parentDir.length + 1) / 3;
		let i = 0;
		const cwdParts = escapedCwd.split("/");
		while (i < n && parts[i + n] === cwdParts[cwdParts.length + i - n]) {
			result = result.slice(0, (n - i - 1) * 3) + result.slice((n - i) * 3 + parts[i + n].length + 1) || ".";
			i++;
		}
		const potentialRoot = posix.join(cwd, parentDir.slice(i * 3));
		if (potentialRoot[0] !== "." && props.root.length > potentialRoot.length) {
			props.root = ensureNonDriveRelativePath(potentialRoot);
			props.depthOffset = -n + i;
		}
	}
	if (!isIgnore && props.depthOffset >= 0) {
		var _props$commonPath;
		(_props$commonPath = props.commonPath) !== null && _props$commonPath !== void 0 || (props.commonPath = parts);
		const newCommonPath = [];
		const length = Math.min(props.commonPath.length, parts.length);
		for (let i = 0; i < length; i++) {
			const part = parts[i];
			if (part === "**" && !parts[i + 1]) {
				newCommonPath.pop();
				break;
			}
			if (i === parts.length - 1 || part !== props.commonPath[i] || isDynamicPattern(part)) break;
			newCommonPath.push(part);
		}
		props.depthOffset = newCommonPath.length;
		props.commonPath = newCommonPath;
		props.root = ensureNonDriveRelativePath(newCommonPath.length > 0 ? posix.join(cwd, ...newCommonPath) : cwd);
	}
	return result;
}
function processPatterns(options, patterns, props) {
	const matchPatterns = [];
	const ignorePatterns = [];
	for (const pattern of options.ignore) {
		if (!pattern) continue;
		if (pattern[0] !== "!" || pattern[1] === "(") ignorePatterns.push(normalizePattern(pattern, options, props, true));
	}
	for (const pattern of patterns) {
		if (!pattern) continue;
		if (pattern[0] !== "!" || pattern[1] === "(") matchPatterns.push(normalizePattern(pattern, options, props, false));
		else if (pattern[1] !== "!" || pattern[2] === "(") ignorePatterns.push(normalizePattern(pattern.slice(1), options, props, true));
	}
	return {
		match: matchPatterns,
		ignore: ignorePatterns
	};
}
function buildCrawler(options, patterns) {
	const cwd = options.cwd;
	const props = {
		root: cwd,
		depthOffset: 0
	};
	const processed = processPatterns(options, patterns, props);
	if (options.debug) log("internal processing patterns:", processed);
	const { absolute, caseSensitiveMatch, debug, dot, followSymbolicLinks, onlyDirectories } = options;
	const root = props.root.replace(BACKSLASHES, "");
	const matchOptions = {
		dot,
		nobrace: options.braceExpansion === false,
		nocase: !caseSensitiveMatch,
		noextglob: options.extglob === false,
		noglobstar: options.globstar === false,
		posix: true
	};
	const matcher = (0, import_picomatch.default)(processed.match, matchOptions);
	const ignore = (0, import_picomatch.default)(processed.ignore, matchOptions);
	const partialMatcher = getPartialMatcher(processed.match, matchOptions);
	const format = buildFormat(cwd, root, absolute);
	const excludeFormatter = absolute ? format : buildFormat(cwd, root, true);
	const excludePredicate = (_, p) => {
		const relativePath = excludeFormatter(p, true);
		return relativePath !== "." && !partialMatcher(relativePath) || ignore(relativePath);
	};
	let maxDepth;
	if (options.deep !== void 0) maxDepth = Math.round(options.deep - props.depthOffset);
	const crawler = new Builder({
		filters: [debug ? (p, isDirectory) => {
			const path = format(p, isDirectory);
			const matches = matcher(path) && !ignore(path);
			if (matches) log(`matched ${path}`);
			return matches;
		} : (p, isDirectory) => {
			const path = format(p, isDirectory);
			return matcher(path) && !ignore(path);
		}],
		exclude: debug ? (_, p) => {
			const skipped = excludePredicate(_, p);
			log(`${skipped ? "skipped" : "crawling"} ${p}`);
			return skipped;
		} : excludePredicate,
		fs: options.fs,
		pathSeparator: "/",
		relativePaths: !absolute,
		resolvePaths: absolute,
		includeBasePath: absolute,
		resolveSymlinks: followSymbolicLinks,
		excludeSymlinks: !followSymbolicLinks,
		excludeFiles: onlyDirectories,
		includeDirs: onlyDirectories || !options.onlyFiles,
		maxDepth,
		signal: options.signal
	}).crawl(root);
	if (options.debug) log("internal properties:", {
		...props,
		root
	});
	return [crawler, cwd !== root && !absolute && buildRelative(cwd, root)];
}
function formatPaths(paths, mapper) {
	if (mapper) for (let i = paths.length - 1; i >= 0; i--) paths[i] = mapper(paths[i]);
	return paths;
}
const defaultOptions = {
	caseSensitiveMatch: true,
	debug: !!process.env.TINYGLOBBY_DEBUG,
	expandDirectories: true,
	followSymbolicLinks: true,
	onlyFiles: true
};
function getOptions(options) {
	const opts = Object.assign({}, options);
	for (const key in defaultOptions) if (opts[key] === void 0) Object.assign(opts, { [key]: defaultOptions[key] });
	opts.cwd = (opts.cwd instanceof URL ? fileURLToPath(opts.cwd) : resolve(opts.cwd || process.cwd())).replace(BACKSLASHES, "/");
	opts.ignore = ensureStringArray(opts.ignore);
	opts.fs && (opts.fs = {
		readdir: opts.fs.readdir || readdir,
		readdirSync: opts.fs.readdirSync || readdirSync,
		realpath: opts.fs.realpath || realpath,
		realpathSync: opts.fs.realpathSync || realpathSync,
		stat: opts.fs.stat || stat,
		statSync: opts.fs.statSync || statSync
	});
	if (opts.debug) log("globbing with options:", opts);
	return opts;
}
function getCrawler(globInput, inputOptions = {}) {
	var _ref;
	if (globInput && (inputOptions === null || inputOptions === void 0 ? void 0 : inputOptions.patterns)) throw new Error("Cannot pass patterns as both an argument and an option");
	const isModern = isReadonlyArray(globInput) || typeof globInput === "string";
	const patterns = ensureStringArray((_ref = isModern ? globInput : globInput.patterns) !== null && _ref !== void 0 ? _ref : "**/*");
	const options = getOptions(isModern ? inputOptions : globInput);
	return patterns.length > 0 ? buildCrawler(options, patterns) : [];
}
async function glob(globInput, options) {
	const [crawler, relative] = getCrawler(globInput, options);
	return crawler ? formatPaths(await crawler.withPromise(), relative) : [];
}

// src/execution/workdir.ts
/**
* The folder a step runs in, with every symlink followed. Asked without waiting: four trips to the thread pool would be a
* tenth of what a small step costs.
* @param workspace absolute, already followed
* @param cwd relative to it, with "/"
* @throws SpawnError when there is no such folder, or a symlink leads it out of the workspace
*/
function readWorkdir(workspace, cwd) {
	let found;
	try {
		found = realpathSync$1.native(join$1(workspace, cwd));
		if (!statSync$1(found).isDirectory()) throw new SpawnError("cwd_not_found", `its cwd ${cwd} is not a folder`);
	} catch (error) {
		if (error instanceof SpawnError) throw error;
		throw new SpawnError("cwd_not_found", `its cwd ${cwd} does not exist in the workspace`, { cause: error });
	}
	if (!isInside(workspace, found)) throw new SpawnError("cwd_outside", `its cwd ${cwd} is a link that leads out of the workspace`);
	return found;
}
/** Whether `path` is `folder` or below it. Both absolute and without symlinks. */
function isInside(folder, path) {
	const way = relative$1(folder, path);
	return way !== ".." && !way.startsWith(`..${sep$1}`) && !isAbsolute$1(way);
}

// src/execution/file-globs.ts
/**
* The regular files that a glob matches, sorted by name. A folder's name stands for all that is in it. Links are not
* followed out of the workspace, and dot files count.
* @param cwd where the glob starts; absolute, without symlinks, as is `workspace`
* @param pattern a glob, or the plain name of a file, whatever characters it has
*/
async function findFiles(workspace, cwd, pattern) {
	if (findPathFault(pattern, { glob: true }) !== void 0) return [];
	const plain = await readFile(workspace, join$1(cwd, pattern));
	if (plain) return [plain];
	const matches = await glob(pattern, {
		cwd,
		dot: true,
		followSymbolicLinks: false,
		absolute: true
	});
	const files = [];
	for (const match of matches) {
		const file = await readFile(workspace, match);
		if (file) files.push(file);
	}
	return files.toSorted((a, b) => a.name < b.name ? -1 : 1);
}
async function readFile(workspace, path) {
	try {
		const real = await realpath$1(path);
		if (!isInside(workspace, real)) return void 0;
		const stat = await lstat(real, { bigint: true });
		if (!stat.isFile()) return void 0;
		return {
			path: real,
			name: relative$1(workspace, path).split(sep$1).join("/"),
			size: Number(stat.size),
			version: `${stat.dev}:${stat.ino}:${stat.size}:${stat.mtimeNs}`
		};
	} catch {
		return;
	}
}

// src/execution/step-files.ts
/** @param cwd absolute, without symlinks */
async function readReportsBefore({ step, workspace }, cwd) {
	const found = await Promise.all(step.reports.map(({ path }) => findFiles(workspace, cwd, path)));
	return new Map(found.flat().map(({ path, version }) => [path, version]));
}
/** Keeps the reports and outputs of an attempt that is over, also of one that failed, and judges what is not there. */
async function captureFiles(context, cwd, before, rules) {
	const { step, workspace } = context;
	const keep = makeKeeper(context);
	let fault = null;
	const judge = (rule, cause) => {
		if (rule === "fail" && !step.allow_empty) fault ??= {
			...cause,
			message: context.redact(cause.message, "cause/message")
		};
		else context.warn(cause.code === "report_missing" || cause.code === "output_missing" ? "glob_matched_nothing" : "file_not_captured", cause.message);
	};
	for (const { path } of step.reports) {
		const files = await findFiles(workspace, cwd, path);
		const fresh = files.filter((file) => before.get(file.path) !== file.version);
		const problem = findReportFault(path, files, fresh);
		if (problem) judge(rules.report, problem);
		await keep("report", path, fresh);
	}
	for (const pattern of step.outputs) {
		const files = await findFiles(workspace, cwd, pattern);
		if (files.length === 0) judge(rules.output, {
			code: "output_missing",
			message: `its output ${pattern} does not exist: nothing matches it`
		});
		await keep("output", pattern, files);
	}
	return {
		...keep.ids,
		fault
	};
}
function findReportFault(path, files, fresh) {
	if (files.length === 0) return {
		code: "report_missing",
		message: `its report ${path} does not exist`
	};
	if (fresh.length === 0) return {
		code: "report_stale",
		message: `its report ${path} was there before and has not been written since`
	};
	const empty = fresh.find(({ size }) => size === 0);
	return empty ? {
		code: "report_empty",
		message: `its report ${empty.name} is empty`
	} : null;
}
function makeKeeper(context) {
	const { stop, store, redactor, step } = context;
	const ids = {
		reportIds: [],
		outputIds: []
	};
	const seen = {
		report: /* @__PURE__ */ new Set(),
		output: /* @__PURE__ */ new Set()
	};
	let deadline;
	const isStopped = () => {
		if (stop.reason() === null) return false;
		deadline ??= performance.now() + limits.cancelCaptureMs;
		return performance.now() > deadline;
	};
	const keepOne = async (kind, file) => {
		const list = kind === "report" ? ids.reportIds : ids.outputIds;
		const id = context.toArtifactId(`${kind}/${list.length + 1}`);
		const name = context.redact(file.name, "artifacts");
		try {
			const captured = await store.captureFile({
				id,
				kind,
				name,
				stepId: step.id,
				path: file.path,
				redactor,
				isStopped
			});
			if (captured.problem !== null) context.warn("file_not_captured", `${file.name} was not kept whole (${captured.problem})`);
			list.push(id);
			await context.announce(captured, name, "artifact");
		} catch (error) {
			context.warn("file_not_captured", `${file.name} can't be read: ${toMessage(error)}`);
		}
	};
	const keep = async (kind, pattern, files) => {
		const fresh = files.filter(({ path }) => !seen[kind].has(path));
		const room = Math.max(0, limits.outputFilesPerStep - seen[kind].size);
		for (const [index, file] of fresh.slice(0, room).entries()) {
			if (isStopped()) {
				context.warn("file_not_captured", `${fresh.length - index} files of ${pattern} were not kept: the run was being ended`);
				return;
			}
			seen[kind].add(file.path);
			await keepOne(kind, file);
		}
		if (fresh.length > room) context.warn("file_not_captured", `${fresh.length - room} files of ${pattern} were not kept: a step keeps ${limits.outputFilesPerStep} at most`);
	};
	return Object.assign(keep, { ids });
}

// src/execution/verdict.ts
/** What the process's own end says. A reason of ours for ending it comes before how it took that. */
function toVerdict({ exit, endedBy }, step) {
	const facts = {
		exit_code: exit?.code ?? null,
		signal: exit?.signal ?? null
	};
	if (endedBy !== null) {
		const { status, termination, message } = endings[endedBy](step);
		return {
			...facts,
			status,
			termination,
			cause: {
				code: endedBy,
				message
			}
		};
	}
	if (facts.signal !== null) {
		const cause = {
			code: "signaled",
			message: `ended by ${facts.signal}`
		};
		return {
			...facts,
			status: "failed",
			termination: "signaled",
			cause
		};
	}
	if (facts.exit_code !== 0) {
		const cause = {
			code: "exit_nonzero",
			message: toExitMessage(facts.exit_code, step)
		};
		return {
			...facts,
			status: "failed",
			termination: "exited",
			cause
		};
	}
	return {
		...facts,
		status: "success",
		termination: "exited",
		cause: null
	};
}
/** A process that was not there to end. */
function toNotStarted(message) {
	return {
		status: "error",
		termination: "spawn_failed",
		exit_code: null,
		signal: null,
		cause: {
			code: "spawn_failed",
			message: `could not be started: ${message}`
		}
	};
}
/** Files that should be there decide only where the process itself succeeded. */
function withFileFault(verdict, fault) {
	return verdict.cause !== null || fault === null ? verdict : {
		...verdict,
		status: "failed",
		cause: fault
	};
}
const endings = {
	timeout: (step) => ({
		status: "timed_out",
		termination: "timed_out",
		message: `still running after its timeout of ${formatDuration(step.timeout_ms)}`
	}),
	idle_timeout: (step) => ({
		status: "timed_out",
		termination: "idle_timeout",
		message: `printed nothing for its idle_timeout of ${formatDuration(step.idle_timeout_ms ?? 0)}`
	}),
	cancelled: () => ({
		status: "aborted",
		termination: "aborted",
		message: "the run was cancelled"
	}),
	run_timeout: () => ({
		status: "aborted",
		termination: "aborted",
		message: "the run reached its max_duration"
	})
};
function toExitMessage(code, step) {
	const message = `exited with code ${code}`;
	if (!("run" in step.command)) return message;
	if (code === 127) return `${message} (its shell found no such command)`;
	if (code === 126) return `${message} (its shell could not execute a command)`;
	return message;
}

// src/execution/process-kind.ts
/** The kinds whose steps run a program and end with it. They differ in what they make of declared files. */
function makeProcessKind(rules) {
	return async (context) => {
		const { attempt, now } = context;
		const startedAt = now();
		const start = performance.now();
		const stdout = openOutput(context, "stdout");
		const stderr = openOutput(context, "stderr");
		const run = await runStep$1(context, rules, stdout, stderr);
		const keptAt = performance.now();
		const complete = [await keepOutput(context, "stdout", stdout), await keepOutput(context, "stderr", stderr)];
		const captured = await run.capture();
		const { cause, ...verdict } = withFileFault(run.verdict, captured.fault);
		return {
			attempt,
			...verdict,
			...cause && { cause },
			started_at: toTimestamp(startedAt),
			finished_at: toTimestamp(now()),
			duration_ms: Math.round(performance.now() - start),
			phases: {
				...run.phases,
				capture_ms: Math.round(performance.now() - keptAt)
			},
			stdout_artifact_id: context.toArtifactId("stdout"),
			stderr_artifact_id: context.toArtifactId("stderr"),
			report_artifact_ids: captured.reportIds,
			output_artifact_ids: captured.outputIds,
			output_complete: run.outputComplete && !complete.includes(false),
			survivors_killed: run.survivorsKilled
		};
	};
}
/** From the plan's words to a process that has ended, or could not begin. */
async function runStep$1(context, rules, stdout, stderr) {
	const { step, workspace, scratch, runnerEnv, platform } = context;
	const start = performance.now();
	try {
		const cwd = readWorkdir(workspace, step.cwd);
		const before = await readReportsBefore(context, cwd);
		const program = toProgram(step.command, scratch);
		const mark = randomBytes(16).toString("hex");
		const manifestEnv = context.environments[step.id] ?? {};
		const env = toChildEnvironment({
			runnerEnv,
			passEnv: step.pass_env,
			manifestEnv,
			mark,
			platform
		});
		const preparedMs = performance.now() - start;
		const limits = {
			timeoutMs: step.timeout_ms,
			idleTimeoutMs: step.idle_timeout_ms
		};
		let result;
		try {
			result = await runProcess({
				...context,
				...limits,
				program,
				cwd,
				env,
				mark,
				stdout,
				stderr
			});
		} finally {
			program.release();
		}
		tellSurvivors(context, result);
		return {
			verdict: toVerdict(result, step),
			phases: toPhases(result, preparedMs),
			outputComplete: result.outputComplete,
			survivorsKilled: result.swept.killed,
			capture: () => captureFiles(context, cwd, before, rules)
		};
	} catch (error) {
		if (!(error instanceof SpawnError)) throw error;
		return {
			verdict: toNotStarted(context.redact(error.message, "cause/message")),
			phases: {
				spawn_ms: Math.round(performance.now() - start),
				run_ms: 0,
				terminate_ms: 0,
				drain_ms: 0
			},
			outputComplete: true,
			survivorsKilled: 0,
			capture: async () => ({
				reportIds: [],
				outputIds: [],
				fault: null
			})
		};
	}
}
function toPhases(result, preparedMs) {
	return {
		spawn_ms: Math.round(preparedMs + result.spawnMs),
		run_ms: Math.round(result.runMs),
		terminate_ms: Math.round(result.terminateMs),
		drain_ms: Math.round(result.drainMs)
	};
}
function tellSurvivors({ warn }, { swept, outputComplete }) {
	const were = (count) => count === 1 ? "1 process was" : `${count} processes were`;
	if (swept.killed > 0) warn("survivors_killed", `${were(swept.killed)} still running when it had ended, and killed`);
	if (swept.left > 0) warn("survivors_left", `${were(swept.left)} still running when it had ended, and could not be killed`);
	if (!outputComplete) warn("output_incomplete", "its output was cut off: a process that it left behind was still writing, or held it open");
}
function openOutput({ store, redactor, emit, toArtifactId, step, attempt }, stream) {
	return makeOutput({
		redaction: redactor.stream(),
		writer: store.openWriter(toArtifactId(stream)),
		emit: (output) => emit({
			type: "step_output",
			step_id: step.id,
			attempt,
			stream,
			...output
		})
	});
}
/** @returns whether all of it was kept */
async function keepOutput(context, stream, output) {
	const { content, hits } = await output.end();
	const identity = {
		id: context.toArtifactId(stream),
		kind: stream,
		name: stream,
		stepId: context.step.id
	};
	const redaction = {
		class: "text",
		applied: hits.length > 0
	};
	const artifact = toArtifact(identity, content, {
		mediaType: "text/plain",
		redaction
	});
	if (content.problem !== null) context.warn("output_incomplete", `its ${stream} was not kept whole (${content.problem}): ${content.size} bytes were`);
	await context.announce({
		artifact,
		receipts: hits
	}, stream, "output");
	return !content.truncated;
}

// src/execution/kinds/build.ts
/** A build: outputs that it declares and does not make are a failure. */
const build = makeProcessKind({
	report: "warn",
	output: "fail"
});

// src/execution/kinds/command.ts
/** A program that is run for its effect: declared files that are not there are worth a warning. */
const command = makeProcessKind({
	report: "warn",
	output: "warn"
});

// src/execution/kinds/lint.ts
/** A linter: without the report it declares it has said nothing. */
const lint = makeProcessKind({
	report: "fail",
	output: "warn"
});

// src/execution/kinds/test.ts
/** Tests: without the report they declare nothing is known to have run. */
const test = makeProcessKind({
	report: "fail",
	output: "warn"
});

// src/execution/kinds/registry.ts
/** What makes an attempt of each kind of step. */
const kinds = {
	command,
	lint,
	test,
	build
};

// src/execution/step-context.ts
function makeAttemptContext(run, step, attempt) {
	const { emit, redactor, now } = run;
	const toArtifactId = (rest) => `${step.id}/${attempt}/${rest}`;
	const receive = (hits, id, where) => {
		for (const hit of hits) {
			const receipt = {
				id: `${id}/${hit.rule_id}/${hit.match_type}`,
				...hit,
				...where,
				timestamp: toTimestamp(now())
			};
			emit({
				type: "redaction_applied",
				step_id: step.id,
				receipt
			});
		}
	};
	let texts = 0;
	const redact = (text, pointer) => {
		const { text: safe, hits } = redactor.text(text);
		if (hits.length === 0) return text;
		const path = `/execution/steps/${step.index}/${pointer}`;
		receive(hits, toArtifactId(`text/${texts += 1}`), {
			path,
			artifact_id: null,
			stage: "record"
		});
		return safe;
	};
	return {
		...run,
		step,
		attempt,
		toArtifactId,
		redact,
		warn(code, message) {
			emit({
				type: "step_warning",
				step_id: step.id,
				attempt,
				code,
				message: redact(message, "warnings")
			});
		},
		announce({ artifact, receipts }, path, stage) {
			const wait = emit({
				type: "artifact_captured",
				step_id: step.id,
				artifact
			});
			receive(receipts, artifact.id, {
				path,
				artifact_id: artifact.id,
				stage
			});
			return wait;
		}
	};
}

// src/execution/stop.ts
/**
* One listener on the signal for any number of steps: Node warns of a leak from the eleventh on.
* A reason that is not one of ours counts as a cancellation.
*/
function makeStop$1(signal) {
	const listeners = /* @__PURE__ */ new Set();
	const reason = () => {
		if (!signal.aborted) return null;
		return signal.reason === "run_timeout" ? "run_timeout" : "cancelled";
	};
	const onAbort = () => {
		const why = reason() ?? "cancelled";
		for (const listener of listeners) listener(why);
		listeners.clear();
	};
	signal.addEventListener("abort", onAbort, { once: true });
	return {
		reason,
		subscribe(listener) {
			const already = reason();
			if (already !== null) {
				listener(already);
				return () => {};
			}
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		[Symbol.dispose]: () => signal.removeEventListener("abort", onAbort)
	};
}
/** Waits, or less when the run is being ended. @returns whether the whole time went by */
function sleepUnlessStopped(ms, stop) {
	return new Promise((resolve) => {
		let unsubscribe = () => {};
		const timer = setTimeout(() => {
			unsubscribe();
			resolve(true);
		}, ms);
		unsubscribe = stop.subscribe(() => {
			clearTimeout(timer);
			resolve(false);
		});
	});
}

// src/execution/step.ts
/** Makes the attempts of one step, tells of each, and gives the status of the last. */
async function runStep(run, step) {
	for (let attempt = 1;; attempt += 1) {
		const context = makeAttemptContext(run, step, attempt);
		const output = {
			stdout_artifact_id: context.toArtifactId("stdout"),
			stderr_artifact_id: context.toArtifactId("stderr")
		};
		await run.emit({
			type: "step_started",
			step_id: step.id,
			attempt,
			...output
		});
		const result = await kinds[step.kind](context);
		if (!mayRetry(run, step, result)) return await finish(run, step, result);
		const delay_ms = toBackoff(step, attempt + 1);
		await run.emit({
			type: "step_retrying",
			step_id: step.id,
			attempt,
			result,
			next_attempt: attempt + 1,
			delay_ms
		});
		if (!await sleepUnlessStopped(delay_ms, run.stop)) return await finish(run, step, toUnmadeAttempt(run, step, attempt + 1));
	}
}
async function finish(run, step, result) {
	await run.emit({
		type: "step_finished",
		step_id: step.id,
		attempt: result.attempt,
		result
	});
	return result.status;
}
function mayRetry({ stop }, step, { attempt, status }) {
	return status !== "success" && attempt < step.retry.max_attempts && stop.reason() === null;
}
/** ms before attempt n (2, 3, ...): doubled each time, up to the plan's bound. */
function toBackoff({ retry }, attempt) {
	return Math.min(retry.backoff_ms * 2 ** (attempt - 2), retry.max_backoff_ms);
}
/** The attempt that the end of the run came before: nothing of it exists but the decision to make it. */
function toUnmadeAttempt({ stop, now }, step, attempt) {
	const at = toTimestamp(now());
	const { cause, ...verdict } = toVerdict({
		exit: null,
		endedBy: stop.reason() ?? "cancelled"
	}, step);
	const wait = formatDuration(toBackoff(step, attempt));
	return {
		attempt,
		...verdict,
		...cause && { cause: {
			...cause,
			message: `${cause.message} in the ${wait} before attempt ${attempt}`
		} },
		started_at: at,
		finished_at: at,
		duration_ms: 0,
		phases: {
			spawn_ms: 0,
			run_ms: 0,
			terminate_ms: 0,
			drain_ms: 0,
			capture_ms: 0
		},
		stdout_artifact_id: null,
		stderr_artifact_id: null,
		report_artifact_ids: [],
		output_artifact_ids: [],
		output_complete: true,
		survivors_killed: 0
	};
}

// src/execution/execute.ts
/**
* Runs the steps of a plan and tells what happens as it happens: for each step exactly one step_finished or step_skipped,
* whatever comes. A consumer that is slow slows the steps down: nothing piles up. One that leaves ends the steps, which
* are dead when its loop is over. A throw is a bug, or a workspace that does not exist.
*/
async function* execute(options) {
	const channel = makeChannel(limits.eventQueueBytes);
	const left = new AbortController();
	const running = runPlan(options, channel, left.signal).then(() => channel.close(), (error) => channel.fail(error));
	try {
		yield* channel;
	} finally {
		left.abort("cancelled");
		await running;
	}
}
async function runPlan(options, channel, left) {
	try {
		var _usingCtx$1 = _usingCtx();
		const { plan, runnerEnv, now } = options;
		const { platform } = process;
		const stop = _usingCtx$1.u(makeStop$1(AbortSignal.any([options.signal, left])));
		const scratch = _usingCtx$1.a(await openScratch(runnerEnv.PATH, platform));
		const emit = (draft) => channel.push({
			...draft,
			timestamp: toTimestamp(now())
		}, toWeight(draft));
		const workspace = await realpath$1(options.workspace);
		const run = {
			...options,
			workspace,
			scratch,
			stop,
			platform,
			emit
		};
		const schedule = makeSchedule(plan);
		const active = /* @__PURE__ */ new Set();
		const failures = [];
		const tellSkipped = async (skipped) => {
			for (const { step, reason } of skipped) await emit({
				type: "step_skipped",
				step_id: step.id,
				attempt: 0,
				reason
			});
		};
		for (;;) {
			const reason = stop.reason();
			if (reason !== null || failures.length > 0) await tellSkipped(schedule.skipRest(reason === "run_timeout" ? "the run reached its max_duration" : "the run was cancelled"));
			while (active.size < plan.max_parallel && stop.reason() === null && failures.length === 0) {
				const { start, skip } = schedule.next();
				await tellSkipped(skip);
				if (start === null) break;
				const step = runStep(run, start).then((status) => schedule.finish(start, status)).catch((error) => void failures.push(error)).finally(() => active.delete(step));
				active.add(step);
			}
			if (active.size === 0) break;
			await Promise.race(active);
		}
		if (failures.length > 0) throw failures[0];
	} catch (_) {
		_usingCtx$1.e = _;
	} finally {
		await _usingCtx$1.d();
	}
}
/** Bytes that a draft keeps in memory, roughly. */
function toWeight(draft) {
	return draft.type === "step_output" ? 512 + draft.bytes : 512;
}

// src/redaction/json.ts
/** Members whose strings are words of the schema or names that other members refer to, never free text. */
const FIXED_MEMBERS = /* @__PURE__ */ new Set([
	"id",
	"parent_id",
	"needs",
	"kind",
	"type",
	"trigger",
	"when",
	"shell",
	"format",
	"source",
	"provider",
	"runner_type",
	"basis",
	"env_names",
	"pass_env",
	"secrets",
	"sha256",
	"requested_at"
]);
const OBJECT_ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
/**
* A copy of plain JSON in which every free text has passed the redactor. Words of the schema and digests are left as
* they are: a secret that happens to be `test` must not turn a kind into something that is no kind.
* @returns the copy, and what was replaced where (JSON Pointers, RFC 6901, below `pointer`)
*/
function redactJson(value, redactor, pointer = "") {
	const found = [];
	const walk = (node, at) => {
		if (typeof node === "string") {
			if (OBJECT_ID.test(node)) return node;
			const { text, hits } = redactor.text(node);
			for (const hit of hits) found.push({
				path: at,
				hit
			});
			return text;
		}
		if (Array.isArray(node)) return node.map((item, index) => walk(item, `${at}/${index}`));
		if (typeof node !== "object" || node === null) return node;
		return Object.fromEntries(Object.entries(node).map(([key, member]) => [key, FIXED_MEMBERS.has(key) ? member : walk(member, `${at}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`)]));
	};
	return {
		value: walk(value, pointer),
		found
	};
}

// src/redaction/byte-window.ts
/** Readable bytes behind the last valid one, for scanners that look ahead by a word. */
const SLACK = 16;
const FIRST_CAPACITY = 512;
function makeByteWindow(capacity = FIRST_CAPACITY) {
	const memory = new ArrayBuffer(Math.ceil(capacity / 4) * 4 + SLACK & -4);
	return {
		bytes: Buffer.from(memory),
		words: new Int32Array(memory),
		length: 0
	};
}
/** Appends in place; grows by doubling, so that a line that comes byte by byte costs its length and no more. */
function append(window, data) {
	const needed = window.length + data.length;
	if (needed + SLACK > window.bytes.length) {
		const grown = makeByteWindow(Math.max(needed, window.bytes.length * 2));
		window.bytes.copy(grown.bytes, 0, 0, window.length);
		window.bytes = grown.bytes;
		window.words = grown.words;
	}
	window.bytes.set(data, window.length);
	window.length = needed;
}
/** Forgets the first `count` bytes. */
function dropFront(window, count) {
	window.bytes.copyWithin(0, count, window.length);
	window.length -= count;
}

// src/redaction/base64-forms.ts
/** A shorter core says too little to be told from chance: 36 bits. */
const LEAST_CORE = 6;
/** A part of a core that a line break or a cut left over counts from this length: 54 bits. */
const LEAST_PIECE = 9;
/** Lines of wrapped base64 have 64 or 76 characters: each holds a place where a part is recognised. */
const PIECE_STEP = 48;
/**
* base64 and base64url (RFC 4648) of bytes as they look inside the encoding of a larger text: at the three alignments,
* without the characters at the borders that carry bits of the neighbours. Those are covered by `spill`.
*/
function toBase64Forms(bytes) {
	const forms = [];
	for (const alignment of [
		0,
		1,
		2
	]) {
		const shifted = Buffer.concat([Buffer.alloc(alignment), bytes]).toString("base64");
		const bits = (alignment + bytes.length) * 8;
		const core = shifted.slice(alignment === 0 ? 0 : alignment + 1, Math.floor(bits / 6));
		if (core.length < LEAST_CORE) {
			if (alignment === 0) forms.push({
				bytes: shifted,
				kind: "encoded_value",
				leastPiece: 0,
				pieceStep: 0,
				spill: 0
			});
			continue;
		}
		const spill = (alignment > 0 ? 1 : 0) | (bits % 6 > 0 ? 2 : 0);
		const leastPiece = core.length < LEAST_PIECE ? 0 : LEAST_PIECE;
		forms.push({
			bytes: core,
			kind: "encoded_value",
			leastPiece,
			pieceStep: PIECE_STEP,
			spill
		});
		if (/[+/]/.test(core)) {
			const url = core.replaceAll("+", "-").replaceAll("/", "_");
			forms.push({
				bytes: url,
				kind: "encoded_value",
				leastPiece,
				pieceStep: PIECE_STEP,
				spill
			});
		}
	}
	return forms;
}
/** True for a byte of either base64 alphabet. */
function isBase64Byte(byte) {
	return byte !== void 0 && BASE64_BYTES[byte] === 1;
}
const BASE64_BYTES = /* @__PURE__ */ new Uint8Array(256);
for (const char of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_") BASE64_BYTES[char.charCodeAt(0)] = 1;

// src/redaction/hex-forms.ts
/** From this many bytes hex is long enough not to be met by chance. */
const LEAST_BYTES = 6;
/** `xxd -p` writes 60 digits to a line; dumps write eight bytes or more to a group. A part counts from 6 bytes. */
const LINES = {
	leastPiece: 16,
	pieceStep: 48
};
const GROUPS = {
	leastPiece: 17,
	pieceStep: 16
};
const WHOLE = {
	leastPiece: 0,
	pieceStep: 0
};
/**
* Bytes in hex: plain, with `:` or a space or `\x` or `%` between bytes, and in the groups of `xxd`. The lower-case ones,
* which dumps wrap into lines, are recognised in parts.
*/
function toHexForms(bytes) {
	const lower = bytes.toString("hex");
	const upper = lower.toUpperCase();
	const percent = [toForm$2(`%${join(lower, "%")}`, WHOLE), toForm$2(`%${join(upper, "%")}`, WHOLE)];
	if (bytes.length < LEAST_BYTES) return percent;
	return [
		...percent,
		toForm$2(lower, LINES),
		toForm$2(upper, LINES),
		toForm$2(join(lower, ":"), GROUPS),
		toForm$2(join(lower, " "), GROUPS),
		toForm$2(join(upper, ":"), WHOLE),
		toForm$2(join(upper, " "), WHOLE),
		toForm$2(`\\x${join(lower, "\\x")}`, WHOLE),
		toForm$2(lower.replaceAll(/....(?!$)/g, "$& "), GROUPS),
		toForm$2(`${lower.slice(0, 2)} ${lower.slice(2).replaceAll(/....(?!$)/g, "$& ")}`, GROUPS)
	];
}
function join(digits, between) {
	return digits.replaceAll(/..(?!$)/g, `$&${between}`);
}
function toForm$2(bytes, piece) {
	return {
		bytes,
		kind: "encoded_value",
		...piece,
		spill: 0
	};
}

// src/redaction/escapes.ts
/** Letters, digits and `_` are written as they are by every escape of this file. */
const ESCAPE_FREE = /^\w*$/;
const hexOf = (char, digits) => char.charCodeAt(0).toString(16).padStart(digits, "0");
const toJson = (value) => JSON.stringify(value).slice(1, -1);
const toAsciiJson = (value, spell) => toJson(value).replaceAll(/[^\x00-\x7f]/g, (char) => `\\u${spell(hexOf(char, 4))}`);
const toMarkupSafeJson = (value) => toJson(value).replaceAll(/[<>&\u2028\u2029]/g, (char) => `\\u${hexOf(char, 4)}`);
const lower = (hex) => hex.toLowerCase();
const upper = (hex) => hex.toUpperCase();
const toPercent = (value) => encodeURIComponent(value.toWellFormed());
const toStrictPercent = (value) => toPercent(value).replaceAll(/[!'()*]/g, (char) => `%${upper(hexOf(char, 2))}`);
const toForm$1 = (value) => new URLSearchParams([["", value]]).toString().slice(1);
const withLowerHex = (escape) => (value) => escape(value).replaceAll(/%[0-9A-F]{2}/g, lower);
const toByteEscapes = (value, spell) => Array.from(Buffer.from(value), (byte) => byte === 92 ? "\\\\" : byte >= 32 && byte < 127 ? String.fromCharCode(byte) : SHORT[byte] ?? spell(byte)).join("");
const SHORT = {
	7: "\\a",
	8: "\\b",
	9: "\\t",
	10: "\\n",
	11: "\\v",
	12: "\\f",
	13: "\\r",
	27: "\\E"
};
const HTML = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	"\"": "&quot;",
	"'": "&#39;"
};
const toHtml = (value) => value.replaceAll(/[&<>"']/g, (char) => HTML[char] ?? char);
/**
* The escapes: JSON (RFC 8259; also with `\/`, in ASCII, safe for HTML, and JSON inside JSON), POSIX shell and `bash`
* quoting (as `set -x` and `printf %q` write it), percent-encoding (RFC 3986, the URL standard's form encoding, encodeURI),
* HTML and XML, doubled quotes (CSV, SQL, YAML, PowerShell), byte escapes of C, Python and bash, CRLF line ends.
*/
const ESCAPES = [
	toJson,
	(value) => toJson(value).replaceAll("/", "\\/"),
	(value) => toAsciiJson(value, lower),
	(value) => toAsciiJson(value, upper),
	toMarkupSafeJson,
	(value) => toJson(toJson(value)),
	(value) => toJson(toJson(value)).replaceAll("/", "\\/"),
	(value) => toJson(toJson(toJson(value))),
	(value) => value.replaceAll("'", String.raw`'\''`),
	(value) => value.replaceAll("'", `'"'"'`),
	(value) => value.replaceAll("'", String.raw`\'`),
	(value) => value.replaceAll(/[\\']/g, String.raw`\$&`),
	(value) => value.replaceAll(/[\\"$`]/g, String.raw`\$&`),
	(value) => value.replaceAll(/[\\"$`!]/g, String.raw`\$&`),
	(value) => value.replaceAll(/[^\w@%+=:,./\-\x80-\uffff]/g, String.raw`\$&`),
	(value) => value.replaceAll(/[^\w@%+=:./\-\x80-\uffff]/g, String.raw`\$&`),
	(value) => toByteEscapes(value, (byte) => `\\${byte.toString(8).padStart(3, "0")}`),
	(value) => toByteEscapes(value, (byte) => `\\${byte.toString(8).padStart(3, "0")}`).replaceAll("'", String.raw`\'`),
	(value) => toByteEscapes(value, (byte) => `\\x${byte.toString(16).padStart(2, "0")}`),
	toPercent,
	withLowerHex(toPercent),
	toStrictPercent,
	withLowerHex(toStrictPercent),
	(value) => toPercent(value).replaceAll("%2F", "/"),
	toForm$1,
	withLowerHex(toForm$1),
	(value) => encodeURI(value.toWellFormed()),
	(value) => toPercent(toPercent(value)),
	toHtml,
	(value) => toHtml(value).replaceAll("&#39;", "&#x27;"),
	(value) => toHtml(value).replaceAll("&#39;", "&apos;").replaceAll("&quot;", "&#34;"),
	(value) => toHtml(value).replaceAll("&#39;", "'").replaceAll("&quot;", "\""),
	(value) => toHtml(value).replaceAll("&#39;", "'"),
	(value) => value.replaceAll("'", "''"),
	(value) => value.replaceAll("\"", "\"\"")
];
/** The value as every escape writes it, each spelling once; spellings that equal the value are left out. */
function toEscapedSpellings(value) {
	const spellings = /* @__PURE__ */ new Set();
	if (ESCAPE_FREE.test(value)) return spellings;
	for (const escape of ESCAPES) spellings.add(escape(value));
	spellings.delete(value);
	return spellings;
}

// src/redaction/encodings.ts
/** Shorter values are met in any text: they are not searched for. Characters after trimming. */
const LEAST_VALUE = 4;
/** A line of a multi-line value counts as a secret by itself from this length. */
const LEAST_LINE = 8;
/** Only this much of a value is searched for; the environment cannot hold much more. */
const MOST_VALUE = 65536;
/** Longer values (key files) are looked for as they are, escaped and in base64 only. */
const MOST_SMALL = 4096;
/** A multi-line value with lines too short to count alone is also looked for as a whole, up to this length. */
const MOST_WHOLE = 1024;
/** Longer forms are cut into overlapping parts, so that no form is long and a part that is printed alone is found. */
const PART$1 = 256;
const PART_OVERLAP = 16;
const PEM_BORDER = /^-{5}(?:BEGIN|END) [^\r\n]{1,80}-{5}$/;
/**
* Every form of a value that is looked for, each once. Thresholds, in bytes of the value: from 4 as it is, escaped and
* percent-encoded; from 5 in base64; from 6 in hex. Of a multi-line value each line counts from 8 characters.
*/
function toForms(value) {
	const whole = value.slice(0, MOST_VALUE).trim();
	if (whole.length < 4) return [];
	const forms = /* @__PURE__ */ new Map();
	const add = (form) => {
		if (!forms.has(form.bytes)) forms.set(form.bytes, form);
	};
	const lines = toLines(whole);
	for (const line of lines.counted) addWritten(line, add);
	if (lines.counted.length !== 1 || lines.counted[0] !== whole) addWhole(whole, lines.others, add);
	addEncoded(whole, add);
	return [...forms.values()].flatMap(toParts);
}
function toLines(whole) {
	if (!/[\r\n]/.test(whole)) return {
		counted: [whole],
		others: []
	};
	const all = whole.split(/\r\n|\n|\r/).map((line) => line.trim());
	return {
		counted: all.filter((line) => line.length >= LEAST_LINE && !PEM_BORDER.test(line)),
		others: all.filter((line) => line.length < LEAST_LINE && /\w/.test(line))
	};
}
/** A multi-line value: written into one line by some escape, and as it is when its lines would not all be found. */
function addWhole(whole, shortLines, add) {
	for (const spelling of toEscapedSpellings(whole)) if (!/[\r\n]/.test(spelling)) add(toForm(toBytes(spelling), "encoded_value"));
	if (shortLines.length === 0 || whole.length > MOST_WHOLE) return;
	const unix = whole.replaceAll(/\r\n?/g, "\n");
	add(toForm(toBytes(unix), "known_value"));
	add(toForm(toBytes(unix.replaceAll("\n", "\r\n")), "encoded_value"));
}
function addWritten(text, add) {
	add(toForm(toBytes(text), "known_value"));
	for (const spelling of toEscapedSpellings(text)) add(toForm(toBytes(spelling), "encoded_value"));
}
function addEncoded(whole, add) {
	const bytes = Buffer.from(whole);
	for (const form of toBase64Forms(bytes)) add(form);
	if (whole.length > MOST_SMALL) return;
	for (const form of toHexForms(bytes)) add(form);
	const wide = Buffer.from(whole, "utf16le");
	add(toForm(wide.toString("latin1"), "encoded_value"));
	for (const form of toBase64Forms(wide)) add({
		...form,
		leastPiece: 0
	});
}
function toForm(bytes, kind) {
	return {
		bytes,
		kind,
		leastPiece: 0,
		pieceStep: 0,
		spill: 0
	};
}
function toBytes(text) {
	return /^[\x00-\x7f]*$/.test(text) ? text : Buffer.from(text).toString("latin1");
}
function toParts(form) {
	if (form.bytes.length <= PART$1) return [form];
	const parts = [];
	for (let from = 0; from + PART_OVERLAP < form.bytes.length; from += 240) {
		const bytes = form.bytes.slice(from, from + PART$1);
		const isLast = from + PART$1 >= form.bytes.length;
		parts.push({
			...form,
			bytes,
			spill: (from === 0 ? form.spill & 1 : 0) | (isLast ? form.spill & 2 : 0)
		});
	}
	return parts;
}

// src/redaction/match.ts
/** Bounds that the matchers keep and the stream relies on. */
const bounds = {
	/** No pattern or value reaches further than this from where its search begins. */
	lookAhead: 16384,
	/** No look-behind reaches further than this. */
	lookBehind: 512
};

// src/redaction/line-rules.ts
const PIECE = bounds.lookAhead;
/** No match of a user's rule is longer, where a line is longer than a piece. */
const OVERLAP = 4096;
/** A pattern is written in characters and run over bytes: what is not ASCII in it is looked for as UTF-8. */
function makeLineRule(source, identity) {
	return {
		pattern: new RegExp(Buffer.from(source).toString("latin1"), "g"),
		identity
	};
}
/**
* Runs the rules over the lines and pieces that are complete.
* @param text the window as latin1
* @param position of the stream; `next` is where the piece to look at begins
* @returns where bytes must be kept from, because a piece that is not complete begins there
*/
function matchLines(rules, window, text, position, isFinal, matches) {
	if (rules.length === 0) return window.length;
	while (position.next < window.length) {
		const lineEnd = toLineEnd$1(window, position.next, position.next + PIECE);
		const isWhole = lineEnd < window.length && lineEnd < position.next + PIECE;
		if (!isWhole && !isFinal && window.length < position.next + PIECE) break;
		const end = Math.min(lineEnd, window.length);
		for (const rule of rules) matchPiece(rule, text.slice(position.next, end), position.next, matches);
		if (isWhole) position.next = end + 1;
		else if (end === window.length && isFinal) position.next = end;
		else position.next = end - OVERLAP;
	}
	return position.next;
}
function matchPiece(rule, piece, offset, matches) {
	for (const found of piece.matchAll(rule.pattern)) {
		const start = offset + found.index;
		if (found[0] !== "") matches.push({
			at: -1,
			start,
			end: start + found[0].length,
			identity: rule.identity
		});
	}
}
function toLineEnd$1({ bytes, length }, from, most) {
	const last = Math.min(length, most);
	for (let at = from; at < last; at++) if (bytes[at] === 10 || bytes[at] === 13) return at;
	return last;
}

// src/redaction/gram-table.ts
const FOLD = 538976288;
const MIX = 2654435761;
const MIX_NEXT = 2246822507;
const LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
/** The gram of four byte values. */
function toGram(a, b, c, d) {
	return a | b << 8 | c << 16 | d << 24 | FOLD;
}
/**
* A set of grams behind a bitmap. The bitmap decides the speed: one load for each two bytes of input, whatever the number
* of patterns. It grows with their number, from 64 KiB to what a second-level cache holds; what passes it is looked up
* together with the bytes that follow.
* @param capacity how many grams will be added at most
*/
function makeGramTable(capacity) {
	const bitmap = makeBitmap(capacity);
	const entries = makeEntries(capacity);
	return {
		add(gram, pattern, offset, next) {
			const hash = Math.imul(gram, MIX);
			bitmap.bits[hash >>> bitmap.shift >>> 5] |= 1 << (hash >>> bitmap.shift);
			entries.add(gram, next, pattern, offset);
		},
		isTaken(gram) {
			const bit = Math.imul(gram, MIX) >>> bitmap.shift;
			return (bitmap.bits[bit >>> 5] >>> bit & 1) === 1;
		},
		scan(words, from, to, found) {
			const input = LITTLE_ENDIAN ? words : toLittleEndian(words);
			const { bits, shift } = bitmap;
			const last = to + 3 >> 2;
			let word = input[from >> 2] | FOLD;
			for (let index = from >> 2; index < last; index++) {
				const next = input[index + 1] | FOLD;
				const between = word >>> 16 | next << 16;
				const bit = Math.imul(word, MIX) >>> shift;
				const bitBetween = Math.imul(between, MIX) >>> shift;
				const isKnown = bits[bit >>> 5] >>> bit;
				const isKnownBetween = bits[bitBetween >>> 5] >>> bitBetween;
				if (((isKnown | isKnownBetween) & 1) !== 0) {
					if ((isKnown & 1) !== 0) entries.find(word, next, index << 2, found);
					if ((isKnownBetween & 1) !== 0) entries.find(between, next >>> 16 | (input[index + 2] | FOLD) << 16, (index << 2) + 2, found);
				}
				word = next;
			}
		}
	};
}
/** 24 bits or more for each gram, so that 4 % of other windows pass at most. */
function makeBitmap(capacity) {
	const log = Math.min(22, Math.max(19, 32 - Math.clz32(capacity * 12)));
	return {
		bits: new Int32Array(2 ** (log - 5)),
		shift: 32 - log
	};
}
/** Chains of what was added, those with a known follower apart from those without. */
function makeEntries(capacity) {
	const shift = 32 - Math.min(20, Math.max(10, 33 - Math.clz32(capacity)));
	const narrowHeads = new Int32Array(2 ** (32 - shift));
	const wideHeads = new Int32Array(2 ** (32 - shift));
	const wide = makeBitmap(capacity);
	const grams = new Int32Array(capacity + 1);
	const followers = new Int32Array(capacity + 1);
	const patterns = new Int32Array(capacity + 1);
	const offsets = new Int16Array(capacity + 1);
	const chain = new Int32Array(capacity + 1);
	let count = 0;
	return {
		add(gram, next, pattern, offset) {
			const hash = next === void 0 ? Math.imul(gram, MIX) : mixBoth(gram, next);
			const heads = next === void 0 ? narrowHeads : wideHeads;
			if (next !== void 0) wide.bits[hash >>> wide.shift >>> 5] |= 1 << (hash >>> wide.shift);
			const entry = ++count;
			grams[entry] = gram;
			followers[entry] = next ?? 0;
			patterns[entry] = pattern;
			offsets[entry] = offset;
			chain[entry] = heads[hash >>> shift];
			heads[hash >>> shift] = entry;
		},
		find(gram, next, at, found) {
			for (let entry = narrowHeads[Math.imul(gram, MIX) >>> shift]; entry > 0; entry = chain[entry]) if (grams[entry] === gram) found(patterns[entry], at - offsets[entry], offsets[entry]);
			const hash = mixBoth(gram, next);
			if ((wide.bits[hash >>> wide.shift >>> 5] >>> (hash >>> wide.shift) & 1) === 0) return;
			for (let entry = wideHeads[hash >>> shift]; entry > 0; entry = chain[entry]) if (grams[entry] === gram && followers[entry] === next) found(patterns[entry], at - offsets[entry], offsets[entry]);
		}
	};
}
function mixBoth(gram, next) {
	return Math.imul(Math.imul(gram, MIX) ^ Math.imul(next, MIX_NEXT), MIX);
}
function toLittleEndian(words) {
	const copy = words.slice();
	Buffer.from(copy.buffer).swap32();
	return copy;
}

// src/redaction/literals.ts
/** Grams to add for a literal: two at one place, or 1 + 128 when it is four bytes short. */
const GRAMS_PLAIN = 2;
const GRAMS_SHORT = 129;
const PLACES_TRIED = 8;
/** What the table compares at a place, on either parity. */
const WIDE_BYTES = 2 * 4 + 1;
/** How many grams `register` adds at most. */
function countGrams(literals) {
	let count = 0;
	for (const { bytes, leastPiece, pieceStep } of literals) if (bytes.length < 5) count += GRAMS_SHORT;
	else count += leastPiece === 0 ? GRAMS_PLAIN : 2 * (2 + Math.floor(bytes.length / pieceStep));
	return count;
}
/** Exact comparison of literals, held in one buffer. */
function makeLiteralMatcher(literals) {
	const pool = Buffer.from(literals.map((literal) => literal.bytes).join(""), "latin1");
	const starts = new Int32Array(literals.length + 1);
	for (const [index, literal] of literals.entries()) starts[index + 1] = starts[index] + literal.bytes.length;
	const multiLine = literals.flatMap((literal, index) => /[\r\n]/.test(literal.bytes) ? [index] : []);
	const verify = (window, index, start, offset, matches) => {
		const from = starts[index];
		const size = starts[index + 1] - from;
		if (start >= 0 && start + size <= window.length) {
			const { bytes } = window;
			let same = 0;
			while (same < size && bytes[start + same] === pool[from + same]) same++;
			if (same === size) {
				const { spill, identity } = literals[index];
				const end = spillRight(window, start + size, spill);
				matches.push({
					at: start,
					start: spillLeft(window, start, spill),
					end,
					identity
				});
				return;
			}
		}
		const literal = literals[index];
		if (literal.leastPiece === 0) return;
		const piece = verifyPiece(window, pool, from, start, toPlace(literal, offset), literal);
		if (piece !== void 0) matches.push(piece);
	};
	return {
		register(table, firstPattern) {
			for (const [index, literal] of literals.entries()) registerLiteral(table, firstPattern + index, literal, pool.subarray(starts[index], starts[index + 1]));
		},
		verify,
		openFrom(window, from, end) {
			let open = end;
			for (const index of multiLine) {
				const text = pool.subarray(starts[index], starts[index + 1]);
				for (let size = text.length - 1; size > 0; size--) {
					if (text[size - 1] !== 10 && text[size - 1] !== 13) continue;
					const start = end - size;
					if (start >= from && start < open && text.compare(window.bytes, start, end, 0, size) === 0) open = start;
				}
			}
			return open;
		},
		hasMultiLine: multiLine.length > 0
	};
}
function registerLiteral(table, pattern, literal, text) {
	if (text.length < 5) {
		table.add(toGram(text[0], text[1], text[2], text[3]), pattern, 0);
		for (let any = 0; any < 256; any++) if ((any & 32) !== 0) table.add(toGram(text[1], text[2], text[3], any), pattern, 1);
		return;
	}
	if (literal.leastPiece === 0) {
		registerAt(table, pattern, text, rarestPlace(table, text));
		return;
	}
	const last = toLastPlace(text.length);
	for (let place = 0; place < last - 1; place += literal.pieceStep) registerAt(table, pattern, text, place);
	registerAt(table, pattern, text, last);
}
function registerAt(table, pattern, text, place) {
	for (let at = place; at <= place + 5 - 4; at++) {
		const isWide = at + 2 * 4 <= text.length;
		table.add(gramAt(text, at), pattern, at, isWide ? gramAt(text, at + 4) : void 0);
	}
}
/** The last place with a gram and its follower on either parity; in a short text, with a gram alone. */
function toLastPlace(size) {
	return Math.max(0, size - (size < WIDE_BYTES ? 5 : WIDE_BYTES));
}
/** The place that `registerAt` noted `offset` for. */
function toPlace({ bytes, pieceStep }, offset) {
	const last = toLastPlace(bytes.length);
	return offset >= last ? last : offset - offset % pieceStep;
}
/**
* A place whose grams no other literal has and ordinary text seldom has: a thousand values that begin with the same
* `https://` would otherwise all be compared wherever one is printed.
*/
function rarestPlace(table, text) {
	const last = toLastPlace(text.length);
	const step = Math.max(1, Math.floor(last / PLACES_TRIED));
	let best = 0;
	let least = Number.POSITIVE_INFINITY;
	for (let place = 0; place <= last; place += step) {
		let cost = (table.isTaken(gramAt(text, place)) ? 20 : 0) + (table.isTaken(gramAt(text, place + 1)) ? 20 : 0);
		for (let at = place; at < place + 5; at++) cost += COMMONNESS[text[at]];
		if (cost < least) {
			least = cost;
			best = place;
		}
	}
	return best;
}
function gramAt(text, at) {
	return toGram(text[at], text[at + 1], text[at + 2], text[at + 3]);
}
const COMMONNESS = /* @__PURE__ */ new Uint8Array(256);
for (const char of "bfghjkmpqvwxyz3456789") COMMONNESS[char.charCodeAt(0)] = 1;
for (const char of " etaoinsrhldcu/.:-_012=") COMMONNESS[char.charCodeAt(0)] = 2;
/**
* A long enough part of a literal, each side of it either the literal's own end or cut where the text stops being
* base64: a line break of wrapped output, a quote, the end. It must hold every byte that the table compares at the noted place, so that the
* parity of the sampled windows never decides.
*/
function verifyPiece(window, pool, from, start, place, literal) {
	const { bytes, length } = window;
	const size = literal.bytes.length;
	const first = Math.max(0, -start);
	const last = Math.min(size, length - start);
	let left = place;
	let right = place;
	while (left > first && bytes[start + left - 1] === pool[from + left - 1]) left--;
	while (right < last && bytes[start + right] === pool[from + right]) right++;
	if (right < Math.min(size, place + WIDE_BYTES) || right - left < literal.leastPiece) return void 0;
	if (left > 0 && !isCutBefore(window, start + left)) return void 0;
	if (right < size && start + right < length && isBase64Byte(bytes[start + right])) return void 0;
	return {
		at: start + left,
		start: left === 0 ? spillLeft(window, start, literal.spill) : start + left,
		end: right === size ? spillRight(window, start + right, literal.spill) : start + right,
		identity: literal.identity
	};
}
function isCutBefore({ bytes }, at) {
	if (at <= 0 || !isBase64Byte(bytes[at - 1])) return true;
	return at > 1 && bytes[at - 2] === BACKSLASH && (bytes[at - 1] === LETTER_N || bytes[at - 1] === LETTER_R);
}
const BACKSLASH = 92;
const LETTER_N = 110;
const LETTER_R = 114;
const EQUALS = 61;
function spillLeft(window, start, spill) {
	return (spill & 1) !== 0 && start > 0 && isBase64Byte(window.bytes[start - 1]) ? start - 1 : start;
}
function spillRight(window, end, spill) {
	if ((spill & 2) === 0) return end;
	let at = end;
	if (at < window.length && isBase64Byte(window.bytes[at])) at++;
	while (at < Math.min(window.length, end + 3) && window.bytes[at] === EQUALS) at++;
	return at;
}

// src/redaction/rule-matcher.ts
/** Finds the anchors of shapes. */
function makeRuleMatcher(shapes) {
	const anchors = shapes.flatMap((shape, index) => shape.anchors.map((anchor) => toListed(anchor, shape, index)));
	return {
		register(table, firstPattern) {
			for (const [index, anchor] of anchors.entries()) registerAnchor(table, firstPattern + index, anchor);
		},
		verify({ bytes, length }, index, at, sightings) {
			const anchor = anchors[index];
			if (at < 0 || at + anchor.bytes.length > length) return;
			for (let offset = 0; offset < anchor.bytes.length; offset++) {
				const byte = bytes[at + offset];
				if ((anchor.ignoreCase ? toLower(byte) : byte) !== anchor.bytes[offset]) return;
			}
			if (anchor.followedBy.length > 0 && !anchor.followedBy.includes(bytes[at + anchor.bytes.length])) return;
			sightings.push({
				at,
				shape: anchor.shape
			});
		}
	};
}
/** How many grams `register` adds. */
function countAnchorGrams(shapes) {
	let count = 0;
	for (const [index, shape] of shapes.entries()) for (const anchor of shape.anchors) for (const { classes } of toWindows(toListed(anchor, shape, index))) count += classes.reduce((product, bytes) => product * bytes.length, 1);
	return count;
}
/**
* Tries a shape where its anchor stands. A line of `password=password=...` must not cost its square: an anchor inside
* the last match of the same shape is passed over.
* @param text the window as latin1
*/
function matchShape(shape, index, text, at, ends) {
	if (at < ends[index]) return void 0;
	const { pattern } = shape;
	pattern.lastIndex = at;
	const found = pattern.exec(text);
	if (found === null) return void 0;
	const all = at + found[0].length;
	const start = all - (found.findLast((group) => group !== void 0) ?? found[0]).length;
	const end = shape.narrow === void 0 ? all : shape.narrow(text, start, all);
	if (end <= start) return void 0;
	if (shape.opensBlock !== true) ends[index] = end;
	return {
		at,
		start,
		end,
		identity: index
	};
}
function toListed(anchor, shape, index) {
	const { text, followedBy = "", precededBy = "" } = typeof anchor === "string" ? { text: anchor } : anchor;
	return {
		bytes: Buffer.from(text, "latin1"),
		precededBy: [...Buffer.from(precededBy, "latin1")],
		followedBy: [...Buffer.from(followedBy, "latin1")],
		ignoreCase: shape.ignoreCase === true,
		shape: index
	};
}
function registerAnchor(table, pattern, anchor) {
	for (const { offset, classes } of toWindows(anchor)) {
		const [first, second, third, fourth] = classes;
		for (const a of first) for (const b of second) for (const c of third) for (const d of fourth) table.add(toGram(a, b, c, d), pattern, offset);
	}
}
/** The bytes that can stand, case folded, in the windows at the first two places of an anchor and its neighbours. */
function toWindows({ bytes, precededBy, followedBy }) {
	const classes = [...bytes.subarray(0, 5)].map((byte) => [byte | FOLDED]);
	const first = precededBy.length > 0 ? -1 : 0;
	if (precededBy.length > 0) classes.unshift(toFolded(precededBy));
	const following = classes.length < 5 ? toFolded(followedBy) : [];
	while (classes.length < 5 && following.length > 0) classes.push(following);
	return [0, 1].map((place) => {
		const [a, b, c, d] = classes.slice(place, place + 4);
		if (a === void 0 || b === void 0 || c === void 0 || d === void 0) throw new RangeError(`the anchor ${bytes.toString("latin1")} is too short to be looked for`);
		return {
			offset: first + place,
			classes: [
				a,
				b,
				c,
				d
			]
		};
	});
}
function toFolded(bytes) {
	return [...new Set(bytes.map((byte) => byte | FOLDED))];
}
const FOLDED = 32;
function toLower(byte) {
	return byte >= 65 && byte <= 90 ? byte | FOLDED : byte;
}

// src/redaction/judge.ts
/** A placeholder, a reference or a word that says what is missing: no credential, whatever it stands after. */
const PLACEHOLDER = /^(?:\$[\w{(@*?].*|%[\w{(].*|#?\{\{.*|<.*|\*{2,}|\.{2,}|x{3,}|-+|_+|\?+|\[redacted.*|\[(?:hidden|masked|filtered|secret|removed|omitted)\].*|\(.*|@.{0,2}|[[{(<|>&*!]+[-+]?|%s|\{\w*\}.*)$/is;
const CODE = /^!?&?(?:(?:os|sys|process|system|env|environ|std|self|this|config|cfg|settings|options|opts|args|argv|props|params|secrets?|vars?|inputs?|ctx|context|req|request|res|response|data|user|client|await|new|rails|app|vault|import|require|getenv|lambda|function|typeof)\b[.\s([:>?!]|[A-Za-z_$][A-Za-z_$]*(?:(?:\.|->|::|\?\.)[A-Za-z_$][A-Za-z_$]*){1,8}[;,)\]]*$)/;
const PLAIN_PATH = /^(?:~|\.{1,2}|[A-Za-z]:)?[\\/](?:[\w.@-]{1,40}[\\/]){1,12}[\w.@-]{0,40}$/;
const PLAIN_URL = /^[a-z][a-z0-9+.-]{1,20}:\/\/[^@]*$/i;
/** What tools say of a credential, and the types that code gives it. */
const PROSE = new Set("true false yes no on off null none nil undefined empty blank unset set missing required optional invalid valid expired expires revoked rejected accepted unknown unexpected expected present absent found ok okay failed failure passed success done error warning hidden masked filtered redacted removed omitted secret secrets password passwords token tokens passphrase pass credentials credential key keys value string str text number integer int bool boolean object array bytes any unknown void never default disabled enabled must should cannot may is are was not the a an and or of for from to with without please enter use see run skip skipped skipping reset resets changed created updated deleted generated stored using provided given description type name id identifier punctuation eof end start auth bearer basic jwt oauth oauth2 n/a na tbd todo".split(" "));
const SELF = /^(?:(?:my|the|your|new|old|current|user|db|api|access|auth|client|github|gitlab|npm|refresh|id|csrf|session)[ _-]?)*(?:passw(?:or)?d|passwd|passphrase|secret|token|api[_-]?key|key|credentials?|pwd|pass)s?$/i;
const STRUCTURAL = /[)\]}>,;]$/;
/** A header or a flag: anything there is a credential unless it is a placeholder. */
function narrowLoose(text, start, end) {
	const value = text.slice(start, end);
	return PLACEHOLDER.test(value) || PROSE.has(value.toLowerCase()) ? -1 : end;
}
/** After a word that is also used in prose ("bearer authentication"): only what no word looks like. */
function narrowRandom(text, start, end) {
	const value = text.slice(start, end);
	return isMixed(value) && !PLACEHOLDER.test(value) ? end : -1;
}
/** After `key =` or `key:`, where code, prose and prompts also stand. */
function narrowAssignment(text, start, end) {
	const opener = text.charAt(start - 1);
	const isQuoted = opener === "\"" || opener === "'" || opener === "`";
	const last = isQuoted ? end : withoutClosers(text, start, end);
	const value = text.slice(start, last);
	if (value === "") return -1;
	if (value.length > 200) return last;
	if (PLACEHOLDER.test(value) || PLAIN_PATH.test(value) || PLAIN_URL.test(value)) return -1;
	const bare = value.toLowerCase().replace(/[.!?,:]+$/, "");
	if (PROSE.has(bare) || SELF.test(bare)) return -1;
	const key = text.slice(Math.max(0, start - 80), start);
	if (!isQuoted && (CODE.test(value) || isCall(text, value, last))) return -1;
	if (/(?:^|[^A-Za-z0-9_;"-])(?:OLD)?PWD[ \t]*[=:][ \t]*["']?$/.test(key)) return -1;
	if (isQuoted) return /\s/.test(value) && isSentence(value) ? -1 : last;
	return isBareCredential(text, key, value, last) ? last : -1;
}
/** True when the command stands on the same line, not far before. */
function isCommandBefore(text, at, command) {
	const before = text.slice(Math.max(0, at - 400), at);
	return before.slice(Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r")) + 1).includes(command);
}
function isBareCredential(text, key, value, end) {
	const isPassword = /(?:pass|pwd)/i.test(key.slice(-24));
	if (/^[-+]?\d[\d.,_%]*(?:ms|s|m|h|d|k|kb|mb|b)?$/i.test(value)) return isPassword ? value.length >= 4 : value.length >= 16;
	if (/(?::|>)[ \t]*$/.test(key) && !/^(?:[ \t]{0,8}(?:$|[\r\n#<,;}\])"'&|\\]|--|-[a-z])|$)/.test(text.slice(end, end + 12))) return isMixed(value);
	const isAfterColon = /:[ \t]{1,8}$/.test(key);
	if (isAfterColon && /^[[{(]/.test(value)) return false;
	if (!isAfterColon || !/^[A-Z]?[a-z]+(?:[-_'][a-z]+)*[.!?:]*$/.test(value)) return true;
	return /(?:^|[\r\n])[ \t]*(?:- )?[\w.-]*(?:pass\w*|pwd|secret|key)["']?:[ \t]+$/i.test(key);
}
/** Two kinds of characters at least, as generated values have, and more than a short word. */
function isMixed(value) {
	return value.length >= 8 && /\d/.test(value) && /[A-Za-z]/.test(value);
}
/** A message about a credential, which a passphrase of words hardly looks like. */
function isSentence(value) {
	return /^[A-Z]?[a-z',]+(?: [A-Za-z0-9',()-]+){2,}[.!?:]?$/.test(value) && /\b(?:must|should|cannot|can|is|are|was|be|the|your|please|not|invalid|required|to|for|of|at)\b/i.test(value);
}
/** `getToken(...)`, or what is left of it before a quote or a space: `os.environ[`. */
function isCall(text, value, end) {
	if (/^[A-Za-z_$][\w$.]*$/.test(value)) return /[([]/.test(text.charAt(end));
	return /^[A-Za-z_$][\w$.:>-]*[([](?:.*[)\]][;,)\]}]*)?$/.test(value);
}
/** `{token: abc}` and `f(password=abc)` go on after the value. */
function withoutClosers(text, start, end) {
	let last = end;
	while (last > start && STRUCTURAL.test(text.slice(last - 1, last))) {
		const opener = {
			")": "(",
			"]": "[",
			"}": "{",
			">": "<"
		}[text.charAt(last - 1)];
		if (opener !== void 0 && text.slice(start, last).includes(opener)) break;
		last--;
	}
	return last;
}

// src/redaction/rules.ts
const DIGITS = "0123456789";
const HEX = `${DIGITS}abcdef`;
const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const ALNUM = LETTERS + LETTERS.toUpperCase() + DIGITS;
const WORD = `${ALNUM}_-`;
const PRINTABLE = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)).join("");
/** Group: an optional quote as it stands in text, in a JSON string, or in a JSON string inside a JSON string. */
const QUOTE = String.raw`(?:\\{0,3}["'\x60])?`;
/** The words that name a credential when they end a key. */
const KEY_WORD = "pass(?:word|wd|phrase|code)|_pass|pwd|secret(?:[_-]?(?:access[_-]?)?key)?|token|(?:api|access|private|encryption|signing|account|shared[_-]?access|master|auth|license)[_-]?key|credentials?|_auth";
const SPACE = String.raw`[ \t]`;
/** Between key and value: `=`, `:`, `=>`, `:=`, the end of an XML start tag, or a space after a `--flag`. */
const OPERATOR = `(?:${SPACE}{0,8}(?:=>|:=|={1,3}|:)${SPACE}{0,8}|>|(?<=(?<![\\w-])--?[\\w-]{0,64})${SPACE}{1,4}(?!-))`;
/** A value in escaped quotes, in quotes, or bare. Quotes that never close end with the line. */
const VALUE = String.raw`(?:\\{1,3}["']([^"'\\\r\n]{1,1024})|"((?:\\[^\r\n]|[^"\\\r\n]){1,1024})|'((?:\\[^\r\n]|[^'\\\r\n]){1,1024})|` + String.raw`\x60([^\x60\r\n]{1,1024})|((?:[^\s"'\x60,;&]|,(?=[^\s"'\x60,])){1,1024}))`;
/** What can come after a key word for its value to be one; most words in prose end here. */
const AFTER_KEY = "=:>\"'`\\] 	";
const KEY_ANCHORS = "password passwd passphrase passcode token credential credentials _auth _pass apikey accesskey privatekey encryptionkey signingkey accountkey masterkey authkey licensekey sharedaccesskey api_key api-key access_key access-key private_key private-key encryption_key encryption-key signing_key signing-key account_key account-key master_key master-key auth_key auth-key license_key license-key".split(" ").map((text) => ({
	text,
	followedBy: AFTER_KEY
}));
/**
* The credential shapes that are always masked. Sources: the token formats that the issuers document and the shapes
* that secret scanners look for. Order matters where two shapes begin at the same byte: the first gives the name.
*/
const SHAPES = [
	{
		id: "private-key",
		anchors: ["-----BEGIN "],
		pattern: /-----BEGIN (?:[A-Z0-9]{1,16} ){0,4}PRIVATE KEY(?: BLOCK)?-----/y,
		opensBlock: true
	},
	{
		id: "jwt",
		anchors: [{
			text: "eyJ",
			followedBy: WORD
		}],
		pattern: /(?<![\w-])eyJ[\w-]{8,2048}\.[\w-]{8,8192}(?:\.[\w-]{0,1024}){0,3}/y
	},
	{
		id: "aws-access-key-id",
		anchors: [
			"AKIA",
			"ASIA",
			"ABIA",
			"ACCA"
		].map((text) => ({
			text,
			followedBy: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
		})),
		pattern: /(?<![A-Za-z0-9])A(?:KI|SI|BI|CC)A[A-Z0-9]{16}(?![A-Za-z0-9])/y
	},
	{
		id: "github-token",
		anchors: [
			"ghp_",
			"gho_",
			"ghu_",
			"ghs_",
			"ghr_"
		].map((text) => ({
			text,
			followedBy: ALNUM
		})),
		pattern: /(?<![A-Za-z0-9])gh[pousr]_[A-Za-z0-9]{20,255}(?:[._-][\w-]{1,1024}){0,3}/y
	},
	{
		id: "github-token",
		anchors: ["github_pat_"],
		pattern: /github_pat_\w{22,255}/y
	},
	{
		id: "gitlab-token",
		anchors: [
			"glpat-",
			"glrt-",
			"gldt-",
			"glcbt-",
			"glptt-",
			"glft-",
			"glsoat-",
			"gloas-",
			"glimt-",
			"glagent-",
			"glffct-",
			"glwt-"
		],
		pattern: /(?<![A-Za-z0-9])gl[a-z]{2,6}-[\w-]{16,300}(?:\.[\w-]{2,64}){0,3}/y
	},
	{
		id: "gitlab-token",
		anchors: ["GR1348941"],
		pattern: /GR1348941[\w-]{20,64}/y
	},
	{
		id: "slack-token",
		anchors: Array.from("abeoprs", (kind) => `xox${kind}-`).concat("xapp-", "xoxe."),
		pattern: /(?<![A-Za-z0-9])(?:xox[abeoprs]|xapp|xoxe\.xox[bp])-[A-Za-z0-9-]{10,255}/y
	},
	{
		id: "slack-webhook",
		anchors: ["hooks.slack.com/"],
		pattern: /hooks\.slack\.com\/(?:services|workflows|triggers)\/([\w/+-]{20,200})/y
	},
	{
		id: "discord-webhook",
		anchors: ["/api/webhooks/"],
		pattern: /\/api\/webhooks\/\d{10,24}\/([\w-]{30,128})/y
	},
	{
		id: "stripe-key",
		anchors: [
			"sk_live_",
			"rk_live_",
			"sk_test_",
			"rk_test_",
			"whsec_"
		],
		pattern: /(?<![A-Za-z0-9])(?:[sr]k_(?:live|test)_|whsec_)[A-Za-z0-9+/=]{10,255}/y
	},
	{
		id: "google-api-key",
		anchors: [{
			text: "AIza",
			followedBy: WORD
		}],
		pattern: /(?<![\w-])AIza[\w-]{35}/y
	},
	{
		id: "google-oauth",
		anchors: ["ya29.", "GOCSPX-"],
		pattern: /(?<![\w-])(?:ya29\.|GOCSPX-)[\w-]{20,1024}(?:\.[\w-]{1,64}){0,2}/y
	},
	{
		id: "npm-token",
		anchors: [{
			text: "npm_",
			followedBy: ALNUM
		}],
		pattern: /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{30,64}/y
	},
	{
		id: "pypi-token",
		anchors: ["pypi-AgE"],
		pattern: /pypi-AgE[\w-]{40,512}/y
	},
	{
		id: "rubygems-key",
		anchors: ["rubygems_"],
		pattern: /rubygems_[a-f0-9]{48}/y
	},
	{
		id: "anthropic-key",
		anchors: ["sk-ant-"],
		pattern: /(?<![A-Za-z0-9])sk-ant-[\w-]{16,255}/y
	},
	{
		id: "openai-key",
		anchors: [{
			text: "sk-",
			followedBy: WORD
		}],
		pattern: /(?<![\w-])sk-(?:(?:proj|svcacct|admin|service|or-v1)-[\w-]{20,255}|[A-Za-z0-9]{32,128}(?![\w-]))/y
	},
	{
		id: "huggingface-token",
		anchors: [{
			text: "hf_",
			followedBy: ALNUM
		}],
		pattern: /(?<![A-Za-z0-9_])hf_[A-Za-z]{30,64}(?![A-Za-z0-9_])/y
	},
	{
		id: "azure-storage-key",
		anchors: ["accountkey=", "sharedaccesskey="],
		ignoreCase: true,
		pattern: /(?:account|sharedaccess)key=([A-Za-z0-9+/]{20,172}={0,2})/iy
	},
	{
		id: "azure-sas",
		anchors: ["?sig=", "&sig="],
		pattern: /[?&]sig=([A-Za-z0-9%+/_-]{30,256}={0,2})/y
	},
	{
		id: "sendgrid-key",
		anchors: [{
			text: "SG.",
			followedBy: WORD
		}],
		pattern: /(?<![\w-])SG\.[\w-]{16,32}\.[\w-]{16,64}/y
	},
	{
		id: "twilio-key",
		anchors: [{
			text: "SK",
			followedBy: HEX
		}],
		pattern: /(?<![A-Za-z0-9])SK[0-9a-f]{32}(?![A-Za-z0-9])/y
	},
	{
		id: "twilio-auth-token",
		anchors: ["twilio"],
		ignoreCase: true,
		pattern: /twilio[^\r\n]{0,60}?(?<![A-Za-z0-9])([0-9a-f]{32})(?![A-Za-z0-9])/iy
	},
	{
		id: "digitalocean-token",
		anchors: [
			"dop_v1_",
			"doo_v1_",
			"dor_v1_"
		],
		pattern: /(?<![A-Za-z0-9])do[por]_v1_[a-f0-9]{64}/y
	},
	{
		id: "vault-token",
		anchors: [
			"hvs",
			"hvb",
			"hvr"
		].map((text) => ({
			text: `${text}.`,
			followedBy: WORD
		})),
		pattern: /(?<![A-Za-z0-9])hv[sbr]\.[\w-]{20,512}/y
	},
	{
		id: "terraform-token",
		anchors: [".atlasv1."],
		pattern: /\.atlasv1\.([\w-]{40,128})/y
	},
	{
		id: "docker-token",
		anchors: ["dckr_pat_", "dckr_oat_"],
		pattern: /dckr_[po]at_[\w-]{20,128}/y
	},
	{
		id: "age-secret-key",
		anchors: ["AGE-SECRET-KEY-1"],
		pattern: /AGE-SECRET-KEY-1[A-Z0-9]{58}/y
	},
	{
		id: "shopify-token",
		anchors: [
			"shpat_",
			"shpss_",
			"shpca_",
			"shppa_"
		],
		pattern: /shp(?:at|ss|ca|pa)_[a-fA-F0-9]{32}/y
	},
	{
		id: "grafana-token",
		anchors: ["glsa_", "glc_e"],
		pattern: /(?<![A-Za-z0-9])(?:glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}|glc_eyJ[\w+/=-]{20,400})/y
	},
	{
		id: "linear-key",
		anchors: ["lin_api_"],
		pattern: /lin_api_[A-Za-z0-9]{32,64}/y
	},
	{
		id: "authorization",
		anchors: ["authorization"],
		ignoreCase: true,
		pattern: new RegExp(`authorization${QUOTE}${SPACE}{0,4}[:=]${SPACE}{0,4}${QUOTE}(?:(?:bearer|basic|token|digest|negotiate|apikey|ntlm|key|bot|dpop)${SPACE}{1,4})?` + String.raw`([^\s"'\x60,;<>\\]{4,8192}(?:,? ?(?:Credential|SignedHeaders|Signature|response|nonce|username)=[^\s\r\n]{1,512}){0,8})`, "iy"),
		narrow: narrowLoose
	},
	{
		id: "bearer-token",
		anchors: ["bearer "],
		ignoreCase: true,
		pattern: /(?<![\w-])bearer {1,4}([\w.~+/-]{8,8192}={0,2})/iy,
		narrow: narrowRandom
	},
	{
		id: "cookie",
		anchors: ["cookie"],
		ignoreCase: true,
		pattern: new RegExp(`cookie2?${QUOTE}${SPACE}{0,4}[:=]${SPACE}{0,4}${QUOTE}` + String.raw`((?:[\w!#$%&*+.^|~-]{1,128}=[^\s"'\\;,]{1,4096}(?:; ?)?)(?:[\w!#$%&*+.^|~-]{1,128}=[^\s"'\\;,]{0,1024}(?:; ?)?){0,6})`, "iy")
	},
	{
		id: "url-password",
		anchors: [{
			text: "://",
			precededBy: ALNUM,
			followedBy: PRINTABLE
		}],
		pattern: /:\/\/[^\s/?#:@"'<>]{0,255}:([^\s/?#"'<>]{1,512})(?=@)/y,
		narrow: narrowLoose
	},
	{
		id: "docker-auth",
		anchors: ["\"auth\"", "\"identitytoken\""],
		pattern: /"(?:auth|identitytoken)"\s{0,4}:\s{0,4}"([A-Za-z0-9+/=_.-]{8,4096})/y
	},
	{
		id: "curl-user",
		anchors: [
			{
				text: " -u ",
				followedBy: PRINTABLE
			},
			" --user ",
			" --user="
		],
		pattern: /(?: -u | --user[ =])["']?[^\s:"']{1,128}:([^\s"']{1,256})/y,
		narrow: (text, start, end) => isCommandBefore(text, start, "curl") ? narrowLoose(text, start, end) : -1
	},
	{
		id: "cli-password",
		anchors: [{
			text: " -p ",
			followedBy: PRINTABLE
		}],
		pattern: / -p ["']?([^\s"'-][^\s"']{2,256})/y,
		narrow: (text, start, end) => ["login", "sshpass"].some((command) => isCommandBefore(text, start, command)) ? narrowLoose(text, start, end) : -1
	},
	{
		id: "cli-password",
		anchors: [
			"mysql",
			"sshpass",
			"mariadb"
		],
		pattern: /(?:mysql|mariadb|sshpass)[\w-]{0,16}(?: [^\s|;&]{1,80}){0,6}? -p["']?([^\s"']{3,256})/y,
		narrow: narrowLoose
	},
	{
		id: "netrc",
		anchors: ["password "],
		pattern: /(?<=\blogin[ \t]{1,4}[^\s]{1,128}[ \t]{1,4})password[ \t]{1,4}([^\s]{1,256})/y,
		narrow: narrowLoose
	},
	{
		id: "credential-assignment",
		anchors: [
			...KEY_ANCHORS,
			{
				text: "secret",
				followedBy: `${AFTER_KEY}_-aAkK`
			},
			{
				text: "pwd",
				followedBy: AFTER_KEY
			}
		],
		ignoreCase: true,
		pattern: new RegExp(String.raw`(?:${KEY_WORD})(?:\\{0,3}["'\x60]\]?|\])?${OPERATOR}${VALUE}`, "iy"),
		narrow: narrowAssignment
	}
];

// src/redaction/matcher.ts
/** @param identities those of the built-in shapes first */
function makeMatcher(identities, literals, lineRules) {
	const table = makeGramTable(countGrams(literals) + countAnchorGrams(SHAPES));
	const rules = makeRuleMatcher(SHAPES);
	const values = makeLiteralMatcher(literals);
	rules.register(table, literals.length);
	values.register(table, 0);
	return {
		identities,
		shapes: SHAPES,
		lineRules,
		scan(window, from, to) {
			const matches = [];
			const sightings = [];
			table.scan(window.words, from, to, (pattern, start, offset) => {
				if (pattern < literals.length) values.verify(window, pattern, start, offset, matches);
				else rules.verify(window, pattern - literals.length, start, sightings);
			});
			return {
				matches,
				sightings: sightings.toSorted((a, b) => a.at - b.at || a.shape - b.shape)
			};
		},
		openFrom: (window, from, end) => values.openFrom(window, from, end),
		hasMultiLine: values.hasMultiLine
	};
}

// src/redaction/mask.ts
const RANK = {
	known_value: 0,
	encoded_value: 1,
	pattern: 2
};
/**
* Writes the window from `position.written` to `cut`. Matches that overlap get one marker, named by the one that begins
* first (then: known before encoded before pattern, the longer one, the first listed). The name is therefore settled when
* the marker is written, whatever joins it later.
* @param matches any order; sorted in place
* @param count called once for each marker
* @returns copies: nothing in it is a view of the window
*/
function writeMasked(window, cut, position, matches, identities, count) {
	const parts = [];
	const copyTo = (end) => {
		const from = Math.max(position.written, position.maskedTo);
		if (end > from) parts.push(Buffer.from(window.bytes.subarray(from, end)));
		position.written = Math.max(position.written, end);
	};
	const rank = (match) => RANK[identities[match.identity].match_type];
	matches.sort((a, b) => a.start - b.start || rank(a) - rank(b) || b.end - a.end || a.identity - b.identity);
	for (const { start, end, identity } of matches) {
		if (start >= cut) break;
		if (start >= position.maskedTo) {
			copyTo(start);
			parts.push(identities[identity].marker);
			count(identity);
		}
		position.maskedTo = Math.max(position.maskedTo, end);
	}
	copyTo(cut);
	return parts;
}

// src/redaction/private-key.ts
function makeKeyBlock() {
	return {
		inside: false,
		next: 0,
		maskedTo: 0,
		blanks: 0,
		strangers: 0
	};
}
/** How far behind the begin line the body must show itself. */
const LEAD = 512;
/** Lines of other writers between lines of the body. */
const MOST_STRANGERS = 4;
const MOST_BLANKS = 8;
const BEGIN = "-----BEGIN ";
const END = "-----END ";
const END_LINE = /-----END (?:[A-Z0-9]{1,16} ){0,4}PRIVATE KEY(?: BLOCK)?-----/;
const FILLER = /(?:\s|\\[nrt\\]|["'+,`;]|[A-Za-z0-9-]{1,15}: [^\r\n\\]{1,76}(?:\r?\n|\\n)){0,40}/y;
const BODY = /[A-Za-z0-9+/=]{16,}|(?:[A-Za-z0-9+/=]{1,15}(?:\s|\\[nr]){1,4}){1,8}-----END /y;
/** Lines that leave it open whether a body comes. */
const UNDECIDED_LINE = /^[\s"'+]*(?:[A-Za-z0-9-]{1,15}: .*|[A-Za-z0-9+/=]{1,15})?\s*$/;
/** The same with what a log puts in front of each line. */
const PREFIXED_BODY = /\s{0,8}[^\r\n]{1,80}[\s|:>][ \t]{0,8}["']?[A-Za-z0-9+/]{40,}={0,2}["',\\nr+ ]{0,8}[\r\n]/y;
const BODY_LINE = /^(?:[^\r\n]{0,80}[\s|:>"'])?[A-Za-z0-9+/]{24,}={0,2}(?:["',;\\+ \t]|\\[nr]){0,12}$/;
const SHORT_BODY_LINE = /^[\s"'+]*(?:[A-Za-z0-9+/]{1,76}={0,2}|=[A-Za-z0-9+/]{4}|[A-Za-z0-9-]{1,15}: ?.{0,76})?(?:["',;+\s]|\\[nr])*$/;
const LONE_BODY_LINE = /^(?:[^\r\n]{0,80}[\s|:>"'])?[A-Za-z0-9+/]{48,}={0,2}(?:["',;+ \t]|\\[nr]){0,12}$/;
/**
* Follows the block as far as the text reaches.
* @param begins where the begin lines found in [.., limit) begin and end, ascending
* @param limit lines that begin before it are complete, or have `bounds.lookAhead` bytes
* @param isFinal no more text comes
*/
function followBlock(block, text, begins, limit, isFinal) {
	const step = {
		parts: [],
		holdFrom: limit
	};
	if (block.inside) followLines(block, text, limit, step);
	for (const { start, end } of begins) {
		if (block.inside || start < block.next) continue;
		const body = toBodyStart(text, end, isFinal);
		if (body === "later") {
			step.holdFrom = Math.min(step.holdFrom, start);
			break;
		}
		if (body === "none") continue;
		block.inside = true;
		block.next = end;
		markMasked(block, end);
		step.parts.push({
			start,
			end
		});
		followLines(block, text, limit, step);
	}
	return step;
}
/** Whether a body follows a begin line: some say `BEGIN PRIVATE KEY` and mean no key. */
function toBodyStart(text, from, isFinal) {
	FILLER.lastIndex = from;
	FILLER.test(text);
	BODY.lastIndex = FILLER.lastIndex;
	if (BODY.test(text)) return "body";
	PREFIXED_BODY.lastIndex = from;
	if (PREFIXED_BODY.test(text)) return "body";
	if (isFinal || text.length - from >= LEAD) return "none";
	const [, ...lines] = text.slice(from).split("\n");
	return lines.slice(0, -1).every((line) => UNDECIDED_LINE.test(line)) ? "later" : "none";
}
function followLines(block, text, limit, step) {
	while (block.inside && block.next < limit) {
		const lineEnd = toLineEnd(text, block.next);
		const nextBegin = text.slice(block.next, lineEnd).indexOf(BEGIN);
		const end = nextBegin < 0 ? lineEnd : block.next + nextBegin;
		const line = text.slice(block.next, end);
		const mark = line.includes(END) ? END_LINE.exec(line) : null;
		const start = block.strangers === 0 ? block.maskedTo - 1 : block.next;
		if (nextBegin === 0) block.inside = false;
		else if (mark !== null) {
			const last = block.next + mark.index + mark[0].length;
			step.parts.push({
				start,
				end: last
			});
			block.inside = false;
			block.next = last;
		} else if (line.trim() === "" && block.blanks < MOST_BLANKS) {
			block.blanks++;
			block.next = skipLineEnd(text, end);
		} else if (block.strangers === 0 ? isBodyLine(line) : LONE_BODY_LINE.test(line)) {
			step.parts.push({
				start,
				end
			});
			markMasked(block, end);
			block.next = skipLineEnd(text, end);
		} else if (block.strangers < MOST_STRANGERS) {
			block.strangers++;
			block.next = skipLineEnd(text, end);
		} else block.inside = false;
	}
	if (block.inside && block.strangers === 0) step.holdFrom = Math.min(step.holdFrom, block.maskedTo);
}
function markMasked(block, end) {
	block.maskedTo = end;
	block.blanks = 0;
	block.strangers = 0;
}
function isBodyLine(line) {
	return line.length > 200 ? /^[A-Za-z0-9+/=\\nr"',:;\s]*$/.test(line.slice(0, 4096)) || /\\n[A-Za-z0-9+/]{40}/.test(line.slice(0, 4096)) : BODY_LINE.test(line) || SHORT_BODY_LINE.test(line);
}
function toLineEnd(text, from) {
	const most = Math.min(text.length, from + bounds.lookAhead / 2);
	for (let at = from; at < most; at++) {
		const char = text.charCodeAt(at);
		if (char === 10 || char === 13) return at;
	}
	return most;
}
function skipLineEnd(text, at) {
	const char = text.charCodeAt(at);
	return char === 10 || char === 13 ? at + 1 : at;
}

// src/redaction/stream.ts
/** A line without an end is kept back to this length; then all but `bounds.lookAhead` of it is decided and let go. */
const MOST_HELD = 65536;
/** Larger chunks are taken in parts. */
const PART = 65536;
/**
* Bytes in, redacted bytes out, the same however the stream is cut into chunks. Whole lines are decided at once and let
* go, but for what may be the beginning of a value of several lines or of a private key.
*/
function makeRedactionStream(matcher) {
	const { identities, shapes, lineRules } = matcher;
	const blockShape = shapes.findIndex((shape) => shape.opensBlock);
	const window = makeByteWindow();
	const mask = {
		written: 0,
		maskedTo: 0
	};
	const line = { next: 0 };
	const block = makeKeyBlock();
	const shapeEnds = new Int32Array(shapes.length);
	const counts = /* @__PURE__ */ new Map();
	let carried = [];
	const countOne = (identity) => void counts.set(identity, (counts.get(identity) ?? 0) + 1);
	const settle = ({ limit, ends }) => {
		const from = mask.written;
		const isFinal = ends === "stream";
		let cut = ends === "line" ? matcher.openFrom(window, from, limit) : limit;
		const { matches, sightings } = matcher.scan(window, from, ends === "line" && !matcher.hasMultiLine ? limit : window.length);
		matches.push(...carried);
		if (sightings.length > 0 || block.inside || lineRules.length > 0) {
			const text = window.bytes.toString("latin1", 0, window.length);
			const matchAt = (shape, at) => at < from || at >= cut ? void 0 : matchShape(shapes[shape], shape, text, at, shapeEnds);
			const lineHold = matchLines(lineRules, window, text, line, isFinal, matches);
			if (!isFinal) cut = Math.min(cut, lineHold);
			const begins = sightings.flatMap(({ at, shape }) => shape === blockShape ? matchAt(shape, at) ?? [] : []);
			const step = followBlock(block, text, begins, cut, isFinal);
			for (const part of step.parts) matches.push({
				at: -1,
				...part,
				identity: blockShape
			});
			if (!isFinal) cut = Math.min(cut, step.holdFrom);
			for (const { at, shape } of sightings) {
				const match = shape === blockShape ? void 0 : matchAt(shape, at);
				if (match !== void 0) matches.push(match);
			}
		}
		const parts = writeMasked(window, cut, mask, matches, identities, countOne);
		carried = matches.filter(({ at, end }) => at < cut && end > cut);
		forget(Math.max(0, cut - bounds.lookBehind));
		return parts;
	};
	/** Moves every position with the window. */
	const forget = (count) => {
		if (count === 0) return;
		dropFront(window, count);
		mask.written -= count;
		mask.maskedTo -= count;
		line.next -= count;
		block.next -= count;
		block.maskedTo -= count;
		for (let shape = 0; shape < shapeEnds.length; shape++) shapeEnds[shape] = Math.max(0, shapeEnds[shape] - count);
		for (const match of carried) {
			match.start -= count;
			match.end -= count;
		}
	};
	return {
		push(chunk) {
			const parts = [];
			for (let from = 0; from < chunk.length; from += PART) {
				const known = window.length;
				append(window, chunk.subarray(from, from + PART));
				const lineEnd = toLastLineEnd(window, known);
				if (lineEnd > 0) parts.push(...settle({
					limit: lineEnd,
					ends: "line"
				}));
				if (window.length - mask.written > MOST_HELD) parts.push(...settle({
					limit: window.length - bounds.lookAhead,
					ends: "inside"
				}));
			}
			return parts.length === 1 ? parts[0] : Buffer.concat(parts);
		},
		end() {
			return Buffer.concat(settle({
				limit: window.length,
				ends: "stream"
			}));
		},
		hits() {
			const hits = /* @__PURE__ */ new Map();
			for (const [identity, count] of counts) {
				const { rule_id, match_type } = identities[identity];
				const key = `${match_type} ${rule_id}`;
				hits.set(key, {
					rule_id,
					match_type,
					match_count: count + (hits.get(key)?.match_count ?? 0)
				});
			}
			return [...hits.values()];
		}
	};
}
/** Behind the last line end at or after `from`; 0 when there is none. */
function toLastLineEnd({ bytes, length }, from) {
	for (let at = length - 1; at >= from; at--) if (bytes[at] === 10 || bytes[at] === 13) return at + 1;
	return 0;
}

// src/redaction/redactor.ts
/**
* The redaction of a run. Known values are looked for in every form of encodings.ts, credentials by the built-in shapes
* of rules.ts, and the user's `rules` are run over every line. What is found is replaced by `[redacted:ID]`, ID being
* the secret's name or the rule's id.
* Nothing is compiled before the first byte comes.
* @param options.rules patterns that findPatternFault of lib/safe-pattern.ts has nothing against
*/
function makeRedactor(options) {
	let matcher;
	const getMatcher = () => matcher ??= compile(options.secrets, options.rules);
	return {
		stream: () => makeRedactionStream(getMatcher()),
		text(value) {
			const stream = makeRedactionStream(getMatcher());
			const bytes = Buffer.concat([stream.push(Buffer.from(value)), stream.end()]);
			const hits = stream.hits();
			return {
				text: hits.length === 0 ? value : bytes.toString(),
				hits
			};
		}
	};
}
function compile(secrets, rules) {
	const identities = SHAPES.map(({ id }) => toIdentity(id, "pattern"));
	const lineRules = rules.map(({ id, pattern }) => makeLineRule(pattern, identities.push(toIdentity(id, "pattern")) - 1));
	const literals = [];
	for (const { name, value } of secrets) {
		const known = identities.push(toIdentity(name, "known_value")) - 1;
		const encoded = identities.push({
			...identities[known],
			match_type: "encoded_value"
		}) - 1;
		for (const form of toForms(value)) literals.push(Object.assign(form, { identity: form.kind === "known_value" ? known : encoded }));
	}
	const matcher = makeMatcher(identities, literals, lineRules);
	for (const identity of identities) identity.marker = toHarmlessMarker(matcher, identity.marker);
	return matcher;
}
/** The id keeps JSON, logs and terminals as they were: no quotes, no controls. */
function toIdentity(name, match_type) {
	const rule_id = name.replaceAll(/[^A-Za-z0-9_.-]/g, "_");
	return {
		rule_id,
		match_type,
		marker: Buffer.from(`[redacted:${rule_id}]`)
	};
}
/** A value may be part of its own name: then the marker must not say it. */
function toHarmlessMarker(matcher, marker) {
	return [marker, ...[
		"[redacted]",
		"[***]",
		"[]"
	].map((text) => Buffer.from(text))].find((candidate) => !holdsValue(matcher, candidate)) ?? Buffer.alloc(0);
}
function holdsValue(matcher, text) {
	const window = makeByteWindow(text.length);
	append(window, text);
	return matcher.scan(window, 0, window.length).matches.length > 0;
}

// src/redaction/secret-names.ts
/** Words that make a name a secret's when they stand in it as whole words. */
const SECRET_WORDS = new Set("TOKEN SECRET SECRETS PASSWORD PASSWORDS PASSWD PASSPHRASE PASSCODE PWD PASS APIKEY CREDENTIAL CREDENTIALS CREDS CRED AUTH AUTHTOKEN BEARER COOKIE JWT PAT PRIVATEKEY WEBHOOK DSN".split(" "));
/** KEY alone says little (CACHE_KEY, PRIMARY_KEY): it counts behind one of these. */
const KEY_OWNERS = new Set("API ACCESS PRIVATE SECRET SIGNING SIGN ENCRYPTION ENCRYPT MASTER ACCOUNT SSH DEPLOY SERVICE SA GPG PGP RSA EC APP ADMIN LICENSE STORAGE SHARED HMAC SESSION JWT AUTH CLIENT GCP GOOGLE AWS AZURE OPENAI ANTHROPIC STRIPE SENDGRID DATADOG DD SENTRY WEBHOOK UPLOAD RELEASE STORE KEYSTORE AGE COSIGN SIGSTORE HOST TLS SSL CERT".split(" "));
/** A name that ends so tells about a secret and is none: TOKEN_URL, PASSWORD_FILE, AUTH_TYPE, TOKENS_PER_MINUTE. */
const DESCRIPTIONS = new Set("FILE PATH DIR NAME ID URI URL TYPE COUNT LENGTH SIZE LIMIT TTL EXPIRY EXPIRES EXPIRATION TIMEOUT MINUTE MINUTES SECONDS HOURS DAYS AGE ENABLED DISABLED REQUIRED HOST PORT SOCK SOCKET USER USERNAME EMAIL REGION VERSION MODE FORMAT HEADER PROVIDER ENDPOINT ISSUER AUDIENCE SCOPE SCOPES ALGORITHM ALG PREFIX SUFFIX REF ARN DOMAIN PROJECT METHOD STRATEGY BACKEND PLUGIN HELPER POLICY PUBLIC KEYID FINGERPRINT ASKPASS PROMPT STATUS".split(" "));
/**
* Whether the name of an environment variable or of a JSON member says that its value is a secret. Whole words are
* compared (`_`, `-`, `.` and camelCase divide them), so MONKEY is no KEY and TOKENS_PER_MINUTE no TOKEN.
*/
function isSecretName(name) {
	if (/^(?:OLD)?PWD$/i.test(name)) return false;
	const words = toWords(name);
	const last = words.at(-1);
	if (last === void 0 || DESCRIPTIONS.has(last)) return false;
	if (words.some((word) => SECRET_WORDS.has(word))) return last !== "PASS" || words.length > 1;
	return words.some((word, index) => word === "KEY" && KEY_OWNERS.has(words[index - 1] ?? ""));
}
/** Whether a name says that its value describes something: an id, a file, an address. */
function isDescription(name) {
	return DESCRIPTIONS.has(toWords(name).at(-1) ?? "");
}
function toWords(name) {
	return name.replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2").split(/[^A-Za-z0-9]+/).filter((word) => word !== "").map((word) => word.toUpperCase());
}

// src/redaction/json-secrets.ts
/** Nesting and number of leaves that are looked at. */
const MOST_DEPTH = 16;
const MOST_LEAVES = 1e3;
const LEAST_LEAF = 8;
/**
* The secret strings of a credential blob (a service account file, a docker config, `az` or `aws` output). A leaf counts
* when its member's name says so, or when it looks generated: 16 characters or more of mixed kinds, no address, no path.
* Members that describe (`type`, `project_id`, `client_email`, `token_uri`, `clientId`) do not count, nor do URLs.
* @returns an empty list for a text that is no JSON object or array
*/
function toJsonSecrets(name, text) {
	const start = text.trimStart().charAt(0);
	if (start !== "{" && start !== "[") return [];
	let root;
	try {
		root = JSON.parse(text);
	} catch {
		return [];
	}
	const found = [];
	collect(root, name, "", 0, found);
	return found;
}
function collect(value, name, key, depth, found) {
	if (found.length >= MOST_LEAVES || depth > MOST_DEPTH) return;
	if (typeof value === "string") {
		if (isSecretLeaf(key, value)) found.push({
			name,
			value
		}, ...toBasicPassword(name, key, value));
	} else if (Array.isArray(value)) for (const item of value) collect(item, name, key, depth + 1, found);
	else if (typeof value === "object" && value !== null) for (const [member, item] of Object.entries(value)) collect(item, `${name}.${toPlain(member)}`, member, depth + 1, found);
}
function isSecretLeaf(key, value) {
	if (isDescription(key) || value.length < LEAST_LEAF) return false;
	if (/^[a-z][a-z0-9+.-]*:\/\/[^@]*$/i.test(value)) return false;
	if (isSecretName(key) || value.startsWith("-----BEGIN ")) return true;
	return /^[^\s@]{16,}$/.test(value) && /\d/.test(value) && /[A-Za-z]/.test(value) && !/^[\w-]+(?:\.[\w-]+)+$|^[~.]{0,2}\//.test(value);
}
/** The `auth` of a docker config is base64 of `user:password`. */
function toBasicPassword(name, key, value) {
	if (key !== "auth" || !/^[A-Za-z0-9+/]+={0,2}$/.test(value)) return [];
	const [, password = ""] = /^[^:\x00-\x1f]{1,256}:([^\x00-\x1f]{4,})$/.exec(Buffer.from(value, "base64").toString()) ?? [];
	return password === "" ? [] : [{
		name: `${name}.password`,
		value: password
	}];
}
function toPlain(member) {
	return member.replaceAll(/[^A-Za-z0-9_-]/g, "_").slice(0, 40);
}

// src/redaction/secrets.ts
/** Values and their bytes that are searched for at most; declared ones come first. */
const MOST_SECRETS = 1e4;
const MOST_BYTES = 8388608;
/** A guessed secret is at least so long: shorter ones would be met in any text. */
const LEAST_GUESSED = 6;
/** Values of secret-looking names that are settings or the well-known passwords of test databases. */
const NO_SECRETS = new Set("true false yes no on off none null undefined default enabled disabled required optional auto inherit always never password passwd secret token postgres root admin test testing guest changeme example dummy placeholder redacted hidden basic bearer oauth oauth2 netrc store keyring".split(" "));
/**
* The values that must not appear in anything that leaves a run: those of the declared names, those of names that look
* secret, the passwords in URLs and connection strings of any name, and the secret members of JSON values.
* @param env the runner's environment, and what the manifest sets
* @param declared names under `secrets` in the manifest: their values count whatever they look like
*/
function collectSecrets(env, declared) {
	const secrets = /* @__PURE__ */ new Map();
	const skipped = [];
	let bytes = 0;
	const add = (name, value) => {
		const text = value.trim();
		if (text.length < 4 || secrets.has(text)) return;
		if (secrets.size >= MOST_SECRETS || bytes + text.length > MOST_BYTES) {
			skipped.push({
				name,
				reason: `not searched for: more than ${MOST_SECRETS} values or ${MOST_BYTES} bytes of them`
			});
			return;
		}
		bytes += Math.min(text.length, MOST_VALUE);
		secrets.set(text, {
			name,
			value: text
		});
	};
	const declaredNames = new Set(declared);
	for (const name of declaredNames) {
		const value = env[name]?.trim() ?? "";
		const reason = toReason(value);
		if (reason !== void 0) skipped.push({
			name,
			reason
		});
		add(name, value);
		for (const leaf of toJsonSecrets(name, value)) add(leaf.name, leaf.value);
	}
	for (const [name, value] of Object.entries(env)) {
		if (isSecretName(name) && !declaredNames.has(name)) {
			const leaves = toJsonSecrets(name, value);
			for (const leaf of leaves) add(leaf.name, leaf.value);
			if (leaves.length === 0 && isGuessedSecret(value.trim())) add(name, value);
		}
		for (const password of toPasswords(value)) add(name, password);
	}
	return {
		secrets: [...secrets.values()],
		skipped
	};
}
function toReason(value) {
	if (value === "") return "declared as a secret but not set: nothing to search for";
	if (value.length < 4) return `shorter than ${4} characters: not searched for, because it would be met in any text`;
	if (value.length > 65536) return `longer than ${MOST_VALUE} characters: only its beginning is searched for`;
}
function isGuessedSecret(value) {
	if (value.length < LEAST_GUESSED || NO_SECRETS.has(value.toLowerCase())) return false;
	if (/^[-+]?[\d.,:]+$/.test(value)) return false;
	if (/^(?:\*+|\.+|x+|<[^>]*>|\$\{?[\w.]+\}?|\$\{\{.*\}\})$/i.test(value)) return false;
	if (/^(?:~|\.{1,2})?\/(?:[\w.@+-]+\/)*[\w.@+-]*$/.test(value) && value.split("/").length > 2) return false;
	if (/^[A-Za-z]:\\[^\n]*$/.test(value)) return false;
	return !/^[a-z][a-z0-9+.-]{1,20}:\/\/[^@\s]*$/i.test(value) || /hooks\.|webhook|token=|sig=|key=/i.test(value);
}
/** `scheme://user:password@host` (RFC 3986), and `Password=...;AccountKey=...` of connection strings. */
function toPasswords(value) {
	const passwords = [];
	for (const [, raw = ""] of value.matchAll(/[a-z][a-z0-9+.-]{0,20}:\/\/[^\s/?#:@]{0,256}:([^\s/?#]{1,1024})@/gi)) passwords.push(raw, decode(raw));
	for (const [, raw = ""] of value.matchAll(/(?:^|;)\s{0,4}(?:password|pwd|accountkey|sharedaccesskey)=([^;\s]{1,1024})/gi)) passwords.push(raw);
	return passwords.filter((password) => password.length >= LEAST_GUESSED && isGuessedSecret(password));
}
function decode(text) {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

// src/record/status.ts
/** What `continue_on_error` allows; being cut off or having no outcome is not among it. */
const FAILURES = /* @__PURE__ */ new Set([
	"failed",
	"error",
	"timed_out"
]);
const UNFINISHED = /* @__PURE__ */ new Set(["aborted", "waiting"]);
/**
* The status of a run from its steps and from how it ended.
*
* - Cancelled or lost: aborted, whatever the steps say. Ended by its max_duration: failed.
* - Failed when a step failed that is not allowed to (`continue_on_error`), or when any was cut off or has no outcome.
* - A skipped step is no failure by itself. When it was skipped because of a failure, that failure is some step's, and
*   fails the run there; a `when: failure` step is skipped precisely because all is well.
* - Nothing ran (every step was skipped): failed. An empty run is no success.
*/
function toRunStatus(steps, termination) {
	if (termination === "cancelled" || termination === "process_lost") return "aborted";
	if (termination === "timed_out") return "failed";
	const failed = steps.some(({ status, continue_on_error }) => UNFINISHED.has(status) || FAILURES.has(status) && !continue_on_error);
	const ran = steps.some(({ status }) => status !== "skipped");
	return failed || !ran ? "failed" : "success";
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
/** The outcome of the run as a whole, and the events that say so. */
async function emitEnd({ sink, now }, stop) {
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
	const events = {
		acknowledged: sink.emitted() + 1,
		dropped: 0
	};
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
function toTermination(stop) {
	if (!stop.aborted) return "finished";
	return stop.reason === "run_timeout" ? "timed_out" : "cancelled";
}
/** @param artifactId the artifact that `path` points into; null: the envelope itself */
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

// src/run.ts
/**
* Runs a manifest and seals what happened, whatever it was: success, failure, time-out or cancellation. What goes wrong
* beside the steps (a full disk, a broken log) is told in `problems` and does not touch their outcome.
* Rejects only for a bug.
*/
async function run(options) {
	const { source, now, log, env, workspace, expectedPlanHash } = options;
	const context = detectContext({
		env,
		cwd: workspace,
		now
	});
	const parsed = parseManifest(source);
	if (!parsed.ok) return refuse(`${source.path} can't be used as it is`, parsed.diagnostics);
	const { plan, environments } = makePlan(parsed.manifest, {
		path: source.path,
		sha256: parsed.sha256
	});
	const planHash = hashPlan(plan);
	if (expectedPlanHash !== void 0 && expectedPlanHash !== planHash) return refuse(`the plan of ${source.path} is ${planHash}, not the expected ${expectedPlanHash}; nothing was run`);
	const problems = [];
	const onProblem = (problem) => void problems.push(problem);
	const runId = makeUuidV7(now(), randomBytes(10));
	const secrets = collectAllSecrets(env, environments, plan.secrets);
	const redactor = makeRedactor({
		secrets: secrets.found,
		rules: plan.redaction_rules
	});
	const recordedPlan = redactJson(plan, redactor);
	const recordedContext = redactJson(await context, redactor);
	const folder = await openFolder(options, onProblem);
	if (folder.kind === "taken") return refuse(folder.message);
	const sink = makeEventSink({
		runId,
		journal: folder.journal,
		log,
		now,
		onProblem
	});
	const store = await openArtifactStore(join$1(folder.dir, evidenceFiles.artifacts));
	const stop = makeStop(options.signal, plan.max_duration_ms);
	try {
		const scope = {
			sink,
			redactor,
			now
		};
		await emitStart(scope, {
			worker: options.worker,
			context: recordedContext,
			plan: recordedPlan,
			planHash,
			expectedPlanHash
		});
		for (const { name, reason } of secrets.skipped) await sink.emit({
			type: "error",
			timestamp: toTimestamp(now()),
			code: "secret_not_redacted",
			message: `${name}: ${reason}`
		});
		const manifest = await keepInputs(scope, {
			store,
			manifest: source,
			plan: recordedPlan.value
		});
		const toolchain = probeToolchain({
			env,
			cwd: workspace
		}).then((found) => stop.signal.aborted ? void 0 : emitToolchain(scope, redactJson(found, redactor, "/runner_context/toolchain")));
		const runnerEnv = {
			...env,
			[STEP_MARK]: toMarks(env[STEP_MARK], toRunMark(runId))
		};
		let sealing;
		for await (const draft of execute({
			plan,
			environments,
			runnerEnv,
			workspace,
			store,
			redactor,
			now,
			signal: stop.signal
		})) {
			await sink.emit(draft);
			sealing ??= import("./seal-run-B_q96dpj.js");
		}
		await Promise.race([toolchain, stop.aborted]);
		const { sealRun } = await (sealing ?? import("./seal-run-B_q96dpj.js"));
		const end = await emitEnd(scope, stop.signal);
		const evidence = await sealRun({
			record: sink.record(),
			manifestSha256: manifest.sha256,
			dirs: [.../* @__PURE__ */ new Set([folder.dir, options.fallbackDir])],
			now,
			onProblem,
			...options.signer && { signer: options.signer }
		});
		if (evidence) await sink.emit(toFinalized(evidence, now()));
		return {
			kind: "finished",
			...end,
			runId,
			planHash,
			evidence,
			problems
		};
	} finally {
		stop.dispose();
		folder.close();
		await log.end();
	}
}
function refuse(message, diagnostics = []) {
	return {
		kind: "refused",
		message,
		diagnostics
	};
}
/** The evidence folder with its journal, or the fallback: where evidence lies never decides whether steps run. */
async function openFolder(options, onProblem) {
	for (const dir of [options.outDir, options.fallbackDir]) try {
		await makeEvidenceFolder(dir);
		claimFolder(dir);
		const journal = openJournal(dir);
		options.onFolder?.(dir);
		return {
			kind: "open",
			dir,
			journal,
			close: () => {
				journal.close();
				releaseFolder(dir);
			}
		};
	} catch (error) {
		if (error instanceof EvidenceFolderError && error.code === "not_empty") return {
			kind: "taken",
			message: error.message
		};
		onProblem(`no evidence can be kept in ${dir}: ${toMessage(error)}`);
	}
	return {
		kind: "open",
		dir: options.outDir,
		journal: null,
		close: () => {}
	};
}
/** What must not appear: from the runner's environment, and from what the manifest sets for its steps. */
function collectAllSecrets(env, environments, declared) {
	const sources = [collectSecrets(env, declared), ...Object.values(environments).map((own) => collectSecrets(own, declared))];
	const found = new Map(sources.flatMap(({ secrets }) => secrets).map((secret) => [`${secret.name}=${secret.value}`, secret]));
	const skipped = new Map(sources.flatMap((source) => source.skipped).map((entry) => [entry.name, entry]));
	return {
		found: [...found.values()],
		skipped: [...skipped.values()]
	};
}
/** One signal for the steps, whose reason says who wanted them to stop. The first wins. */
function makeStop(cancel, maxDurationMs) {
	const controller = new AbortController();
	const onCancel = () => controller.abort("cancelled");
	const aborted = new Promise((resolve) => {
		controller.signal.addEventListener("abort", () => resolve(), { once: true });
	});
	if (cancel.aborted) onCancel();
	cancel.addEventListener("abort", onCancel, { once: true });
	const timer = setTimeout(() => controller.abort("run_timeout"), maxDurationMs);
	return {
		signal: controller.signal,
		aborted,
		dispose: () => {
			clearTimeout(timer);
			cancel.removeEventListener("abort", onCancel);
		}
	};
}

export { run as t };