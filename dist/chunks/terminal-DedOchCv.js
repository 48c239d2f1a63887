// src/cli/terminal.ts
const defaultWidth = 100;
/**
* Whether to colour. In this order: `--no-color`, NO_COLOR (no-color.org: any value but an empty one), FORCE_COLOR
* (`0` and `false` say no), TERM=dumb, and then whether a terminal is there.
*/
function wantsColor(output, env, flag) {
	if (!flag || (env["NO_COLOR"] ?? "") !== "") return false;
	const force = env["FORCE_COLOR"];
	if (force !== void 0) return force !== "0" && force !== "false";
	return env["TERM"] !== "dumb" && output.isTTY === true;
}
/** Columns to fit text into. */
function widthOf(output) {
	return output.isTTY === true && output.columns !== void 0 && output.columns > 0 ? output.columns : defaultWidth;
}

export { widthOf as n, wantsColor as t };