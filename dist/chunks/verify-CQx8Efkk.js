import { t as checkMembers } from "./check-members-UFNixbjJ.js";
import { t as isUuidV7 } from "./uuid-rR0FGQtG.js";
import { t as renderVerdict } from "./verdict-DikdqSpT.js";
import { t as verifyEnvelope } from "./verify-93bF3ueb.js";
import { t as CliError } from "./cli-error-Y3rlLU4c.js";
import { n as tellOf, t as readEnvelopeInput } from "./envelope-input-CgT75t_1.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { n as KeyError } from "./errors-CCP6iRFo.js";
import { t as parseJwks } from "./jwks-BSzFq7u9.js";
import { n as readFileBounded } from "./read-bounded-Bcr0G72G.js";
import { t as _usingCtx } from "./usingCtx-B560EHoh.js";
import { n as readTrustedKeys } from "./key-files-BB4tStV1.js";
import { n as toErrorCode } from "./errors-B6vIz8YT.js";
import { n as TrustError } from "./errors-BGvnpYYN.js";
import { n as widthOf, t as wantsColor } from "./terminal-DedOchCv.js";
import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createReadStream } from "node:fs";

// src/cli/artifact-folder.ts
/**
* The folder whose files are the artifacts: the one that was named, else the one that came with the envelope.
* @throws CliError usage when the named one is no folder
*/
async function chooseArtifactFolder(named, found, io) {
	if (named === void 0) return found;
	const dir = resolve(io.cwd, named);
	if (!await stat(dir).then((entry) => entry.isDirectory(), () => false)) throw new CliError("usage", `--artifacts ${named} is no folder`);
	return dir;
}
/** Artifacts that lie in a folder under their SHA-256. Whatever is no plain file counts as not there: a FIFO would wait without end. */
function makeArtifactOpener(dir) {
	return async (sha256) => {
		if (!/^[0-9a-f]{64}$/.test(sha256)) return null;
		const path = join(dir, sha256);
		return (await stat(path).catch(() => void 0))?.isFile() === true ? createReadStream(path) : null;
	};
}

// src/cli/jwks-source.ts
/**
* The keys that --jwks and --server name; undefined: neither was given. What is fetched is not kept, redirects are not
* followed, and a key set may come from anyone: what is no key of ours in it is passed over with a note.
* @throws CliError, RelayError (the network)
*/
async function readJwksKeys({ jwks, server }, io) {
	if (jwks === void 0 && server === void 0) return void 0;
	return (await Promise.all([...jwks === void 0 ? [] : [readKeySet("--jwks", jwks, io)], ...server === void 0 ? [] : [fetchKeySet("--server", server, "/.well-known/jwks.json", io)]])).flat();
}
/**
* The envelope that a server has under an id.
* @throws CliError usage when there is no token for the server; RelayError
*/
async function fetchEnvelope(id, server, io) {
	try {
		var _usingCtx$2 = _usingCtx();
		const [{ openServer }, { requireServerOptions }] = await Promise.all([import("./server-client-BXXkgDMJ.js"), import("./server-access-Dx3RQ-ic.js")]);
		return {
			bytes: await _usingCtx$2.a(openServer(await requireServerOptions({ server }, io), io)).ask((api) => api.readEnvelope(id)),
			artifactsDir: void 0,
			path: void 0,
			sigstorePath: void 0,
			[Symbol.asyncDispose]: () => Promise.resolve()
		};
	} catch (_) {
		_usingCtx$2.e = _;
	} finally {
		await _usingCtx$2.d();
	}
}
async function readKeySet(flag, named, io) {
	if (/^https?:\/\//i.test(named)) {
		const at = named.lastIndexOf("/");
		return fetchKeySet(flag, named.slice(0, at), named.slice(at), io);
	}
	const bytes = await readFileBounded(resolve(io.cwd, named), limits.jwksBytes, `${flag} ${named}`);
	return toKeys(`${flag} ${named}`, bytes, io);
}
async function fetchKeySet(flag, base, route, io) {
	const [{ makeTransport }, { relayLimits }] = await Promise.all([import("./transport-CpGgTND9.js"), import("./relay-limits-dEjNw1aW.js")]);
	const transport = makeTransport({
		url: base,
		auth: null,
		env: io.env,
		now: io.now,
		limits: relayLimits
	});
	try {
		const signal = AbortSignal.timeout(limits.jwksMs);
		const bytes = await transport.bytes({
			method: "GET",
			route,
			signal
		}, limits.jwksBytes);
		return toKeys(`${flag} ${transport.name}`, bytes, io);
	} finally {
		await transport.close();
	}
}
function toKeys(source, bytes, { stderr }) {
	try {
		const { keys, ignored } = parseJwks(parseJson(bytes));
		for (const note of ignored.slice(0, 20)) stderr.write(`${source}: passed over: ${note}\n`);
		return keys;
	} catch (error) {
		if (!(error instanceof KeyError)) throw error;
		throw new CliError("unreadable", `${source}: ${error.message}`, { cause: error });
	}
}
function parseJson(bytes) {
	try {
		return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
	} catch {
		throw new KeyError("not_jwks", "this is no JSON");
	}
}

