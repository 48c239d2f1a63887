import type { RunnerContext } from '../schema/context.ts';
import type { GitReading } from './git.ts';
import type { Host } from './host.ts';

/** All that was read before anything is concluded from it. */
export type Surroundings = {
  env: Record<string, string>;
  git: GitReading;
  host: Host;
  /** Milliseconds since the epoch. */
  now: number;
};

/** What only the platform knows of its runner. */
export type RunnerClaims = Pick<RunnerContext, 'runner_type' | 'image' | 'runner_name' | 'self_hosted'>;

/** The runner's context; its toolchain is probed beside the steps and stays empty here. */
export function toRunnerContext(host: Host, claims: RunnerClaims): RunnerContext {
  return {
    runner_type: claims.runner_type,
    os: host.os,
    arch: host.arch,
    toolchain: {},
    os_release: host.osRelease,
    image: claims.image,
    cpu_count: host.cpuCount,
    memory_bytes: host.memoryBytes,
    runner_name: claims.runner_name,
    self_hosted: claims.self_hosted,
    basis: 'runner_asserted',
  };
}
