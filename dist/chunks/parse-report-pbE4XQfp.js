import { t as __commonJSMin } from "./rolldown-runtime-JJ0R4FiC.js";
import { a as toCount, c as ReportError, i as parseTimeSpan, l as refuse, n as parseCount, o as toMilliseconds, r as parseSeconds, s as decodeText, t as readLines } from "./lines-DTUCNEqD.js";
import { a as observationLimits, r as findingLevels, s as testStatuses, t as coverageMetricNames } from "./observation-DZkPMKXb.js";
import { t as isObject } from "./json-DncajuVf.js";
import { t as limits } from "./limits-DSc7_a2H.js";
import { t as require_dist } from "./dist-5M1n-KbI.js";

// src/reports/bounded-text.ts
/** Colour codes, also where XML has no character for ESC and it was replaced or written as a reference. */
const COLOURS = /(?:\u001B|\uFFFD|&#(?:27|x1[bB]);|#x1B)\[[0-9;]{0,20}m/g;
/** One line for a name: white space folded, well-formed Unicode, cut at `maxChars` UTF-16 units. */
function toName(text, maxChars = observationLimits.nameChars) {
	return cutText(text.slice(0, maxChars * 4).replaceAll(/\s+/g, " ").trim(), maxChars);
}
/** The first lines of a message, without colour codes and without empty lines around. */
function toMessageExcerpt(text) {
	const { messageChars, messageLines } = observationLimits;
	return cutText(text.slice(0, messageChars * 4).replaceAll(COLOURS, "").replaceAll("\r\n", "\n").replace(/^\s*\n/, "").trimEnd().split("\n").slice(0, messageLines).join("\n"), messageChars);
}
/** Marks what is missing. The copy holds no half of a surrogate pair, and lets go of the text that it was cut from. */
function cutText(text, maxChars) {
	return Buffer.from(text.length > maxChars ? `${text.slice(0, maxChars - 1)}…` : text).toString();
}

// src/reports/remarks.ts
/** Gathers what a report says beside its results, in bounded lists. */
function makeRemarks() {
	const problems = [];
	const disagreements = [];
	const remarks = [];
	let problemCount = 0;
	const keep = (list, text) => {
		if (list.length < observationLimits.remarks) list.push(toName(text));
	};
	return {
		problem(where, message) {
			problemCount += 1;
			if (problems.length < observationLimits.problems) problems.push({
				where: toName(where),
				message: toMessageExcerpt(message)
			});
		},
		compare({ what, where, declared }, counted, ...otherwise) {
			if (declared === void 0 || declared === counted || otherwise.includes(declared)) return;
			keep(disagreements, `${where} declares ${declared} ${what} and holds ${counted}`);
		},
		remark: (text) => keep(remarks, text),
		problemCount: () => problemCount,
		value: () => ({
			problems,
			problems_left_out: problemCount - problems.length,
			disagreements,
			remarks
		})
	};
}

// src/reports/source-path.ts
/**
* A file's path as reports tell it, with "/", relative to the root where it lies below it; `file:` URIs become paths.
* @param root absolute, as the tool saw it; Windows drives count without case
*/
function toSourcePath(text, root) {
	const path = decodeFileUri(text.slice(0, observationLimits.pathChars * 4)).replaceAll("\\", "/");
	return toName(withoutRoot(path, root), observationLimits.pathChars);
}
function withoutRoot(path, root) {
	const base = root?.replaceAll("\\", "/").replace(/\/+$/, "");
	if (base === void 0 || base === "") return path.replace(/^(?:\.\/)+/, "");
	return ((/^[A-Za-z]:/.test(base) ? path.toLowerCase().startsWith(`${base.toLowerCase()}/`) : path.startsWith(`${base}/`)) ? path.slice(base.length + 1) : path).replace(/^(?:\.\/)+/, "");
}
function decodeFileUri(text) {
	const match = /^file:\/\/(?:localhost)?(\/.*)$/is.exec(text);
	if (match?.[1] === void 0) return text;
	const path = match[1].replace(/^\/(?=[A-Za-z]:)/, "");
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}

// src/reports/findings-tally.ts
/** Counts findings as a report is read, and keeps the heaviest. */
function makeFindingsTally(where) {
	const counts = {
		error: 0,
		warning: 0,
		note: 0,
		none: 0
	};
	const kept = {
		error: [],
		warning: [],
		note: [],
		none: []
	};
	const tools = /* @__PURE__ */ new Map();
	const remarks = makeRemarks();
	let suppressed = 0;
	return {
		counts,
		problem: remarks.problem,
		compare: remarks.compare,
		remark: remarks.remark,
		add(level, found) {
			counts[level] += 1;
			if (kept[level].length < observationLimits.findings) kept[level].push(toFinding(level, found, where));
		},
		addUntold(level, count) {
			counts[level] += count;
		},
		suppress(count) {
			suppressed += count;
		},
		tool(name, version) {
			const tool = {
				name: toName(name),
				version: version === void 0 ? null : toName(version)
			};
			if (tools.size < observationLimits.tools) tools.set(JSON.stringify(tool), tool);
		},
		reading(looked) {
			const results = findingLevels.flatMap((level) => kept[level]).slice(0, observationLimits.findings);
			const total = counts.error + counts.warning + counts.note + counts.none;
			return {
				type: "findings",
				value: {
					tools: [...tools.values()],
					total,
					by_level: { ...counts },
					suppressed,
					results,
					results_left_out: total - results.length,
					...remarks.value()
				},
				looked
			};
		}
	};
}
function toFinding(level, found, where) {
	const line = toCount(found.line);
	const column = toCount(found.column);
	return {
		rule_id: toName(found.ruleId),
		level,
		message: toMessageExcerpt(found.message),
		...found.uri !== void 0 && found.uri !== "" && { uri: toSourcePath(found.uri, where.root) },
		...line !== void 0 && { start_line: line },
		...column !== void 0 && { start_column: column },
		...found.fingerprint !== void 0 && { fingerprint: toName(found.fingerprint) }
	};
}

// node_modules/xmlchars/xml/1.0/ed5.js
var require_ed5 = /* @__PURE__ */ __commonJSMin(((exports) => {
	/**
	* Character classes and associated utilities for the 5th edition of XML 1.0.
	*
	* @author Louis-Dominique Dubeau
	* @license MIT
	* @copyright Louis-Dominique Dubeau
	*/
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.CHAR = "	\n\r -퟿-�𐀀-􏿿";
	exports.S = " 	\r\n";
	exports.NAME_START_CHAR = ":A-Z_a-zÀ-ÖØ-öø-˿Ͱ-ͽͿ-῿‌‍⁰-↏Ⰰ-⿯、-퟿豈-﷏ﷰ-�𐀀-󯿿";
	exports.NAME_CHAR = "-" + exports.NAME_START_CHAR + ".0-9·̀-ͯ‿-⁀";
	exports.CHAR_RE = new RegExp("^[" + exports.CHAR + "]$", "u");
	exports.S_RE = new RegExp("^[" + exports.S + "]+$", "u");
	exports.NAME_START_CHAR_RE = new RegExp("^[" + exports.NAME_START_CHAR + "]$", "u");
	exports.NAME_CHAR_RE = new RegExp("^[" + exports.NAME_CHAR + "]$", "u");
	exports.NAME_RE = new RegExp("^[" + exports.NAME_START_CHAR + "][" + exports.NAME_CHAR + "]*$", "u");
	exports.NMTOKEN_RE = new RegExp("^[" + exports.NAME_CHAR + "]+$", "u");
	var TAB = 9;
	var NL = 10;
	var CR = 13;
	var SPACE = 32;
	/** All characters in the ``S`` production. */
	exports.S_LIST = [
		SPACE,
		NL,
		CR,
		TAB
	];
	/**
	* Determines whether a codepoint matches the ``CHAR`` production.
	*
	* @param c The code point.
	*
	* @returns ``true`` if the codepoint matches ``CHAR``.
	*/
	function isChar(c) {
		return c >= SPACE && c <= 55295 || c === NL || c === CR || c === TAB || c >= 57344 && c <= 65533 || c >= 65536 && c <= 1114111;
	}
	exports.isChar = isChar;
	/**
	* Determines whether a codepoint matches the ``S`` (space) production.
	*
	* @param c The code point.
	*
	* @returns ``true`` if the codepoint matches ``S``.
	*/
	function isS(c) {
		return c === SPACE || c === NL || c === CR || c === TAB;
	}
	exports.isS = isS;
	/**
	* Determines whether a codepoint matches the ``NAME_START_CHAR`` production.
	*
	* @param c The code point.
	*
	* @returns ``true`` if the codepoint matches ``NAME_START_CHAR``.
	*/
	function isNameStartChar(c) {
		return c >= 65 && c <= 90 || c >= 97 && c <= 122 || c === 58 || c === 95 || c === 8204 || c === 8205 || c >= 192 && c <= 214 || c >= 216 && c <= 246 || c >= 248 && c <= 767 || c >= 880 && c <= 893 || c >= 895 && c <= 8191 || c >= 8304 && c <= 8591 || c >= 11264 && c <= 12271 || c >= 12289 && c <= 55295 || c >= 63744 && c <= 64975 || c >= 65008 && c <= 65533 || c >= 65536 && c <= 983039;
	}
	exports.isNameStartChar = isNameStartChar;
	/**
	* Determines whether a codepoint matches the ``NAME_CHAR`` production.
	*
	* @param c The code point.
	*
	* @returns ``true`` if the codepoint matches ``NAME_CHAR``.
	*/
	function isNameChar(c) {
		return isNameStartChar(c) || c >= 48 && c <= 57 || c === 45 || c === 46 || c === 183 || c >= 768 && c <= 879 || c >= 8255 && c <= 8256;
	}
	exports.isNameChar = isNameChar;
}));

// node_modules/xmlchars/xml/1.1/ed2.js
var require_ed2 = /* @__PURE__ */ __commonJSMin(((exports) => {
	/**
	* Character classes and associated utilities for the 2nd edition of XML 1.1.
	*
	* @author Louis-Dominique Dubeau
	* @license MIT
	* @copyright Louis-Dominique Dubeau
	*/
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.CHAR = "-퟿-�𐀀-􏿿";
	exports.RESTRICTED_CHAR = "-\b\v\f---";
	exports.S = " 	\r\n";
	exports.NAME_START_CHAR = ":A-Z_a-zÀ-ÖØ-öø-˿Ͱ-ͽͿ-῿‌‍⁰-↏Ⰰ-⿯、-퟿豈-﷏ﷰ-�𐀀-󯿿";
	exports.NAME_CHAR = "-" + exports.NAME_START_CHAR + ".0-9·̀-ͯ‿-⁀";
	exports.CHAR_RE = new RegExp("^[" + exports.CHAR + "]$", "u");
	exports.RESTRICTED_CHAR_RE = new RegExp("^[" + exports.RESTRICTED_CHAR + "]$", "u");
	exports.S_RE = new RegExp("^[" + exports.S + "]+$", "u");
	exports.NAME_START_CHAR_RE = new RegExp("^[" + exports.NAME_START_CHAR + "]$", "u");
	exports.NAME_CHAR_RE = new RegExp("^[" + exports.NAME_CHAR + "]$", "u");
	exports.NAME_RE = new RegExp("^[" + exports.NAME_START_CHAR + "][" + exports.NAME_CHAR + "]*$", "u");
	exports.NMTOKEN_RE = new RegExp("^[" + exports.NAME_CHAR + "]+$", "u");
	var TAB = 9;
	var NL = 10;
	var CR = 13;
	var SPACE = 32;
	/** All characters in the ``S`` production. */
	exports.S_LIST = [
		SPACE,
		NL,
		CR,
		TAB
	];
	/**
	* Determines whether a codepoint matches the ``CHAR`` production.
	*
	* @param c The code point.
	*
	* @returns ``true`` if the codepoint matches ``CHAR``.
	*/
	function isChar(c) {
		return c >= 1 && c <= 55295 || c >= 57344 && c <= 65533 || c >= 65536 && c <= 1114111;
	}
	exports.isChar = isChar;
	/**
	* Determines whether a codepoint matches the ``RESTRICTED_CHAR`` production.
	*
	* @param c The code point.
	*
	* @returns ``true`` if the codepoint matches ``RESTRICTED_CHAR``.
	*/
	function isRestrictedChar(c) {
		return c >= 1 && c <= 8 || c === 11 || c === 12 || c >= 14 && c <= 31 || c >= 127 && c <= 132 || c >= 134 && c <= 159;
	}
	exports.isRestrictedChar = isRestrictedChar;
	/**
	* Determines whether a codepoint matches the ``CHAR`` production and does not
	* match the ``RESTRICTED_CHAR`` production. ``isCharAndNotRestricted(x)`` is
	* equivalent to ``isChar(x) && !isRestrictedChar(x)``. This function is faster
	* than running the two-call equivalent.
	*
	* @param c The code point.
	*
	* @returns ``true`` if the codepoint matches ``CHAR`` and does not match
	* ``RESTRICTED_CHAR``.
	*/
	function isCharAndNotRestricted(c) {
		return c === 9 || c === 10 || c === 13 || c > 31 && c < 127 || c === 133 || c > 159 && c <= 55295 || c >= 57344 && c <= 65533 || c >= 65536 && c <= 1114111;
	}
	exports.isCharAndNotRestricted = isCharAndNotRestricted;
	/**
	* Determines whether a codepoint matches the ``S`` (space) production.
	*
	* @param c The code point.
	*
	* @returns ``true`` if the codepoint matches ``S``.
	*/
	function isS(c) {
		return c === SPACE || c === NL || c === CR || c === TAB;
	}
	exports.isS = isS;
	/**
	* Determines whether a codepoint matches the ``NAME_START_CHAR`` production.
	*
	* @param c The code point.
	*
	* @returns ``true`` if the codepoint matches ``NAME_START_CHAR``.
	*/
	function isNameStartChar(c) {
		return c >= 65 && c <= 90 || c >= 97 && c <= 122 || c === 58 || c === 95 || c === 8204 || c === 8205 || c >= 192 && c <= 214 || c >= 216 && c <= 246 || c >= 248 && c <= 767 || c >= 880 && c <= 893 || c >= 895 && c <= 8191 || c >= 8304 && c <= 8591 || c >= 11264 && c <= 12271 || c >= 12289 && c <= 55295 || c >= 63744 && c <= 64975 || c >= 65008 && c <= 65533 || c >= 65536 && c <= 983039;
	}
	exports.isNameStartChar = isNameStartChar;
	/**
	* Determines whether a codepoint matches the ``NAME_CHAR`` production.
	*
	* @param c The code point.
	*
	* @returns ``true`` if the codepoint matches ``NAME_CHAR``.
	*/
	function isNameChar(c) {
		return isNameStartChar(c) || c >= 48 && c <= 57 || c === 45 || c === 46 || c === 183 || c >= 768 && c <= 879 || c >= 8255 && c <= 8256;
	}
	exports.isNameChar = isNameChar;
}));

// node_modules/xmlchars/xmlns/1.0/ed3.js
var require_ed3 = /* @__PURE__ */ __commonJSMin(((exports) => {
	/**
	* Character class utilities for XML NS 1.0 edition 3.
	*
	* @author Louis-Dominique Dubeau
	* @license MIT
	* @copyright Louis-Dominique Dubeau
	*/
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.NC_NAME_START_CHAR = "A-Z_a-zÀ-ÖØ-öø-˿Ͱ-ͽͿ-῿‌-‍⁰-↏Ⰰ-⿯、-퟿豈-﷏ﷰ-�𐀀-󯿿";
	exports.NC_NAME_CHAR = "-" + exports.NC_NAME_START_CHAR + ".0-9·̀-ͯ‿-⁀";
	exports.NC_NAME_START_CHAR_RE = new RegExp("^[" + exports.NC_NAME_START_CHAR + "]$", "u");
	exports.NC_NAME_CHAR_RE = new RegExp("^[" + exports.NC_NAME_CHAR + "]$", "u");
	exports.NC_NAME_RE = new RegExp("^[" + exports.NC_NAME_START_CHAR + "][" + exports.NC_NAME_CHAR + "]*$", "u");
	/**
	* Determines whether a codepoint matches [[NC_NAME_START_CHAR]].
	*
	* @param c The code point.
	*
	* @returns ``true`` if the codepoint matches.
	*/
	function isNCNameStartChar(c) {
		return c >= 65 && c <= 90 || c === 95 || c >= 97 && c <= 122 || c >= 192 && c <= 214 || c >= 216 && c <= 246 || c >= 248 && c <= 767 || c >= 880 && c <= 893 || c >= 895 && c <= 8191 || c >= 8204 && c <= 8205 || c >= 8304 && c <= 8591 || c >= 11264 && c <= 12271 || c >= 12289 && c <= 55295 || c >= 63744 && c <= 64975 || c >= 65008 && c <= 65533 || c >= 65536 && c <= 983039;
	}
	exports.isNCNameStartChar = isNCNameStartChar;
	/**
	* Determines whether a codepoint matches [[NC_NAME_CHAR]].
	*
	* @param c The code point.
	*
	* @returns ``true`` if the codepoint matches.
	*/
	function isNCNameChar(c) {
		return isNCNameStartChar(c) || c === 45 || c === 46 || c >= 48 && c <= 57 || c === 183 || c >= 768 && c <= 879 || c >= 8255 && c <= 8256;
	}
	exports.isNCNameChar = isNCNameChar;
}));

// node_modules/saxes/saxes.js
var require_saxes = /* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.SaxesParser = exports.EVENTS = void 0;
	const ed5 = require_ed5();
	const ed2 = require_ed2();
	const NSed3 = require_ed3();
	var isS = ed5.isS;
	var isChar10 = ed5.isChar;
	var isNameStartChar = ed5.isNameStartChar;
	var isNameChar = ed5.isNameChar;
	var S_LIST = ed5.S_LIST;
	var NAME_RE = ed5.NAME_RE;
	var isChar11 = ed2.isChar;
	var isNCNameStartChar = NSed3.isNCNameStartChar;
	var isNCNameChar = NSed3.isNCNameChar;
	var NC_NAME_RE = NSed3.NC_NAME_RE;
	const XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";
	const XMLNS_NAMESPACE = "http://www.w3.org/2000/xmlns/";
	const rootNS = {
		__proto__: null,
		xml: XML_NAMESPACE,
		xmlns: XMLNS_NAMESPACE
	};
	const XML_ENTITIES = {
		__proto__: null,
		amp: "&",
		gt: ">",
		lt: "<",
		quot: "\"",
		apos: "'"
	};
	const EOC = -1;
	const NL_LIKE = -2;
	const S_BEGIN = 0;
	const S_BEGIN_WHITESPACE = 1;
	const S_DOCTYPE = 2;
	const S_DOCTYPE_QUOTE = 3;
	const S_DTD = 4;
	const S_DTD_QUOTED = 5;
	const S_DTD_OPEN_WAKA = 6;
	const S_DTD_OPEN_WAKA_BANG = 7;
	const S_DTD_COMMENT = 8;
	const S_DTD_COMMENT_ENDING = 9;
	const S_DTD_COMMENT_ENDED = 10;
	const S_DTD_PI = 11;
	const S_DTD_PI_ENDING = 12;
	const S_TEXT = 13;
	const S_ENTITY = 14;
	const S_OPEN_WAKA = 15;
	const S_OPEN_WAKA_BANG = 16;
	const S_COMMENT = 17;
	const S_COMMENT_ENDING = 18;
	const S_COMMENT_ENDED = 19;
	const S_CDATA = 20;
	const S_CDATA_ENDING = 21;
	const S_CDATA_ENDING_2 = 22;
	const S_PI_FIRST_CHAR = 23;
	const S_PI_REST = 24;
	const S_PI_BODY = 25;
	const S_PI_ENDING = 26;
	const S_XML_DECL_NAME_START = 27;
	const S_XML_DECL_NAME = 28;
	const S_XML_DECL_EQ = 29;
	const S_XML_DECL_VALUE_START = 30;
	const S_XML_DECL_VALUE = 31;
	const S_XML_DECL_SEPARATOR = 32;
	const S_XML_DECL_ENDING = 33;
	const S_OPEN_TAG = 34;
	const S_OPEN_TAG_SLASH = 35;
	const S_ATTRIB = 36;
	const S_ATTRIB_NAME = 37;
	const S_ATTRIB_NAME_SAW_WHITE = 38;
	const S_ATTRIB_VALUE = 39;
	const S_ATTRIB_VALUE_QUOTED = 40;
	const S_ATTRIB_VALUE_CLOSED = 41;
	const S_ATTRIB_VALUE_UNQUOTED = 42;
	const S_CLOSE_TAG = 43;
	const S_CLOSE_TAG_SAW_WHITE = 44;
	const TAB = 9;
	const NL = 10;
	const CR = 13;
	const SPACE = 32;
	const BANG = 33;
	const DQUOTE = 34;
	const AMP = 38;
	const SQUOTE = 39;
	const MINUS = 45;
	const FORWARD_SLASH = 47;
	const SEMICOLON = 59;
	const LESS = 60;
	const EQUAL = 61;
	const GREATER = 62;
	const QUESTION = 63;
	const OPEN_BRACKET = 91;
	const CLOSE_BRACKET = 93;
	const NEL = 133;
	const LS = 8232;
	const isQuote = (c) => c === DQUOTE || c === SQUOTE;
	const QUOTES = [DQUOTE, SQUOTE];
	const DOCTYPE_TERMINATOR = [
		...QUOTES,
		OPEN_BRACKET,
		GREATER
	];
	const DTD_TERMINATOR = [
		...QUOTES,
		LESS,
		CLOSE_BRACKET
	];
	const XML_DECL_NAME_TERMINATOR = [
		EQUAL,
		QUESTION,
		...S_LIST
	];
	const ATTRIB_VALUE_UNQUOTED_TERMINATOR = [
		...S_LIST,
		GREATER,
		AMP,
		LESS
	];
	function nsPairCheck(parser, prefix, uri) {
		switch (prefix) {
			case "xml":
				if (uri !== XML_NAMESPACE) parser.fail(`xml prefix must be bound to ${XML_NAMESPACE}.`);
				break;
			case "xmlns": if (uri !== XMLNS_NAMESPACE) parser.fail(`xmlns prefix must be bound to ${XMLNS_NAMESPACE}.`);
		}
		switch (uri) {
			case XMLNS_NAMESPACE:
				parser.fail(prefix === "" ? `the default namespace may not be set to ${uri}.` : `may not assign a prefix (even "xmlns") to the URI \
${XMLNS_NAMESPACE}.`);
				break;
			case XML_NAMESPACE: switch (prefix) {
				case "xml": break;
				case "":
					parser.fail(`the default namespace may not be set to ${uri}.`);
					break;
				default: parser.fail("may not assign the xml namespace to another prefix.");
			}
		}
	}
	function nsMappingCheck(parser, mapping) {
		for (const local of Object.keys(mapping)) nsPairCheck(parser, local, mapping[local]);
	}
	const isNCName = (name) => NC_NAME_RE.test(name);
	const isName = (name) => NAME_RE.test(name);
	const FORBIDDEN_START = 0;
	const FORBIDDEN_BRACKET = 1;
	const FORBIDDEN_BRACKET_BRACKET = 2;
	/**
	* The list of supported events.
	*/
	exports.EVENTS = [
		"xmldecl",
		"text",
		"processinginstruction",
		"doctype",
		"comment",
		"opentagstart",
		"attribute",
		"opentag",
		"closetag",
		"cdata",
		"error",
		"end",
		"ready"
	];
	const EVENT_NAME_TO_HANDLER_NAME = {
		xmldecl: "xmldeclHandler",
		text: "textHandler",
		processinginstruction: "piHandler",
		doctype: "doctypeHandler",
		comment: "commentHandler",
		opentagstart: "openTagStartHandler",
		attribute: "attributeHandler",
		opentag: "openTagHandler",
		closetag: "closeTagHandler",
		cdata: "cdataHandler",
		error: "errorHandler",
		end: "endHandler",
		ready: "readyHandler"
	};
	var SaxesParser = class {
		/**
		* @param opt The parser options.
		*/
		constructor(opt) {
			this.opt = opt !== null && opt !== void 0 ? opt : {};
			this.fragmentOpt = !!this.opt.fragment;
			const xmlnsOpt = this.xmlnsOpt = !!this.opt.xmlns;
			this.trackPosition = this.opt.position !== false;
			this.fileName = this.opt.fileName;
			if (xmlnsOpt) {
				this.nameStartCheck = isNCNameStartChar;
				this.nameCheck = isNCNameChar;
				this.isName = isNCName;
				this.processAttribs = this.processAttribsNS;
				this.pushAttrib = this.pushAttribNS;
				this.ns = Object.assign({ __proto__: null }, rootNS);
				const additional = this.opt.additionalNamespaces;
				if (additional != null) {
					nsMappingCheck(this, additional);
					Object.assign(this.ns, additional);
				}
			} else {
				this.nameStartCheck = isNameStartChar;
				this.nameCheck = isNameChar;
				this.isName = isName;
				this.processAttribs = this.processAttribsPlain;
				this.pushAttrib = this.pushAttribPlain;
			}
			this.stateTable = [
				this.sBegin,
				this.sBeginWhitespace,
				this.sDoctype,
				this.sDoctypeQuote,
				this.sDTD,
				this.sDTDQuoted,
				this.sDTDOpenWaka,
				this.sDTDOpenWakaBang,
				this.sDTDComment,
				this.sDTDCommentEnding,
				this.sDTDCommentEnded,
				this.sDTDPI,
				this.sDTDPIEnding,
				this.sText,
				this.sEntity,
				this.sOpenWaka,
				this.sOpenWakaBang,
				this.sComment,
				this.sCommentEnding,
				this.sCommentEnded,
				this.sCData,
				this.sCDataEnding,
				this.sCDataEnding2,
				this.sPIFirstChar,
				this.sPIRest,
				this.sPIBody,
				this.sPIEnding,
				this.sXMLDeclNameStart,
				this.sXMLDeclName,
				this.sXMLDeclEq,
				this.sXMLDeclValueStart,
				this.sXMLDeclValue,
				this.sXMLDeclSeparator,
				this.sXMLDeclEnding,
				this.sOpenTag,
				this.sOpenTagSlash,
				this.sAttrib,
				this.sAttribName,
				this.sAttribNameSawWhite,
				this.sAttribValue,
				this.sAttribValueQuoted,
				this.sAttribValueClosed,
				this.sAttribValueUnquoted,
				this.sCloseTag,
				this.sCloseTagSawWhite
			];
			this._init();
		}
		/**
		* Indicates whether or not the parser is closed. If ``true``, wait for
		* the ``ready`` event to write again.
		*/
		get closed() {
			return this._closed;
		}
		_init() {
			var _a;
			this.openWakaBang = "";
			this.text = "";
			this.name = "";
			this.piTarget = "";
			this.entity = "";
			this.q = null;
			this.tags = [];
			this.tag = null;
			this.topNS = null;
			this.chunk = "";
			this.chunkPosition = 0;
			this.i = 0;
			this.prevI = 0;
			this.carriedFromPrevious = void 0;
			this.forbiddenState = FORBIDDEN_START;
			this.attribList = [];
			const { fragmentOpt } = this;
			this.state = fragmentOpt ? S_TEXT : S_BEGIN;
			this.reportedTextBeforeRoot = this.reportedTextAfterRoot = this.closedRoot = this.sawRoot = fragmentOpt;
			this.xmlDeclPossible = !fragmentOpt;
			this.xmlDeclExpects = ["version"];
			this.entityReturnState = void 0;
			let { defaultXMLVersion } = this.opt;
			if (defaultXMLVersion === void 0) {
				if (this.opt.forceXMLVersion === true) throw new Error("forceXMLVersion set but defaultXMLVersion is not set");
				defaultXMLVersion = "1.0";
			}
			this.setXMLVersion(defaultXMLVersion);
			this.positionAtNewLine = 0;
			this.doctype = false;
			this._closed = false;
			this.xmlDecl = {
				version: void 0,
				encoding: void 0,
				standalone: void 0
			};
			this.line = 1;
			this.column = 0;
			this.ENTITIES = Object.create(XML_ENTITIES);
			(_a = this.readyHandler) === null || _a === void 0 || _a.call(this);
		}
		/**
		* The stream position the parser is currently looking at. This field is
		* zero-based.
		*
		* This field is not based on counting Unicode characters but is to be
		* interpreted as a plain index into a JavaScript string.
		*/
		get position() {
			return this.chunkPosition + this.i;
		}
		/**
		* The column number of the next character to be read by the parser.  *
		* This field is zero-based. (The first column in a line is 0.)
		*
		* This field reports the index at which the next character would be in the
		* line if the line were represented as a JavaScript string.  Note that this
		* *can* be different to a count based on the number of *Unicode characters*
		* due to how JavaScript handles astral plane characters.
		*
		* See [[column]] for a number that corresponds to a count of Unicode
		* characters.
		*/
		get columnIndex() {
			return this.position - this.positionAtNewLine;
		}
		/**
		* Set an event listener on an event. The parser supports one handler per
		* event type. If you try to set an event handler over an existing handler,
		* the old handler is silently overwritten.
		*
		* @param name The event to listen to.
		*
		* @param handler The handler to set.
		*/
		on(name, handler) {
			this[EVENT_NAME_TO_HANDLER_NAME[name]] = handler;
		}
		/**
		* Unset an event handler.
		*
		* @parma name The event to stop listening to.
		*/
		off(name) {
			this[EVENT_NAME_TO_HANDLER_NAME[name]] = void 0;
		}
		/**
		* Make an error object. The error object will have a message that contains
		* the ``fileName`` option passed at the creation of the parser. If position
		* tracking was turned on, it will also have line and column number
		* information.
		*
		* @param message The message describing the error to report.
		*
		* @returns An error object with a properly formatted message.
		*/
		makeError(message) {
			var _a;
			let msg = (_a = this.fileName) !== null && _a !== void 0 ? _a : "";
			if (this.trackPosition) {
				if (msg.length > 0) msg += ":";
				msg += `${this.line}:${this.column}`;
			}
			if (msg.length > 0) msg += ": ";
			return new Error(msg + message);
		}
		/**
		* Report a parsing error. This method is made public so that client code may
		* check for issues that are outside the scope of this project and can report
		* errors.
		*
		* @param message The error to report.
		*
		* @returns this
		*/
		fail(message) {
			const err = this.makeError(message);
			const handler = this.errorHandler;
			if (handler === void 0) throw err;
			else handler(err);
			return this;
		}
		/**
		* Write a XML data to the parser.
		*
		* @param chunk The XML data to write.
		*
		* @returns this
		*/
		write(chunk) {
			if (this.closed) return this.fail("cannot write after close; assign an onready handler.");
			let end = false;
			if (chunk === null) {
				end = true;
				chunk = "";
			} else if (typeof chunk === "object") chunk = chunk.toString();
			if (this.carriedFromPrevious !== void 0) {
				chunk = `${this.carriedFromPrevious}${chunk}`;
				this.carriedFromPrevious = void 0;
			}
			let limit = chunk.length;
			const lastCode = chunk.charCodeAt(limit - 1);
			if (!end && (lastCode === CR || lastCode >= 55296 && lastCode <= 56319)) {
				this.carriedFromPrevious = chunk[limit - 1];
				limit--;
				chunk = chunk.slice(0, limit);
			}
			const { stateTable } = this;
			this.chunk = chunk;
			this.i = 0;
			while (this.i < limit) stateTable[this.state].call(this);
			this.chunkPosition += limit;
			return end ? this.end() : this;
		}
		/**
		* Close the current stream. Perform final well-formedness checks and reset
		* the parser tstate.
		*
		* @returns this
		*/
		close() {
			return this.write(null);
		}
		/**
		* Get a single code point out of the current chunk. This updates the current
		* position if we do position tracking.
		*
		* This is the algorithm to use for XML 1.0.
		*
		* @returns The character read.
		*/
		getCode10() {
			const { chunk, i } = this;
			this.prevI = i;
			this.i = i + 1;
			if (i >= chunk.length) return EOC;
			const code = chunk.charCodeAt(i);
			this.column++;
			if (code < 55296) {
				if (code >= SPACE || code === TAB) return code;
				switch (code) {
					case NL:
						this.line++;
						this.column = 0;
						this.positionAtNewLine = this.position;
						return NL;
					case CR:
						if (chunk.charCodeAt(i + 1) === NL) this.i = i + 2;
						this.line++;
						this.column = 0;
						this.positionAtNewLine = this.position;
						return NL_LIKE;
					default:
						this.fail("disallowed character.");
						return code;
				}
			}
			if (code > 56319) {
				if (!(code >= 57344 && code <= 65533)) this.fail("disallowed character.");
				return code;
			}
			const final = 65536 + (code - 55296) * 1024 + (chunk.charCodeAt(i + 1) - 56320);
			this.i = i + 2;
			if (final > 1114111) this.fail("disallowed character.");
			return final;
		}
		/**
		* Get a single code point out of the current chunk. This updates the current
		* position if we do position tracking.
		*
		* This is the algorithm to use for XML 1.1.
		*
		* @returns {number} The character read.
		*/
		getCode11() {
			const { chunk, i } = this;
			this.prevI = i;
			this.i = i + 1;
			if (i >= chunk.length) return EOC;
			const code = chunk.charCodeAt(i);
			this.column++;
			if (code < 55296) {
				if (code > 31 && code < 127 || code > 159 && code !== LS || code === TAB) return code;
				switch (code) {
					case NL:
						this.line++;
						this.column = 0;
						this.positionAtNewLine = this.position;
						return NL;
					case CR: {
						const next = chunk.charCodeAt(i + 1);
						if (next === NL || next === NEL) this.i = i + 2;
					}
					case NEL:
					case LS:
						this.line++;
						this.column = 0;
						this.positionAtNewLine = this.position;
						return NL_LIKE;
					default:
						this.fail("disallowed character.");
						return code;
				}
			}
			if (code > 56319) {
				if (!(code >= 57344 && code <= 65533)) this.fail("disallowed character.");
				return code;
			}
			const final = 65536 + (code - 55296) * 1024 + (chunk.charCodeAt(i + 1) - 56320);
			this.i = i + 2;
			if (final > 1114111) this.fail("disallowed character.");
			return final;
		}
		/**
		* Like ``getCode`` but with the return value normalized so that ``NL`` is
		* returned for ``NL_LIKE``.
		*/
		getCodeNorm() {
			const c = this.getCode();
			return c === NL_LIKE ? NL : c;
		}
		unget() {
			this.i = this.prevI;
			this.column--;
		}
		/**
		* Capture characters into a buffer until encountering one of a set of
		* characters.
		*
		* @param chars An array of codepoints. Encountering a character in the array
		* ends the capture. (``chars`` may safely contain ``NL``.)
		*
		* @return The character code that made the capture end, or ``EOC`` if we hit
		* the end of the chunk. The return value cannot be NL_LIKE: NL is returned
		* instead.
		*/
		captureTo(chars) {
			let { i: start } = this;
			const { chunk } = this;
			while (true) {
				const c = this.getCode();
				const isNLLike = c === NL_LIKE;
				const final = isNLLike ? NL : c;
				if (final === EOC || chars.includes(final)) {
					this.text += chunk.slice(start, this.prevI);
					return final;
				}
				if (isNLLike) {
					this.text += `${chunk.slice(start, this.prevI)}\n`;
					start = this.i;
				}
			}
		}
		/**
		* Capture characters into a buffer until encountering a character.
		*
		* @param char The codepoint that ends the capture. **NOTE ``char`` MAY NOT
		* CONTAIN ``NL``.** Passing ``NL`` will result in buggy behavior.
		*
		* @return ``true`` if we ran into the character. Otherwise, we ran into the
		* end of the current chunk.
		*/
		captureToChar(char) {
			let { i: start } = this;
			const { chunk } = this;
			while (true) {
				let c = this.getCode();
				switch (c) {
					case NL_LIKE:
						this.text += `${chunk.slice(start, this.prevI)}\n`;
						start = this.i;
						c = NL;
						break;
					case EOC:
						this.text += chunk.slice(start);
						return false;
				}
				if (c === char) {
					this.text += chunk.slice(start, this.prevI);
					return true;
				}
			}
		}
		/**
		* Capture characters that satisfy ``isNameChar`` into the ``name`` field of
		* this parser.
		*
		* @return The character code that made the test fail, or ``EOC`` if we hit
		* the end of the chunk. The return value cannot be NL_LIKE: NL is returned
		* instead.
		*/
		captureNameChars() {
			const { chunk, i: start } = this;
			while (true) {
				const c = this.getCode();
				if (c === EOC) {
					this.name += chunk.slice(start);
					return EOC;
				}
				if (!isNameChar(c)) {
					this.name += chunk.slice(start, this.prevI);
					return c === NL_LIKE ? NL : c;
				}
			}
		}
		/**
		* Skip white spaces.
		*
		* @return The character that ended the skip, or ``EOC`` if we hit
		* the end of the chunk. The return value cannot be NL_LIKE: NL is returned
		* instead.
		*/
		skipSpaces() {
			while (true) {
				const c = this.getCodeNorm();
				if (c === EOC || !isS(c)) return c;
			}
		}
		setXMLVersion(version) {
			this.currentXMLVersion = version;
			if (version === "1.0") {
				this.isChar = isChar10;
				this.getCode = this.getCode10;
			} else {
				this.isChar = isChar11;
				this.getCode = this.getCode11;
			}
		}
		sBegin() {
			if (this.chunk.charCodeAt(0) === 65279) {
				this.i++;
				this.column++;
			}
			this.state = S_BEGIN_WHITESPACE;
		}
		sBeginWhitespace() {
			const iBefore = this.i;
			const c = this.skipSpaces();
			if (this.prevI !== iBefore) this.xmlDeclPossible = false;
			switch (c) {
				case LESS:
					this.state = S_OPEN_WAKA;
					if (this.text.length !== 0) throw new Error("no-empty text at start");
					break;
				case EOC: break;
				default:
					this.unget();
					this.state = S_TEXT;
					this.xmlDeclPossible = false;
			}
		}
		sDoctype() {
			var _a;
			const c = this.captureTo(DOCTYPE_TERMINATOR);
			switch (c) {
				case GREATER:
					(_a = this.doctypeHandler) === null || _a === void 0 || _a.call(this, this.text);
					this.text = "";
					this.state = S_TEXT;
					this.doctype = true;
					break;
				case EOC: break;
				default:
					this.text += String.fromCodePoint(c);
					if (c === OPEN_BRACKET) this.state = S_DTD;
					else if (isQuote(c)) {
						this.state = S_DOCTYPE_QUOTE;
						this.q = c;
					}
			}
		}
		sDoctypeQuote() {
			const q = this.q;
			if (this.captureToChar(q)) {
				this.text += String.fromCodePoint(q);
				this.q = null;
				this.state = S_DOCTYPE;
			}
		}
		sDTD() {
			const c = this.captureTo(DTD_TERMINATOR);
			if (c === EOC) return;
			this.text += String.fromCodePoint(c);
			if (c === CLOSE_BRACKET) this.state = S_DOCTYPE;
			else if (c === LESS) this.state = S_DTD_OPEN_WAKA;
			else if (isQuote(c)) {
				this.state = S_DTD_QUOTED;
				this.q = c;
			}
		}
		sDTDQuoted() {
			const q = this.q;
			if (this.captureToChar(q)) {
				this.text += String.fromCodePoint(q);
				this.state = S_DTD;
				this.q = null;
			}
		}
		sDTDOpenWaka() {
			const c = this.getCodeNorm();
			this.text += String.fromCodePoint(c);
			switch (c) {
				case BANG:
					this.state = S_DTD_OPEN_WAKA_BANG;
					this.openWakaBang = "";
					break;
				case QUESTION:
					this.state = S_DTD_PI;
					break;
				default: this.state = S_DTD;
			}
		}
		sDTDOpenWakaBang() {
			const char = String.fromCodePoint(this.getCodeNorm());
			const owb = this.openWakaBang += char;
			this.text += char;
			if (owb !== "-") {
				this.state = owb === "--" ? S_DTD_COMMENT : S_DTD;
				this.openWakaBang = "";
			}
		}
		sDTDComment() {
			if (this.captureToChar(MINUS)) {
				this.text += "-";
				this.state = S_DTD_COMMENT_ENDING;
			}
		}
		sDTDCommentEnding() {
			const c = this.getCodeNorm();
			this.text += String.fromCodePoint(c);
			this.state = c === MINUS ? S_DTD_COMMENT_ENDED : S_DTD_COMMENT;
		}
		sDTDCommentEnded() {
			const c = this.getCodeNorm();
			this.text += String.fromCodePoint(c);
			if (c === GREATER) this.state = S_DTD;
			else {
				this.fail("malformed comment.");
				this.state = S_DTD_COMMENT;
			}
		}
		sDTDPI() {
			if (this.captureToChar(QUESTION)) {
				this.text += "?";
				this.state = S_DTD_PI_ENDING;
			}
		}
		sDTDPIEnding() {
			const c = this.getCodeNorm();
			this.text += String.fromCodePoint(c);
			if (c === GREATER) this.state = S_DTD;
		}
		sText() {
			if (this.tags.length !== 0) this.handleTextInRoot();
			else this.handleTextOutsideRoot();
		}
		sEntity() {
			let { i: start } = this;
			const { chunk } = this;
			loop: while (true) switch (this.getCode()) {
				case NL_LIKE:
					this.entity += `${chunk.slice(start, this.prevI)}\n`;
					start = this.i;
					break;
				case SEMICOLON: {
					const { entityReturnState } = this;
					const entity = this.entity + chunk.slice(start, this.prevI);
					this.state = entityReturnState;
					let parsed;
					if (entity === "") {
						this.fail("empty entity name.");
						parsed = "&;";
					} else {
						parsed = this.parseEntity(entity);
						this.entity = "";
					}
					if (entityReturnState !== S_TEXT || this.textHandler !== void 0) this.text += parsed;
					break loop;
				}
				case EOC:
					this.entity += chunk.slice(start);
					break loop;
			}
		}
		sOpenWaka() {
			const c = this.getCode();
			if (isNameStartChar(c)) {
				this.state = S_OPEN_TAG;
				this.unget();
				this.xmlDeclPossible = false;
			} else switch (c) {
				case FORWARD_SLASH:
					this.state = S_CLOSE_TAG;
					this.xmlDeclPossible = false;
					break;
				case BANG:
					this.state = S_OPEN_WAKA_BANG;
					this.openWakaBang = "";
					this.xmlDeclPossible = false;
					break;
				case QUESTION:
					this.state = S_PI_FIRST_CHAR;
					break;
				default:
					this.fail("disallowed character in tag name");
					this.state = S_TEXT;
					this.xmlDeclPossible = false;
			}
		}
		sOpenWakaBang() {
			this.openWakaBang += String.fromCodePoint(this.getCodeNorm());
			switch (this.openWakaBang) {
				case "[CDATA[":
					if (!this.sawRoot && !this.reportedTextBeforeRoot) {
						this.fail("text data outside of root node.");
						this.reportedTextBeforeRoot = true;
					}
					if (this.closedRoot && !this.reportedTextAfterRoot) {
						this.fail("text data outside of root node.");
						this.reportedTextAfterRoot = true;
					}
					this.state = S_CDATA;
					this.openWakaBang = "";
					break;
				case "--":
					this.state = S_COMMENT;
					this.openWakaBang = "";
					break;
				case "DOCTYPE":
					this.state = S_DOCTYPE;
					if (this.doctype || this.sawRoot) this.fail("inappropriately located doctype declaration.");
					this.openWakaBang = "";
					break;
				default: if (this.openWakaBang.length >= 7) this.fail("incorrect syntax.");
			}
		}
		sComment() {
			if (this.captureToChar(MINUS)) this.state = S_COMMENT_ENDING;
		}
		sCommentEnding() {
			var _a;
			const c = this.getCodeNorm();
			if (c === MINUS) {
				this.state = S_COMMENT_ENDED;
				(_a = this.commentHandler) === null || _a === void 0 || _a.call(this, this.text);
				this.text = "";
			} else {
				this.text += `-${String.fromCodePoint(c)}`;
				this.state = S_COMMENT;
			}
		}
		sCommentEnded() {
			const c = this.getCodeNorm();
			if (c !== GREATER) {
				this.fail("malformed comment.");
				this.text += `--${String.fromCodePoint(c)}`;
				this.state = S_COMMENT;
			} else this.state = S_TEXT;
		}
		sCData() {
			if (this.captureToChar(CLOSE_BRACKET)) this.state = S_CDATA_ENDING;
		}
		sCDataEnding() {
			const c = this.getCodeNorm();
			if (c === CLOSE_BRACKET) this.state = S_CDATA_ENDING_2;
			else {
				this.text += `]${String.fromCodePoint(c)}`;
				this.state = S_CDATA;
			}
		}
		sCDataEnding2() {
			var _a;
			const c = this.getCodeNorm();
			switch (c) {
				case GREATER:
					(_a = this.cdataHandler) === null || _a === void 0 || _a.call(this, this.text);
					this.text = "";
					this.state = S_TEXT;
					break;
				case CLOSE_BRACKET:
					this.text += "]";
					break;
				default:
					this.text += `]]${String.fromCodePoint(c)}`;
					this.state = S_CDATA;
			}
		}
		sPIFirstChar() {
			const c = this.getCodeNorm();
			if (this.nameStartCheck(c)) {
				this.piTarget += String.fromCodePoint(c);
				this.state = S_PI_REST;
			} else if (c === QUESTION || isS(c)) {
				this.fail("processing instruction without a target.");
				this.state = c === QUESTION ? S_PI_ENDING : S_PI_BODY;
			} else {
				this.fail("disallowed character in processing instruction name.");
				this.piTarget += String.fromCodePoint(c);
				this.state = S_PI_REST;
			}
		}
		sPIRest() {
			const { chunk, i: start } = this;
			while (true) {
				const c = this.getCodeNorm();
				if (c === EOC) {
					this.piTarget += chunk.slice(start);
					return;
				}
				if (!this.nameCheck(c)) {
					this.piTarget += chunk.slice(start, this.prevI);
					const isQuestion = c === QUESTION;
					if (isQuestion || isS(c)) {
						if (this.piTarget === "xml") {
							if (!this.xmlDeclPossible) this.fail("an XML declaration must be at the start of the document.");
							this.state = isQuestion ? S_XML_DECL_ENDING : S_XML_DECL_NAME_START;
						} else this.state = isQuestion ? S_PI_ENDING : S_PI_BODY;
					} else {
						this.fail("disallowed character in processing instruction name.");
						this.piTarget += String.fromCodePoint(c);
					}
					break;
				}
			}
		}
		sPIBody() {
			if (this.text.length === 0) {
				const c = this.getCodeNorm();
				if (c === QUESTION) this.state = S_PI_ENDING;
				else if (!isS(c)) this.text = String.fromCodePoint(c);
			} else if (this.captureToChar(QUESTION)) this.state = S_PI_ENDING;
		}
		sPIEnding() {
			var _a;
			const c = this.getCodeNorm();
			if (c === GREATER) {
				const { piTarget } = this;
				if (piTarget.toLowerCase() === "xml") this.fail("the XML declaration must appear at the start of the document.");
				(_a = this.piHandler) === null || _a === void 0 || _a.call(this, {
					target: piTarget,
					body: this.text
				});
				this.piTarget = this.text = "";
				this.state = S_TEXT;
			} else if (c === QUESTION) this.text += "?";
			else {
				this.text += `?${String.fromCodePoint(c)}`;
				this.state = S_PI_BODY;
			}
			this.xmlDeclPossible = false;
		}
		sXMLDeclNameStart() {
			const c = this.skipSpaces();
			if (c === QUESTION) {
				this.state = S_XML_DECL_ENDING;
				return;
			}
			if (c !== EOC) {
				this.state = S_XML_DECL_NAME;
				this.name = String.fromCodePoint(c);
			}
		}
		sXMLDeclName() {
			const c = this.captureTo(XML_DECL_NAME_TERMINATOR);
			if (c === QUESTION) {
				this.state = S_XML_DECL_ENDING;
				this.name += this.text;
				this.text = "";
				this.fail("XML declaration is incomplete.");
				return;
			}
			if (!(isS(c) || c === EQUAL)) return;
			this.name += this.text;
			this.text = "";
			if (!this.xmlDeclExpects.includes(this.name)) switch (this.name.length) {
				case 0:
					this.fail("did not expect any more name/value pairs.");
					break;
				case 1:
					this.fail(`expected the name ${this.xmlDeclExpects[0]}.`);
					break;
				default: this.fail(`expected one of ${this.xmlDeclExpects.join(", ")}`);
			}
			this.state = c === EQUAL ? S_XML_DECL_VALUE_START : S_XML_DECL_EQ;
		}
		sXMLDeclEq() {
			const c = this.getCodeNorm();
			if (c === QUESTION) {
				this.state = S_XML_DECL_ENDING;
				this.fail("XML declaration is incomplete.");
				return;
			}
			if (isS(c)) return;
			if (c !== EQUAL) this.fail("value required.");
			this.state = S_XML_DECL_VALUE_START;
		}
		sXMLDeclValueStart() {
			const c = this.getCodeNorm();
			if (c === QUESTION) {
				this.state = S_XML_DECL_ENDING;
				this.fail("XML declaration is incomplete.");
				return;
			}
			if (isS(c)) return;
			if (!isQuote(c)) {
				this.fail("value must be quoted.");
				this.q = SPACE;
			} else this.q = c;
			this.state = S_XML_DECL_VALUE;
		}
		sXMLDeclValue() {
			const c = this.captureTo([this.q, QUESTION]);
			if (c === QUESTION) {
				this.state = S_XML_DECL_ENDING;
				this.text = "";
				this.fail("XML declaration is incomplete.");
				return;
			}
			if (c === EOC) return;
			const value = this.text;
			this.text = "";
			switch (this.name) {
				case "version": {
					this.xmlDeclExpects = ["encoding", "standalone"];
					const version = value;
					this.xmlDecl.version = version;
					if (!/^1\.[0-9]+$/.test(version)) this.fail("version number must match /^1\\.[0-9]+$/.");
					else if (!this.opt.forceXMLVersion) this.setXMLVersion(version);
					break;
				}
				case "encoding":
					if (!/^[A-Za-z][A-Za-z0-9._-]*$/.test(value)) this.fail("encoding value must match /^[A-Za-z0-9][A-Za-z0-9._-]*$/.");
					this.xmlDeclExpects = ["standalone"];
					this.xmlDecl.encoding = value;
					break;
				case "standalone":
					if (value !== "yes" && value !== "no") this.fail("standalone value must match \"yes\" or \"no\".");
					this.xmlDeclExpects = [];
					this.xmlDecl.standalone = value;
			}
			this.name = "";
			this.state = S_XML_DECL_SEPARATOR;
		}
		sXMLDeclSeparator() {
			const c = this.getCodeNorm();
			if (c === QUESTION) {
				this.state = S_XML_DECL_ENDING;
				return;
			}
			if (!isS(c)) {
				this.fail("whitespace required.");
				this.unget();
			}
			this.state = S_XML_DECL_NAME_START;
		}
		sXMLDeclEnding() {
			var _a;
			if (this.getCodeNorm() === GREATER) {
				if (this.piTarget !== "xml") this.fail("processing instructions are not allowed before root.");
				else if (this.name !== "version" && this.xmlDeclExpects.includes("version")) this.fail("XML declaration must contain a version.");
				(_a = this.xmldeclHandler) === null || _a === void 0 || _a.call(this, this.xmlDecl);
				this.name = "";
				this.piTarget = this.text = "";
				this.state = S_TEXT;
			} else this.fail("The character ? is disallowed anywhere in XML declarations.");
			this.xmlDeclPossible = false;
		}
		sOpenTag() {
			var _a;
			const c = this.captureNameChars();
			if (c === EOC) return;
			const tag = this.tag = {
				name: this.name,
				attributes: Object.create(null)
			};
			this.name = "";
			if (this.xmlnsOpt) this.topNS = tag.ns = Object.create(null);
			(_a = this.openTagStartHandler) === null || _a === void 0 || _a.call(this, tag);
			this.sawRoot = true;
			if (!this.fragmentOpt && this.closedRoot) this.fail("documents may contain only one root.");
			switch (c) {
				case GREATER:
					this.openTag();
					break;
				case FORWARD_SLASH:
					this.state = S_OPEN_TAG_SLASH;
					break;
				default:
					if (!isS(c)) this.fail("disallowed character in tag name.");
					this.state = S_ATTRIB;
			}
		}
		sOpenTagSlash() {
			if (this.getCode() === GREATER) this.openSelfClosingTag();
			else {
				this.fail("forward-slash in opening tag not followed by >.");
				this.state = S_ATTRIB;
			}
		}
		sAttrib() {
			const c = this.skipSpaces();
			if (c === EOC) return;
			if (isNameStartChar(c)) {
				this.unget();
				this.state = S_ATTRIB_NAME;
			} else if (c === GREATER) this.openTag();
			else if (c === FORWARD_SLASH) this.state = S_OPEN_TAG_SLASH;
			else this.fail("disallowed character in attribute name.");
		}
		sAttribName() {
			const c = this.captureNameChars();
			if (c === EQUAL) this.state = S_ATTRIB_VALUE;
			else if (isS(c)) this.state = S_ATTRIB_NAME_SAW_WHITE;
			else if (c === GREATER) {
				this.fail("attribute without value.");
				this.pushAttrib(this.name, this.name);
				this.name = this.text = "";
				this.openTag();
			} else if (c !== EOC) this.fail("disallowed character in attribute name.");
		}
		sAttribNameSawWhite() {
			const c = this.skipSpaces();
			switch (c) {
				case EOC: return;
				case EQUAL:
					this.state = S_ATTRIB_VALUE;
					break;
				default:
					this.fail("attribute without value.");
					this.text = "";
					this.name = "";
					if (c === GREATER) this.openTag();
					else if (isNameStartChar(c)) {
						this.unget();
						this.state = S_ATTRIB_NAME;
					} else {
						this.fail("disallowed character in attribute name.");
						this.state = S_ATTRIB;
					}
			}
		}
		sAttribValue() {
			const c = this.getCodeNorm();
			if (isQuote(c)) {
				this.q = c;
				this.state = S_ATTRIB_VALUE_QUOTED;
			} else if (!isS(c)) {
				this.fail("unquoted attribute value.");
				this.state = S_ATTRIB_VALUE_UNQUOTED;
				this.unget();
			}
		}
		sAttribValueQuoted() {
			const { q, chunk } = this;
			let { i: start } = this;
			while (true) switch (this.getCode()) {
				case q:
					this.pushAttrib(this.name, this.text + chunk.slice(start, this.prevI));
					this.name = this.text = "";
					this.q = null;
					this.state = S_ATTRIB_VALUE_CLOSED;
					return;
				case AMP:
					this.text += chunk.slice(start, this.prevI);
					this.state = S_ENTITY;
					this.entityReturnState = S_ATTRIB_VALUE_QUOTED;
					return;
				case NL:
				case NL_LIKE:
				case TAB:
					this.text += `${chunk.slice(start, this.prevI)} `;
					start = this.i;
					break;
				case LESS:
					this.text += chunk.slice(start, this.prevI);
					this.fail("disallowed character.");
					return;
				case EOC:
					this.text += chunk.slice(start);
					return;
			}
		}
		sAttribValueClosed() {
			const c = this.getCodeNorm();
			if (isS(c)) this.state = S_ATTRIB;
			else if (c === GREATER) this.openTag();
			else if (c === FORWARD_SLASH) this.state = S_OPEN_TAG_SLASH;
			else if (isNameStartChar(c)) {
				this.fail("no whitespace between attributes.");
				this.unget();
				this.state = S_ATTRIB_NAME;
			} else this.fail("disallowed character in attribute name.");
		}
		sAttribValueUnquoted() {
			const c = this.captureTo(ATTRIB_VALUE_UNQUOTED_TERMINATOR);
			switch (c) {
				case AMP:
					this.state = S_ENTITY;
					this.entityReturnState = S_ATTRIB_VALUE_UNQUOTED;
					break;
				case LESS:
					this.fail("disallowed character.");
					break;
				case EOC: break;
				default:
					if (this.text.includes("]]>")) this.fail("the string \"]]>\" is disallowed in char data.");
					this.pushAttrib(this.name, this.text);
					this.name = this.text = "";
					if (c === GREATER) this.openTag();
					else this.state = S_ATTRIB;
			}
		}
		sCloseTag() {
			const c = this.captureNameChars();
			if (c === GREATER) this.closeTag();
			else if (isS(c)) this.state = S_CLOSE_TAG_SAW_WHITE;
			else if (c !== EOC) this.fail("disallowed character in closing tag.");
		}
		sCloseTagSawWhite() {
			switch (this.skipSpaces()) {
				case GREATER:
					this.closeTag();
					break;
				case EOC: break;
				default: this.fail("disallowed character in closing tag.");
			}
		}
		handleTextInRoot() {
			let { i: start, forbiddenState } = this;
			const { chunk, textHandler: handler } = this;
			scanLoop: while (true) switch (this.getCode()) {
				case LESS:
					this.state = S_OPEN_WAKA;
					if (handler !== void 0) {
						const { text } = this;
						const slice = chunk.slice(start, this.prevI);
						if (text.length !== 0) {
							handler(text + slice);
							this.text = "";
						} else if (slice.length !== 0) handler(slice);
					}
					forbiddenState = FORBIDDEN_START;
					break scanLoop;
				case AMP:
					this.state = S_ENTITY;
					this.entityReturnState = S_TEXT;
					if (handler !== void 0) this.text += chunk.slice(start, this.prevI);
					forbiddenState = FORBIDDEN_START;
					break scanLoop;
				case CLOSE_BRACKET:
					switch (forbiddenState) {
						case FORBIDDEN_START:
							forbiddenState = FORBIDDEN_BRACKET;
							break;
						case FORBIDDEN_BRACKET:
							forbiddenState = FORBIDDEN_BRACKET_BRACKET;
							break;
						case FORBIDDEN_BRACKET_BRACKET: break;
						default: throw new Error("impossible state");
					}
					break;
				case GREATER:
					if (forbiddenState === FORBIDDEN_BRACKET_BRACKET) this.fail("the string \"]]>\" is disallowed in char data.");
					forbiddenState = FORBIDDEN_START;
					break;
				case NL_LIKE:
					if (handler !== void 0) this.text += `${chunk.slice(start, this.prevI)}\n`;
					start = this.i;
					forbiddenState = FORBIDDEN_START;
					break;
				case EOC:
					if (handler !== void 0) this.text += chunk.slice(start);
					break scanLoop;
				default: forbiddenState = FORBIDDEN_START;
			}
			this.forbiddenState = forbiddenState;
		}
		handleTextOutsideRoot() {
			let { i: start } = this;
			const { chunk, textHandler: handler } = this;
			let nonSpace = false;
			outRootLoop: while (true) {
				const code = this.getCode();
				switch (code) {
					case LESS:
						this.state = S_OPEN_WAKA;
						if (handler !== void 0) {
							const { text } = this;
							const slice = chunk.slice(start, this.prevI);
							if (text.length !== 0) {
								handler(text + slice);
								this.text = "";
							} else if (slice.length !== 0) handler(slice);
						}
						break outRootLoop;
					case AMP:
						this.state = S_ENTITY;
						this.entityReturnState = S_TEXT;
						if (handler !== void 0) this.text += chunk.slice(start, this.prevI);
						nonSpace = true;
						break outRootLoop;
					case NL_LIKE:
						if (handler !== void 0) this.text += `${chunk.slice(start, this.prevI)}\n`;
						start = this.i;
						break;
					case EOC:
						if (handler !== void 0) this.text += chunk.slice(start);
						break outRootLoop;
					default: if (!isS(code)) nonSpace = true;
				}
			}
			if (!nonSpace) return;
			if (!this.sawRoot && !this.reportedTextBeforeRoot) {
				this.fail("text data outside of root node.");
				this.reportedTextBeforeRoot = true;
			}
			if (this.closedRoot && !this.reportedTextAfterRoot) {
				this.fail("text data outside of root node.");
				this.reportedTextAfterRoot = true;
			}
		}
		pushAttribNS(name, value) {
			var _a;
			const { prefix, local } = this.qname(name);
			const attr = {
				name,
				prefix,
				local,
				value
			};
			this.attribList.push(attr);
			(_a = this.attributeHandler) === null || _a === void 0 || _a.call(this, attr);
			if (prefix === "xmlns") {
				const trimmed = value.trim();
				if (this.currentXMLVersion === "1.0" && trimmed === "") this.fail("invalid attempt to undefine prefix in XML 1.0");
				this.topNS[local] = trimmed;
				nsPairCheck(this, local, trimmed);
			} else if (name === "xmlns") {
				const trimmed = value.trim();
				this.topNS[""] = trimmed;
				nsPairCheck(this, "", trimmed);
			}
		}
		pushAttribPlain(name, value) {
			var _a;
			const attr = {
				name,
				value
			};
			this.attribList.push(attr);
			(_a = this.attributeHandler) === null || _a === void 0 || _a.call(this, attr);
		}
		/**
		* End parsing. This performs final well-formedness checks and resets the
		* parser to a clean state.
		*
		* @returns this
		*/
		end() {
			var _a, _b;
			if (!this.sawRoot) this.fail("document must contain a root element.");
			const { tags } = this;
			while (tags.length > 0) {
				const tag = tags.pop();
				this.fail(`unclosed tag: ${tag.name}`);
			}
			if (this.state !== S_BEGIN && this.state !== S_TEXT) this.fail("unexpected end.");
			const { text } = this;
			if (text.length !== 0) {
				(_a = this.textHandler) === null || _a === void 0 || _a.call(this, text);
				this.text = "";
			}
			this._closed = true;
			(_b = this.endHandler) === null || _b === void 0 || _b.call(this);
			this._init();
			return this;
		}
		/**
		* Resolve a namespace prefix.
		*
		* @param prefix The prefix to resolve.
		*
		* @returns The namespace URI or ``undefined`` if the prefix is not defined.
		*/
		resolve(prefix) {
			var _a, _b;
			let uri = this.topNS[prefix];
			if (uri !== void 0) return uri;
			const { tags } = this;
			for (let index = tags.length - 1; index >= 0; index--) {
				uri = tags[index].ns[prefix];
				if (uri !== void 0) return uri;
			}
			uri = this.ns[prefix];
			if (uri !== void 0) return uri;
			return (_b = (_a = this.opt).resolvePrefix) === null || _b === void 0 ? void 0 : _b.call(_a, prefix);
		}
		/**
		* Parse a qname into its prefix and local name parts.
		*
		* @param name The name to parse
		*
		* @returns
		*/
		qname(name) {
			const colon = name.indexOf(":");
			if (colon === -1) return {
				prefix: "",
				local: name
			};
			const local = name.slice(colon + 1);
			const prefix = name.slice(0, colon);
			if (prefix === "" || local === "" || local.includes(":")) this.fail(`malformed name: ${name}.`);
			return {
				prefix,
				local
			};
		}
		processAttribsNS() {
			var _a;
			const { attribList } = this;
			const tag = this.tag;
			{
				const { prefix, local } = this.qname(tag.name);
				tag.prefix = prefix;
				tag.local = local;
				const uri = tag.uri = (_a = this.resolve(prefix)) !== null && _a !== void 0 ? _a : "";
				if (prefix !== "") {
					if (prefix === "xmlns") this.fail("tags may not have \"xmlns\" as prefix.");
					if (uri === "") {
						this.fail(`unbound namespace prefix: ${JSON.stringify(prefix)}.`);
						tag.uri = prefix;
					}
				}
			}
			if (attribList.length === 0) return;
			const { attributes } = tag;
			const seen = /* @__PURE__ */ new Set();
			for (const attr of attribList) {
				const { name, prefix, local } = attr;
				let uri;
				let eqname;
				if (prefix === "") {
					uri = name === "xmlns" ? XMLNS_NAMESPACE : "";
					eqname = name;
				} else {
					uri = this.resolve(prefix);
					if (uri === void 0) {
						this.fail(`unbound namespace prefix: ${JSON.stringify(prefix)}.`);
						uri = prefix;
					}
					eqname = `{${uri}}${local}`;
				}
				if (seen.has(eqname)) this.fail(`duplicate attribute: ${eqname}.`);
				seen.add(eqname);
				attr.uri = uri;
				attributes[name] = attr;
			}
			this.attribList = [];
		}
		processAttribsPlain() {
			const { attribList } = this;
			const attributes = this.tag.attributes;
			for (const { name, value } of attribList) {
				if (attributes[name] !== void 0) this.fail(`duplicate attribute: ${name}.`);
				attributes[name] = value;
			}
			this.attribList = [];
		}
		/**
		* Handle a complete open tag. This parser code calls this once it has seen
		* the whole tag. This method checks for well-formeness and then emits
		* ``onopentag``.
		*/
		openTag() {
			var _a;
			this.processAttribs();
			const { tags } = this;
			const tag = this.tag;
			tag.isSelfClosing = false;
			(_a = this.openTagHandler) === null || _a === void 0 || _a.call(this, tag);
			tags.push(tag);
			this.state = S_TEXT;
			this.name = "";
		}
		/**
		* Handle a complete self-closing tag. This parser code calls this once it has
		* seen the whole tag. This method checks for well-formeness and then emits
		* ``onopentag`` and ``onclosetag``.
		*/
		openSelfClosingTag() {
			var _a, _b, _c;
			this.processAttribs();
			const { tags } = this;
			const tag = this.tag;
			tag.isSelfClosing = true;
			(_a = this.openTagHandler) === null || _a === void 0 || _a.call(this, tag);
			(_b = this.closeTagHandler) === null || _b === void 0 || _b.call(this, tag);
			if ((this.tag = (_c = tags[tags.length - 1]) !== null && _c !== void 0 ? _c : null) === null) this.closedRoot = true;
			this.state = S_TEXT;
			this.name = "";
		}
		/**
		* Handle a complete close tag. This parser code calls this once it has seen
		* the whole tag. This method checks for well-formeness and then emits
		* ``onclosetag``.
		*/
		closeTag() {
			const { tags, name } = this;
			this.state = S_TEXT;
			this.name = "";
			if (name === "") {
				this.fail("weird empty close tag.");
				this.text += "</>";
				return;
			}
			const handler = this.closeTagHandler;
			let l = tags.length;
			while (l-- > 0) {
				const tag = this.tag = tags.pop();
				this.topNS = tag.ns;
				handler === null || handler === void 0 || handler(tag);
				if (tag.name === name) break;
				this.fail("unexpected close tag.");
			}
			if (l === 0) this.closedRoot = true;
			else if (l < 0) {
				this.fail(`unmatched closing tag: ${name}.`);
				this.text += `</${name}>`;
			}
		}
		/**
		* Resolves an entity. Makes any necessary well-formedness checks.
		*
		* @param entity The entity to resolve.
		*
		* @returns The parsed entity.
		*/
		parseEntity(entity) {
			if (entity[0] !== "#") {
				const defined = this.ENTITIES[entity];
				if (defined !== void 0) return defined;
				this.fail(this.isName(entity) ? "undefined entity." : "disallowed character in entity name.");
				return `&${entity};`;
			}
			let num = NaN;
			if (entity[1] === "x" && /^#x[0-9a-f]+$/i.test(entity)) num = parseInt(entity.slice(2), 16);
			else if (/^#[0-9]+$/.test(entity)) num = parseInt(entity.slice(1), 10);
			if (!this.isChar(num)) {
				this.fail("malformed character entity.");
				return `&${entity};`;
			}
			return String.fromCodePoint(num);
		}
	};
	exports.SaxesParser = SaxesParser;
}));

