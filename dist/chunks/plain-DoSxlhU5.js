import { t as makePlainLog } from "./plain-BwqyJwLQ.js";

export { makePlainLog };