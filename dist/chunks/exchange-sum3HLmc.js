import { t as limits } from "./limits-DSc7_a2H.js";
import { t as CodedError } from "./errors-B6vIz8YT.js";
import { BlockList, connect, isIP } from "node:net";
import { request } from "node:http";
import { connect as connect$1, rootCertificates } from "node:tls";
import { lookup } from "node:dns";

// src/execution/http/request-error.ts
/** Why there is no answer. The message names host and port, never a header or a body. */
var RequestError = class extends CodedError {};
/** The system's or Node's own code of an error (ECONNREFUSED, HPE_INVALID_CHUNK_SIZE), or its class. */
function toErrorCode(error) {
	if (error instanceof Error && "code" in error) return String(error.code);
	return error instanceof Error ? error.name : "unknown";
}

// src/execution/http/address-guard.ts
/**
* Addresses that answer whoever runs on the machine with what it is and may do: link-local ones (RFC 3927, RFC 4291), where
* clouds have their metadata services, and those metadata services that lie elsewhere.
*/
const refused = new BlockList();
refused.addSubnet("169.254.0.0", 16, "ipv4");
refused.addSubnet("fe80::", 10, "ipv6");
/** AWS over IPv6; Google over IPv6; Alibaba; Oracle; Azure's host agent. */
refused.addAddress("fd00:ec2::254", "ipv6");
refused.addAddress("fd20:ce::254", "ipv6");
refused.addAddress("100.100.100.200", "ipv4");
refused.addAddress("192.0.0.192", "ipv4");
refused.addAddress("168.63.129.16", "ipv4");
const refusedNames = /* @__PURE__ */ new Set([
	"metadata",
	"metadata.google.internal",
	"metadata.goog",
	"metadata.internal",
	"metadata.azure.internal",
	"metadata.tencentyun.com",
	"instance-data",
	"instance-data.ec2.internal"
]);
/** Whether an address is link-local or a cloud's metadata service, also when it is an IPv4 address inside an IPv6 one. */
function isRefusedAddress(address) {
	const [bare = ""] = address.split("%");
	const family = isIP(bare);
	if (family === 0) return false;
	if (family === 4) return refused.check(bare, "ipv4");
	if (refused.check(bare, "ipv6")) return true;
	return toEmbedded(bare).some((inner) => refused.check(inner, "ipv4"));
}
/** Whether a host's name is a metadata service's. @param host as the URL standard writes it: lower case */
function isRefusedName(host) {
	return refusedNames.has(host.replace(/\.+$/, ""));
}
/**
* The IPv4 addresses that an IPv6 address may stand for: mapped (RFC 4291), translated (RFC 6052, RFC 8215), compatible, and
* 6to4 (RFC 3056).
*/
function toEmbedded(address) {
	const groups = toGroups(address);
	const [a, b, c] = groups;
	const dotted = (high = 0, low = 0) => [
		high >> 8,
		high & 255,
		low >> 8,
		low & 255
	].join(".");
	const last = dotted(groups[6], groups[7]);
	const found = [];
	if (groups.slice(0, 5).every((group) => group === 0) && (groups[5] === 65535 || groups[5] === 0)) found.push(last);
	if (groups.slice(0, 4).every((group) => group === 0) && groups[4] === 65535) found.push(last);
	if (a === 100 && b === 65435) found.push(last);
	if (a === 8194) found.push(dotted(b, c));
	return found;
}
/** The eight 16-bit groups of an IPv6 address. */
function toGroups(address) {
	const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
	const [, start = "", ...bytes] = dotted ?? [];
	const [p = 0, q = 0, r = 0, s = 0] = bytes.map(Number);
	const [head = "", tail] = (dotted ? `${start}${(p << 8 | q).toString(16)}:${(r << 8 | s).toString(16)}` : address).split("::");
	const read = (part) => part === "" ? [] : part.split(":").map((group) => Number.parseInt(group, 16));
	const before = read(head);
	const after = tail === void 0 ? [] : read(tail);
	return [
		...before,
		...Array.from({ length: 8 - before.length - after.length }, () => 0),
		...after
	];
}

