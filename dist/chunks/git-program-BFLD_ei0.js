import { t as limits } from "./limits-DSc7_a2H.js";
import { t as toTimestamp } from "./clock-yNLwsIyp.js";
import { open, stat } from "node:fs/promises";
import path from "node:path";
import os from "node:os";
import { constants as constants$1 } from "node:fs";
import { spawn } from "node:child_process";

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
			stdout: collect(),
			stderr: collect()
		};
		let kind = "not_started";
		let settleTimer;
		const onAbort = () => {
			end("timed_out");
			settle();
		};
		const settle = () => {
			options.signal?.removeEventListener("abort", onAbort);
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
		options.signal?.addEventListener("abort", onAbort);
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
function collect() {
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
async function readGitState(cwd, found, signal) {
	const program = await found;
	if (program === null) return {
		state: null,
		fault: "git_not_found"
	};
	const git = makeGit(program, cwd, signal);
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
function makeGit({ file, options, env }, cwd, signal) {
	return (args, input, maxBytes = limits.gitBytes) => runBounded({
		file,
		args: [...options, ...args],
		cwd,
		env,
		timeoutMs: limits.gitMs,
		maxBytes,
		...signal && { signal },
		...input === void 0 ? {} : { input }
	});
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
	return parseGithubEvent(toJson(file ? await readBoundedText(file, limits.eventFileBytes) : null));
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
function toJson(text) {
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
		job_total: parseCount(env["QUODERAT_JOB_TOTAL"]),
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
		cpuCount: Math.min(os.availableParallelism(), parseCpuQuota(cpuMax ?? "") ?? Infinity),
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
		readGitState(cwd, options.git, options.signal),
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
		const found = await stat(file);
		return found.isFile() && (process.platform === "win32" || (found.mode & 73) !== 0);
	} catch {
		return false;
	}
}

// src/ci/git-program.ts
/**
* Git as a program that only answers questions: it takes no lock, runs no hook or file system monitor, asks nothing of a
* terminal or a network, and gets no token. null when it is not on PATH.
*/
async function findGit(env) {
	const file = await findOnPath("git", env);
	if (file === null) return null;
	return {
		file,
		options: [
			"core.fsmonitor=false",
			"core.hooksPath=/dev/null",
			"status.renames=false",
			...readSafe(env)
		].flatMap((setting) => ["-c", setting]),
		env: {
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
		}
	};
}
/** `safe.directory` is often set through GIT_CONFIG_KEY_n, beside headers with tokens: only the former is let through. */
function readSafe(env) {
	return Object.entries(env).filter(([name, value]) => /^GIT_CONFIG_KEY_\d+$/.test(name) && value.toLowerCase() === "safe.directory").map(([name]) => `safe.directory=${env[name.replace("KEY", "VALUE")] ?? ""}`);
}

export { detectContext as a, readGitState as c, pick as d, runBounded as f, toBareEnv as i, parseCount as l, findOnPath as n, toPlatform as o, lookUp as r, readBoundedText as s, findGit as t, parseInstant as u };