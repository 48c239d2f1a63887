/**
 * A JUnit report of 100 MB through parseReport, against saxes alone with handlers that do nothing, as a ratio taken in
 * one run; and the memory that reading takes. `node bench/junit.ts [MB]`
 */
import { execFileSync } from 'node:child_process';
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import { parseReport } from '../src/reports/parse-report.ts';

const ROUNDS = 7;
const CASES = 100;
const MB = 1e6;
const STACK = 'java.lang.AssertionError: expected 1 but was 2\n\tat com.example.shop.Cart.total(Cart.java:41)\n'.repeat(
  12,
);
const LOG = '2026-11-21 09:27:19.123  INFO 1 --- [main] c.e.shop.Cart : added 3 of sku-17 for user 4711\n'.repeat(20);
const FAILURE = `<failure message="expected &lt;1&gt; but was &lt;2&gt;" type="AssertionError"><![CDATA[${STACK}]]></failure>\n`;

const [mode = '100', given] = process.argv.slice(2);
if (given === undefined) compare(Number(mode));
else {
  const before = performance.now();
  const tests = mode === 'saxes' ? await readAlone(given) : await readWhole(given);
  const ms = performance.now() - before;
  console.log(JSON.stringify({ ms, tests, rss: process.resourceUsage().maxRSS * 1024 }));
}

/** Each measure in a process of its own, in turn, so that neither has the other's memory or compiled code. */
function compare(megabytes: number): void {
  const work = mkdtempSync(join(tmpdir(), 'quoderat-bench-'));
  try {
    const file = join(work, 'junit.xml');
    const tests = writeReport(file, megabytes * MB);
    const best = { saxes: { ms: Infinity, rss: 0 }, quoderat: { ms: Infinity, rss: 0 } };
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const reader of ['saxes', 'quoderat'] as const) {
        const measured = measure(reader, file);
        if (measured.tests !== tests) throw new Error(`${reader} saw ${measured.tests} of ${tests} tests`);
        best[reader].ms = Math.min(best[reader].ms, measured.ms);
        best[reader].rss = Math.max(best[reader].rss, measured.rss);
      }
    }
    for (const [reader, { ms, rss }] of Object.entries(best)) {
      const speed = (megabytes / (ms / 1000)).toFixed(0);
      console.log(`${reader.padEnd(10)} ${speed.padStart(5)} MB/s   at most ${(rss / MB).toFixed(0)} MB resident`);
    }
    console.log(`ratio      ${(best.saxes.ms / best.quoderat.ms).toFixed(2)} of saxes alone`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function measure(reader: string, file: string): { ms: number; tests: number; rss: number } {
  const output = execFileSync(process.execPath, [import.meta.filename, reader, file], { encoding: 'utf8' });
  const measured: { ms: number; tests: number; rss: number } = JSON.parse(output);
  return measured;
}

async function readWhole(file: string): Promise<number> {
  const report = await parseReport('junit', createReadStream(file), {});
  if (!report.ok || report.type !== 'tests') throw new Error('the report of the benchmark can not be read');
  return report.value.tests;
}

async function readAlone(file: string): Promise<number> {
  const parser = new SaxesParser({ xmlns: false });
  let tests = 0;
  parser.on('opentag', (tag) => {
    if (tag.name === 'testcase') tests += 1;
  });
  parser.on('closetag', () => {});
  parser.on('text', () => {});
  parser.on('cdata', () => {});
  for await (const chunk of createReadStream(file, 'utf8')) parser.write(String(chunk));
  parser.close();
  return tests;
}

/** As runners write it: mostly passing cases, some failures with stacks, output of some cases. @returns how many cases */
function writeReport(file: string, bytes: number): number {
  const parts = ['<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n'];
  let tests = 0;
  let size = 0;
  for (let suite = 0; size < bytes; suite += 1) {
    const text = makeSuite(suite);
    parts.push(text);
    size += text.length;
    tests += CASES;
  }
  parts.push('</testsuites>\n');
  writeFileSync(file, parts.join(''));
  return tests;
}

function makeSuite(suite: number): string {
  const parts = [`<testsuite name="com.example.shop.Suite${suite}Test" time="12.034">\n`];
  for (let index = 0; index < CASES; index += 1) {
    const head = `<testcase name="does thing ${index} &amp; more" classname="com.example.shop.Suite${suite}Test" time="0.0${index}"`;
    if (index % 25 === 7) parts.push(`${head}>\n${FAILURE}</testcase>\n`);
    else if (index % 10 === 3) parts.push(`${head}>\n<system-out>${LOG}</system-out>\n</testcase>\n`);
    else parts.push(`${head}/>\n`);
  }
  return `${parts.join('')}</testsuite>\n`;
}
