export type Annotation = { level: 'error' | 'warning' | 'notice'; message: string; properties: Record<string, string> };

/** What the lines fed so far did to the job. Echoed text has no business in any of it. */
export type RunnerEffects = {
  masks: string[];
  outputs: Record<string, string>;
  states: Record<string, string>;
  env: Record<string, string>;
  paths: string[];
  matchers: string[];
  debug: string[];
  annotations: Annotation[];
  /** Titles of the groups that were opened, in order, and how many are open now. */
  groups: string[];
  openGroups: number;
  /** The token that commands wait for; null while they are obeyed. */
  stoppedBy: string | null;
};

export type RunnerCommandParser = {
  /** Takes one line, without its end. Says which command it was; null: plain text. */
  feed(line: string): string | null;
  effects: RunnerEffects;
};

type Command = { name: string; properties: Record<string, string>; data: string };

type Effect = (effects: RunnerEffects, command: Command) => void;

const annotate =
  (level: Annotation['level']): Effect =>
  (effects, { data, properties }) =>
    effects.annotations.push({ level, message: data, properties });
const setIn =
  (member: 'outputs' | 'states' | 'env'): Effect =>
  (effects, { data, properties }) => {
    effects[member][properties['name'] ?? ''] = data;
  };
const addTo =
  (member: 'masks' | 'paths' | 'matchers' | 'debug'): Effect =>
  (effects, { data }) =>
    effects[member].push(data);

/** The registered commands, in lower case, and what each does. set-env and add-path are off by default, but told. */
const commands = new Map<string, Effect>([
  ['stop-commands', (effects, { data }) => void (effects.stoppedBy = data)],
  ['add-mask', addTo('masks')],
  ['set-output', setIn('outputs')],
  ['save-state', setIn('states')],
  ['set-env', setIn('env')],
  ['add-path', addTo('paths')],
  ['add-matcher', addTo('matchers')],
  ['remove-matcher', addTo('matchers')],
  ['debug', addTo('debug')],
  ['notice', annotate('notice')],
  ['warning', annotate('warning')],
  ['error', annotate('error')],
  [
    'group',
    (effects, { data }) => {
      effects.groups.push(data);
      effects.openGroups += 1;
    },
  ],
  ['endgroup', (effects) => void (effects.openGroups -= 1)],
  ['echo', () => {}],
]);

/** Char.IsWhiteSpace of .NET, which String.TrimStart goes by. */
const dotnetSpace = /^[\t-\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]+/;
/** Characters that a culture-sensitive StartsWith or IndexOf of .NET (as the runner calls them) doesn't see. */
const ignorable = /[\0-\x08\x0E-\x1F\x7F-\x84\x86-\x9F\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** The lines of what a child wrote, as the runner's reader parts them: LF, CR, or CRLF. */
export function splitRunnerLines(text: string): string[] {
  return text.split(/\r\n|\n|\r/);
}

/**
 * The commands of GitHub's runner, as ActionCommand.cs and ActionCommandManager.cs read them from a step's output:
 * `::name k=v::data` at the start of a line, `##[name k=v;]data` anywhere in it, any case, `stop-commands` for both.
 * More lenient than any real one: a line counts when it is a command with or without its ignorable characters.
 */
export function makeRunnerCommandParser(): RunnerCommandParser {
  const registered = new Set(commands.keys());
  const effects: RunnerEffects = {
    masks: [],
    outputs: {},
    states: {},
    env: {},
    paths: [],
    matchers: [],
    debug: [],
    annotations: [],
    groups: [],
    openGroups: 0,
    stoppedBy: null,
  };

  const feed = (line: string): string | null => {
    const command = parseLine(line, registered) ?? parseLine(line.replaceAll(ignorable, ''), registered);
    if (command === undefined) return null;
    const name = command.name.toLowerCase();
    if (effects.stoppedBy !== null) {
      if (name !== effects.stoppedBy.toLowerCase()) return null;
      registered.delete(name);
      effects.stoppedBy = null;
      return 'resume';
    }
    if (name === 'stop-commands') registered.add(command.data.toLowerCase());
    commands.get(name)?.(effects, command);
    return name;
  };
  return { feed, effects };
}

function parseLine(line: string, registered: Set<string>): Command | undefined {
  return parseV2(line, registered) ?? parseLegacy(line, registered);
}

function parseV2(line: string, registered: Set<string>): Command | undefined {
  const message = line.replace(dotnetSpace, '');
  if (!message.startsWith('::')) return undefined;
  const end = message.indexOf('::', 2);
  if (end < 0) return undefined;
  const [name, rest] = cutAtSpace(message.slice(2, end));
  if (!registered.has(name.toLowerCase())) return undefined;
  const escapes = { '%0D': '\r', '%0A': '\n', '%3A': ':', '%2C': ',', '%25': '%' };
  const data = unescape(message.slice(end + 2), { '%0D': '\r', '%0A': '\n', '%25': '%' });
  return { name, properties: parseProperties(rest.trim(), ',', escapes), data };
}

function parseLegacy(line: string, registered: Set<string>): Command | undefined {
  const start = line.indexOf('##[');
  const end = line.indexOf(']', start);
  if (start < 0 || end < 0) return undefined;
  const [name, rest] = cutAtSpace(line.slice(start + 3, end));
  if (!registered.has(name.toLowerCase())) return undefined;
  const escapes = { '%3B': ';', '%0D': '\r', '%0A': '\n', '%5D': ']', '%25': '%' };
  return { name, properties: parseProperties(rest, ';', escapes), data: unescape(line.slice(end + 1), escapes) };
}

function cutAtSpace(info: string): [name: string, rest: string] {
  const space = info.indexOf(' ');
  return space < 0 ? [info, ''] : [info.slice(0, space), info.slice(space + 1)];
}

function parseProperties(text: string, separator: string, escapes: Record<string, string>): Record<string, string> {
  const properties: Record<string, string> = {};
  for (const part of text.split(separator)) {
    const at = part.indexOf('=');
    if (at > 0 && at < part.length - 1) properties[part.slice(0, at)] = unescape(part.slice(at + 1), escapes);
  }
  return properties;
}

function unescape(text: string, escapes: Record<string, string>): string {
  return Object.entries(escapes).reduce((value, [escape, character]) => value.replaceAll(escape, character), text);
}
