import { a as openStoredArtifact } from "./artifacts-B7-BLI3W.js";
import { t as CodedError } from "./errors-B6vIz8YT.js";
import { t as sha256 } from "./hash-CBlzMCBf.js";
import { g as envelope } from "./chain-D7IHvk76.js";
import { n as openDsse, r as payloadTypes } from "./dsse-AEBoNKPY.js";
import { t as parseJwks } from "./jwks-BSzFq7u9.js";
import { r as parseTrustedKey } from "./keys-Ck0aianH.js";
import { i as parseEnvelope, t as verifyEnvelope } from "./verify-93bF3ueb.js";
import { i as toStatement } from "./statement-Cb-9ZAcS.js";

// src/check-sealed.ts
/** Why what a server gave is not taken as evidence. */
var ServerSealError = class extends CodedError {};
/** The one key that was pinned (SPKI PEM), else those that the server publishes. @throws KeyError */
function toTrustedKeys(published, pinned) {
	return pinned === void 0 ? parseJwks(published).keys : [parseTrustedKey(pinned)];
}
/**
* Checks what a server gave as sealed: intact, as expected, sealed by a server, signed by a trusted key, and the
* attestation too. Artifacts are hashed where they are at hand; that some are not is left to the verdict.
* @throws ServerSealError; EnvelopeError for what is no envelope at all
*/
async function checkSealed(given, options) {
	const { name, trustedKeys, expected, artifactsDir } = options;
	const verdict = await verifyEnvelope(given.envelope, {
		trustedKeys,
		authenticityAsked: true,
		expected,
		...artifactsDir !== void 0 && { openArtifact: (digest) => openStoredArtifact(artifactsDir, digest) }
	});
	if (verdict.exit_code !== 0 && verdict.exit_code !== 4) throw new ServerSealError("not_verified", `the envelope of ${name} is refused: ${toFirstProblem(verdict)}`);
	const parsed = envelope.safeParse(parseEnvelope(given.envelope).value);
	if (!parsed.success) throw new ServerSealError("not_an_envelope", `${name} gave an envelope that this version of Quoderat does not know`);
	const envelope$1 = parsed.data;
	if (envelope$1.producer.component !== "server") throw new ServerSealError("not_verified", `the envelope of ${name} says that it was not sealed by a server`);
	const digest = sha256(given.envelope);
	const { payload, keyids } = openDsse(given.attestation, {
		payloadType: payloadTypes.statement,
		trustedKeys
	});
	if (keyids.length === 0 || !payload.equals(toStatement(envelope$1, digest))) throw new ServerSealError("not_verified", `the attestation of ${name} is signed by no trusted key, or is about another envelope`);
	return {
		bytes: given.envelope,
		sha256: digest,
		envelope: envelope$1,
		statement: given.attestation,
		verdict
	};
}
function toFirstProblem({ intact, complete, authentic, expected }) {
	const [first] = [
		intact,
		complete,
		authentic,
		expected
	].flatMap(({ problems }) => problems);
	return first === void 0 ? "it does not verify" : `${first.pointer || "/"}: ${first.message}`;
}

export { checkSealed as n, toTrustedKeys as r, ServerSealError as t };