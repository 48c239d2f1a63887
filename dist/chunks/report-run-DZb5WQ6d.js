import { o as __toESM } from "./rolldown-runtime-JJ0R4FiC.js";
import { d as warning, o as notice, r as error } from "./core-MS2wMUn3.js";
import { t as readWorker } from "./build-info-DS4BG0QM.js";
import { t as collect } from "./collect-run-BmafixHT.js";
import { r as toMessage } from "./errors-B6vIz8YT.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { i as makeOtherRunArtifacts, n as logLegs, r as toLegAnnotations, t as readRunArtifacts } from "./run-artifacts-B_vb6LJY.js";
import { n as PublishError, r as toCleanLine, t as setOutputs } from "./outputs-BLZOYDlN.js";
import { a as toTargetFacts, n as openApi, t as publish$1 } from "./publish-BPraUb_N.js";
import { n as toInertLine } from "./inert-BfcQbr-O.js";
import { n as makeSigner } from "./keys-Ck0aianH.js";
import { D as string, b as int, g as array, j as url, w as object } from "./primitives-B201jKT5.js";
import { n as InputError, r as readMaskedInputs, t as watchCancellation } from "./cancellation-CFzoioua.js";
import { a as copyEnvironment, i as addRunnerFacts, n as readState, s as scrubEnvironment } from "./state-BpeZ9zWn.js";
import { n as reportOnly, t as toStem } from "./stem-Dn7waYgw.js";
import { t as _usingCtx } from "./usingCtx-B560EHoh.js";
import { i as toCollectionPage, n as toCollectionSentence, t as renderCollection } from "./collection-C7i6FIlu.js";
import { t as toCheckTitle } from "./check-title-x447ipNc.js";
import { t as renderSummary, w as renderWithinBudget } from "./summary-qlegcPMJ.js";
import { a as paragraph, c as wholeCode, i as link$1, s as text, t as code } from "./tree-DXwFO1HV.js";
import { t as toArtifactUrl } from "./upload-evidence-DrbzXErW.js";
import { randomBytes } from "node:crypto";
import { open } from "node:fs/promises";
import { join } from "node:path";