// src/cli/sigstore-check.ts
/**
* The check that the options ask for; undefined: none is asked for. Offline, unless a trusted root is to be fetched.
* @param beside where a bundle that came with the envelope would be
* @throws CliError for options that contradict each other, and for files that were named and can't be used
*/
async function makeSigstoreCheck(flags, beside, io) {
	const { sigstore, sigstoreBundle, identity, identityRegexp, issuer, trustedRoot, fetchTrustedRoot } = flags;
	if ([
		sigstore,
		sigstoreBundle,
		identity,
		identityRegexp,
		issuer,
		trustedRoot,
		fetchTrustedRoot
	].every((flag) => flag === void 0)) return void 0;
	if (identity !== void 0 && identityRegexp !== void 0) throw new CliError("usage", "--identity and --identity-regexp both say who must have signed; keep one");
	if (trustedRoot !== void 0 && fetchTrustedRoot === true) throw new CliError("usage", "--trusted-root and --fetch-trusted-root both say whom to trust; keep one");
	const expected = identityRegexp === void 0 ? identity : toPattern(identityRegexp);
	const bundle = sigstoreBundle === void 0 ? await readBeside(beside) : await readNamed(sigstoreBundle, io);
	const roots = await readRoots(flags, io);
	const { checkSigstore } = await import("./verify-bundle-yH2lm6Xg.js");
	return (facts) => checkSigstore({
		bundle,
		roots,
		identity: expected,
		issuer
	}, facts);
}
async function readRoots({ trustedRoot, fetchTrustedRoot }, io) {
	if (trustedRoot === void 0 && fetchTrustedRoot !== true) return [];
	const { fetchTrustedRoots, parseTrustedRoots } = await import("./trusted-root-Zq7UzgPF.js");
	try {
		if (trustedRoot === void 0) return await fetchTrustedRoots();
		const named = `--trusted-root ${trustedRoot}`;
		return await parseTrustedRoots(await readFileBounded(resolve(io.cwd, trustedRoot), limits.trustedRootBytes, named));
	} catch (error) {
		if (!(error instanceof TrustError)) throw error;
		throw new CliError("unreadable", trustedRoot === void 0 ? error.message : `${trustedRoot}: ${error.message}`, { cause: error });
	}
}
function readNamed(file, io) {
	return readFileBounded(resolve(io.cwd, file), limits.sigstoreBundleBytes, `--sigstore-bundle ${file}`);
}
async function readBeside(path) {
	if (path === void 0) return null;
	return readFileBounded(path, limits.sigstoreBundleBytes, path).catch((error) => {
		if (error instanceof CliError && toErrorCode(error.cause) === "ENOENT") return null;
		throw error;
	});
}
function toPattern(source) {
	if (source === "" || source.length > 1e3) throw new CliError("usage", "--identity-regexp must have 1 to 1000 characters");
	try {
		return new RegExp(source, "u");
	} catch (error) {
		throw new CliError("usage", "--identity-regexp is no regular expression", { cause: error });
	}
}

// src/cli/commands/verify.ts
/**
* `quoderat verify`: the four answers about an envelope.
* @returns the verdict's own exit code
* @throws CliError for what cannot be read or is no envelope
*/
async function verify(named, flags, io) {
	try {
		var _usingCtx$1 = _usingCtx();
		const keys = flags.key ?? [];
		const listedKeys = await readJwksKeys(flags, io);
		const trustedKeys = [...await readTrustedKeys(keys, io), ...listedKeys ?? []];
		const idAtServer = flags.server !== void 0 && isUuidV7(named) ? named : void 0;
		const input = _usingCtx$1.a(idAtServer === void 0 || flags.server === void 0 ? await readEnvelopeInput(named, io) : await fetchEnvelope(idAtServer, flags.server, io));
		const artifactFolder = await chooseArtifactFolder(flags.artifacts, input.artifactsDir, io);
		const checkSigstore = await makeSigstoreCheck(flags, input.sigstorePath, io);
		const openArtifact = artifactFolder === void 0 ? void 0 : makeArtifactOpener(artifactFolder);
		const expected = {
			...flags.repo !== void 0 && { repo: flags.repo },
			...flags.commit !== void 0 && { commit: flags.commit },
			...flags.planHash !== void 0 && { plan_hash: flags.planHash },
			...flags.head !== void 0 && { head: flags.head },
			...idAtServer !== void 0 && { evidence_id: idAtServer },
			...flags.evidenceId !== void 0 && { evidence_id: flags.evidenceId }
		};
		const ofItself = await tellOf(named, () => verifyEnvelope(input.bytes, {
			trustedKeys,
			authenticityAsked: keys.length > 0 || listedKeys !== void 0,
			expected,
			...openArtifact && { openArtifact },
			...checkSigstore && { checkSigstore }
		}));
		const verdict = await checkMembers(input.bytes, ofItself, openArtifact);
		const look = {
			color: wantsColor(io.stdout, io.env, flags.color),
			width: widthOf(io.stdout)
		};
		io.stdout.write(flags.json === true ? `${JSON.stringify(verdict)}\n` : renderVerdict(verdict, look));
		return verdict.exit_code;
	} catch (_) {
		_usingCtx$1.e = _;
	} finally {
		await _usingCtx$1.d();
	}
}

export { verify };