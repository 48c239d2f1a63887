import type { GetObjectCommandOutput, S3Client } from '@aws-sdk/client-s3';
import { isObject } from '../../lib/json.ts';
import { limits } from '../../lib/limits.ts';
import { makeTurns } from '../../lib/turns.ts';
import { digesting } from './digesting.ts';
import { ArtifactError, type ArtifactStore, type Bytes } from './store.ts';

export type S3Options = {
  bucket: string;
  /** Without slashes at its ends; may be empty. */
  prefix: string;
  region?: string;
  endpoint?: string;
  /** `https://host/bucket/key` instead of `https://bucket.host/key`: what most stores that are not AWS want. */
  forcePathStyle: boolean;
  /** false: for stores that do not know `If-None-Match` on writes. */
  conditional: boolean;
};

/**
 * An S3-compatible bucket, `<prefix>/sha256/<hex>`. The digest of a body is known only at its end, so the last piece is
 * held back until it was found right: a body of another digest is an aborted multipart upload, never an object. Parts
 * bear checksums (CRC32, or what the SDK chooses). Credentials come by the SDK's own chain. The SDK is loaded here alone.
 */
export async function makeS3Store(options: S3Options): Promise<ArtifactStore> {
  const [{ S3Client, HeadObjectCommand, GetObjectCommand, DeleteObjectCommand, HeadBucketCommand }, { Upload }] =
    await Promise.all([import('@aws-sdk/client-s3'), import('@aws-sdk/lib-storage')]);
  const client: S3Client = new S3Client({
    ...(options.region !== undefined && { region: options.region }),
    ...(options.endpoint !== undefined && { endpoint: options.endpoint }),
    forcePathStyle: options.forcePathStyle,
    maxAttempts: 4,
    requestHandler: { requestTimeout: limits.objectStoreMs, connectionTimeout: 5000 },
  });
  const name = `s3://${options.bucket}${options.prefix === '' ? '' : `/${options.prefix}`}`;
  const toKey = (sha256: string): { Bucket: string; Key: string } => ({
    Bucket: options.bucket,
    Key: [options.prefix, 'sha256', sha256].filter((part) => part !== '').join('/'),
  });

  const turns = makeTurns(limits.uploadsAtOnce);
  const head = async (sha256: string): Promise<{ size: number } | null> => {
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
      const counted: Counted = { size: 0, fault: undefined };
      const checked = counting(digesting(sha256, bytes, maxBytes), counted);
      if ((await head(sha256)) !== null) {
        for await (const _chunk of checked);
        return { size: counted.size, isNew: false };
      }
      try {
        const upload = new Upload({
          client,
          partSize: limits.partBytes,
          queueSize: limits.partsAtOnce,
          params: {
            ...toKey(sha256),
            Body: toStream(checked),
            ContentType: 'application/octet-stream',
            ...(options.conditional && { IfNoneMatch: '*' }),
          },
        });
        await turns(() => upload.done());
        return { size: counted.size, isNew: true };
      } catch (error) {
        // The uploader throws what ending the upload threw, where that failed too.
        if (counted.fault !== undefined) throw counted.fault;
        // Somebody else stored the same bytes meanwhile: 412, or 409 while theirs are being put together.
        const status = toStatus(error);
        if ((status === 412 || status === 409) && (await head(sha256)) !== null)
          return { size: counted.size, isNew: false };
        throw toStoreError(error, name);
      }
    },
    async open(sha256, range) {
      try {
        const Range = range === undefined ? {} : { Range: `bytes=${range.start}-${range.end}` };
        return toBytes(await client.send(new GetObjectCommand({ ...toKey(sha256), ...Range })));
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
      // Uploads that a dead process left are the bucket's to end (AbortIncompleteMultipartUpload, docs/server.md).
      try {
        await client.send(new HeadBucketCommand({ Bucket: options.bucket }));
      } catch (error) {
        throw toStoreError(error, name);
      }
    },
  };
}

type Counted = { size: number; fault: unknown };

async function* counting(bytes: Bytes, counted: Counted): AsyncGenerator<Uint8Array, void> {
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
function toStream(bytes: AsyncGenerator<Uint8Array, void>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
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
      },
    },
    { highWaterMark: 0 },
  );
}

function toBytes({ Body }: GetObjectCommandOutput): Bytes {
  if (Body === undefined || !(Symbol.asyncIterator in Body))
    throw new ArtifactError('unavailable', 'the object store answered without a body');
  return Body;
}

function toStatus(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('$metadata' in error)) return undefined;
  const meta = error.$metadata;
  return isObject(meta) && typeof meta['httpStatusCode'] === 'number' ? meta['httpStatusCode'] : undefined;
}

/** The service's word for it and nothing more: its messages may hold signed addresses. */
function toStoreError(error: unknown, name: string): unknown {
  if (error instanceof ArtifactError) return error;
  const status = toStatus(error);
  const word = error instanceof Error ? error.name : 'unknown';
  const said = `${name} can't be used (${word}${status === undefined ? '' : `, ${status}`})`;
  if (status === 507 || word === 'QuotaExceeded' || word === 'XMinioStorageFull')
    return new ArtifactError('insufficient_storage', said);
  if (error instanceof Error && error.message === 'Region is missing')
    return new ArtifactError(
      'misconfigured',
      `${name} can't be used: no region is known; add ?region=, or set AWS_REGION`,
    );
  if (word === 'NoSuchBucket' || word === 'CredentialsProviderError') return new ArtifactError('misconfigured', said);
  return new ArtifactError('unavailable', said);
}
