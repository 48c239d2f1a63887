import { t as CodedError } from "./errors-B6vIz8YT.js";

// src/cli/cli-error.ts
/** What the caller can put right: a wrong argument, or a file that is not as it should be. Ends in exit code 2. */
var CliError = class extends CodedError {};
/** A bug of ours. Ends in exit code 70, also when the cause is a coded error. */
var InternalError = class extends CodedError {};

export { InternalError as n, CliError as t };