import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../lib/hash.ts';
import type { Hit, Redactor } from '../redaction/types.ts';
import type { Artifact } from '../schema/record.ts';
import { type ContentWriter, type KeptContent, makeContentWriter } from './content-writer.ts';
import { copyFile } from './copy-file.ts';
import { openStoredArtifact } from './open-stored.ts';

/** What an artifact is, before its content is known. */
export type ArtifactIdentity = {
  id: string;
  kind: Artifact['kind'];
  /** For files: relative to the workspace, with "/". */
  name: string;
  stepId: string | null;
};

export type Captured = {
  artifact: Artifact;
  receipts: Hit[];
  /** Why bytes are missing (artifact.truncated): an errno code, `too_large`, `stopped`; null when none are. */
  problem: string | null;
};

/** Content by its SHA-256, after redaction. Trouble with the disk is told in what comes back and never thrown. */
export type ArtifactStore = {
  /** For content that comes bit by bit and is redacted by whoever brings it. */
  openWriter(artifactId: string): ContentWriter;
  /**
   * Keeps a file; text passes the redactor, binary content stays as it is. At no time is all of it in memory.
   * @param isStopped asked between pieces: true cuts the copy short
   * @throws the system's error when the file can't be opened for reading
   */
  captureFile(
    options: ArtifactIdentity & { path: string; redactor: Redactor; isStopped: () => boolean },
  ): Promise<Captured>;
  /** The bytes of what was kept; null when the store does not hold it. */
  read(sha256: string): Promise<AsyncIterable<Uint8Array> | null>;
  /** Keeps bytes that are in memory. @param options.redactor null: Quoderat's own words, which hold no secret */
  captureBytes(
    options: ArtifactIdentity & { mediaType: string; bytes: Uint8Array; redactor: Redactor | null },
  ): Promise<Captured>;
};

/** Below the store: bytes whose hash is not known yet. */
export const PARTIAL_FOLDER = '.partial';

/**
 * The file below the store that has an artifact's bytes until it is complete: `.partial/<sha256 of the id>`. A hash,
 * since ids are longer than file names may be and hold what they must not.
 */
export function toPartialName(artifactId: string): string {
  return `${PARTIAL_FOLDER}/${sha256(artifactId)}`;
}

/** Opens the store in `dir`, made when it does not exist. A folder that can't be made shows with each artifact. */
export async function openArtifactStore(dir: string): Promise<ArtifactStore> {
  // Not with `recursive`, which does not end where a folder answers ENOENT to what it can't hold (/proc).
  for (const folder of [dir, join(dir, PARTIAL_FOLDER)]) await mkdir(folder).catch(() => {});
  const known = new Set<string>();
  const openWriter = (artifactId: string): ContentWriter =>
    makeContentWriter(dir, join(dir, toPartialName(artifactId)), known);
  return {
    openWriter,
    read: (digest) => openStoredArtifact(dir, digest),
    async captureFile({ path, redactor, isStopped, ...identity }) {
      const copied = await copyFile({ path, redactor, isStopped, writer: openWriter(identity.id) });
      const artifact = toArtifact(identity, copied.content, {
        mediaType: toMediaType(identity.name, copied.class),
        redaction: { class: copied.class, applied: copied.hits.length > 0 },
      });
      return { artifact, receipts: copied.hits, problem: copied.content.problem };
    },
    async captureBytes({ mediaType, bytes, redactor, ...identity }) {
      const writer = openWriter(identity.id);
      const stream = redactor?.stream();
      const pieces = stream ? [stream.push(bytes), stream.end()] : [Buffer.from(bytes)];
      for (const piece of pieces) await writer.write(piece);
      const content = await writer.finish();
      const receipts = stream?.hits() ?? [];
      const redaction = { class: stream ? 'text' : 'none', applied: receipts.length > 0 } as const;
      return { artifact: toArtifact(identity, content, { mediaType, redaction }), receipts, problem: content.problem };
    },
  };
}

/** The artifact as recorded. */
export function toArtifact(
  { id, kind, name, stepId }: ArtifactIdentity,
  content: KeptContent,
  { mediaType, redaction }: { mediaType: string; redaction: Artifact['redaction'] },
): Artifact {
  return {
    id,
    kind,
    sha256: content.sha256,
    content_uri: `urn:sha256:${content.sha256}`,
    size_bytes: content.size,
    media_type: mediaType,
    name,
    step_id: stepId,
    redaction,
    truncated: content.truncated,
  };
}

/** Only types that a reader of evidence would want to tell apart; nothing is looked up in the content. */
const mediaTypes: Record<string, string> = {
  xml: 'application/xml',
  trx: 'application/xml',
  json: 'application/json',
  sarif: 'application/sarif+json',
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  csv: 'text/csv',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  pdf: 'application/pdf',
  gz: 'application/gzip',
  tgz: 'application/gzip',
  zip: 'application/zip',
  whl: 'application/zip',
  jar: 'application/java-archive',
  tar: 'application/x-tar',
  wasm: 'application/wasm',
};

function toMediaType(name: string, contentClass: 'text' | 'binary'): string {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return mediaTypes[extension] ?? (contentClass === 'text' ? 'text/plain' : 'application/octet-stream');
}
