import { t as sealByServer } from "./seal-by-server-fMJS-Ce2.js";

export { sealByServer };