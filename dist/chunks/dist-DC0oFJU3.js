import { t as require_dist } from "./dist-Q0yCzSM9.js";

export default require_dist();

export {  };