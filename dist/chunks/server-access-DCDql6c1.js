import { n as requireServerOptions, t as readServerOptions } from "./server-access-_DzH3nUX.js";

export { readServerOptions, requireServerOptions };