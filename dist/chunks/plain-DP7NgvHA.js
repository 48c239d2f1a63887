import { t as makePlainLog } from "./plain-DmC0vFeK.js";

export { makePlainLog };