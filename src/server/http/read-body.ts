import { ApiFault } from '../errors.ts';

/** What is taken of a body, and how long it may take. */
export type BodyBound = { maxBytes: number; ms: number };

/**
 * The whole body of a request that is small by nature. Bounded in bytes and in time: a client that sends a byte a minute
 * holds no more than a connection.
 * @throws ApiFault too_large, request_timeout, unsupported_media_type (a compressed body), bad_request (cut off)
 */
export async function readBody(request: Request, { maxBytes, ms }: BodyBound): Promise<Buffer> {
  const encoding = request.headers.get('content-encoding') ?? 'identity';
  if (encoding !== 'identity')
    throw new ApiFault('unsupported_media_type', 'a body with a Content-Encoding is not taken');
  const declared = request.headers.get('content-length');
  // node:http has held the body to what was declared.
  if (declared !== null && Number(declared) > maxBytes) throw makeTooLarge(maxBytes);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new ApiFault('request_timeout', `the body did not arrive within ${ms / 1000} s`, {
          headers: { connection: 'close' },
        }),
      );
    }, ms);
  });
  try {
    return await Promise.race([declared === null ? collect(request, maxBytes) : readAll(request), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function readAll(request: Request): Promise<Buffer> {
  return Buffer.from(await request.arrayBuffer().catch(throwCutOff));
}

async function collect(request: Request, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const { done, value } = (await reader?.read().catch(throwCutOff)) ?? { done: true, value: undefined };
    if (value !== undefined) {
      size += value.length;
      if (size > maxBytes) throw makeTooLarge(maxBytes);
      chunks.push(value);
    }
    if (done) return Buffer.concat(chunks);
  }
}

function throwCutOff(cause: unknown): never {
  throw new ApiFault('bad_request', 'the body was cut off', { cause });
}

/** The connection is not closed at once: the rest that is on its way would reset it, and the answer would be lost. */
function makeTooLarge(maxBytes: number): ApiFault {
  return new ApiFault('too_large', `the body is over ${maxBytes} bytes`);
}
