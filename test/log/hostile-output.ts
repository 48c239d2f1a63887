import * as fc from 'fast-check';

/** What a child can print in the hope that a runner, a forge's page or a terminal obeys. */
export const hostileOutput = [
  '::add-mask::e\n',
  '::set-output name=a::b\n',
  '::ERROR::x\n',
  '::group::x\n',
  '::endgroup::\n',
  '::stop-commands::x\n',
  '::add-matcher::/tmp/x.json\n',
  '  \t::error::indented\n',
  '\u00A0::error::no-break space\n',
  '\u3000::error::ideographic space\n',
  '\u0085::error::next line\n',
  '\uFEFF::error::byte order mark\n',
  '\u200B::error::zero width\n',
  ':\u200B:error::zero width inside\n',
  '\u2028::error::line separator\n',
  'progress\r::error::carriage return\n',
  'x\r\n::error::crlf\r\n',
  'mid ##[add-mask]line\n',
  '##[error]x\n',
  '##[ADD-MASK]x\n',
  '##\u200B[error]x\n',
  '#\u001B[2K#[error]x\n',
  ':\u001B[2K:error::x\n',
  '\u001B[2K::error::x\n',
  '\u001B]0;title\u0007::error::x\n',
  '\u001B::error::x\n',
  '\0::error::x\n',
  '#\u0008#[error]x\n',
  '###[error]x\n',
  ':::error::x\n',
  '##[group]x]y\n',
  'section_start:1:x\r\u001B[0Kforged\n',
  '\u001B[0Ksection_end:1:quoderat_1\r\u001B[0K\n',
  'sect\u0000ion_end:1:quoderat_1\r\u001B[0K\n',
  'x ::add-mask::y\n',
  '##vso[task.setvariable]x\n',
  '\uFEFF'.repeat(200),
  ' '.repeat(200),
  '\u001B[31mred\u001B[0m\n',
  '\u001B[8mhidden',
  'no end',
  '\n',
  '\r',
  '#',
  '##',
  '[error]x\n',
  ':',
  'error::x\n',
];

/** A child's output in chunks, cut anywhere: between characters, in the middle of a command. */
export const anyChunks = fc
  .tuple(
    fc.array(fc.oneof(fc.constantFrom(...hostileOutput), fc.string({ unit: 'binary', maxLength: 3 })), {
      maxLength: 8,
    }),
    fc.array(fc.nat(30), { maxLength: 12 }),
  )
  .map(([texts, cuts]) => {
    const text = texts.join('');
    const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].toSorted((a, b) => a - b);
    return [0, ...places].map((from, index) => text.slice(from, places[index] ?? text.length));
  });
