import { parseDocument } from 'yaml';
import { isObject } from '../lib/json.ts';

export type TapDiagnostics = { message?: string; file?: string; line?: number; durationMs?: number };

/**
 * What the YAML block of a test point tells, in the words of node:test, vitest, node-tap and others. A block that is no YAML
 * tells nothing: TAP says of its contents only that a harness may show them.
 */
export function parseTapDiagnostics(yaml: string): TapDiagnostics {
  const fields = parseFields(yaml);
  const at = isObject(fields['at']) ? fields['at'] : {};
  const error = isObject(fields['error']) ? fields['error']['message'] : fields['error'];
  const message = [error, fields['message']].find((text) => typeof text === 'string');
  const location = [fields['location'], fields['at']].find((text) => typeof text === 'string');
  const place = /^(.{1,1000}?):(\d{1,9})(?::\d{1,9})?$/.exec(location ?? '');
  const file = place?.[1] ?? [at['fileName'], at['file'], fields['file']].find((text) => typeof text === 'string');
  const line = place?.[2] ?? at['lineNumber'] ?? at['line'] ?? fields['line'];
  const duration = fields['duration_ms'];
  return {
    ...(typeof message === 'string' && { message }),
    ...(typeof file === 'string' && { file }),
    ...(line !== undefined && { line: Number(line) }),
    ...(typeof duration === 'number' && { durationMs: duration }),
  };
}

function parseFields(yaml: string): Record<string, unknown> {
  try {
    const document = parseDocument(yaml, { logLevel: 'silent', strict: false, merge: false });
    const value: unknown = document.toJS({ maxAliasCount: 0 });
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
