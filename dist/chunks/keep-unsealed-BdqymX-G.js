import { t as keepUnsealed } from "./keep-unsealed-DSy-mvTO.js";

export { keepUnsealed };