import { t as require_dist } from "./dist-B0SmP8DK.js";

export default require_dist();

export {  };