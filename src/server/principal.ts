/** What a token or an OIDC identity may do. read: look; write: create and feed runs; decide: gates; metrics: GET /metrics; admin: all, of all. */
export type Scope = 'read' | 'write' | 'decide' | 'metrics' | 'admin';

/** Who asks, as src/server/auth makes it out of the request's credentials. */
export type Principal = {
  /** Stable and no secret: a token's name, `repo:acme/widgets` ... Kept beside what it creates. */
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
    (run.project !== null && (principal.projects ?? []).includes(run.project))
  );
}

/**
 * Whether it may feed and finalize a run. A token of the file stands for its repositories; an OIDC identity is one pipeline
 * of one, and what its runs are called verified by must not be written by another branch's.
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