// src/execution/http/tls-facts.ts
/** What the two sides agreed on, and who the other one says it is. */
function toTlsFacts(socket) {
	const certificate = socket.getPeerCertificate();
	return {
		version: socket.getProtocol(),
		cipher: socket.getCipher()?.standardName ?? null,
		authorized: socket.authorized,
		refusal: socket.authorized ? null : toErrorCode(toError(socket.authorizationError)),
		certificate: Object.keys(certificate).length === 0 ? null : toCertificate(certificate)
	};
}
/** Why a certificate was refused, or what else went wrong, in words where there are some. */
function explainTlsError(error) {
	const code = toErrorCode(error);
	const words = reasons[code];
	return words === void 0 ? code : `${words} (${code})`;
}
const reasons = {
	DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is signed by itself and not trusted; name it in ca",
	SELF_SIGNED_CERT_IN_CHAIN: "its certificate leads to one that is not trusted; name that in ca",
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: "who signed its certificate is not trusted; name that certificate in ca",
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "who signed its certificate is not trusted; name that certificate in ca",
	CERT_HAS_EXPIRED: "its certificate has expired",
	CERT_NOT_YET_VALID: "its certificate is not valid yet",
	ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another host"
};
function toCertificate(certificate) {
	return {
		subject: toName(certificate.subject),
		issuer: toName(certificate.issuer),
		valid_from: toTime(certificate.valid_from),
		valid_to: toTime(certificate.valid_to),
		fingerprint_sha256: certificate.fingerprint256.replaceAll(":", "").toLowerCase()
	};
}
/** `CN=localhost, O=Example`. Bounded, since it is a stranger's. */
function toName(name) {
	return Object.entries(name ?? {}).map(([key, value]) => `${key}=${[value].flat().join("+")}`).join(", ").slice(0, 400).toWellFormed();
}
/** OpenSSL's `Nov 21 09:27:19 2026 GMT` as UTC. */
function toTime(text) {
	const at = Date.parse(text);
	return Number.isNaN(at) ? "" : new Date(at).toISOString();
}
function toError(error) {
	return typeof error === "string" ? Object.assign(new Error(error), { code: error }) : error;
}

// src/execution/http/connection.ts
/**
* Opens a connection to a URL's host, without any proxy. No byte is sent before the address that was really reached has been
* looked at: what a name is resolved to may change between two looks.
* @throws RequestError
*/
async function openConnection(options) {
	const { url, allowLinkLocal, signal } = options;
	const host = url.hostname.replace(/^\[|\]$/g, "");
	const port = url.port === "" ? url.protocol === "https:" ? 443 : 80 : Number(url.port);
	if (!allowLinkLocal && (isRefusedName(host) || isRefusedAddress(host))) throw refuse(host);
	const start = performance.now();
	let resolvedAt = null;
	const guardedLookup = makeGuardedLookup(allowLinkLocal, () => resolvedAt = performance.now());
	const socket = connect({
		host,
		port,
		lookup: guardedLookup,
		noDelay: true
	});
	const onAbort = () => void socket.destroy(new RequestError("stopped", `${url.host} was no longer waited for`));
	signal.addEventListener("abort", onAbort, { once: true });
	socket.once("close", () => signal.removeEventListener("abort", onAbort));
	if (signal.aborted) onAbort();
	socket.on("error", () => {});
	await waitFor(socket, "connect", (error) => toConnectError(error, url.host));
	const remote = {
		address: socket.remoteAddress ?? host,
		port: socket.remotePort ?? port
	};
	if (!allowLinkLocal && isRefusedAddress(remote.address)) {
		socket.destroy();
		throw refuse(remote.address);
	}
	const connectedAt = performance.now();
	const dnsMs = resolvedAt === null || isIP(host) !== 0 ? null : resolvedAt - start;
	const facts = {
		remote,
		dnsMs,
		connectMs: connectedAt - start - (dnsMs ?? 0)
	};
	if (url.protocol !== "https:") return {
		...facts,
		socket,
		tlsMs: null,
		tls: null
	};
	const secure = await secureSocket(socket, host, options);
	return {
		...facts,
		socket: secure,
		tlsMs: performance.now() - connectedAt,
		tls: toTlsFacts(secure)
	};
}
async function secureSocket(socket, host, { url, ca, verifyTls }) {
	const secure = connect$1({
		socket,
		host,
		...isIP(host) === 0 && { servername: host },
		...ca !== null && { ca: [...rootCertificates, ca] },
		rejectUnauthorized: verifyTls,
		ALPNProtocols: ["http/1.1"]
	});
	secure.on("error", () => {});
	await waitFor(secure, "secureConnect", (error) => {
		socket.destroy();
		if (error instanceof RequestError) return error;
		return new RequestError("tls_failed", `TLS with ${url.host} failed: ${explainTlsError(error)}`, { cause: error });
	});
	return secure;
}
/** The system's own lookup, whose answers are looked at before anything is connected to. */
function makeGuardedLookup(allowLinkLocal, onResolved) {
	return (hostname, options, callback) => {
		lookup(hostname, {
			...options,
			all: true
		}, (error, addresses) => {
			onResolved();
			const bad = allowLinkLocal ? void 0 : addresses?.find(({ address }) => isRefusedAddress(address));
			const [first] = addresses ?? [];
			const failure = error ?? (bad === void 0 ? null : refuse(bad.address, hostname));
			if (failure !== null || first === void 0) callback(failure ?? /* @__PURE__ */ new Error("no address"), "", 4);
			else if (options.all === true) callback(null, addresses);
			else callback(null, first.address, first.family);
		});
	};
}
function waitFor(socket, event, toError) {
	return new Promise((resolve, reject) => {
		const onClose = () => reject(toError(/* @__PURE__ */ new Error("it was closed")));
		socket.once(event, () => {
			socket.off("close", onClose);
			resolve();
		});
		socket.once("error", (error) => reject(toError(error)));
		socket.once("close", onClose);
	});
}
function refuse(address, hostname) {
	const what = hostname === void 0 ? address : `${hostname}, which is ${address},`;
	return new RequestError("address_refused", `${what} is link-local or a cloud's metadata service, where credentials are handed out; allow_link_local: true would ask it`);
}
function toConnectError(error, host) {
	if (error instanceof RequestError) return error;
	const code = toErrorCode(error);
	if (/^(?:ENOTFOUND|EAI_)/.test(code)) return new RequestError("not_resolved", `the name of ${host} is not known (${code})`, { cause: error });
	if (code === "ECONNREFUSED") return new RequestError("not_connected", `nothing listens at ${host} (${code})`, { cause: error });
	return new RequestError("not_connected", `${host} can't be reached (${code})`, { cause: error });
}

