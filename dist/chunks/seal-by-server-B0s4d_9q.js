import { t as sealByServer } from "./seal-by-server-BpOVB8io.js";

export { sealByServer };