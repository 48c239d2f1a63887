import { g as envelope } from "./chain-D7IHvk76.js";
import { i as parseEnvelope, t as verifyEnvelope } from "./verify-93bF3ueb.js";
import { o as writeSigning, r as attestRun } from "./attest-BOls345X.js";
import { t as CliError } from "./cli-error-Y3rlLU4c.js";
import { n as tellOf, t as readEnvelopeInput } from "./envelope-input-CgT75t_1.js";
import { n as exitCodes } from "./exit-codes-TtK7vc5B.js";
import { t as _usingCtx } from "./usingCtx-B560EHoh.js";

// src/cli/commands/sign.ts
/**
* `quoderat sign`: signs a sealed envelope through Sigstore, or finishes what a run could not; once is enough.
* @throws CliError for what cannot be read, is not intact, or lies where nothing can be put beside it
*/
async function sign(named, io) {
	try {
		var _usingCtx$1 = _usingCtx();
		const input = _usingCtx$1.a(await readEnvelopeInput(named, io));
		if (input.path === void 0) throw new CliError("usage", `${named} has no folder for a signature; unpack it and name the folder`);
		const parsed = envelope.safeParse(await tellOf(named, () => parseEnvelope(input.bytes).value));
		const { intact, facts } = await verifyEnvelope(input.bytes, {
			authenticityAsked: false,
			expected: {}
		});
		if (!parsed.success || intact.answer === "no") throw new CliError("unreadable", `${named} is no intact envelope, and is not signed; \`verify\` tells more`);
		const evidence = {
			envelopePath: input.path,
			envelope: parsed.data,
			envelopeSha256: facts.envelope_sha256
		};
		const { signal } = new AbortController();
		const signing = await attestRun(evidence, "always", {
			io,
			signal
		});
		if (signing.state === "signed" && !signing.isNew) io.stdout.write("This envelope is signed already; nothing was changed.\n");
		writeSigning(signing, named, io);
		return signing.state === "signed" ? exitCodes.success : exitCodes.failed;
	} catch (_) {
		_usingCtx$1.e = _;
	} finally {
		await _usingCtx$1.d();
	}
}

export { sign };