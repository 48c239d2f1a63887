// src/lib/collect-bytes.ts
/**
* All bytes of a stream. Rejects with what `toTooLarge` makes as soon as there are more than `limit`, and otherwise only
* as the stream does.
*/
async function collectBytes(chunks, limit, toTooLarge) {
	const kept = [];
	let size = 0;
	for await (const chunk of chunks) {
		size += chunk.length;
		if (size > limit) throw toTooLarge();
		kept.push(chunk);
	}
	return Buffer.concat(kept);
}

export { collectBytes as t };