const names = new Set([
  'set-cookie',
  'set-cookie2',
  'cookie',
  'authorization',
  'proxy-authorization',
  'authentication-info',
  'proxy-authentication-info',
  'x-amz-security-token',
]);

/** Whether a header's value lets its holder in, whatever it looks like. */
export function isSecretHeader(name: string): boolean {
  return names.has(name.toLowerCase());
}
