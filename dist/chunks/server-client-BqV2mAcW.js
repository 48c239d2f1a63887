import { n as openServer, t as isId } from "./server-client-Fc_38ctO.js";

export { isId, openServer };