const SHOWN = 120;

/**
 * A text from an untrusted file as it may stand in a message: cut, quoted, and printable ASCII only, so that it can
 * neither move a terminal's cursor nor pass for other text.
 */
export function quote(text: string): string {
  const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}...` : text;
  return JSON.stringify(shown).replaceAll(/[^\x20-\x7e]/g, escapeUnit);
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** One reference token of a JSON Pointer (RFC 6901, section 3). */
export function toPointerToken(name: string | number): string {
  return `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** A path of keys and indexes as a JSON Pointer. */
export function toPointer(path: readonly PropertyKey[]): string {
  return path.map((name) => toPointerToken(String(name))).join('');
}
