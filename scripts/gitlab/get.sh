# Quoderat: use the one that is here, or fetch it once and check its digest
# POSIX sh: dash, busybox and bash run this, with errexit or without.
quoderat_say() { printf 'quoderat: %s\n' "$*"; }
quoderat_fail() { printf 'quoderat: %s\n' "$*" >&2; return 69; }

quoderat_has() { command -v "$1" >/dev/null 2>&1; }

quoderat_exec() {
  if [ -z "$quoderat_cli" ]; then exec quoderat "$@"; fi
  exec "$quoderat_node" "$quoderat_cli" "$@"
}

quoderat_sha256() {
  if quoderat_has sha256sum; then q_sum=$(sha256sum <"$1") || return
  elif quoderat_has shasum; then q_sum=$(shasum -a 256 <"$1") || return
  elif quoderat_has openssl; then q_sum=$(openssl dgst -r -sha256 <"$1") || return
  else quoderat_fail 'this image has none of sha256sum, shasum and openssl, so nothing that is fetched can be checked'; return
  fi
  printf '%s' "${q_sum%% *}"
}

quoderat_is() {
  [ -f "$1" ] || return 1
  [ "$(quoderat_sha256 "$1")" = "$2" ]
}

# Whether a Node runs Quoderat: 20.20 or newer.
quoderat_node_serves() {
  q_version=$("$1" --version 2>/dev/null) || return 1
  q_version=${q_version#v}
  q_major=${q_version%%.*}
  q_minor=${q_version#*.}
  q_minor=${q_minor%%.*}
  case "x$q_major$q_minor" in x | x*[!0-9]*) return 1 ;; esac
  [ "$q_major" -gt 20 ] || { [ "$q_major" -eq 20 ] && [ "$q_minor" -ge 20 ]; }
}

# URL: sets q_ca for this GitLab. With its authority go those of the image: a registry may redirect to storage elsewhere, and
# curl takes a file that is named in place of all others.
quoderat_authorities() {
  q_ca=''
  case $1 in "${CI_SERVER_URL:-none}"/*) q_ca=${CI_SERVER_TLS_CA_FILE:-} ;; esac
  [ -n "$q_ca" ] || return 0
  for q_own in "${CURL_CA_BUNDLE:-}" "${SSL_CERT_FILE:-}" /etc/ssl/certs/ca-certificates.crt \
    /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/ca-bundle.pem /etc/ssl/cert.pem; do
    [ -f "$q_own" ] || continue
    { cat "$q_ca" && echo && cat "$q_own"; } >"$quoderat_tool/authorities.pem" && q_ca=$quoderat_tool/authorities.pem
    return 0
  done
}

# URL, file, netrc file or nothing. No credential is ever an argument: those can be read by every process here.
quoderat_download() {
  quoderat_authorities "$1"
  if quoderat_has curl; then
    curl --fail --silent --show-error --location --proto '=http,https' --connect-timeout 20 --max-time 600 \
      --retry 3 --max-filesize 300000000 ${3:+--netrc-file "$3"} ${q_ca:+--cacert "$q_ca"} --output "$2" "$1"
  elif quoderat_has wget && wget --version 2>/dev/null | grep -q 'GNU Wget'; then
    q_home=${HOME:-/}
    if [ -n "${3:-}" ]; then q_home=${3%/*}; fi
    HOME=$q_home wget --no-verbose --tries=3 --timeout=60 ${3:+--auth-no-challenge} \
      ${q_ca:+--ca-certificate="$q_ca"} --output-document="$2" "$1"
  elif quoderat_has wget && [ -z "${3:-}" ]; then
    # busybox wget takes a credential only as an argument, so it is given none. -T crashes version 1.35; 15 minutes is its default.
    wget -q -O "$2" "$1"
  elif quoderat_node_serves node; then
    NODE_USE_ENV_PROXY=1 NODE_EXTRA_CA_CERTS=${NODE_EXTRA_CA_CERTS:-$q_ca} node --input-type=module -e '
      import { readFileSync, writeFileSync } from "node:fs";
      const [url, file, netrc] = process.argv.slice(1);
      const words = netrc ? readFileSync(netrc, "utf8").trim().split(/\s+/) : [];
      const headers = words.length < 6 ? {} : { authorization: "Basic " + btoa(words[3] + ":" + words[5]) };
      const answer = await fetch(url, { headers, signal: AbortSignal.timeout(600000) }).catch((e) => ({ status: e.cause ?? e }));
      if (!answer.ok) { console.error("fetch: " + answer.status); process.exit(1); }
      writeFileSync(file, Buffer.from(await answer.arrayBuffer()));
    ' "$1" "$2" "${3:-}"
  elif quoderat_has wget; then
    quoderat_fail 'this needs a login, which the wget of this image (busybox) would show to every process; use an image with curl, GNU wget or Node 20.20 or newer'
    return 1
  else
    quoderat_fail 'this image has none of curl, wget and Node, so nothing can be fetched; use an image that has one of them, or one that has quoderat'
    return 1
  fi
}

# URL, file, digest. Without a credential first: a public registry needs none. Instead of it there may come a page to log in
# at, with status 200. The netrc file names one host; no redirect takes it along.
quoderat_fetch() {
  q_user='' q_pass=''
  if [ -n "${QUODERAT_PACKAGE_TOKEN:-}" ]; then
    q_user=${QUODERAT_PACKAGE_USER:-quoderat} q_pass=$QUODERAT_PACKAGE_TOKEN
  elif [ -n "${CI_JOB_TOKEN:-}" ]; then
    case $1 in "${CI_API_V4_URL:-none}"/*) q_user=gitlab-ci-token q_pass=$CI_JOB_TOKEN ;; esac
  fi
  if [ -z "$q_pass" ]; then quoderat_download "$1" "$2"; return; fi
  quoderat_download "$1" "$2" 2>/dev/null && quoderat_is "$2" "$3" && return
  q_host=${1#*://}
  q_host=${q_host%%[/:]*}
  # Its folder is the user's own, and after_script removes it, also when the job was killed before the line below does.
  q_netrc=$quoderat_tool/.netrc
  (umask 077 && printf 'machine %s login %s password %s\n' "$q_host" "$q_user" "$q_pass" >"$q_netrc") || return 1
  q_status=0
  quoderat_download "$1" "$2" "$q_netrc" || q_status=$?
  rm -f "$q_netrc"
  return "$q_status"
}

# Name, digest: puts the file into the cache folder, unless it lies there as it should be.
quoderat_take() {
  q_file=$quoderat_cache/$1
  # What is checked is a copy of this job's own, and that is used: jobs may share a work tree, and with it the cache.
  q_part=$quoderat_tool/$1
  # -f: other branches share the cache too, and could have left a pipe or a device there.
  if [ -f "$q_file" ] && cp "$q_file" "$q_part" 2>/dev/null && quoderat_is "$q_part" "$2"; then quoderat_say "$1 is at hand"; return; fi
  if [ -f "$q_file" ]; then quoderat_say "the $1 that was cached has another digest; it is fetched anew"; fi
  rm -rf "$q_part"
  case $quoderat_url in
    /*)
      cp "$quoderat_url/$1" "$q_part" || { quoderat_fail "there is no $1 in $quoderat_url on this runner"; return; }
      ;;
    *)
      quoderat_fetch "$quoderat_url/$1" "$q_part" "$2" || {
        rm -f "$q_part"
        quoderat_fail "$quoderat_url/$1 could not be fetched. Is the address right (input package-url), can this runner reach it, and may this job read it? gitlab/README.md, \"Locked-down networks\", says what else there is"
        return
      }
      ;;
  esac
  q_got=$(quoderat_sha256 "$q_part") || return
  if [ "$q_got" != "$2" ]; then
    rm -f "$q_part"
    quoderat_fail "$quoderat_url/$1 has the SHA-256 $q_got and should have $2; it was thrown away, nothing of it ran"
    return
  fi
  # Only a folder is in the way of mv; a file may have been put there by another job just now.
  if [ -d "$q_file" ]; then rm -rf "$q_file"; fi
  q_new=$quoderat_cache/.part-${CI_JOB_ID:-0}
  rm -rf "$q_new"
  { cp "$q_part" "$q_new" && mv -f "$q_new" "$q_file"; } || { rm -f "$q_new"; quoderat_say "$1 could not be cached"; }
}

# Which archive this image needs. With a Node of its own it only needs the program; that is also what makes Alpine work.
quoderat_choose() {
  if quoderat_node_serves node; then quoderat_kind=node; return; fi
  case $(uname -s)-$(uname -m) in
    Linux-x86_64) quoderat_kind=linux-x64 q_loader=/lib64/ld-linux-x86-64.so.2 ;;
    Linux-aarch64 | Linux-arm64) quoderat_kind=linux-arm64 q_loader=/lib/ld-linux-aarch64.so.1 ;;
    *)
      quoderat_fail "there is no archive with a Node for $(uname -s) on $(uname -m); use an image with Node 20.20 or newer"
      return
      ;;
  esac
  [ -e "$q_loader" ] || quoderat_fail "this image has no glibc ($q_loader is missing; Alpine is built on musl), and the Node in the archive needs it. Use an image with glibc, or one with Node 20.20 or newer (node:24-alpine), or one that has quoderat"
}

# Where to unpack: new, and this user's own. Sets quoderat_cli and quoderat_node; no quoderat_cli: it is on the PATH.
quoderat_get() {
  quoderat_cli='' quoderat_node=node
  quoderat_tool=${TMPDIR:-/tmp}/quoderat-${CI_JOB_ID:-0}-$1
  if [ -n "${QUODERAT_CLI:-}" ]; then
    quoderat_cli=$CI_PROJECT_DIR/$QUODERAT_CLI
    [ -f "$quoderat_cli" ] || { quoderat_fail "input cli: there is no $QUODERAT_CLI in this repository"; return; }
    quoderat_node_serves node || quoderat_fail "input cli: this image needs Node 20.20 or newer to run $QUODERAT_CLI; found: $(node --version 2>/dev/null || echo none)"
    return
  fi
  if quoderat_has quoderat; then
    q_found=$(quoderat --version 2>/dev/null) || { quoderat_fail "$(command -v quoderat) does not run"; return; }
    quoderat_say "version $q_found, $(command -v quoderat) of this image"
    [ "${q_found:-x}" = "${QUODERAT_VERSION:-x}" ] || quoderat_say "(the component was made for version ${QUODERAT_VERSION:-})"
    return
  fi
  case ${QUODERAT_VERSION:-}/${QUODERAT_PACKAGE_SHA256:-} in
    / | /* | */) quoderat_fail 'the inputs version and package-sha256 say what to fetch, and one of them is empty; or use an image that has quoderat, or the input cli'; return ;;
  esac
  quoderat_choose || return
  quoderat_url=${QUODERAT_PACKAGE_URL:-}
  if [ -z "$quoderat_url" ]; then
    q_project=$(printf '%s' "${QUODERAT_PACKAGE_PROJECT:-}" | sed 's|/|%2F|g')
    quoderat_url=${CI_API_V4_URL:-}/projects/$q_project/packages/generic/quoderat/$QUODERAT_VERSION
  fi
  quoderat_url=${quoderat_url%/}
  quoderat_cache=$CI_PROJECT_DIR/.quoderat/cache
  mkdir -p "$quoderat_cache" || return
  rm -rf "$quoderat_tool"
  mkdir -m 700 "$quoderat_tool" || { quoderat_fail "$quoderat_tool could not be made; TMPDIR says where to try instead"; return; }
  quoderat_list=quoderat-$QUODERAT_VERSION.sha256
  quoderat_name=quoderat-$QUODERAT_VERSION-$quoderat_kind.tar.gz
  quoderat_take "$quoderat_list" "$QUODERAT_PACKAGE_SHA256" || return
  q_digest=$(sed -n "s|^\([0-9a-f]\{64\}\)  $quoderat_name\$|\1|p" "$quoderat_tool/$quoderat_list")
  [ -n "$q_digest" ] || { quoderat_fail "$quoderat_list names no $quoderat_name"; return; }
  quoderat_take "$quoderat_name" "$q_digest" || return
  tar -xzof "$quoderat_tool/$quoderat_name" -C "$quoderat_tool" || { quoderat_fail "tar could not unpack $quoderat_name"; return; }
  quoderat_cli=$quoderat_tool/quoderat-$QUODERAT_VERSION-$quoderat_kind/quoderat
  if [ "$quoderat_kind" != node ]; then quoderat_node=${quoderat_cli%/*}/bin/node; fi
  quoderat_node_serves "$quoderat_node" || { quoderat_fail "the Node of the archive does not run here: $("$quoderat_node" --version 2>&1 | head -n 3)"; return; }
  quoderat_say "version $QUODERAT_VERSION, $quoderat_name checked and unpacked"
}
