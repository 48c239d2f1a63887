import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Pack, pack } from 'tar-stream';
import { makeHeaderNeutral, toMemberHeader } from '../../publish/files/bundle.ts';
import { evidenceFiles } from '../../publish/files/evidence-folder.ts';
import type { Envelope } from '../../schema/envelope.ts';
import { type ArtifactStore, type Bytes, letGo } from '../artifacts/store.ts';

export type BundleSource = { envelope: Envelope; envelopeBytes: Buffer; attestation: Buffer | null };

/**
 * The evidence as one .tar.gz, streamed: what `quoderat bundle` makes of the same files. Its bytes depend on its content
 * alone (and on the version of zlib). Artifacts that retention has removed are not in it, and `verify` then says so.
 * Nothing is buffered: members are read from the store as the client takes them.
 */
export function makeBundle(source: BundleSource, store: ArtifactStore): Bytes {
  const archive = pack();
  const gzip = createGzip({ level: 6 });
  const out = makeHeaderNeutral();
  const filling = addMembers(archive, source, store).catch((error: unknown) => {
    archive.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  const piping = pipeline(archive, gzip, out);
  // Both fail when the reader leaves; the stream below has told it whatever there was to tell.
  void Promise.allSettled([filling, piping]);
  return out;
}

async function addMembers(archive: Pack, source: BundleSource, store: ArtifactStore): Promise<void> {
  const { artifacts } = source.envelope;
  const digests = [...new Set(artifacts.map(({ sha256 }) => sha256))];
  const manifest = artifacts.find(({ kind }) => kind === 'manifest')?.sha256;
  const members: { name: string; open: () => Promise<Member | null> }[] = [
    ...digests.map((sha256) => ({
      name: `${evidenceFiles.artifacts}/${sha256}`,
      open: () => openStored(store, sha256),
    })),
    { name: evidenceFiles.envelope, open: () => Promise.resolve(toMember(source.envelopeBytes)) },
  ];
  const { attestation } = source;
  if (attestation !== null)
    members.push({ name: evidenceFiles.statement, open: () => Promise.resolve(toMember(attestation)) });
  if (manifest !== undefined) members.push({ name: evidenceFiles.manifest, open: () => openStored(store, manifest) });
  for (const { name, open } of members.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
    const member = await open();
    if (member !== null) await addMember(archive, name, member);
  }
  archive.finalize();
}

type Member = { size: number; bytes: Bytes };

async function addMember(archive: Pack, name: string, { size, bytes }: Member): Promise<void> {
  const header = toMemberHeader(name, size);
  try {
    if (size === 0) archive.entry(header, '');
    else await pipeline(Readable.from(bytes), archive.entry(header));
  } finally {
    letGo(bytes);
  }
}

async function openStored(store: ArtifactStore, sha256: string): Promise<Member | null> {
  const found = await store.head(sha256);
  if (found === null) return null;
  const bytes = await store.open(sha256);
  return bytes === null ? null : { size: found.size, bytes };
}

function toMember(bytes: Buffer): Member {
  return { size: bytes.length, bytes: Readable.from([bytes]) };
}
