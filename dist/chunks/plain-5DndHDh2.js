import { t as makePlainLog } from "./plain-qfa_7hXD.js";

export { makePlainLog };