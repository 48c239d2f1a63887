import { t as require_dist } from "./dist-B5EKcB6u.js";

export default require_dist();

export {  };