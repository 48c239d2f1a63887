/** A value that must not appear, and the name it is known by (never shown beside the value). */
export type NamedSecret = { name: string; value: string };

/** A credential shape: `pattern` is the source of a regular expression whose quantifiers are all bounded. */
export type RedactionRule = { id: string; pattern: string };

/** What was replaced: counts only, never a value or a length. */
export type Hit = { rule_id: string; match_type: 'known_value' | 'encoded_value' | 'pattern'; match_count: number };

/** One stream of bytes on its way out. Not shared between streams: it carries what it holds back. */
export type RedactionStream = {
  /** Takes the next bytes and gives those that are safe to let go. The result is never a view of `chunk`'s memory. */
  push(chunk: Uint8Array): Buffer;
  /** No more bytes come: gives the rest. */
  end(): Buffer;
  /** Everything replaced so far, one entry for each rule and match type. */
  hits(): Hit[];
};

/** The redaction of a run: built once from its secrets and rules, used for every byte and text that leaves it. */
export type Redactor = {
  stream(): RedactionStream;
  /** For short texts (commands, names, messages): the whole text at once. */
  text(value: string): { text: string; hits: Hit[] };
};
