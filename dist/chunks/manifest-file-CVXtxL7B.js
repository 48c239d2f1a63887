import { a as readManifest, i as ManifestError, t as toDisplayPath } from "./display-path-8FfibSvk.js";
import { t as CliError } from "./cli-error-Y3rlLU4c.js";
import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";

// src/cli/manifest-file.ts
/**
* The manifest that a command was given, and the absolute folder its steps run in. The manifest is known by its path
* from there: it is part of the plan hash, which must not depend on where a checkout lies.
* @throws CliError usage when the workspace is no folder; the error of readManifest
*/
async function readManifestFile(named, flags, io) {
	const workspace = resolve(io.cwd, flags.workspace ?? ".");
	if (!await stat(workspace).then((found) => found.isDirectory(), () => false)) throw new CliError("usage", `--workspace ${flags.workspace ?? "."} is no folder`);
	const path = named === void 0 ? resolve(workspace, "quoderat.yml") : resolve(io.cwd, named);
	return {
		source: await readManifest(path, toDisplayPath(path, workspace)).catch((error) => {
			if (!(error instanceof ManifestError)) throw error;
			const shown = named ?? join(flags.workspace ?? "", "quoderat.yml");
			const { code } = error;
			if (code === "not_found") throw new ManifestError(code, `there is no ${shown}; name the manifest, or let \`quoderat init\` write one`);
			if (code === "not_a_file") throw new ManifestError(code, `${shown} is a folder, or no plain file`);
			throw error;
		}),
		workspace
	};
}

export { readManifestFile as t };