import { isCommandBefore, narrowAssignment, narrowLoose, narrowRandom } from './judge.ts';
import type { Anchor, Shape } from './shape.ts';

const DIGITS = '0123456789';
const HEX = `${DIGITS}abcdef`;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const ALNUM = LETTERS + LETTERS.toUpperCase() + DIGITS;
const WORD = `${ALNUM}_-`;
const PRINTABLE = Array.from({ length: 94 }, (_, index) => String.fromCharCode(0x21 + index)).join('');

/** Group: an optional quote as it stands in text, in a JSON string, or in a JSON string inside a JSON string. */
const QUOTE = String.raw`(?:\\{0,3}["'\x60])?`;
/** The words that name a credential when they end a key. */
const KEY_WORD =
  'pass(?:word|wd|phrase|code)|_pass|pwd|secret(?:[_-]?(?:access[_-]?)?key)?|token|' +
  '(?:api|access|private|encryption|signing|account|shared[_-]?access|master|auth|license)[_-]?key|credentials?|_auth';
const SPACE = String.raw`[ \t]`;
/** Between key and value: `=`, `:`, `=>`, `:=`, the end of an XML start tag, or a space after a `--flag`. */
const OPERATOR = `(?:${SPACE}{0,8}(?:=>|:=|={1,3}|:)${SPACE}{0,8}|>|(?<=(?<![\\w-])--?[\\w-]{0,64})${SPACE}{1,4}(?!-))`;
/** A value in escaped quotes, in quotes, or bare. Quotes that never close end with the line. */
const VALUE =
  String.raw`(?:\\{1,3}["']([^"'\\\r\n]{1,1024})|"((?:\\[^\r\n]|[^"\\\r\n]){1,1024})|'((?:\\[^\r\n]|[^'\\\r\n]){1,1024})|` +
  String.raw`\x60([^\x60\r\n]{1,1024})|((?:[^\s"'\x60,;&<]|<(?![/!?A-Za-z])|,(?=[^\s"'\x60,])){1,1024}))`;

/** What can come after a key word for its value to be one; most words in prose end here. */
const AFTER_KEY = '=:>"\'`\\] \t';
const KEY_ANCHORS: Anchor[] = (
  'password passwd passphrase passcode token credential credentials _auth _pass apikey accesskey privatekey encryptionkey ' +
  'signingkey accountkey masterkey authkey licensekey sharedaccesskey api_key api-key access_key access-key private_key ' +
  'private-key encryption_key encryption-key signing_key signing-key account_key account-key master_key master-key auth_key ' +
  'auth-key license_key license-key'
)
  .split(' ')
  .map((text) => ({ text, followedBy: AFTER_KEY }));

/**
 * The credential shapes that are always masked. Sources: the token formats that the issuers document and the shapes
 * that secret scanners look for. Order matters where two shapes begin at the same byte: the first gives the name.
 */
