import { t as require_undici } from "./undici-CoOuWGxk.js";

export default require_undici();

export {  };