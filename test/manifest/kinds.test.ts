import { describe, expect, it } from 'vitest';
import { parseBad, parseGood } from './from-text.ts';

const wrap = (kind: string, lines: string): string =>
  `version: 1\nsteps:\n  - id: a\n    kind: ${kind}\n    ${lines.split('\n').join('\n    ')}\n`;
const stepOf = (kind: string, lines: string) => {
  const [step] = parseGood(wrap(kind, lines)).steps;
  if (step === undefined) throw new Error('no step');
  return step;
};
/** Path, message and hint of everything that is wrong. */
const faultsOf = (kind: string, lines: string): string[] =>
  parseBad(wrap(kind, lines)).map(
    ({ path, message, hint }) => `${path}: ${message}${hint === undefined ? '' : ` (${hint})`}`,
  );
const probe = (lines: string): string => `request: { url: 'http://127.0.0.1/' }\n${lines}`;

describe('a service', () => {
  it('is ready at once, is never idle, and has the run for its timeout, unless it says otherwise', () => {
    expect(stepOf('service', 'run: x')).toMatchObject({
      kind: 'service',
      command: { run: 'x', shell: 'bash' },
      ready: { by: 'start' },
      timeout: 3_600_000,
      idle_timeout: null,
      retry: { attempts: 1 },
      reports: [],
    });
    expect(stepOf('service', 'argv: [x]\nidle_timeout: 1m').idle_timeout).toBe(60_000);
  });

  it.each([
    [
      "{ http: 'http://127.0.0.1:3000/health' }",
      { by: 'http', url: 'http://127.0.0.1:3000/health', timeout_ms: 30_000 },
    ],
    ['{ port: 5432, timeout: 1m }', { by: 'port', port: 5432, timeout_ms: 60_000 }],
    ["{ log: 'listening on [0-9]{1,5}' }", { by: 'log', pattern: 'listening on [0-9]{1,5}', timeout_ms: 30_000 }],
  ])('is ready as %s says', (written, ready) => {
    expect(stepOf('service', `run: x\nready: ${written}`).ready).toEqual(ready);
  });

  it.each([
    [
      'run: x\nready: {}',
      ['steps[0].ready: it does not say when the service is ready (give it one of http, port and log)'],
    ],
    ['run: x\nready: { port: 1, log: x }', ['steps[0].ready: `port` and `log` are both given (keep one of them)']],
    ['run: x\nready: { port: 70000 }', ['steps[0].ready.port: must be at most 65535']],
    ['run: x\nready: { log: "a+" }', ['steps[0].ready.log: "+" has no bound; write {1,200}']],
    ['run: x\nready: { port: 1, timeout: 0s }', ['steps[0].ready.timeout: "0s" must be longer than nothing']],
    [
      'run: x\nready: { http: localhost:3000 }',
      ['steps[0].ready.http: "localhost:3000" is no address (write http://HOST:PORT/PATH)'],
    ],
    ['ready: { port: 1 }', ['steps[0]: `run` is missing (a step needs `run` or `argv`)']],
    [
      'run: x\ntimeout: 5m',
      [
        'steps[0].timeout: unknown key "timeout" (known here: kind, id, name, needs, when, continue_on_error, run, argv, shell, cwd, env, pass_env, secrets, retry, outputs, idle_timeout, ready)',
      ],
    ],
    ['run: x\nhealthcheck: { port: 1 }', ['steps[0].healthcheck: unknown key "healthcheck" (did you mean `ready`?)']],
  ])('has a fault in %j', (lines, faults) => {
    expect(faultsOf('service', lines)).toEqual(faults);
  });
});

