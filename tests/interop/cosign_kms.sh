#!/bin/sh
# One key service plugin, unchanged, for Hallmark and for the real cosign 3: what either signs with
# it both verify, by the plugin and by its public key.
. "$(dirname "$0")/world.sh"
cosign=$PEERS/cosign3/usr/bin/cosign
[ -x "$cosign" ] || skip "no cosign 3 (tests/interop/fetch-peers brings it)"
command -v openssl > /dev/null || skip "openssl is not installed"

real_image amd64
test_registry api
mkdir -p "$work/bin"
cp "$FAKE_KMS" "$work/bin/sigstore-kms-fake"
PATH=$work/bin:$PATH

cosign_verify() { # KEY IMAGE
  "$cosign" verify --insecure-ignore-tlog=true --key "$1" "$2"
}

number=0
for options in "EC -pkeyopt ec_paramgen_curve:P-256" "EC -pkeyopt ec_paramgen_curve:P-384" \
  "RSA -pkeyopt rsa_keygen_bits:3072"; do
  number=$((number + 1))
  data=$work/key$number repository=$registry/by-$number
  mkdir -p "$data"
  # shellcheck disable=SC2086
  openssl genpkey -algorithm $options -out "$data/key.pem" 2> /dev/null
  openssl pkcs8 -topk8 -nocrypt -in "$data/key.pem" -outform DER -out "$data/key.der"
  push amd64 "$repository:theirs"
  push amd64 "$repository:ours" --dest-compress-format zstd

  expect 0 "cosign shows its key" "$cosign" public-key --key "fake://$data" \
    --outfile "$data/theirs.pub"
  expect 0 "we show the same" "$HALLMARK" key show --pem "fake://$data"
  cmp -s "$work/out" "$data/theirs.pub" || fail "two public keys of one plugin"
  chmod go-w "$data/theirs.pub"

  expect 0 "cosign signs with $options" "$cosign" sign --yes --use-signing-config=false \
    --tlog-upload=false --key "fake://$data" "$repository:theirs"
  cp "$data/call.signMessage" "$data/call.theirs"
  check "cosign3 bundle in a key service plugin" 0 "we verify it by the plugin" \
    "$HALLMARK" verify --key "fake://$data" "$repository:theirs"
  check "cosign3 bundle in a key of a key service plugin" 0 "we verify it by the key" \
    "$HALLMARK" verify --key "$data/theirs.pub" "$repository:theirs"

  expect 0 "we sign with $options" "$HALLMARK" sign --format bundle,cosign --key "fake://$data" \
    "$repository:ours"
  check "cosign3 bundle out a key service plugin" 0 "cosign verifies it by the plugin" \
    cosign_verify "fake://$data" "$repository:ours"
  check "cosign3 bundle out a key of a key service plugin" 0 "cosign verifies it by the key" \
    cosign_verify "$data/theirs.pub" "$repository:ours"
done

# What cosign calls a plugin with, but for its deadline, is what we call it with.
members() { grep -o '"[A-Za-z]*":' "$1" | grep -v ctxDeadline | sort -u; }
members "$data/call.theirs" > "$work/theirs.members"
expect 0 "we sign last" "$HALLMARK" sign --key "fake://$data" "$repository:ours"
members "$data/call.signMessage" > "$work/ours.members"
expect 0 "the call has cosign's members" cmp "$work/theirs.members" "$work/ours.members"
finish
