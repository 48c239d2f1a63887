import { t as sealByServer } from "./seal-by-server-Bail20xE.js";

export { sealByServer };