// src/reports/xml.ts
var import_saxes = require_saxes();
const MAX_DEPTH = 256;
const MAX_ATTRIBUTES = 256;
const MAX_NAME_CHARS = 4096;
/** Of a text, a CDATA section, a comment or an attribute value that is longer, the beginning is kept. */
const MAX_TEXT_CHARS$1 = 65536;
const POSITION = /^(\d+):(\d+): /;
/**
* Reads XML 1.0 as a stream, in bounded memory. Internal DTDs and entities but the five of XML are refused; nothing is
* fetched. Characters that XML forbids are let through.
* @throws ReportError with line and column when it is not well-formed, beyond the limits, or has another root element
*/
async function readXml(texts, rules, handlers) {
	const read = {
		text: "",
		chars: 0
	};
	const parser = makeParser(rules, handlers, () => read.text.charCodeAt(parser.position - 1 - read.chars));
	try {
		for await (const text of texts) {
			read.text = text;
			parser.write(text);
			read.chars += text.length;
			boundHeld(parser);
		}
		parser.close();
	} catch (error) {
		if (error instanceof ReportError || !(error instanceof XmlFault)) throw error;
		refuse(error.message);
	}
}
var XmlFault = class extends Error {};
/** @param lastCode the code of the character that was read last */
function makeParser(rules, handlers, lastCode) {
	const parser = new import_saxes.SaxesParser({ xmlns: false });
	const parents = [];
	let wanted = -1;
	let text = "";
	const stop = (reason) => {
		throw new XmlFault(`${reason} (line ${parser.line}, column ${parser.column})`);
	};
	const onText = (part) => {
		if (text.length < observationLimits.messageChars * 4) text += part;
	};
	const listen = (on) => {
		if (on) parser.on("text", onText);
		else parser.off("text");
	};
	parser.on("error", (error) => {
		if (error.message.endsWith(": disallowed character.") && isUnfitForXml(lastCode())) return;
		if (error.message.endsWith("malformed character entity.")) return;
		stop(`it is not well-formed XML: ${error.message.replace(POSITION, "").replace(/\.$/, "")}`);
	});
	parser.on("doctype", (declaration) => {
		if (rules.doctype === "refused" || declaration.includes("[")) stop("it has a DOCTYPE, which is refused");
	});
	parser.on("opentag", (tag) => {
		if (parents.length === 0 && !rules.roots.includes(tag.name)) stop(explainRoot(tag.name, rules.roots));
		if (Object.keys(tag.attributes).length > MAX_ATTRIBUTES) stop(`an element has more than ${MAX_ATTRIBUTES} attributes`);
		if (parents.length >= MAX_DEPTH) stop(`elements are nested more than ${MAX_DEPTH} deep`);
		if (handlers.open(tag.name, tag.attributes, parents)) {
			wanted = parents.length;
			text = "";
			listen(true);
		}
		parents.push(tag.name);
	});
	parser.on("closetag", (tag) => {
		parents.pop();
		const ends = wanted === parents.length;
		handlers.close(tag.name, ends ? text : "", parents);
		if (ends) {
			wanted = -1;
			listen(false);
		}
	});
	parser.on("cdata", (part) => {
		if (wanted >= 0) onText(part);
	});
	listen(true);
	listen(false);
	return parser;
}
/** Control characters and the two non-characters, which XML 1.0 (section 2.2) has no place for. */
function isUnfitForXml(code) {
	return code < 32 || code === 65534 || code === 65535;
}
function explainRoot(name, roots) {
	const expected = roots.map((root) => `<${root}>`).join(" or ");
	return `its root element is <${name.slice(0, 100)}>, not ${expected}`;
}
/**
* What saxes gathers of a token that is not over grows without end: a text of 100 MB would be held as a whole. Its
* fields are private, so the dependency is pinned and a test holds this to be true.
*/
function boundHeld(parser) {
	if (parser["attribList"].length > MAX_ATTRIBUTES) throw new XmlFault(`an element has more than ${MAX_ATTRIBUTES} attributes (line ${parser.line})`);
	if (parser["text"].length > MAX_TEXT_CHARS$1) parser["text"] = flatten(parser["text"].slice(0, MAX_TEXT_CHARS$1));
	if (parser["name"].length + parser["entity"].length + parser["piTarget"].length > MAX_NAME_CHARS) throw new XmlFault(`it has a name of more than ${MAX_NAME_CHARS} characters (line ${parser.line})`);
}
/** A slice keeps the text alive that it was cut from. */
function flatten(text) {
	return Buffer.from(text, "utf16le").toString("utf16le");
}

