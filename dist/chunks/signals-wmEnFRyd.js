import { n as exitCodes } from "./exit-codes-TtK7vc5B.js";

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

export { watchSignals as t };