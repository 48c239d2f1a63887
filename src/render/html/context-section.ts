import type { Envelope } from '../../schema/envelope.ts';
import { formatBytes } from '../bytes.ts';
import { toNoClaims } from '../claims.ts';
import { type Hole, type Html, markup } from './markup.ts';
import { makeDigest, type Page } from './page.ts';

/** Members of a bag of facts that are shown; hostile ones can have any number. */
const mostFacts = 60;

type Fact = [string, Hole];

/** What was run, on what, by what: as the record has it. */
export function makeContextSection({ envelope }: Page): Html {
  const groups: [string, Fact[]][] = [
    ['Subject', toSubject(envelope)],
    ['Runner', toRunner(envelope)],
    ['Toolchain', toPairs(envelope.runner_context.toolchain, (name) => name.replace(/_version$/, ''))],
    ['Plan and producer', toPlan(envelope)],
  ];
  return markup`<section aria-labelledby="context"><h2 id="context">Subject and runner</h2>
<div class="columns">${groups
    .filter(([, facts]) => facts.length > 0)
    .map(
      ([title, facts]) =>
        markup`<div><h3>${title}</h3><dl class="pairs">${facts.map(([term, value]) => markup`<div><dt>${term}</dt><dd>${value}</dd></div>\n`)}</dl></div>\n`,
    )}</div>
</section>`;
}

/** What nobody may read into this record. */
export function makeLimitsSection({ envelope }: Page): Html {
  const claims = toNoClaims(envelope.claims.no_claims);
  return markup`<section aria-labelledby="limits"><h2 id="limits">What this can’t show</h2>
<ul class="limits">${claims.map((claim) => markup`<li>${claim}</li>\n`)}</ul>
</section>`;
}

function toSubject({ subject, intent, identities }: Envelope): Fact[] {
  const { git, repo, meta } = subject;
  return present([
    ['Repository', repo.name],
    ['URL', repo.url],
    ['Commit', git && markup`<code>${git.commit_sha}</code>`],
    ['Branch', git?.branch],
    ['Tag', git?.tag],
    ['Ref', git?.ref],
    ['Head', git?.head_sha && markup`<code>${git.head_sha}</code>`],
    ['Base', git?.base_sha && markup`<code>${git.base_sha}</code>`],
    ['Merge', git?.merge_sha && markup`<code>${git.merge_sha}</code>`],
    ['Tree', git?.tree_sha && markup`<code>${git.tree_sha}</code>`],
    [
      'Work tree',
      git && { true: 'differs from the commit', false: 'as in the commit', null: 'not known' }[`${git.dirty}`],
    ],
    ['Trigger', `${intent.trigger} (${intent.event})`],
    ['Actor', intent.actor],
    ['Made by', `${identities.producer.type} ${identities.producer.name ?? identities.producer.id}`],
    ['About', `${identities.subject.type} ${identities.subject.name ?? identities.subject.id}`],
    ...toPairs(meta, (name) => name),
  ]);
}

function toRunner({ runner_context: runner }: Envelope): Fact[] {
  return present([
    ['Runs as', runner.runner_type],
    ['System', `${runner.os} ${runner.arch}`],
    ['Release', runner.os_release],
    ['Image', runner.image],
    ['Processors', runner.cpu_count],
    ['Memory', runner.memory_bytes === null ? null : formatBytes(runner.memory_bytes)],
    ['Name', runner.runner_name],
    ['Hosting', runner.self_hosted === null ? null : runner.self_hosted ? 'self-hosted' : 'hosted by the forge'],
    ['Known from', runner.basis === 'oidc_verified' ? 'verified claims' : 'what the runner says of itself'],
    ...toPairs(runner.verified_claims ?? {}, (name) => name),
  ]);
}

function toPlan({ plan, producer, execution, events, run_id, sealed_at }: Envelope): Fact[] {
  return present([
    ['Manifest', plan.manifest_path],
    ['Its digest', makeDigest(plan.manifest_sha256)],
    ['Plan', makeDigest(plan.plan_hash)],
    ['Expected plan', plan.expected_plan_hash === undefined ? null : makeDigest(plan.expected_plan_hash)],
    ['Run', markup`<code>${run_id}</code>`],
    ['Started', execution.started_at],
    ['Finished', execution.finished_at],
    ['Sealed', sealed_at],
    ['Sealed by', `${producer.name} ${producer.version} (${producer.component})`],
    ['Run by', `${producer.worker.name} ${producer.worker.version}`],
    ['Program', producer.worker.dist_sha256 === null ? 'from source' : makeDigest(producer.worker.dist_sha256)],
    ['Events', `${events.emitted} emitted, ${events.dropped} dropped`],
  ]);
}

function toPairs(bag: Envelope['subject']['meta'], toName: (key: string) => string): Fact[] {
  const entries = Object.entries(bag);
  const left = entries.length - mostFacts;
  const facts = entries.slice(0, mostFacts).map(([key, value]): Fact => [toName(key), toValue(value)]);
  return left > 0 ? [...facts, ['…', `and ${left} more`]] : facts;
}

function toValue(value: Envelope['subject']['meta'][string]): string {
  if (typeof value !== 'object') return String(value);
  return Object.entries(value)
    .map(([key, inner]) => `${key}=${inner}`)
    .join(', ');
}

function present(facts: Fact[]): Fact[] {
  return facts.filter(([, value]) => value !== null && value !== undefined && value !== '');
}
