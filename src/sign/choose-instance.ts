import { SignError } from './errors.ts';
import type { TokenClaims } from './identity-token.ts';
import {
  applyOverrides,
  type InstanceOverrides,
  publicGood,
  type SigstoreInstance,
  toGithubInstance,
} from './instance.ts';

export type Choice = {
  instance: SigstoreInstance;
  /**
   * Why nobody should be signed for there unasked: the project is not public, or may not be, and the log is. Its entry
   * names the project, the branch and the pipeline for ever.
   */
  exposure: string | undefined;
};

/**
 * The Sigstore instance for whoever a token names: what was named by hand; on GitHub the public one for public
 * repositories and GitHub's own for others, as actions/attest chooses; everywhere else the public one.
 * @param env of the runner
 * @param knownVisibility of the project, by the forge's event, where the token does not tell
 * @throws SignError bad_instance
 */
export function chooseInstance(
  claims: TokenClaims,
  env: Record<string, string>,
  { overrides, knownVisibility }: { overrides: InstanceOverrides; knownVisibility?: string | undefined },
): Choice {
  const instance = applyOverrides(publicGood, overrides);
  if (instance !== publicGood) return { instance, exposure: undefined };
  const visibility = claims.visibility ?? knownVisibility ?? env['CI_PROJECT_VISIBILITY'];
  if (visibility === 'public') return { instance: publicGood, exposure: undefined };
  if (env['GITHUB_ACTIONS'] === 'true' && !env['SIGSTORE_ID_TOKEN']?.trim())
    return { instance: toGithubInstance(assertHosted(env)), exposure: undefined };
  return {
    instance: publicGood,
    exposure: `signing would put the name of a project that is ${visibility ?? 'perhaps not public'} into Sigstore's public log`,
  };
}

/**
 * Whose root of trust checks a signature: of the public instance, of GitHub's (which alone has no log), or of one that
 * was named by hand.
 */
export type InstanceOwner = 'public' | 'github' | 'own';

export function toInstanceOwner(overrides: InstanceOverrides, isLogged: boolean): InstanceOwner {
  if (Object.values(overrides).some((url) => url !== undefined)) return 'own';
  return isLogged ? 'public' : 'github';
}

/** The addresses that these variables name; the action has inputs for them. */
export function readOverrides(env: Record<string, string>): InstanceOverrides {
  const read = (name: string): string | undefined => env[name]?.trim() || undefined;
  return {
    fulcioUrl: read('QUODERAT_SIGSTORE_FULCIO_URL'),
    rekorUrl: read('QUODERAT_SIGSTORE_REKOR_URL'),
    tsaUrl: read('QUODERAT_SIGSTORE_TSA_URL'),
  };
}

/** GitHub Enterprise Server has no Sigstore instance, and the public one does not trust its tokens. */
function assertHosted(env: Record<string, string>): string {
  const server = env['GITHUB_SERVER_URL'] || 'https://github.com';
  const host = URL.canParse(server) ? new URL(server).hostname : '';
  if (host === 'github.com' || host.endsWith('.ghe.com')) return server;
  throw new SignError(
    'bad_instance',
    `${host || 'this GitHub server'} has no Sigstore instance; name the Fulcio URL of your own`,
  );
}
