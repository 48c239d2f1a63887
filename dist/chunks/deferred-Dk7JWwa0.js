// src/lib/deferred.ts
/** A promise and its handles (Promise.withResolvers, which Node 20 lacks). */
function makeDeferred() {
	let resolve = () => {};
	let reject = () => {};
	return {
		promise: new Promise((onResolve, onReject) => {
			resolve = onResolve;
			reject = onReject;
		}),
		resolve,
		reject
	};
}

export { makeDeferred as t };