#!/bin/sh
# Hallmark and the real cosign 3 on one registry: each accepts what the other signs, for every kind
# of key, by tag and by digest, one image and an index, with the referrers API and without. What
# cosign 2 signed and attested is accepted, and refused where it should be.
. "$(dirname "$0")/world.sh"
cosign=$PEERS/cosign3/usr/bin/cosign
[ -x "$cosign" ] || skip "no cosign 3 (tests/interop/fetch-peers brings it)"

cosign_sign() { # KEY IMAGE [OPTIONS]
  key=$1 image=$2
  shift 2
  "$cosign" sign --yes --use-signing-config=false --tlog-upload=false --key "$key" "$@" "$image"
}
cosign_verify() { # PUBLIC_KEY IMAGE [OPTIONS]
  key=$1 image=$2
  shift 2
  "$cosign" verify --insecure-ignore-tlog=true --key "$key" "$@" "$image"
}

real_image amd64
real_image arm64
real_image s390x
COSIGN_PASSWORD=pw "$cosign" generate-key-pair --output-key-prefix "$work/theirs" > /dev/null 2>&1 ||
  fail "cosign generate-key-pair"

both_ways() {
  push amd64 "$registry/app:theirs"
  expect 0 "cosign signs" cosign_sign "$work/theirs.key" "$registry/app:theirs"
  expect 0 "we verify by tag" "$HALLMARK" verify --key "$work/theirs.pub" "$registry/app:theirs"
  digest=$("$HALLMARK" digest "$registry/app:theirs" | grep -o 'sha256:[0-9a-f]*' | head -n 1)
  expect 0 "we verify by digest" "$HALLMARK" verify --key "$work/theirs.pub" "$registry/app@$digest"
  expect 0 "we sign with cosign's key file" \
    "$HALLMARK" sign --key "$work/theirs.key" "$registry/app:theirs"
  for type in ecdsa-p256 ecdsa-p384 ed25519 rsa-3072; do
    [ -f "$work/$type.key" ] || new_key "$type" "$type"
    repository=$registry/by-$type
    push amd64 "$repository:1.0"
    expect 0 "we sign with $type" "$HALLMARK" sign --key "$work/$type.key" "$repository:1.0"
    expect 0 "cosign verifies $type by tag" cosign_verify "$work/$type.pub" "$repository:1.0"
    expect 0 "cosign verifies $type by digest" cosign_verify "$work/$type.pub" "$repository@$digest"
    expect 1 "cosign refuses another key" cosign_verify "$work/theirs.pub" "$repository:1.0" ||
      true
    expect 0 "cosign signs with our $type key file" \
      cosign_sign "$work/$type.key" "$repository:1.0" -a by=cosign
    expect 0 "we verify what cosign signed with it" \
      "$HALLMARK" verify --key "$work/$type.pub" -a by=cosign "$repository:1.0"
    expect 1 "an annotation that was not signed" \
      "$HALLMARK" verify --key "$work/$type.pub" -a by=other "$repository:1.0"
  done
  expect 0 "we sign with an annotation and an expiry" "$HALLMARK" sign --key "$work/ecdsa-p256.key" \
    -a env=prod --expires 90d "$registry/app:theirs"
  expect 0 "cosign sees the annotation" \
    cosign_verify "$work/ecdsa-p256.pub" "$registry/app:theirs" -a env=prod

  push_index "$registry/multi" all
  expect 0 "cosign signs an index" \
    cosign_sign "$work/theirs.key" "$registry/multi:all" --recursive
  expect 0 "we verify it and its children" \
    "$HALLMARK" verify --recursive --key "$work/theirs.pub" "$registry/multi:all"
  expect 0 "we sign an index" \
    "$HALLMARK" sign --recursive --key "$work/ecdsa-p256.key" "$registry/multi:all"
  expect 0 "cosign verifies the index" cosign_verify "$work/ecdsa-p256.pub" "$registry/multi:all"
  expect 0 "cosign verifies a child" cosign_verify "$work/ecdsa-p256.pub" "$registry/multi:arm64"

  # An attestation by the key is no signature, though cosign 3 takes it for one.
  push amd64 "$registry/attested:1.0"
  echo '{"note":"nothing"}' > "$work/predicate.json"
  expect 0 "cosign attests" "$cosign" attest --yes --use-signing-config=false --tlog-upload=false \
    --key "$work/theirs.key" --type custom --predicate "$work/predicate.json" "$registry/attested:1.0"
  expect 1 "an attestation is no signature" \
    "$HALLMARK" verify --key "$work/theirs.pub" "$registry/attested:1.0"
  says attestation
  expect 0 "asked for as an attestation" \
    "$HALLMARK" verify --key "$work/theirs.pub" --attestation custom "$registry/attested:1.0"
}

# cosign 2 keeps its signatures behind tags.
cosign2=$PEERS/cosign2/usr/bin/cosign
from_cosign2() {
  [ -x "$cosign2" ] || { echo "skipped: no cosign 2 (tests/interop/fetch-peers brings it)"; return 0; }
  sign2="$cosign2 sign --yes --tlog-upload=false --key $work/theirs.key"
  image=$registry/old:1.0
  push amd64 "$image"
  expect 3 "nothing signed yet" "$HALLMARK" verify --key "$work/theirs.pub" "$image"
  expect 0 "cosign 2 signs" $sign2 -a by=two "$image"
  digest=$("$HALLMARK" digest "$image" | grep -o 'sha256:[0-9a-f]*' | head -n 1)
  expect 0 "we verify by tag" "$HALLMARK" verify --key "$work/theirs.pub" -a by=two "$image"
  expect 0 "we verify by digest" "$HALLMARK" verify --key "$work/theirs.pub" "$registry/old@$digest"
  expect 0 "its repository is signed" \
    "$HALLMARK" verify --key "$work/theirs.pub" --signed-name repository "$image"
  expect 1 "its tag is not" "$HALLMARK" verify --key "$work/theirs.pub" --signed-name tag "$image"
  says name-mismatch
  expect 1 "an annotation that was not signed" \
    "$HALLMARK" verify --key "$work/theirs.pub" -a by=other "$image"
  says annotation
  expect 1 "another key" "$HALLMARK" verify --key "$work/ed25519.pub" "$image"
  says untrusted-signer
  expect 3 "no bundle" "$HALLMARK" verify --format bundle --key "$work/theirs.pub" "$image"

  expect 0 "cosign 2 attests" "$cosign2" attest --yes --tlog-upload=false --key "$work/theirs.key" \
    --type custom --predicate "$work/predicate.json" "$image"
  expect 0 "we verify the attestation" \
    "$HALLMARK" verify --key "$work/theirs.pub" --attestation custom "$image"

  push_index "$registry/old-multi" all
  expect 0 "cosign 2 signs an index" $sign2 --recursive "$registry/old-multi:all"
  expect 0 "we verify it and its children" \
    "$HALLMARK" verify --recursive --key "$work/theirs.pub" "$registry/old-multi:all"
}

docker_registry fallback
both_ways
from_cosign2
test_registry api
both_ways
from_cosign2
finish
