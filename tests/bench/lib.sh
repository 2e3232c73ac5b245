# Sourced by tests/bench/run before the topics: the world, what measures, keys and certificates.
build=$(realpath "${BUILD-build}")
set -- $binaries
HALLMARK=$(realpath "$1")
built() { find "$build" -name "$1" -type f -perm -u+x | head -n 1; }
REGISTRY=$(built hallmark-test-registry)
MEASURE=$(built hallmark-measure)
[ -n "$REGISTRY" ] && [ -n "$MEASURE" ] || { echo "needs what is built in $build" >&2; exit 2; }
PEERS=$PWD/.cache/peers
runs=${RUNS-15}
cosign2=$PEERS/cosign2/usr/bin/cosign
cosign3=$PEERS/cosign3/usr/bin/cosign
notation=$PEERS/tools/usr/bin/notation
for need in python3 openssl curl; do
  command -v $need > /dev/null || { echo "needs $need" >&2; exit 2; }
done
bench=$PWD/tests/bench
. tests/interop/world.sh
. tests/interop/certificates.sh

# The commands that `measure` will compare, the first one with the others.
compare() { # NAME COMMAND...: left out where the program is not there
  name=$1
  shift
  [ -x "$1" ] || { echo "(no $1)"; return 0; }
  printf '%s\t%s\n' "$name" "$*" >> "$work/commands"
}
ours() { # NAME ARGUMENTS...: by each binary
  what=$1
  shift
  for binary in $binaries; do
    compare "$what${what:+, }${binary#"$PWD/"}" "$(realpath "$binary")" "$@"
  done
}
compare_cosign() { # NAME PROGRAM KEY IMAGE
  compare "$1" "$2" verify --insecure-ignore-tlog=true --key "$3" "$4"
}
measure() {
  (cd "$work" && python3 "$bench/measure.py" "$runs" "$work/commands" "$MEASURE")
  rm "$work/commands"
}
# count WHAT COMMAND...: how many requests it makes of the test registry in $log.
count() {
  counted=$1
  shift
  before=$(wc -l < "$log")
  expect 0 "$counted" "$@"
  echo "$counted: $(($(wc -l < "$log") - before)) requests"
}
# Two test registries with the API, of which every answer takes 100 ms and 300 ms. What both cost
# says how many answers were waited for one after another.
slow_registries() {
  for delay in 100 300; do
    test_registry "slow$delay" --fault "method=GET;do=delay;delay=$delay" \
      --fault "method=HEAD;do=delay;delay=$delay"
    slow="${slow+$slow }$registry"
  done
}
# depth CODE WHAT IMAGE COMMAND...: requests about /IMAGE of the slow registries, and their depth.
depth() {
  wanted=$1 counted=$2 image=$3
  shift 3
  walls=""
  for registry in $slow; do
    "$@" "$registry/$image" > /dev/null 2>&1 || true # what there is to learn is learnt
    before=$(wc -l < "$log")
    expect "$wanted" "$counted" "$MEASURE" "$work/used" "$@" "$registry/$image"
    walls="$walls $(cut -d ' ' -f 3 "$work/used")"
  done
  echo "$walls" | awk -v what="$counted" -v asked=$(($(wc -l < "$log") - before)) '{
    printf "%-44s %3d requests, %2.0f one after another, %5.0f ms when each takes 100 ms\n", what,
           asked, ($2 - $1) / 200000, $1 / 1000 }'
}

real_image amd64
set -- $(layout_entry amd64)
digest=$1 size=$2
new_key k ecdsa-p256
new_key stranger ecdsa-p256
new_root own
new_root other
new_leaf leaf own -algorithm EC -pkeyopt ec_paramgen_curve:P-256
new_leaf other-leaf other -algorithm EC -pkeyopt ec_paramgen_curve:P-256
trust own own
trust_policy own '*'
# sign_as FORMAT good|junk IMAGE [OPTIONS]
sign_as() {
  format=$1 who=$2 image=$3
  shift 3
  case "$format-$who" in
    notation-*-good) set -- --key "$work/leaf.key" --cert-chain "$work/leaf.chain" "$@" ;;
    notation-*-junk) set -- --key "$work/other-leaf.key" --cert-chain "$work/other-leaf.chain" "$@" ;;
    *-good) set -- --key "$work/k.key" "$@" ;;
    *-junk) set -- --key "$work/stranger.key" "$@" ;;
  esac
  expect 0 "sign $format" "$HALLMARK" sign --format "$format" "$@" "$image"
}
# trust_options FORMAT: sets $by to what verifies the good ones.
trust_options() {
  case "$1" in
    notation-*) by="--policy $config/trustpolicy.json" ;;
    *) by="--key $work/k.pub" ;;
  esac
}
