import { n as requireServerOptions, t as readServerOptions } from "./server-access-CDBzgSGS.js";

export { readServerOptions, requireServerOptions };