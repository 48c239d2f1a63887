// src/lib/clock.ts
/** The one spelling of an instant in evidence: UTC with milliseconds. @param now milliseconds since the epoch */
function toTimestamp(now) {
	return new Date(now).toISOString();
}

export { toTimestamp as t };