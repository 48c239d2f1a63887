import { t as compareWithFile } from "./compare-with-file-BWuAp0i2.js";

export { compareWithFile };