# How many requests each operation makes of a registry; peers beside it.
fifteen_keys() { # sets $fifteen; three of them sign
  fifteen="" files=""
  for i in $(seq 15); do
    new_key "of15-$i" ecdsa-p256
    fifteen="$fifteen --key $work/of15-$i.pub"
    files="$files${files:+,}{\"file\":\"$work/of15-$i.pub\"}"
  done
  printf '{"schema":"hallmark.policy/v1","keySets":{"ci":{"keys":[%s]}},"rules":[{"name":"all","images":["**"],"require":{"signedBy":"ci","count":3}}],"default":"deny"}' \
    "$files" > "$work/three.json"
}
three_of_fifteen() { # IMAGE FORMAT
  push amd64 "$1"
  for i in 4 9 14; do
    expect 0 "sign $i" "$HALLMARK" sign --format "$2" --key "$work/of15-$i.key" "$1"
  done
}
of_fifteen() { # WHAT
  for format in bundle cosign; do
    three_of_fifteen "$registry/$format-15:1.0" "$format"
    # shellcheck disable=SC2086
    count "fifteen keys, three $format signatures, by tag, $1" \
      "$HALLMARK" verify $fifteen "$registry/$format-15:1.0"
    # shellcheck disable=SC2086
    count "fifteen keys, three $format signatures, by digest, $1" \
      "$HALLMARK" verify $fifteen "$registry/$format-15@$digest"
    count "  all three of them wanted, by digest, $1" \
      "$HALLMARK" verify --policy "$work/three.json" "$registry/$format-15@$digest"
    for key in 4 9 14; do
      count "  only key $key, by digest, $1" \
        "$HALLMARK" verify --key "$work/of15-$key.pub" "$registry/$format-15@$digest"
    done
  done
}
echo "== requests (goal: at most 5 for fifteen keys and three signatures)"
fifteen_keys
test_registry api
push amd64 "$registry/app:1.0"
count "sign, first of a repository, with the referrers API" \
  "$HALLMARK" sign --key "$work/k.key" "$registry/app:1.0"
count "sign again" "$HALLMARK" sign --key "$work/k.key" "$registry/app:1.0" -a n=2
count "verify by tag, with the referrers API" \
  "$HALLMARK" verify --key "$work/k.pub" "$registry/app:1.0"
count "verify by digest, with the referrers API" \
  "$HALLMARK" verify --key "$work/k.pub" "$registry/app@$digest"
for cosign in "$cosign2" "$cosign3"; do
  [ -x "$cosign" ] || continue
  format=bundle
  [ "$cosign" = "$cosign3" ] || format=cosign
  push amd64 "$registry/peer-$format:1.0"
  sign_as "$format" good "$registry/peer-$format:1.0"
  count "  by its own cosign, $format" "$cosign" verify --insecure-ignore-tlog=true \
    --key "$work/k.pub" "$registry/peer-$format@$digest"
done
push amd64 "$registry/jws:1.0"
sign_as notation-jws good "$registry/jws:1.0"
count "verify notation-jws by digest" "$HALLMARK" verify --policy "$config/trustpolicy.json" \
  "$registry/jws@$digest"
[ ! -x "$notation" ] ||
  count "  notation" "$notation" verify --insecure-registry "$registry/jws@$digest"
of_fifteen "with the referrers API"
test_registry fallback --no-referrers-api
push amd64 "$registry/app:1.0"
count "sign, first of a repository, without the API" \
  "$HALLMARK" sign --key "$work/k.key" "$registry/app:1.0"
count "sign again, without the API" "$HALLMARK" sign --key "$work/k.key" "$registry/app:1.0" -a n=2
rm -rf "$XDG_CACHE_HOME"
count "verify by digest, without the API" \
  "$HALLMARK" verify --key "$work/k.pub" "$registry/app@$digest"
count "verify by digest, known to have no API" \
  "$HALLMARK" verify --key "$work/k.pub" "$registry/app@$digest"
of_fifteen "known to have no API"
