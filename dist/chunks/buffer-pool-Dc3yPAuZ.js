// src/execution/buffer-pool.ts
/** @param size bytes of each buffer @param keep how many unused ones are kept at most */
function makeBufferPool(size, keep) {
	const unused = [];
	return {
		take: () => unused.pop() ?? Buffer.allocUnsafeSlow(size),
		give(buffer) {
			if (unused.length < keep) unused.push(buffer);
		}
	};
}

export { makeBufferPool as t };