import type { RelayAuth } from './relay/credentials.ts';
import type { RelayLimits } from './relay/relay-limits.ts';

/** A Quoderat server that seals a run in place of the worker, as an entry was told of it. */
export type ServerOptions = {
  /** Its address, which may have a path. https, but for a server on this machine. */
  url: string;
  auth: RelayAuth;
  /** The one key whose signature counts (SPKI PEM); without it those that the server itself publishes. */
  key?: string;
  /** PEM: trusted beside the CAs that Node trusts. */
  ca?: string;
  /** How long to wait for the server once the steps are over. */
  timeoutMs?: number;
  /** Takes plain HTTP from other machines too: for tests behind closed doors. */
  allowInsecure?: boolean;
  /** Tighter bounds, for tests. */
  limits?: Partial<RelayLimits>;
};
