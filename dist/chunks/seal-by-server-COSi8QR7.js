import { t as sealByServer } from "./seal-by-server-B4QUTj0y.js";

export { sealByServer };