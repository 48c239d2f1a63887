import { t as keepUnsealed } from "./keep-unsealed-DYBlK1h5.js";

export { keepUnsealed };