import { t as makePlainLog } from "./plain-hcwNMoX3.js";

export { makePlainLog };