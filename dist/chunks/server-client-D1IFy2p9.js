import { n as openServer, t as isId } from "./server-client-CmNr_ZfM.js";

export { isId, openServer };