import { t as readWorker } from "./build-info-F22b9gQi.js";
import { r as toMessage } from "./errors-B6vIz8YT.js";
import { t as formatDiagnostics } from "./diagnostics-BhYWCqV3.js";
import { n as toInertLine } from "./inert-BfcQbr-O.js";
import { t as run } from "./run-mUwVnVYA.js";
import { n as InternalError, t as CliError } from "./cli-error-Y3rlLU4c.js";
import { n as exitCodes } from "./exit-codes-Bhv0oKnD.js";
import { r as makeJobLog, t as chooseLog } from "./job-log-CYfW-HR9.js";
import { t as readSigner } from "./key-files-D4zX6WBa.js";
import { t as readManifestFile } from "./manifest-file-Co-ITBzB.js";
import { r as toRunResult, t as formatEvidence } from "./run-report-Dhkcf_bY.js";
import { t as wantsColor } from "./terminal-DedOchCv.js";
import { t as _usingCtx } from "./usingCtx-B560EHoh.js";
import { randomUUID } from "node:crypto";
import { mkdir, readdir, rmdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { tmpdir } from "node:os";

// src/cli/out-dir.ts
const home = ".quoderat";
/**
* The evidence folder of a run: exactly the one that was named, or a new one, named by the time, under `.quoderat/`
* in the workspace, which git is told to ignore. A folder that cannot be made is given all the same: the run says so
* and keeps its evidence elsewhere, since the steps must not depend on it.
* @throws CliError exists when something lies in the named folder, usage when it is a file
*/
async function chooseOutDir(named, workspace, io) {
	return named === void 0 ? makeDefaultDir(workspace, io.now()) : checkNamedDir(named, resolve(io.cwd, named));
}
/** Takes away a folder in which nothing came to lie. */
async function dropEmptyDir(dir) {
	await rmdir(dir).catch(() => {});
}
async function checkNamedDir(named, dir) {
	if ((await readdir(dir).catch((error) => {
		if (error.code === "ENOTDIR") throw new CliError("usage", `--out ${named}: a file stands where a folder should be`);
		return [];
	})).length === 0) return dir;
	throw new CliError("exists", `--out ${named} is not empty; name a new folder, nothing there was touched`);
}
async function makeDefaultDir(workspace, now) {
	const root = join(workspace, home);
	const stamp = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, "");
	try {
		await mkdir(root, { recursive: true });
		await writeFile(join(root, ".gitignore"), "*\n", { flag: "wx" }).catch(unlessThere);
		for (let run = 1;; run += 1) {
			const dir = join(root, run === 1 ? stamp : `${stamp}-${run}`);
			if (await mkdir(dir).then(() => true, unlessThere)) return dir;
		}
	} catch {
		return join(root, stamp);
	}
}
function unlessThere(error) {
	if (error.code === "EEXIST") return false;
	throw error;
}

// src/cli/signals.ts
/** The signals that end a run, and the exit code that each leaves. */
const endings = [
	{
		name: "SIGINT",
		exitCode: exitCodes.interrupted,
		isKeyPress: true
	},
	{
		name: "SIGBREAK",
		exitCode: exitCodes.interrupted,
		isKeyPress: true
	},
	{
		name: "SIGTERM",
		exitCode: exitCodes.terminated,
		isKeyPress: false
	},
	{
		name: "SIGHUP",
		exitCode: exitCodes.hangup,
		isKeyPress: false
	}
];
/** npm hands a Ctrl-C on to the child that the terminal has sent it to already: one key press comes twice. */
const samePressMs = 100;
/**
* Lets signals end a run in order: the first aborts it, so that it is sealed; a second Ctrl-C says that this is under
* way, and a third quits without evidence. SIGTERM and SIGHUP never do more than abort: forges repeat them.
*/
function watchSignals(io) {
	const controller = new AbortController();
	let first;
	let presses = 0;
	let lastPress = -Infinity;
	const hear = (ending) => {
		if (first === void 0) {
			first = ending;
			io.stderr.write(`quoderat: ${ending.name}: ending the steps and sealing what is known\n`);
			controller.abort("cancelled");
		}
		if (!ending.isKeyPress || io.now() - lastPress < samePressMs) return;
		lastPress = io.now();
		presses += 1;
		if (presses === 2) io.stderr.write("quoderat: still sealing; once more quits without evidence\n");
		if (presses <= 2) return;
		if (io.stdout.isTTY === true) io.stdout.write("\x1B[?25h");
		io.quit(ending.exitCode);
	};
	const listeners = endings.map((ending) => [ending.name, () => hear(ending)]);
	for (const [name, listener] of listeners) io.signals.on(name, listener);
	return {
		signal: controller.signal,
		exitCode: () => first?.exitCode,
		[Symbol.dispose]() {
			for (const [name, listener] of listeners) io.signals.off(name, listener);
		}
	};
}

// src/cli/commands/run.ts
/**
* `quoderat run`: runs a manifest, seals what happened, and says where the evidence is.
* @returns the exit code: of the signal that ended the run, or of its steps; never of what went wrong beside them
* @throws CliError and the errors of the manifest's and the key's readers, before anything has run
*/
async function runManifest(named, flags, io) {
	try {
		var _usingCtx$1 = _usingCtx();
		const { source, workspace } = await readManifestFile(named, flags, io);
		const signer = await readSigner(flags.key, io);
		const outDir = await chooseOutDir(flags.out, workspace, io);
		const signals = _usingCtx$1.u(watchSignals(io));
		const output = flags.json === true ? io.stderr : io.stdout;
		const logKind = chooseLog(flags.log, output, io.env);
		const outcome = await orInternal(run({
			source,
			workspace,
			outDir,
			fallbackDir: join(tmpdir(), `quoderat-${randomUUID()}`),
			env: io.env,
			worker: readWorker(),
			log: await makeJobLog(logKind, {
				output,
				color: wantsColor(output, io.env, flags.color),
				io
			}),
			signal: signals.signal,
			now: io.now,
			...signer && { signer },
			...flags.expectedPlanHash !== void 0 && { expectedPlanHash: flags.expectedPlanHash }
		}));
		if (flags.json === true) io.stdout.write(`${JSON.stringify(toRunResult(outcome))}\n`);
		if (outcome.kind === "refused") {
			if (flags.out === void 0) await dropEmptyDir(outDir);
			io.stderr.write(`quoderat: ${toInertLine(outcome.message)}\n${formatDiagnostics(source, outcome.diagnostics)}`);
			return exitCodes.usage;
		}
		for (const problem of outcome.problems) io.stderr.write(`quoderat: ${toInertLine(problem)}\n`);
		if (outcome.evidence === null) io.stderr.write("quoderat: no evidence could be written; what the steps did stands\n");
		else if (flags.json !== true) (logKind === "json" ? io.stderr : io.stdout).write(formatEvidence(outcome.evidence, io));
		return signals.exitCode() ?? (outcome.status === "success" ? exitCodes.success : exitCodes.failed);
	} catch (_) {
		_usingCtx$1.e = _;
	} finally {
		_usingCtx$1.d();
	}
}
/** run() rejects only for a bug, whatever class the error is of. */
async function orInternal(outcome) {
	return outcome.catch((error) => {
		throw new InternalError("internal", toMessage(error), { cause: error });
	});
}

export { runManifest };