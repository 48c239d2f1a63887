import { t as compareWithFile } from "./compare-with-file-Cafo6mfF.js";

export { compareWithFile };