import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";

// src/publish/files/make-folder.ts
/**
* Makes a folder and those above it, one level at a time: Node's recursive mkdir does not end where a folder answers
* ENOENT to what it can't hold (/proc).
* @param mode of the folders that are made
* @throws the file system's error
*/
async function makeFolder(path, mode) {
	if (await isFolder(path)) return;
	if (dirname(path) !== path) await makeFolder(dirname(path), mode);
	try {
		await mkdir(path, mode);
	} catch (error) {
		if (!await isFolder(path)) throw error;
	}
}
async function isFolder(path) {
	return (await stat(path).catch(() => null))?.isDirectory() ?? false;
}

export { makeFolder as t };