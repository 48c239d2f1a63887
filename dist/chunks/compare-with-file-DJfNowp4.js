import { t as compareWithFile } from "./compare-with-file-EagLfF7B.js";

export { compareWithFile };