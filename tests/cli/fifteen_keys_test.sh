#!/bin/sh
# Fifteen trusted keys and three signatures on the image cost at most five requests, by tag and by
# digest, whichever of the keys signed.
. "$(dirname "$0")/lib.sh"
layout image 1.0
keys=""
for i in $(seq 15); do
  key "k$i"
  keys="$keys --key k$i.pub"
done
judged() { # IMAGE
  before=$(requests)
  # shellcheck disable=SC2086
  run 0 verify $keys "$1"
  spent=$(($(requests) - before))
  [ "$spent" -le 5 ] || fail "$spent requests: $1"
}
three_signatures() { # FORMAT
  push image "$registry/$1" 1.0
  for i in 15 1 8; do
    run 0 sign --format "$1" --key "k$i.key" "$registry/$1:1.0"
  done
  judged "$registry/$1:1.0"
  judged "$registry/$1@$digest"
  # Whoever of the three is the only one that is trusted.
  all=$keys
  for i in 15 1 8; do
    keys="--key k$i.pub"
    judged "$registry/$1@$digest"
  done
  keys=$all
}
registry
three_signatures bundle
three_signatures cosign
registry --no-referrers-api
three_signatures bundle
three_signatures cosign
finish
