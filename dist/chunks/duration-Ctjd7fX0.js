// src/lib/duration.ts
const UNITS = {
	d: 864e5,
	h: 36e5,
	m: 6e4,
	s: 1e3,
	ms: 1
};
const DURATION = /^(?:(\d{1,9})d)?(?:(\d{1,9})h)?(?:(\d{1,9})m(?!s))?(?:(\d{1,9})s)?(?:(\d{1,9})ms)?$/;
/** Milliseconds of `90s`, `15m`, `1h30m`, `500ms`, `2d`; undefined when the text is no such duration. */
function parseDuration(text) {
	const match = DURATION.exec(text);
	if (match === null || text === "") return void 0;
	const [, d = "0", h = "0", m = "0", s = "0", ms = "0"] = match;
	return Number(d) * UNITS.d + Number(h) * UNITS.h + Number(m) * UNITS.m + Number(s) * UNITS.s + Number(ms);
}
/** A duration for people: `84 ms`, `3.2 s`, `1m 03s`, `2h 05m`. */
function formatDuration(ms) {
	if (ms < 1e3) return `${ms} ms`;
	if (ms < 6e4) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`;
	const seconds = Math.floor(ms / 1e3);
	const pad = (value) => String(value).padStart(2, "0");
	if (seconds < 3600) return `${Math.floor(seconds / 60)}m ${pad(seconds % 60)}s`;
	return `${Math.floor(seconds / 3600)}h ${pad(Math.floor(seconds % 3600 / 60))}m`;
}

export { parseDuration as n, formatDuration as t };