# Sourced by the scenarios. Expects HALLMARK (the program), REGISTRY (our test registry), SOURCE
# (the tree), SCHEMA_CHECK and MEASURE. Everything happens in a folder of its own, with a HOME of its own.
set -eu
work=$(mktemp -d)
pids=""
export HOME="$work/home" LC_ALL=C
mkdir -p "$HOME" "$work/run"
for name in $(env | sed -n 's/^\(HALLMARK_[A-Z_]*\)=.*/\1/p'); do unset "$name"; done
unset HTTPS_PROXY https_proxy NO_PROXY no_proxy DOCKER_CONFIG REGISTRY_AUTH_FILE COSIGN_PASSWORD \
  XDG_CACHE_HOME XDG_RUNTIME_DIR XDG_CONFIG_HOME NO_COLOR
checks=0

cleanup() {
  for pid in $pids; do kill "$pid" 2>/dev/null || true; done
  rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 1' INT TERM
cd "$work"

fail() {
  echo "FAIL: $*"
  [ -f "$work/out" ] && sed 's/^/  out | /' "$work/out"
  [ -f "$work/err" ] && sed 's/^/  err | /' "$work/err"
  exit 1
}
# run CODE ARGUMENTS...: runs hallmark without a terminal; what it says is kept for the others.
run() {
  wanted=$1
  shift
  code=0
  setsid -w "$HALLMARK" "$@" > "$work/out" 2> "$work/err" < /dev/null || code=$?
  [ "$code" = "$wanted" ] || fail "exit $code instead of $wanted: hallmark $*"
  # Allowed is said by exit code 0 alone.
  [ "$code" = 0 ] || ! grep -q '^allowed' "$work/out" || [ -n "${several-}" ] ||
    fail "says allowed and ends with $code: hallmark $*"
  checks=$((checks + 1))
}
out() { grep -qE -- "$1" "$work/out" || fail "stdout lacks: $1"; checks=$((checks + 1)); }
err() { grep -qE -- "$1" "$work/err" || fail "stderr lacks: $1"; checks=$((checks + 1)); }
not_out() { ! grep -qE -- "$1" "$work/out" || fail "stdout has: $1"; checks=$((checks + 1)); }
not_err() { ! grep -qE -- "$1" "$work/err" || fail "stderr has: $1"; checks=$((checks + 1)); }
same() { [ "$1" = "$2" ] || fail "$3: '$1' is not '$2'"; checks=$((checks + 1)); }
silent() { [ ! -s "$work/out" ] || fail "stdout is not empty"; checks=$((checks + 1)); }
# Sanitizers have memory, a stack and an end of their own.
is_sanitized() { grep -q __asan_init "$HALLMARK"; }
# cost CODES MAX_KIB ARGUMENTS...: like run, with one of those codes, at most that much memory, 3
# seconds and a stack of 256 KiB (A17, A57, A79).
cost() {
  wanted=$1 max_kib=$2 patience=3 stack=256
  shift 2
  ! is_sanitized || patience=60 max_kib=4194304 stack=8192
  code=0
  sh -c "ulimit -s $stack"' && exec "$@"' sh \
    setsid -w timeout "$patience" "$MEASURE" "$work/used" "$HALLMARK" "$@" \
    > "$work/out" 2> "$work/err" < /dev/null || code=$?
  case " $wanted " in *" $code "*) ;; *) fail "exit $code instead of $wanted: hallmark $*" ;; esac
  [ "$code" = 0 ] || ! grep -q '^allowed' "$work/out" || fail "says allowed and ends with $code"
  memory=$(cut -d ' ' -f 1 "$work/used")
  [ "$memory" -le "$max_kib" ] || fail "$memory KiB: hallmark $*"
  checks=$((checks + 2))
}
finish() { echo "ok: $checks checks"; }

