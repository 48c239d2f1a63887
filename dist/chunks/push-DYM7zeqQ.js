import { r as evidenceFiles } from "./evidence-folder-CaRiuEzT.js";
import { t as pushRun } from "./push-run-CzgjGF2D.js";
import { i as readServerNote } from "./relayed-folder-BkNAtxDq.js";
import { n as toInertLine } from "./inert-BfcQbr-O.js";
import { t as CliError } from "./cli-error-Y3rlLU4c.js";
import { n as exitCodes } from "./exit-codes-TtK7vc5B.js";
import { t as chooseForgePlan } from "./forge-flags-C_CzbD9x.js";
import { n as formatStatus, r as formatUnsealed, t as formatEvidence } from "./run-report-D_hceYTW.js";
import { t as readServerOptions } from "./server-access-D6MMCPt3.js";
import { t as watchSignals } from "./signals-wmEnFRyd.js";
import { t as _usingCtx } from "./usingCtx-B560EHoh.js";
import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";

// src/cli/commands/push.ts
/**
* `quoderat push`: lets a server seal a run that it could not seal when it ended. How the run itself ended is no failure of
* this command.
* @throws CliError; the errors of the journal's reader
*/
async function push(named, flags, io) {
	try {
		var _usingCtx$1 = _usingCtx();
		const dir = resolve(io.cwd, named);
		const options = await readServerOptions(flags, io);
		if (options === void 0) {
			const noted = readServerNote(dir);
			const says = noted === null ? "" : `; the folder says ${toInertLine(noted, 200)}`;
			throw new CliError("usage", `name the server with --server or QUODERAT_SERVER${says}`);
		}
		const forge = chooseForgePlan({}, io.env);
		const wasSealed = await stat(join(dir, evidenceFiles.envelope)).then(() => true, () => false);
		const signals = _usingCtx$1.u(watchSignals(io));
		const outcome = await pushRun({
			dir,
			options,
			env: io.env,
			now: io.now,
			signal: signals.signal
		});
		if (outcome.kind === "refused") {
			io.stderr.write(`quoderat: ${toInertLine(outcome.message)}\n`);
			return exitCodes.usage;
		}
		for (const problem of outcome.problems) io.stderr.write(`quoderat: ${toInertLine(problem)}\n`);
		if (forge.isWanted) {
			const { publishToGitlab } = await import("./gitlab-job-BKBMMBAL.js");
			await publishToGitlab({ evidence: outcome.evidence }, forge, {
				io,
				signal: signals.signal
			});
		}
		if (outcome.unsealed !== void 0) {
			io.stderr.write(formatUnsealed(outcome.unsealed, io));
			return signals.exitCode() ?? exitCodes.unsealed;
		}
		if (outcome.evidence === null) return exitCodes.usage;
		if (wasSealed) io.stdout.write("This run is sealed already; nothing was changed.\n");
		io.stdout.write(`${formatStatus(outcome.evidence)}${formatEvidence(outcome.evidence, io, options.url)}`);
		return exitCodes.success;
	} catch (_) {
		_usingCtx$1.e = _;
	} finally {
		_usingCtx$1.d();
	}
}

export { push };