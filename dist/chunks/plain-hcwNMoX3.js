import { t as toInertOutput } from "./inert-output-BdwJGFUN.js";
import { a as toTitle, i as toSkipLine, l as makeProgress, n as toRetryLine, o as toWarningLine, r as toRunLine, s as makeStepOutput, t as toEndLine } from "./wording-Dt8sRPiS.js";

// src/log/plain.ts
/** A log of plain lines, for files, pipes and CI systems that fold nothing: output is marked with its step, `[unit]`. */
function makePlainLog(options) {
	const progress = makeProgress();
	const outputs = /* @__PURE__ */ new Map();
	const outputOf = (id) => {
		const known = outputs.get(id) ?? makeStepOutput(false);
		outputs.set(id, known);
		return known;
	};
	const end = (id) => {
		const rest = outputs.get(id)?.end() ?? "";
		outputs.delete(id);
		return mark(id, rest);
	};
	const toText = (event) => {
		switch (event.type) {
			case "step_started": return event.attempt > 1 ? "" : `> ${toTitle(progress.step(event.step_id))}\n`;
			case "step_output": return mark(event.step_id, outputOf(event.step_id).push(event));
			case "step_retrying": return `${end(event.step_id)}${toRetryLine(progress.step(event.step_id), event)}\n`;
			case "step_warning": return `${toWarningLine(event)}\n`;
			case "step_finished": return `${end(event.step_id)}${toEndLine(progress.step(event.step_id), event.result)}\n`;
			case "step_skipped": return `${toSkipLine(progress.step(event.step_id), event)}\n`;
			default: {
				const line = toRunLine(event, progress);
				return line === void 0 ? "" : `${line}\n`;
			}
		}
	};
	return {
		write(event) {
			progress.apply(event);
			const text = toText(event);
			return text === "" ? void 0 : options.write(text);
		},
		end() {
			const rest = [...outputs.keys()].map(end).join("");
			return rest === "" ? void 0 : options.write(rest);
		}
	};
}
function mark(id, lines) {
	if (lines === "") return "";
	const prefix = `[${toInertOutput(id, false)}] `;
	return `${prefix}${lines.slice(0, -1).replaceAll("\n", () => `\n${prefix}`)}\n`;
}

export { makePlainLog as t };