import { t as makePaint } from "./ansi-DQc3nRoy.js";
import { n as toInertLine } from "./inert-BfcQbr-O.js";
import { t as toColumns } from "./terminal-CCeyvIke.js";
import { n as exitCodes } from "./exit-codes-TtK7vc5B.js";
import { n as requireServerOptions } from "./server-access-D6MMCPt3.js";
import { n as openServer } from "./server-client-BQoy1iS6.js";
import { t as wantsColor } from "./terminal-DedOchCv.js";
import { t as _usingCtx } from "./usingCtx-B560EHoh.js";

// src/cli/commands/runs.ts
/** `quoderat runs`: the newest runs of a server. @throws CliError, RelayError */
async function runs(flags, io) {
	try {
		var _usingCtx$1 = _usingCtx();
		const server = _usingCtx$1.a(openServer(await requireServerOptions(flags, io), io));
		const { state, limit = 20 } = flags;
		const list = await server.ask((api) => api.listRuns({
			limit,
			...state !== void 0 && { state }
		}));
		if (flags.json === true) io.stdout.write(`${JSON.stringify(list)}\n`);
		else io.stdout.write(formatRuns(list.runs, wantsColor(io.stdout, io.env, flags.color)));
		return exitCodes.success;
	} catch (_) {
		_usingCtx$1.e = _;
	} finally {
		await _usingCtx$1.d();
	}
}
const tones = {
	success: "green",
	failed: "red",
	aborted: "yellow"
};
function formatRuns(listed, color) {
	if (listed.length === 0) return "There is no such run.\n";
	const paint = makePaint(color);
	const rows = listed.map(({ run_id, state, status, evidence_id, created_at, name, subject }) => [
		run_id,
		created_at.slice(0, 19).replace("T", " "),
		paint(tones[status ?? ""] ?? "dim", status ?? state),
		evidence_id === null ? "not sealed" : "sealed",
		subject.id?.slice(0, 10) ?? "-",
		toInertLine(`${name}${subject.repo.name === null ? "" : `, ${subject.repo.name}`}`, 100)
	]);
	return `${toColumns(rows, "").join("\n")}\n`;
}

export { runs };