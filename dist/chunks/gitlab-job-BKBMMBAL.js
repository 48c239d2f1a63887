import { r as toMessage } from "./errors-B6vIz8YT.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { n as toInertLine, r as toInertTail } from "./inert-BfcQbr-O.js";
import { i as toCollectionPage, n as toCollectionSentence, t as renderCollection } from "./collection-C7i6FIlu.js";
import { r as evidenceFiles } from "./evidence-folder-CaRiuEzT.js";
import { n as readExcerpts, t as renderSummary } from "./summary-qlegcPMJ.js";
import { t as sha256 } from "./hash-CBlzMCBf.js";
import { D as string, b as int, g as array, v as boolean, w as object } from "./primitives-B201jKT5.js";
import { t as GitlabError } from "./failure-DksyyW-Q.js";
import { n as convergeComment, r as toAnnotationPath, t as toShownSigning } from "./shown-signing-CoBBeFmT.js";
import { t as _usingCtx } from "./usingCtx-B560EHoh.js";
import { c as testsValue, i as findingsValue, n as coverageValue } from "./observation-DZkPMKXb.js";
import { t as isFailure } from "./outcome-CFS-_DKm.js";
import { n as toStepWord, t as toReason$1 } from "./step-words-Ce7SbeE_.js";
import { t as toCheckTitle } from "./check-title-x447ipNc.js";
import { l as refuse, n as parseCount, s as decodeText, t as readLines } from "./lines-DTUCNEqD.js";
import { copyFile, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { createReadStream } from "node:fs";
import { setTimeout } from "node:timers/promises";

// src/publish/gitlab/job.ts
/** GitLab makes no more of one job. */
const MOST_LEGS = 1e3;
function toGitlabJob(env) {
	const name = env["CI_JOB_NAME"] || "job";
	const total = toCount(env["CI_NODE_TOTAL"]) || 1;
	const { group, label } = toLeg(name, total, env["CI_JOB_GROUP_NAME"]);
	const url = env["CI_PROJECT_URL"] ?? "";
	return {
		...toPipeline(env),
		name,
		group,
		label,
		total: total <= MOST_LEGS ? total : 1,
		jobId: toCount(env["CI_JOB_ID"]),
		projectUrl: /^https?:\/\/[^\s"'<>]{1,1000}$/.test(url) ? url.replace(/\/+$/, "") : void 0
	};
}
/** The same leg in each pipeline and try. */
function toLegKey({ name }, manifestPath) {
	return sha256(JSON.stringify([name, manifestPath])).slice(0, 12);
}
/**
* Children of one parent count as one pipeline, the parent's, where GitLab names it (18.9); before that each job of a
* child has a note of its own, in which its own pipelines can be put in order.
*/
function toPipeline(env) {
	const base = `${env["CI_PROJECT_PATH"] ?? ""}//${env["CI_CONFIG_PATH"] || ".gitlab-ci.yml"}`;
	const own = {
		pipelineNumber: toCount(env["CI_PIPELINE_IID"]),
		pipelineId: toDigits(env["CI_PIPELINE_ID"])
	};
	if (env["CI_PIPELINE_SOURCE"] !== "parent_pipeline") return {
		lineage: base,
		...own
	};
	const parent = toDigits(env["CI_UPSTREAM_PIPELINE_ID"]);
	if (parent === "") return {
		lineage: `${base}#child:${env["CI_JOB_NAME"] ?? ""}`,
		...own
	};
	return {
		lineage: `${base}#children`,
		pipelineNumber: toCount(parent),
		pipelineId: parent
	};
}
/** CI_JOB_GROUP_NAME is there from GitLab 17.10; before that only the name tells. */
function toLeg(name, total, given) {
	const [, head, values, part] = /^(.*?)(?:: \[([^[\]]*)\]| (\d+\/\d+))$/.exec(name) ?? [];
	if (given !== void 0 && given !== "" && given !== name && name.startsWith(given)) return {
		group: given,
		label: values ?? part ?? name.slice(given.length).trim()
	};
	if (total <= 1 || head === void 0 || head === "") return {
		group: name,
		label: ""
	};
	return {
		group: head,
		label: values ?? part ?? ""
	};
}
function toCount(text) {
	return /^\d{1,15}$/.test(text ?? "") ? Number(text) : 0;
}
function toDigits(text) {
	return /^\d{1,15}$/.exec(text ?? "")?.[0] ?? "";
}

// src/publish/gitlab/note.ts
const note = object({
	id: int(),
	body: string().nullish(),
	system: boolean().nullish(),
	author: object({ id: int() }).nullish()
});
const notes = array(note);
const user = object({ id: int() });
/**
* Puts this job's section into the merge request's note (comment/converge.ts).
* Source: docs.gitlab.com, "Notes API", "Users API" (the user of a project's or group's access token is its bot).
* @throws GitlabError
*/
async function publishNote(api, report) {
	const { owner, own, projectUrl } = report;
	const words = toGitlabWords(projectUrl);
	if ((await convergeComment(makePort(api, report), {
		owner,
		own,
		words,
		budgetBytes: limits.noteBytes
	})).state === "contended") throw new GitlabError("contended", "other jobs kept writing the note; the summary in the artifacts has what it lacks");
}
/**
* GitLab names pipelines and jobs by their ids, which are all that is put into an address: who may edit notes may edit
* what a leg says of itself.
*/
function toGitlabWords(projectUrl) {
	const toUrl = (path, isKnown) => projectUrl === void 0 || !isKnown ? void 0 : `${projectUrl}/-/${path}`;
	return {
		run: ({ runId, runNumber }) => `pipeline ${runId || runNumber}`,
		runUrl: ({ runId }) => toUrl(`pipelines/${runId}`, runId !== ""),
		part: ({ runId, runNumber, attempt }) => `pipeline ${runId || runNumber}, job ${attempt}`,
		partUrl: ({ attempt }) => toUrl(`jobs/${attempt}`, attempt > 0),
		artifactUrl: ({ artifactId }) => toUrl(`jobs/${artifactId}/artifacts/browse`, artifactId !== ""),
		elsewhere: "in their own artifacts",
		hasAttempts: false
	};
}
function makePort(api, { mergeRequest, pause, random }) {
	const list = `projects/${encodeURIComponent(mergeRequest.project)}/merge_requests/${mergeRequest.iid}/notes`;
	let viewer;
	return {
		async listOwn(isMarked) {
			const found = [];
			for (let page = 1, pages = 1; page !== null; pages += 1) {
				if (pages > limits.forgePages) throw new GitlabError("bad_answer", `the list of GET ${list} has no end`);
				const query = {
					per_page: 100,
					page,
					sort: "asc",
					order_by: "created_at"
				};
				const answer = await api.ask("GET", list, { query });
				found.push(...parse(notes, answer.value, list).filter(({ body, system }) => !system && isMarked(body ?? "")));
				page = answer.nextPage;
			}
			if (found.length > 0) viewer ??= parse(user, (await api.ask("GET", "user")).value, "user");
			return found.filter(({ author }) => author?.id === viewer?.id).toSorted((a, b) => a.id - b.id).map(toStored);
		},
		async read(id, timeoutMs) {
			const options = timeoutMs === void 0 ? {} : { timeoutMs };
			return toStored(parse(note, (await api.ask("GET", `${list}/${id}`, options)).value, list));
		},
		create: (body, find) => createOnce(api, {
			list,
			body,
			find,
			pause
		}),
		async update(id, body, timeoutMs) {
			const options = {
				body: async () => ({ body: await body() }),
				...timeoutMs !== void 0 && { timeoutMs }
			};
			return toStored(parse(note, (await api.ask("PUT", `${list}/${id}`, options)).value, list));
		},
		async remove(id) {
			await api.ask("DELETE", `${list}/${id}`);
		},
		pause,
		random,
		toTrouble(error) {
			if (!(error instanceof GitlabError)) return void 0;
			if (error.code === "not_found") return "gone";
			return error.code === "too_long" ? "too_long" : "other";
		}
	};
}
/** A note whose answer is lost may be there: it is looked for before it is made again. */
async function createOnce(api, { list, body, find, pause }) {
	for (let tries = 1;; tries += 1) try {
		return toStored(parse(note, (await api.ask("POST", list, { body: { body } })).value, list));
	} catch (error) {
		if (!(error instanceof GitlabError) || error.code !== "unreachable") throw error;
		const found = await find().catch(() => {
			throw error;
		});
		if (found !== void 0) return found;
		if (tries >= limits.forgeAttempts) throw error;
		await pause(limits.retryFirstMs * 2 ** tries);
	}
}
function parse(schema, value, path) {
	const result = schema.safeParse(value);
	if (result.success) return result.data;
	throw new GitlabError("bad_answer", `GitLab was asked for ${path} and answered with something else`);
}
/** Its address is not told by GitLab, and nobody asks for it. */
function toStored({ id, body }) {
	return {
		id,
		body: body ?? "",
		url: void 0
	};
}

// src/publish/gitlab/status.ts
/** Sets the status of a commit. Setting it again under the same name replaces it. @throws GitlabError */
async function setCommitStatus(api, status) {
	const { projectId, sha, pipelineId, ref, name, state, description, targetUrl, coveragePercent } = status;
	await api.ask("POST", `projects/${encodeURIComponent(projectId)}/statuses/${encodeURIComponent(sha)}`, {
		isRepeatable: true,
		body: {
			state,
			name: toFitName(name),
			description: Array.from(description).slice(0, 250).join(""),
			...pipelineId !== void 0 && { pipeline_id: Number(pipelineId) },
			...pipelineId === void 0 && ref !== void 0 && { ref },
			...targetUrl !== void 0 && isAddress(targetUrl) && { target_url: targetUrl },
			...coveragePercent !== void 0 && { coverage: coveragePercent }
		}
	});
}
/** In GitLab's 255 characters. */
function toFitName(name) {
	const characters = Array.from(name);
	return characters.length <= 200 ? name : `${characters.slice(0, 190).join("")}… ${sha256(name).slice(0, 8)}`;
}
/** GitLab refuses a status with any other. */
function isAddress(url) {
	return /^https?:\/\//.test(url) && url.length <= 255;
}

// src/publish/gitlab/report.ts
const names = {
	note: "note on the merge request",
	status: "commit status"
};
const options = {
	note: "--comment",
	status: "--commit-status"
};
const needs = {
	note: "the role Reporter",
	status: "the role Developer"
};
const states = {
	success: "success",
	failed: "failed",
	aborted: "canceled"
};
/**
* Sets the commit status and writes the note. Nothing that happens here has a say in the outcome: it never throws, and
* ends when its time is over.
*/
async function reportToGitlab(report) {
	const problems = [];
	const { modes, target } = report;
	const token = parseToken(report);
	const budgetMs = report.budgetMs ?? limits.forgeMs;
	const over = AbortSignal.timeout(Math.ceil(budgetMs));
	const attempt = async (surface, giveUp, publish) => {
		if (modes[surface] === "never") return;
		const { mergeRequest } = target;
		if (surface === "note" && mergeRequest === void 0) problems.push({
			surface,
			words: target.without,
			isUsual: true
		});
		else if ("missing" in token) problems.push({
			surface,
			words: token.missing,
			isUsual: mergeRequest === void 0
		});
		else try {
			try {
				var _usingCtx$1 = _usingCtx();
				await publish(_usingCtx$1.a(await connect(report, token.value, AbortSignal.any([report.giveUp, giveUp]))));
			} catch (_) {
				_usingCtx$1.e = _;
			} finally {
				await _usingCtx$1.d();
			}
		} catch (error) {
			problems.push({
				surface,
				words: toWords(error, surface),
				isUsual: false
			});
		}
	};
	await attempt("status", AbortSignal.any([over, AbortSignal.timeout(Math.ceil(budgetMs * .3))]), (api) => writeStatus(api, report));
	await attempt("note", over, (api) => writeNote(api, report, AbortSignal.any([report.giveUp, over])));
	return {
		notices: toNotices(problems, modes),
		warnings: toWarnings(problems, modes)
	};
}
function parseToken({ token, env, target }) {
	const value = token?.trim() ?? "";
	const neither = "the job token can write neither notes nor statuses";
	if (value === "" && target.isOfFork) return { missing: "this pipeline runs in a fork, which has no QUODERAT_GITLAB_TOKEN" };
	if (value === "") return { missing: `there is no QUODERAT_GITLAB_TOKEN, and ${neither}` };
	if (value === env["CI_JOB_TOKEN"]) return { missing: `QUODERAT_GITLAB_TOKEN is the job token, and ${neither}` };
	if (!/^[\u0021-\u007E]{1,4096}$/.test(value)) return { missing: "QUODERAT_GITLAB_TOKEN is no token" };
	return { value };
}
async function connect({ env, target, ports }, token, giveUp) {
	const { makeGitlabApi } = await import("./api-Ct_4xKNH.js");
	const caFile = env["CI_SERVER_TLS_CA_FILE"];
	const noProxy = env["no_proxy"] ?? env["NO_PROXY"];
	return makeGitlabApi({
		apiUrl: target.apiUrl,
		token,
		proxy: {
			...toProxies(env),
			...noProxy !== void 0 && { noProxy }
		},
		giveUp,
		sleep: ports?.sleep ?? sleep,
		...caFile && { caFile }
	});
}
/** As curl reads them: lower case first, and an address without a scheme is an http proxy's. */
function toProxies(env) {
	const toProxy = (...from) => {
		const found = from.map((name) => env[name]?.trim()).find((value) => value) ?? "";
		const url = found === "" || found.includes("://") ? found : `http://${found}`;
		return URL.canParse(url) ? url : void 0;
	};
	const httpProxy = toProxy("http_proxy", "HTTP_PROXY");
	const httpsProxy = toProxy("https_proxy", "HTTPS_PROXY");
	return {
		...httpProxy !== void 0 && { httpProxy },
		...httpsProxy !== void 0 && { httpsProxy }
	};
}
async function sleep(ms, signal) {
	await setTimeout(ms, void 0, { signal });
}
function writeStatus(api, report) {
	const { target, env, manifest, status, title, coveragePercent } = report;
	return setCommitStatus(api, {
		...target,
		name: `quoderat: ${manifest} ${toGitlabJob(env).name}`,
		state: states[status],
		description: title,
		targetUrl: target.jobUrl,
		coveragePercent
	});
}
async function writeNote(api, report, giveUp) {
	const { target, env, manifest, status, title, commit, envelope, ports } = report;
	const job = toGitlabJob(env);
	if (target.mergeRequest === void 0) return;
	await publishNote(api, {
		mergeRequest: target.mergeRequest,
		owner: {
			manifest,
			workflow: job.lineage
		},
		own: {
			leg: {
				key: toLegKey(job, report.manifestPath),
				evidence: sha256(report.evidenceRunId).slice(0, 8),
				label: job.label,
				job: job.group,
				total: job.total,
				runNumber: job.pipelineNumber,
				attempt: job.jobId,
				runId: job.pipelineId,
				commit,
				status,
				title,
				digest: envelope.sha256,
				artifactId: envelope.isInArtifacts && job.jobId > 0 ? String(job.jobId) : ""
			},
			render: report.render
		},
		projectUrl: job.projectUrl,
		pause: (ms) => (ports?.sleep ?? sleep)(ms, giveUp).catch(() => {}),
		random: ports?.random ?? Math.random
	});
}
function toWords(error, surface) {
	if (!(error instanceof GitlabError)) return `it failed: ${toMessage(error)}`;
	if (error.code !== "not_allowed" && error.code !== "not_found") return error.message;
	return `${error.message} (the token needs the scope api and ${needs[surface]})`;
}
/** One sentence for all that was tried of our own accord. */
function toNotices(problems, modes) {
	const told = problems.filter(({ surface, isUsual }) => modes[surface] === "auto" && !isUsual);
	const parts = [...new Set(told.map(({ words }) => words))].map((words) => {
		return `${told.filter((problem) => problem.words === words).map(({ surface }) => `no ${names[surface]}`).join(" and ")}: ${words}`;
	});
	return parts.length === 0 ? [] : [toSentence(parts.join("; "))];
}
function toWarnings(problems, modes) {
	return problems.filter(({ surface }) => modes[surface] === "always").map(({ surface, words }) => toSentence(`no ${names[surface]}, although ${options[surface]} always asks for it: ${words}`));
}
function toSentence(text) {
	return /[.!?…]$/.test(text) ? text : `${text}.`;
}

// src/render/gitlab/code-quality.ts
const severities = {
	error: "major",
	warning: "minor",
	note: "info",
	none: "info"
};
/**
* The findings of all steps as a Code Quality report, the same finding of two reports once. GitLab keeps apart and
* compares between pipelines by fingerprint: the tool's own where it gave one, else rule, path and message, so that a
* moved line is no new finding. A finding without a place in the repository can't be shown there and is left out.
*/
function renderCodeQuality({ observations }, roots) {
	const entries = /* @__PURE__ */ new Map();
	for (const { value } of observations.filter(({ type }) => type === "findings")) {
		const parsed = findingsValue.safeParse(value);
		for (const finding of parsed.success ? parsed.data.results : []) {
			const entry = toDegradation(finding, roots);
			if (entry !== null) entries.set(toFreeFingerprint(entry, entries), entry);
		}
	}
	return `${JSON.stringify(Array.from(entries, ([fingerprint, entry]) => ({
		...entry,
		fingerprint
	})), null, 1)}\n`;
}
function toDegradation(finding, roots) {
	const path = finding.uri === void 0 ? void 0 : toAnnotationPath(finding.uri, ".", roots);
	if (path === void 0) return null;
	const rule = toInertLine(finding.rule_id, 200);
	const identity = JSON.stringify([
		rule,
		path,
		finding.fingerprint ?? finding.message
	]);
	return {
		description: toInertLine(finding.message) || rule,
		check_name: rule,
		fingerprint: sha256(Buffer.from(identity)).slice(0, 40),
		severity: severities[finding.level],
		location: {
			path,
			lines: { begin: finding.start_line ?? 1 }
		}
	};
}
/** The entry's own fingerprint; one that another place has already gets a number, as two equal findings in a file need. */
function toFreeFingerprint(entry, taken) {
	const { begin } = entry.location.lines;
	for (let count = 1;; count += 1) {
		const fingerprint = count === 1 ? entry.fingerprint : sha256(Buffer.from(`${entry.fingerprint}/${count}`)).slice(0, 40);
		const known = taken.get(fingerprint);
		if (known === void 0 || known.location.lines.begin === begin) return fingerprint;
	}
}

// src/render/gitlab/xml.ts
const references = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	"\"": "&quot;",
	"'": "&apos;"
};
/** A stranger's text as one line of XML 1.0 text or attribute value: inert, so it holds no character that XML forbids. */
function toXmlText(text, length) {
	return escapeXml$1(toInertLine(text, length));
}
/** Lines that are inert already, as XML 1.0 text. */
function toXmlLines(lines) {
	return escapeXml$1(lines.join("\n"));
}
function escapeXml$1(text) {
	return text.toWellFormed().replaceAll(/[&<>"']/g, (character) => references[character] ?? "").replaceAll(/[\uFFFE\uFFFF]/g, "�");
}

// src/render/gitlab/junit.ts
/**
* The steps as a JUnit report for GitLab's test widget: a suite named after the manifest, a case for each step (class
* `quoderat.<kind>`). Not run is skipped, cut off and could-not-run are errors, a failure that the manifest allows is
* skipped with its reason, since GitLab would count it as a failed test.
* @param excerpts ends of outputs by artifact id, as publish/files reads them
*/
function renderStepsJunit({ execution, plan }, excerpts) {
	const { steps } = execution;
	const cases = steps.map((step) => toCase(step, excerpts));
	const count = (element) => cases.filter(({ outcome }) => outcome === element).length;
	const figures = `tests="${steps.length}" failures="${count("failure")}" errors="${count("error")}"`;
	const time = toSeconds(execution.duration_ms);
	const name = toXmlText(plan.name, 200);
	return [
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
		`<testsuites name="${name}" ${figures} time="${time}">`,
		`  <testsuite name="${name}" ${figures} skipped="${count("skipped")}" time="${time}" timestamp="${execution.started_at.slice(0, 19)}">`,
		...cases.map(({ text }) => text),
		"  </testsuite>",
		"</testsuites>",
		""
	].join("\n");
}
function toCase(step, excerpts) {
	const outcome = toOutcome(step);
	const head = `    <testcase classname="quoderat.${step.kind}" name="${toXmlText(step.id, 300)}" time="${toSeconds(step.duration_ms)}"`;
	if (outcome === "passed") return {
		outcome,
		text: `${head}/>`
	};
	const { word } = toStepWord(step);
	const message = toXmlText([word, toReason$1(step)].filter((part) => part !== "").join(": "));
	if (outcome === "skipped") return {
		outcome,
		text: `${head}>\n      <skipped>${message}</skipped>\n    </testcase>`
	};
	const lines = [step.stderr_artifact_id, step.stdout_artifact_id].flatMap((id) => id !== null && Object.hasOwn(excerpts, id) ? toInertTail(excerpts[id] ?? "") : []);
	return {
		outcome,
		text: `${head}>\n      <${outcome} message="${message}" type="${step.cause?.code ?? step.status}">${toXmlLines(lines)}</${outcome}>\n    </testcase>`
	};
}
function toOutcome(step) {
	if (step.status === "success") return "passed";
	if (step.status === "skipped" || step.status === "waiting") return "skipped";
	if (isFailure(step) && step.continue_on_error) return "skipped";
	return step.status === "failed" || step.status === "timed_out" ? "failure" : "error";
}
function toSeconds(milliseconds) {
	return (milliseconds / 1e3).toFixed(3);
}

// src/render/gitlab/links.ts
/** GitLab shows at most this many external links of a job. */
const LINKS = 20;
/**
* GitLab's annotations report (docs.gitlab.com, "artifacts:reports:annotations"): links on the job's page. Addresses are
* the caller's, never the envelope's.
*/
function renderJobLinks(envelopeSha256, links) {
	const found = [
		{
			label: `Envelope sha256:${envelopeSha256.slice(0, 12)}`,
			url: links.envelope
		},
		{
			label: "Report",
			url: links.report
		},
		{
			label: "Summary",
			url: links.summary
		}
	].flatMap(({ label, url }) => url === void 0 ? [] : [{ external_link: {
		label,
		url
	} }]);
	return `${JSON.stringify({ Quoderat: found.slice(0, LINKS) })}\n`;
}
/**
* Variables for later jobs (artifacts:reports:dotenv): of our own making and in an alphabet that no shell and no dotenv
* reader takes for anything but itself.
*/
function renderDotenv({ evidence_id, plan, execution, integrity }, envelopeSha256) {
	const variables = {
		QUODERAT_EVIDENCE_ID: evidence_id,
		QUODERAT_STATUS: execution.status,
		QUODERAT_HEAD_HASH: integrity.head_entry_hash,
		QUODERAT_ENVELOPE_SHA256: envelopeSha256,
		QUODERAT_PLAN_HASH: plan.plan_hash
	};
	return Object.entries(variables).filter(([, value]) => /^[A-Za-z0-9-]+$/.test(value)).map(([name, value]) => `${name}=${value}\n`).join("");
}

// src/render/gitlab/metrics.ts
/**
* GitLab's metrics report, which its widget compares with the target branch: OpenMetrics text with `# EOF` left out, as
* GitLab reads `name value` lines (docs.gitlab.com, "Metrics reports").
*/
function renderMetrics({ execution, observations }) {
	const { steps } = execution;
	const sums = /* @__PURE__ */ new Map([
		["quoderat_steps_total", steps.length],
		["quoderat_steps_passed", steps.filter(({ status }) => status === "success").length],
		["quoderat_steps_not_run", steps.filter(({ status }) => status === "skipped").length],
		["quoderat_duration_seconds", execution.duration_ms / 1e3]
	]);
	const add = (name, value) => void sums.set(name, (sums.get(name) ?? 0) + value);
	for (const { type, value } of observations) {
		const tests = type === "tests" ? testsValue.safeParse(value).data : void 0;
		if (tests) {
			add("quoderat_tests_total", tests.tests);
			add("quoderat_tests_failed", tests.failed);
			add("quoderat_tests_skipped", tests.skipped);
			add("quoderat_tests_flaky", tests.flaky);
		}
		const findings = type === "findings" ? findingsValue.safeParse(value).data : void 0;
		if (findings) {
			add("quoderat_findings_error", findings.by_level.error);
			add("quoderat_findings_warning", findings.by_level.warning);
		}
	}
	const percent = toCoveragePercent(observations);
	if (percent !== void 0) sums.set("quoderat_coverage_percent", percent);
	return Array.from(sums, ([name, value]) => `${name} ${value}\n`).join("");
}
/** Covered lines of all reports, rounded down, as everywhere: 100 means all. Statements where a tool counts no lines. */
function toCoveragePercent(observations) {
	const lines = {
		covered: 0,
		total: 0
	};
	for (const { type, value } of observations) {
		const coverage = type === "coverage" ? coverageValue.safeParse(value).data : void 0;
		const metric = coverage?.lines ?? coverage?.statements;
		if (metric) {
			lines.covered += metric.covered;
			lines.total += metric.total;
		}
	}
	return lines.total === 0 ? void 0 : Math.floor(lines.covered * 1e4 / lines.total) / 100;
}

// src/publish/gitlab/reports.ts
/** What GitLab reads of a job (artifacts:reports), by name in the folder; gitlab/templates names the same files. */
const reportFiles = {
	junit: "junit.xml",
	codeQuality: "gl-code-quality-report.json",
	annotations: "gl-annotations.json",
	metrics: "metrics.txt",
	dotenv: "quoderat.env",
	/** Folders: the users' own reports, as they were captured. */
	ownJunit: "junit",
	ownCoverage: "coverage"
};
/**
* Writes the reports behind GitLab's widgets, and takes away first what lies under their names: it is not of this run's
* making, and GitLab would believe it (a step could have planted variables for later jobs). A report that can't be made
* is a problem, and the others stand without it.
* @returns the paths written
*/
async function writeGitlabReports(reports) {
	const { dir, envelope, envelopeSha256, artifactsDir, excerpts, roots, links } = reports;
	const written = [];
	const attempt = async (name, write) => {
		const path = join(dir, name);
		try {
			await mkdir(dirname(path), { recursive: true });
			await rm(`${path}.tmp`, {
				recursive: true,
				force: true
			});
			await write(`${path}.tmp`);
			await rename(`${path}.tmp`, path);
			written.push(path);
		} catch (error) {
			await rm(`${path}.tmp`, { force: true }).catch(() => {});
			reports.onProblem(`GitLab's report ${name} could not be written: ${toMessage(error)}`);
		}
	};
	const attemptText = (name, render) => attempt(name, async (path) => writeFile(path, await render()));
	await dropGitlabReports(dir);
	await attemptText(reportFiles.junit, () => renderStepsJunit(envelope, excerpts));
	await attemptText(reportFiles.codeQuality, () => renderCodeQuality(envelope, roots));
	await attemptText(reportFiles.annotations, () => renderJobLinks(envelopeSha256, links));
	await attemptText(reportFiles.metrics, () => renderMetrics(envelope));
	await attemptText(reportFiles.dotenv, () => renderDotenv(envelope, envelopeSha256));
	for (const { folder, sha256, isLcov } of listOwnReports(envelope)) {
		const name = `${folder}/${sha256.slice(0, 16)}.xml`;
		const source = join(artifactsDir, sha256);
		if (isLcov) await attemptText(name, () => reports.toCobertura(source));
		else await attempt(name, (path) => copyFile(source, path));
	}
	return written;
}
/** Takes away whatever lies under the reports' names. */
async function dropGitlabReports(dir) {
	for (const name of Object.values(reportFiles)) await rm(join(dir, name), {
		recursive: true,
		force: true
	});
}
const shown = {
	"quoderat/junit": {
		folder: reportFiles.ownJunit,
		isLcov: false
	},
	"quoderat/cobertura": {
		folder: reportFiles.ownCoverage,
		isLcov: false
	},
	"quoderat/lcov": {
		folder: reportFiles.ownCoverage,
		isLcov: true
	}
};
/** The users' own reports that GitLab has a widget for, as captured and redacted, each once. */
function listOwnReports({ observations, artifacts }) {
	const found = /* @__PURE__ */ new Map();
	for (const { parser, basis_artifact_ids: basis } of observations) {
		const kind = Object.hasOwn(shown, parser.name) ? shown[parser.name] : void 0;
		if (kind === void 0) continue;
		for (const { sha256 } of artifacts.filter(({ id }) => basis.includes(id))) found.set(`${kind.folder}/${sha256}`, {
			...kind,
			sha256
		});
	}
	return [...found.values()];
}

// src/publish/gitlab/target.ts
/**
* Reads the target from a job's environment; undefined outside of GitLab. In a merge request's pipeline, also of merged
* results, a merge train or a child pipeline of these, the merge request is named; in a branch's pipeline the first open
* one of that branch is taken (CI_OPEN_MERGE_REQUESTS).
*/
function parseGitlabTarget(env) {
	const { CI_API_V4_URL: apiUrl, CI_PROJECT_ID: projectId, CI_COMMIT_SHA: sha } = env;
	if (apiUrl === void 0 || projectId === void 0 || !isId(projectId)) return void 0;
	if (sha === void 0 || !/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(sha)) return void 0;
	return {
		apiUrl,
		projectId,
		sha,
		pipelineId: toId(env["CI_PIPELINE_ID"]),
		ref: env["CI_COMMIT_REF_NAME"] || void 0,
		jobUrl: env["CI_JOB_URL"] || void 0,
		mergeRequest: toMergeRequest(env),
		isOfFork: (toId(env["CI_MERGE_REQUEST_PROJECT_ID"]) ?? projectId) !== projectId,
		without: toReason(env)
	};
}
function toMergeRequest(env) {
	const iid = toId(env["CI_MERGE_REQUEST_IID"]);
	const project = toId(env["CI_MERGE_REQUEST_PROJECT_ID"]) ?? toId(env["CI_PROJECT_ID"]);
	if (iid !== void 0 && project !== void 0) return {
		project,
		iid: Number(iid)
	};
	const [, path, number] = /^([^\s,!]{1,500})!(\d{1,9})(?:,|$)/.exec(env["CI_OPEN_MERGE_REQUESTS"] ?? "") ?? [];
	return path === void 0 || number === void 0 ? void 0 : {
		project: path,
		iid: Number(number)
	};
}
function toReason({ CI_PIPELINE_SOURCE: source, CI_COMMIT_TAG: tag }) {
	if (tag) return "the pipeline is a tag’s";
	if (source === "schedule") return "the pipeline is scheduled";
	if (source === "pipeline") return "the pipeline was started by another project";
	return "the branch has no open merge request";
}
function toId(text) {
	return text !== void 0 && isId(text) ? text : void 0;
}
function isId(text) {
	return /^\d{1,15}$/.test(text) && Number(text) > 0;
}

// src/reports/lcov-to-cobertura.ts
/** GitLab reads no Cobertura file over 10 MB (docs.gitlab.com, "Code coverage visualization"). */
const MAX_CHARS = 1e7;
const MAX_LINES = 2e6;
/**
* The lines of an lcov tracefile as a Cobertura report, for forges that show only that. Hits of a line that several
* records tell of are summed; branches and functions are left out.
* @param toPath where the repository has a file that the tracefile names; null leaves the file out
* @throws ReportError when the text is too large for what is to read it
*/
async function lcovToCobertura(chunks, toPath) {
	const files = /* @__PURE__ */ new Map();
	let lines;
	let count = 0;
	for await (const { text } of readLines(decodeText(chunks))) if (text.startsWith("SF:")) {
		const path = toPath(text.slice(3).trim());
		lines = path === null ? void 0 : files.get(path) ?? /* @__PURE__ */ new Map();
		if (path !== null && lines !== void 0) files.set(path, lines);
	} else if (text.startsWith("DA:") && lines !== void 0) {
		const [number, hits] = text.slice(3).split(",", 2);
		const line = parseCount(number);
		if (line === void 0) continue;
		count += 1;
		if (count > MAX_LINES) refuse(`it tells of more than ${MAX_LINES} lines`);
		lines.set(line, (lines.get(line) ?? 0) + (parseCount(hits) ?? 0));
	}
	return render(files);
}
function render(files) {
	const all = toRate(Array.from(files.values(), (lines) => Array.from(lines.values())).flat());
	const parts = [
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
		`<coverage line-rate="${all}" branch-rate="0" version="1" timestamp="0">`,
		"<sources><source>.</source></sources>",
		`<packages><package name="all" line-rate="${all}" branch-rate="0" complexity="0"><classes>`
	];
	let size = 0;
	for (const [path, lines] of files) {
		const name = escapeXml(path);
		const entries = [...lines].toSorted(([one], [other]) => one - other);
		const text = [
			`<class name="${name}" filename="${name}" line-rate="${toRate([...lines.values()])}" branch-rate="0" complexity="0"><methods/><lines>`,
			...entries.map(([number, hits]) => `<line number="${number}" hits="${hits}" branch="false"/>`),
			"</lines></class>"
		].join("\n");
		size += text.length;
		if (size > MAX_CHARS) refuse(`as Cobertura it has more than the ${MAX_CHARS} characters that are read`);
		parts.push(text);
	}
	return [
		...parts,
		"</classes></package></packages>",
		"</coverage>",
		""
	].join("\n");
}
function toRate(hits) {
	if (hits.length === 0) return "0";
	return (Math.floor(hits.filter((count) => count > 0).length * 1e4 / hits.length) / 1e4).toString();
}
/** XML 1.0; a path with a character that XML can't hold does not get here. */
function escapeXml(text) {
	return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("\"", "&quot;");
}

// src/report-to-gitlab.ts
/**
* Gives a GitLab job all that GitLab shows of it: the files behind its widgets, the commit status and the note on the
* merge request. Never throws for what GitLab, its answers or the folder are like, and has no say in the outcome.
* @returns sentences for people
*/
async function reportJobToGitlab(job) {
	const { evidence, reportsDir } = job;
	const problems = [];
	if (reportsDir !== void 0 && evidence === null) await dropGitlabReports(reportsDir);
	if (evidence === null) return problems;
	const excerpts = await readExcerpts(evidence.dir, evidence.envelope);
	if (reportsDir !== void 0) await writeReports({
		...job,
		evidence,
		reportsDir
	}, excerpts, problems);
	const { notices, warnings } = await reportPage({
		...job,
		evidence
	}, excerpts);
	return [
		...problems,
		...notices,
		...warnings
	];
}
async function writeReports({ env, evidence, reportsDir, workspace }, excerpts, problems) {
	const { dir, envelope, envelopeSha256 } = evidence;
	const project = env["CI_PROJECT_DIR"] || workspace;
	const below = toBelow(project, workspace);
	const roots = {
		workspace: project,
		...below !== void 0 && { workingDirectory: below.join("/") || "." }
	};
	await writeGitlabReports({
		dir: reportsDir,
		envelope,
		envelopeSha256,
		artifactsDir: join(dir, evidenceFiles.artifacts),
		excerpts,
		roots,
		links: toLinks(env, dir),
		toCobertura: (path) => lcovToCobertura(createReadStream(path), (file) => toAnnotationPath(file, ".", roots) ?? null),
		onProblem: (problem) => void problems.push(problem)
	});
}
async function reportPage(job, excerpts) {
	const { env, evidence, modes, token, giveUp } = job;
	const { envelope, envelopeSha256 } = evidence;
	const target = parseGitlabTarget(env);
	if (target === void 0) return toNowhere(modes, "this is no job of a GitLab");
	if (envelope.subject.meta["job_id"] !== env["CI_JOB_ID"]) return toNowhere(modes, "the evidence is not of this job");
	const links = toLinks(env, evidence.dir);
	const page = job.gathered === void 0 ? toRunPage(job, excerpts, links) : toPageOf(job.gathered, job, links);
	return reportToGitlab({
		env,
		token,
		modes,
		target,
		manifest: envelope.plan.name,
		manifestPath: envelope.plan.manifest_path,
		evidenceRunId: envelope.run_id,
		status: envelope.execution.status,
		commit: envelope.subject.git?.head_sha ?? target.sha,
		envelope: {
			sha256: envelopeSha256,
			isInArtifacts: links.envelope !== void 0
		},
		coveragePercent: toCoveragePercent(envelope.observations),
		giveUp,
		...page
	});
}
function toNowhere(modes, why) {
	return {
		notices: [],
		warnings: [...modes.note === "always" ? ["--comment"] : [], ...modes.status === "always" ? ["--commit-status"] : []].map((option) => `${option} always has no effect: ${why}.`)
	};
}
function toRunPage(job, excerpts, links) {
	const { env, evidence, comparison, signing } = job;
	const { envelope, envelopeSha256, verdict } = evidence;
	const runUrl = toAddress(env["CI_JOB_URL"]);
	return {
		title: toCheckTitle(envelope, {
			signed: signing?.state === "keyless",
			envelopeSha256,
			verdict
		}),
		render: (budgetBytes) => renderSummary({
			envelope,
			envelopeSha256,
			envelopeFileName: evidenceFiles.envelope,
			verdict,
			budgetBytes,
			surface: "comment",
			excerpts,
			links: {
				...runUrl !== void 0 && { run: runUrl },
				...links.envelope !== void 0 && { envelope: links.envelope }
			},
			...comparison && { comparison },
			...signing && { signing }
		})
	};
}
function toPageOf(gathered, { env, evidence }, { envelope: url }) {
	const runUrl = toAddress(env["CI_JOB_URL"]);
	const page = toCollectionPage({
		gathered,
		title: evidence.envelope.plan.name,
		evidence,
		file: {
			name: evidenceFiles.envelope,
			...url !== void 0 && { url }
		},
		...runUrl !== void 0 && { runUrl }
	});
	return {
		title: toCollectionSentence(page),
		render: (budgetBytes) => renderCollection({
			...page,
			isComment: true,
			budgetBytes
		})
	};
}
/** Where GitLab shows files of a job's artifacts; only what lies in the project can be one. */
function toLinks(env, dir) {
	const jobUrl = toAddress(env["CI_JOB_URL"]);
	const below = toBelow(env["CI_PROJECT_DIR"] ?? "", dir);
	if (jobUrl === void 0 || below === void 0 || below.length === 0) return {};
	const folder = below.map(encodeURIComponent).join("/");
	const toUrl = (name) => `${jobUrl}/artifacts/file/${folder}/${name}`;
	return {
		envelope: toUrl(evidenceFiles.envelope),
		report: toUrl(evidenceFiles.report),
		summary: toUrl(evidenceFiles.summary)
	};
}
/** The folders from `root` down to `path`; undefined where it lies elsewhere. */
function toBelow(root, path) {
	if (root === "") return void 0;
	const way = relative(resolve(root), path);
	if (isAbsolute(way) || way.split(sep)[0] === "..") return void 0;
	return way.split(sep).filter((name) => name !== "");
}
function toAddress(url) {
	return url !== void 0 && /^https?:\/\/[^\s"'<>]{1,2000}$/.test(url) ? url.replace(/\/+$/, "") : void 0;
}

// src/cli/gitlab-job.ts
/**
* Shows a GitLab job's evidence where GitLab shows things. What goes wrong is told on stderr and has no say in the exit
* code. A cancellation leaves little time; one that comes meanwhile ends it.
*/
async function publishToGitlab({ workspace, signing, ...subject }, { modes }, { io, signal }) {
	const { env, cwd, stderr } = io;
	const reports = env["QUODERAT_GITLAB_REPORTS"];
	const shown = toShownSigning(signing);
	try {
		const told = await reportJobToGitlab({
			...subject,
			env,
			reportsDir: reports ? resolve(cwd, reports) : void 0,
			workspace: workspace ?? resolve(cwd, env["CI_PROJECT_DIR"] ?? ".", env["QUODERAT_WORKING_DIRECTORY"] ?? "."),
			modes,
			token: env["QUODERAT_GITLAB_TOKEN"],
			giveUp: signal.aborted ? AbortSignal.timeout(limits.forgeCancelMs) : signal,
			...shown && { signing: shown }
		});
		for (const sentence of told) stderr.write(`quoderat: ${toInertLine(sentence)}\n`);
	} catch (error) {
		stderr.write(`quoderat: GitLab was not told of this run: ${toInertLine(toMessage(error))}\n`);
	}
}

export { publishToGitlab };