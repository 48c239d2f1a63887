import * as z from 'zod';
import type { Scope } from '../principal.ts';
import { AuthConfigError } from './errors.ts';

const scope = z.enum(['read', 'write', 'decide', 'metrics', 'admin'] satisfies Scope[]);
const httpsUrl = z.string().refine(isSafeUrl, 'must be an https:// address (http:// only on this machine)');
const claimValue = z.union([z.string(), z.int(), z.boolean()]);

/** Claims that name who may; every one that is listed must hold, each by one of its values. Compared as texts. */
const condition = z.record(z.string(), z.union([claimValue, z.array(claimValue).min(1)]));

/**
 * The names of what decides are ids, which are never given to anyone else: an owner's or repository's name is free again
 * once it was renamed or deleted. `sub` has several forms (GitHub changed it in 2026) and is no condition.
 */
const DECIDING: Record<'github' | 'gitlab', readonly string[]> = {
  github: ['repository_id', 'repository_owner_id', 'enterprise_id'],
  gitlab: ['job_project_id', 'project_id', 'namespace_id', 'user_id'],
};

const issuer = z
  .strictObject({
    kind: z.enum(['github', 'gitlab', 'other']),
    /** `iss` of its tokens, to the letter. */
    issuer: httpsUrl,
    /** `aud` that its tokens must have: the server's own address is a good one, never another service's. */
    audience: z.string().min(1),
    /** Where its keys are; by default asked of the issuer (OpenID Connect Discovery). */
    jwks_uri: httpsUrl.optional(),
    algorithms: z
      .array(z.enum(['RS256', 'RS384', 'RS512', 'PS256', 'ES256', 'ES384', 'EdDSA']))
      .min(1)
      .default(['RS256', 'ES256']),
    clock_tolerance_s: z.int().min(0).max(300).default(30),
    /** Since it was issued; a GitLab token lives as long as its job may. */
    max_token_age_s: z.int().min(60).max(86_400).default(21_600),
    /** The first that fits decides what its bearer may do. */
    allow: z.array(z.strictObject({ when: condition, scopes: z.array(scope).min(1) })).min(1),
    /** kind other: the claims that name the repository and the job. */
    claims: z.strictObject({ project: z.string(), id: z.array(z.string()).min(1) }).optional(),
  })
  .check((context) => {
    const { kind, allow, claims } = context.value;
    if (kind === 'other') {
      if (claims === undefined)
        context.issues.push({ code: 'custom', input: context.value, path: ['claims'], message: 'kind other needs it' });
      return;
    }
    for (const [index, { when }] of allow.entries()) {
      if (!DECIDING[kind].some((name) => when[name] !== undefined))
        context.issues.push({
          code: 'custom',
          input: when,
          path: ['allow', index, 'when'],
          message: `must name one of ${DECIDING[kind].join(', ')}: without it every repository of the forge could write here`,
        });
    }
  });
export type Issuer = z.infer<typeof issuer>;

const issuerList = z.strictObject({ issuers: z.array(issuer).max(50) });

/** The issuers whose tokens are taken, from the text of a JSON file. @throws AuthConfigError with every fault's place */
export function parseIssuers(text: string): Issuer[] {
  const result = issuerList.safeParse(parseJson(text));
  if (!result.success) {
    const faults = result.error.issues.map(({ path, message }) => `/${path.map(String).join('/')}: ${message}`);
    throw new AuthConfigError('malformed', `the list of OIDC issuers: ${faults.slice(0, 10).join('; ')}`);
  }
  const { issuers } = result.data;
  const names = issuers.map(({ issuer: name }) => name);
  if (new Set(names).size < names.length)
    throw new AuthConfigError('malformed', 'the list of OIDC issuers names one of them twice');
  return issuers;
}

/** Whether claims of a verified token meet a condition. */
export function meets(claims: Readonly<Record<string, string>>, when: z.infer<typeof condition>): boolean {
  return Object.entries(when).every(([name, wanted]) => {
    const found = Object.hasOwn(claims, name) ? claims[name] : undefined;
    return found !== undefined && [wanted].flat().some((value) => String(value) === found);
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AuthConfigError('malformed', 'the list of OIDC issuers is no JSON', { cause: error });
  }
}

/** Keys that came over plain http could be anyone's. */
function isSafeUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '') return false;
  if (url.protocol === 'https:') return true;
  return url.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
}
