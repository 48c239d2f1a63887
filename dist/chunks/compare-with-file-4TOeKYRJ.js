import { t as compareWithFile } from "./compare-with-file-jqs-hvzH.js";

export { compareWithFile };