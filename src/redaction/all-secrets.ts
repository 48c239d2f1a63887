import { collectSecrets, type SkippedSecret } from './secrets.ts';
import type { NamedSecret } from './types.ts';

/**
 * What must not appear, from several environments: the runner's, and what the manifest sets for each step. A declared
 * name counts where it is set; it is missing only when it is set nowhere.
 */
export function collectAllSecrets(
  environments: Record<string, string>[],
  declared: string[],
): { secrets: NamedSecret[]; skipped: SkippedSecret[] } {
  const isSet = (name: string): boolean => environments.some((env) => Boolean(env[name]));
  const sources = environments.map((env) => {
    return collectSecrets(
      env,
      declared.filter((name) => Boolean(env[name]) || !isSet(name)),
    );
  });
  const secrets = new Map(
    sources.flatMap((source) => source.secrets).map((secret) => [`${secret.name}=${secret.value}`, secret]),
  );
  const skipped = new Map(sources.flatMap((source) => source.skipped).map((entry) => [entry.name, entry]));
  return { secrets: [...secrets.values()], skipped: [...skipped.values()] };
}
