import { t as makePlainLog } from "./plain-Dfkb_bFx.js";

export { makePlainLog };