describe('an http_probe', () => {
  it('asks once with GET and expects 2xx, unless it says otherwise', () => {
    const { probe: found, command, timeout, idle_timeout } = stepOf('http_probe', "request: { url: 'http://a/' }");
    expect({ command, timeout, idle_timeout }).toEqual({ command: null, timeout: 900_000, idle_timeout: null });
    expect(found).toEqual({
      request: {
        url: 'http://a/',
        method: 'GET',
        headers: [],
        headers_from_env: [],
        body: null,
        timeout_ms: 10_000,
        max_redirects: 0,
        ca: null,
        verify_tls: true,
        allow_link_local: false,
      },
      expect: { status: [{ from: 200, to: 299 }], headers: [], body: [], json: [], within_ms: null },
      until_ms: null,
    });
  });

  it('says all that it asks and expects', () => {
    const step = stepOf(
      'http_probe',
      `request:
  url: https://a.example/x
  method: POST
  headers: { Content-Type: application/json }
  headers_from_env: { X-Key: API_KEY }
  bearer_from_env: API_TOKEN
  body: '{}'
  timeout: 2s
  follow_redirects: 3
  ca: certs/./root.pem
  verify_tls: false
  allow_link_local: true
expect:
  status: [200, 4xx]
  headers: { A: x, B: { contains: y }, C: { matches: 'z{1,3}' } }
  body: { contains: [p, q], matches: 'r', json: [{ path: '$.a[0]', equals: { k: [1, null] } }] }
  within: 500ms
until: 30s
timeout: 1m
retry: { attempts: 2 }`,
    );
    expect(step.probe).toEqual({
      request: {
        url: 'https://a.example/x',
        method: 'POST',
        headers: [{ name: 'Content-Type', value: 'application/json' }],
        headers_from_env: [
          { name: 'X-Key', env: 'API_KEY', prefix: '' },
          { name: 'Authorization', env: 'API_TOKEN', prefix: 'Bearer ' },
        ],
        body: '{}',
        timeout_ms: 2000,
        max_redirects: 3,
        ca: 'certs/root.pem',
        verify_tls: false,
        allow_link_local: true,
      },
      expect: {
        status: [
          { from: 200, to: 200 },
          { from: 400, to: 499 },
        ],
        headers: [
          { name: 'A', test: { equals: 'x' } },
          { name: 'B', test: { contains: 'y' } },
          { name: 'C', test: { matches: 'z{1,3}' } },
        ],
        body: [{ contains: 'p' }, { contains: 'q' }, { matches: 'r' }],
        json: [{ path: '$.a[0]', equals: { k: [1, null] } }],
        within_ms: 500,
      },
      until_ms: 30_000,
    });
    expect(step).toMatchObject({ timeout: 60_000, retry: { attempts: 2 } });
    // What is sent is let through by being named, and must not appear.
    expect(step.pass_env).toEqual(['API_KEY', 'API_TOKEN']);
    expect(step.secrets).toEqual(['API_KEY', 'API_TOKEN']);
  });

  it.each([
    ['expect: {}', ['steps[0].request: `request` is missing']],
    ["request: { url: 'ftp://a/' }", ['steps[0].request.url: "ftp://a/" is no address (write http://HOST:PORT/PATH)']],
    [
      "request: { url: 'http://user:pw@a/' }",
      [
        'steps[0].request.url: an address with a user name or password would be recorded with it (send it with headers_from_env or bearer_from_env)',
      ],
    ],
    [
      "request: { url: 'http://a/${{ env.X }}' }",
      [
        'steps[0].request.url: "${{" is never filled in here: what a probe sends is recorded (take the value of a header from a variable with headers_from_env)',
      ],
    ],
    [
      "request: { url: 'http://a/', bearer_from_env: GITHUB_TOKEN }",
      [
        'steps[0].request.bearer_from_env: GITHUB_TOKEN belongs to the runner or to Quoderat and is never sent anywhere',
      ],
    ],
    [
      "request: { url: 'http://a/', headers: { Authorization: x }, bearer_from_env: T }",
      ['steps[0].request.headers.Authorization: the header "Authorization" is given twice'],
    ],
    [
      "request: { url: 'http://a/', headers: { X-A: x, x-a: y } }",
      ['steps[0].request.headers.x-a: the header "x-a" is given twice'],
    ],
    [
      "request: { url: 'http://a/', headers: { Content-Length: '3' } }",
      ['steps[0].request.headers.Content-Length: Content-Length is set by Quoderat itself'],
    ],
    [
      'request: { url: "http://a/", headers: { A: "x\\r\\nB: y" } }',
      ["steps[0].request.headers.A: a header's value is one line of printable ASCII"],
    ],
    [
      "request: { url: 'http://a/', headers: { 'a b': x } }",
      ['steps[0].request.headers["a b"]: "a b" must be a header\'s name'],
    ],
    [
      "request: { url: 'http://a/', method: get }",
      [
        'steps[0].request.method: must be one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, but is "get" (did you mean `GET`?)',
      ],
    ],
    ["request: { url: 'http://a/', follow_redirects: 6 }", ['steps[0].request.follow_redirects: must be at most 5']],
    [
      "request: { url: 'http://a/', ca: /etc/ssl/x.pem }",
      ['steps[0].request.ca: "/etc/ssl/x.pem" must be relative, not absolute'],
    ],
    ["request: { url: 'http://a/', data: x }", ['steps[0].request.data: unknown key "data" (did you mean `body`?)']],
    [probe('expect: { status: 700 }'), ['steps[0].expect.status: must be at most 599']],
    [
      probe('expect: { status: [200, ok] }'),
      ['steps[0].expect.status[1]: "ok" must be a status such as 200, or a class such as 2xx'],
    ],
    [probe('expect: { body: { matches: "a*" } }'), ['steps[0].expect.body.matches: "*" has no bound; write {0,200}']],
    [
      probe("expect: { headers: { A: { matches: '(a{1,9}){1,9}' } } }"),
      [
        'steps[0].expect.headers.A.matches: a repeat holds another one that is not fixed, as {3} is, or a choice of parts that begin alike',
      ],
    ],
    [
      probe("expect: { body: { json: [{ path: 'a..b', equals: 1 }] } }"),
      ['steps[0].expect.body.json[0].path: "a..b" names no single place (write it as $.items[0].name or $["a key"])'],
    ],
    [
      probe('expect: { body: { json: [{ path: $, equals: 12345678901234567890 }] } }'),
      ['steps[0].expect.body.json[0].equals: holds a number that JSON cannot carry exactly'],
    ],
    [
      probe('expect: { within: 500 }'),
      ['steps[0].expect.within: must be text, but is the number 500 (give it a unit: 500s or 500m)'],
    ],
    [probe('until: soon'), ['steps[0].until: "soon" must be a duration such as 90s, 15m or 1h30m']],
    [
      probe('run: x'),
      [
        'steps[0].run: unknown key "run" (known here: kind, id, name, needs, when, continue_on_error, request, expect, until, timeout, retry)',
      ],
    ],
    [
      probe('asserts: {}'),
      [
        'steps[0].asserts: unknown key "asserts" (known here: kind, id, name, needs, when, continue_on_error, request, expect, until, timeout, retry)',
      ],
    ],
  ])('has a fault in %j', (lines, faults) => {
    expect(faultsOf('http_probe', lines)).toEqual(faults);
  });
});

describe('a playwright step', () => {
  it('attaches no recording unless it says so', () => {
    expect(stepOf('playwright', 'run: x').attach).toEqual([]);
    expect(stepOf('playwright', 'run: x\nattach: [trace, video]').attach).toEqual(['trace', 'video']);
  });

  it('has a fault in a recording that there is not', () => {
    expect(faultsOf('playwright', 'run: x\nattach: [traces]')).toEqual([
      'steps[0].attach[0]: must be one of trace, video, but is "traces" (did you mean `trace`?)',
    ]);
  });
});

describe('keys of one kind in another', () => {
  it.each([
    ['command', 'run: x\nready: { port: 1 }', 'ready'],
    ['test', 'run: x\nattach: [trace]', 'attach'],
    ['build', "run: x\nrequest: { url: 'http://a/' }", 'request'],
    ['http_probe', probe('map: { a: [1] }'), 'map'],
    ['service', 'run: x\nreports: []', 'reports'],
  ])('are unknown: %s with %j', (kind, lines, key) => {
    expect(faultsOf(kind, lines)[0]).toContain(`unknown key "${key}"`);
  });
});
