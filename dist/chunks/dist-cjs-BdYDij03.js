import { t as require_dist_cjs } from "./dist-cjs-DgNU0Nhw.js";

export default require_dist_cjs();

export {  };