import { t as compareWithFile } from "./compare-with-file-Dt70i1fu.js";

export { compareWithFile };