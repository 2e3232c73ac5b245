#!/bin/sh
# A registry that says of one tag now this image, now that (A86): a verdict resolves the tag once,
# and names the image that it judged.
. "$(dirname "$0")/lib.sh"
key k
layout image 1.0 2.0
two=$digest
one=$("$HALLMARK" digest oci:image:1.0 | head -n 1)
moved=/v2/app/manifests/1.0
resolutions() { grep -c "\"path\":\"$moved\"" "$log" || true; }

# moving FIRST THEN: the tag is FIRST for the first verdict's first question, THEN ever after; only
# the first image is signed.
moving() {
  first=$1 then=$2
  registry --fault "method=GET;path=$moved;at=2;do=serve-other;target=$then"
  digest=$first
  push image "$registry/app" 1.0
  run 0 sign --key k.key "$registry/app@$one"
  same "$(resolutions)" 1 "requests of the tag so far: one PUT"
}
verdicts() { # FIRST THEN, as "word DIGEST"
  run "$1" verify --key k.pub "$registry/app:1.0"
  out "^$2 $registry/app:1.0@$first"
  not_out "$then"
  same "$(resolutions)" 2 "requests of the tag after one verdict"
  run "$3" verify --key k.pub "$registry/app:1.0"
  out "^$4 $registry/app:1.0@$then"
  not_out "$first"
  same "$(resolutions)" 3 "requests of the tag after two verdicts"
}
moving "$one" "$two"
verdicts 0 allowed 3 unsigned
moving "$two" "$one"
verdicts 3 unsigned 0 allowed

# The same within one run and in JSON: the digest is that of the verdict beside it.
moving "$one" "$two"
several=yes
run 3 verify --key k.pub "$registry/app:1.0" "$registry/app:1.0" -o jsonl
several=
same "$(grep -c "\"digest\":\"$one\".*\"verdict\":\"allowed\"" out)" 1 "verdicts about the first"
same "$(grep -c "\"digest\":\"$two\".*\"verdict\":\"unsigned\"" out)" 1 "verdicts about the second"
same "$(resolutions)" 3 "requests of the tag for two verdicts"

# Signing signs what it says it signed.
moving "$one" "$two"
run 0 sign --key k.key "$registry/app:1.0"
out "^signed $registry/app@$one "
same "$(resolutions)" 2 "requests of the tag to sign"
run 3 verify --key k.pub "$registry/app@$two"

# An index and its images come of one resolution too.
layout_index multi 1.0 amd64 arm64
index=$digest
layout_index other 1.0 amd64
registry --fault "method=GET;path=$moved;at=2;do=serve-other;target=$digest"
push other "$registry/app" 1.0
digest=$index
push multi "$registry/app" 1.0
run 0 sign --key k.key --recursive "$registry/app@$index"
run 0 verify --key k.pub --recursive "$registry/app:1.0"
out "^allowed $registry/app:1.0@$index"
same "$(grep -c '^allowed' out)" 3 "verdicts of an index"
same "$(resolutions)" 3 "two PUTs and one GET of the tag"
finish
