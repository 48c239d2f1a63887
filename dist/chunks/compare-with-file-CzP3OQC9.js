import { t as compareWithFile } from "./compare-with-file-W-EtnH55.js";

export { compareWithFile };