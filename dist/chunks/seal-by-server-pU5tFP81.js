import { t as sealByServer } from "./seal-by-server-Cy_YDGDi.js";

export { sealByServer };