import { t as limits } from "./limits-DSc7_a2H.js";

// src/relay/relay-limits.ts
/** The bounds of talking to a server: limits of the house, which a caller may tighten. */
const relayLimits = {
	connectMs: limits.serverConnectMs,
	headMs: limits.serverHeadMs,
	bodyMs: limits.serverBodyMs,
	retryFirstMs: limits.retryFirstMs,
	retryMostMs: limits.retryMostMs,
	retryAfterMs: limits.retryAfterMs,
	batchBytes: limits.relayBatchBytes,
	batchMostBytes: limits.relayBatchMostBytes,
	batchEvents: limits.relayBatchEvents,
	flushMs: limits.relayFlushMs,
	queueBytes: limits.relayQueueBytes,
	spoolBytes: limits.relaySpoolBytes,
	keptEvents: limits.relayKeptEvents,
	heartbeatMs: limits.heartbeatMs,
	watchIdleMs: limits.watchIdleMs
};

export { relayLimits as t };