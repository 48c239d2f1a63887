import { t as sealByServer } from "./seal-by-server-sdwdu7MU.js";

export { sealByServer };