import { h as _enum } from "./primitives-B201jKT5.js";

// src/schema/kinds.ts
/** The kinds of steps, in the order in which the documentation lists them. */
const stepKinds = [
	"command",
	"lint",
	"test",
	"build",
	"service",
	"http_probe",
	"playwright"
];
const stepKind = _enum(stepKinds);
/** The report formats that a step may declare. The file is captured as it is; its meaning is read from it later. */
const reportFormats = [
	"junit",
	"trx",
	"xunit",
	"nunit",
	"tap",
	"ctrf",
	"playwright",
	"go-test",
	"sarif",
	"checkstyle",
	"eslint",
	"lcov",
	"cobertura",
	"jacoco",
	"go-cover"
];
const reportFormat = _enum(reportFormats);
/** The shells a `run` script may ask for. */
const shells = [
	"bash",
	"sh",
	"pwsh",
	"cmd"
];
const shell = _enum(shells);
/** When a step runs: after success of what it needs (the default), after a failure, or in either case. */
const whenConditions = [
	"success",
	"failure",
	"always"
];
const when = _enum(whenConditions);
/** What of a browser's recordings a `playwright` step may attach; without leave they are listed, not kept. */
const attachments = ["trace", "video"];
const attachment = _enum(attachments);
/** What a probe may send. CONNECT and TRACE are for proxies. */
const httpMethods = [
	"GET",
	"HEAD",
	"POST",
	"PUT",
	"PATCH",
	"DELETE",
	"OPTIONS"
];
const httpMethod = _enum(httpMethods);

export { stepKind as a, shell as i, httpMethod as n, when as o, reportFormat as r, attachment as t };