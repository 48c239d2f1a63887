/** What a token or an OIDC identity may do. read: look; write: create and feed runs; decide: gates; metrics: GET /metrics; admin: all, of all. */
export type Scope = 'read' | 'write' | 'decide' | 'metrics' | 'admin';

/** Who asks, as src/server/auth makes it out of the request's credentials. */
export type Principal = {
  /** Stable and no secret: `token:` and its name, or toOidcId(). Kept beside what it creates. */
  id: string;
  scopes: readonly Scope[];
  /** Repositories (subject.repo.name) whose runs it sees, whoever made them. Absent: only those it made itself. */
  projects?: readonly string[];
  /** What a CI's OIDC token said and was verified to say; absent for tokens of the file. */
  oidc?: VerifiedClaims;
};

/** The claims of a verified OIDC token that name the job, as texts. `kind`: whose names the claims bear. */
export type VerifiedClaims = {
  kind: 'github' | 'gitlab' | 'other';
  issuer: string;
  claims: Readonly<Record<string, string>>;
};

/** Whether a run is there at all for this principal: what it may not see is answered as not found. */
export function maySee(principal: Principal, run: { principal: string; project: string | null }): boolean {
  return (
    isAdmin(principal) ||
    run.principal === principal.id ||
    (run.project !== null &&
      (principal.projects ?? []).includes(run.project) &&
      isOfOneForge(principal.id, run.principal))
  );
}

/** The id of an OIDC identity: whose word it is, up to the first `#`, which no host or path holds; then its own ids. */
export function toOidcId(issuer: string, ids: readonly string[]): string {
  // Tenants of one host differ in the path.
  const { host, pathname } = new URL(issuer);
  return `${OIDC}${host}${pathname.replace(/\/$/, '')}#${ids.join(':')}`;
}

/** The issuer's part of an OIDC identity; null: a token of the file. */
export function toRealm(principalId: string): string | null {
  return principalId.startsWith(OIDC) ? principalId.slice(0, principalId.indexOf('#')) : null;
}

/** Of no token's name. */
export const OIDC = 'oidc:';

/** `acme/shop` of one forge is not that of another; the operator's own tokens name a repository of whichever forge. */
function isOfOneForge(one: string, other: string): boolean {
  const [realm, otherRealm] = [toRealm(one), toRealm(other)];
  return realm === null || otherRealm === null || realm === otherRealm;
}

/**
 * Whether it may add to what is to be sealed. What an OIDC identity made is called verified by it: no token of the file
 * adds to that, and it can't go on with it either (POST /v1/runs).
 */
export function mayFeed(principal: Principal, run: { principal: string; project: string | null }): boolean {
  return (
    mayWrite(principal, run) &&
    (isAdmin(principal) || run.principal === principal.id || toRealm(run.principal) === null)
  );
}

/**
 * Whether it may keep a run alive, cancel it and have it sealed. A token of the file stands for its repositories; an OIDC
 * identity is one pipeline of one, and what its runs are called verified by must not be written by another branch's.
 */
export function mayWrite(principal: Principal, run: { principal: string; project: string | null }): boolean {
  return (
    isAdmin(principal) ||
    run.principal === principal.id ||
    (run.project !== null && toWritableProjects(principal).includes(run.project))
  );
}

/** Repositories whose runs it may write to, whoever made them. */
export function toWritableProjects({ oidc, projects = [] }: Principal): readonly string[] {
  return oidc === undefined ? projects : [];
}

/** Whether it may do what a scope stands for. */
export function isAllowed({ scopes }: Principal, scope: Scope): boolean {
  return scopes.includes(scope) || scopes.includes('admin');
}

export function isAdmin({ scopes }: Principal): boolean {
  return scopes.includes('admin');
}