// src/reports/checkstyle.ts
const LEVELS = {
	error: "error",
	warning: "warning",
	info: "note",
	ignore: "none"
};
/** Checkstyle's XML, as many linters write it; they list only files in which they found something. */
const readCheckstyle = async (texts, where) => {
	const tally = makeFindingsTally(where);
	let file = "";
	await readXml(texts, {
		roots: ["checkstyle"],
		doctype: "refused"
	}, {
		open(name, attributes) {
			if (name === "checkstyle") tally.tool("Checkstyle format", attributes["version"]);
			else if (name === "file") file = attributes["name"] ?? "";
			else if (name === "error") tally.add(LEVELS[(attributes["severity"] ?? "").toLowerCase()] ?? "error", {
				ruleId: attributes["source"] ?? "",
				message: attributes["message"] ?? "",
				uri: file,
				line: parseCount(attributes["line"]),
				column: parseCount(attributes["column"])
			});
			return name === "exception";
		},
		close(name, text) {
			if (name === "exception") tally.problem(file, text);
		}
	});
	return tally.reading("something");
};

// src/reports/coverage-tally.ts
/** Adds up the coverage of files, and keeps the least covered. */
function makeCoverageTally(where) {
	const sums = {
		lines: {
			covered: 0,
			total: 0
		},
		branches: {
			covered: 0,
			total: 0
		},
		functions: {
			covered: 0,
			total: 0
		},
		statements: {
			covered: 0,
			total: 0
		}
	};
	const remarks = makeRemarks();
	let files = [];
	let count = 0;
	const addTo = (name, { covered, total }) => {
		sums[name].covered += Math.min(covered, total);
		sums[name].total += total;
	};
	return {
		sums,
		compare: remarks.compare,
		remark: remarks.remark,
		addTotal: addTo,
		add(path, coverage) {
			count += 1;
			for (const name of coverageMetricNames) {
				const covered = coverage[name];
				if (covered !== void 0) addTo(name, covered);
			}
			const metrics = toMetrics(coverage);
			if (Object.keys(metrics).length === 0) return;
			files.push({
				path: toSourcePath(path, where.root),
				...metrics
			});
			if (files.length >= observationLimits.files * 8) files = toLeastCovered(files);
		},
		reading() {
			const told = toLeastCovered(files);
			const { disagreements, remarks: said } = remarks.value();
			return {
				type: "coverage",
				value: {
					...toMetrics(sums),
					files_total: count,
					files: told,
					files_left_out: count - told.length,
					disagreements,
					remarks: said
				}
			};
		}
	};
}
function toLeastCovered(files) {
	return files.toSorted((a, b) => rank(a) - rank(b)).slice(0, observationLimits.files);
}
function rank({ lines, statements, branches, functions }) {
	return (lines ?? statements ?? branches ?? functions)?.percent ?? 100;
}
function toMetrics(coverage) {
	return Object.fromEntries(coverageMetricNames.flatMap((name) => {
		const found = coverage[name];
		return found !== void 0 && found.total > 0 ? [[name, toMetric(found)]] : [];
	}));
}
function toMetric({ covered, total }) {
	const counted = Math.min(covered, total);
	return {
		covered: counted,
		total,
		percent: Math.floor(counted * 1e4 / total) / 100
	};
}

