import { n as readOverrides, r as toInstanceOwner, t as chooseInstance } from "./choose-instance-CwTgTHSp.js";

export { readOverrides };