import { n as readOverrides, t as chooseInstance } from "./choose-instance-Burnc8fM.js";

export { readOverrides };