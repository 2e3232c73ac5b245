#!/bin/sh
# Hallmark and the real cosign 3 on one registry: each accepts what the other signs, for every kind
# of key, by tag and by digest, one image and an index, with the referrers API and without. What
# cosign 2 signed and attested is accepted, and refused where it should be. What we write in cosign
# v2's format both cosigns accept, alone and mixed with theirs.
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
  check "cosign3 bundle in by tag" 0 "we verify by tag" \
    "$HALLMARK" verify --key "$work/theirs.pub" "$registry/app:theirs"
  digest=$("$HALLMARK" digest "$registry/app:theirs" | grep -o 'sha256:[0-9a-f]*' | head -n 1)
  check "cosign3 bundle in by digest" 0 "we verify by digest" \
    "$HALLMARK" verify --key "$work/theirs.pub" "$registry/app@$digest"
  expect 0 "we sign with cosign's key file" \
    "$HALLMARK" sign --key "$work/theirs.key" "$registry/app:theirs"
  for type in ecdsa-p256 ecdsa-p384 ed25519 rsa-3072; do
    [ -f "$work/$type.key" ] || new_key "$type" "$type"
    repository=$registry/by-$type
    push amd64 "$repository:1.0"
    expect 0 "we sign with $type" "$HALLMARK" sign --key "$work/$type.key" "$repository:1.0"
    check "cosign3 bundle out $type" 0 "cosign verifies $type by tag" \
      cosign_verify "$work/$type.pub" "$repository:1.0"
    check "cosign3 bundle out by digest" 0 "cosign verifies $type by digest" \
      cosign_verify "$work/$type.pub" "$repository@$digest"
    check "cosign3 bundle out another key" 1 "cosign refuses another key" \
      cosign_verify "$work/theirs.pub" "$repository:1.0" ||
      true
    expect 0 "cosign signs with our $type key file" \
      cosign_sign "$work/$type.key" "$repository:1.0" -a by=cosign
    check "cosign3 bundle in $type" 0 "we verify what cosign signed with it" \
      "$HALLMARK" verify --key "$work/$type.pub" -a by=cosign "$repository:1.0"
    check "cosign3 bundle in an annotation that was not signed" \
      1 "an annotation that was not signed" \
      "$HALLMARK" verify --key "$work/$type.pub" -a by=other "$repository:1.0"
  done
  expect 0 "we sign with an annotation and an expiry" "$HALLMARK" sign --key "$work/ecdsa-p256.key" \
    -a env=prod --expires 90d "$registry/app:theirs"
  check "cosign3 bundle out annotations" 0 "cosign sees the annotation" \
    cosign_verify "$work/ecdsa-p256.pub" "$registry/app:theirs" -a env=prod

  push_index "$registry/multi" all
  expect 0 "cosign signs an index" \
    cosign_sign "$work/theirs.key" "$registry/multi:all" --recursive
  check "cosign3 bundle in an index and its images" 0 "we verify it and its children" \
    "$HALLMARK" verify --recursive --key "$work/theirs.pub" "$registry/multi:all"
  expect 0 "we sign an index" \
    "$HALLMARK" sign --recursive --key "$work/ecdsa-p256.key" "$registry/multi:all"
  check "cosign3 bundle out an index" 0 "cosign verifies the index" \
    cosign_verify "$work/ecdsa-p256.pub" "$registry/multi:all"
  check "cosign3 bundle out an image of an index" 0 "cosign verifies a child" \
    cosign_verify "$work/ecdsa-p256.pub" "$registry/multi:arm64"

  # An attestation by the key is no signature, though cosign 3 takes it for one.
  push amd64 "$registry/attested:1.0"
  echo '{"note":"nothing"}' > "$work/predicate.json"
  expect 0 "cosign attests" "$cosign" attest --yes --use-signing-config=false --tlog-upload=false \
    --key "$work/theirs.key" --type custom --predicate "$work/predicate.json" "$registry/attested:1.0"
  check "cosign3 bundle in an attestation for a signature" 1 "an attestation is no signature" \
    "$HALLMARK" verify --key "$work/theirs.pub" "$registry/attested:1.0"
  says attestation
  check "cosign3 bundle-attestation in custom" 0 "asked for as an attestation" \
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
  check "cosign2 cosign in by tag" 0 "we verify by tag" \
    "$HALLMARK" verify --key "$work/theirs.pub" -a by=two "$image"
  check "cosign2 cosign in by digest" 0 "we verify by digest" \
    "$HALLMARK" verify --key "$work/theirs.pub" "$registry/old@$digest"
  check "cosign2 cosign in the repository it signs" 0 "its repository is signed" \
    "$HALLMARK" verify --key "$work/theirs.pub" --signed-name repository "$image"
  check "cosign2 cosign in a tag, which it does not sign" 1 "its tag is not" \
    "$HALLMARK" verify --key "$work/theirs.pub" --signed-name tag "$image"
  says name-mismatch
  check "cosign2 cosign in an annotation that was not signed" \
    1 "an annotation that was not signed" \
    "$HALLMARK" verify --key "$work/theirs.pub" -a by=other "$image"
  says annotation
  check "cosign2 cosign in another key" 1 "another key" \
    "$HALLMARK" verify --key "$work/ed25519.pub" "$image"
  says untrusted-signer
  expect 3 "no bundle" "$HALLMARK" verify --format bundle --key "$work/theirs.pub" "$image"

  expect 0 "cosign 2 attests" "$cosign2" attest --yes --tlog-upload=false --key "$work/theirs.key" \
    --type custom --predicate "$work/predicate.json" "$image"
  check "cosign2 cosign-attestation in custom" 0 "we verify the attestation" \
    "$HALLMARK" verify --key "$work/theirs.pub" --attestation custom "$image"

  push_index "$registry/old-multi" all
  expect 0 "cosign 2 signs an index" $sign2 --recursive "$registry/old-multi:all"
  check "cosign2 cosign in an index and its images" 0 "we verify it and its children" \
    "$HALLMARK" verify --recursive --key "$work/theirs.pub" "$registry/old-multi:all"
}

