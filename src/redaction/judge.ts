/** A placeholder, a reference or a word that says what is missing: no credential, whatever it stands after. */
const PLACEHOLDER =
  /^(?:\$[\w{(@*?].*|%[\w{(].*|#?\{\{.*|<.*|\*{2,}|\.{2,}|x{3,}|-+|_+|\?+|\[redacted.*|\[(?:hidden|masked|filtered|secret|removed|omitted)\].*|\(.*|@.{0,2}|[[{(<|>&*!]+[-+]?|%s|\{\w*\}.*)$/is;
const CODE =
  /^!?&?(?:(?:os|sys|process|system|env|environ|std|self|this|config|cfg|settings|options|opts|args|argv|props|params|secrets?|vars?|inputs?|ctx|context|req|request|res|response|data|user|client|await|new|rails|app|vault|import|require|getenv|lambda|function|typeof)\b[.\s([:>?!]|[A-Za-z_$][A-Za-z_$]*(?:(?:\.|->|::|\?\.)[A-Za-z_$][A-Za-z_$]*){1,8}[;,)\]]*$)/;
const PLAIN_PATH = /^(?:~|\.{1,2}|[A-Za-z]:)?[\\/](?:[\w.@-]{1,40}[\\/]){1,12}[\w.@-]{0,40}$/;
const PLAIN_URL = /^[a-z][a-z0-9+.-]{1,20}:\/\/[^@]*$/i;
/** What tools say of a credential, and the types that code gives it. */
const PROSE = new Set(
  (
    'true false yes no on off null none nil undefined empty blank unset set missing required optional invalid valid expired ' +
    'expires revoked rejected accepted unknown unexpected expected present absent found ok okay failed failure passed success done ' +
    'error warning hidden masked filtered redacted removed omitted secret secrets password passwords token tokens passphrase pass ' +
    'credentials credential key keys value string str text number integer int bool boolean object array bytes any unknown void never ' +
    'default disabled enabled must should cannot may is are was not the a an and or of for from to with without please enter use ' +
    'see run skip skipped skipping reset resets changed created updated deleted generated stored using provided given ' +
    'description type name id identifier punctuation eof end start auth bearer basic jwt oauth oauth2 n/a na tbd todo'
  ).split(' '),
);
const SELF =
  /^(?:(?:my|the|your|new|old|current|user|db|api|access|auth|client|github|gitlab|npm|refresh|id|csrf|session)[ _-]?)*(?:passw(?:or)?d|passwd|passphrase|secret|token|api[_-]?key|key|credentials?|pwd|pass)s?$/i;
const STRUCTURAL = /[)\]}>,;]$/;

/** A header or a flag: anything there is a credential unless it is a placeholder. */
export function narrowLoose(text: string, start: number, end: number): number {
  const value = text.slice(start, end);
  return PLACEHOLDER.test(value) || PROSE.has(value.toLowerCase()) ? -1 : end;
}

/** After a word that is also used in prose ("bearer authentication"): only what no word looks like. */
export function narrowRandom(text: string, start: number, end: number): number {
  const value = text.slice(start, end);
  return isMixed(value) && !PLACEHOLDER.test(value) ? end : -1;
}

/** After `key =` or `key:`, where code, prose and prompts also stand. */
export function narrowAssignment(text: string, start: number, end: number): number {
  const opener = text.charAt(start - 1);
  const isQuoted = opener === '"' || opener === "'" || opener === '`';
  const last = isQuoted ? end : withoutClosers(text, start, end);
  const value = text.slice(start, last);
  if (value === '') return -1;
  // So long and without a space: no word, path or name. This also bounds what is looked at again.
  if (value.length > 200) return last;
  if (PLACEHOLDER.test(value) || PLAIN_PATH.test(value) || PLAIN_URL.test(value)) return -1;
  const bare = value.toLowerCase().replace(/[.!?,:]+$/, '');
  if (PROSE.has(bare) || SELF.test(bare)) return -1;
  const key = text.slice(Math.max(0, start - 80), start);
  if (!isQuoted && (CODE.test(value) || isCall(text, value, last))) return -1;
  if (/(?:^|[^A-Za-z0-9_;"-])(?:OLD)?PWD[ \t]*[=:][ \t]*["']?$/.test(key)) return -1;
  if (isQuoted) return /\s/.test(value) && isSentence(value) ? -1 : last;
  return isBareCredential(text, key, value, last) ? last : -1;
}

/** True when the command stands on the same line, not far before. */
export function isCommandBefore(text: string, at: number, command: string): boolean {
  const before = text.slice(Math.max(0, at - 400), at);
  const line = before.slice(Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1);
  return line.includes(command);
}

function isBareCredential(text: string, key: string, value: string, end: number): boolean {
  const isPassword = /(?:pass|pwd)/i.test(key.slice(-24));
  const isNumber = /^[-+]?\d[\d.,_%]*(?:ms|s|m|h|d|k|kb|mb|b)?$/i.test(value);
  if (isNumber) return isPassword ? value.length >= 4 : value.length >= 16;
  const isSpoken =
    /(?::|>)[ \t]*$/.test(key) &&
    !/^(?:[ \t]{0,8}(?:$|[\r\n#<,;}\])"'&|\\]|--|-[a-z])|$)/.test(text.slice(end, end + 12));
  if (isSpoken) return isMixed(value);
  const isAfterColon = /:[ \t]{1,8}$/.test(key);
  if (isAfterColon && /^[[{(]/.test(value)) return false;
  // `token: unexpected` is said of a token. A key that begins its line is one of a file, of a password or a header.
  if (!isAfterColon || !/^[A-Z]?[a-z]+(?:[-_'][a-z]+)*[.!?:]*$/.test(value)) return true;
  return /(?:^|[\r\n])[ \t]*(?:- )?[\w.-]*(?:pass\w*|pwd|secret|key)["']?:[ \t]+$/i.test(key);
}

/** Two kinds of characters at least, as generated values have, and more than a short word. */
function isMixed(value: string): boolean {
  return value.length >= 8 && /\d/.test(value) && /[A-Za-z]/.test(value);
}

/** A message about a credential, which a passphrase of words hardly looks like. */
function isSentence(value: string): boolean {
  return (
    /^[A-Z]?[a-z',]+(?: [A-Za-z0-9',()-]+){2,}[.!?:]?$/.test(value) &&
    /\b(?:must|should|cannot|can|is|are|was|be|the|your|please|not|invalid|required|to|for|of|at)\b/i.test(value)
  );
}

/** `getToken(...)`, or what is left of it before a quote or a space: `os.environ[`. */
function isCall(text: string, value: string, end: number): boolean {
  if (/^[A-Za-z_$][\w$.]*$/.test(value)) return /[([]/.test(text.charAt(end));
  return /^[A-Za-z_$][\w$.:>-]*[([](?:.*[)\]][;,)\]}]*)?$/.test(value);
}

/** `{token: abc}` and `f(password=abc)` go on after the value. */
function withoutClosers(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && STRUCTURAL.test(text.slice(last - 1, last))) {
    const closer = text.charAt(last - 1);
    const opener = { ')': '(', ']': '[', '}': '{', '>': '<' }[closer];
    if (opener !== undefined && text.slice(start, last).includes(opener)) break;
    last--;
  }
  return last;
}
