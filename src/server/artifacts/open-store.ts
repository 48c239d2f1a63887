import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeFileStore } from './file-store.ts';
import { ArtifactError, type ArtifactStore } from './store.ts';

const S3_PARAMETERS = new Set(['region', 'endpoint', 'forcePathStyle', 'conditional']);

/**
 * The store that `ARTIFACT_STORE_URI` names: `file:///var/lib/quoderat/artifacts`, or
 * `s3://bucket/prefix?region=&endpoint=&forcePathStyle=true&conditional=false`. It is tidied, which tells whether it can
 * be used.
 * @throws ArtifactError misconfigured, with the part that is wrong; unavailable
 */
export async function openArtifactStore(uri: string, now: () => number): Promise<ArtifactStore> {
  const store = await makeStore(parseUri(uri), now);
  await store.tidy();
  return store;
}

async function makeStore(uri: URL, now: () => number): Promise<ArtifactStore> {
  if (uri.protocol === 'file:') {
    if (uri.host !== '' || uri.search !== '') throw toFault('a file:// address has no host and no parameters');
    return makeFileStore(resolve(decodePath(() => fileURLToPath(uri))), now);
  }
  if (uri.protocol !== 's3:') throw toFault(`${uri.protocol} is no store; name file:///folder or s3://bucket/prefix`);
  // Not repeated: whoever wrote them there did not mean them to be read.
  if (uri.username !== '' || uri.password !== '')
    throw toFault(
      'credentials do not belong in the address; give AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a role',
    );
  for (const name of uri.searchParams.keys())
    if (!S3_PARAMETERS.has(name))
      throw toFault(`${JSON.stringify(name)} is no parameter; these are: ${[...S3_PARAMETERS].join(', ')}`);
  const region = uri.searchParams.get('region');
  const endpoint = uri.searchParams.get('endpoint');
  if (endpoint !== null) assertEndpoint(endpoint);
  const { makeS3Store } = await import('./s3-store.ts');
  return makeS3Store({
    bucket: parseBucket(uri.hostname),
    prefix: decodePath(() => decodeURIComponent(uri.pathname)).replaceAll(/^\/+|\/+$/g, ''),
    ...(region !== null && { region }),
    ...(endpoint !== null && { endpoint }),
    forcePathStyle: parseFlag(uri, 'forcePathStyle', endpoint !== null),
    conditional: parseFlag(uri, 'conditional', true),
  });
}

function parseUri(uri: string): URL {
  const parsed = URL.parse(uri);
  if (parsed === null) throw toFault('it is no address; name file:///folder or s3://bucket/prefix');
  return parsed;
}

function decodePath(decode: () => string): string {
  try {
    return decode();
  } catch {
    throw toFault('the percent-encoding of its path is not well formed');
  }
}

function assertEndpoint(endpoint: string): void {
  const url = URL.parse(endpoint);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw toFault('endpoint must be an http(s) address without credentials');
}

/** General purpose bucket names (docs.aws.amazon.com, "Bucket naming rules"). */
function parseBucket(name: string): string {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)) throw toFault(`${JSON.stringify(name)} is no bucket name`);
  return name;
}

function parseFlag(uri: URL, name: string, otherwise: boolean): boolean {
  const value = uri.searchParams.get(name);
  if (value === null) return otherwise;
  if (value !== 'true' && value !== 'false') throw toFault(`${name} must be true or false`);
  return value === 'true';
}

function toFault(message: string): ArtifactError {
  return new ArtifactError('misconfigured', `ARTIFACT_STORE_URI: ${message}`);
}
