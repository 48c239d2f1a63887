import { t as sealByServer } from "./seal-by-server-C0PrVAhx.js";

export { sealByServer };