// src/render/bytes.ts
const units = [
	"KiB",
	"MiB",
	"GiB",
	"TiB"
];
/** A size for people: `512 B`, `3.4 KiB`. */
function formatBytes(bytes) {
	if (bytes < 1024) return `${bytes} B`;
	let value = bytes;
	let unit = "B";
	for (const next of units) {
		if (value < 1024) break;
		value /= 1024;
		unit = next;
	}
	return `${value.toFixed(1)} ${unit}`;
}

export { formatBytes as t };