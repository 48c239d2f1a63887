import { o as __toESM } from "./rolldown-runtime-JJ0R4FiC.js";
import { t as isObject } from "./json-DncajuVf.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { i as ArtifactError, n as digesting, t as makeTurns } from "./turns-Ce1hDzJV.js";

// src/server/artifacts/s3-store.ts
/**
* An S3-compatible bucket, `<prefix>/sha256/<hex>`. The digest of a body is known only at its end, so the last piece is
* held back until it was found right: a body of another digest is an aborted multipart upload, never an object. Parts
* bear checksums (CRC32, or what the SDK chooses). Credentials come by the SDK's own chain. The SDK is loaded here alone.
*/
async function makeS3Store(options) {
	const [{ S3Client, HeadObjectCommand, GetObjectCommand, DeleteObjectCommand, HeadBucketCommand }, { Upload }] = await Promise.all([import("./dist-cjs-BdYDij03.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1)), import("./dist-cjs-CJW8kuoL.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1))]);
	const client = new S3Client({
		...options.region !== void 0 && { region: options.region },
		...options.endpoint !== void 0 && { endpoint: options.endpoint },
		forcePathStyle: options.forcePathStyle,
		maxAttempts: 4,
		requestHandler: {
			requestTimeout: limits.objectStoreMs,
			connectionTimeout: 5e3
		}
	});
	const name = `s3://${options.bucket}${options.prefix === "" ? "" : `/${options.prefix}`}`;
	const toKey = (sha256) => ({
		Bucket: options.bucket,
		Key: [
			options.prefix,
			"sha256",
			sha256
		].filter((part) => part !== "").join("/")
	});
	const turns = makeTurns(limits.uploadsAtOnce);
	const head = async (sha256) => {
		try {
			const { ContentLength } = await client.send(new HeadObjectCommand(toKey(sha256)));
			return { size: ContentLength ?? 0 };
		} catch (error) {
			if (toStatus(error) === 404) return null;
			throw toStoreError(error, name);
		}
	};
	return {
		name,
		head,
		async put(sha256, bytes, { maxBytes }) {
			const counted = {
				size: 0,
				fault: void 0
			};
			const checked = counting(digesting(sha256, bytes, maxBytes), counted);
			if (await head(sha256) !== null) {
				for await (const _chunk of checked);
				return {
					size: counted.size,
					isNew: false
				};
			}
			try {
				const upload = new Upload({
					client,
					partSize: limits.partBytes,
					queueSize: limits.partsAtOnce,
					params: {
						...toKey(sha256),
						Body: toStream(checked),
						ContentType: "application/octet-stream",
						...options.conditional && { IfNoneMatch: "*" }
					}
				});
				await turns(() => upload.done());
				return {
					size: counted.size,
					isNew: true
				};
			} catch (error) {
				if (counted.fault !== void 0) throw counted.fault;
				const status = toStatus(error);
				if ((status === 412 || status === 409) && await head(sha256) !== null) return {
					size: counted.size,
					isNew: false
				};
				throw toStoreError(error, name);
			}
		},
		async open(sha256, range) {
			try {
				const Range = range === void 0 ? {} : { Range: `bytes=${range.start}-${range.end}` };
				return toBytes(await client.send(new GetObjectCommand({
					...toKey(sha256),
					...Range
				})));
			} catch (error) {
				if (toStatus(error) === 404) return null;
				throw toStoreError(error, name);
			}
		},
		async remove(sha256) {
			try {
				await client.send(new DeleteObjectCommand(toKey(sha256)));
			} catch (error) {
				if (toStatus(error) !== 404) throw toStoreError(error, name);
			}
		},
		async tidy() {
			try {
				await client.send(new HeadBucketCommand({ Bucket: options.bucket }));
			} catch (error) {
				throw toStoreError(error, name);
			}
		}
	};
}
async function* counting(bytes, counted) {
	try {
		for await (const chunk of bytes) {
			counted.size += chunk.length;
			yield chunk;
		}
	} catch (error) {
		counted.fault = error;
		throw error;
	}
}
/** What the SDK's uploader reads piece by piece: a web stream, pulled and never pushed. */
function toStream(bytes) {
	return new ReadableStream({
		async pull(controller) {
			try {
				const next = await bytes.next();
				if (next.done === true) controller.close();
				else controller.enqueue(next.value);
			} catch (error) {
				controller.error(error);
			}
		},
		async cancel() {
			await bytes.return();
		}
	}, { highWaterMark: 0 });
}
function toBytes({ Body }) {
	if (Body === void 0 || !(Symbol.asyncIterator in Body)) throw new ArtifactError("unavailable", "the object store answered without a body");
	return Body;
}
function toStatus(error) {
	if (!(error instanceof Error) || !("$metadata" in error)) return void 0;
	const meta = error.$metadata;
	return isObject(meta) && typeof meta["httpStatusCode"] === "number" ? meta["httpStatusCode"] : void 0;
}
/** The service's word for it and nothing more: its messages may hold signed addresses. */
function toStoreError(error, name) {
	if (error instanceof ArtifactError) return error;
	const status = toStatus(error);
	const word = error instanceof Error ? error.name : "unknown";
	const said = `${name} can't be used (${word}${status === void 0 ? "" : `, ${status}`})`;
	if (status === 507 || word === "QuotaExceeded" || word === "XMinioStorageFull") return new ArtifactError("insufficient_storage", said);
	if (error instanceof Error && error.message === "Region is missing") return new ArtifactError("misconfigured", `${name} can't be used: no region is known; add ?region=, or set AWS_REGION`);
	if (word === "NoSuchBucket" || word === "CredentialsProviderError") return new ArtifactError("misconfigured", said);
	return new ArtifactError("unavailable", said);
}

export { makeS3Store };