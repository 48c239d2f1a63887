import { t as readWorker } from "./build-info-DS4BG0QM.js";
import { r as toMessage } from "./errors-B6vIz8YT.js";
import { t as formatDiagnostics } from "./diagnostics-Bh1m_uht.js";
import { n as toInertLine } from "./inert-BfcQbr-O.js";
import { t as run } from "./run-C16RWIrt.js";
import { a as toSigningResult, i as chooseAttestMode, n as attestOutcome, o as writeSigning } from "./attest-BOls345X.js";
import { n as InternalError, t as CliError } from "./cli-error-Y3rlLU4c.js";
import { n as exitCodes } from "./exit-codes-TtK7vc5B.js";
import { t as chooseForgePlan } from "./forge-flags-C_CzbD9x.js";
import { r as makeJobLog, t as chooseLog } from "./job-log-BnL_1NrU.js";
import { l as parseCount, u as parseInstant } from "./git-program-BFLD_ei0.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { t as readSigner } from "./key-files-BB4tStV1.js";
import { t as readManifestFile } from "./manifest-file-CVXtxL7B.js";
import { n as dropEmptyDir, t as chooseOutDir } from "./out-dir-jvDZaMA-.js";
import { i as toRunResult, r as formatUnsealed, t as formatEvidence } from "./run-report-D_hceYTW.js";
import { t as readServerOptions } from "./server-access-D6MMCPt3.js";
import { t as watchSignals } from "./signals-wmEnFRyd.js";
import { t as wantsColor } from "./terminal-DedOchCv.js";
import { t as _usingCtx } from "./usingCtx-B560EHoh.js";
import { randomUUID } from "node:crypto";
import { join, resolve } from "node:path";
import { tmpdir } from "node:os";

// src/cli/job-time.ts
/**
* How long a run may go on before GitLab ends its job, with time left to seal, to tell and to upload; undefined where no
* job's time is told. GitLab gives a job that has used up its time neither its after_script nor its artifacts.
* Source: docs.gitlab.com, "Predefined CI/CD variables reference"; "Ensuring after_script execution".
*/
function toJobTimeLeft(env, now) {
	const seconds = parseCount(env["CI_JOB_TIMEOUT"]);
	if (seconds === null || seconds === 0) return void 0;
	const limit = seconds * 1e3;
	const elapsed = now - Date.parse(parseInstant(env["CI_JOB_STARTED_AT"]) ?? "");
	const used = elapsed >= 0 && elapsed < limit ? elapsed : 0;
	const reserve = Math.min(limits.jobReserveMs, limit / 10);
	return Math.min(Math.max(0, limit - used - reserve), limits.durationMs);
}
/** Aborted when the job's time is nearly up, after saying so. */
function watchJobTime({ env, now, stderr }) {
	const controller = new AbortController();
	const left = toJobTimeLeft(env, now());
	const end = () => {
		stderr.write("quoderat: this job's time limit is near: ending the steps and sealing what is known\n");
		controller.abort("cancelled");
	};
	const timer = left === void 0 ? void 0 : setTimeout(end, left);
	return {
		signal: controller.signal,
		[Symbol.dispose]: () => clearTimeout(timer)
	};
}

