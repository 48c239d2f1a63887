// src/action/stdout.ts
/**
* Writes to the job log and waits while its reader is behind. A reader that has gone ends the waiting: the steps go on.
*/
function makeWriter(stream) {
	let open = true;
	const close = () => {
		open = false;
	};
	stream.on("error", close);
	stream.on("close", close);
	return (text) => {
		if (!open || stream.write(text)) return void 0;
		return new Promise((resolve) => {
			for (const event of [
				"drain",
				"error",
				"close"
			]) stream.once(event, () => resolve());
		});
	};
}
/** Resolves when all that was written has left the process, or has nowhere to go. */
function flush(stream) {
	return new Promise((resolve) => {
		stream.write("", () => resolve());
	});
}

export { makeWriter as n, flush as t };