/** `<` would end or change the script element it stands in; the others act on whoever reads the source. */
const unsafeInScript = /[<\u007F-\u009F\u2028\u2029\p{Cf}]/gu;

/**
 * JSON text for a `<script type="application/json">`: what has a meaning there is written as an escape, which inside
 * JSON only strings can hold. JSON.parse gives the same value back.
 */
export function toEmbeddedJson(json: string): string {
  return json.replaceAll(unsafeInScript, (character) =>
    Array.from(
      { length: character.length },
      (_, unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}
