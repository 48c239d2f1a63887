import { append, makeByteWindow } from './byte-window.ts';
import { toForms } from './encodings.ts';
import { makeLineRule } from './line-rules.ts';
import type { Literal } from './literals.ts';
import type { Identity } from './match.ts';
import { makeMatcher, type Matcher } from './matcher.ts';
import { SHAPES } from './rules.ts';
import { makeRedactionStream } from './stream.ts';
import type { NamedSecret, RedactionRule, Redactor } from './types.ts';

/**
 * The redaction of a run. Known values are looked for in every form of encodings.ts, credentials by the built-in shapes
 * of rules.ts, and the user's `rules` are run over every line. What is found is replaced by `[redacted:ID]`, ID being
 * the secret's name or the rule's id.
 * Nothing is compiled before the first byte comes.
 * @param options.rules patterns that findPatternFault of lib/safe-pattern.ts has nothing against
 */
export function makeRedactor(options: { secrets: NamedSecret[]; rules: RedactionRule[] }): Redactor {
  let matcher: Matcher | undefined;
  const getMatcher = (): Matcher => (matcher ??= compile(options.secrets, options.rules));
  return {
    stream: () => makeRedactionStream(getMatcher()),
    text(value) {
      const stream = makeRedactionStream(getMatcher());
      const bytes = Buffer.concat([stream.push(Buffer.from(value)), stream.end()]);
      const hits = stream.hits();
      // A text that is no well-formed Unicode would come back changed.
      return { text: hits.length === 0 ? value : bytes.toString(), hits };
    },
  };
}

function compile(secrets: NamedSecret[], rules: RedactionRule[]): Matcher {
  const identities = SHAPES.map(({ id }) => toIdentity(id, 'pattern'));
  const lineRules = rules.map(({ id, pattern }) =>
    makeLineRule(pattern, identities.push(toIdentity(id, 'pattern')) - 1),
  );
  const literals: Literal[] = [];
  for (const { name, value } of secrets) {
    const known = identities.push(toIdentity(name, 'known_value')) - 1;
    const encoded = identities.push({ ...identities[known]!, match_type: 'encoded_value' }) - 1;
    for (const form of toForms(value))
      literals.push(Object.assign(form, { identity: form.kind === 'known_value' ? known : encoded }));
  }
  const matcher = makeMatcher(identities, literals, lineRules);
  for (const identity of identities) identity.marker = toHarmlessMarker(matcher, identity.marker);
  return matcher;
}

/** The id keeps JSON, logs and terminals as they were: no quotes, no controls. */
function toIdentity(name: string, match_type: Identity['match_type']): Identity {
  const rule_id = name.replaceAll(/[^A-Za-z0-9_.-]/g, '_');
  return { rule_id, match_type, marker: Buffer.from(`[redacted:${rule_id}]`) };
}

/** A value may be part of its own name: then the marker must not say it. */
function toHarmlessMarker(matcher: Matcher, marker: Buffer): Buffer {
  const candidates = [marker, ...['[redacted]', '[***]', '[]'].map((text) => Buffer.from(text))];
  return candidates.find((candidate) => !holdsValue(matcher, candidate)) ?? Buffer.alloc(0);
}

function holdsValue(matcher: Matcher, text: Buffer): boolean {
  const window = makeByteWindow(text.length);
  append(window, text);
  return matcher.scan(window, 0, window.length).matches.length > 0;
}
