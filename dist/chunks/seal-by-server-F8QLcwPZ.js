import { t as sealByServer } from "./seal-by-server-Vquy5Q8o.js";

export { sealByServer };