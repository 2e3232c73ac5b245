#!/bin/sh
# Keys behind a key service's plugin, a program of PATH as cosign runs it.
. "$(dirname "$0")/lib.sh"
command -v openssl > /dev/null || { echo "SKIP: no openssl"; exit 77; }
layout image 1.0 2.0
data=$work/data
mkdir -p "$work/bin" "$data"
cp "$FAKE_KMS" "$work/bin/sigstore-kms-my-fake"
ref=my-fake://$data
plain_path=$PATH
PATH=$work/bin:$PATH

key_of() { # OPENSSL'S OPTIONS: the plugin's key from here on
  openssl genpkey "$@" -out key.pem 2> /dev/null
  openssl pkcs8 -topk8 -nocrypt -in key.pem -outform DER -out "$data/key.der"
  openssl pkey -in key.pem -pubout -out key.pub
  chmod go-w key.pub
}

# It signs, it is verified against, its key is shown; by every kind of key and in both plain formats.
for options in "EC -pkeyopt ec_paramgen_curve:P-256" "EC -pkeyopt ec_paramgen_curve:P-384" ED25519 \
  "RSA -pkeyopt rsa_keygen_bits:3072"; do
  # shellcheck disable=SC2086
  key_of -algorithm $options
  rm -f "$data/calls"
  run 0 key show --pem "$ref"
  cmp -s out key.pub || fail "the public key of $options"
  run 0 sign --key "$ref" --format bundle,cosign oci:image:1.0 oci:image:2.0
  same "$(grep -c '^signed' out)" 4 "signatures with $options"
  same "$(sort "$data/calls" | uniq -c | tr -s ' \n' ' ')" " 2 publicKey 4 signMessage " "calls"
  run 0 verify --key key.pub oci:image:1.0
  run 0 verify --key "$ref" --format cosign oci:image:2.0
  run 0 verify --key "$ref" --format bundle oci:image:2.0
done
echo '{"note":"nothing"}' > predicate.json
run 0 attest --key "$ref" --type custom --predicate predicate.json oci:image:1.0
run 0 verify --key "$ref" --attestation custom oci:image:1.0
key_of -algorithm EC -pkeyopt ec_paramgen_curve:P-256
run 1 verify --key "$ref" oci:image:1.0
run 0 doctor --key "$ref"

# What it sees of our environment.
HALLMARK_PASSWORD=geheim COSIGN_PASSWORD=geheim MY_FAKE_TOKEN=token UNRELATED=geheim \
  run 0 sign --key "$ref" oci:image:1.0
! grep -q 'HALLMARK\|COSIGN\|geheim' "$data/environment" || fail "the plugin sees our variables"
grep -q '^MY_FAKE_TOKEN=token$' "$data/environment" || fail "the plugin lacks its own variables"
grep -q "^HOME=$HOME$" "$data/environment" || fail "the plugin does not see HOME"

# An unusable plugin is said before anything is asked, and a bad signature before anything is stored.
layout fresh 1.0
registry
push fresh "$registry/app" 1.0
before=$(requests)
for fault in die flood no-json array two-answers no-member bad-base64 no-key odd-error denied empty; do
  echo "$fault" > "$data/fault"
  run 2 sign --key "$ref" "$registry/app:1.0"
  err "sigstore-kms-my-fake: "
  not_err geheim
  run 2 verify --key "$ref" "$registry/app:1.0"
  same "$(requests)" "$before" "requests with $fault"
done
for fault in lies short die flood no-json no-member bad-base64 denied; do
  echo "$fault signMessage" > "$data/fault"
  run 4 sign --key "$ref" --format bundle,cosign "$registry/app:1.0"
  not_err geheim
done
rm "$data/fault"
run 3 verify --key "$ref" "$registry/app:1.0"

# What is no such key: other words before "://", no such program, planted ones, secrets that stay.
for bad in "https://example.com/key.pub" "file://$work/key.pem" "env://KEY" "./my-fake://$data" \
  "pkcs11://$data" "plugin://my-fake" "notation://my-fake"; do
  run 2 sign --key "$bad" oci:image:1.0
  not_err "sigstore-kms"
done
run 2 sign --key "https://example.com/key.pub" oci:image:1.0
err "no such kind of key"
run 2 sign --key "nope://$data" oci:image:1.0
err "sigstore-kms-nope: there is no such program in PATH"
run 2 sign --key "$ref" --format notation-jws oci:image:1.0
run 2 key import --key "$ref" --no-passphrase --output-prefix no
err "the private key stays with its key service"
key_of -algorithm RSA -pkeyopt rsa_keygen_bits:3072
openssl req -x509 -new -key key.pem -sha256 -days 30 -subj /C=US/ST=WA/O=T/CN=kms -out chain.pem \
  -addext basicConstraints=critical,CA:FALSE -addext keyUsage=critical,digitalSignature \
  -addext extendedKeyUsage=codeSigning 2> /dev/null
run 2 sign --key "$ref" --cert-chain chain.pem --format notation-jws oci:image:1.0
err "has no word for RSASSA-PSS"
cp "$FAKE_KMS" sigstore-kms-planted
PATH=.::bin:$plain_path run 2 sign --key "planted://$data" oci:image:1.0
chmod o+w "$work/bin/sigstore-kms-my-fake"
run 2 sign --key "$ref" oci:image:1.0
err "can be written to by anybody"
finish
