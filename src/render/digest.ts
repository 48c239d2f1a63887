/** A SHA-256 as people compare it at a glance: `sha256:7be1…04c2`. */
export function toShortDigest(sha256: string): string {
  return `sha256:${sha256.slice(0, 4)}…${sha256.slice(-4)}`;
}

/** A git object name as people write it. */
export function toShortCommit(objectName: string): string {
  return objectName.slice(0, 7);
}
