import { BlockList, isIP } from 'node:net';

/**
 * Addresses that answer whoever runs on the machine with what it is and may do: link-local ones (RFC 3927, RFC 4291), where
 * clouds have their metadata services, and those metadata services that lie elsewhere.
 */
const refused = new BlockList();
refused.addSubnet('169.254.0.0', 16, 'ipv4');
refused.addSubnet('fe80::', 10, 'ipv6');
/** AWS over IPv6; Google over IPv6; Alibaba; Oracle; Azure's host agent. */
refused.addAddress('fd00:ec2::254', 'ipv6');
refused.addAddress('fd20:ce::254', 'ipv6');
refused.addAddress('100.100.100.200', 'ipv4');
refused.addAddress('192.0.0.192', 'ipv4');
refused.addAddress('168.63.129.16', 'ipv4');

const refusedNames = new Set([
  'metadata',
  'metadata.google.internal',
  'metadata.goog',
  'metadata.internal',
  'metadata.azure.internal',
  'metadata.tencentyun.com',
  'instance-data',
  'instance-data.ec2.internal',
]);

/** Whether an address is link-local or a cloud's metadata service, also when it is an IPv4 address inside an IPv6 one. */
export function isRefusedAddress(address: string): boolean {
  const [bare = ''] = address.split('%');
  const family = isIP(bare);
  if (family === 0) return false;
  if (family === 4) return refused.check(bare, 'ipv4');
  if (refused.check(bare, 'ipv6')) return true;
  return toEmbedded(bare).some((inner) => refused.check(inner, 'ipv4'));
}

/** Whether a host's name is a metadata service's. @param host as the URL standard writes it: lower case */
export function isRefusedName(host: string): boolean {
  return refusedNames.has(host.replace(/\.+$/, ''));
}

/**
 * The IPv4 addresses that an IPv6 address may stand for: mapped (RFC 4291), translated (RFC 6052, RFC 8215), compatible, and
 * 6to4 (RFC 3056).
 */
function toEmbedded(address: string): string[] {
  const groups = toGroups(address);
  const [a, b, c] = groups;
  const dotted = (high = 0, low = 0): string => [high >> 8, high & 255, low >> 8, low & 255].join('.');
  const last = dotted(groups[6], groups[7]);
  const found: string[] = [];
  const zeros = groups.slice(0, 5).every((group) => group === 0);
  if (zeros && (groups[5] === 0xffff || groups[5] === 0)) found.push(last);
  if (groups.slice(0, 4).every((group) => group === 0) && groups[4] === 0xffff) found.push(last);
  if (a === 0x64 && b === 0xff9b) found.push(last);
  if (a === 0x2002) found.push(dotted(b, c));
  return found;
}

/** The eight 16-bit groups of an IPv6 address. */
function toGroups(address: string): number[] {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  const [, start = '', ...bytes] = dotted ?? [];
  const [p = 0, q = 0, r = 0, s = 0] = bytes.map(Number);
  const text = dotted ? `${start}${((p << 8) | q).toString(16)}:${((r << 8) | s).toString(16)}` : address;
  const [head = '', tail] = text.split('::');
  const read = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const before = read(head);
  const after = tail === undefined ? [] : read(tail);
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => 0), ...after];
}