export const SHAPES: Shape[] = [
  {
    id: 'private-key',
    anchors: ['-----BEGIN '],
    pattern: /-----BEGIN (?:[A-Z0-9]{1,16} ){0,4}PRIVATE KEY(?: BLOCK)?-----/y,
    opensBlock: true,
  },
  // RFC 7519 and 7516: header and payload or key, then signature or more. The header is JSON, hence `eyJ`.
  {
    id: 'jwt',
    anchors: [{ text: 'eyJ', followedBy: WORD }],
    pattern: /(?<![\w-])eyJ[\w-]{8,2048}\.[\w-]{8,8192}(?:\.[\w-]{0,1024}){0,3}/y,
  },
  {
    id: 'aws-access-key-id',
    anchors: ['AKIA', 'ASIA', 'ABIA', 'ACCA'].map((text) => ({ text, followedBy: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567' })),
    pattern: /(?<![A-Za-z0-9])A(?:KI|SI|BI|CC)A[A-Z0-9]{16}(?![A-Za-z0-9])/y,
  },
  {
    id: 'github-token',
    anchors: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'].map((text) => ({ text, followedBy: ALNUM })),
    pattern: /(?<![A-Za-z0-9])gh[pousr]_[A-Za-z0-9]{20,255}(?:[._-][\w-]{1,1024}){0,3}/y,
  },
  { id: 'github-token', anchors: ['github_pat_'], pattern: /github_pat_\w{22,255}/y },
  {
    id: 'gitlab-token',
    anchors: [
      'glpat-',
      'glrt-',
      'gldt-',
      'glcbt-',
      'glptt-',
      'glft-',
      'glsoat-',
      'gloas-',
      'glimt-',
      'glagent-',
      'glffct-',
      'glwt-',
    ],
    pattern: /(?<![A-Za-z0-9])gl[a-z]{2,6}-[\w-]{16,300}(?:\.[\w-]{2,64}){0,3}/y,
  },
  { id: 'gitlab-token', anchors: ['GR1348941'], pattern: /GR1348941[\w-]{20,64}/y },
  {
    id: 'slack-token',
    anchors: Array.from('abeoprs', (kind) => `xox${kind}-`).concat('xapp-', 'xoxe.'),
    pattern: /(?<![A-Za-z0-9])(?:xox[abeoprs]|xapp|xoxe\.xox[bp])-[A-Za-z0-9-]{10,255}/y,
  },
  {
    id: 'slack-webhook',
    anchors: ['hooks.slack.com/'],
    pattern: /hooks\.slack\.com\/(?:services|workflows|triggers)\/([\w/+-]{20,200})/y,
  },
  {
    id: 'discord-webhook',
    anchors: ['/api/webhooks/'],
    pattern: /\/api\/webhooks\/\d{10,24}\/([\w-]{30,128})/y,
  },
  {
    id: 'stripe-key',
    anchors: ['sk_live_', 'rk_live_', 'sk_test_', 'rk_test_', 'whsec_'],
    pattern: /(?<![A-Za-z0-9])(?:[sr]k_(?:live|test)_|whsec_)[A-Za-z0-9+/=]{10,255}/y,
  },
  { id: 'google-api-key', anchors: [{ text: 'AIza', followedBy: WORD }], pattern: /(?<![\w-])AIza[\w-]{35}/y },
  {
    id: 'google-oauth',
    anchors: ['ya29.', 'GOCSPX-'],
    pattern: /(?<![\w-])(?:ya29\.|GOCSPX-)[\w-]{20,1024}(?:\.[\w-]{1,64}){0,2}/y,
  },
  {
    id: 'npm-token',
    anchors: [{ text: 'npm_', followedBy: ALNUM }],
    pattern: /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{30,64}/y,
  },
  { id: 'pypi-token', anchors: ['pypi-AgE'], pattern: /pypi-AgE[\w-]{40,512}/y },
  { id: 'rubygems-key', anchors: ['rubygems_'], pattern: /rubygems_[a-f0-9]{48}/y },
  { id: 'anthropic-key', anchors: ['sk-ant-'], pattern: /(?<![A-Za-z0-9])sk-ant-[\w-]{16,255}/y },
  {
    id: 'openai-key',
    anchors: [{ text: 'sk-', followedBy: WORD }],
    pattern: /(?<![\w-])sk-(?:(?:proj|svcacct|admin|service|or-v1)-[\w-]{20,255}|[A-Za-z0-9]{32,128}(?![\w-]))/y,
  },
  {
    id: 'huggingface-token',
    anchors: [{ text: 'hf_', followedBy: ALNUM }],
    pattern: /(?<![A-Za-z0-9_])hf_[A-Za-z]{30,64}(?![A-Za-z0-9_])/y,
  },
  {
    id: 'azure-storage-key',
    anchors: ['accountkey=', 'sharedaccesskey='],
    ignoreCase: true,
    pattern: /(?:account|sharedaccess)key=([A-Za-z0-9+/]{20,172}={0,2})/iy,
  },
  {
    id: 'azure-sas',
    anchors: ['?sig=', '&sig='],
    pattern: /[?&]sig=([A-Za-z0-9%+/_-]{30,256}={0,2})/y,
  },
  {
    id: 'sendgrid-key',
    anchors: [{ text: 'SG.', followedBy: WORD }],
    pattern: /(?<![\w-])SG\.[\w-]{16,32}\.[\w-]{16,64}/y,
  },
  {
    id: 'twilio-key',
    anchors: [{ text: 'SK', followedBy: HEX }],
    pattern: /(?<![A-Za-z0-9])SK[0-9a-f]{32}(?![A-Za-z0-9])/y,
  },
  {
    id: 'twilio-auth-token',
    anchors: ['twilio'],
    ignoreCase: true,
    pattern: /twilio[^\r\n]{0,60}?(?<![A-Za-z0-9])([0-9a-f]{32})(?![A-Za-z0-9])/iy,
  },
  {
    id: 'digitalocean-token',
    anchors: ['dop_v1_', 'doo_v1_', 'dor_v1_'],
    pattern: /(?<![A-Za-z0-9])do[por]_v1_[a-f0-9]{64}/y,
  },
  {
    id: 'vault-token',
    anchors: ['hvs', 'hvb', 'hvr'].map((text) => ({ text: `${text}.`, followedBy: WORD })),
    pattern: /(?<![A-Za-z0-9])hv[sbr]\.[\w-]{20,512}/y,
  },
  { id: 'terraform-token', anchors: ['.atlasv1.'], pattern: /\.atlasv1\.([\w-]{40,128})/y },
  { id: 'docker-token', anchors: ['dckr_pat_', 'dckr_oat_'], pattern: /dckr_[po]at_[\w-]{20,128}/y },
  { id: 'age-secret-key', anchors: ['AGE-SECRET-KEY-1'], pattern: /AGE-SECRET-KEY-1[A-Z0-9]{58}/y },
  {
    id: 'shopify-token',
    anchors: ['shpat_', 'shpss_', 'shpca_', 'shppa_'],
    pattern: /shp(?:at|ss|ca|pa)_[a-fA-F0-9]{32}/y,
  },
  {
    id: 'grafana-token',
    anchors: ['glsa_', 'glc_e'],
    pattern: /(?<![A-Za-z0-9])(?:glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}|glc_eyJ[\w+/=-]{20,400})/y,
  },
  { id: 'linear-key', anchors: ['lin_api_'], pattern: /lin_api_[A-Za-z0-9]{32,64}/y },
  // RFC 9110, 11.6.2 and 11.7.2, as headers, object members and curl arguments print them.
  {
    id: 'authorization',
    anchors: ['authorization'],
    ignoreCase: true,
    pattern: new RegExp(
      `authorization${QUOTE}${SPACE}{0,4}[:=]${SPACE}{0,4}${QUOTE}` +
        `(?:(?:bearer|basic|token|digest|negotiate|apikey|ntlm|key|bot|dpop)${SPACE}{1,4})?` +
        String.raw`([^\s"'\x60,;<>\\]{4,8192}(?:,? ?(?:Credential|SignedHeaders|Signature|response|nonce|username)=(?:"[^"\r\n]{1,512}"|[^\s"'<>]{1,512})){0,8})`,
      'iy',
    ),
    narrow: narrowLoose,
  },
  {
    id: 'bearer-token',
    anchors: ['bearer '],
    ignoreCase: true,
    pattern: /(?<![\w-])bearer {1,4}([\w.~+/-]{8,8192}={0,2})/iy,
    narrow: narrowRandom,
  },
  {
    id: 'cookie',
    anchors: ['cookie'],
    ignoreCase: true,
    pattern: new RegExp(
      `cookie2?${QUOTE}${SPACE}{0,4}[:=]${SPACE}{0,4}${QUOTE}` +
        String.raw`((?:[\w!#$%&*+.^|~-]{1,128}=[^\s"'\\;,<]{1,4096}(?:; ?)?)(?:[\w!#$%&*+.^|~-]{1,128}=[^\s"'\\;,<]{0,1024}(?:; ?)?){0,6})`,
      'iy',
    ),
  },
  // RFC 3986, 3.2.1: the password in user information. It may hold an unescaped "@": the last one before the path counts.
  {
    id: 'url-password',
    anchors: [{ text: '://', precededBy: ALNUM, followedBy: PRINTABLE }],
    pattern: /:\/\/[^\s/?#:@"'<>]{0,255}:([^\s/?#"'<>]{1,512})(?=@)/y,
    narrow: narrowLoose,
  },
  {
    id: 'docker-auth',
    anchors: ['"auth"', '"identitytoken"'],
    pattern: /"(?:auth|identitytoken)"\s{0,4}:\s{0,4}"([A-Za-z0-9+/=_.-]{8,4096})/y,
  },
  {
    id: 'curl-user',
    anchors: [{ text: ' -u ', followedBy: PRINTABLE }, ' --user ', ' --user='],
    pattern: /(?: -u | --user[ =])["']?[^\s:"']{1,128}:((?:[^\s"'<]|<(?![/!?A-Za-z])){1,256})/y,
    narrow: (text, start, end) => (isCommandBefore(text, start, 'curl') ? narrowLoose(text, start, end) : -1),
  },
  {
    id: 'cli-password',
    anchors: [{ text: ' -p ', followedBy: PRINTABLE }],
    pattern: / -p ["']?([^\s"'<-](?:[^\s"'<]|<(?![/!?A-Za-z])){2,256})/y,
    narrow: (text, start, end) =>
      ['login', 'sshpass'].some((command) => isCommandBefore(text, start, command))
        ? narrowLoose(text, start, end)
        : -1,
  },
  {
    id: 'cli-password',
    anchors: ['mysql', 'sshpass', 'mariadb'],
    pattern:
      /(?:mysql|mariadb|sshpass)[\w-]{0,16}(?: [^\s|;&]{1,80}){0,6}? -p["']?((?:[^\s"'<]|<(?![/!?A-Za-z])){3,256})/y,
    narrow: narrowLoose,
  },
  // machine example.com login name password value
  {
    id: 'netrc',
    anchors: ['password '],
    pattern: /(?<=\blogin[ \t]{1,4}[^\s]{1,128}[ \t]{1,4})password[ \t]{1,4}([^\s"'<>]{1,256})/y,
    narrow: narrowLoose,
  },
  {
    id: 'credential-assignment',
    anchors: [
      ...KEY_ANCHORS,
      { text: 'secret', followedBy: `${AFTER_KEY}_-aAkK` },
      { text: 'pwd', followedBy: AFTER_KEY },
    ],
    ignoreCase: true,
    pattern: new RegExp(String.raw`(?:${KEY_WORD})(?:\\{0,3}["'\x60]\]?|\])?${OPERATOR}${VALUE}`, 'iy'),
    narrow: narrowAssignment,
  },
];
