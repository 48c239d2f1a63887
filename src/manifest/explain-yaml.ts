import type { ErrorCode, YAMLError } from 'yaml';
import type { PlainFault } from './plain.ts';

/** The parser's own words are for people who know YAML's grammar; these are for the rest. */
const WORDS: Partial<Record<ErrorCode, { message: string; hint?: string }>> = {
  TAB_AS_INDENT: { message: 'a tab is used to indent', hint: 'indent with spaces' },
  MULTIPLE_DOCS: { message: 'there is more than one document', hint: 'remove everything from the second "---" on' },
  TAG_RESOLVE_FAILED: { message: 'this tag is not supported', hint: 'remove the "!" word, or put the value in quotes' },
  RESOURCE_EXHAUSTION: { message: 'this is nested too deeply' },
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'a mapping cannot begin here',
    hint: 'put text that holds ": " in quotes, or write it below "|"',
  },
  MULTILINE_IMPLICIT_KEY: { message: 'a key must be on one line', hint: 'is a ":" missing, or the indentation wrong?' },
  BAD_SCALAR_START: { message: 'text cannot begin with this character', hint: 'put it in quotes' },
  BAD_ALIAS: { message: 'this is no valid anchor or alias', hint: 'put text that begins with "*" or "&" in quotes' },
};

/** A complaint of the YAML parser, in plainer words where there are some. */
export function explainYamlError(error: YAMLError): PlainFault {
  return { offset: error.pos[0], ...(WORDS[error.code] ?? { message: `this is no valid YAML: ${error.message}` }) };
}
