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
finish
