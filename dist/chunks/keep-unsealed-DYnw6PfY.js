import { t as keepUnsealed } from "./keep-unsealed-gzD8pfL8.js";

export { keepUnsealed };