# What both cosigns say of the .sig tag: CODE is 0 or "refused".
both_verify() { # WHAT CODE PUBLIC_KEY IMAGE [OPTIONS]
  said=$1 want=$2 key=$3 of=$4
  shift 4
  for peer in "$cosign2" "$cosign"; do
    ask "$peer" "$@"
  done
}
ask() { # PEER [OPTIONS]: what `both_verify` was asked, one of them
  peer=$1
  shift
  code=0
  "$peer" verify --insecure-ignore-tlog=true --key "$key" "$@" "$of" > "$work/out" 2>&1 || code=$?
  [ "$want" != refused ] || [ "$code" = 0 ] || code=refused
  [ "$code" = "$want" ] || fail "$said: $peer says $code instead of $want"
  checks=$((checks + 1))
  case "$said" in
    *" by tag") as=${said% by tag} ;;
    *" by digest") as="by digest" ;;
    *" of six signers") as="each of six signers" ;;
    *) as=$said ;;
  esac
  by=cosign3
  [ "$peer" = "$cosign" ] || by=cosign2
  tell "$by cosign out $as" "$code"
}
# retag_signatures REPOSITORY DIGEST SED [TO_DIGEST]: changes the manifest behind the .sig tag.
retag_signatures() {
  base=http://${1%%/*}/v2/${1#*/}/manifests
  type=application/vnd.oci.image.manifest.v1+json
  curl -sf -H "Accept: $type" "$base/sha256-${2#sha256:}.sig" | sed -E "$3" > "$work/changed"
  to=${4:-$2}
  curl -sf -X PUT -H "Content-Type: $type" --data-binary "@$work/changed" \
    "$base/sha256-${to#sha256:}.sig" > /dev/null || fail "the changed manifest could not be pushed"
}
digest_of() { "$HALLMARK" digest "$1" | grep -o 'sha256:[0-9a-f]*' | head -n 1; }

