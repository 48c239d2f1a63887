import { t as CliError } from "./cli-error-Y3rlLU4c.js";
import { mkdir, readdir, rmdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

// src/cli/out-dir.ts
const home = ".quoderat";
/**
* The evidence folder of a run: exactly the one that was named, or a new one, named by the time, under `.quoderat/`
* in the workspace, which git is told to ignore. A folder that cannot be made is given all the same: the run says so
* and keeps its evidence elsewhere, since the steps must not depend on it.
* @throws CliError exists when something lies in the named folder, usage when it is a file
*/
async function chooseOutDir(named, workspace, io) {
	return named === void 0 ? makeDefaultDir(workspace, io.now()) : checkNamedDir(named, resolve(io.cwd, named));
}
/** Takes away a folder in which nothing came to lie. */
async function dropEmptyDir(dir) {
	await rmdir(dir).catch(() => {});
}
async function checkNamedDir(named, dir) {
	if ((await readdir(dir).catch((error) => {
		if (error.code === "ENOTDIR") throw new CliError("usage", `--out ${named}: a file stands where a folder should be`);
		return [];
	})).length === 0) return dir;
	throw new CliError("exists", `--out ${named} is not empty; name a new folder, nothing there was touched`);
}
async function makeDefaultDir(workspace, now) {
	const root = join(workspace, home);
	const stamp = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, "");
	try {
		await mkdir(root, { recursive: true });
		await writeFile(join(root, ".gitignore"), "*\n", { flag: "wx" }).catch(unlessThere);
		for (let run = 1;; run += 1) {
			const dir = join(root, run === 1 ? stamp : `${stamp}-${run}`);
			if (await mkdir(dir).then(() => true, unlessThere)) return dir;
		}
	} catch {
		return join(root, stamp);
	}
}
function unlessThere(error) {
	if (error.code === "EEXIST") return false;
	throw error;
}

export { dropEmptyDir as n, chooseOutDir as t };