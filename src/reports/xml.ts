import { SaxesParser } from 'saxes';
import { observationLimits } from '../schema/observation.ts';
import { refuse, ReportError } from './report-error.ts';

export type XmlAttributes = Readonly<Record<string, string>>;

export type XmlHandlers = {
  /** parents: from the root down. Answers true when the text directly in this element is wanted at its end. */
  open(name: string, attributes: XmlAttributes, parents: readonly string[]): boolean;
  /** text: what was wanted, cut at a bound; else ''. */
  close(name: string, text: string, parents: readonly string[]): void;
};

export type XmlRules = {
  roots: readonly string[];
  /** refused, but for the formats whose own tools write one that names an external DTD; that is never fetched. */
  doctype: 'refused' | 'external';
};

const MAX_DEPTH = 256;
const MAX_ATTRIBUTES = 256;
const MAX_NAME_CHARS = 4096;
/** Of a text, a CDATA section, a comment or an attribute value that is longer, the beginning is kept. */
const MAX_TEXT_CHARS = 64 * 1024;

const POSITION = /^(\d+):(\d+): /;

/**
 * Reads XML 1.0 as a stream, in bounded memory. Internal DTDs and entities but the five of XML are refused; nothing is
 * fetched. Characters that XML forbids are let through.
 * @throws ReportError with line and column when it is not well-formed, beyond the limits, or has another root element
 */
export async function readXml(texts: AsyncIterable<string>, rules: XmlRules, handlers: XmlHandlers): Promise<void> {
  const read = { text: '', chars: 0 };
  const parser = makeParser(rules, handlers, () => read.text.charCodeAt(parser.position - 1 - read.chars));
  try {
    for await (const text of texts) {
      read.text = text;
      parser.write(text);
      read.chars += text.length;
      boundHeld(parser);
    }
    parser.close();
  } catch (error) {
    if (error instanceof ReportError || !(error instanceof XmlFault)) throw error;
    refuse(error.message);
  }
}

class XmlFault extends Error {}

/** @param lastCode the code of the character that was read last */
function makeParser(rules: XmlRules, handlers: XmlHandlers, lastCode: () => number): SaxesParser {
  const parser = new SaxesParser({ xmlns: false });
  const parents: string[] = [];
  let wanted = -1;
  let text = '';

  const stop = (reason: string): never => {
    throw new XmlFault(`${reason} (line ${parser.line}, column ${parser.column})`);
  };
  const onText = (part: string): void => {
    if (text.length < observationLimits.messageChars * 4) text += part;
  };
  const listen = (on: boolean): void => {
    // Without a handler saxes does not gather text at all, which is most of the work in a report with much output.
    if (on) parser.on('text', onText);
    else parser.off('text');
  };

  parser.on('error', (error) => {
    // Runners copy into reports what tests print. The character, or the reference to it, stays as it is: text is data.
    if (error.message.endsWith(': disallowed character.') && isUnfitForXml(lastCode())) return;
    if (error.message.endsWith('malformed character entity.')) return;
    stop(`it is not well-formed XML: ${error.message.replace(POSITION, '').replace(/\.$/, '')}`);
  });
  parser.on('doctype', (declaration) => {
    if (rules.doctype === 'refused' || declaration.includes('[')) stop('it has a DOCTYPE, which is refused');
  });
  parser.on('opentag', (tag) => {
    if (parents.length === 0 && !rules.roots.includes(tag.name)) stop(explainRoot(tag.name, rules.roots));
    // saxes has an event for each attribute, which halves its speed; and a tag without end is bounded below.
    if (Object.keys(tag.attributes).length > MAX_ATTRIBUTES)
      stop(`an element has more than ${MAX_ATTRIBUTES} attributes`);
    if (parents.length >= MAX_DEPTH) stop(`elements are nested more than ${MAX_DEPTH} deep`);
    if (handlers.open(tag.name, tag.attributes, parents)) {
      wanted = parents.length;
      text = '';
      listen(true);
    }
    parents.push(tag.name);
  });
  parser.on('closetag', (tag) => {
    parents.pop();
    const ends = wanted === parents.length;
    handlers.close(tag.name, ends ? text : '', parents);
    if (ends) {
      wanted = -1;
      listen(false);
    }
  });
  parser.on('cdata', (part) => {
    if (wanted >= 0) onText(part);
  });
  listen(true);
  listen(false);
  return parser;
}

/** Control characters and the two non-characters, which XML 1.0 (section 2.2) has no place for. */
function isUnfitForXml(code: number): boolean {
  return code < 0x20 || code === 0xfffe || code === 0xffff;
}

function explainRoot(name: string, roots: readonly string[]): string {
  const expected = roots.map((root) => `<${root}>`).join(' or ');
  return `its root element is <${name.slice(0, 100)}>, not ${expected}`;
}

/**
 * What saxes gathers of a token that is not over grows without end: a text of 100 MB would be held as a whole. Its
 * fields are private, so the dependency is pinned and a test holds this to be true.
 */
function boundHeld(parser: SaxesParser): void {
  if (parser['attribList'].length > MAX_ATTRIBUTES) {
    throw new XmlFault(`an element has more than ${MAX_ATTRIBUTES} attributes (line ${parser.line})`);
  }
  if (parser['text'].length > MAX_TEXT_CHARS) parser['text'] = flatten(parser['text'].slice(0, MAX_TEXT_CHARS));
  if (parser['name'].length + parser['entity'].length + parser['piTarget'].length > MAX_NAME_CHARS) {
    throw new XmlFault(`it has a name of more than ${MAX_NAME_CHARS} characters (line ${parser.line})`);
  }
}

/** A slice keeps the text alive that it was cut from. */
function flatten(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
