import { n as openServer, t as isId } from "./server-client-GL3f-b84.js";

export { isId, openServer };