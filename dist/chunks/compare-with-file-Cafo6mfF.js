import { t as compareEnvelopes } from "./compare-envelopes-Bo9AvFOc.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { g as envelope } from "./chain-D7IHvk76.js";
import { t as EnvelopeError } from "./errors-CCP6iRFo.js";
import { i as parseEnvelope, t as verifyEnvelope } from "./verify-93bF3ueb.js";
import { t as _usingCtx } from "./usingCtx-B560EHoh.js";
import { open } from "node:fs/promises";

// src/compare-with-file.ts
/**
* What is different in sealed evidence from an earlier envelope, which may come from anywhere and is checked first.
* @param path of the earlier envelope's file
* @throws EnvelopeError when it is none, or does not hold; the file system's errors
*/
async function compareWithFile(path, evidence) {
	const bytes = await readEnvelope(path);
	const verdict = await verifyEnvelope(bytes, {
		authenticityAsked: false,
		expected: {}
	});
	if (verdict.intact.answer === "no") throw new EnvelopeError("not_an_envelope", `${path} is not intact`);
	const { envelope, verdict: ownVerdict } = evidence;
	return compareEnvelopes({
		named: "base",
		envelope: assertEnvelope(parseEnvelope(bytes).value, path),
		verdict
	}, {
		named: "this run",
		envelope,
		verdict: ownVerdict
	});
}
async function readEnvelope(path) {
	try {
		var _usingCtx$1 = _usingCtx();
		const file = _usingCtx$1.a(await open(path));
		const { size } = await file.stat();
		if (size > limits.envelopeBytes) throw new EnvelopeError("not_an_envelope", `${path} has more than the ${limits.envelopeBytes} bytes that are read`);
		return await file.readFile();
	} catch (_) {
		_usingCtx$1.e = _;
	} finally {
		await _usingCtx$1.d();
	}
}
function assertEnvelope(value, path) {
	const parsed = envelope.safeParse(value);
	if (parsed.success) return parsed.data;
	const where = `/${(parsed.error.issues[0]?.path ?? []).join("/")}`;
	throw new EnvelopeError("not_an_envelope", `${path} is not as an envelope has it at ${where}`);
}

export { compareWithFile as t };