blob() { # LAYOUT < BYTES: "DIGEST SIZE"
  cat > "$1/blobs/new"
  hex=$(sha256sum < "$1/blobs/new" | cut -c1-64)
  size=$(wc -c < "$1/blobs/new")
  mv "$1/blobs/new" "$1/blobs/sha256/$hex"
  echo "sha256:$hex $size"
}
manifest() { # LAYOUT NAME ARCHITECTURE: writes an image, prints "DIGEST SIZE"
  set -- "$1" "$2" "$3" $(printf '{"architecture":"%s","os":"linux","rootfs":{"type":"layers","diff_ids":[]}}' "$3" | blob "$1")
  set -- "$@" $(printf 'the layer of %s' "$2" | blob "$1")
  printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":%s},"layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"%s","size":%s}]}' \
    "$4" "$5" "$6" "$7" | blob "$1"
}
# layout DIR TAG...: an image layout of one image a tag; sets $digest to the last one.
layout() {
  dir=$1
  shift
  mkdir -p "$dir/blobs/sha256"
  printf '{"imageLayoutVersion":"1.0.0"}' > "$dir/oci-layout"
  entries=""
  for tag in "$@"; do
    set -- $(manifest "$dir" "$tag" amd64)
    digest=$1
    entries="$entries${entries:+,}$(entry "$1" "$2" manifest ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"$tag\"}")"
  done
  index "$entries" > "$dir/index.json"
}
entry() { # DIGEST SIZE manifest|index MORE
  printf '{"mediaType":"application/vnd.oci.image.%s.v1+json","digest":"%s","size":%s%s}' \
    "$3" "$1" "$2" "$4"
}
index() { # ENTRIES
  printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[%s]}' "$1"
}
# layout_index DIR TAG ARCHITECTURE...: a layout of one index; sets $digest.
layout_index() {
  dir=$1 tag=$2
  shift 2
  mkdir -p "$dir/blobs/sha256"
  printf '{"imageLayoutVersion":"1.0.0"}' > "$dir/oci-layout"
  children=""
  for arch in "$@"; do
    set -- $(manifest "$dir" "$tag-$arch" "$arch")
    children="$children${children:+,}$(entry "$1" "$2" manifest ",\"platform\":{\"os\":\"linux\",\"architecture\":\"$arch\"}")"
  done
  set -- $(index "$children" | blob "$dir")
  digest=$1
  index "$(entry "$1" "$2" index ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"$tag\"}")" \
    > "$dir/index.json"
}

# registry OPTIONS...: starts ours; sets $registry and $log.
registry() {
  number=$((${number-0} + 1))
  log=$work/registry$number.log
  : > "$log"
  "$REGISTRY" --port 0 --port-file "$work/port$number" --log "$log" "$@" \
    > "$work/registry$number.out" 2>&1 &
  pids="$pids $!"
  tries=0
  until [ -s "$work/port$number" ]; do
    tries=$((tries + 1))
    [ "$tries" -lt 400 ] || fail "the test registry does not start"
    sleep 0.05
  done
  registry=127.0.0.1:$(cat "$work/port$number")
}
requests() { wc -l < "$log"; }

# push DIR REPOSITORY TAG [CURL OPTIONS]: every blob of a layout, and its manifests under the tag.
push() {
  command -v curl > /dev/null || { echo "SKIP: no curl"; exit 77; }
  dir=$1 repository=$2 tag=$3
  shift 3
  base=http://${repository%%/*}/v2/${repository#*/}
  for file in "$dir"/blobs/sha256/*; do
    location=$(curl -sf "$@" -X POST -D - -o /dev/null "$base/blobs/uploads/" |
      tr -d '\r' | sed -n 's/^[Ll]ocation: //p')
    case "$location" in /*) location=http://${repository%%/*}$location ;; esac
    case "$location" in *\?*) location="$location&" ;; *) location="$location?" ;; esac
    curl -sf "$@" -X PUT --data-binary "@$file" -H 'Content-Type: application/octet-stream' \
      "${location}digest=sha256:${file##*/}" > /dev/null || fail "push of a blob"
  done
  for pass in manifest index; do
    for file in "$dir"/blobs/sha256/*; do
      type=$(sed -n 's/^{"schemaVersion":2,"mediaType":"\([^"]*\)".*/\1/p' "$file")
      case "$type" in *"$pass".v1+json) ;; *) continue ;; esac
      curl -sf "$@" -X PUT --data-binary "@$file" -H "Content-Type: $type" \
        "$base/manifests/sha256:${file##*/}" > /dev/null || fail "push of a manifest"
    done
  done
  curl -sf "$@" -X PUT --data-binary "@$dir/blobs/sha256/${digest#sha256:}" -H "Content-Type: $(sed -n \
    's/^{"schemaVersion":2,"mediaType":"\([^"]*\)".*/\1/p' "$dir/blobs/sha256/${digest#sha256:}")" \
    "$base/manifests/$tag" > /dev/null || fail "push of the tag"
}

key() { # PREFIX [OPTIONS]: an unencrypted key pair
  prefix=$1
  shift
  "$HALLMARK" key generate --no-passphrase --output-prefix "$prefix" "$@" > /dev/null ||
    fail "key generate"
}
# policy FILE IMAGES KEY_FILE [MORE MEMBERS OF THE RULE]
policy() {
  printf '{"schema":"hallmark.policy/v1","keySets":{"ci":{"keys":[{"file":"%s"}]}},\n"rules":[{"name":"apps","images":["%s"],"require":{"signedBy":"ci"}%s}],\n"default":"deny"}\n' \
    "$3" "$2" "${4-}" > "$1"
}
