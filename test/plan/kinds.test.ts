import { describe, expect, it } from 'vitest';
import { makePlan } from '../../src/plan/expand.ts';
import { hashPlan } from '../../src/plan/hash.ts';
import { renderPlan } from '../../src/render/plan.ts';
import { plan as schema, type Plan } from '../../src/schema/plan.ts';
import { parseGood } from '../manifest/from-text.ts';

function expand(text: string): Plan {
  const { plan } = makePlan(parseGood(text), { path: 'quoderat.yml', sha256: 'a'.repeat(64) });
  expect(schema.parse(plan)).toEqual(plan);
  return plan;
}

const manifest = `
version: 1
name: shop
env: { SHOP_TOKEN: not-in-the-plan }
steps:
  - { id: db, kind: service, argv: [postgres], ready: { port: 5433 } }
  - { id: app, kind: service, needs: [db], run: node server.js, ready: { log: 'listening' } }
  - id: health
    kind: http_probe
    needs: [app]
    request: { url: 'http://127.0.0.1:3000/health', bearer_from_env: SHOP_TOKEN }
    expect: { status: [200, 3xx], body: { contains: ok }, within: 500ms }
    until: 30s
  - { id: e2e, kind: playwright, needs: [app], run: npx playwright test }
  - { id: e2e-own, kind: playwright, run: x, reports: [{ path: own.json, format: playwright }] }
  - { id: legs, kind: playwright, run: x, cwd: 'packages/\${{ map.app }}', map: { app: [a, b] } }
`;

describe('a plan of services, probes and browsers', () => {
  it('has the names of the variables that a probe sends, and not their values', () => {
    const plan = expand(manifest);
    expect(plan.secrets).toEqual(['SHOP_TOKEN']);
    expect(JSON.stringify(plan)).not.toContain('not-in-the-plan');
    expect(plan.steps[2]?.probe?.request.headers_from_env).toEqual([
      { name: 'Authorization', env: 'SHOP_TOKEN', prefix: 'Bearer ' },
    ]);
  });

  it('declares the report of each playwright step that declares none, each its own', () => {
    const { steps } = expand(manifest);
    expect(steps.slice(3).map(({ id, reports }) => [id, reports])).toEqual([
      ['e2e', [{ path: 'test-results/quoderat-3-e2e.json', format: 'playwright' }]],
      ['e2e-own', [{ path: 'own.json', format: 'playwright' }]],
      ['legs[app=a]', [{ path: 'test-results/quoderat-5-legs.json', format: 'playwright' }]],
      ['legs[app=b]', [{ path: 'test-results/quoderat-6-legs.json', format: 'playwright' }]],
    ]);
  });

  it('has another hash when a probe expects something else', () => {
    const hashes = ['500ms', '501ms'].map((within) => hashPlan(expand(manifest.replace('500ms', within))));
    expect(new Set(hashes).size).toBe(2);
  });

  it('is printed with what is asked and when a service is ready', () => {
    const text = renderPlan(expand(manifest), 'f'.repeat(64), { color: false, width: 200 });
    expect(text.split('\n').slice(6, 16)).toEqual([
      '   1. db (service)  runs; runs until the others are over; ready by port 5433 within 30.0 s',
      '      $ postgres',
      '   2. app (service)  waits for db; runs until the others are over; ready by a line like /listening/ within 30.0 s',
      '      $ node server.js',
      '   3. health (http_probe)  waits for app; limit 15m 00s',
      '      GET http://127.0.0.1:3000/health; with Authorization from SHOP_TOKEN; expects status 200 or 300-399, body containing "ok", within 500 ms; asks for up to 30.0 s',
      '   4. e2e (playwright)  waits for app; limit 15m 00s; reports test-results/quoderat-3-e2e.json',
      '      $ npx playwright test',
      '   5. e2e-own (playwright)  runs; limit 15m 00s; reports own.json',
      '      $ x',
    ]);
  });
});
