import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A certificate of loopback that nobody has signed but itself, as files `name`.pem and `name`-key.pem in `dir`. */
export function makeCertificate(dir: string, name = 'tls'): { certPath: string; tls: { key: string; cert: string } } {
  const [keyPath, certPath] = [join(dir, `${name}-key.pem`), join(dir, `${name}.pem`)];
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'];
  execFileSync('openssl', [...request, '-keyout', keyPath, '-out', certPath, ...subject], { stdio: 'ignore' });
  return { certPath, tls: { key: readFileSync(keyPath, 'utf8'), cert: readFileSync(certPath, 'utf8') } };
}
