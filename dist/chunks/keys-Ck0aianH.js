import { n as KeyError } from "./errors-CCP6iRFo.js";
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto";

// src/seal/keys.ts
const PEM_BLOCK = /^-----BEGIN ([A-Z0-9 ]{1,40})-----\r?$/gm;
/**
* A signer from an Ed25519 private key.
* @param pem PKCS#8, unencrypted (`quoderat keygen`, `openssl genpkey -algorithm ed25519`)
* @throws KeyError, which never holds a part of the key
*/
function makeSigner(pem) {
	const label = toLabel(pem);
	if (label === "ENCRYPTED PRIVATE KEY") throw new KeyError("encrypted", "the private key is encrypted; decrypt it into the secret store (openssl pkey -in key.pem) and pass the plain PEM");
	if (label === "PUBLIC KEY") throw new KeyError("wrong_half", "this is a public key; signing needs the private one (BEGIN PRIVATE KEY)");
	const key = assertEd25519(readPem(label, "PRIVATE KEY", () => createPrivateKey(pem)));
	return {
		keyid: toKeyid(createPublicKey(key)),
		sign: (message) => Promise.resolve(sign(null, message, key))
	};
}
/**
* A trusted key from an Ed25519 public key.
* @param pem SubjectPublicKeyInfo (RFC 8410): one BEGIN PUBLIC KEY block
* @throws KeyError; a private key is refused, since it has no business where signatures are checked
*/
function parseTrustedKey(pem) {
	const label = toLabel(pem);
	if (label.endsWith("PRIVATE KEY")) throw new KeyError("wrong_half", "this is a private key; checking needs only the public one (BEGIN PUBLIC KEY)");
	const key = assertEd25519(readPem(label, "PUBLIC KEY", () => createPublicKey(pem)));
	return {
		keyid: toKeyid(key),
		verify: (message, signature) => verify(null, message, key, signature)
	};
}
/** A fresh Ed25519 key pair (RFC 8032). */
function generateKeys() {
	const { privateKey, publicKey } = generateKeyPairSync("ed25519");
	return {
		keyid: toKeyid(publicKey),
		privatePem: privateKey.export({
			type: "pkcs8",
			format: "pem"
		}).toString(),
		publicPem: publicKey.export({
			type: "spki",
			format: "pem"
		}).toString()
	};
}
/** SHA-256 of the SubjectPublicKeyInfo DER, hex. */
function toKeyid(key) {
	return createHash("sha256").update(key.export({
		type: "spki",
		format: "der"
	})).digest("hex");
}
function toLabel(pem) {
	const labels = [...pem.matchAll(PEM_BLOCK)].map((match) => match[1] ?? "");
	const [label] = labels;
	if (label === void 0) throw new KeyError("not_pem", "the key is no PEM text (-----BEGIN ...----- on a line of its own); were its line breaks lost?");
	if (labels.length > 1) throw new KeyError("not_pem", "the PEM text holds more than one block; pass exactly one key");
	return label;
}
function readPem(label, wanted, read) {
	if (label !== wanted) throw new KeyError("wrong_type", `the PEM block is "${label}"; an Ed25519 key in "${wanted}" form is needed`);
	try {
		return read();
	} catch {
		throw new KeyError("not_pem", `the "${label}" block cannot be decoded; was it cut or altered?`);
	}
}
function assertEd25519(key) {
	if (key.asymmetricKeyType !== "ed25519") throw new KeyError("wrong_type", `the key is of type ${key.asymmetricKeyType ?? "unknown"}; only Ed25519 is taken`);
	return key;
}

export { makeSigner as n, parseTrustedKey as r, generateKeys as t };