// src/reports/line-hits.ts
const MAX_FILES$1 = 5e5;
/** One byte a line; files of a million lines exist. */
const MAX_LINE = 4194304;
const MAX_BYTES = 67108864;
/** Which lines of which files are covered, each line once, in bounded memory. */
function makeLineHits() {
	const files = /* @__PURE__ */ new Map();
	let bytes = 0;
	const toRoom = (file, line) => {
		const held = files.get(file) ?? /* @__PURE__ */ new Uint8Array(0);
		if (line < held.length) return held;
		if (files.size >= MAX_FILES$1) refuse(`it tells of more than ${MAX_FILES$1} files`);
		const room = new Uint8Array(Math.max(64, held.length * 2, line + 1));
		bytes += room.length - held.length;
		if (bytes > MAX_BYTES) refuse(`its files have more lines than are read (${MAX_BYTES} in all)`);
		room.set(held);
		files.set(file, room);
		return room;
	};
	return {
		hit(file, line, covered) {
			if (line > MAX_LINE) refuse(`it tells of line ${line} of a file; no more than ${MAX_LINE} are read`);
			const lines = toRoom(file, line);
			lines[line] = covered || lines[line] === 2 ? 2 : 1;
		},
		each(callback) {
			for (const [file, lines] of files) {
				let total = 0;
				let covered = 0;
				for (const state of lines) {
					if (state > 0) total += 1;
					if (state === 2) covered += 1;
				}
				callback(file, {
					covered,
					total
				});
			}
		}
	};
}

