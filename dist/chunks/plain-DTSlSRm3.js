import { t as makePlainLog } from "./plain-bmZe3Zlz.js";

export { makePlainLog };