// src/cli/commands/run.ts
/**
* `quoderat run`: runs a manifest, seals what happened, and says where the evidence is.
* @returns the exit code: of the signal that ended the run, or of its steps; never of what went wrong beside them, but for a
* server that was to seal the run and did not
* @throws CliError and the errors of the manifest's and the key's readers, before anything has run
*/
async function runManifest(named, flags, io) {
	try {
		var _usingCtx$1 = _usingCtx();
		const { source, workspace } = await readManifestFile(named, flags, io);
		const signer = await readSigner(flags.key, io);
		const attestMode = chooseAttestMode(flags.attest, io.env);
		const forge = chooseForgePlan(flags, io.env);
		const server = await readServerOptions(flags, io);
		if (server !== void 0 && flags.key !== void 0) throw new CliError("usage", "--key signs what this process seals; with --server the server seals and signs");
		const outDir = await chooseOutDir(flags.out, workspace, io);
		const signals = _usingCtx$1.u(watchSignals(io));
		const jobTime = _usingCtx$1.u(watchJobTime(io));
		const output = flags.json === true ? io.stderr : io.stdout;
		const logKind = chooseLog(flags.log, output, io.env);
		const outcome = await orInternal(run({
			source,
			workspace,
			outDir,
			fallbackDir: join(tmpdir(), `quoderat-${randomUUID()}`),
			env: io.env,
			readWorker,
			log: await makeJobLog(logKind, {
				output,
				color: wantsColor(output, io.env, flags.color),
				io
			}),
			signal: AbortSignal.any([signals.signal, jobTime.signal]),
			now: io.now,
			...signer && { signer },
			...server && { server },
			...flags.expectedPlanHash !== void 0 && { expectedPlanHash: flags.expectedPlanHash }
		}));
		jobTime[Symbol.dispose]();
		const signing = await attestOutcome(outcome, attestMode, {
			io,
			signal: signals.signal
		});
		const evidence = outcome.kind === "refused" ? null : outcome.evidence;
		const telling = {
			flags,
			forge,
			workspace,
			signing,
			io,
			signal: signals.signal
		};
		if (flags.json === true) io.stdout.write(`${JSON.stringify({
			...toRunResult(outcome),
			...toSigningResult(signing)
		})}\n`);
		if (outcome.kind === "refused") {
			if (flags.out === void 0) await dropEmptyDir(outDir);
			io.stderr.write(`quoderat: ${toInertLine(outcome.message)}\n${formatDiagnostics(source, outcome.diagnostics)}`);
			await tell(null, telling);
			return exitCodes.usage;
		}
		for (const problem of outcome.problems) io.stderr.write(`quoderat: ${toInertLine(problem)}\n`);
		const { unsealed } = outcome;
		if (unsealed !== void 0) io.stderr.write(formatUnsealed(unsealed, io));
		else if (outcome.evidence === null) io.stderr.write("quoderat: no evidence could be written; what the steps did stands\n");
		else if (flags.json !== true) (logKind === "json" ? io.stderr : io.stdout).write(formatEvidence(outcome.evidence, io, server?.url));
		if (evidence !== null) writeSigning(signing, evidence.dir, io);
		await tell(evidence, telling);
		if (signals.exitCode() !== void 0 || outcome.status !== "success") return signals.exitCode() ?? exitCodes.failed;
		return unsealed !== void 0 && flags.onServerError !== "warn" ? exitCodes.unsealed : exitCodes.success;
	} catch (_) {
		_usingCtx$1.e = _;
	} finally {
		_usingCtx$1.d();
	}
}
/** Shows what is different from the base, and tells GitLab. Neither has a say in how the run ended. */
async function tell(evidence, { flags, forge, workspace, signing, io, signal }) {
	const comparison = evidence === null || flags.base === void 0 ? void 0 : await compareWithBase(flags.base, evidence, io);
	if (!forge.isWanted) return;
	const { publishToGitlab } = await import("./gitlab-job-BKBMMBAL.js");
	await publishToGitlab({
		evidence,
		workspace,
		signing,
		...comparison && { comparison }
	}, forge, {
		io,
		signal
	});
}
async function compareWithBase(base, evidence, io) {
	try {
		const { showBase } = await import("./show-base-CxaYJu-9.js");
		return await showBase(resolve(io.cwd, base), evidence);
	} catch (error) {
		io.stderr.write(`quoderat: the summary does not compare with the base: ${toInertLine(toMessage(error))}\n`);
		return;
	}
}
/** run() rejects only for a bug, whatever class the error is of. */
async function orInternal(outcome) {
	return outcome.catch((error) => {
		throw new InternalError("internal", toMessage(error), { cause: error });
	});
}

export { runManifest };