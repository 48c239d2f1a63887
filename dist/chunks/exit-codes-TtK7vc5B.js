// src/cli/exit-codes.ts
/** Every exit code of `quoderat`. 70 is EX_SOFTWARE of sysexits(3); 129 and up are 128 + the signal's number. */
const exitCodes = {
	success: 0,
	failed: 1,
	usage: 2,
	undecidable: 3,
	artifactsMissing: 4,
	unsealed: 5,
	internal: 70,
	hangup: 129,
	interrupted: 130,
	terminated: 143
};
/** What each code means, for `--help` and docs/cli.md. */
const exitCodeTable = [
	{
		code: exitCodes.success,
		meaning: "everything that was asked for holds or was done"
	},
	{
		code: exitCodes.failed,
		meaning: "`run`: a step failed, timed out or did not run; `verify`: something that was asked is false; `collect`: a job failed, is missing or can't be believed; `diff`: there are differences; `doctor`: something that is needed is missing; `sign`: it could not be signed"
	},
	{
		code: exitCodes.usage,
		meaning: "bad usage, a manifest with faults, another plan than the expected one, a file that cannot be read or written, a server that cannot be asked; `diff`: an envelope that is not intact"
	},
	{
		code: exitCodes.undecidable,
		meaning: "`verify`: authenticity was asked for and cannot be decided (the envelope is not signed, or nobody was named whom to trust)"
	},
	{
		code: exitCodes.artifactsMissing,
		meaning: "`verify`, `get`: artifacts that the envelope names are not at hand"
	},
	{
		code: exitCodes.unsealed,
		meaning: "`run --server`, `push`: the steps passed, or nothing is said of them, but the server has not sealed the run; `watch`: the run ended without a seal"
	},
	{
		code: exitCodes.internal,
		meaning: "an error in Quoderat itself; `QUODERAT_DEBUG=1` shows where"
	},
	{
		code: exitCodes.hangup,
		meaning: "`run`: ended by SIGHUP; the evidence is sealed as aborted"
	},
	{
		code: exitCodes.interrupted,
		meaning: "`run`: ended by SIGINT (Ctrl-C, or Ctrl-Break on Windows); the evidence is sealed as aborted"
	},
	{
		code: exitCodes.terminated,
		meaning: "`run`: ended by SIGTERM; the evidence is sealed as aborted"
	}
];

export { exitCodes as n, exitCodeTable as t };