// src/publish/github/locate-zip.ts
const HOPS = 3;
/**
* Where GitHub keeps the bytes of an artifact: the address to which `GET .../artifacts/{id}/zip` redirects. The token
* goes to the API alone, never to that address.
* Source: docs.github.com, "Download an artifact".
* @returns a function of the path below the API's base
*/
function makeZipLocator(options) {
	const { apiUrl, token, giveUp } = options;
	return async (path) => {
		if (!URL.canParse(apiUrl)) throw new PublishError("failed", "GITHUB_API_URL is no web address");
		const base = new URL(apiUrl);
		let url = new URL(`${base.pathname.replace(/\/+$/, "")}${path}`, base);
		for (let hops = 0; hops <= HOPS; hops += 1) {
			const { status, location } = await ask(url, token, giveUp);
			const next = URL.canParse(location, url.href) ? new URL(location, url) : void 0;
			if (status === 302 && next !== void 0) return next.href;
			if (!([
				301,
				307,
				308
			].includes(status) && next?.origin === base.origin) || next === void 0) throw toError(status);
			url = next;
		}
		throw new PublishError("failed", "GitHub would not give the artifact: it redirects without end");
	};
}
async function ask(url, token, giveUp) {
	const { EnvHttpProxyAgent, request } = await import("./undici-DFAgIhTj.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1));
	const dispatcher = new EnvHttpProxyAgent({ connect: { timeout: limits.artifactRequestMs } });
	try {
		const answer = await request(url, {
			method: "GET",
			headers: {
				accept: "application/vnd.github+json",
				authorization: `Bearer ${token}`,
				"user-agent": "quoderat",
				"x-github-api-version": "2022-11-28"
			},
			signal: AbortSignal.any([giveUp, AbortSignal.timeout(limits.artifactRequestMs)]),
			dispatcher
		});
		answer.body.on("error", () => {}).destroy();
		const { location } = answer.headers;
		return {
			status: answer.statusCode,
			location: typeof location === "string" ? location : ""
		};
	} catch (error) {
		throw new PublishError("failed", `GitHub could not be asked for the artifact: ${toCleanLine(toMessage(error))}`);
	} finally {
		await dispatcher.destroy();
	}
}
function toError(status) {
	const text = `GitHub would not give the artifact: status ${status}`;
	if (status === 403 || status === 401) return new PublishError("read_only", `${text}; it needs \`actions: read\``);
	if (status === 404 || status === 410) return new PublishError("not_found", text);
	return new PublishError("failed", text);
}

// src/publish/github/upstream-run.ts
const name = string().regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/);
const payload = object({
	workflow_run: object({
		id: int().positive(),
		run_attempt: int().positive(),
		run_number: int().positive(),
		path: string().max(600).nullish(),
		head_sha: string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/),
		head_branch: string().max(1e3).nullish(),
		head_repository: object({
			id: int(),
			owner: object({ login: string().max(100) })
		}).nullish(),
		repository: object({ full_name: name }),
		event: string().max(100),
		conclusion: string().max(100).nullish(),
		html_url: url({ protocol: /^https?$/ }).nullish()
	}),
	workflow: object({ name: string().max(1e3) }).nullish()
});
/** The event's payload; null when it is no `workflow_run` event's. */
function parseUpstreamRun(json) {
	const parsed = payload.safeParse(json);
	if (!parsed.success) return null;
	const { workflow_run: run, workflow } = parsed.data;
	const { head_repository: head } = run;
	return {
		id: String(run.id),
		attempt: run.run_attempt,
		number: run.run_number,
		workflow: run.path?.split("@")[0] || null,
		workflowName: workflow?.name || null,
		headSha: run.head_sha,
		headBranch: run.head_branch ?? null,
		headRepository: head ? {
			id: head.id,
			owner: head.owner.login
		} : null,
		repository: run.repository.full_name,
		event: run.event,
		conclusion: run.conclusion ?? null,
		url: run.html_url ?? null
	};
}
/** The attempt that the run is in by now: when it is a later one, its own event will be reported. @throws PublishError */
async function readNewestAttempt(api, { repository, id }) {
	const path = `/repos/${repository}/actions/runs/${id}`;
	const answer = object({ run_attempt: int().positive().nullish() });
	return (await api.ask({
		method: "GET",
		path,
		what: `show run ${id}`
	}, answer)).run_attempt ?? 1;
}
const pulls = array(object({
	number: int().positive(),
	state: string(),
	head: object({
		sha: string(),
		repo: object({ id: int() }).nullish()
	})
}));
/**
* The open pull requests whose head is this very commit in this very repository. The event names none when the head
* is in a fork.
* @throws PublishError
*/
async function findPullRequests(api, run) {
	const { headRepository, headBranch, repository, headSha } = run;
	if (headRepository === null || headBranch === null) return [];
	const path = `/repos/${repository}/pulls?state=open&head=${encodeURIComponent(`${headRepository.owner}:${headBranch}`)}`;
	const found = [];
	for await (const page of api.pages({
		method: "GET",
		path,
		what: "list the pull requests"
	}, pulls)) for (const pull of page) if (pull.head.sha === headSha && pull.head.repo?.id === headRepository.id && pull.state === "open") found.push(pull.number);
	return found;
}

// src/action/report-source.ts
/**
* The workflow run that the event of this job is about.
* @throws InputError when this is another event
*/
async function readUpstreamRun(env) {
	const run = env["GITHUB_EVENT_NAME"] === "workflow_run" ? parseUpstreamRun(await readEvent(env)) : null;
	if (run === null) throw new InputError("bad_input", "`mode: report` works in a workflow that is triggered by `workflow_run`");
	if (run.repository !== env["GITHUB_REPOSITORY"]) throw new InputError("bad_input", "the event is about a run of another repository");
	return run;
}
async function readEvent(env) {
	try {
		try {
			var _usingCtx$1 = _usingCtx();
			const file = _usingCtx$1.a(await open(env["GITHUB_EVENT_PATH"] ?? ""));
			const { size } = await file.stat();
			if (size > limits.eventFileBytes) return null;
			return JSON.parse(await file.readFile("utf8"));
		} catch (_) {
			_usingCtx$1.e = _;
		} finally {
			await _usingCtx$1.d();
		}
	} catch {
		return null;
	}
}

// src/render/do-not-rely.ts
/**
* The page about evidence that is not what it should be. It says so, and quotes nothing of what the evidence claims: not
* its result, not its steps.
* @throws RangeError when budgetBytes is too small for what must be on the page
*/
function renderDoNotRely(page) {
	const { title, faults, run, attempt, runUrl, notices = [] } = page;
	const rows = faults.map(({ file, reason, sha256 }) => [
		[code(file)],
		[text(reason)],
		sha256 === null ? [text("–")] : [wholeCode(`sha256:${sha256}`)]
	]);
	const blocks = [
		{
			type: "heading",
			level: page.isComment === true ? 4 : 3,
			children: [text(`${toDoNotRelySentence(page)} · `), code(title)]
		},
		...rows.length === 0 ? [] : [{
			type: "table",
			columns: [
				{ title: "File" },
				{ title: "Why not" },
				{ title: "Digest" }
			],
			rows
		}],
		paragraph(text("Nothing that these files say is shown here. What the jobs themselves did stands in "), ...link$1(runUrl, text(`run ${run}, attempt ${attempt}`)), text(".")),
		...notices.slice(0, 5).map((notice) => paragraph(text(`ℹ️ ${notice}`)))
	];
	return renderWithinBudget([{
		keep: "always",
		label: "all of it",
		blocks
	}], page.budgetBytes);
}
/** The first line, and the title of a check. */
function toDoNotRelySentence({ run, attempt }) {
	return `⛔ Do not rely on this: envelope does not match run ${run} attempt ${attempt}`;
}

