import { t as renderVerdict } from "./verdict-Bn_DzZCd.js";
import { t as verifyEnvelope } from "./verify-D8-Jb2WH.js";
import { t as CliError } from "./cli-error-Y3rlLU4c.js";
import { t as readEnvelopeInput } from "./envelope-input-BWVVhcRM.js";
import { n as readTrustedKeys } from "./key-files-D4zX6WBa.js";
import { n as widthOf, t as wantsColor } from "./terminal-DedOchCv.js";
import { t as _usingCtx } from "./usingCtx-B560EHoh.js";
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

// src/cli/commands/verify.ts
/**
* `quoderat verify`: the four answers about an envelope.
* @returns the verdict's own exit code
* @throws CliError for what cannot be read; EnvelopeError for what is no envelope
*/
async function verify(named, flags, io) {
	try {
		var _usingCtx$1 = _usingCtx();
		const keys = flags.key ?? [];
		const trustedKeys = await readTrustedKeys(keys, io);
		const input = _usingCtx$1.a(await readEnvelopeInput(named, io));
		const artifactFolder = await chooseArtifactFolder(flags.artifacts, input.artifactsDir, io);
		const verdict = await verifyEnvelope(input.bytes, {
			trustedKeys,
			authenticityAsked: keys.length > 0,
			expected: {
				...flags.repo !== void 0 && { repo: flags.repo },
				...flags.commit !== void 0 && { commit: flags.commit },
				...flags.planHash !== void 0 && { plan_hash: flags.planHash },
				...flags.head !== void 0 && { head: flags.head },
				...flags.evidenceId !== void 0 && { evidence_id: flags.evidenceId }
			},
			...artifactFolder !== void 0 && { openArtifact: makeArtifactOpener(artifactFolder) }
		});
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