# Sourced by the interop tests: registries on loopback, real images, checks that count.
# Expects HALLMARK (the program), REGISTRY (our test registry) and PEERS (fetch-peers' folder).
# HALLMARK_INTEROP_RECORD names the file that what was checked is told in; see `tell`.
set -eu
work=$(mktemp -d)
pids=""
export HOME="$work/home" XDG_CACHE_HOME="$work/cache" XDG_RUNTIME_DIR="$work/run"
mkdir -p "$HOME" "$XDG_CACHE_HOME" "$XDG_RUNTIME_DIR"
unset HTTPS_PROXY https_proxy HTTP_PROXY http_proxy DOCKER_CONFIG REGISTRY_AUTH_FILE
export HALLMARK_PASSWORD=pw COSIGN_PASSWORD=pw
checks=0
[ -z "${HALLMARK_INTEROP_RECORD-}" ] || rm -f "$HALLMARK_INTEROP_RECORD"

cleanup() {
  for pid in $pids; do kill "$pid" 2>/dev/null || true; done
  rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 1' INT TERM

skip() { echo "SKIP: $*"; exit 77; }
fail() {
  echo "FAIL: $*"
  [ -f "$work/out" ] && sed 's/^/  | /' "$work/out"
  exit 1
}
# expect CODE WHAT COMMAND...: runs it, its output is kept for `says`.
expect() {
  wanted=$1 what=$2
  shift 2
  code=0
  "$@" > "$work/out" 2>&1 || code=$?
  [ "$code" = "$wanted" ] || fail "$what: exit $code instead of $wanted: $*"
  checks=$((checks + 1))
}
# check "PEER FORMAT WAY CASE" CODE WHAT COMMAND...: an `expect` that is told.
check() {
  told=$1
  shift
  expect "$@"
  tell "$told" "$1"
}
# tell "PEER FORMAT WAY CASE" CODE: a line for tests/interop/table about a check that held. The way
# is out (signed here, read there), in (signed there, read here) or own (both here).
tell() {
  [ -n "${HALLMARK_INTEROP_RECORD-}" ] || return 0
  (
    result=refused
    [ "$2" != 0 ] || result=accepted
    # shellcheck disable=SC2086
    set -f -- $1
    peer=$1 format=$2 way=$3
    shift 3
    printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$peer" "$(version_of "$peer")" "$format" "$way" \
      "$kept_in" "$*" "$result" >> "$work/record"
  )
}
version_of() { # PEER: the version of its package
  case "$1" in
    docker-registry) dpkg-query -W -f '${Version}' docker-registry ;;
    notation) sed -n 's/^Package: notation Version: \([^ ]*\).*/\1/p' "$PEERS/tools/done" ;;
    *) sed -n "s/^Package: ${1%[0-9]} Version: \([^ ]*\).*/\1/p" "$PEERS/$1/done" ;;
  esac
}
says() {
  grep -q -- "$1" "$work/out" || fail "the output lacks '$1'"
  checks=$((checks + 1))
}

free_port() { # a port that nobody listens on just now, of ten that are this script's
  port=$((20000 + $$ % 1200 * 10))
  while grep -qi ":$(printf '%04X' "$port") " /proc/net/tcp; do port=$((port + 1)); done
  echo "$port"
}

wait_for() { # PORT
  tries=0
  until grep -qi ":$(printf '%04X' "$1") 00000000:0000 0A" /proc/net/tcp; do
    tries=$((tries + 1))
    [ "$tries" -lt 200 ] || fail "nothing listens on port $1"
    sleep 0.05
  done
}

# docker_registry NAME [EXTRA http: YAML LINES]: Debian's docker-registry; sets $registry.
docker_registry() {
  command -v docker-registry >/dev/null || skip "docker-registry is not installed"
  port=$(free_port)
  registry=127.0.0.1:$port
  cat > "$work/$1.yml" <<END
version: 0.1
log: {level: error}
storage:
  filesystem: {rootdirectory: $work/$1-data}
http:
  addr: $registry
${2-}
END
  kept_in="without the referrers API"
  docker-registry serve "$work/$1.yml" > "$work/$1.log" 2>&1 &
  pids="$pids $!"
  wait_for "$port"
}

# test_registry NAME OPTIONS...: ours, with the referrers API; sets $registry and $log.
test_registry() {
  name=$1
  shift
  log=$work/$name.log
  kept_in="with the referrers API"
  case " $* " in *" --no-referrers-api "*) kept_in="without the referrers API" ;; esac
  "$REGISTRY" --port 0 --port-file "$work/$name.port" --log "$log" "$@" > "$work/$name.out" 2>&1 &
  pids="$pids $!"
  tries=0
  until [ -s "$work/$name.port" ]; do
    tries=$((tries + 1))
    [ "$tries" -lt 200 ] || fail "the test registry does not start"
    sleep 0.05
  done
  registry=127.0.0.1:$(cat "$work/$name.port")
}

# real_image ARCHITECTURE: busybox in an image layout $work/image, tagged with the architecture.
real_image() {
  command -v umoci >/dev/null || skip "umoci is not installed"
  busybox=$(command -v busybox) || skip "busybox is not installed"
  [ -d "$work/image" ] || umoci init --layout "$work/image"
  umoci new --image "$work/image:$1"
  umoci insert --rootless --image "$work/image:$1" "$busybox" /bin/busybox
  umoci config --image "$work/image:$1" --architecture "$1" --config.entrypoint /bin/busybox
}

push() { # ARCHITECTURE REPOSITORY:TAG [SKOPEO OPTIONS]
  command -v skopeo >/dev/null || skip "skopeo is not installed"
  arch=$1 to=$2
  shift 2
  skopeo copy -q --dest-tls-verify=false "$@" "oci:$work/image:$arch" "docker://$to"
}

layout_entry() { # ARCHITECTURE: "DIGEST SIZE" of its manifest in $work/image
  tr -d '\n ' < "$work/image/index.json" | grep -o '{[^{}]*{[^{}]*"[^{}]*}}' |
    grep "ref.name\":\"$1\"" | sed 's/.*"digest":"\([^"]*\)","size":\([0-9]*\).*/\1 \2/'
}

# push_index REPOSITORY TAG: the images amd64, arm64 and s390x and an index of the three.
push_index() {
  entries=""
  for arch in amd64 arm64 s390x; do
    push "$arch" "$1:$arch"
    set -- "$1" "$2" $(layout_entry "$arch")
    entries="$entries${entries:+,}{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\"$3\",\"size\":$4,\"platform\":{\"os\":\"linux\",\"architecture\":\"$arch\"}}"
  done
  printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[%s]}' \
    "$entries" > "$work/index.json"
  curl -sf -X PUT -H 'Content-Type: application/vnd.oci.image.index.v1+json' \
    --data-binary "@$work/index.json" "http://${1%%/*}/v2/${1#*/}/manifests/$2" > /dev/null ||
    fail "the index could not be pushed"
}

new_key() { # PREFIX TYPE
  "$HALLMARK" key generate --type "$2" --output-prefix "$work/$1" > /dev/null 2>&1 ||
    fail "key generate --type $2"
}

finish() {
  # Where a peer is missing some cases were left out, and a record would say that there are none.
  for peer in cosign2 cosign3 skopeo tools; do
    [ -f "$PEERS/$peer/done" ] || rm -f "$work/record"
  done
  [ ! -f "$work/record" ] || mv "$work/record" "$HALLMARK_INTEROP_RECORD"
  echo "ok: $checks checks"
}