// src/execution/http/exchange.ts
/**
* Sends one HTTP/1.1 request over a connection of its own, and reads the answer to its end, bounded. Redirects are answers.
* @throws RequestError
*/
async function exchange(options) {
	const { url, method, headers, body, bodyBytes } = options;
	const { socket, ...connection } = await openConnection(options);
	const sentAt = performance.now();
	let parserError;
	try {
		const response = await new Promise((resolve, reject) => {
			const fail = (error) => reject(toExchangeError(error, options));
			let message;
			try {
				message = request({
					createConnection: () => socket,
					method,
					path: `${url.pathname}${url.search}`,
					setHost: false,
					headers: toOutgoing(url, headers, body)
				});
			} catch (error) {
				reject(new RequestError("not_sendable", `a header can't be sent (${toErrorCode(error)})`, { cause: error }));
				return;
			}
			message.once("response", resolve).on("error", (error) => {
				parserError ??= error;
				fail(error);
			});
			message.once("close", () => fail(/* @__PURE__ */ new Error("closed")));
			message.end(body ?? void 0);
		});
		const firstByteMs = performance.now() - sentAt;
		const read = await readBody(response, bodyBytes).catch((error) => {
			throw toExchangeError(parserError ?? error, options);
		});
		return {
			url,
			method,
			status: response.statusCode ?? 0,
			statusText: response.statusMessage ?? "",
			httpVersion: response.httpVersion,
			headers: toHeaders(response.rawHeaders),
			...read,
			connection,
			firstByteMs
		};
	} finally {
		socket.destroy();
	}
}
/** Ours first, so that the manifest's own win. The body comes as it is: a compressed one could not be searched. */
function toOutgoing(url, headers, body) {
	const given = new Set(headers.map(({ name }) => name.toLowerCase()));
	const ours = [
		{
			name: "Host",
			value: url.host
		},
		{
			name: "User-Agent",
			value: "quoderat"
		},
		{
			name: "Accept",
			value: "*/*"
		},
		{
			name: "Accept-Encoding",
			value: "identity"
		},
		...body === null ? [] : [{
			name: "Content-Type",
			value: "text/plain; charset=utf-8"
		}]
	].filter(({ name }) => !given.has(name.toLowerCase()));
	const framing = [{
		name: "Connection",
		value: "close"
	}, ...body === null ? [] : [{
		name: "Content-Length",
		value: String(Buffer.byteLength(body))
	}]];
	return [
		...ours,
		...headers,
		...framing
	].flatMap(({ name, value }) => [name, value]);
}
async function readBody(response, keepBytes) {
	const kept = [];
	let length = 0;
	for await (const chunk of response) {
		if (length < keepBytes) kept.push(Buffer.from(chunk.subarray(0, keepBytes - length)));
		length += chunk.length;
		if (length > limits.probeCountedBytes) break;
	}
	if (length <= limits.probeCountedBytes && !response.complete) throw new Error("closed");
	return {
		body: Buffer.concat(kept),
		bodyLength: length,
		bodyCut: length > keepBytes
	};
}
function toHeaders(raw) {
	return raw.flatMap((name, index) => index % 2 === 0 ? [{
		name,
		value: raw[index + 1] ?? ""
	}] : []);
}
function toExchangeError(error, { url, signal }) {
	if (error instanceof RequestError) return error;
	if (signal.aborted) return new RequestError("stopped", `${url.host} was no longer waited for`, { cause: error });
	const code = toErrorCode(error);
	const words = code.startsWith("HPE_") ? `is not well-formed HTTP (${code})` : "ended before it was whole: the connection was closed";
	return new RequestError("bad_answer", `the answer of ${url.host} ${words}`, { cause: error });
}

export { RequestError as n, exchange as t };