#!/usr/bin/env python3
"""A second verifier, written from docs/envelope.md alone: Python's standard library, and openssl for Ed25519.

    verify_envelope.py ENVELOPE [PUBLIC_KEY_PEM]     the answers as JSON; exits with the envelope's exit code
    verify_envelope.py --index VECTORS/index.json    the answers for every vector, as a JSON array

It has no artifacts to look at and no expectations to compare with.
"""
import base64
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile

COLLECTIONS = ["/execution/steps", "/artifacts", "/observations", "/gates", "/redactions"]
MAX_SAFE = 2**53 - 1


class Refused(Exception):
    """Section 2 and 8.1: exit code 2."""


def sha256(data):
    return hashlib.sha256(data if isinstance(data, bytes) else data.encode("utf-8")).hexdigest()


# --- Section 2: reading strictly. Every number becomes a float: that is what a number is. ---

NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
NUMBER_CHARACTERS = re.compile(r"[0-9+\-.eE]*")
PLAIN = re.compile(r'[^"\\\x00-\x1f]*')
ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


class Parser:
    def __init__(self, text):
        self.text, self.at = text, 0

    def document(self):
        value = self.value(1)
        self.space()
        if self.at != len(self.text):
            raise Refused("not_json")
        return value

    def space(self):
        while self.text[self.at : self.at + 1] in (" ", "\t", "\n", "\r"):
            self.at += 1

    def peek(self):
        self.space()
        return self.text[self.at : self.at + 1]

    def take(self, expected):
        if self.peek() != expected:
            raise Refused("not_json")
        self.at += 1

    def value(self, depth):
        first = self.peek()
        if first in ("{", "["):
            if depth > 128:
                raise Refused("too_deep")
            return self.object(depth) if first == "{" else self.array(depth)
        if first == '"':
            return self.string()
        for word, value in (("true", True), ("false", False), ("null", None)):
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return value
        return self.number()

    def object(self, depth):
        self.take("{")
        members = {}
        if self.peek() == "}":
            self.at += 1
            return members
        while True:
            if self.peek() != '"':
                raise Refused("not_json")
            key = self.string()
            if key in members:
                raise Refused("duplicate_key")
            self.take(":")
            members[key] = self.value(depth + 1)
            if self.peek() == "}":
                self.at += 1
                return members
            self.take(",")

    def array(self, depth):
        self.take("[")
        elements = []
        if self.peek() == "]":
            self.at += 1
            return elements
        while True:
            elements.append(self.value(depth + 1))
            if self.peek() == "]":
                self.at += 1
                return elements
            self.take(",")

    def string(self):
        self.at += 1
        parts = []
        while True:
            plain = PLAIN.match(self.text, self.at)
            parts.append(plain.group())
            self.at = plain.end()
            following = self.text[self.at : self.at + 1]
            if following == '"':
                self.at += 1
                return "".join(parts)
            if following != "\\":
                raise Refused("not_json")
            parts.append(self.escape())

    def escape(self):
        letter = self.text[self.at + 1 : self.at + 2]
        if letter in ESCAPES and letter:
            self.at += 2
            return ESCAPES[letter]
        unit = self.unicode_escape()
        if unit is None:
            raise Refused("not_json")
        if not 0xD800 <= unit <= 0xDFFF:
            return chr(unit)
        low = self.unicode_escape() if unit <= 0xDBFF else None
        if low is None or not 0xDC00 <= low <= 0xDFFF:
            raise Refused("lone_surrogate")
        return chr(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))

    def unicode_escape(self):
        match = re.compile(r"\\u([0-9a-fA-F]{4})").match(self.text, self.at)
        if match is None:
            return None
        self.at = match.end()
        return int(match.group(1), 16)

    def number(self):
        token = NUMBER_CHARACTERS.match(self.text, self.at).group()
        if len(token) > 64:
            raise Refused("unsafe_number")
        if not NUMBER.fullmatch(token):
            raise Refused("not_json")
        self.at += len(token)
        value = float(token)
        if value in (float("inf"), float("-inf")) or (value == 0 and token.startswith("-")):
            raise Refused("unsafe_number")
        if value.is_integer() and abs(value) > MAX_SAFE:
            raise Refused("unsafe_number")
        return value


