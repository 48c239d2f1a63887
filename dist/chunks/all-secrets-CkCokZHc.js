import { n as MOST_VALUE } from "./redactor-DxqgV4tr.js";

// src/redaction/secret-names.ts
/** Words that make a name a secret's when they stand in it as whole words. */
const SECRET_WORDS = new Set("TOKEN SECRET SECRETS PASSWORD PASSWORDS PASSWD PASSPHRASE PASSCODE PWD PASS APIKEY CREDENTIAL CREDENTIALS CREDS CRED AUTH AUTHTOKEN BEARER COOKIE JWT PAT PRIVATEKEY WEBHOOK DSN".split(" "));
/** KEY alone says little (CACHE_KEY, PRIMARY_KEY): it counts behind one of these. */
const KEY_OWNERS = new Set("API ACCESS PRIVATE SECRET SIGNING SIGN ENCRYPTION ENCRYPT MASTER ACCOUNT SSH DEPLOY SERVICE SA GPG PGP RSA EC APP ADMIN LICENSE STORAGE SHARED HMAC SESSION JWT AUTH CLIENT GCP GOOGLE AWS AZURE OPENAI ANTHROPIC STRIPE SENDGRID DATADOG DD SENTRY WEBHOOK UPLOAD RELEASE STORE KEYSTORE AGE COSIGN SIGSTORE HOST TLS SSL CERT".split(" "));
/** A name that ends so tells about a secret and is none: TOKEN_URL, PASSWORD_FILE, AUTH_TYPE, TOKENS_PER_MINUTE. */
const DESCRIPTIONS = new Set("FILE PATH DIR NAME ID URI URL TYPE COUNT LENGTH SIZE LIMIT TTL EXPIRY EXPIRES EXPIRATION TIMEOUT MINUTE MINUTES SECONDS HOURS DAYS AGE ENABLED DISABLED REQUIRED HOST PORT SOCK SOCKET USER USERNAME EMAIL REGION VERSION MODE FORMAT HEADER PROVIDER ENDPOINT ISSUER AUDIENCE SCOPE SCOPES ALGORITHM ALG PREFIX SUFFIX REF ARN DOMAIN PROJECT METHOD STRATEGY BACKEND PLUGIN HELPER POLICY PUBLIC KEYID FINGERPRINT ASKPASS PROMPT STATUS".split(" "));
/**
* Whether the name of an environment variable or of a JSON member says that its value is a secret. Whole words are
* compared (`_`, `-`, `.` and camelCase divide them), so MONKEY is no KEY and TOKENS_PER_MINUTE no TOKEN.
*/
function isSecretName(name) {
	if (/^(?:OLD)?PWD$/i.test(name)) return false;
	const words = toWords(name);
	const last = words.at(-1);
	if (last === void 0 || DESCRIPTIONS.has(last)) return false;
	if (words.some((word) => SECRET_WORDS.has(word))) return last !== "PASS" || words.length > 1;
	return words.some((word, index) => word === "KEY" && KEY_OWNERS.has(words[index - 1] ?? ""));
}
/** Whether a name says that its value describes something: an id, a file, an address. */
function isDescription(name) {
	return DESCRIPTIONS.has(toWords(name).at(-1) ?? "");
}
function toWords(name) {
	return name.replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2").split(/[^A-Za-z0-9]+/).filter((word) => word !== "").map((word) => word.toUpperCase());
}

// src/redaction/json-secrets.ts
/** Nesting and number of leaves that are looked at. */
const MOST_DEPTH = 16;
const MOST_LEAVES = 1e3;
const LEAST_LEAF = 8;
/**
* The secret strings of a credential blob (a service account file, a docker config, `az` or `aws` output). A leaf counts
* when its member's name says so, or when it looks generated: 16 characters or more of mixed kinds, no address, no path.
* Members that describe (`type`, `project_id`, `client_email`, `token_uri`, `clientId`) do not count, nor do URLs.
* @returns an empty list for a text that is no JSON object or array
*/
function toJsonSecrets(name, text) {
	const start = text.trimStart().charAt(0);
	if (start !== "{" && start !== "[") return [];
	let root;
	try {
		root = JSON.parse(text);
	} catch {
		return [];
	}
	const found = [];
	collect(root, name, "", 0, found);
	return found;
}
function collect(value, name, key, depth, found) {
	if (found.length >= MOST_LEAVES || depth > MOST_DEPTH) return;
	if (typeof value === "string") {
		if (isSecretLeaf(key, value)) found.push({
			name,
			value
		}, ...toBasicPassword(name, key, value));
	} else if (Array.isArray(value)) for (const item of value) collect(item, name, key, depth + 1, found);
	else if (typeof value === "object" && value !== null) for (const [member, item] of Object.entries(value)) collect(item, `${name}.${toPlain(member)}`, member, depth + 1, found);
}
function isSecretLeaf(key, value) {
	if (isDescription(key) || value.length < LEAST_LEAF) return false;
	if (/^[a-z][a-z0-9+.-]*:\/\/[^@]*$/i.test(value)) return false;
	if (isSecretName(key) || value.startsWith("-----BEGIN ")) return true;
	return /^[^\s@]{16,}$/.test(value) && /\d/.test(value) && /[A-Za-z]/.test(value) && !/^[\w-]+(?:\.[\w-]+)+$|^[~.]{0,2}\//.test(value);
}
/** The `auth` of a docker config is base64 of `user:password`. */
function toBasicPassword(name, key, value) {
	if (key !== "auth" || !/^[A-Za-z0-9+/]+={0,2}$/.test(value)) return [];
	const [, password = ""] = /^[^:\x00-\x1f]{1,256}:([^\x00-\x1f]{4,})$/.exec(Buffer.from(value, "base64").toString()) ?? [];
	return password === "" ? [] : [{
		name: `${name}.password`,
		value: password
	}];
}
function toPlain(member) {
	return member.replaceAll(/[^A-Za-z0-9_-]/g, "_").slice(0, 40);
}