// src/action/report-pages.ts
/** What does not hold of what the run left. Empty: all that is there holds. */
function findFaults({ legs, newestAttempt }, run) {
	const rejected = legs.flatMap((leg) => leg.state === "rejected" ? leg.files.map(({ source, sha256 }) => ({
		file: source,
		reason: leg.reason,
		sha256
	})) : []);
	if (rejected.length > 0 || newestAttempt === null || newestAttempt === run.attempt) return rejected;
	const reason = `the newest envelope is of attempt ${newestAttempt}; attempt ${run.attempt} has left none`;
	return legs.flatMap((leg) => leg.state === "in" ? [{
		file: leg.member.source,
		reason,
		sha256: leg.member.sha256
	}] : []);
}
/** The page for each surface: that it does not hold, or the one envelope's, or that of many. */
function makeReportPages(options) {
	const { outcome, run, faults, name } = options;
	const { gathered, evidence } = outcome;
	const only = toOnly(gathered);
	const title = name ?? run.workflowName ?? "evidence";
	const runUrl = run.url === null ? {} : { runUrl: `${run.url}/attempts/${run.attempt}` };
	if (faults.length > 0) {
		const page = {
			title,
			run: run.id,
			attempt: run.attempt,
			faults,
			...runUrl
		};
		return {
			title,
			checkTitle: toDoNotRelySentence(page),
			render: (surface, budgetBytes) => renderDoNotRely({
				...page,
				isComment: surface === "comment",
				budgetBytes
			})
		};
	}
	if (only !== null) {
		const { envelope, sha256: envelopeSha256, source: envelopeFileName, verdict, url } = only.member;
		return {
			title,
			checkTitle: toCheckTitle(envelope, {
				signed: false,
				envelopeSha256,
				verdict
			}),
			render: (surface, budgetBytes, { signing }) => renderSummary({
				envelope,
				envelopeSha256,
				envelopeFileName,
				verdict,
				budgetBytes,
				surface,
				notices: toNotices(options, signing),
				links: {
					...runUrl.runUrl !== void 0 && { run: runUrl.runUrl },
					...url !== void 0 && { envelope: url }
				}
			})
		};
	}
	return {
		title,
		checkTitle: toCollectionSentence(toCollectionPage({
			gathered,
			title,
			evidence
		})),
		render: (surface, budgetBytes, { file, signing }) => renderCollection({
			...toCollectionPage({
				gathered,
				title,
				evidence,
				signing,
				notices: toNotices(options, signing),
				...file && { file },
				...runUrl
			}),
			isComment: surface === "comment",
			budgetBytes
		})
	};
}
function toOnly({ legs }) {
	const [only] = legs;
	return legs.length === 1 && only?.state === "in" ? only : null;
}
/** How far a second signature carries, and where GitHub itself says something else than the envelopes. */
function toNotices({ outcome, run, isSigned }, signing) {
	const checked = `${isSigned || signing?.state === "keyless" ? "This workflow has signed that" : "This workflow has checked that"} these files came out of run ${run.id}, attempt ${run.attempt}, at ${run.headSha.slice(0, 12)}. Whether the steps were honest it cannot know: the pull request controls workflow and code.`;
	return [...run.conclusion !== "success" && outcome.gathered.status === "success" ? [`GitHub says that the workflow run ended as ${run.conclusion ?? "unknown"}: something outside of these envelopes did not succeed.`] : [], checked];
}

