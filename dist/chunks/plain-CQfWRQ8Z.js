import { t as makePlainLog } from "./plain-CGJ5fAvR.js";

export { makePlainLog };