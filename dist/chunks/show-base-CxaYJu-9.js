import { t as compareWithFile } from "./compare-with-file-Cafo6mfF.js";
import { c as writeEvidenceFile, r as evidenceFiles } from "./evidence-folder-CaRiuEzT.js";
import { t as renderRunSummary } from "./write-evidence-Cd8r3ACU.js";

// src/show-base.ts
/**
* Writes summary.md of sealed evidence again, now with what has changed since an earlier envelope. Nothing that is sealed
* or signed is touched.
* @param path of the earlier envelope's file
* @throws EnvelopeError when it is none, or does not hold; the file system's errors
*/
async function showBase(path, evidence) {
	const comparison = await compareWithFile(path, evidence);
	const page = await renderRunSummary(evidence.dir, {
		...evidence,
		comparison
	});
	await writeEvidenceFile(evidence.dir, evidenceFiles.summary, page);
	return comparison;
}

export { showBase };