// src/reports/cobertura.ts
const CONDITIONS = /\((\d{1,9})\/(\d{1,9})\)/;
/** Cobertura's XML, as coverage.py, istanbul, gcovr and coverlet write it. Lines of classes in one file count once. */
const readCobertura = async (texts, where) => {
	const tally = makeCoverageTally(where);
	const lines = makeLineHits();
	const branches = /* @__PURE__ */ new Map();
	let root = {};
	let file = "";
	await readXml(texts, {
		roots: ["coverage"],
		doctype: "external"
	}, {
		open(name, attributes, parents) {
			if (parents.length === 0) root = attributes;
			else if (name === "class") file = attributes["filename"] ?? attributes["name"] ?? "";
			else if (name === "line" && parents.at(-2) === "class") {
				const line = parseCount(attributes["number"]);
				if (line === void 0) refuse(`it is no Cobertura report: a line of ${file.slice(0, 200)} has no number`);
				else lines.hit(file, line, /[1-9]/.test(attributes["hits"] ?? "") && !(attributes["hits"] ?? "").startsWith("-"));
				addBranches(branches, file, attributes);
			}
			return false;
		},
		close() {}
	});
	if (root["line-rate"] === void 0 && root["lines-valid"] === void 0) refuse("it is no Cobertura report: its <coverage> has neither line-rate nor lines-valid");
	lines.each((path, covered) => {
		const found = branches.get(path);
		tally.add(path, {
			lines: covered,
			...found && { branches: found }
		});
	});
	const { sums } = tally;
	const declare = (what, name) => ({
		what,
		where: "the file",
		declared: parseCount(root[name])
	});
	tally.compare(declare("lines", "lines-valid"), sums.lines.total);
	tally.compare(declare("covered lines", "lines-covered"), sums.lines.covered);
	return tally.reading();
};
function addBranches(branches, file, attributes) {
	const match = CONDITIONS.exec(attributes["condition-coverage"] ?? "");
	if (match === null) return;
	const found = branches.get(file) ?? {
		covered: 0,
		total: 0
	};
	found.covered += Number(match[1]);
	found.total += Number(match[2]);
	branches.set(file, found);
}

// src/reports/json-fields.ts
/** What stands at the end of a path of members; undefined where there is none. */
function dig(value, ...path) {
	let found = value;
	for (const part of path) if (Array.isArray(found)) found = typeof part === "number" ? found[part] : void 0;
	else if (isObject(found) && Object.hasOwn(found, part)) found = found[part];
	else return void 0;
	return found;
}
function digText(value, ...path) {
	const found = dig(value, ...path);
	return typeof found === "string" ? found : void 0;
}
function digNumber(value, ...path) {
	const found = dig(value, ...path);
	return typeof found === "number" ? found : void 0;
}
/** The elements of an array; none where there is no array. */
function digList(value, ...path) {
	const found = dig(value, ...path);
	return Array.isArray(found) ? found : [];
}

