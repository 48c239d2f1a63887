import { t as makePlainLog } from "./plain-Dnp_Sn0n.js";

export { makePlainLog };