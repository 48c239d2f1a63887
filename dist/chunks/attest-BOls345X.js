import { n as toInertLine } from "./inert-BfcQbr-O.js";
import { t as toShellWord } from "./shell-word-C4CE5gji.js";
import { t as CliError } from "./cli-error-Y3rlLU4c.js";

// src/cli/attest.ts
const attestModes = [
	"auto",
	"always",
	"never"
];
/**
* Whether to sign through Sigstore: the option, else QUODERAT_ATTEST, else never. An empty variable is none.
* @throws CliError usage
*/
function chooseAttestMode(flag, env) {
	const named = flag ?? (env["QUODERAT_ATTEST"]?.trim() || "never");
	const mode = attestModes.find((known) => known === named);
	if (mode === void 0) throw new CliError("usage", `QUODERAT_ATTEST must be one of ${attestModes.join(", ")}`);
	return mode;
}
/**
* Signs sealed evidence through Sigstore as the job or person that the environment's identity token names. Never decides
* about the run: what goes wrong is in the answer, and in the folder's signing-pending.json.
*/
async function attestRun(evidence, mode, { io, signal }) {
	if (mode === "never") return {
		state: "not_asked",
		why: "nobody asked for it (--attest)"
	};
	const { hasIdentityToken, readIdentityToken } = await import("./identity-token-BBDUjXFp.js");
	if (mode === "auto" && !hasIdentityToken(io.env)) return {
		state: "not_asked",
		why: "there is no identity token"
	};
	const { signEvidence } = await import("./sign-evidence-CVNkZcyb.js");
	const { readOverrides } = await import("./choose-instance-Bnwrga1k.js");
	const { envelopePath, envelope, envelopeSha256 } = evidence;
	return signEvidence({
		envelopePath,
		envelope,
		envelopeSha256,
		mode,
		getToken: (until) => readIdentityToken(io.env, until),
		env: io.env,
		overrides: readOverrides(io.env),
		signal,
		now: io.now
	});
}
/** The same for a run that may have left no evidence. */
async function attestOutcome(outcome, mode, context) {
	const evidence = outcome.kind === "finished" ? outcome.evidence : null;
	return evidence === null ? {
		state: "not_asked",
		why: "there is nothing to sign"
	} : attestRun(evidence, mode, context);
}
/** What `--json` says of it; nothing where nobody asked. */
function toSigningResult(signing) {
	if (signing.state === "not_asked") return {};
	if (signing.state === "failed") return { signing: {
		state: "failed",
		code: signing.code,
		reason: signing.reason
	} };
	const { identity, issuer, bundlePath } = signing;
	return { signing: {
		state: "signed",
		identity,
		issuer,
		bundle_path: bundlePath
	} };
}
/** What became of it, for people: on stderr, where a run's JSON does not go. Silent where nobody asked. */
function writeSigning(signing, named, { stderr, self }) {
	if (signing.state === "signed") stderr.write(`quoderat: signed through Sigstore by ${toInertLine(signing.identity, 300)} (${toInertLine(signing.issuer, 200)}): ${toInertLine(signing.bundlePath)}\n`);
	if (signing.state === "failed") stderr.write(`quoderat: the evidence is not signed: ${toInertLine(signing.reason)}. Finish later: ${self} sign ${toShellWord(named)}\n`);
}

export { toSigningResult as a, chooseAttestMode as i, attestOutcome as n, writeSigning as o, attestRun as r, attestModes as t };