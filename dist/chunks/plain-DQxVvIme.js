import { t as makePlainLog } from "./plain-Cx90GKNY.js";

export { makePlainLog };