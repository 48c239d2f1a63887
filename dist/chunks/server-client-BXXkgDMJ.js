import { n as openServer, t as isId } from "./server-client-BQoy1iS6.js";

export { isId, openServer };