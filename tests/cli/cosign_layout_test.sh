#!/bin/sh
# Signatures of cosign v2 in a layout: found beside bundles, or alone with --format.
. "$(dirname "$0")/lib.sh"
vectors=$SOURCE/vectors/cosign
run 0 verify --key "$vectors/keys/a.pub" "oci:$vectors/p256/layout:v1"
run 0 verify --key "$vectors/keys/a.pub" --format cosign --explain "oci:$vectors/p256/layout:v1"
out 'cosign simple signing'
run 3 verify --key "$vectors/keys/a.pub" --format bundle "oci:$vectors/p256/layout:v1"
run 1 verify --key "$vectors/keys/b.pub" "oci:$vectors/p256/layout:v1"
run 0 verify --key "$vectors/keys/a.pub" --attestation https://cosign.sigstore.dev/attestation/v1 \
  "oci:$vectors/attestation/layout:v1"
run 0 inspect "oci:$vectors/p256/layout:v1"
out 'simplesigning'
run 0 tree "oci:$vectors/attestation/layout:v1"
out 'cosign https://cosign.sigstore.dev/attestation/v1'

# Thirty strangers whose signatures come before ours, some of them no signatures at all, cost nothing
# and hide nothing; for a key whose scheme does not sign the digest all of them are read.
key ours
key junk
for kind in ours junk; do
  for type in ecdsa-p384 rsa-3072; do key "$kind-$type" --type "$type"; done
done
for type in "" -ecdsa-p384 -rsa-3072; do
  layout "crowd$type" 1.0
  image=oci:crowd$type:1.0
  for i in $(seq 30); do
    run 0 sign --key "junk$type.key" --format cosign -a "n=$i" "$image"
  done
  run 0 sign --key "ours$type.key" --format cosign "$image"
  run 0 verify --key "ours$type.pub" "$image"
  run 0 verify --key "ours$type.pub" --format cosign --explain "$image"
  same "$(grep -c '^ *\(found  *\)*cosign sha256' out)" 1 "signatures that were read"
  run 1 verify --key "$vectors/keys/b.pub" "$image"
  out 'untrusted-signer$'
done
finish
