import type { ReportFormat } from '../../src/schema/kinds.ts';

/** Reports of which one part is as large as one likes. */
export const largeReports: { what: string; format: ReportFormat; start: string; end: string }[] = [
  {
    what: 'a text',
    format: 'junit',
    start: '<testsuite><testcase name="a"><failure>',
    end: '</failure></testcase></testsuite>',
  },
  {
    what: 'output',
    format: 'junit',
    start: '<testsuite><testcase name="a"/><system-out>',
    end: '</system-out></testsuite>',
  },
  {
    what: 'a CDATA section',
    format: 'junit',
    start: '<testsuite><testcase name="a"/><system-out><![CDATA[',
    end: ']]></system-out></testsuite>',
  },
  { what: 'a comment', format: 'junit', start: '<testsuite><!--', end: '--><testcase name="a"/></testsuite>' },
  { what: 'an attribute', format: 'junit', start: '<testsuite><testcase name="', end: '"/></testsuite>' },
  {
    what: 'a JSON string',
    format: 'ctrf',
    start: '{"results":{"tests":[{"name":"a","status":"failed","message":"',
    end: '"}]}}',
  },
  { what: 'a JSON string that nobody asked for', format: 'sarif', start: '{"runs":[{"text":"', end: '"}]}' },
  { what: 'a line', format: 'tap', start: '1..1\nnot ok 1 - ', end: '\n' },
  { what: 'a line that is no event', format: 'go-test', start: '{"Action":"pass","Package":"p"}\n', end: '\n' },
  { what: 'an entry', format: 'lcov', start: 'SF:a\nDA:1,1\nXX:', end: '\nend_of_record\n' },
];
