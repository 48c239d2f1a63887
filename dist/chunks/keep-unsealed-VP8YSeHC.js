import { t as keepUnsealed } from "./keep-unsealed-l6i6IOw8.js";

export { keepUnsealed };