import { BlockList, isIP } from 'node:net';
import { CodedError } from '../../lib/errors.ts';

/** A list of proxies that can't be used. */
export class ProxyListError extends CodedError<'malformed'> {}

/** Whether an address is a proxy's whose word is believed. */
export type IsTrusted = (address: string) => boolean;

/**
 * The proxies of a list of addresses and networks (`10.0.0.0/8`, `fd00::/8`, `127.0.0.1`).
 * @throws ProxyListError that names the entry which is neither
 */
export function parseProxies(entries: readonly string[]): IsTrusted {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', bits] = entry.split('/');
    const version = isIP(address);
    const most = version === 4 ? 32 : 128;
    if (version === 0 || (bits !== undefined && (!/^\d{1,3}$/.test(bits) || Number(bits) > most)))
      throw new ProxyListError(
        'malformed',
        `QUODERAT_TRUSTED_PROXIES: ${JSON.stringify(entry)} is no IP address or network (10.0.0.0/8)`,
      );
    list.addSubnet(address, bits === undefined ? most : Number(bits), version === 4 ? 'ipv4' : 'ipv6');
  }
  return (address) => isIP(address) !== 0 && list.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');
}

/**
 * Whose request it is, by address: the peer of the connection, or, when that is a proxy of ours, the last one in
 * X-Forwarded-For that is none: what stands before it anyone may have written.
 * @returns an IPv4 address, or the /64 of an IPv6 one: whoever has one has 2^64 of them
 */
export function toClientKey(peer: string | undefined, forwarded: string | undefined, isTrusted: IsTrusted): string {
  const told = (forwarded ?? '').split(',').map((hop) => unmap(hop.trim()));
  const path = [...told, unmap(peer ?? '')];
  let address = path.pop() ?? '';
  while (isTrusted(address) && isIP(path.at(-1) ?? '') !== 0) address = path.pop() ?? '';
  return isIP(address) === 6 ? `${toPrefix(address)}::/64` : address;
}

/** A socket that takes both kinds shows IPv4 as `::ffff:10.0.0.1`. */
function unmap(address: string): string {
  return /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(address)?.[1] ?? address;
}

/** The first four groups, zeros written out. */
function toPrefix(address: string): string {
  const [head = '', tail = ''] = (address.split('%')[0] ?? '').split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === '' ? [] : tail.split(':');
  const zeros = address.includes('::') ? Array.from({ length: 8 - front.length - back.length }, () => '0') : [];
  return [...front, ...zeros, ...back]
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':');
}
