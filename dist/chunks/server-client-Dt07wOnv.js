import { n as openServer, t as isId } from "./server-client-C2KXHpEd.js";

export { isId, openServer };