import { n as requireServerOptions, t as readServerOptions } from "./server-access-B-NkZU48.js";

export { readServerOptions, requireServerOptions };