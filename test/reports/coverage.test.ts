import { describe, expect, it } from 'vitest';
import { readCoverage, readFault, readText } from './read.ts';

describe('lcov', () => {
  it('counts lines, branches and functions, and puts the least covered file first', async () => {
    const value = await readCoverage(
      'lcov',
      `TN:a
SF:/work/shop/full.js
FN:1,f
FNDA:3,f
DA:1,3
DA:2,1,abc
BRDA:1,0,0,1
BRDA:1,0,1,-
LF:99
LH:99
end_of_record
SF:src/half.js
FNF:4
FNH:1
BRF:2
BRH:2
DA:1,0
DA:2,-1
DA:3,7
end_of_record
`,
    );
    expect(value).toMatchObject({
      lines: { covered: 3, total: 5, percent: 60 },
      branches: { covered: 3, total: 4, percent: 75 },
      functions: { covered: 2, total: 5, percent: 40 },
      files_total: 2,
      files: [{ path: 'src/half.js', lines: { percent: 33.33 } }, { path: 'full.js' }],
    });
    expect(value.statements).toBeUndefined();
  });

  it('counts a file that two tests tell of once', async () => {
    const value = await readCoverage(
      'lcov',
      'TN:a\nSF:x\nDA:1,0\nDA:2,1\nBRDA:1,0,0,0\nBRDA:1,0,1,0\nend_of_record\nTN:b\nSF:x\nDA:1,1\nDA:2,0\nBRDA:1,0,0,1\nBRDA:1,0,1,0\nend_of_record\n',
    );
    expect(value).toMatchObject({
      lines: { covered: 2, total: 2 },
      branches: { covered: 1, total: 2 },
      files_total: 1,
    });
  });

  it('is unreadable when it ends within a record or holds none', async () => {
    expect(await readFault('lcov', 'TN:\nSF:a.js\nDA:1,1\n')).toMatch(
      /middle of the record of a\.js, which begins in line 2/,
    );
    expect(await readFault('lcov', 'hello\n')).toMatch(/no record of a file/);
    expect(await readFault('lcov', 'SF:a\nSF:b\nend_of_record\n')).toMatch(/line 2 begins a file before/);
  });

  it('takes no line number for an excuse to fill the memory', async () => {
    expect(await readFault('lcov', 'SF:a\nDA:9007199254740991,1\nend_of_record\n')).toMatch(/line 9007199254740991/);
    const many = Array.from({ length: 40 }, (_, index) => `SF:${index}\nDA:4000000,1\nend_of_record\n`).join('');
    expect(await readFault('lcov', many)).toMatch(/more lines than are read/);
  });
});

describe('Cobertura', () => {
  const file = (classes: string, attributes = 'line-rate="1"') =>
    `<?xml version="1.0"?><!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd"><coverage ${attributes}><packages><package><classes>${classes}</classes></package></packages></coverage>`;
  const line = (number: number, hits: number, more = '') => `<line number="${number}" hits="${hits}" ${more}/>`;

  it('counts each line of a file once, also of several classes and methods', async () => {
    const value = await readCoverage(
      'cobertura',
      file(
        `<class filename="a.cs"><methods><method><lines>${line(1, 1)}</lines></method></methods><lines>${line(1, 1)}${line(2, 0, 'branch="true" condition-coverage="50% (1/2)"')}</lines></class>
         <class filename="a.cs"><lines>${line(2, 3)}${line(3, 0)}</lines></class>`,
        'line-rate="1" lines-valid="3" lines-covered="3"',
      ),
    );
    expect(value).toMatchObject({
      lines: { covered: 2, total: 3, percent: 66.66 },
      branches: { covered: 1, total: 2 },
      files_total: 1,
      disagreements: ['the file declares 3 covered lines and holds 2'],
    });
  });

  it('has a percentage that is whole where the counts make it so', async () => {
    // 57 / 100 is a little less than that in binary.
    const lines = Array.from({ length: 100 }, (_, index) => line(index + 1, index < 57 ? 1 : 0)).join('');
    const value = await readCoverage('cobertura', file(`<class filename="a.cs"><lines>${lines}</lines></class>`));
    expect(value).toMatchObject({ lines: { covered: 57, total: 100, percent: 57 } });
  });

  it('says that nothing ran when there is no line', async () => {
    expect(await readText('cobertura', file(''))).toMatchObject({ ok: true, ran: false });
  });

  it('refuses a DTD of its own, and a <coverage> of another tool', async () => {
    expect(await readFault('cobertura', '<!DOCTYPE coverage [<!ENTITY a "b">]><coverage line-rate="1"/>')).toMatch(
      /DOCTYPE/,
    );
    expect(await readFault('cobertura', '<coverage generated="1"><project/></coverage>')).toMatch(/neither line-rate/);
  });
});

describe('JaCoCo', () => {
  const counter = (type: string, missed: number, covered: number) =>
    `<counter type="${type}" missed="${missed}" covered="${covered}"/>`;

  it('adds up its source files and compares with its own sum', async () => {
    const value = await readCoverage(
      'jacoco',
      `<!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd"><report name="r"><package name="com/shop">
       <class name="c">${counter('LINE', 9, 9)}</class>
       <sourcefile name="A.java"><line nr="1" mi="0" ci="3"/>${counter('LINE', 1, 3)}${counter('BRANCH', 2, 2)}${counter('INSTRUCTION', 5, 5)}</sourcefile>
       <sourcefile name="B.java">${counter('LINE', 0, 4)}</sourcefile>${counter('LINE', 1, 7)}</package>${counter('LINE', 1, 8)}</report>`,
    );
    expect(value).toMatchObject({
      lines: { covered: 7, total: 8, percent: 87.5 },
      branches: { covered: 2, total: 4 },
      files: [{ path: 'com/shop/A.java' }, { path: 'com/shop/B.java' }],
      disagreements: ['the report declares 8 covered lines and holds 7'],
    });
    expect(value.statements).toBeUndefined();
  });

  it('takes the sums of the report where it has no source files', async () => {
    expect(await readCoverage('jacoco', `<report name="r">${counter('LINE', 1, 3)}</report>`)).toMatchObject({
      lines: { covered: 3, total: 4 },
      files_total: 0,
    });
  });
});

describe("Go's cover profile", () => {
  it('counts a block that several binaries tell of once', async () => {
    expect(
      await readCoverage(
        'go-cover',
        'mode: atomic\nexample.com/a/x.go:1.1,3.2 4 0\nexample.com/a/x.go:5.1,6.2 1 0\nmode: atomic\nexample.com/a/x.go:1.1,3.2 4 17\n',
      ),
    ).toMatchObject({ statements: { covered: 4, total: 5, percent: 80 }, files: [{ path: 'example.com/a/x.go' }] });
  });

  it('names the line that is none', async () => {
    expect(await readFault('go-cover', 'mode: set\na.go:1.1,3.2 4\n')).toMatch(/line 2 is no line/);
    expect(await readFault('go-cover', 'a.go:1.1,3.2 4 0\n')).toMatch(/line 1/);
  });

  it('says that nothing ran when it holds no block', async () => {
    expect(await readText('go-cover', 'mode: set\n')).toMatchObject({ ok: true, ran: false });
  });
});
