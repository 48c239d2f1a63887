import { n as requireServerOptions, t as readServerOptions } from "./server-access-D6MMCPt3.js";

export { readServerOptions, requireServerOptions };