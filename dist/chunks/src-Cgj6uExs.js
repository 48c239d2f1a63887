import { t as require_src } from "./src-GdcC7Hix.js";

export default require_src();

export {  };