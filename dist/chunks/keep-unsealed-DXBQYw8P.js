import { t as keepUnsealed } from "./keep-unsealed-BRGYxWOu.js";

export { keepUnsealed };