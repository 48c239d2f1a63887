import { CanonicalError, toCanonicalJson } from '../lib/canonical.ts';
import { parseJsonPath } from '../lib/json-path.ts';
import { isReservedEnvName } from '../lib/reserved-env.ts';
import type { Check } from './checks.ts';
import { quote } from './fault.ts';
import { asMapping } from './select.ts';

/** An address that can be asked: http or https, and nothing secret in it. */
export const probeUrl: Check = (value) => {
  if (typeof value !== 'string' || value === '' || value.includes('${{')) return undefined;
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null || !/^https?:\/\//i.test(value))
    return { message: `${quote(value)} is no address`, hint: 'write http://HOST:PORT/PATH' };
  if (url.username !== '' || url.password !== '')
    return {
      message: 'an address with a user name or password would be recorded with it',
      hint: 'send it with headers_from_env or bearer_from_env',
    };
  return undefined;
};

/** `${{` in what a probe sends: nothing is put into it. */
export const probeInterpolation: Check = (value) =>
  typeof value === 'string' && value.includes('${{')
    ? {
        message: '"${{" is never filled in here: what a probe sends is recorded',
        hint: 'take the value of a header from a variable with headers_from_env',
      }
    : undefined;

/** RFC 9110, section 5.5, in the part that every server reads in the same way. */
export const headerValue: Check = (value) =>
  typeof value === 'string' && !/^[\t\x20-\x7e]*$/.test(value)
    ? "a header's value is one line of printable ASCII"
    : undefined;

/** Headers that say how the message is framed are the client's own. */
export const headerName: Check = (_value, { key }) =>
  ['connection', 'content-length', 'transfer-encoding', 'upgrade', 'expect', 'te', 'trailer', 'keep-alive'].includes(
    String(key).toLowerCase(),
  )
    ? { message: `${String(key)} is set by Quoderat itself`, at: 'key' }
    : undefined;

/** A header is given once, whatever its case and wherever its value comes from. */
export const distinctHeaders: Check = (value) => {
  const request = asMapping(value);
  if (request === undefined) return undefined;
  const seen = new Set(Object.hasOwn(request, 'bearer_from_env') ? ['authorization'] : []);
  for (const where of ['headers', 'headers_from_env']) {
    for (const name of Object.keys(asMapping(request[where]) ?? {})) {
      if (seen.has(name.toLowerCase()))
        return { message: `the header ${quote(name)} is given twice`, below: [where, name] };
      seen.add(name.toLowerCase());
    }
  }
  return undefined;
};

/** The runner's own credentials are for the runner's own servers. */
export const sendableName: Check = (value) =>
  typeof value === 'string' && isReservedEnvName(value)
    ? { message: `${value} belongs to the runner or to Quoderat and is never sent anywhere` }
    : undefined;

export const jsonPath: Check = (value) =>
  typeof value === 'string' && value !== '' && parseJsonPath(value) === undefined
    ? { message: `${quote(value)} names no single place`, hint: 'write it as $.items[0].name or $["a key"]' }
    : undefined;

/** What is compared with must survive being written down. */
export const exactJson: Check = (value) => {
  try {
    if (value !== undefined) toCanonicalJson(value);
    return undefined;
  } catch (error) {
    if (!(error instanceof CanonicalError)) throw error;
    return error.code === 'unsafe_number' ? 'holds a number that JSON cannot carry exactly' : error.message;
  }
};

/** One way to find out whether a service is ready. */
export const oneReadyCheck: Check = (value) => {
  const ready = asMapping(value);
  if (ready === undefined) return undefined;
  const given = ['http', 'port', 'log'].filter((name) => Object.hasOwn(ready, name));
  if (given.length === 1) return undefined;
  return given.length === 0
    ? { message: 'it does not say when the service is ready', hint: 'give it one of http, port and log' }
    : { message: `${given.map((name) => `\`${name}\``).join(' and ')} are both given`, hint: 'keep one of them' };
};
