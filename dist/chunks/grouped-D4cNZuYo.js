import { t as limits } from "./limits-DSc7_a2H.js";
import { i as toSkipLine, l as makeProgress, n as toRetryLine, o as toWarningLine, r as toRunLine, s as makeStepOutput, t as toEndLine } from "./wording-Dt8sRPiS.js";

// src/log/backlog.ts
function makeBacklogs() {
	const open = /* @__PURE__ */ new Set();
	let total = 0;
	const make = () => {
		let texts = [];
		let size = 0;
		let lost = 0;
		const backlog = {
			add(text) {
				texts.push(text);
				size += text.length;
				total += text.length;
				while (size > limits.logBufferedCharsPerStep) backlog.dropOldest();
				while (total > limits.logBufferedChars) largest(open).dropOldest();
			},
			take() {
				const taken = {
					text: texts.join(""),
					lost
				};
				total -= size;
				texts = [];
				size = 0;
				lost = 0;
				open.delete(backlog);
				return taken;
			},
			size: () => size,
			dropOldest() {
				const length = texts.shift()?.length ?? 0;
				size -= length;
				total -= length;
				lost += length;
			}
		};
		open.add(backlog);
		return backlog;
	};
	return { make };
}
function largest(backlogs) {
	return [...backlogs].reduce((a, b) => b.size() > a.size() ? b : a);
}

// src/log/grouped.ts
const reset = "\x1B[0m";
/** A service goes on until the others are over: shown live, it would keep all of them back until then. */
function mayBeLive({ step }) {
	return step.kind !== "service";
}
/**
* A log in groups, which forges can't interleave: one step at a time is shown live. The others wait, bounded, and are
* shown when their turn comes; those that are over first, and then the one that began first. Services are shown when they
* are over.
*/
function makeGroupedLog(dialect, write) {
	const progress = makeProgress();
	const backlogs = makeBacklogs();
	/** Begun and not yet shown to their end, in the order of their beginning; and those over, in the order of their end. */
	const groups = /* @__PURE__ */ new Map();
	const over = [];
	let live = null;
	/** Lines about the run or about other steps that came while a group was open. */
	let later = [];
	let out = "";
	const tell = (line) => {
		if (live === null) out += `${line}\n`;
		else later.push(line);
	};
	const add = (group, text) => {
		if (text === "") return;
		group.hasColor ||= text.includes("\x1B");
		if (group === live) out += text;
		else group.backlog.add(text);
	};
	/** A line of ours among the step's own. */
	const remark = (group, line) => add(group, `${group.hasColor ? reset : ""}${line}\n`);
	const begin = (group, at) => {
		live = group;
		const { text, lost } = group.backlog.take();
		out += dialect.open(group.step, at);
		if (lost > 0) out += `… ${lost} characters of earlier output are left out here; the step's artifacts have all of it\n`;
		out += text;
	};
	const finish = (group, at) => {
		live = null;
		groups.delete(group.step.id);
		const { step, result, hasColor } = group;
		const normal = hasColor ? reset : "";
		out += dialect.close(step, at);
		if (result !== null) out += dialect.outcome(step, result, normal + toEndLine(step, result));
		else if (hasColor) out += `${normal}\n`;
		for (const line of later) out += `${line}\n`;
		later = [];
	};
	const next = (at) => {
		for (const group of over.splice(0)) {
			begin(group, at);
			finish(group, at);
		}
		const oldest = [...groups.values()].find(mayBeLive);
		if (oldest !== void 0) begin(oldest, at);
	};
	const groupOf = (id, at) => {
		const known = groups.get(id);
		if (known !== void 0) return known;
		const group = {
			step: progress.step(id),
			output: makeStepOutput(true),
			backlog: backlogs.make(),
			hasColor: false,
			result: null
		};
		groups.set(id, group);
		if (live === null && mayBeLive(group)) begin(group, at);
		return group;
	};
	const take = (event) => {
		const at = event.timestamp;
		switch (event.type) {
			case "step_started":
				groupOf(event.step_id, at);
				break;
			case "step_output": {
				const group = groupOf(event.step_id, at);
				add(group, group.output.push(event));
				break;
			}
			case "step_retrying": {
				const group = groupOf(event.step_id, at);
				add(group, group.output.end());
				remark(group, toRetryLine(group.step, event));
				break;
			}
			case "step_warning": {
				const group = groups.get(event.step_id);
				if (group === void 0) tell(toWarningLine(event));
				else remark(group, toWarningLine(event));
				break;
			}
			case "step_finished": {
				const group = groupOf(event.step_id, at);
				add(group, group.output.end());
				group.result = event.result;
				if (group !== live) {
					groups.delete(event.step_id);
					over.push(group);
					if (live === null) next(at);
					break;
				}
				finish(group, at);
				next(at);
				break;
			}
			case "step_skipped":
				tell(toSkipLine(progress.step(event.step_id), event));
				break;
			default: {
				const line = toRunLine(event, progress);
				if (line !== void 0) tell(line);
			}
		}
	};
	let lastAt = "";
	const flush = () => {
		if (out === "") return;
		const text = out;
		out = "";
		return write(text);
	};
	return {
		write(event) {
			progress.apply(event);
			lastAt = event.timestamp;
			take(event);
			return flush();
		},
		end() {
			for (let group = live; group !== null; group = live) {
				add(group, group.output.end());
				finish(group, lastAt);
				next(lastAt);
			}
			for (const group of groups.values()) {
				begin(group, lastAt);
				add(group, group.output.end());
				finish(group, lastAt);
			}
			return flush();
		}
	};
}

export { makeGroupedLog as t };