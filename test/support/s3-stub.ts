import { createHash, createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { crc32 } from 'node:zlib';

/**
 * The part of S3's protocol that the server's bucket store speaks, over real HTTP: signatures are computed anew (SigV4,
 * payload digest included), checksums are checked where they come (header or trailer), an upload in parts becomes an
 * object only when it is completed. No S3-compatible server is to be had from the registries that the project may use:
 * s3rver (npm) knows no AbortMultipartUpload, conditions or CRC.
 */
export type S3Stub = AsyncDisposable & {
  url: string;
  accessKeyId: string;
  secretAccessKey: string;
  keys(): string[];
  openUploads(): number;
  /** What was asked, each once. */
  seen: string[];
  /** Where a request broke the protocol. */
  faults: string[];
  /** Answers so many requests with 503. */
  failNext(count: number): void;
};

type Upload = { key: string; parts: Map<number, Buffer> };

export async function startS3Stub({ bucket }: { bucket: string }): Promise<S3Stub> {
  const accessKeyId = 'AKIAQUODERATTESTING1';
  const secretAccessKey = randomUUID();
  const objects = new Map<string, Buffer>();
  const uploads = new Map<string, Upload>();
  const seen = new Set<string>();
  const faults: string[] = [];
  let failures = 0;

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readAll(request);
    const url = new URL(request.url ?? '/', 'http://stub');
    const fail = (status: number, code: string): void => {
      response.writeHead(status, { 'content-type': 'application/xml' });
      response.end(request.method === 'HEAD' ? '' : `<Error><Code>${code}</Code><Message>stub</Message></Error>`);
    };
    if (failures > 0) {
      failures -= 1;
      return fail(503, 'SlowDown');
    }
    const signed = checkSignature(request, url, { accessKeyId, secretAccessKey });
    if (signed !== null) {
      faults.push(signed);
      return fail(403, 'SignatureDoesNotMatch');
    }
    const content = checkBody(request, body);
    if (typeof content === 'string') {
      faults.push(content);
      return fail(400, 'BadDigest');
    }
    const [, inBucket, ...rest] = decodeURIComponent(url.pathname).split('/');
    const key = rest.join('/');
    if (inBucket !== bucket) return fail(404, 'NoSuchBucket');
    const condition = request.headers['if-none-match'] === '*';
    const upload = uploads.get(url.searchParams.get('uploadId') ?? '');
    const note = (name: string): void => void seen.add(name);
    const hasChecksum = Object.keys(request.headers).some(
      (name) => name.startsWith('x-amz-checksum-') || name === 'x-amz-trailer',
    );

    if (request.method === 'HEAD' && key === '') return void response.writeHead(200).end();
    if (request.method === 'HEAD' || request.method === 'GET') {
      const object = objects.get(key);
      if (object === undefined) return fail(404, 'NoSuchKey');
      const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
      const part = range === null ? object : object.subarray(Number(range[1]), Number(range[2]) + 1);
      response.writeHead(range === null ? 200 : 206, { 'content-length': part.length, etag: '"x"' });
      return void response.end(request.method === 'HEAD' ? undefined : part);
    }
    if (request.method === 'DELETE' && url.searchParams.has('uploadId')) {
      note('AbortMultipartUpload');
      uploads.delete(url.searchParams.get('uploadId') ?? '');
      return void response.writeHead(204).end();
    }
    if (request.method === 'DELETE') {
      objects.delete(key);
      return void response.writeHead(204).end();
    }
    if (request.method === 'POST' && url.searchParams.has('uploads')) {
      note('CreateMultipartUpload');
      const id = randomUUID();
      uploads.set(id, { key, parts: new Map() });
      return void response.end(
        `<InitiateMultipartUploadResult><Bucket>${bucket}</Bucket><Key>${key}</Key><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
      );
    }
    if (request.method === 'PUT' && url.searchParams.has('partNumber')) {
      if (upload === undefined) return fail(404, 'NoSuchUpload');
      note(`UploadPart${hasChecksum ? ' crc' : ''}`);
      upload.parts.set(Number(url.searchParams.get('partNumber')), content);
      return void response.writeHead(200, { etag: `"${toMd5(content)}"` }).end();
    }
    if (request.method === 'POST' && upload !== undefined) {
      note(`CompleteMultipartUpload${condition ? ' if-none-match' : ''}`);
      if (condition && objects.has(key)) return fail(412, 'PreconditionFailed');
      const numbers = [...content.toString().matchAll(/<PartNumber>(\d+)<\/PartNumber>/g)].map(([, n]) => Number(n));
      const parts = numbers.map((number) => upload.parts.get(number) ?? Buffer.alloc(0));
      if (parts.slice(0, -1).some((part) => part.length < 5 * 1024 * 1024)) faults.push('a part is too small');
      objects.set(key, Buffer.concat(parts));
      uploads.delete(url.searchParams.get('uploadId') ?? '');
      return void response.end(
        `<CompleteMultipartUploadResult><Key>${key}</Key><ETag>"x"</ETag></CompleteMultipartUploadResult>`,
      );
    }
    if (request.method === 'PUT') {
      note(`PutObject${hasChecksum ? ' crc' : ''}${condition ? ' if-none-match' : ''}`);
      if (condition && objects.has(key)) return fail(412, 'PreconditionFailed');
      objects.set(key, content);
      return void response.writeHead(200, { etag: `"${toMd5(content)}"` }).end();
    }
    faults.push(`${request.method} ${request.url} is not known here`);
    return fail(501, 'NotImplemented');
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      faults.push(String(error));
      response.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: toUrl(server),
    accessKeyId,
    secretAccessKey,
    keys: () => [...objects.keys()],
    openUploads: () => uploads.size,
    get seen() {
      return [...seen];
    },
    faults,
    failNext: (count) => void (failures = count),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function toUrl(server: Server): string {
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) if (chunk instanceof Buffer) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html; null: it holds. */
function checkSignature(
  { method = '', headers }: IncomingMessage,
  url: URL,
  keys: { accessKeyId: string; secretAccessKey: string },
): string | null {
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    );
  if (match === null) return 'no SigV4 Authorization';
  const [, id, date = '', region = '', signedHeaders = '', signature] = match;
  if (id !== keys.accessKeyId) return 'another access key';
  const query = [...url.searchParams]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .toSorted()
    .join('&');
  const canonical = [
    method,
    url.pathname,
    query,
    ...signedHeaders.split(';').map((name) => `${name}:${String(headers[name] ?? '').trim()}`),
    '',
    signedHeaders,
    String(headers['x-amz-content-sha256']),
  ].join('\n');
  const scope = `${date}/${region}/s3/aws4_request`;
  const text = [
    'AWS4-HMAC-SHA256',
    headers['x-amz-date'],
    scope,
    createHash('sha256').update(canonical).digest('hex'),
  ].join('\n');
  let key: string | Buffer = `AWS4${keys.secretAccessKey}`;
  for (const part of [date, region, 's3', 'aws4_request']) key = createHmac('sha256', key).update(part).digest();
  return createHmac('sha256', key).update(text).digest('hex') === signature ? null : 'the signature does not hold';
}

function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** The content, out of aws-chunked where it came so; a text: what is wrong with it. */
function checkBody({ headers }: IncomingMessage, body: Buffer): Buffer | string {
  const isChunked = (headers['content-encoding'] ?? '').includes('aws-chunked');
  const { content, trailers } = isChunked ? unchunk(body) : { content: body, trailers: new Map<string, string>() };
  const declared = headers['x-amz-content-sha256'];
  if (!isChunked && declared !== 'UNSIGNED-PAYLOAD' && declared !== createHash('sha256').update(content).digest('hex'))
    return 'x-amz-content-sha256 is of other bytes';
  const crc = headers['x-amz-checksum-crc32'] ?? trailers.get('x-amz-checksum-crc32');
  if (headers['x-amz-trailer'] === 'x-amz-checksum-crc32' && crc === undefined) return 'the trailer did not come';
  if (crc === undefined) return content;
  const found = Buffer.alloc(4);
  found.writeUInt32BE(crc32(content));
  return found.toString('base64') === crc ? content : 'the CRC32 is of other bytes';
}

function unchunk(body: Buffer): { content: Buffer; trailers: Map<string, string> } {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.toString('latin1', at, end), 16);
    at = end + 2;
    if (size === 0) break;
    chunks.push(body.subarray(at, at + size));
    at += size + 2;
  }
  const trailers = body
    .toString('latin1', at)
    .split('\r\n')
    .filter((line) => line.includes(':'))
    .map((line): [string, string] => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]);
  return { content: Buffer.concat(chunks), trailers: new Map(trailers) };
}

function toMd5(bytes: Buffer): string {
  return createHash('md5').update(bytes).digest('hex');
}
