import { n as toCanonicalJson } from "./canonical-CfWXMl1o.js";
import { t as isObject } from "./json-DncajuVf.js";
import { t as EnvelopeError } from "./errors-CCP6iRFo.js";

// src/seal/dsse.ts
const payloadTypes = {
	seal: "application/vnd.quoderat.seal.v1+json",
	statement: "application/vnd.in-toto+json"
};
/** What is signed: DSSE v1's pre-authentication encoding, `DSSEv1 <length> <type> <length> <body>`, lengths in bytes. */
function toPreAuthEncoding(payloadType, payload) {
	const type = Buffer.from(payloadType);
	return Buffer.concat([
		Buffer.from(`DSSEv1 ${type.length} `),
		type,
		Buffer.from(` ${payload.length} `),
		payload
	]);
}
/** A DSSE v1 envelope of exactly these payload bytes, in RFC 8785 form; without a signer its signatures are empty. */
async function makeDsse(payloadType, payload, signer) {
	const signatures = [];
	if (signer !== void 0) {
		const signature = await signer.sign(toPreAuthEncoding(payloadType, payload));
		signatures.push({
			keyid: signer.keyid,
			sig: Buffer.from(signature).toString("base64")
		});
	}
	const body = Buffer.from(payload).toString("base64");
	return Buffer.from(toCanonicalJson({
		payload: body,
		payloadType,
		signatures
	}));
}
/**
* The payload of a DSSE v1 envelope, and the keyids of the trusted keys whose signature over it holds.
* @throws EnvelopeError `not_an_envelope` for anything but a DSSE envelope of that payload type.
*/
function openDsse(bytes, options) {
	const { payloadType, trustedKeys } = options;
	const { payload, signatures } = parseDsse(bytes, payloadType);
	const message = toPreAuthEncoding(payloadType, payload);
	return {
		payload,
		keyids: trustedKeys.filter((key) => signatures.some(({ keyid, sig }) => keyid === key.keyid && key.verify(message, sig))).map((key) => key.keyid)
	};
}
function parseDsse(bytes, payloadType) {
	const value = parseJson(bytes);
	if (!isObject(value) || value["payloadType"] !== payloadType) throw new EnvelopeError("not_an_envelope", `no DSSE envelope with the payload type ${payloadType}`);
	const { payload, signatures } = value;
	if (typeof payload !== "string" || !Array.isArray(signatures)) throw new EnvelopeError("not_an_envelope", "a DSSE envelope without payload or signatures");
	return {
		payload: Buffer.from(payload, "base64"),
		signatures: signatures.flatMap(parseSignature)
	};
}
function parseSignature(value) {
	if (!isObject(value) || typeof value["keyid"] !== "string" || typeof value["sig"] !== "string") return [];
	return [{
		keyid: value["keyid"],
		sig: Buffer.from(value["sig"], "base64")
	}];
}
function parseJson(bytes) {
	try {
		return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
	} catch (error) {
		throw new EnvelopeError("not_json", "the DSSE envelope is no JSON", { cause: error });
	}
}

export { toPreAuthEncoding as i, openDsse as n, payloadTypes as r, makeDsse as t };