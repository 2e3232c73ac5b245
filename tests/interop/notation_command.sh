#!/bin/sh
# The command and the real notation, both ways: it verifies what `hallmark sign` writes, `hallmark
# verify` reads its signatures by its own trustpolicy.json, through registries with and without the
# referrers API; changed and moved ones are refused on both sides.
. "$(dirname "$0")/world.sh"
bin=$PEERS/tools/usr/bin
[ -x "$bin/notation" ] || skip "no notation in $PEERS; run fetch-peers"
. "$(dirname "$0")/certificates.sh"
new_root own
new_root other
trust own own
trust other other
trust_policy own 'x509.subject: C=US, ST=WA, O=Hallmark tests'
real_image amd64
notation_verify() { "$bin/notation" verify --insecure-registry "$@"; }
ours_verify() { "$HALLMARK" verify --policy "$config/trustpolicy.json" "$@"; }

for kind in ec:P-256 ec:P-384 ec:P-521 rsa:2048 rsa:3072 rsa:4096; do
  leaf_of_kind "$kind" own
done
new_leaf stranger other -algorithm EC -pkeyopt ec_paramgen_curve:P-256

# both REGISTRY KIND OF KEY...: sign here - verify there, and sign there - verify here.
both() {
  for name in "$@"; do
    for type in jws cose; do
      image=$registry/ours/$name-$type
      push amd64 "$image:v1"
      expect 0 "sign $type by $name" "$HALLMARK" sign --key "$work/$name.key" \
        --cert-chain "$work/$name.chain" --format "notation-$type" -a env=prod --expires 1d \
        "$image:v1"
      check "notation notation-$type out $name" 0 "notation verifies our $type by $name" \
        notation_verify "$image:v1" -m env=prod
      check "notation notation-$type out metadata that was not signed" \
        1 "notation misses our metadata" \
        notation_verify "$image:v1" -m env=dev
      expect 0 "we verify our own" ours_verify -a env=prod "$image:v1"
      expect 0 "signed once is enough" "$HALLMARK" sign --key "$work/$name.key" \
        --cert-chain "$work/$name.chain" --format "notation-$type" -a env=prod --expires 1d \
        --skip-if-signed "$image:v1"
      says "already signed"

      image=$registry/theirs/$name-$type
      push amd64 "$image:v1"
      signing_key "$name"
      expect 0 "notation signs $type by $name" "$bin/notation" sign --insecure-registry \
        --signature-format "$type" --user-metadata env=prod --expiry 24h "$image:v1"
      check "notation notation-$type in $name" 0 "we verify notation's $type by $name" \
        ours_verify -a env=prod "$image:v1"
      check "notation notation-$type in metadata that was not signed" 1 "we miss its metadata" \
        ours_verify -a env=dev "$image:v1"
      says annotation
      check "notation notation-$type in by trust store and identity" \
        0 "by trust store and identity" \
        "$HALLMARK" verify --trust-store \
        "$config/truststore/x509/ca/own" --identity "C=US, ST=WA, O=Hallmark tests" "$image:v1"
      check "notation notation-$type in another root" 1 "under another root" \
        "$HALLMARK" verify --trust-store "$work/other.crt" \
        --identity '*' "$image:v1"
      says chain
    done
  done
}
test_registry api
both ec-p-256 ec-p-384 ec-p-521 rsa-2048 rsa-3072 rsa-4096
# Debian's has no referrers API: the fallback tag.
docker_registry plain
both ec-p-256 rsa-2048

# Refused by both: a signer under another root, another subject.
image=$registry/refused/app
push amd64 "$image:v1"
expect 0 "a stranger signs" "$HALLMARK" sign --key "$work/stranger.key" \
  --cert-chain "$work/stranger.chain" --format notation-jws,notation-cose "$image:v1"
check "notation notation-jws out another root" 1 "notation refuses a stranger" \
  notation_verify "$image:v1"
expect 1 "we refuse a stranger" ours_verify "$image:v1"
says chain
# A good one beside it counts for both.
expect 0 "our signer signs too" "$HALLMARK" sign --key "$work/ec-p-256.key" \
  --cert-chain "$work/ec-p-256.chain" "$image:v1"
check "notation notation-jws out beside a stranger's" 0 "notation finds the good one" \
  notation_verify "$image:v1"
expect 0 "we find the good one" ours_verify "$image:v1"
trust_policy own 'x509.subject: C=US, ST=WA, O=Nobody'
check "notation notation-jws out another subject" 1 "notation refuses another subject" \
  notation_verify "$image:v1"
expect 1 "we refuse another subject" ours_verify "$image:v1"
says untrusted-signer
trust_policy own '*'

# Every format in one call, each read by its own tools.
image=$registry/all/app
push amd64 "$image:v1"
openssl pkey -in "$work/ec-p-256.key" -pubout -out "$work/ec-p-256.pub" 2> /dev/null
expect 0 "sign in four formats" "$HALLMARK" sign --key "$work/ec-p-256.key" \
  --cert-chain "$work/ec-p-256.chain" --format bundle,cosign,notation-jws,notation-cose "$image:v1"
check "notation notation-jws out beside other formats" 0 "notation reads its own" \
  notation_verify "$image:v1"
expect 0 "by certificate" ours_verify "$image:v1"
expect 0 "by key" "$HALLMARK" verify --key "$work/ec-p-256.pub" "$image:v1"
for format in bundle cosign; do
  expect 0 "by key, $format" "$HALLMARK" verify --key "$work/ec-p-256.pub" --format "$format" "$image:v1"
done
for cosign in cosign2 cosign3; do
  [ -x "$PEERS/$cosign/usr/bin/cosign" ] || continue
  format=bundle
  [ "$cosign" = cosign3 ] || format=cosign
  check "$cosign $format out beside other formats" 0 "$cosign reads its own" \
    "$PEERS/$cosign/usr/bin/cosign" verify --key "$work/ec-p-256.pub" \
    --insecure-ignore-tlog=true --allow-http-registry "$image:v1"
done
finish
