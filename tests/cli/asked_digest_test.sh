#!/bin/sh
# app:1@sha256:D (A87): the digest decides, whatever the tag is now; the tag is what a signed tag is
# compared with, and is not asked for. D1 is what the tag points at, D2 what is asked for.
. "$(dirname "$0")/lib.sh"
key k
layout image 1 2
two=$digest
one=$("$HALLMARK" digest oci:image:1 | head -n 1)
moved=/v2/app/manifests/1
tag_questions() { grep "\"path\":\"$moved\"" "$log" | grep -vc '"method":"PUT"' || true; }

# signed DIGEST...: a registry where the tag is D1 and those are signed, each under the tag 1.
signed() {
  registry
  digest=$one
  push image "$registry/app" 1
  for each in "$@"; do
    run 0 sign --key k.key --record-identity "$registry/app:1" "$registry/app@$each"
  done
}
asks() { # CODE WORD DIGEST [FLAGS]: a verdict about exactly that digest, and nobody asks the tag
  wanted=$1 word=$2 asked=$3
  shift 3
  run "$wanted" verify --key k.pub "$@" "$registry/app:1@$asked"
  out "^$word $registry/app:1@$asked"
  if [ "$asked" = "$one" ]; then not_out "$two"; else not_out "$one"; fi
  run "$wanted" verify --key k.pub "$@" "$registry/app:1@$asked" -o json
  "$SCHEMA_CHECK" "$SOURCE/docs/verdict.schema.json" out > faults || fail "$(cat faults)"
  out "\"digest\": \"$asked\""
  out 'the digest decides; the tag beside it was not looked at'
  same "$(tag_questions)" "${tagged-0}" "questions about the tag"
}

signed "$one"
asks 3 unsigned "$two"
asks 0 allowed "$one"
signed "$two"
asks 0 allowed "$two"
asks 3 unsigned "$one"
# By the tag alone it is D1, which nobody signed.
run 3 verify --key k.pub "$registry/app:1"
out "^unsigned $registry/app:1@$one"
signed "$one" "$two"
asks 0 allowed "$one"
asks 0 allowed "$two"
signed
asks 3 unsigned "$one"
asks 3 unsigned "$two"
# A digest that is not there is not made good by the tag.
run 4 verify --key k.pub "$registry/app:1@sha256:$(printf x | sha256sum | cut -c1-64)"
out 'not-found$'

# The signed tag is compared with the tag that was typed, not with what the tag is now.
signed "$two"
asks 0 allowed "$two" --signed-name tag
asks 0 allowed "$two" --signed-name exact
for how in tag exact; do
  run 1 verify --key k.pub --signed-name "$how" "$registry/app:2@$two"
  out 'name-mismatch$'
done
run 0 verify --key k.pub --signed-name repository "$registry/app:2@$two"
run 0 verify --key k.pub --signed-name tag "$registry/app@$two"
run 1 verify --key k.pub --signed-name exact "$registry/app@$two"

# Signing goes to the digest as well, and records the tag that was typed.
signed
run 0 sign --key k.key "$registry/app:1@$two"
out "^signed $registry/app@$two "
asks 0 allowed "$two" --signed-name exact
asks 3 unsigned "$one"
# The same in a layout, where 1 is D1 and D2 has no signature.
run 0 sign --key k.key oci:image:1
run 0 verify --key k.pub oci:image:1
run 3 verify --key k.pub "oci:image:1@$two"
out "^unsigned oci:image:1@$two"
out '^  note     the digest decides; the tag beside it was not looked at$'
finish