// src/redaction/secrets.ts
/** Values and their bytes that are searched for at most; declared ones come first. */
const MOST_SECRETS = 1e4;
const MOST_BYTES = 8388608;
/** A guessed secret is at least so long: shorter ones would be met in any text. */
const LEAST_GUESSED = 6;
/** Values of secret-looking names that are settings or the well-known passwords of test databases. */
const NO_SECRETS = new Set("true false yes no on off none null undefined default enabled disabled required optional auto inherit always never password passwd secret token postgres root admin test testing guest changeme example dummy placeholder redacted hidden basic bearer oauth oauth2 netrc store keyring".split(" "));
/**
* The values that must not appear in anything that leaves a run: those of the declared names, those of names that look
* secret, the passwords in URLs and connection strings of any name, and the secret members of JSON values.
* @param env the runner's environment, and what the manifest sets
* @param declared names under `secrets` in the manifest: their values count whatever they look like
*/
function collectSecrets(env, declared) {
	const secrets = /* @__PURE__ */ new Map();
	const skipped = [];
	let bytes = 0;
	const add = (name, value) => {
		const text = value.trim();
		if (text.length < 4 || secrets.has(text)) return;
		if (secrets.size >= MOST_SECRETS || bytes + text.length > MOST_BYTES) {
			skipped.push({
				name,
				reason: `not searched for: more than ${MOST_SECRETS} values or ${MOST_BYTES} bytes of them`
			});
			return;
		}
		bytes += Math.min(text.length, MOST_VALUE);
		secrets.set(text, {
			name,
			value: text
		});
	};
	const declaredNames = new Set(declared);
	for (const name of declaredNames) {
		const value = env[name]?.trim() ?? "";
		const reason = toReason(value);
		if (reason !== void 0) skipped.push({
			name,
			reason
		});
		add(name, value);
		for (const leaf of toJsonSecrets(name, value)) add(leaf.name, leaf.value);
	}
	for (const [name, value] of Object.entries(env)) {
		if (isSecretName(name) && !declaredNames.has(name)) {
			const leaves = toJsonSecrets(name, value);
			for (const leaf of leaves) add(leaf.name, leaf.value);
			if (leaves.length === 0 && isGuessedSecret(value.trim())) add(name, value);
		}
		for (const password of toPasswords(value)) add(name, password);
	}
	return {
		secrets: [...secrets.values()],
		skipped
	};
}
function toReason(value) {
	if (value === "") return "declared as a secret but not set: nothing to search for";
	if (value.length < 4) return `shorter than ${4} characters: not searched for, because it would be met in any text`;
	if (value.length > 65536) return `longer than ${MOST_VALUE} characters: only its beginning is searched for`;
}
function isGuessedSecret(value) {
	if (value.length < LEAST_GUESSED || NO_SECRETS.has(value.toLowerCase())) return false;
	if (/^[-+]?[\d.,:]+$/.test(value)) return false;
	if (/^(?:\*+|\.+|x+|<[^>]*>|\$\{?[\w.]+\}?|\$\{\{.*\}\})$/i.test(value)) return false;
	if (/^(?:~|\.{1,2})?\/(?:[\w.@+-]+\/)*[\w.@+-]*$/.test(value) && value.split("/").length > 2) return false;
	if (/^[A-Za-z]:\\[^\n]*$/.test(value)) return false;
	return !/^[a-z][a-z0-9+.-]{1,20}:\/\/[^@\s]*$/i.test(value) || /hooks\.|webhook|token=|sig=|key=/i.test(value);
}
/** `scheme://user:password@host` (RFC 3986), and `Password=...;AccountKey=...` of connection strings. */
function toPasswords(value) {
	const passwords = [];
	for (const [, raw = ""] of value.matchAll(/[a-z][a-z0-9+.-]{0,20}:\/\/[^\s/?#:@]{0,256}:([^\s/?#]{1,1024})@/gi)) passwords.push(raw, decode(raw));
	for (const [, raw = ""] of value.matchAll(/(?:^|;)\s{0,4}(?:password|pwd|accountkey|sharedaccesskey)=([^;\s]{1,1024})/gi)) passwords.push(raw);
	return passwords.filter((password) => password.length >= LEAST_GUESSED && isGuessedSecret(password));
}
function decode(text) {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

// src/redaction/all-secrets.ts
/**
* What must not appear, from several environments: the runner's, and what the manifest sets for each step. A declared
* name counts where it is set; it is missing only when it is set nowhere.
*/
function collectAllSecrets(environments, declared) {
	const isSet = (name) => environments.some((env) => Boolean(env[name]));
	const sources = environments.map((env) => {
		return collectSecrets(env, declared.filter((name) => Boolean(env[name]) || !isSet(name)));
	});
	const secrets = new Map(sources.flatMap((source) => source.secrets).map((secret) => [`${secret.name}=${secret.value}`, secret]));
	const skipped = new Map(sources.flatMap((source) => source.skipped).map((entry) => [entry.name, entry]));
	return {
		secrets: [...secrets.values()],
		skipped: [...skipped.values()]
	};
}

export { collectAllSecrets as t };