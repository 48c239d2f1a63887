import { r as dropPartials, t as renderReport } from "./report-CAS3wv5O.js";
import { r as toMessage } from "./errors-B6vIz8YT.js";
import { t as limits } from "./limits-DLnekA5E.js";
import { c as writeEvidenceFile, i as linkArtifact, r as evidenceFiles } from "./evidence-folder-ByAWJy20.js";
import { n as readTail, t as readExcerpts } from "./excerpts-D7n_Dnw7.js";
import { t as isFailure } from "./outcome-CFS-_DKm.js";
import { t as renderSummary } from "./summary-DtIsXrNA.js";
import { join } from "node:path";

// src/publish/files/logs.ts
/** Of one output, and of all together: what a page can show is less than what was kept. */
const LOG_BYTES = 1048576;
const ALL_BYTES = 16 * LOG_BYTES;
/** The outputs of the steps by artifact id, whole or their ends, those of failures first as long as there is room. */
async function readLogs(dir, { execution, artifacts }) {
	const kept = new Map(artifacts.map((artifact) => [artifact.id, artifact]));
	const ids = execution.steps.toSorted((a, b) => Number(isFailure(b)) - Number(isFailure(a))).flatMap(({ attempts }) => attempts.flatMap((attempt) => [attempt.stdout_artifact_id, attempt.stderr_artifact_id]));
	const logs = {};
	let room = ALL_BYTES;
	for (const artifact of ids.flatMap((id) => kept.get(id ?? "") ?? [])) {
		const bytes = Math.min(LOG_BYTES, room, artifact.size_bytes);
		if (bytes === 0) continue;
		const log = await readTail(join(dir, evidenceFiles.artifacts, artifact.sha256), bytes);
		if (log !== null) logs[artifact.id] = log;
		room -= bytes;
	}
	return logs;
}

// src/write-evidence.ts
/** Leaves sealed evidence in its folder, with the pages about it; null when no folder could take the envelope. */
async function writeEvidence(options) {
	const { bytes, sha256, envelope, verdict } = options;
	const [folder = "."] = options.dirs;
	for (const dir of options.dirs) try {
		const envelopePath = await writeEvidenceFile(dir, evidenceFiles.envelope, bytes);
		await writeEvidenceFile(dir, evidenceFiles.statement, options.statement);
		await linkArtifact(dir, options.manifestSha256, evidenceFiles.manifest);
		const pages = await writePages(dir, {
			...options,
			folder
		});
		await dropPartials(join(folder, evidenceFiles.artifacts));
		return {
			dir,
			envelopePath,
			envelopeSha256: sha256,
			envelope,
			verdict,
			...pages
		};
	} catch (error) {
		options.onProblem(toMessage(error));
	}
	options.onProblem(`the envelope of run ${envelope.run_id} was sealed but written nowhere (head ${envelope.integrity.head_entry_hash}, sha256 ${sha256})`);
	return null;
}
/** The pages about the evidence. A page that can't be made or written is a problem, and the evidence stands without it. */
async function writePages(dir, { folder, bytes, sha256, envelope, verdict, onProblem }) {
	const facts = {
		envelope,
		envelopeSha256: sha256,
		verdict
	};
	const makePage = async (name, render) => {
		try {
			const page = await render();
			await writeEvidenceFile(dir, name, page);
			return page;
		} catch (error) {
			onProblem(`${name} is missing from the evidence: ${toMessage(error)}`);
			return "";
		}
	};
	const summary = await makePage(evidenceFiles.summary, () => renderRunSummary(folder, facts));
	await makePage(evidenceFiles.report, async () => renderReport({
		...facts,
		envelopeBytes: bytes,
		logs: await readLogs(folder, envelope),
		budgetBytes: limits.reportBytes
	}));
	return {
		summary,
		summaryPath: join(dir, evidenceFiles.summary)
	};
}
/** summary.md. @param folder which holds the artifacts */
async function renderRunSummary(folder, facts) {
	return renderSummary({
		...facts,
		envelopeFileName: evidenceFiles.envelope,
		budgetBytes: limits.jobSummaryBytes,
		excerpts: await readExcerpts(folder, facts.envelope),
		...toLinks(facts.envelope)
	});
}
/** The run's page on its forge, as the forge's own variables give it. */
function toLinks({ subject }) {
	const { run_url: run } = subject.meta;
	return typeof run === "string" && /^https?:\/\//.test(run) ? { links: { run } } : {};
}

export { writeEvidence as n, renderRunSummary as t };