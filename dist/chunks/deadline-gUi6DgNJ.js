// src/lib/deadline.ts
/** AbortSignal.any() and AbortSignal.timeout() would do, but for signals that some releases of Node 20 lose in between. */
function makeDeadline(ms, parent) {
	const controller = new AbortController();
	let late = false;
	const onAbort = () => controller.abort();
	const timer = setTimeout(() => {
		late = true;
		onAbort();
	}, Math.ceil(ms));
	if (parent?.aborted === true) onAbort();
	parent?.addEventListener("abort", onAbort, { once: true });
	return {
		signal: controller.signal,
		isLate: () => late,
		[Symbol.dispose]() {
			clearTimeout(timer);
			parent?.removeEventListener("abort", onAbort);
		}
	};
}
/** Waits, or less when the signal aborts. */
function sleepUntil(ms, signal) {
	return new Promise((resolve) => {
		const finish = () => {
			clearTimeout(timer);
			signal.removeEventListener("abort", finish);
			resolve();
		};
		const timer = setTimeout(finish, ms);
		if (signal.aborted) finish();
		else signal.addEventListener("abort", finish, { once: true });
	});
}

export { sleepUntil as n, makeDeadline as t };