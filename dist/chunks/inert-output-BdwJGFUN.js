// src/log/inert-output.ts
/**
* One look, and most text needs no second: all of it is printable, from ranges without a character that acts or hides,
* and none of it begins a command. What this takes for suspect is only looked at more closely.
*/
const suspect = /[^\t\n -~\u00A0-\u00AC\u00AE-\u02FF\u0370-\u0600\u2010-\u2027\u2030-\u205F\u2070-\u2E7F\u2E80-\u3163\u3165-\uD7FF\uD800-\uDB3F\uE000-\uFDFF\uDC00-\uDFFF]|##|::|section_/;
/**
* Escape sequences (ECMA-48), then controls, line separators and bidi characters by themselves.
* @param kept what may follow an escape character that stays
*/
const makeControls = (kept) => new RegExp(String.raw`\u001B${kept}(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\u0007\u001B\n]*(?:\u0007|\u001B\\)|[ -/]*[0-~])?` + String.raw`|[\0-\u0008\u000B-\u001A\u001C-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]`, "g");
const controls = makeControls("");
const controlsButColors = makeControls(String.raw`(?!\[[0-9;:]*m)`);
/**
* GitHub's runner compares culture-sensitively (String.StartsWith and IndexOf of .NET), which looks through characters
* that are never shown; so do these. It trims Unicode white space before "::".
*/
const commandAtStart = /^((?:(?!\n)[\s\p{DI}])*:)(?=\p{DI}*:)/gmu;
/** `##[cmd]` counts anywhere in a line (GitHub); `##vso[` and `##teamcity[` are its like elsewhere. */
const legacyCommand = /#(\p{DI}*)#(?=\p{DI}*(?:vso|teamcity)?\[)/giu;
/** GitLab: marks of log sections, and masks in proxy-exec mode. */
const sectionMark = /(section_(?:start|end))(?=:)/g;
const maskCommand = /:(?=:add-mask::)/gi;
const maskName = /add-mask/i;
/**
* Whole lines of a child's output, fit to be echoed into a job log: whatever a forge or a terminal would obey is taken
* out or broken by a visible space. Colours stay when `colors` is true. Expects lines from a LineFeed: no CR, and no
* line that goes on in the next text.
*/
function toInertOutput(lines, colors) {
	if (!suspect.test(lines)) return lines;
	let inert = lines.replaceAll(colors ? controlsButColors : controls, "").replaceAll(commandAtStart, "$1 ");
	if (inert.includes("#")) inert = inert.replaceAll(legacyCommand, "#$1# ");
	if (inert.includes("section_")) inert = inert.replaceAll(sectionMark, "$1 ");
	return maskName.test(inert) ? inert.replaceAll(maskCommand, ": ") : inert;
}

export { toInertOutput as t };