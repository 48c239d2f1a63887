import { o as __toESM } from "./rolldown-runtime-JJ0R4FiC.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { n as TrustError } from "./errors-BGvnpYYN.js";

// src/sign/trusted-root.ts
/**
* The instances that a file of trusted roots names: one JSON object (`trusted_root.json` of a TUF repository), or one a
* line (`gh attestation trusted-root`). Whoever gives this file decides who can sign.
* @throws TrustError not_a_trusted_root
*/
async function parseTrustedRoots(bytes) {
	if (bytes.length > limits.trustedRootBytes) throw new TrustError("not_a_trusted_root", `it has more than the ${limits.trustedRootBytes} bytes that are read`);
	const { TrustedRoot } = await import("./dist-DeBrJsd9.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1));
	const { toTrustMaterial } = await import("./dist-C8IgxRFF.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1));
	try {
		const roots = parseObjects(Buffer.from(bytes).toString("utf8")).map((value) => toTrustMaterial(TrustedRoot.fromJSON(value)));
		if (roots.length === 0 || roots.some((root) => root.certificateAuthorities.length === 0)) throw new Error("it names no certificate authority");
		return roots;
	} catch (error) {
		const reason = error instanceof Error ? error.message.slice(0, 200) : "it cannot be read";
		throw new TrustError("not_a_trusted_root", `it is no trusted root of Sigstore: ${reason}`, { cause: error });
	}
}
/**
* The trusted root of the public instance as The Update Framework gives it now, checked against the root of trust that
* the library brings. Asks the network, and keeps what it got in the user's data folder, as every Sigstore client does.
* @throws TrustError not_fetched
*/
async function fetchTrustedRoots() {
	const { getTrustedRoot } = await import("./dist-Fak-BJvM.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1));
	const { toTrustMaterial } = await import("./dist-C8IgxRFF.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1));
	try {
		return [toTrustMaterial(await getTrustedRoot({
			timeout: limits.signRequestMs,
			retry: { retries: 1 }
		}))];
	} catch (error) {
		throw new TrustError("not_fetched", "the public instance's trusted root cannot be fetched; name a file with --trusted-root", { cause: error });
	}
}
function parseObjects(text) {
	try {
		return [JSON.parse(text)];
	} catch (error) {
		const lines = text.split("\n").filter((line) => line.trim() !== "");
		if (lines.length < 2) throw error;
		return lines.map((line) => JSON.parse(line));
	}
}

export { fetchTrustedRoots, parseTrustedRoots };