import { t as makePaint } from "./ansi-DQc3nRoy.js";
import { n as toInertLine } from "./inert-BfcQbr-O.js";
import { t as isFailure } from "./outcome-CFS-_DKm.js";
import { n as toStepWord } from "./step-words-Ce7SbeE_.js";
import { t as formatDuration } from "./duration-Ctjd7fX0.js";
import { t as clip } from "./cells-DRqpYzdK.js";
import { a as toTitle, c as makeLineFeed, i as toSkipLine, l as makeProgress, n as toRetryLine, o as toWarningLine, r as toRunLine, t as toEndLine } from "./wording-Dt8sRPiS.js";
import { t as makePlainLog } from "./plain-hcwNMoX3.js";

// src/log/live-frame.ts
/** More running steps than this are counted only: what a cursor moves over has to fit on the screen. */
const maxRows = 8;
/** The part of the screen that changes: a row for each running step, and the count. One line each, narrower than `columns`. */
function toFrame(options) {
	const { running, steps, paint } = options;
	const width = options.columns - 1;
	const rows = running.slice(0, maxRows).map(({ step, elapsedMs, lastLine }) => {
		const head = clip(`> ${toTitle(step)} ${toSeconds(elapsedMs)}  `, width);
		const whole = clip(head + toInertLine(lastLine, Math.max(1, width)), width);
		return paint("bold", head) + paint("dim", whole.slice(head.length));
	});
	const more = running.length - rows.length;
	const count = `${steps.filter(({ status }) => status !== null).length} of ${steps.length} done${more > 0 ? `, ${more} more running` : ""}, ${toSeconds(options.elapsedMs)}`;
	return [...rows, paint("dim", clip(`  ${count}`, width))];
}
/** Whole seconds: the frame is drawn ten times a second, and tenths would flicker. */
function toSeconds(ms) {
	const whole = Math.floor(Math.max(0, ms) / 1e3);
	return whole < 60 ? `${whole} s` : formatDuration(whole * 1e3);
}

// src/log/recent-lines.ts
const keptChars = 1e3;
/** What is looked at of one text: a terminal can't show more, and steps may print 100 MB/s. */
const glimpseChars = 16384;
function makeRecentLines() {
	const feeds = {
		stdout: makeLineFeed(),
		stderr: makeLineFeed()
	};
	let kept = [];
	const keep = (lines) => {
		if (lines === "") return;
		const fresh = lines.slice(0, -1).split("\n");
		kept = [...kept, ...fresh].slice(-20).map((line) => line.slice(0, keptChars));
	};
	return {
		push({ stream, text }) {
			const feed = feeds[stream];
			if (text.length <= glimpseChars) return keep(feed.push(text));
			feed.end();
			const glimpse = text.slice(-16384);
			keep(feed.push(glimpse.slice(glimpse.indexOf("\n") + 1)));
		},
		last: () => kept.findLast((line) => line.trim() !== "") ?? "",
		lines() {
			keep(feeds.stdout.end());
			keep(feeds.stderr.end());
			return kept;
		}
	};
}

// src/log/live.ts
const frameMs = 100;
const hideCursor = "\x1B[?25l";
const showCursor = "\x1B[?25h";
/**
* The log of a terminal: what is over stays as lines, what runs is a list below them, redrawn at most ten times a
* second. The output of a step is shown only when it fails: its last 20 lines.
*/
function makeLiveLog(options) {
	if (options.dumb) return makePlainLog(options);
	const progress = makeProgress();
	const paint = makePaint(options.color);
	const running = /* @__PURE__ */ new Map();
	let runStartedAt = 0;
	let drawnRows = 0;
	let isWriting = false;
	let isHidden = false;
	let stop;
	const erase = () => drawnRows === 0 ? "" : `\r\u001B[${drawnRows}A\u001B[J`;
	const draw = () => {
		const rows = toFrame({
			running: [...running.values()].map(({ step, startedAt, recent }) => ({
				step,
				lastLine: recent.last(),
				elapsedMs: options.now() - startedAt
			})),
			steps: progress.steps(),
			elapsedMs: options.now() - runStartedAt,
			columns: options.columns(),
			paint
		});
		drawnRows = rows.length;
		const before = isHidden ? "" : hideCursor;
		isHidden = true;
		return `${before}${rows.join("\n")}\n`;
	};
	const tick = () => {
		if (isWriting || running.size === 0) return;
		isWriting = true;
		Promise.resolve(options.write(erase() + draw())).finally(() => isWriting = false);
	};
	const begin = (event) => {
		const startedAt = running.get(event.step_id)?.startedAt ?? Date.parse(event.timestamp);
		const step = progress.step(event.step_id);
		running.set(event.step_id, {
			step,
			startedAt,
			recent: makeRecentLines()
		});
	};
	const toLines = (event) => {
		switch (event.type) {
			case "step_retrying": return [paint("yellow", toRetryLine(progress.step(event.step_id), event))];
			case "step_warning": return [paint("yellow", toWarningLine(event))];
			case "step_skipped": return [paint("dim", toSkipLine(progress.step(event.step_id), event))];
			case "step_finished": {
				const recent = running.get(event.step_id)?.recent;
				running.delete(event.step_id);
				const step = progress.step(event.step_id);
				const { tone } = toStepWord({
					...step,
					status: event.result.status
				});
				const shown = (isFailure(event.result) ? recent?.lines() ?? [] : []).map((line) => `  | ${toInertLine(line, 400)}`);
				return [paint(tone, toEndLine(step, event.result)), ...shown];
			}
			default: {
				const line = toRunLine(event, progress);
				return line === void 0 ? [] : [line];
			}
		}
	};
	return {
		write(event) {
			progress.apply(event);
			if (event.type === "run_started") runStartedAt = Date.parse(event.timestamp);
			if (event.type === "step_output") {
				running.get(event.step_id)?.recent.push(event);
				return;
			}
			if (event.type === "step_started") begin(event);
			stop ??= options.every(frameMs, tick);
			const lines = toLines(event);
			if (lines.length === 0) return void 0;
			const text = erase() + lines.map((line) => `${line}\n`).join("");
			drawnRows = 0;
			return options.write(text + (running.size > 0 ? draw() : ""));
		},
		end() {
			stop?.();
			const text = erase() + (isHidden ? showCursor : "");
			drawnRows = 0;
			running.clear();
			return text === "" ? void 0 : options.write(text);
		}
	};
}

export { makeLiveLog };