def read(data):
    if len(data) > 128 * 1024 * 1024:
        raise Refused("too_large")
    try:
        text = data.decode("utf-8", "strict")
    except UnicodeDecodeError:
        raise Refused("not_utf8") from None
    document = Parser(text).document()
    if not isinstance(document, dict) or "schema_version" not in document:
        raise Refused("not_an_envelope")
    version = document["schema_version"]
    if not isinstance(version, str) or not re.fullmatch(r"1\.(0|[1-9][0-9]{0,8})", version):
        raise Refused("unknown_version")
    return document


# --- Section 2: writing ---


def jcs(value):
    return write(value).encode("utf-8")


def write(value):
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return write_number(float(value))
    if isinstance(value, str):
        return write_string(value)
    if isinstance(value, list):
        return "[" + ",".join(map(write, value)) + "]"
    keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
    return "{" + ",".join(write_string(key) + ":" + write(value[key]) for key in keys) + "}"


SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def write_string(text):
    return '"' + re.sub(r'["\\\x00-\x1f]', lambda m: SHORT.get(m.group(), "\\u%04x" % ord(m.group())), text) + '"'


def write_number(value):
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    mantissa, _, exponent = repr(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = whole + fraction
    n = len(whole) + int(exponent or 0)
    n -= len(digits) - len(digits.lstrip("0"))
    digits = digits.strip("0")
    k = len(digits)
    if k <= n <= 21:
        return sign + digits + "0" * (n - k)
    if 0 < n <= 21:
        return sign + digits[:n] + "." + digits[n:]
    if -6 < n <= 0:
        return sign + "0." + "0" * -n + digits
    return sign + digits[0] + ("." + digits[1:] if k > 1 else "") + "e%+d" % (n - 1)


# --- Section 4: the chain ---


def token(name):
    return "/" + str(name).replace("~", "~0").replace("/", "~1")


def collection(document, pointer):
    holder = document.get("execution") if pointer == "/execution/steps" else document
    value = holder.get(pointer.rsplit("/", 1)[1]) if isinstance(holder, dict) else None
    return value if isinstance(value, list) else None


def header(document, lengths):
    head = {name: value for name, value in document.items() if name not in ("integrity", "unsealed")}
    for pointer in COLLECTIONS:
        if collection(document, pointer) is None:
            continue
        if pointer == "/execution/steps":
            head["execution"] = {**head["execution"], "steps": lengths[pointer]}
        else:
            head[pointer[1:]] = lengths[pointer]
    return sha256(jcs(head))


def entry_hash(entry):
    content = {name: entry[name] for name in ("index", "pointer", "payload_sha256", "prev_entry_hash")}
    return sha256(jcs({"chain_version": 1, **content}))


def seed(evidence_id):
    return sha256("quoderat/evidence-envelope/v1\n" + evidence_id)


def compute_chain(document, hashes, evidence_id):
    payloads = [("", header(document, {pointer: len(hashes[pointer]) for pointer in COLLECTIONS}))]
    for pointer in COLLECTIONS:
        payloads += [("%s/%d" % (pointer, index), value) for index, value in enumerate(hashes[pointer])]
    chain, previous = [], seed(evidence_id)
    for index, (pointer, payload) in enumerate(payloads):
        entry = {"index": index, "pointer": pointer, "payload_sha256": payload, "prev_entry_hash": previous}
        previous = entry["entry_hash"] = entry_hash(entry)
        chain.append(entry)
    return chain


# --- Section 8.2: intact ---

HEX64 = re.compile(r"[0-9a-f]{64}")
CONSTANTS = {"canonicalization": "rfc8785-jcs", "hash_algorithm": "sha256", "chain_version": 1}
ENTRY = ["index", "pointer", "payload_sha256", "prev_entry_hash", "entry_hash"]


def is_sha256(value):
    return isinstance(value, str) and HEX64.fullmatch(value) is not None


def is_count(value):
    return isinstance(value, float) and value.is_integer() and value >= 0


def check_intact(document, data, tell):
    if jcs(document) != data:
        tell("", "not_canonical")
    for pointer in COLLECTIONS:
        if collection(document, pointer) is None:
            holder = document.get("execution") if pointer == "/execution/steps" else document
            there = isinstance(holder, dict) and pointer.rsplit("/", 1)[1] in holder
            tell(pointer, "wrong_type" if there else "missing")
    hashes = {pointer: [sha256(jcs(value)) for value in collection(document, pointer) or []] for pointer in COLLECTIONS}
    evidence_id = document.get("evidence_id")
    evidence_id = evidence_id if isinstance(evidence_id, str) else ""
    chain = compute_chain(document, hashes, evidence_id)

    integrity = document.get("integrity")
    if not isinstance(integrity, dict):
        tell("/integrity", "missing")
        integrity = {}
    for name, value in CONSTANTS.items():
        if integrity.get(name) != value or isinstance(integrity.get(name), bool):
            tell("/integrity/" + name, "wrong_value")
    entries = check_entries(integrity.get("hash_chain"), evidence_id, tell)
    check_payloads(document, hashes, entries, tell)
    if integrity.get("entry_count") != len(entries) or isinstance(integrity.get("entry_count"), bool):
        tell("/integrity/entry_count", "wrong_value")
    if not entries or integrity.get("head_entry_hash") != entries[-1]["entry_hash"]:
        tell("/integrity/head_entry_hash", "wrong_value")
    check_signatures(integrity.get("signatures"), tell)
    for name in integrity:
        if name not in CONSTANTS and name not in ("hash_chain", "entry_count", "head_entry_hash", "signatures"):
            tell("/integrity" + token(name), "uncovered")
    check_unsealed(document, tell)
    if not tell.problems and [e["entry_hash"] for e in entries] != [e["entry_hash"] for e in chain]:
        tell("/integrity/hash_chain", "chain_mismatch")
    return len(chain), chain[-1]["entry_hash"]


def place_of(pointer):
    if pointer == "":
        return (-1, 0)
    match = re.fullmatch(r"(.+)/(0|[1-9][0-9]{0,8})", pointer)
    if match is None or match.group(1) not in COLLECTIONS:
        return None
    return (COLLECTIONS.index(match.group(1)), int(match.group(2)))


def check_entries(declared, evidence_id, tell):
    if not isinstance(declared, list):
        tell("/integrity/hash_chain", "missing" if declared is None else "wrong_type")
        return []
    entries, index, previous, before = [], 0, seed(evidence_id), (-1, -1)
    for number, entry in enumerate(declared):
        at = "/integrity/hash_chain/%d" % number
        if not isinstance(entry, dict):
            tell(at, "wrong_type")
            continue
        checks = {"index": is_count, "pointer": lambda value: isinstance(value, str)}
        wrong = [name for name in ENTRY if not checks.get(name, is_sha256)(entry.get(name))]
        if wrong:
            tell(at + "/" + wrong[0], "wrong_type")
            continue
        for name in entry:
            if name not in ENTRY:
                tell(at + token(name), "uncovered")
        if entry["index"] != index:
            tell(at + "/index", "chain_broken")
        if entry["prev_entry_hash"] != previous:
            tell(at + "/prev_entry_hash", "chain_broken")
        if entry["entry_hash"] != entry_hash(entry):
            tell(at + "/entry_hash", "chain_broken")
        place = place_of(entry["pointer"])
        follows = place is not None and (
            (place[0] == before[0] and place[1] == before[1] + 1) or (place[0] > before[0] and place[1] == 0)
        )
        if not follows:
            tell(at + "/pointer", "chain_broken")
        index, previous, before = entry["index"] + 1, entry["entry_hash"], place or before
        entries.append(entry)
    return entries


def check_payloads(document, hashes, entries, tell):
    sealed = {pointer: [] for pointer in COLLECTIONS}
    sealed_header = None
    for entry in entries:
        place = place_of(entry["pointer"])
        if place is None:
            continue
        if place[0] >= 0:
            sealed[COLLECTIONS[place[0]]].append((entry["pointer"], entry["payload_sha256"]))
        elif sealed_header is None:
            sealed_header = entry["payload_sha256"]
    for pointer in COLLECTIONS:
        pinpoint(pointer, sealed[pointer], hashes[pointer], tell)
    possible = [header(document, {pointer: len(lists[pointer]) for pointer in COLLECTIONS}) for lists in (hashes, sealed)]
    if sealed_header is None:
        tell("", "added")
    elif sealed_header not in possible:
        tell("", "changed")
        for name in document:
            if name not in SEALED and name not in ("integrity", "unsealed"):
                tell(token(name), "unknown_member")


def pinpoint(pointer, sealed, present, tell):
    waiting = {}
    for index in reversed(range(len(sealed))):
        if not (index < len(present) and present[index] == sealed[index][1]):
            waiting.setdefault(sealed[index][1], []).append(index)
    source = []
    for index, value in enumerate(present):
        if index < len(sealed) and sealed[index][1] == value:
            source.append(index)
        else:
            source.append(waiting[value].pop() if waiting.get(value) else None)
    stay = longest_ascending(source)
    moved = set()
    for index, origin in enumerate(source):
        if origin is not None and index not in stay:
            moved.add(origin)
            tell("%s/%d" % (pointer, index), "moved")
    old_at = new_at = 0
    for anchor in sorted(stay) + [len(present)]:
        origin = source[anchor] if anchor < len(present) else len(sealed)
        old = [index for index in range(old_at, origin) if index not in moved]
        new = [index for index in range(new_at, anchor) if source[index] is None]
        for number, index in enumerate(new):
            tell("%s/%d" % (pointer, index), "changed" if number < len(old) else "added")
        for index in old[len(new) :]:
            tell(sealed[index][0], "removed")
        old_at, new_at = origin + 1, anchor + 1


def longest_ascending(source):
    import bisect

    tails, values, before = [], [], {}
    for index, value in enumerate(source):
        if value is None:
            continue
        at = bisect.bisect_left(values, value)
        before[index] = tails[at - 1] if at else None
        tails[at : at + 1] = [index]
        values[at : at + 1] = [value]
    chosen, index = set(), tails[-1] if tails else None
    while index is not None:
        chosen.add(index)
        index = before[index]
    return chosen


def signature_faults(signature):
    if not isinstance(signature, dict):
        return [""]
    faults = [] if is_sha256(signature.get("keyid")) else ["/keyid"]
    if signature.get("alg") != "Ed25519":
        faults.append("/alg")
    if signature_bytes(signature) is None:
        faults.append("/sig")
    return faults


def signature_bytes(signature):
    text = signature.get("sig")
    if not isinstance(text, str):
        return None
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    return data if len(data) == 64 and base64.b64encode(data).decode() == text else None


def check_signatures(signatures, tell):
    if not isinstance(signatures, list):
        tell("/integrity/signatures", "missing" if signatures is None else "wrong_type")
        return
    keyids = set()
    for index, signature in enumerate(signatures):
        at = "/integrity/signatures/%d" % index
        faults = signature_faults(signature)
        for fault in faults:
            tell(at + fault, "wrong_value")
        for name in signature if isinstance(signature, dict) else []:
            if name not in ("keyid", "alg", "sig"):
                tell(at + token(name), "uncovered")
        if not faults and signature["keyid"] in keyids:
            tell(at, "uncovered")
        if not faults:
            keyids.add(signature["keyid"])


def check_unsealed(document, tell):
    if "unsealed" not in document:
        return
    faults = shape_faults(UNSEALED, document["unsealed"], "/unsealed", unknown=True)
    for pointer, code in faults:
        tell(pointer, "uncovered" if code == "unknown" else "wrong_type")


# --- Section 3: types. A type is a function from a value to a list of faults [(pointer, code)]. ---


def shape_faults(type_, value, at, unknown=False, later=False):
    return type_(value, at, unknown, later)


def leaf(holds):
    return lambda value, at, unknown, later: [] if holds(value) else [(at, "schema")]


def pattern(expression):
    compiled = re.compile(expression)
    return leaf(lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None)


def words(text):
    known = text.split()
    return lambda value, at, unknown, later: (
        [] if value in known or (later and isinstance(value, str)) else [(at, "schema")]
    )


def or_null(type_):
    return lambda value, at, unknown, later: [] if value is None else type_(value, at, unknown, later)


def array(type_, least=0):
    def check(value, at, unknown, later):
        if not isinstance(value, list) or len(value) < least:
            return [(at, "schema")]
        return [fault for i, item in enumerate(value) for fault in type_(item, "%s/%d" % (at, i), unknown, later)]

    return check


def mapping(type_):
    def check(value, at, unknown, later):
        if not isinstance(value, dict):
            return [(at, "schema")]
        return [fault for name, item in value.items() for fault in type_(item, at + token(name), unknown, later)]

    return check


def either(*types):
    def check(value, at, unknown, later):
        return [] if any(not type_(value, at, unknown, later) for type_ in types) else [(at, "schema")]

    return check


def members(optional=None, **required):
    optional = optional or {}

    def check(value, at, unknown, later):
        if not isinstance(value, dict):
            return [(at, "schema")]
        faults = [(at + "/" + name, "schema") for name in required if name not in value]
        for name, item in value.items():
            type_ = required.get(name) or optional.get(name)
            if type_ is not None:
                faults += type_(item, at + token(name), unknown, later)
            elif unknown:
                faults.append((at + token(name), "unknown"))
        return faults

    return check


TEXT = leaf(lambda value: isinstance(value, str))
BOOL = leaf(lambda value: isinstance(value, bool))
ANY = leaf(lambda value: True)
INT = leaf(lambda value: isinstance(value, float) and value.is_integer())
COUNT = leaf(is_count)
FROM_1 = leaf(lambda value: is_count(value) and value >= 1)
SHA256 = leaf(is_sha256)
TIME = pattern(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z")
UUID7 = pattern(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
GIT = pattern(r"[0-9a-f]{40}|[0-9a-f]{64}")
STEP_ID = pattern(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}(\[[^\]\x00-\x1f\x7f-\x9f]{1,200}\])?")
ENV_NAME = pattern(r"[A-Za-z_][A-Za-z0-9_]{0,255}")
ARTIFACT_ID = leaf(lambda value: isinstance(value, str) and 1 <= len(value.encode("utf-16-be")) // 2 <= 400)

IDENTITY = members(type=words("workflow job user host server"), id=TEXT, optional={"name": TEXT})
WORKER = members(name=TEXT, version=TEXT, dist_sha256=or_null(SHA256))
CAUSE = members(
    code=words(
        "exit_nonzero signaled timeout idle_timeout run_timeout cancelled process_lost spawn_failed report_missing "
        "report_empty report_stale report_unreadable nothing_ran output_missing capture_failed service_not_ready "
        "service_exited request_failed address_refused expectation_failed"
    ),
    message=TEXT,
)
OUTCOME = {
    "status": words("success failed error timed_out skipped aborted waiting"),
    "exit_code": or_null(INT),
    "signal": or_null(TEXT),
    "termination": words("exited signaled timed_out idle_timeout aborted spawn_failed skipped completed"),
    "duration_ms": COUNT,
    "stdout_artifact_id": or_null(ARTIFACT_ID),
    "stderr_artifact_id": or_null(ARTIFACT_ID),
    "report_artifact_ids": array(ARTIFACT_ID),
    "output_artifact_ids": array(ARTIFACT_ID),
    "output_complete": BOOL,
}
ATTEMPT = members(
    **OUTCOME,
    attempt=FROM_1,
    started_at=TIME,
    finished_at=TIME,
    phases=members(spawn_ms=COUNT, run_ms=COUNT, terminate_ms=COUNT, drain_ms=COUNT, capture_ms=COUNT),
    survivors_killed=COUNT,
    optional={"cause": CAUSE},
)
STEP = members(
    **OUTCOME,
    id=STEP_ID,
    index=COUNT,
    kind=pattern(r"[a-z][a-z0-9_]{0,31}"),
    name=TEXT,
    needs=array(STEP_ID),
    continue_on_error=BOOL,
    attempt=COUNT,
    max_attempts=FROM_1,
    attempts=array(ATTEMPT),
    command=or_null(either(members(run=TEXT, shell=words("bash sh pwsh cmd")), members(argv=array(TEXT, least=1)))),
    cwd=TEXT,
    env_names=array(ENV_NAME),
    timeout_ms=COUNT,
    idle_timeout_ms=or_null(COUNT),
    started_at=or_null(TIME),
    finished_at=or_null(TIME),
    warnings=array(TEXT),
    optional={
        "parent_id": STEP_ID,
        "cause": CAUSE,
        "diff_artifact_id": ARTIFACT_ID,
        "skipped_reason": TEXT,
        "gate_id": TEXT,
    },
)
ARTIFACT = members(
    id=ARTIFACT_ID,
    kind=words("stdout stderr report output diff materials manifest plan response screenshot trace video"),
    sha256=SHA256,
    content_uri=pattern(r"urn:sha256:[0-9a-f]{64}"),
    size_bytes=COUNT,
    media_type=TEXT,
    name=TEXT,
    step_id=or_null(STEP_ID),
    redaction=members(**{"class": words("text binary none"), "applied": BOOL}),
    truncated=BOOL,
)
OBSERVATION = members(
    id=TEXT,
    type=TEXT,
    summary=TEXT,
    value=ANY,
    basis_artifact_ids=array(ARTIFACT_ID),
    informational=BOOL,
    parser=members(name=TEXT, version=TEXT),
)
GATE = members(
    id=TEXT,
    kind=words("human_approval policy"),
    step_id=STEP_ID,
    decision=words("approved rejected expired pending"),
    by=or_null(TEXT),
    at=or_null(TIME),
    reason=TEXT,
    plan_hash=SHA256,
)
REDACTION = members(
    id=TEXT,
    rule_id=TEXT,
    path=TEXT,
    match_type=words("known_value encoded_value pattern"),
    match_count=FROM_1,
    artifact_id=or_null(ARTIFACT_ID),
    stage=words("output artifact record"),
    timestamp=TIME,
)
SUBJECT = members(
    kind=words("git_commit workspace"),
    id=or_null(GIT),
    source=words("github gitlab local"),
    repo=members(url=or_null(TEXT), name=or_null(TEXT), provider=or_null(TEXT)),
    git=or_null(
        members(
            commit_sha=GIT,
            ref=or_null(TEXT),
            branch=or_null(TEXT),
            tag=or_null(TEXT),
            head_sha=or_null(GIT),
            base_sha=or_null(GIT),
            merge_sha=or_null(GIT),
            tree_sha=or_null(GIT),
            dirty=or_null(BOOL),
        )
    ),
    meta=mapping(either(TEXT, INT, BOOL, mapping(TEXT))),
)
SEALED = {
    "schema_version": TEXT,
    "evidence_id": UUID7,
    "run_id": UUID7,
    "generated_at": TIME,
    "sealed_at": TIME,
    "producer": members(
        name=TEXT, version=TEXT, component=words("server embedded"), worker=WORKER, optional={"instance": TEXT}
    ),
    "identities": members(producer=IDENTITY, subject=IDENTITY, optional={"viewer": IDENTITY}),
    "intent": members(
        trigger=words("push pull_request merge_queue schedule manual api release upstream other"),
        event=TEXT,
        actor=or_null(TEXT),
        requested_at=or_null(TIME),
    ),
    "subject": SUBJECT,
    "plan": members(
        name=TEXT,
        plan_hash=SHA256,
        manifest_sha256=SHA256,
        manifest_path=TEXT,
        plan_artifact_id=or_null(ARTIFACT_ID),
        optional={"expected_plan_hash": SHA256},
    ),
    "runner_context": members(
        runner_type=words("ci local worker"),
        os=TEXT,
        arch=TEXT,
        toolchain=mapping(TEXT),
        os_release=or_null(TEXT),
        image=or_null(TEXT),
        cpu_count=or_null(COUNT),
        memory_bytes=or_null(COUNT),
        runner_name=or_null(TEXT),
        self_hosted=or_null(BOOL),
        basis=words("runner_asserted oidc_verified"),
        optional={"verified_claims": mapping(TEXT)},
    ),
    "execution": members(
        status=words("success failed aborted"),
        started_at=TIME,
        finished_at=TIME,
        duration_ms=COUNT,
        max_parallel=FROM_1,
        termination=words("finished cancelled timed_out process_lost"),
        steps=array(STEP),
    ),
    "artifacts": array(ARTIFACT),
    "observations": array(OBSERVATION),
    "gates": array(GATE),
    "redactions": array(REDACTION),
    "events": members(emitted=COUNT, acknowledged=COUNT, dropped=COUNT),
    "claims": members(mechanical=array(TEXT), no_claims=array(TEXT)),
}
UNSEALED = members(location_hints=array(members(content_uri=TEXT, location=TEXT)), links=mapping(TEXT))


# --- Section 8.3: complete, without artifacts at hand ---


def check_complete(document, tell):
    later = document["schema_version"] != "1.0"
    for pointer, code in shape_faults(members(**SEALED), document, "", later=later):
        tell(pointer, code)
    if tell.problems:
        return
    ids = {}
    for pointer in COLLECTIONS:
        ids[pointer] = set()
        for index, element in enumerate(collection(document, pointer)):
            if element["id"] in ids[pointer]:
                tell("%s/%d/id" % (pointer, index), "duplicate_id")
            ids[pointer].add(element["id"])

    def resolve(at, id_, pointer):
        if id_ is not None and id_ not in ids[pointer]:
            tell(at, "unresolved")

    def resolve_outputs(at, outcome):
        for name in ("stdout_artifact_id", "stderr_artifact_id", "diff_artifact_id"):
            resolve(at + "/" + name, outcome.get(name), "/artifacts")
        for name in ("report_artifact_ids", "output_artifact_ids"):
            for number, id_ in enumerate(outcome[name]):
                resolve("%s/%s/%d" % (at, name, number), id_, "/artifacts")

    execution, subject = document["execution"], document["subject"]
    resolve("/plan/plan_artifact_id", document["plan"]["plan_artifact_id"], "/artifacts")
    for index, step in enumerate(execution["steps"]):
        at = "/execution/steps/%d" % index
        if step["index"] != index:
            tell(at + "/index", "wrong_value")
        if step["attempt"] != len(step["attempts"]):
            tell(at + "/attempt", "wrong_value")
        if step["status"] == "waiting":
            tell(at + "/status", "no_outcome")
        for number, id_ in enumerate(step["needs"]):
            resolve("%s/needs/%d" % (at, number), id_, "/execution/steps")
        resolve(at + "/gate_id", step.get("gate_id"), "/gates")
        resolve_outputs(at, step)
        for number, attempt in enumerate(step["attempts"]):
            resolve_outputs("%s/attempts/%d" % (at, number), attempt)
    for index, artifact in enumerate(document["artifacts"]):
        resolve("/artifacts/%d/step_id" % index, artifact["step_id"], "/execution/steps")
        if artifact["content_uri"] != "urn:sha256:" + artifact["sha256"]:
            tell("/artifacts/%d/content_uri" % index, "artifact_uri_mismatch")
    for index, observation in enumerate(document["observations"]):
        for number, id_ in enumerate(observation["basis_artifact_ids"]):
            resolve("/observations/%d/basis_artifact_ids/%d" % (index, number), id_, "/artifacts")
        if observation["informational"] != (not observation["basis_artifact_ids"]):
            tell("/observations/%d/informational" % index, "informational_mismatch")
    for index, gate in enumerate(document["gates"]):
        resolve("/gates/%d/step_id" % index, gate["step_id"], "/execution/steps")
    for index, receipt in enumerate(document["redactions"]):
        resolve("/redactions/%d/artifact_id" % index, receipt["artifact_id"], "/artifacts")
    if subject["id"] != (subject["git"]["commit_sha"] if subject["git"] else None):
        tell("/subject/id", "subject_mismatch")
    if execution["status"] == "success":
        steps = execution["steps"]
        bad = any(
            step["status"] in ("aborted", "waiting")
            or (step["status"] in ("failed", "error", "timed_out") and not step["continue_on_error"])
            for step in steps
        )
        ran = any(step["status"] != "skipped" for step in steps)
        if bad or not ran or execution["termination"] != "finished":
            tell("/execution/status", "status_mismatch")


# --- Sections 5 and 8.4: authentic ---


def pae(type_, body):
    return b"DSSEv1 %d %s %d %s" % (len(type_), type_, len(body), body)


def keyid_of(key_file):
    with open(key_file, encoding="ascii") as file:
        lines = [line.strip() for line in file if not line.startswith("-----")]
    return sha256(base64.b64decode("".join(lines)))


def openssl_verify(key_file, message, signature):
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, name) for name in ("message", "signature")]
        for path, data in zip(paths, (message, signature)):
            with open(path, "wb") as file:
                file.write(data)
        command = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", key_file, "-rawin", "-in", paths[0]]
        return subprocess.run(command + ["-sigfile", paths[1]], capture_output=True, check=False).returncode == 0


def check_authentic(document, count, head, key_file, tell):
    if key_file is None:
        return "not_checked"
    integrity = document.get("integrity")
    declared = integrity.get("signatures") if isinstance(integrity, dict) else None
    signatures = [
        (index, signature)
        for index, signature in enumerate(declared if isinstance(declared, list) else [])
        if is_counted(signature)
    ]
    names = ("schema_version", "evidence_id", "run_id", "sealed_at")
    statement = {name: document.get(name) for name in names}
    sound = all(isinstance(value, str) for value in statement.values())
    statement.update(entry_count=count, head_entry_hash=head)
    message = pae(b"application/vnd.quoderat.seal.v1+json", jcs(statement))
    keyid, good, bad = keyid_of(key_file), 0, 0
    for index, signature in signatures:
        if signature["keyid"] != keyid:
            continue
        if sound and openssl_verify(key_file, message, signature_bytes(signature)):
            good += 1
        else:
            bad += 1
            tell("/integrity/signatures/%d" % index, "bad_signature")
    if bad:
        return "no"
    if good:
        return "yes"
    tell("/integrity/signatures", "no_trusted_signature" if signatures else "unsigned")
    return "no" if signatures else "undecidable"


def is_counted(signature):
    return not signature_faults(signature)


# --- Section 8: the answers ---


def teller(answer):
    def tell(pointer, code):
        tell.problems.append([answer, pointer, code])

    tell.problems = []
    return tell


def verify(data, key_file):
    try:
        document = read(data)
    except Refused as refused:
        return {"exit_code": 2, "error": str(refused), "problems": []}
    intact, complete, authentic = teller("intact"), teller("complete"), teller("authentic")
    count, head = check_intact(document, data, intact)
    check_complete(document, complete)
    answers = {
        "intact": "no" if intact.problems else "yes",
        "complete": "no" if complete.problems else "yes",
        "authentic": check_authentic(document, count, head, key_file, authentic),
    }
    code = 1 if "no" in answers.values() else 3 if answers["authentic"] == "undecidable" else 0
    return {"exit_code": code, **answers, "problems": intact.problems + complete.problems + authentic.problems}


def verify_file(path, key_file):
    with open(path, "rb") as file:
        return verify(file.read(), key_file)


def main(arguments):
    if len(arguments) == 2 and arguments[0] == "--index":
        folder = os.path.dirname(os.path.abspath(arguments[1]))
        with open(arguments[1], encoding="utf-8") as file:
            vectors = json.load(file)
        keys = [vector["trusted_key"] and os.path.join(folder, vector["trusted_key"]) for vector in vectors]
        json.dump([verify_file(os.path.join(folder, v["file"]), key) for v, key in zip(vectors, keys)], sys.stdout)
        return 0
    if len(arguments) not in (1, 2):
        print(__doc__, file=sys.stderr)
        return 2
    answers = verify_file(arguments[0], arguments[1] if len(arguments) == 2 else None)
    print(json.dumps(answers, indent=2))
    return answers["exit_code"]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
