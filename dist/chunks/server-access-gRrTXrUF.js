import { n as requireServerOptions, t as readServerOptions } from "./server-access-BQAa143r.js";

export { readServerOptions, requireServerOptions };