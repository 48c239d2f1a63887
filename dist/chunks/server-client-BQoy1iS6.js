import { n as retrying, r as makeApi } from "./retry-Kc_tk1Fb.js";
import { t as makeDeadline } from "./deadline-gUi6DgNJ.js";
import { t as relayLimits } from "./relay-limits-CZktj8Iq.js";
import { t as makeTransport } from "./transport-BhdfeGlS.js";
import { t as _usingCtx } from "./usingCtx-B560EHoh.js";

// src/cli/server-client.ts
/** What somebody who looks at a terminal waits for. */
const PATIENCE_MS = 3e4;
/** @throws RelayError bad_options */
function openServer(options, io) {
	const transport = makeTransport({
		...options,
		env: io.env,
		now: io.now,
		limits: relayLimits
	});
	const api = makeApi(transport);
	return {
		transport,
		async ask(act) {
			try {
				var _usingCtx$1 = _usingCtx();
				const deadline = _usingCtx$1.u(makeDeadline(options.timeoutMs ?? PATIENCE_MS));
				return await retrying(() => act(api), {
					limits: relayLimits,
					signal: deadline.signal
				});
			} catch (_) {
				_usingCtx$1.e = _;
			} finally {
				_usingCtx$1.d();
			}
		},
		[Symbol.asyncDispose]: () => transport.close()
	};
}
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** Whether a text is an id of a run or of evidence (UUIDv7), and nothing that would lead to another route. */
function isId(text) {
	return UUID.test(text);
}

export { openServer as n, isId as t };