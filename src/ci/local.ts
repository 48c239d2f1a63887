import type { CiContext } from '../schema/context.ts';
import { toTimestamp } from '../lib/clock.ts';
import { parseRemote, toProvider } from './remote-url.ts';
import { toSubject } from './subject.ts';
import { type Surroundings, toRunnerContext } from './surroundings.ts';

/** The context of a run outside any forge: who sits where, and what git says. Nothing is asked of a network. */
export function toLocalContext({ host, git, now }: Surroundings): CiContext {
  const user = `${host.userName}@${host.hostName}`;
  const remote = parseRemote(git.state?.remoteUrl);
  const branch = git.state?.branch ?? null;
  const tags = git.state?.tags ?? [];
  const [tag = null] = tags;
  return {
    identities: {
      producer: { type: 'host', id: host.hostName },
      subject: { type: 'user', id: user, name: host.userName },
    },
    intent: { trigger: 'manual', event: 'local', actor: host.userName, requested_at: toTimestamp(now) },
    subject: toSubject(
      {
        source: 'local',
        repo: {
          url: remote?.url ?? null,
          name: remote?.name ?? null,
          provider: remote === null ? null : toProvider(remote.host),
        },
        sha: null,
        ref: toRef(branch, tag),
        branch,
        tag,
        headSha: null,
        baseSha: null,
        mergeSha: null,
        // Ref names hold no spaces.
        meta: { tags_at_head: tags.length > 1 ? tags.join(' ') : null },
      },
      git,
    ),
    runner_context: toRunnerContext(host, { runner_type: 'local', image: null, runner_name: null, self_hosted: null }),
  };
}

function toRef(branch: string | null, tag: string | null): string | null {
  if (branch !== null) return `refs/heads/${branch}`;
  return tag === null ? null : `refs/tags/${tag}`;
}