// src/action/report-run.ts
/**
* `mode: report`, in a workflow that `workflow_run` triggers: reads what another workflow run has sealed as hostile
* input, holds it against what GitHub itself says of that run, and publishes it with a token that may write, which the
* run of a fork has not. Nothing of it is executed, written under a name of its own, or shown when it does not hold.
* @returns 0 when all envelopes hold and none is missing, whatever their steps did
* @throws a coded error for wrong inputs, or another event
*/
async function performReport(host) {
	const cancellation = watchCancellation(host, Date.now);
	const env = copyEnvironment(host.env);
	const inputs = readMaskedInputs(env);
	scrubEnvironment(host.env);
	const signer = inputs.signingKey === void 0 ? void 0 : makeSigner(inputs.signingKey);
	const run = await readUpstreamRun(env);
	if (inputs.githubToken === "") throw new InputError("bad_input", "`mode: report` needs `github-token`, with `actions: read`");
	const giveUp = AbortSignal.any([cancellation.signal, AbortSignal.timeout(limits.uploadMaxMs)]);
	const api = await openApi(env, {
		token: inputs.githubToken,
		giveUp,
		budgetMs: limits.githubReportMs
	});
	try {
		const newest = await readNewestAttempt(api, run).catch(() => run.attempt);
		if (newest > run.attempt) {
			notice(`Attempt ${run.attempt} of run ${run.id} is superseded by attempt ${newest}, which is reported by itself.`);
			return 0;
		}
		const pull = await findPull(api, run);
		const outcome = await collect({
			candidates: readRunArtifacts({
				source: () => makeOtherRunArtifacts(api, run, makeZipLocator({
					...toApiAccess(env, inputs),
					giveUp
				})),
				giveUp,
				toUrl: (id) => toArtifactUrl(id, env, run.id).url
			}),
			expected: inputs.expected === void 0 ? null : { count: inputs.expected },
			run: {
				repo: run.repository,
				commit: run.headSha,
				...run.event === "pull_request" && { head: run.headSha },
				run: run.id,
				attempt: run.attempt
			},
			name: inputs.name ?? "report",
			workspace: inputs.workspace,
			outDir: inputs.outDir,
			fallbackDir: join(inputs.tempDir, `quoderat-${randomBytes(6).toString("hex")}`),
			env: addRunnerFacts(env, inputs),
			worker: await readWorker(),
			now: Date.now,
			...signer && { signer }
		});
		if (outcome.kind === "refused") {
			error(outcome.message, { title: "Quoderat reported nothing" });
			setOutputs({ status: "refused" }, env);
			return 2;
		}
		const faults = findFaults(outcome.gathered, run);
		const isWhole = faults.length === 0 && outcome.gathered.legs.every(({ state }) => state === "in");
		return await reportOnly(host, isWhole && outcome.evidence !== null ? 0 : 1, () => publish(outcome, {
			run,
			faults,
			pull,
			inputs,
			env,
			cancellation
		}));
	} finally {
		await api.close();
	}
}
/** The one open pull request that has this head, or why there is none to write to: for the comment to tell, if one is wanted. */
async function findPull(api, run) {
	const none = (missing, isUsual) => ({
		pullRequest: void 0,
		noPullRequest: {
			missing,
			isUsual
		}
	});
	try {
		const [first, ...others] = await findPullRequests(api, run);
		if (first === void 0) return none("no open pull request has this head", true);
		if (others.length === 0) return { pullRequest: first };
		return none(`${others.length + 1} open pull requests have this head, and the comment belongs to one`, false);
	} catch (error) {
		return none(`the pull request could not be looked for: ${toMessage(error)}`, false);
	}
}
async function publish(outcome, scope) {
	const { run, faults, pull, inputs, env, cancellation } = scope;
	const { gathered, evidence } = outcome;
	logLegs(gathered);
	for (const problem of outcome.problems) warning(problem);
	for (const { file, reason } of faults) error(`${toInertLine(file, 200)}: ${reason}`, { title: "Do not rely on this" });
	const target = toTargetFacts(env, evidence?.envelope.subject ?? nothingKnown);
	const pages = makeReportPages({
		outcome,
		run,
		faults,
		name: inputs.name,
		isSigned: inputs.signingKey !== void 0
	});
	await publish$1({
		evidence,
		status: faults.length > 0 ? "failed" : outcome.status,
		title: pages.title,
		toCheckTitle: () => pages.checkTitle,
		facts: {
			...target,
			sha: run.headSha,
			...pull,
			isFork: false,
			isOfBase: false,
			runId: run.id,
			runNumber: run.number,
			workflow: run.workflow ?? target.workflow,
			attempt: run.attempt
		},
		annotations: faults.length > 0 ? [] : toLegAnnotations(gathered),
		render: pages.render,
		jobTotal: 1,
		inputs,
		env,
		cancellation,
		state: readState({}),
		stem: toStem(inputs.name ?? pages.title, inputs, env)
	});
}
const nothingKnown = {
	kind: "workspace",
	id: null,
	source: "github",
	repo: {
		url: null,
		name: null,
		provider: null
	},
	git: null,
	meta: {}
};
function toApiAccess(env, { githubToken }) {
	return {
		apiUrl: env["GITHUB_API_URL"] || "https://api.github.com",
		token: githubToken
	};
}

export { performReport };