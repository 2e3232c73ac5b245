#!/bin/sh
# A signer that is killed in the middle of its write to the fallback tag, or to cosign's .sig tag,
# loses nobody's signature, and leaves nothing that the next one has to wait for or mend.
. "$(dirname "$0")/lib.sh"
for name in a b c d; do key $name; done
layout image 1.0
asked() { grep "\"path\":\"$index_path\"" "$log" | grep -c "\"method\":\"$1\"" || true; }
two_sign() { # REGISTRY OPTIONS...
  registry --no-referrers-api "$@"
  push image "$registry/app" 1.0
  run 0 sign --format $format --key a.key "$registry/app:1.0"
  run 0 sign --format $format --key b.key "$registry/app:1.0"
}
# killed METHOD FAULT NUMBER OPTIONS...: c is killed while that METHOD of the tag is on its way.
killed() {
  method=$1 fault=$2 nth=$3
  shift 3
  two_sign "$@" --fault "method=$method;path=$index_path;at=$nth;times=1;do=$fault;delay=60000"
  "$HALLMARK" sign --format $format --key c.key "$registry/app:1.0" > out 2> err < /dev/null &
  pid=$!
  tries=0
  until [ "$(asked "$method")" -ge "$nth" ]; do
    tries=$((tries + 1))
    [ "$tries" -lt 400 ] || fail "no $method of the tag"
    sleep 0.05
  done
  kill -KILL "$pid"
  code=0
  wait "$pid" 2> /dev/null || code=$?
  same "$code" 137 "the killed signer"
  run 0 sign --timeout 20s --format $format --key d.key "$registry/app:1.0"
  for name in a b d; do run 0 verify --key $name.pub "$registry/app:1.0"; done
  # c signed or did not: what is listed of it is whole.
  run 0 inspect "$registry/app:1.0"
  if grep -q '^4 attached:' out; then
    run 0 verify --key c.pub "$registry/app:1.0"
    signed=$((signed + 1))
  else
    out '^3 attached:'
    run 1 verify --key c.pub "$registry/app:1.0"
    unsigned=$((unsigned + 1))
  fi
}
for format in bundle cosign; do
  index_path=/v2/app/manifests/sha256-${digest#sha256:}
  all="--etag --no-etag --etag-ignored" least=3
  # The same editor writes it: one kind of registry tells.
  [ $format = bundle ] || { index_path=$index_path.sig all=--no-etag least=1; }
  signed=0 unsigned=0
  for conditions in $all; do
    two_sign $conditions
    gets=$(asked GET) puts=$(asked PUT)
    run 0 sign --format $format --key c.key "$registry/app:1.0"
    last_get=$(asked GET) last_put=$(asked PUT)
    [ "$last_put" -gt "$puts" ] || fail "a signer writes no tag"
    for nth in $(seq $((gets + 1)) "$last_get"); do killed GET hold "$nth" $conditions; done
    for nth in $(seq $((puts + 1)) "$last_put"); do
      killed PUT hold "$nth" $conditions  # the write never came to be
      killed PUT delay "$nth" $conditions # it was done, and the signer never heard of it
    done
  done
  [ "$signed" -ge $least ] && [ "$unsigned" -ge $((2 * least)) ] ||
    fail "$format: killed after writing: $signed times, before: $unsigned"
done
finish