to_cosign2() {
  [ -x "$cosign2" ] || return 0
  for type in ecdsa-p256 ecdsa-p384 ed25519 rsa-3072; do
    image=$registry/sig-$type:1.0
    push amd64 "$image"
    expect 0 "we sign with $type in cosign's format" "$HALLMARK" sign --format cosign \
      --key "$work/$type.key" -a env=prod -a 'text=<a&b>' --expires 90d "$image"
    says "(cosign, key"
    digest=$(digest_of "$image")
    both_verify "$type by tag" 0 "$work/$type.pub" "$image" -a env=prod -a 'text=<a&b>'
    both_verify "$type by digest" 0 "$work/$type.pub" "${image%:*}@$digest"
    both_verify "an annotation that was not signed" refused "$work/$type.pub" "$image" -a env=test
    both_verify "another key" refused "$work/theirs.pub" "$image"
    expect 0 "we read it ourselves" "$HALLMARK" verify --format cosign --key "$work/$type.pub" \
      -a env=prod --signed-name exact "$image"
  done

  # Mixed in one tag, in both orders, and beside bundles.
  image=$registry/sig-mixed:1.0
  push amd64 "$image"
  digest=$(digest_of "$image")
  expect 0 "cosign 2 signs first" "$cosign2" sign --yes --tlog-upload=false \
    --key "$work/theirs.key" "$image"
  expect 0 "we add" "$HALLMARK" sign --format cosign --key "$work/ed25519.key" "$image"
  expect 0 "cosign 3 adds" "$cosign" sign --yes --use-signing-config=false --tlog-upload=false \
    --new-bundle-format=false --key "$work/rsa-3072.key" "$image"
  expect 0 "we add again" "$HALLMARK" sign --format cosign --key "$work/ecdsa-p384.key" "$image"
  [ -f "$work/fifth.key" ] || new_key fifth ecdsa-p256
  expect 0 "cosign 2 adds to ours" "$cosign2" sign --yes --tlog-upload=false \
    --key "$work/fifth.key" "$image"
  expect 0 "we add again" "$HALLMARK" sign --format cosign --key "$work/ecdsa-p256.key" "$image"
  for name in theirs ed25519 rsa-3072 ecdsa-p384 fifth ecdsa-p256; do
    both_verify "$name of six signers" 0 "$work/$name.pub" "$image"
    expect 0 "we verify $name" "$HALLMARK" verify --format cosign --key "$work/$name.pub" "$image"
    case "$name" in
      theirs | fifth) tell "cosign2 cosign in each of six signers" 0 ;;
      rsa-3072) tell "cosign3 cosign in each of six signers" 0 ;;
    esac
  done
  expect 0 "twice is once" "$HALLMARK" sign --format cosign --skip-if-signed \
    --key "$work/ecdsa-p256.key" "$image"
  says "^already signed"
  image=$registry/sig-both:1.0
  push amd64 "$image"
  expect 0 "we sign in both formats" "$HALLMARK" sign --format bundle,cosign \
    --key "$work/ecdsa-p256.key" "$image"
  both_verify "beside a bundle" 0 "$work/ecdsa-p256.pub" "$image"

  # Changed, and moved to another image.
  retag_signatures "$registry/sig-both" "$digest" \
    's#(cosign/signature":".{20})A#\1B#;t;s#(cosign/signature":".{20}).#\1A#'
  said="a changed signature" want=refused key=$work/ecdsa-p256.pub of=$image
  ask "$cosign2"
  expect 1 "we refuse it" "$HALLMARK" verify --format cosign --key "$work/ecdsa-p256.pub" "$image"
  says untrusted-signer
  push arm64 "$registry/sig-mixed:other"
  retag_signatures "$registry/sig-mixed" "$digest" '' "$(digest_of "$registry/sig-mixed:other")"
  both_verify "signatures of another image" refused "$work/ed25519.pub" "$registry/sig-mixed:other"
  expect 1 "we refuse them" \
    "$HALLMARK" verify --format cosign --key "$work/ed25519.pub" "$registry/sig-mixed:other"
  says wrong-digest

  push_index "$registry/sig-multi" all
  expect 0 "we sign an index" "$HALLMARK" sign --format cosign --recursive \
    --key "$work/ecdsa-p256.key" "$registry/sig-multi:all"
  both_verify "an index" 0 "$work/ecdsa-p256.pub" "$registry/sig-multi:all"
  both_verify "an image of an index" 0 "$work/ecdsa-p256.pub" "$registry/sig-multi:s390x"

  # Processes at once.
  image=$registry/sig-many:1.0
  push amd64 "$image"
  signers=""
  for i in 1 2 3 4 5 6 7 8 9 10; do
    "$HALLMARK" sign --format cosign --key "$work/ecdsa-p256.key" -a "by=$i" "$image" \
      > "$work/signer$i" 2>&1 &
    signers="$signers $!"
  done
  for pid in $signers; do wait "$pid" || fail "a signer of ten at once: $(cat "$work"/signer*)"; done
  both_verify "ten signers at once" 0 "$work/ecdsa-p256.pub" "$image"
  for i in 1 2 3 4 5 6 7 8 9 10; do
    says "\"by\":\"$i\""
  done
}

# A layout that we signed, copied into a registry by another tool.
from_layout() {
  oras=$PEERS/tools/usr/bin/oras
  [ -x "$oras" ] && [ -x "$cosign2" ] || return 0
  cp -r "$work/image" "$work/copied$1"
  expect 0 "we sign in a layout" "$HALLMARK" sign --format cosign --key "$work/ecdsa-p256.key" \
    --logical-name "$registry/from-layout" "oci:$work/copied$1:amd64"
  digest=$(digest_of "oci:$work/copied$1:amd64")
  for tag in amd64 "sha256-${digest#sha256:}.sig"; do
    expect 0 "oras copies $tag" "$oras" cp --from-oci-layout "$work/copied$1:$tag" --to-plain-http \
      "$registry/from-layout:$tag"
  done
  kept_before=$kept_in kept_in="a layout, then copied by oras"
  both_verify "signed in a layout" 0 "$work/ecdsa-p256.pub" "$registry/from-layout:amd64"
  kept_in=$kept_before
  expect 0 "we verify by the logical name" "$HALLMARK" verify --key "$work/ecdsa-p256.pub" \
    --signed-name exact "$registry/from-layout:amd64"
}

docker_registry fallback
both_ways
from_cosign2
to_cosign2
from_layout 1
test_registry api
both_ways
from_cosign2
to_cosign2
from_layout 2
finish