// src/reports/json-tokens.ts
/** Of a longer string the beginning is kept: reports carry screenshots and whole source files. */
const MAX_STRING_CHARS = 65536;
const MAX_LITERAL_CHARS = 400;
/** Their lastIndex is set before each use. */
const SPECIAL = /["\\\u0000-\u001F]/g;
const DELIMITER = /[^\w.+-]/g;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const ESCAPES = {
	"\"": "\"",
	"\\": "\\",
	"/": "/",
	b: "\b",
	f: "\f",
	n: "\n",
	r: "\r",
	t: "	"
};
/**
* Reads strict JSON (RFC 8259) from texts as they come, in memory that does not grow with them.
* @throws ReportError (from write and end) with line and column for what is no JSON or nested over `limits.jsonDepth`
*/
function makeJsonTokens(sink) {
	const stack = [];
	let expected = "value";
	let mode = "between";
	let held = "";
	let escape = "";
	let line = 1;
	let lineStart = 0;
	let offset = 0;
	const stop = (reason, at) => refuse(`it is not valid JSON: ${reason} (line ${line}, column ${offset + at - lineStart + 1})`);
	const afterValue = () => {
		const top = stack.at(-1);
		expected = top === void 0 ? "end" : top === "object" ? ", or }" : ", or ]";
	};
	const expectsValue = () => expected === "value" || expected === "value or ]";
	const endString = (at) => {
		mode = "between";
		const text = held;
		held = "";
		if (expected === "key" || expected === "key or }") {
			sink.key(text);
			expected = ":";
		} else if (expectsValue()) {
			sink.value(text);
			afterValue();
		} else stop(`a string where ${expected} is expected`, at);
	};
	const endLiteral = (at) => {
		mode = "between";
		const word = held;
		held = "";
		if (!expectsValue()) stop(`${quote(word)} where ${expected} is expected`, at);
		if (word === "true" || word === "false") sink.value(word === "true");
		else if (word === "null") sink.value(null);
		else if (NUMBER.test(word)) sink.value(Number(word));
		else stop(`${quote(word)} is no value`, at);
		afterValue();
	};
	/** Each reads from `at` and answers where the next is to go on. */
	const readString = (text, at) => {
		SPECIAL.lastIndex = at;
		const found = SPECIAL.exec(text)?.index ?? text.length;
		if (held.length < MAX_STRING_CHARS) held += text.slice(at, Math.min(found, at + MAX_STRING_CHARS));
		if (found === text.length) return found;
		const char = text.charAt(found);
		if (char === "\"") endString(found);
		else if (char === "\\") mode = "escape";
		else stop("a control character in a string", found);
		return found + 1;
	};
	const readEscape = (text, at) => {
		escape += text.charAt(at);
		const isUnicode = escape.startsWith("u");
		if (isUnicode && escape.length < 5) return at + 1;
		const char = isUnicode ? toCodeUnit(escape.slice(1)) : ESCAPES[escape];
		if (char === void 0) stop(`\\${quote(escape)} is no escape`, at);
		if (held.length < MAX_STRING_CHARS) held += char;
		escape = "";
		mode = "string";
		return at + 1;
	};
	const readLiteral = (text, at) => {
		DELIMITER.lastIndex = at;
		const found = DELIMITER.exec(text)?.index ?? text.length;
		held += text.slice(at, Math.min(found, at + MAX_LITERAL_CHARS + 1));
		if (held.length > MAX_LITERAL_CHARS) stop(`a number or word of more than ${MAX_LITERAL_CHARS} characters`, at);
		if (found < text.length) endLiteral(found);
		return found;
	};
	const readBetween = (text, at) => {
		const char = text.charAt(at);
		switch (char) {
			case "\n":
				line += 1;
				lineStart = offset + at + 1;
				break;
			case " ":
			case "	":
			case "\r": break;
			case "\"":
				mode = "string";
				break;
			case "{":
			case "[":
				if (!expectsValue()) stop(`"${char}" where ${expected} is expected`, at);
				if (stack.length >= limits.jsonDepth) stop(`nested more than ${limits.jsonDepth} deep`, at);
				stack.push(char === "{" ? "object" : "array");
				sink.open(char === "{" ? "object" : "array");
				expected = char === "{" ? "key or }" : "value or ]";
				break;
			case "}":
				if (expected !== "key or }" && expected !== ", or }") stop(`"}" where ${expected} is expected`, at);
				stack.pop();
				sink.close();
				afterValue();
				break;
			case "]":
				if (expected !== "value or ]" && expected !== ", or ]") stop(`"]" where ${expected} is expected`, at);
				stack.pop();
				sink.close();
				afterValue();
				break;
			case ":":
				if (expected !== ":") stop(`":" where ${expected} is expected`, at);
				expected = "value";
				break;
			case ",":
				if (expected !== ", or }" && expected !== ", or ]") stop(`"," where ${expected} is expected`, at);
				expected = expected === ", or }" ? "key" : "value";
				break;
			case "﻿":
				if (offset + at > 0) stop("a byte order mark in the middle", at);
				break;
			default:
				if (!/[\w.+-]/.test(char)) stop(`${quote(char)} where ${expected} is expected`, at);
				mode = "literal";
				return at;
		}
		return at + 1;
	};
	const readers = {
		between: readBetween,
		string: readString,
		escape: readEscape,
		literal: readLiteral
	};
	return {
		write(text) {
			for (let at = 0; at < text.length;) at = readers[mode](text, at);
			offset += text.length;
		},
		end() {
			if (mode === "literal") endLiteral(0);
			if (expected !== "end" || mode !== "between") stop("it ends in the middle", 0);
		}
	};
}
function toCodeUnit(digits) {
	return /^[0-9a-fA-F]{4}$/.test(digits) ? String.fromCharCode(Number.parseInt(digits, 16)) : void 0;
}
function quote(text) {
	return JSON.stringify(text.slice(0, 40));
}

// src/reports/json-shape.ts
/** Takes only what is no container. */
const leaf = {};
/** An object of leaves. */
function leaves(...names) {
	return { members: Object.fromEntries(names.map((name) => [name, leaf])) };
}
/** Values kept beside the items. */
const MAX_KEPT = 5e5;
/**
* Reads a JSON report of any size: its items one by one, and in the end the rest of what its shape names.
* @throws ReportError when it is no JSON, a member that is to be kept stands twice, or too much would be kept
*/
async function readJson(texts, shape, onItem) {
	let root = null;
	let kept = 0;
	let skipping = 0;
	let key = "";
	const open = [];
	const toShape = () => {
		const top = open.at(-1);
		if (top === void 0) return shape;
		if (Array.isArray(top.value)) return top.shape.elements;
		const { members, others } = top.shape;
		if (members !== void 0 && Object.hasOwn(members, key)) return members[key];
		return key === "__proto__" ? void 0 : others;
	};
	const attach = (value) => {
		kept += 1;
		if (kept > MAX_KEPT) refuse(`it holds more than ${MAX_KEPT} values beside its results`);
		const top = open.at(-1)?.value;
		if (top === void 0) root = value;
		else if (Array.isArray(top)) top.push(value);
		else if (Object.hasOwn(top, key)) refuse(`it is ambiguous: the member ${JSON.stringify(key)} stands twice in one object`);
		else top[key] = value;
	};
	const tokens = makeJsonTokens({
		open(kind) {
			const own = skipping > 0 ? void 0 : toShape();
			const fits = kind === "array" ? own?.elements !== void 0 : (own?.members ?? own?.others) !== void 0;
			if (own === void 0 || !fits) {
				if (open.length === 0 && skipping === 0) root = kind === "array" ? [] : {};
				skipping += 1;
				return;
			}
			const value = kind === "array" ? [] : {};
			const keptBefore = kept;
			if (own.item === void 0) attach(value);
			open.push({
				value,
				shape: own,
				keptBefore
			});
		},
		close() {
			if (skipping > 0) {
				skipping -= 1;
				return;
			}
			const closed = open.pop();
			if (closed?.shape.item === void 0) return;
			kept = closed.keptBefore;
			onItem(closed.value, closed.shape.item, open.map(({ value }) => value));
		},
		key(name) {
			key = name;
		},
		value(value) {
			if (skipping > 0) return;
			if (toShape() !== void 0) attach(value);
		}
	});
	for await (const text of texts) tokens.write(text);
	tokens.end();
	return root;
}

// src/reports/tests-tally.ts
/** Which cases are kept first when there is no room for all. */
const KEEPING_ORDER = [
	"failed",
	"flaky",
	"other",
	"pending",
	"skipped"
];
/** Counts cases as a report is read, and keeps the ones that are worth telling. */
function makeTestsTally(where) {
	const counts = {
		passed: 0,
		failed: 0,
		skipped: 0,
		pending: 0,
		other: 0
	};
	const kept = new Map(KEEPING_ORDER.map((group) => [group, []]));
	const remarks = makeRemarks();
	let flaky = 0;
	let suites = 0;
	let notable = 0;
	let timeOfCases = null;
	let timeOfAll = null;
	return {
		counts,
		problem: remarks.problem,
		compare: remarks.compare,
		remark: remarks.remark,
		add(found) {
			counts[found.status] += 1;
			if (found.durationMs !== void 0) timeOfCases = (timeOfCases ?? 0) + found.durationMs;
			if (found.status === "passed" && found.flaky !== true) return void 0;
			notable += 1;
			if (found.flaky === true) flaky += 1;
			const group = kept.get(found.flaky === true ? "flaky" : found.status);
			if (group === void 0 || group.length >= observationLimits.cases) return void 0;
			const told = toCase(found, where);
			group.push(told);
			return told;
		},
		pass(durationMs) {
			counts.passed += 1;
			if (durationMs !== void 0) timeOfCases = (timeOfCases ?? 0) + durationMs;
		},
		suite() {
			suites += 1;
		},
		took(durationMs) {
			if (durationMs !== void 0) timeOfAll = (timeOfAll ?? 0) + durationMs;
		},
		reading() {
			const cases = [...kept.values()].flat().slice(0, observationLimits.cases);
			const tests = counts.passed + counts.failed + counts.skipped + counts.pending + counts.other;
			const duration = toCount(timeOfAll ?? timeOfCases ?? void 0) ?? null;
			const list = {
				cases,
				cases_left_out: notable - cases.length
			};
			return {
				type: "tests",
				value: {
					tests,
					...counts,
					flaky,
					suites,
					duration_ms: duration,
					...list,
					...remarks.value()
				}
			};
		}
	};
}
function toCase(found, where) {
	const { suite, message, file, line } = found;
	const said = message === void 0 ? "" : toMessageExcerpt(message);
	const lineCount = toCount(line);
	return {
		name: toName(found.name),
		suite: suite.slice(0, observationLimits.suiteParts).map((part) => toName(part)),
		status: found.status,
		flaky: found.flaky === true,
		...said !== "" && { message: said },
		...file !== void 0 && file !== "" && { file: toSourcePath(file, where.root) },
		...lineCount !== void 0 && { line: lineCount },
		retries: toCount(found.retries) ?? 0,
		duration_ms: found.durationMs ?? null
	};
}

// src/reports/ctrf.ts
const SHAPE$3 = { members: { results: { members: {
	tests: { elements: {
		item: "test",
		members: {
			...leaves("name", "status", "duration", "message", "filePath", "line", "retries", "flaky").members,
			suite: { elements: leaf }
		}
	} },
	summary: leaves("tests", "suites", "failed", "start", "stop", "duration")
} } } };
/** CTRF, Common Test Report Format (https://ctrf.io/docs/full-schema). */
const readCtrf = async (texts, where) => {
	const tally = makeTestsTally(where);
	const suites = /* @__PURE__ */ new Set();
	const root = await readJson(texts, SHAPE$3, (test) => {
		const found = toFound$5(test);
		if (found.suite.length > 0 && suites.size < 1e5) suites.add(JSON.stringify(found.suite));
		tally.add(found);
	});
	if (dig(root, "results", "tests") === void 0) refuse("it is no CTRF report: it has no results.tests");
	for (let count = 0; count < suites.size; count += 1) tally.suite();
	const summary = dig(root, "results", "summary");
	const { passed, failed, skipped, pending, other } = tally.counts;
	const declare = (what, name) => ({
		what,
		where: "the summary",
		declared: toCount(digNumber(summary, name))
	});
	tally.compare(declare("tests", "tests"), passed + failed + skipped + pending + other);
	tally.compare(declare("failures", "failed"), failed);
	const start = digNumber(summary, "start");
	const stop = digNumber(summary, "stop");
	if (start !== void 0 && stop !== void 0 && start > 0) tally.took(toMilliseconds(stop - start));
	return tally.reading();
};
function toFound$5(test) {
	const status = digText(test, "status") ?? "";
	const suite = digText(test, "suite");
	const path = suite === void 0 ? digList(test, "suite").filter((part) => typeof part === "string") : suite.split(" > ");
	return {
		name: digText(test, "name") ?? "",
		suite: path.filter((part) => part !== ""),
		status: isStatus(status) ? status : "other",
		flaky: dig(test, "flaky") === true && status === "passed",
		message: digText(test, "message"),
		file: digText(test, "filePath"),
		line: toCount(digNumber(test, "line")),
		retries: toCount(digNumber(test, "retries")) ?? 0,
		durationMs: toMilliseconds(digNumber(test, "duration"))
	};
}
function isStatus(text) {
	return testStatuses.includes(text);
}

// src/reports/eslint.ts
const MESSAGE$1 = {
	...leaves("ruleId", "severity", "fatal", "message", "line", "column"),
	item: "message"
};
const SUPPRESSED = {
	...leaves("ruleId"),
	item: "suppressed"
};
const SHAPE$2 = { elements: {
	members: {
		...leaves("filePath", "errorCount", "warningCount").members,
		messages: { elements: MESSAGE$1 },
		suppressedMessages: { elements: SUPPRESSED }
	},
	item: "file"
} };
/** ESLint's formatter `json` (https://eslint.org/docs/latest/use/formatters/#json). */
const readEslint = async (texts, where) => {
	const tally = makeFindingsTally(where);
	tally.tool("ESLint", void 0);
	let files = 0;
	let own = {
		error: 0,
		warning: 0
	};
	const root = await readJson(texts, SHAPE$2, (item, name, around) => {
		if (name === "suppressed") return tally.suppress(1);
		if (name === "message") {
			const level = digNumber(item, "severity") === 2 || dig(item, "fatal") === true ? "error" : "warning";
			own[level] += 1;
			return tally.add(level, toFound$4(item, digText(around.at(-2), "filePath")));
		}
		const file = digText(item, "filePath");
		if (file === void 0) refuse("it is no JSON of ESLint: an entry has no filePath");
		files += 1;
		const declare = (what, member) => ({
			what,
			where: file ?? "",
			declared: toCount(digNumber(item, member))
		});
		tally.compare(declare("errors", "errorCount"), own.error);
		tally.compare(declare("warnings", "warningCount"), own.warning);
		own = {
			error: 0,
			warning: 0
		};
	});
	if (!Array.isArray(root)) refuse("it is no JSON of ESLint: that is an array of files");
	return tally.reading(files === 0 ? "nothing" : "something");
};
function toFound$4(message, uri) {
	return {
		ruleId: digText(message, "ruleId") ?? (dig(message, "fatal") === true ? "fatal" : ""),
		message: digText(message, "message") ?? "",
		uri,
		line: digNumber(message, "line"),
		column: digNumber(message, "column")
	};
}

// src/reports/go-cover.ts
const MODE = /^mode: (?:set|count|atomic)$/;
const BLOCK = /^(.{1,4096}):(\d{1,9}\.\d{1,9},\d{1,9}\.\d{1,9}) (\d{1,9}) (\d{1,19})$/;
const MAX_BLOCKS = 1e6;
/** Go's cover profile. A block that several test binaries tell of counts once, as `go tool cover` counts it. */
const readGoCover = async (texts, where) => {
	const tally = makeCoverageTally(where);
	const files = /* @__PURE__ */ new Map();
	let blocks = 0;
	let mode = false;
	for await (const { text, number } of readLines(texts)) {
		if (MODE.test(text)) {
			mode = true;
			continue;
		}
		if (text.trim() === "") continue;
		const match = BLOCK.exec(text);
		if (match === null || !mode) refuse(`line ${number} is no line of a Go cover profile`);
		const [, file = "", place = "", statements = "", hits = ""] = match ?? [];
		let own = files.get(file);
		if (own === void 0) files.set(file, own = /* @__PURE__ */ new Map());
		const found = own.get(place);
		const hit = /[1-9]/.test(hits);
		if (found !== void 0) found.hit ||= hit;
		else {
			blocks += 1;
			if (blocks > MAX_BLOCKS) refuse(`it holds more than ${MAX_BLOCKS} blocks`);
			own.set(place, {
				statements: Number(statements),
				hit
			});
		}
	}
	if (!mode) refuse("it is no Go cover profile: it has no mode line");
	for (const [file, own] of files) tally.add(file, { statements: toCovered$1(own.values()) });
	return tally.reading();
};
function toCovered$1(blocks) {
	const sum = {
		covered: 0,
		total: 0
	};
	for (const { statements, hit } of blocks) {
		sum.total += statements;
		if (hit) sum.covered += statements;
	}
	return sum;
}

// src/reports/go-test.ts
/** Tests and packages that have begun and not ended; output kept of each, in UTF-16 units. */
const MAX_OPEN = 1e5;
const MAX_OUTPUT_CHARS = 4096;
const FRAMING = /^\s*(?:=== |--- |(?:PASS|FAIL|ok)\b|exit status|coverage:)/;
/** Go before 1.24 tells of a build that failed only in plain text. */
const BUILD_FAILED = /^FAIL\t(\S{1,1000}) \[(?:build|setup) failed\]$/;
const FILE_AND_LINE = /^\s*([^\s:]{1,400}\.go):(\d{1,7}):/m;
/**
* `go test -json` (go doc test2json). Tests are counted as go does: a test with subtests is one itself. A package that
* fails without a failing test, and one that does not end, are problems of the run.
*/
const readGoTest = async (texts, where) => {
	const tally = makeTestsTally(where);
	const packages = /* @__PURE__ */ new Map();
	const builds = /* @__PURE__ */ new Map();
	let plain = "";
	let events = 0;
	let cached = 0;
	let begun = 0;
	const toPackage = (name) => {
		let found = packages.get(name);
		if (found === void 0) {
			if (packages.size >= MAX_OPEN) refuse(`it has more than ${MAX_OPEN} packages at once`);
			found = {
				failedTests: 0,
				cached: false,
				output: "",
				open: /* @__PURE__ */ new Map()
			};
			packages.set(name, found);
			tally.suite();
		}
		return found;
	};
	const onTest = (event) => {
		const own = toPackage(event.Package);
		switch (event.Action) {
			case "run":
			case "output":
				if (!own.open.has(event.Test)) begun += 1;
				if (begun > MAX_OPEN) refuse(`it has more than ${MAX_OPEN} tests that have begun and not ended`);
				own.open.set(event.Test, addOutput(own.open.get(event.Test) ?? "", event.Output));
				return;
			case "pass":
			case "fail":
			case "skip":
			case "bench":
				if (event.Action === "fail") own.failedTests += 1;
				tally.add(toFound$3(event, own.open.get(event.Test) ?? ""));
				if (own.open.delete(event.Test)) begun -= 1;
				return;
		}
	};
	const onPackage = (event) => {
		const own = toPackage(event.Package);
		switch (event.Action) {
			case "output":
				if (event.Output.includes("	(cached)")) own.cached = true;
				if (!FRAMING.test(event.Output)) own.output = addOutput(own.output, event.Output);
				return;
			case "pass":
			case "fail":
			case "skip":
				if (own.cached) cached += 1;
				begun -= own.open.size;
				endPackage(tally, event, own, builds.get(event.FailedBuild) ?? plain);
				packages.delete(event.Package);
				return;
		}
	};
	for await (const { text, number, cut } of readLines(texts)) {
		if (text.trim() === "") continue;
		const event = text.startsWith("{") && !cut ? parseEvent(text, number) : void 0;
		if (event === void 0) {
			const [, failed] = BUILD_FAILED.exec(text) ?? [];
			if (failed === void 0) plain = addOutput(plain, `${text.slice(0, MAX_OUTPUT_CHARS)}\n`);
			else tally.problem(failed, plain === "" ? text : plain);
			if (failed !== void 0) plain = "";
		} else if (event.Action === "build-output") {
			if (builds.size < MAX_OPEN) builds.set(event.ImportPath, addOutput(builds.get(event.ImportPath) ?? "", event.Output));
		} else if (event.Action !== "build-fail") {
			if (event.Test === "") onPackage(event);
			else onTest(event);
		}
		if (event !== void 0) events += 1;
	}
	if (events === 0) refuse("it is no output of go test -json: it holds no event");
	for (const [name, own] of packages) {
		endOpen(tally, name, own);
		tally.problem(name, "the report ends before the package does");
	}
	if (cached > 0) tally.remark(`${cached} of the packages were answered from go's cache`);
	return tally.reading();
};
function parseEvent(text, number) {
	let value;
	try {
		value = JSON.parse(text);
	} catch {
		return refuse(`line ${number} is no valid JSON, as the events of go test -json are`);
	}
	if (!isObject(value) || typeof value["Action"] !== "string") return refuse(`line ${number} is no event of go test -json: it has no Action`);
	const toText = (name) => typeof value[name] === "string" ? value[name] : "";
	return {
		Action: value["Action"],
		Package: toText("Package"),
		Test: toText("Test"),
		Output: toText("Output"),
		Elapsed: typeof value["Elapsed"] === "number" ? value["Elapsed"] : void 0,
		ImportPath: toText("ImportPath"),
		FailedBuild: toText("FailedBuild")
	};
}
function addOutput(held, output) {
	return held.length < MAX_OUTPUT_CHARS ? held + output.slice(0, MAX_OUTPUT_CHARS) : held;
}
function toFound$3({ Action, Package, Test, Elapsed }, output) {
	const at = FILE_AND_LINE.exec(output);
	const said = output.split("\n").filter((line) => !FRAMING.test(line));
	return {
		name: Test,
		suite: [Package],
		status: Action === "fail" ? "failed" : Action === "skip" ? "skipped" : "passed",
		message: Action === "pass" ? void 0 : said.join("\n"),
		file: at?.[1],
		line: toCount(Number(at?.[2])),
		durationMs: toMilliseconds(Elapsed === void 0 ? void 0 : Elapsed * 1e3)
	};
}
/** @param build what the compiler said, as far as it is known to be about this package */
function endPackage(tally, event, own, build) {
	own.failedTests += endOpen(tally, event.Package, own);
	if (event.Action === "fail" && own.failedTests === 0) {
		const said = `${build}${own.output}`.trim();
		tally.problem(event.Package, said === "" ? "the package failed, though none of its tests did" : said);
	}
}
/** Tests that have no end: the process was gone before. @returns how many */
function endOpen(tally, name, own) {
	for (const [test, output] of own.open) {
		const end = {
			Action: "fail",
			Package: name,
			Test: test,
			Output: "",
			Elapsed: void 0,
			ImportPath: "",
			FailedBuild: ""
		};
		tally.add(toFound$3(end, `${output}${own.output}\nthe test did not end`));
	}
	const { size } = own.open;
	own.open.clear();
	return size;
}

// src/reports/jacoco.ts
/** JaCoCo's INSTRUCTION counts bytecode, which is no statement of the source. */
const METRICS = {
	LINE: "lines",
	BRANCH: "branches",
	METHOD: "functions"
};
/** JaCoCo's XML report (report.dtd 1.1), from the counters of its source files. */
const readJacoco = async (texts, where) => {
	const tally = makeCoverageTally(where);
	const ofReport = {};
	let packageName = "";
	let file;
	let files = 0;
	await readXml(texts, {
		roots: ["report"],
		doctype: "external"
	}, {
		open(name, attributes, parents) {
			if (name === "package") packageName = attributes["name"] ?? "";
			else if (name === "sourcefile") {
				const own = attributes["name"] ?? "";
				file = {
					path: packageName === "" ? own : `${packageName}/${own}`,
					coverage: {}
				};
			} else if (name === "counter") {
				const metric = METRICS[attributes["type"] ?? ""];
				const parent = parents.at(-1);
				if (metric !== void 0 && parent === "report") ofReport[metric] = toCovered(attributes);
				if (metric !== void 0 && parent === "sourcefile" && file) file.coverage[metric] = toCovered(attributes);
			}
			return false;
		},
		close(name) {
			if (name !== "sourcefile" || file === void 0) return;
			files += 1;
			tally.add(file.path, file.coverage);
			file = void 0;
		}
	});
	for (const metric of Object.values(METRICS)) {
		const told = ofReport[metric];
		if (told === void 0) continue;
		if (files === 0) tally.addTotal(metric, told);
		else tally.compare({
			what: `covered ${metric}`,
			where: "the report",
			declared: told.covered
		}, tally.sums[metric].covered);
	}
	return tally.reading();
};
function toCovered({ covered, missed }) {
	const hit = parseCount(covered) ?? 0;
	const total = hit + (parseCount(missed) ?? 0);
	return Number.isSafeInteger(total) ? {
		covered: hit,
		total
	} : {
		covered: 0,
		total: 0
	};
}

// src/reports/junit.ts
/** What an element in a test case means; Surefire's words for tries and PHPUnit's for doubts included. */
const MEANING = {
	failure: "failed",
	error: "failed",
	skipped: "skipped",
	warning: "other",
	flakyFailure: "flake",
	flakyError: "flake",
	rerunFailure: "rerun",
	rerunError: "rerun"
};
const NOT_RUN = /^(?:notrun|disabled|skipped|suppressed)$/i;
/**
* JUnit XML, which has no standard: what the runners named in docs/reports.md write. Cases are counted here; what
* suites declare is only compared.
*/
const readJunit = async (texts, where) => {
	const tally = makeTestsTally(where);
	const suites = [];
	let current;
	let opened;
	await readXml(texts, {
		roots: ["testsuites", "testsuite"],
		doctype: "refused"
	}, {
		open(name, attributes, parents) {
			if (name === "testcase") current ??= {
				attributes,
				failed: false,
				skipped: false,
				pending: false,
				other: false,
				flakes: 0,
				reruns: 0,
				message: ""
			};
			else if (name === "testsuites" || name === "testsuite") {
				if (name === "testsuite") tally.suite();
				if (parents.length === 0) tally.took(parseSeconds(attributes["time"]));
				suites.push({
					name: attributes["name"] ?? "",
					attributes,
					own: makeCounts(),
					all: makeCounts(),
					suites: 0
				});
			} else if (MEANING[name] !== void 0) {
				const parent = parents.at(-1);
				if (parent !== "testcase" && parent !== "testsuite") return false;
				opened = {
					name,
					attributes
				};
				return true;
			}
			return false;
		},
		close(name, text, parents) {
			if (name === "testcase") {
				if (current === void 0 || parents.at(-1) === "testcase") return;
				addCase(tally, current, suites);
				current = void 0;
			} else if (name === "testsuite" || name === "testsuites") {
				const suite = suites.pop();
				if (suite !== void 0) closeSuite(tally, suite, suites.at(-1));
			} else if (opened?.name === name) {
				const message = toMessage(opened.attributes, text);
				if (current !== void 0) applyOutcome(current, opened, message);
				else if (MEANING[name] === "failed") tally.problem(suites.at(-1)?.name ?? "", message);
				opened = void 0;
			}
		}
	});
	return tally.reading();
};
function makeCounts() {
	return {
		tests: 0,
		failed: 0,
		skipped: 0,
		tries: 0
	};
}
function applyOutcome(found, element, message) {
	const meaning = MEANING[element.name];
	if (meaning === "failed") found.failed = true;
	else if (meaning === "skipped" && element.attributes["type"] === "todo") found.pending = true;
	else if (meaning === "skipped") found.skipped = true;
	else if (meaning === "other") found.other = true;
	else if (meaning === "flake") found.flakes += 1;
	else if (meaning === "rerun") found.reruns += 1;
	if (found.message === "") found.message = message;
}
function addCase(tally, found, suites) {
	const { attributes } = found;
	const status = toStatus$1(found);
	const suite = suites.at(-1);
	if (suite !== void 0) {
		suite.own.tests += 1;
		if (status === "failed") suite.own.failed += 1;
		if (status === "skipped" || status === "pending") suite.own.skipped += 1;
		suite.own.tries += found.flakes + found.reruns;
	}
	const durationMs = parseSeconds(attributes["time"]);
	if (status === "passed" && found.flakes === 0) return tally.pass(durationMs);
	const { name = "", classname = "" } = attributes;
	tally.add({
		name: name === "" ? classname : name,
		suite: toSuitePath$1(suites, classname),
		status,
		flaky: status === "passed" && found.flakes > 0,
		message: found.message,
		file: attributes["file"] ?? attributes["filepath"] ?? suite?.attributes["file"],
		line: parseCount(attributes["line"] ?? attributes["lineno"]),
		retries: found.flakes + found.reruns,
		durationMs
	});
}
/** The names of the suites, and the class where they do not tell it already. */
function toSuitePath$1(suites, classname) {
	const names = suites.map(({ name }) => name).filter((name) => name !== "");
	return classname === "" || names.includes(classname) ? names : [...names, classname];
}
function toStatus$1({ failed, skipped, pending, other, attributes }) {
	if (failed) return "failed";
	const told = attributes["status"] ?? attributes["result"];
	if (skipped || told !== void 0 && NOT_RUN.test(told)) return "skipped";
	return pending ? "pending" : other ? "other" : "passed";
}
function toMessage(attributes, text) {
	const { message = "", type = "" } = attributes;
	const body = text.trim();
	if (message.trim() === "") return body === "" ? type : body;
	return body === "" || body.startsWith(message.trim()) ? body || message : `${message}\n${body}`;
}
function closeSuite(tally, suite, parent) {
	const { attributes, own, all } = suite;
	if (parent !== void 0) parent.suites += 1;
	for (const key of [
		"tests",
		"failed",
		"skipped",
		"tries"
	]) {
		all[key] += own[key];
		if (parent !== void 0) parent.all[key] += all[key];
	}
	const where = suite.name === "" ? "the file" : `the suite "${suite.name}"`;
	const declaredSkipped = parseCount(attributes["skipped"]) ?? 0;
	tally.compare({
		what: "tests",
		where,
		declared: parseCount(attributes["tests"])
	}, all.tests, own.tests, own.tests + suite.suites, all.tests + all.tries, all.skipped === 0 ? all.tests + declaredSkipped : all.tests);
	const failures = parseCount(attributes["failures"]);
	const errors = parseCount(attributes["errors"]);
	if (failures === void 0 && errors === void 0) return;
	const declared = (failures ?? 0) + (errors ?? 0);
	if (failures !== all.failed) tally.compare({
		what: "failures and errors",
		where,
		declared
	}, all.failed, own.failed, all.failed + all.tries);
}

// src/reports/lcov.ts
const MAX_FILES = 5e5;
/**
* lcov's tracefile (man geninfo). A file that several tests tell of counts each of its lines once; of its branches and
* functions the record that covers most.
*/
const readLcov = async (texts, where) => {
	const tally = makeCoverageTally(where);
	const lines = makeLineHits();
	const others = /* @__PURE__ */ new Map();
	let record;
	for await (const { text, number } of readLines(texts)) {
		const colon = text.indexOf(":");
		const key = colon < 0 ? text.trim() : text.slice(0, colon);
		const value = colon < 0 ? "" : text.slice(colon + 1);
		if (key === "SF") {
			if (record !== void 0) refuse(`line ${number} begins a file before the record of ${record.file} has ended`);
			record = {
				file: value.trim(),
				line: number,
				branches: none(),
				functions: none(),
				sums: /* @__PURE__ */ new Map()
			};
		} else if (key === "end_of_record") {
			if (record !== void 0) endRecord(record, others);
			record = void 0;
		} else if (record !== void 0) readEntry(record, key, value, (line, covered) => lines.hit(record?.file ?? "", line, covered));
	}
	if (record !== void 0) refuse(`it ends in the middle of the record of ${record.file}, which begins in line ${record.line}`);
	if (others.size === 0) refuse("it is no lcov tracefile: it holds no record of a file (SF ... end_of_record)");
	const told = /* @__PURE__ */ new Map();
	lines.each((file, covered) => told.set(file, covered));
	for (const [file, { branches, functions }] of others) tally.add(file, {
		lines: told.get(file) ?? none(),
		branches,
		functions
	});
	return tally.reading();
};
function none() {
	return {
		covered: 0,
		total: 0
	};
}
function readEntry(record, key, value, onLine) {
	const fields = value.split(",", 4);
	switch (key) {
		case "DA": {
			const line = parseCount(fields[0]);
			if (line !== void 0) onLine(line, isHit(fields[1]));
			return;
		}
		case "BRDA":
			count(record.branches, isHit(fields[3]));
			return;
		case "FNDA":
			count(record.functions, isHit(fields[0]));
			return;
		case "BRF":
		case "BRH":
		case "FNF":
		case "FNH":
			record.sums.set(key, parseCount(value) ?? 0);
			return;
	}
}
function isHit(text) {
	return /^\s*0*[1-9]\d*(?:\.\d*)?(?:e\+?\d+)?\s*$/i.test(text ?? "");
}
function count(covered, hit) {
	covered.total += 1;
	if (hit) covered.covered += 1;
}
function endRecord(record, others) {
	if (others.size >= MAX_FILES) refuse(`it tells of more than ${MAX_FILES} files`);
	const { sums, file } = record;
	const orSums = (listed, found, hit) => listed.total > 0 ? listed : {
		total: sums.get(found) ?? 0,
		covered: sums.get(hit) ?? 0
	};
	const before = others.get(file);
	others.set(file, {
		branches: toFuller(before?.branches, orSums(record.branches, "BRF", "BRH")),
		functions: toFuller(before?.functions, orSums(record.functions, "FNF", "FNH"))
	});
}
function toFuller(before, now) {
	if (before === void 0 || now.total > before.total) return now;
	return now.total === before.total && now.covered > before.covered ? now : before;
}

// src/reports/dotnet-stack.ts
/** The place that a .NET stack trace names first: ` in /src/CartTests.cs:line 27`. */
function toDotnetPlace(stack) {
	const [, file, line] = / in (\S[^\n]{0,1000}):line (\d{1,9})/.exec(stack) ?? [];
	const number = parseCount(line);
	return file === void 0 || number === void 0 ? {} : {
		file,
		line: number
	};
}

// src/reports/nunit.ts
/** The results of NUnit 3 (https://docs.nunit.org/articles/nunit/technical-notes/usage/Test-Result-XML-Format.html), and of 2. */
const RESULTS$1 = {
	Passed: "passed",
	Failed: "failed",
	Skipped: "skipped",
	Inconclusive: "other",
	Warning: "other",
	Success: "passed",
	Failure: "failed",
	Error: "failed",
	NotRunnable: "failed",
	Cancelled: "failed",
	Invalid: "failed",
	Ignored: "skipped",
	NotRun: "skipped"
};
/** Where a suite fails by itself, not through its tests. */
const OWN_SITES = /* @__PURE__ */ new Set(["SetUp", "TearDown"]);
/** NUnit 3's test-run XML, and NUnit 2's test-results. */
const readNunit = async (texts, where) => {
	const tally = makeTestsTally(where);
	const suites = [];
	let test;
	let root = {};
	await readXml(texts, {
		roots: [
			"test-run",
			"test-results",
			"test-suite"
		],
		doctype: "refused"
	}, {
		open(name, attributes, parents) {
			if (parents.length === 0) {
				root = attributes;
				tally.took(parseSeconds(attributes["duration"]));
			}
			if (name === "test-suite") {
				tally.suite();
				suites.push({
					name,
					attributes,
					message: "",
					stack: ""
				});
			} else if (name === "test-case") test = {
				name,
				attributes,
				message: "",
				stack: ""
			};
			return name === "message" || name === "stack-trace";
		},
		close(name, text, parents) {
			const parent = parents.at(-1);
			const element = test ?? suites.at(-1);
			if (name === "message" && element && (parent === "failure" || parent === "reason")) element.message ||= text;
			else if (name === "stack-trace" && element && parent === "failure") element.stack = text;
			else if (name === "test-case" && test) {
				const { attributes, message, stack } = test;
				tally.add({
					name: attributes["name"] ?? "",
					suite: toPath(suites, attributes),
					status: RESULTS$1[attributes["result"] ?? ""] ?? (attributes["executed"] === "False" ? "skipped" : "other"),
					message: message === "" ? attributes["label"] : message,
					...toDotnetPlace(stack),
					durationMs: parseSeconds(attributes["duration"] ?? attributes["time"])
				});
				test = void 0;
			} else if (name === "test-suite") {
				const suite = suites.pop();
				if (suite?.attributes["result"] === "Failed" && OWN_SITES.has(suite.attributes["site"] ?? "")) tally.problem(suite.attributes["fullname"] ?? suite.attributes["name"] ?? "", suite.message);
			}
		}
	});
	const { passed, failed, skipped, pending, other } = tally.counts;
	const tests = passed + failed + skipped + pending + other;
	const total = parseCount(root["total"]);
	const label = "the run";
	tally.compare({
		what: "tests",
		where: label,
		declared: parseCount(root["testcasecount"]) ?? total
	}, tests, tests - skipped);
	tally.compare({
		what: "failures",
		where: label,
		declared: parseCount(root["failed"])
	}, failed);
	return tally.reading();
};
/** The class that a case names, else the suites around it but assembly and namespaces. */
function toPath(suites, { classname = "" }) {
	const named = suites.filter(({ attributes }) => /^(?:TestFixture|ParameterizedMethod|Theory|GenericMethod)$/.test(attributes["type"] ?? ""));
	const names = named.map(({ attributes }) => attributes["name"] ?? "");
	return classname === "" || named.length === 0 ? names : [classname, ...names.slice(1)];
}

// src/reports/playwright.ts
const LOCATION = leaves("file", "line");
const ERROR = { members: {
	message: leaf,
	location: LOCATION
} };
const suiteMembers = {
	title: leaf,
	file: leaf,
	specs: { elements: {
		item: "spec",
		members: {
			title: leaf,
			file: leaf,
			line: leaf,
			ok: leaf,
			tests: { elements: { members: {
				expectedStatus: leaf,
				projectName: leaf,
				status: leaf,
				results: { elements: { members: {
					status: leaf,
					duration: leaf,
					retry: leaf,
					error: ERROR,
					errors: { elements: ERROR }
				} } }
			} } }
		}
	} }
};
const SUITE = { members: suiteMembers };
suiteMembers["suites"] = { elements: SUITE };
const SHAPE$1 = { members: {
	config: { members: { version: leaf } },
	suites: { elements: SUITE },
	errors: { elements: ERROR },
	stats: leaves("duration", "expected", "skipped", "unexpected", "flaky")
} };
/** A test's own word for how it came out (Playwright's TestCase.outcome()). */
const OUTCOMES$1 = {
	expected: "passed",
	flaky: "passed",
	unexpected: "failed",
	skipped: "skipped"
};
/** The JSON reporter of Playwright. A test is counted once per project, however often it was tried. */
const readPlaywright = async (texts, where) => {
	const tally = makeTestsTally(where);
	const counts = new Map(Object.keys(OUTCOMES$1).map((outcome) => [outcome, 0]));
	const root = await readJson(texts, SHAPE$1, (spec, _name, around) => {
		const suite = toSuitePath(around);
		for (const test of digList(spec, "tests")) {
			const outcome = digText(test, "status") ?? "";
			if (Object.hasOwn(OUTCOMES$1, outcome)) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
			tally.add(toFound$2(spec, test, suite));
		}
	});
	if (dig(root, "suites") === void 0 || dig(root, "stats") === void 0) refuse("it is no report of Playwright's JSON reporter: it lacks suites or stats");
	countSuites(digList(root, "suites"), tally.suite);
	for (const error of digList(root, "errors")) tally.problem(digText(error, "location", "file") ?? "run", digText(error, "message") ?? "");
	const stats = dig(root, "stats");
	tally.took(toMilliseconds(digNumber(stats, "duration")));
	for (const outcome of Object.keys(OUTCOMES$1)) {
		const declared = toCount(digNumber(stats, outcome));
		tally.compare({
			what: `${outcome} tests`,
			where: "the statistics",
			declared
		}, counts.get(outcome) ?? 0);
	}
	return tally.reading();
};
function toSuitePath(around) {
	return around.flatMap((part) => digText(part, "title") ?? []).filter((title) => title !== "");
}
function countSuites(suites, count) {
	for (const suite of suites) {
		count();
		countSuites(digList(suite, "suites"), count);
	}
}
function toFound$2(spec, test, suite) {
	const outcome = digText(test, "status") ?? "";
	const project = digText(test, "projectName") ?? "";
	const results = digList(test, "results");
	const failure = results.findLast((result) => dig(result, "error") !== void 0);
	return {
		name: digText(spec, "title") ?? "",
		suite: project === "" ? suite : [project, ...suite],
		status: OUTCOMES$1[outcome] ?? "other",
		flaky: outcome === "flaky",
		message: digText(failure, "error", "message"),
		file: digText(spec, "file"),
		line: toCount(digNumber(spec, "line")),
		retries: Math.max(0, results.length - 1),
		durationMs: toMilliseconds(results.reduce((sum, result) => sum + (digNumber(result, "duration") ?? 0), 0))
	};
}

// src/reports/recognise.ts
/** What a text that is not of its declared format looks like, from its beginning, to say it in the error. */
const SIGNS = [
	[/<testsuites?[\s/>]/, "junit"],
	[/<TestRun[\s/>]/, "trx"],
	[/<assembl(?:ies|y)[\s/>]/, "xunit"],
	[/<test-(?:run|results)[\s/>]/, "nunit"],
	[/<checkstyle[\s/>]/, "checkstyle"],
	[/<coverage[\s/>]/, "cobertura"],
	[/<report[\s/>]/, "jacoco"],
	[/^TAP version \d+|^1\.\.\d+\s*$|^(?:not )?ok \d+/m, "tap"],
	[/^mode: (?:set|count|atomic)\s*$/m, "go-cover"],
	[/^SF:/m, "lcov"],
	[/^\{"Time":|^\{"(?:Action|ImportPath|Package)":/, "go-test"],
	[/"(?:\$schema"\s*:\s*"[^"]{0,300}sarif|runs"\s*:\s*\[)/, "sarif"],
	[/"reportFormat"\s*:\s*"CTRF"|"results"\s*:\s*\{\s*"tool"/, "ctrf"],
	[/"config"\s*:\s*\{[\s\S]{0,3000}"(?:rootDir|configFile)"/, "playwright"],
	[/^\s*\[\s*\{\s*"filePath"/, "eslint"]
];
/** The format that the beginning of a report looks like; undefined when it looks like none. */
function recogniseFormat(head) {
	const text = head.replace(/^\uFEFF/, "").trimStart();
	return SIGNS.find(([sign]) => sign.test(text))?.[1];
}

// src/reports/sarif-levels.ts
function toRuleKey(result) {
	return {
		id: digText(result, "ruleId") ?? digText(result, "rule", "id") ?? "",
		ruleIndex: toIndex(digNumber(result, "ruleIndex") ?? digNumber(result, "rule", "index")),
		extension: toIndex(digNumber(result, "rule", "toolComponent", "index"))
	};
}
/** The level that a result states itself, or that follows from its kind (SARIF 2.1.0, section 3.27.10). */
function toStatedLevel(result) {
	const stated = toLevel(digText(result, "level"));
	if (stated !== void 0) return stated;
	return (digText(result, "kind") ?? "fail") === "fail" ? void 0 : "none";
}
/** The level that the run's configuration and its rules give to results without one; the standard's default is warning. */
function toRuleLevel(run, key) {
	return toLevel(findOverride(run, key) ?? digText(findRule(run, key), "defaultConfiguration", "level")) ?? "warning";
}
/** The rule's id where the result gives only its index. */
function toRuleId(run, key) {
	return key.id === "" ? digText(findRule(run, key), "id") ?? "" : key.id;
}
function findRule(run, { id, ruleIndex, extension }) {
	const component = extension === void 0 ? dig(run, "tool", "driver") : dig(run, "tool", "extensions", extension);
	const rules = digList(component, "rules");
	if (ruleIndex !== void 0) return rules[ruleIndex];
	return rules.find((rule) => digText(rule, "id") === id) ?? rules.find((rule) => id.startsWith(`${digText(rule, "id") ?? id}/`));
}
function findOverride(run, { id, ruleIndex }) {
	for (const invocation of digList(run, "invocations")) for (const override of digList(invocation, "ruleConfigurationOverrides")) {
		const byIndex = ruleIndex !== void 0 && digNumber(override, "descriptor", "index") === ruleIndex;
		const byId = id !== "" && digText(override, "descriptor", "id") === id;
		if (byIndex || byId) return digText(override, "configuration", "level");
	}
}
function toLevel(text) {
	return findingLevels.find((level) => level === text);
}
/** -1 is SARIF's way of saying that there is none. */
function toIndex(value) {
	return value !== void 0 && Number.isSafeInteger(value) && value >= 0 ? value : void 0;
}

// src/reports/sarif.ts
const MESSAGE = leaves("text", "id", "markdown");
const RULE = { members: {
	id: leaf,
	shortDescription: leaves("text"),
	messageStrings: { members: { default: leaves("text") } },
	defaultConfiguration: leaves("level")
} };
const COMPONENT = { members: {
	...leaves("name", "version", "semanticVersion").members,
	rules: { elements: RULE }
} };
const REGION = leaves("startLine", "startColumn");
const RESULT = {
	item: "result",
	members: {
		...leaves("ruleId", "ruleIndex", "level", "kind", "baselineState").members,
		rule: { members: {
			id: leaf,
			index: leaf,
			toolComponent: leaves("index")
		} },
		message: MESSAGE,
		locations: { elements: { members: { physicalLocation: { members: {
			artifactLocation: leaves("uri", "uriBaseId"),
			region: REGION
		} } } } },
		partialFingerprints: { others: leaf },
		fingerprints: { others: leaf },
		suppressions: { elements: leaves("status") }
	}
};
const NOTIFICATION = { members: {
	level: leaf,
	message: MESSAGE
} };
const INVOCATION = { members: {
	executionSuccessful: leaf,
	exitCodeDescription: leaf,
	toolExecutionNotifications: { elements: NOTIFICATION },
	toolConfigurationNotifications: { elements: NOTIFICATION },
	ruleConfigurationOverrides: { elements: { members: {
		descriptor: leaves("id", "index"),
		configuration: leaves("level")
	} } }
} };
const SHAPE = { members: {
	version: leaf,
	runs: { elements: { members: {
		tool: { members: {
			driver: COMPONENT,
			extensions: { elements: COMPONENT }
		} },
		invocations: { elements: INVOCATION },
		results: { elements: RESULT }
	} } }
} };
const MAX_RULES = 1e5;
/**
* SARIF 2.1.0. Suppressed results, and those that a baseline tells to be gone, are not among the total. A run whose
* invocation says that it did not succeed is a problem, whatever its results are.
*/
const readSarif = async (texts, where) => {
	const tally = makeFindingsTally(where);
	const pending = /* @__PURE__ */ new Map();
	const states = /* @__PURE__ */ new Map();
	const root = await readJson(texts, SHAPE, (result, _name, around) => {
		const state = digText(result, "baselineState");
		if (state !== void 0 && states.size < 20) states.set(state, (states.get(state) ?? 0) + 1);
		if (state === "absent") return;
		if (isSuppressed(result)) return tally.suppress(1);
		const key = toRuleKey(result);
		const run = digList(around[0], "runs").length - 1;
		const level = toStatedLevel(result);
		if (level !== void 0) return tally.add(level, toFound$1(result, key.id));
		const id = JSON.stringify([
			run,
			key.id,
			key.ruleIndex,
			key.extension
		]);
		const entry = pending.get(id) ?? {
			run,
			key,
			count: 0,
			kept: []
		};
		if (entry.count === 0 && pending.size >= MAX_RULES) refuse(`it has results of more than ${MAX_RULES} rules`);
		pending.set(id, entry);
		entry.count += 1;
		if (entry.kept.length < observationLimits.findings) entry.kept.push(toFound$1(result, key.id));
	});
	if (dig(root, "runs") === void 0) refuse("it is no SARIF: it has no runs");
	const runs = digList(root, "runs");
	for (const { run, key, count, kept } of pending.values()) {
		const level = toRuleLevel(runs[run], key);
		for (const found of kept) tally.add(level, {
			...found,
			ruleId: toRuleId(runs[run], key)
		});
		tally.addUntold(level, count - kept.length);
	}
	for (const run of runs) readRun(tally, run);
	const version = digText(root, "version");
	if (version !== "2.1.0") tally.remark(`the file says that it is SARIF ${version ?? "without a version"}; it was read as 2.1.0`);
	if (states.size > 0) tally.remark(`against the tool's baseline: ${[...states].map(([state, count]) => `${count} ${state}`).join(", ")}`);
	return tally.reading(runs.length === 0 ? "nothing" : "something");
};
/** Section 3.27.23: suppressed when there are suppressions and none of them is under review or rejected. */
function isSuppressed(result) {
	const suppressions = digList(result, "suppressions");
	return suppressions.length > 0 && suppressions.every((entry) => (digText(entry, "status") ?? "accepted") === "accepted");
}
function toFound$1(result, ruleId) {
	const physical = dig(result, "locations", 0, "physicalLocation");
	return {
		ruleId,
		message: digText(result, "message", "text") ?? digText(result, "message", "markdown") ?? digText(result, "message", "id") ?? "",
		uri: digText(physical, "artifactLocation", "uri"),
		line: digNumber(physical, "region", "startLine"),
		column: digNumber(physical, "region", "startColumn"),
		fingerprint: toFingerprint(result)
	};
}
function toFingerprint(result) {
	for (const group of ["fingerprints", "partialFingerprints"]) {
		const found = Object.entries(dig(result, group) ?? {}).find(([, value]) => typeof value === "string");
		if (found) return `${found[0]}:${String(found[1])}`;
	}
}
function readRun(tally, run) {
	const driver = dig(run, "tool", "driver");
	const name = digText(driver, "name") ?? "a tool without a name";
	tally.tool(name, digText(driver, "semanticVersion") ?? digText(driver, "version"));
	for (const invocation of digList(run, "invocations")) {
		const errors = [...digList(invocation, "toolExecutionNotifications"), ...digList(invocation, "toolConfigurationNotifications")].filter((note) => digText(note, "level") === "error").map((note) => digText(note, "message", "text") ?? "");
		if (dig(invocation, "executionSuccessful") === false) {
			const said = [digText(invocation, "exitCodeDescription") ?? "", ...errors].filter((text) => text !== "");
			tally.problem(name, ["the tool says that its run did not succeed", ...said].join("\n"));
		} else for (const error of errors) tally.problem(name, error);
	}
}

// src/reports/summary.ts
/** One line for people: `412 tests: 3 failed, 1 flaky, 408 passed, 2 skipped`. */
function toTestsSummary(value) {
	const parts = [
		"failed",
		"flaky",
		"passed",
		"other",
		"pending",
		"skipped"
	].filter((name) => value[name] > 0).map((name) => `${value[name]} ${name}`);
	const problems = value.problems.length + value.problems_left_out;
	const all = problems > 0 ? [...parts, `${problems} ${plural("problem", problems)} beside the tests`] : parts;
	return `${value.tests} ${plural("test", value.tests)}${all.length > 0 ? `: ${all.join(", ")}` : ""}`;
}
/** `12 findings: 2 errors, 10 warnings (1 suppressed)`. */
function toFindingsSummary(value) {
	const { error, warning, note, none } = value.by_level;
	const parts = [
		[error, plural("error", error)],
		[warning, plural("warning", warning)],
		[note, plural("note", note)],
		[none, "without a level"]
	].filter(([count]) => count > 0).map(([count, name]) => `${count} ${name}`);
	const suppressed = value.suppressed > 0 ? ` (${value.suppressed} suppressed)` : "";
	const problems = value.problems.length + value.problems_left_out;
	const also = problems > 0 ? `; ${problems} ${plural("problem", problems)} of the tool` : "";
	return `${value.total} ${plural("finding", value.total)}${parts.length > 0 ? `: ${parts.join(", ")}` : ""}${suppressed}${also}`;
}
/** `lines 84.1 %, branches 70 %, in 12 files`. */
function toCoverageSummary(value) {
	const toPart = (name) => {
		const metric = value[name];
		return metric === void 0 ? [] : [`${name} ${metric.percent} %`];
	};
	const parts = coverageMetricNames.flatMap(toPart);
	return `${parts.length > 0 ? parts.join(", ") : "nothing that can be covered"}, in ${value.files_total} ${plural("file", value.files_total)}`;
}
function plural(word, count) {
	return count === 1 ? word : `${word}s`;
}

// src/reports/tap-diagnostics.ts
var import_dist = require_dist();
/**
* What the YAML block of a test point tells, in the words of node:test, vitest, node-tap and others. A block that is no YAML
* tells nothing: TAP says of its contents only that a harness may show them.
*/
function parseTapDiagnostics(yaml) {
	const fields = parseFields(yaml);
	const at = isObject(fields["at"]) ? fields["at"] : {};
	const message = [isObject(fields["error"]) ? fields["error"]["message"] : fields["error"], fields["message"]].find((text) => typeof text === "string");
	const location = [fields["location"], fields["at"]].find((text) => typeof text === "string");
	const place = /^(.{1,1000}?):(\d{1,9})(?::\d{1,9})?$/.exec(location ?? "");
	const file = place?.[1] ?? [
		at["fileName"],
		at["file"],
		fields["file"]
	].find((text) => typeof text === "string");
	const line = place?.[2] ?? at["lineNumber"] ?? at["line"] ?? fields["line"];
	const duration = fields["duration_ms"];
	return {
		...typeof message === "string" && { message },
		...typeof file === "string" && { file },
		...line !== void 0 && { line: Number(line) },
		...typeof duration === "number" && { durationMs: duration }
	};
}
function parseFields(yaml) {
	try {
		const value = (0, import_dist.parseDocument)(yaml, {
			logLevel: "silent",
			strict: false,
			merge: false
		}).toJS({ maxAliasCount: 0 });
		return isObject(value) ? value : {};
	} catch {
		return {};
	}
}

// src/reports/tap-levels.ts
const MAX_LEVELS = 64;
/**
* Keeps track of subtests and their plans; a plan that is not met is a problem of the run.
* @param onTest told of a test whose name only looks as if subtests followed it
*/
function makeTapLevels(tally, onTest) {
	const levels = [makeLevel("", void 0)];
	let announced = "";
	const toSuite = (depth) => levels.slice(1, depth + 1).flatMap(({ name }) => name === "" ? [] : [name]);
	const openTo = (depth) => {
		if (depth >= MAX_LEVELS) refuse(`its subtests are nested more than ${MAX_LEVELS} deep`);
		while (levels.length <= depth) {
			levels.push(makeLevel(announced, void 0));
			announced = "";
			tally.suite();
		}
		return levels[depth] ?? makeLevel("", void 0);
	};
	/** Answers the outermost level that it closed and that held tests. */
	const closeBelow = (depth) => {
		let outermost;
		while (levels.length - 1 > depth) {
			const closed = levels.pop();
			const outer = levels.at(-1);
			if (closed === void 0 || outer === void 0) break;
			checkPlan(tally, closed);
			if (closed.parent !== void 0 && closed.points === 0) {
				if (isFailure(closed.parent)) closed.failed += 1;
				onTest(closed.parent, toSuite(levels.length - 1));
			} else outermost = closed;
			outer.failed += closed.failed;
		}
		return outermost;
	};
	return {
		announce(depth, name) {
			const opens = depth >= levels.length;
			const level = openTo(depth);
			if (opens && level.name === "") level.name = name;
			else announced = name;
		},
		plan(depth, count) {
			openTo(depth).planned = count;
		},
		point(depth, found) {
			const subtests = closeBelow(depth);
			const level = openTo(depth);
			level.points += 1;
			if (found.opens) {
				levels.push(makeLevel(found.name, found));
				tally.suite();
				return;
			}
			const fails = isFailure(found);
			if (subtests !== void 0 && !(fails && subtests.failed === 0)) return void 0;
			if (fails) level.failed += 1;
			return toSuite(depth);
		},
		close(depth) {
			const closed = closeBelow(depth);
			const level = levels[depth];
			if (closed?.parent === void 0 || level === void 0) return void 0;
			if (!isFailure(closed.parent) || closed.failed > 0) return void 0;
			level.failed += 1;
			return {
				point: closed.parent,
				suite: toSuite(depth)
			};
		},
		end() {
			closeBelow(0);
			const [root] = levels;
			if (root) checkPlan(tally, root);
		}
	};
}
function makeLevel(name, parent) {
	return {
		name,
		planned: void 0,
		points: 0,
		failed: 0,
		parent
	};
}
function isFailure({ ok, directive }) {
	return !ok && directive === null;
}
function checkPlan(tally, { name, planned, points }) {
	const plan = name === "" ? "the plan" : `the plan of "${name}"`;
	if (planned === void 0 && points > 0) tally.problem(name, `${plan} is missing: the tests may not have come to their end`);
	else if (planned !== void 0 && planned !== points) tally.problem(name, `${plan} is of ${planned} tests, and ${points} are there`);
}

// src/reports/tap-lines.ts
const POINT = /^(not )?ok(?:[ \t]+(\d{1,9}))?(?:[ \t]+(?:-[ \t]*)?(.*))?$/;
const PLAN = /^1\.\.(\d{1,9})[ \t]*(?:#[ \t]*(.*))?$/;
/** What stands behind a "#" that is not escaped. */
const BEHIND = /(?:^|[^\\])#[ \t]*(.*)$/;
const DIRECTIVE = /^(skip|todo)\S*[ \t]*(.*)$/i;
const TIME = /^time=([\d.]{1,20})ms$/;
/** One line of TAP 13 or 14 (https://testanything.org/tap-version-14-specification.html), its indentation taken off. */
function parseTapLine(text) {
	const point = POINT.exec(text);
	if (point) return toPoint(point[1] === void 0, point[3] ?? "");
	const plan = PLAN.exec(text);
	if (plan) {
		const said = plan[2] ?? "";
		return {
			kind: "plan",
			count: Number(plan[1]),
			skip: /^skip/i.test(said) ? said : null
		};
	}
	if (text.startsWith("Bail out!")) return {
		kind: "bail-out",
		reason: text.slice(9).trim()
	};
	if (text.startsWith("# Subtest:")) return {
		kind: "subtest",
		name: unescape(text.slice(10).trim())
	};
	if (text.startsWith("#")) return {
		kind: "comment",
		text: text.slice(1).trim()
	};
	return { kind: text === "}" ? "closing" : "other" };
}
function toPoint(ok, rest) {
	const opens = /(?:^|\s)\{$/.test(rest);
	const told = opens ? rest.slice(0, -1).trimEnd() : rest;
	const behind = BEHIND.exec(told);
	const directive = DIRECTIVE.exec(behind?.[1] ?? "");
	const time = TIME.exec(behind?.[1] ?? "");
	return {
		kind: "point",
		ok,
		name: unescape((behind !== null && (directive !== null || time !== null) ? told.slice(0, behind.index + (behind[0].startsWith("#") ? 0 : 1)) : told).trim()),
		directive: directive === null ? null : directive[1]?.toLowerCase() === "skip" ? "skip" : "todo",
		reason: directive?.[2]?.trim() ?? "",
		durationMs: time === null ? void 0 : Number(time[1]),
		opens
	};
}
function unescape(text) {
	return text.replaceAll(/\\([\\#])/g, "$1");
}

// src/reports/tap.ts
const INDENT = 4;
const MAX_TEXT_CHARS = 16384;
/**
* TAP 13 and 14 with subtests, as node:test, node-tap, vitest, bats and Test::More write them. A point that sums up
* subtests is no test of its own, unless it fails though none of them did. A plan that is not met or missing, and a
* bail-out, are problems of the run.
*/
const readTap = async (texts, where) => {
	const tally = makeTestsTally(where);
	const levels = makeTapLevels(tally, (point, suite) => addTest(tally, {
		point,
		suite,
		yaml: "",
		comments: ""
	}));
	let test;
	let testIndent = 0;
	let yamlIndent;
	let seen = false;
	const begin = (point, suite) => {
		if (suite !== void 0) test = {
			point,
			suite,
			yaml: "",
			comments: ""
		};
	};
	const flush = () => {
		if (test !== void 0) addTest(tally, test);
		test = void 0;
	};
	for await (const { text } of readLines(texts)) {
		const indent = /^ */.exec(text)?.[0].length ?? 0;
		const trimmed = text.trim();
		if (yamlIndent !== void 0) {
			if (trimmed === "..." && indent === yamlIndent) yamlIndent = void 0;
			else if (test !== void 0) test.yaml = addText(test.yaml, text.slice(yamlIndent));
			continue;
		}
		if (trimmed === "---" && indent > testIndent) {
			yamlIndent = indent;
			continue;
		}
		const depth = Math.floor(indent / INDENT);
		const line = parseTapLine(text.slice(depth * INDENT).trimEnd());
		if (line.kind === "other") continue;
		if (line.kind === "comment") {
			if (test?.point.ok === false) test.comments = addText(test.comments, line.text);
			continue;
		}
		flush();
		testIndent = indent;
		seen ||= line.kind === "point" || line.kind === "plan" || line.kind === "bail-out";
		if (line.kind === "subtest") levels.announce(depth, line.name);
		else if (line.kind === "point") begin(line, levels.point(depth, line));
		else if (line.kind === "bail-out") tally.problem("bail out", line.reason === "" ? "the tests bailed out" : line.reason);
		else if (line.kind === "plan") {
			levels.plan(depth, line.count);
			if (line.skip !== null && line.count === 0) tally.remark(`everything was skipped: ${line.skip}`);
		} else {
			const closed = levels.close(depth);
			if (closed) begin(closed.point, closed.suite);
		}
	}
	flush();
	if (!seen) refuse("it is no TAP: it holds neither a plan nor a test");
	levels.end();
	return tally.reading();
};
function addText(held, line) {
	return held.length < MAX_TEXT_CHARS ? `${held}${line.slice(0, MAX_TEXT_CHARS)}\n` : held;
}
function addTest(tally, { point, suite, yaml, comments }) {
	const status = toStatus(point);
	const told = status === "failed" ? parseTapDiagnostics(yaml) : {};
	const [, duration] = /^\s*duration_ms:\s*([\d.]{1,20})\s*$/m.exec(yaml) ?? [];
	tally.add({
		name: point.name,
		suite,
		status,
		message: told.message ?? (comments === "" ? point.reason : comments),
		file: told.file,
		line: told.line,
		durationMs: toMilliseconds(duration === void 0 ? point.durationMs : Number(duration))
	});
}
function toStatus({ ok, directive }) {
	if (directive === "skip") return "skipped";
	if (directive === "todo") return "pending";
	return ok ? "passed" : "failed";
}

// src/reports/trx.ts
/** Outcomes of the Visual Studio test schema (vstst.xsd, TestOutcome). */
const OUTCOMES = {
	Passed: "passed",
	Failed: "failed",
	Error: "failed",
	Timeout: "failed",
	Aborted: "failed",
	Disconnected: "failed",
	NotRunnable: "failed",
	NotExecuted: "skipped",
	Pending: "pending",
	InProgress: "pending"
};
/** TRX of `dotnet test --logger trx`. A data-driven test counts by its rows, not once more for itself. */
const readTrx = async (texts, where) => {
	const tally = makeTestsTally(where);
	const results = [];
	let outerCount = 0;
	let counters = {};
	let runOutcome = "";
	let info;
	const told = /* @__PURE__ */ new Map();
	let definition = "";
	await readXml(texts, {
		roots: ["TestRun"],
		doctype: "refused"
	}, {
		open(name, attributes, parents) {
			const parent = parents.at(-1);
			switch (name) {
				case "UnitTestResult":
				case "TestResult":
				case "GenericTestResult":
					if (parent === "InnerResults" && results.length > 0) markInner(results);
					results.push({
						attributes,
						message: "",
						stack: "",
						hasInner: false
					});
					return false;
				case "Times":
					tally.took(toElapsed(attributes));
					return false;
				case "Counters":
					counters = attributes;
					return false;
				case "ResultSummary":
					runOutcome = attributes["outcome"] ?? "";
					return false;
				case "RunInfo":
					info = attributes;
					return false;
				case "Message":
				case "StackTrace": return parent === "ErrorInfo";
				case "UnitTest":
					definition = attributes["id"] ?? "";
					return false;
				case "TestMethod":
					nameClass(told.get(definition), attributes["className"] ?? "");
					return false;
				case "Text": return parent === "RunInfo";
				default: return false;
			}
		},
		close(name, text, parents) {
			const result = results.at(-1);
			const parent = parents.at(-1);
			if (name === "Message" && parent === "ErrorInfo" && result) result.message = text;
			else if (name === "StackTrace" && parent === "ErrorInfo" && result) result.stack = text;
			else if (name === "Text" && parent === "RunInfo") {
				if (info?.["outcome"] === "Error" && !text.trimEnd().endsWith("[FAIL]")) tally.problem("run", text);
			} else if (name.endsWith("TestResult") && results.length > 0) {
				results.pop();
				if (result?.hasInner === true) outerCount += 1;
				else if (result) {
					const kept = tally.add(toFound(result, results));
					if (kept) told.set(result.attributes["testId"] ?? "", kept);
				}
			}
		}
	});
	const { counts } = tally;
	const tests = counts.passed + counts.failed + counts.skipped + counts.pending + counts.other;
	const declare = (what, ...names) => ({
		what,
		where: "the summary",
		declared: counters[names[0] ?? ""] === void 0 ? void 0 : names.reduce((sum, name) => sum + (parseCount(counters[name]) ?? 0), 0)
	});
	tally.compare(declare("tests", "total"), tests, tests + outerCount);
	tally.compare(declare("failures", "failed", "error", "timeout", "aborted"), counts.failed, counts.failed + outerCount);
	if (/^(?:Failed|Error|Aborted|Timeout)$/.test(runOutcome) && counts.failed === 0) tally.problem("run", `the run's outcome is ${runOutcome}, though no test failed`);
	return tally.reading();
};
function markInner(results) {
	const outer = results.at(-1);
	if (outer) outer.hasInner = true;
}
function nameClass(kept, className) {
	if (kept === void 0 || className === "") return;
	const name = toName(className.replace(/,.*$/s, ""));
	if (!kept.suite.includes(name)) kept.suite = [name, ...kept.suite].slice(0, observationLimits.suiteParts);
	if (kept.name.startsWith(`${name}.`)) kept.name = kept.name.slice(name.length + 1);
}
function toFound({ attributes, message, stack }, outer) {
	return {
		name: attributes["testName"] ?? "",
		suite: outer.map((result) => result.attributes["testName"] ?? ""),
		status: OUTCOMES[attributes["outcome"] ?? ""] ?? "other",
		message,
		...toDotnetPlace(stack),
		durationMs: parseTimeSpan(attributes["duration"])
	};
}
function toElapsed({ start = "", finish = "" }) {
	const elapsed = Date.parse(finish) - Date.parse(start);
	return elapsed >= 0 ? elapsed : void 0;
}

// src/reports/xunit.ts
const RESULTS = {
	Pass: "passed",
	Fail: "failed",
	Skip: "skipped",
	NotRun: "skipped"
};
const TEXTS = /* @__PURE__ */ new Set([
	"message",
	"stack-trace",
	"reason"
]);
/** xUnit.net's own XML, version 2 and 3 (https://xunit.net/docs/format-xml-v2). */
const readXunit = async (texts, where) => {
	const tally = makeTestsTally(where);
	let assembly;
	let collection = "";
	let test;
	let error;
	let message = "";
	let stack = "";
	const counted = () => {
		const { passed, failed, skipped, pending, other } = tally.counts;
		return {
			tests: passed + failed + skipped + pending + other,
			failed
		};
	};
	await readXml(texts, {
		roots: ["assemblies", "assembly"],
		doctype: "refused"
	}, {
		open(name, attributes) {
			if (name === "assembly") {
				assembly = {
					attributes,
					before: counted()
				};
				tally.took(parseSeconds(attributes["time"]));
			} else if (name === "collection") {
				tally.suite();
				collection = attributes["name"] ?? "";
			} else if (name === "test") {
				test = attributes;
				message = "";
				stack = "";
			} else if (name === "error") {
				error = attributes;
				message = "";
			}
			return TEXTS.has(name);
		},
		close(name, text, parents) {
			const parent = parents.at(-1);
			if (name === "message" && parent === "failure") message ||= text;
			else if (name === "reason" && parent === "test") message ||= text;
			else if (name === "stack-trace" && parent === "failure") stack = text;
			else if (name === "test" && test) {
				const { name: title = "", method = "", type = "", result = "", time } = test;
				tally.add({
					name: title === "" ? method : title,
					suite: [collection, type].filter((part) => part !== ""),
					status: RESULTS[result] ?? "other",
					message,
					file: test["source-file"],
					line: parseCount(test["source-line"]),
					...toDotnetPlace(stack),
					durationMs: parseSeconds(time)
				});
				test = void 0;
			} else if (name === "error" && error) {
				tally.problem(`${error["type"] ?? "error"} ${error["name"] ?? ""}`, message);
				error = void 0;
			} else if (name === "assembly" && assembly) {
				const { attributes, before } = assembly;
				const now = counted();
				const label = `the assembly "${(attributes["name"] ?? "").replace(/^.*[\\/]/, "")}"`;
				const notRun = parseCount(attributes["not-run"]) ?? 0;
				const tests = now.tests - before.tests;
				tally.compare({
					what: "tests",
					where: label,
					declared: parseCount(attributes["total"])
				}, tests, tests - notRun);
				tally.compare({
					what: "failures",
					where: label,
					declared: parseCount(attributes["failed"])
				}, now.failed - before.failed);
			}
		}
	});
	return tally.reading();
};

// src/reports/parse-report.ts
/** Rises with every change of what is read from the same bytes. */
const PARSER_VERSION = "1.0.0";
const HEAD_CHARS = 4096;
const readers = {
	junit: readJunit,
	trx: readTrx,
	xunit: readXunit,
	nunit: readNunit,
	tap: readTap,
	ctrf: readCtrf,
	playwright: readPlaywright,
	"go-test": readGoTest,
	sarif: readSarif,
	checkstyle: readCheckstyle,
	eslint: readEslint,
	lcov: readLcov,
	cobertura: readCobertura,
	jacoco: readJacoco,
	"go-cover": readGoCover
};
/**
* Reads a report as the format it was declared to be, as a stream and in bounded memory: docs/reports.md tells what is
* read and the bounds. Rejects only when `chunks` does.
*/
async function parseReport(format, chunks, where) {
	let head = "";
	let begun = false;
	async function* watch() {
		for await (const text of decodeText(chunks)) {
			if (head.length < HEAD_CHARS) head = (head + text.slice(0, HEAD_CHARS)).trimStart();
			begun = true;
			yield text;
		}
	}
	try {
		const reading = await readers[format](watch(), where);
		return {
			ok: true,
			...toTyped(reading),
			parser: {
				name: `quoderat/${format}`,
				version: PARSER_VERSION
			},
			...judge(reading)
		};
	} catch (error) {
		if (!(error instanceof ReportError)) throw error;
		if (begun && head === "") return {
			ok: false,
			code: "report_empty",
			message: "is empty"
		};
		const seen = recogniseFormat(head);
		const hint = seen !== void 0 && seen !== format ? `; it looks like ${seen}` : "";
		return {
			ok: false,
			code: error.code,
			message: `can't be read as ${format}: ${error.message}${hint}`
		};
	}
}
function toTyped(reading) {
	if (reading.type === "findings") return {
		type: "findings",
		value: reading.value
	};
	return reading;
}
function judge(reading) {
	switch (reading.type) {
		case "tests": {
			const { value } = reading;
			const problems = value.problems.length + value.problems_left_out;
			const ran = value.passed + value.failed + value.other > 0;
			return {
				summary: toTestsSummary(value),
				ran,
				failed: value.failed + problems
			};
		}
		case "findings": {
			const { value, looked } = reading;
			const problems = value.problems.length + value.problems_left_out;
			return {
				summary: toFindingsSummary(value),
				ran: looked === "something",
				failed: value.by_level.error + problems
			};
		}
		default: {
			const { lines, branches, functions, statements } = reading.value;
			const ran = [
				lines,
				branches,
				functions,
				statements
			].some((metric) => metric !== void 0);
			return {
				summary: toCoverageSummary(reading.value),
				ran,
				failed: 0
			};
		}
	}
}

export { parseReport };