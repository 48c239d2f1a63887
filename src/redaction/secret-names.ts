/** Words that make a name a secret's when they stand in it as whole words. */
const SECRET_WORDS = new Set(
  (
    'TOKEN SECRET SECRETS PASSWORD PASSWORDS PASSWD PASSPHRASE PASSCODE PWD PASS APIKEY CREDENTIAL CREDENTIALS CREDS CRED ' +
    'AUTH AUTHTOKEN BEARER COOKIE JWT PAT PRIVATEKEY WEBHOOK DSN'
  ).split(' '),
);
/** KEY alone says little (CACHE_KEY, PRIMARY_KEY): it counts behind one of these. */
const KEY_OWNERS = new Set(
  (
    'API ACCESS PRIVATE SECRET SIGNING SIGN ENCRYPTION ENCRYPT MASTER ACCOUNT SSH DEPLOY SERVICE SA GPG PGP RSA EC APP ADMIN ' +
    'LICENSE STORAGE SHARED HMAC SESSION JWT AUTH CLIENT GCP GOOGLE AWS AZURE OPENAI ANTHROPIC STRIPE SENDGRID DATADOG DD ' +
    'SENTRY WEBHOOK UPLOAD RELEASE STORE KEYSTORE AGE COSIGN SIGSTORE HOST TLS SSL CERT'
  ).split(' '),
);
/** A name that ends so tells about a secret and is none: TOKEN_URL, PASSWORD_FILE, AUTH_TYPE, TOKENS_PER_MINUTE. */
const DESCRIPTIONS = new Set(
  (
    'FILE PATH DIR NAME ID URI URL TYPE COUNT LENGTH SIZE LIMIT TTL EXPIRY EXPIRES EXPIRATION TIMEOUT MINUTE MINUTES SECONDS HOURS ' +
    'DAYS AGE ENABLED DISABLED REQUIRED HOST PORT SOCK SOCKET USER USERNAME EMAIL REGION VERSION MODE FORMAT HEADER PROVIDER ENDPOINT ' +
    'ISSUER AUDIENCE SCOPE SCOPES ALGORITHM ALG PREFIX SUFFIX REF ARN DOMAIN PROJECT METHOD STRATEGY BACKEND PLUGIN HELPER POLICY ' +
    'PUBLIC KEYID FINGERPRINT ASKPASS PROMPT STATUS'
  ).split(' '),
);

/**
 * Whether the name of an environment variable or of a JSON member says that its value is a secret. Whole words are
 * compared (`_`, `-`, `.` and camelCase divide them), so MONKEY is no KEY and TOKENS_PER_MINUTE no TOKEN.
 */
export function isSecretName(name: string): boolean {
  if (/^(?:OLD)?PWD$/i.test(name)) return false;
  const words = toWords(name);
  const last = words.at(-1);
  if (last === undefined || DESCRIPTIONS.has(last)) return false;
  if (words.some((word) => SECRET_WORDS.has(word))) return last !== 'PASS' || words.length > 1;
  return words.some((word, index) => word === 'KEY' && KEY_OWNERS.has(words[index - 1] ?? ''));
}

/** Whether a name says that its value describes something: an id, a file, an address. */
export function isDescription(name: string): boolean {
  return DESCRIPTIONS.has(toWords(name).at(-1) ?? '');
}

function toWords(name: string): string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.toUpperCase());
}
