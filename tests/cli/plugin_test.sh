#!/bin/sh
# Keys behind a plugin of the Notary Project, where notation keeps plugins.
. "$(dirname "$0")/lib.sh"
command -v openssl > /dev/null || { echo "SKIP: no openssl"; exit 77; }
layout image 1.0 2.0
plugins=$HOME/.config/notation/plugins
data=$work/data
mkdir -p "$plugins/fake" "$data"
cp "$FAKE_PLUGIN" "$plugins/fake/notation-fake"

cat > certificate.conf << EOF
[req]
distinguished_name = name
x509_extensions = signer
prompt = no
[name]
C = US
ST = WA
O = Hallmark Test
CN = plugin
[signer]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = codeSigning
EOF
key_of() { # SPEC OPENSSL'S OPTIONS: the plugin's key and certificate from here on
  spec=$1
  shift
  openssl genpkey "$@" -out key.pem 2> /dev/null
  openssl pkcs8 -topk8 -nocrypt -in key.pem -outform DER -out "$data/key.der"
  openssl req -x509 -new -key key.pem -sha256 -days 30 -config certificate.conf -out chain.pem
  openssl x509 -in chain.pem -outform DER | base64 -w 0 > "$data/chain"
  echo >> "$data/chain"
  openssl pkey -in key.pem -pubout -out key.pub
  ref="plugin:fake?key=my-key&config.folder=$data&config.spec=$spec"
}

key_of EC-256 -algorithm EC -pkeyopt ec_paramgen_curve:P-256
run 0 key show --pem "$ref"
cmp -s out key.pub || fail "the public key of the plugin"
HALLMARK_PASSWORD=geheim run 0 sign --key "$ref" oci:image:1.0 oci:image:2.0
same "$(grep -c '^signed' out)" 2 "images signed"
run 0 verify --key key.pub oci:image:1.0
same "$(grep -c generate-signature "$data/calls")" 4 "signatures asked for"
! grep -q 'HALLMARK\|geheim' "$data/environment" || fail "the plugin sees our variables"
grep -q "^HOME=$HOME$" "$data/environment" || fail "the plugin does not see HOME"
XDG_CONFIG_HOME=$HOME/.config run 0 sign --key "$ref" oci:image:1.0
run 2 verify --key "$ref" oci:image:1.0
err 'plugin:fake\?key=my-key: a plugin has no key file'
run 2 key import --key "$ref" --no-passphrase --output-prefix no

# The plugin's own certificates sign as the Notary Project has it.
run 0 sign --key "$ref" --format notation-jws,notation-cose oci:image:1.0
chmod go-w chain.pem
run 0 verify --trust-store chain.pem --identity 'C=US, ST=WA, O=Hallmark Test' --format notation-cose oci:image:1.0
printf '{"keys":[{"name":"service","id":"my-key","pluginName":"fake","pluginConfig":{"folder":"%s","spec":"EC-256"}}]}' \
  "$data" > "$HOME/.config/notation/signingkeys.json"
run 0 sign --key notation:service oci:image:2.0
out 'notation-jws'

# A plugin that makes whole envelopes: for the Notary Project's formats, with its own certificates.
maker="$ref&config.can=SIGNATURE_GENERATOR.ENVELOPE"
layout made 1.0
rm "$data/calls"
run 0 sign --key "$maker" -a env=prod --expires 30d oci:made:1.0
out 'notation-jws'
same "$(tr '\n' ' ' < "$data/calls")" "get-plugin-metadata generate-envelope generate-envelope " "calls"
run 0 sign --key "$maker" --format notation-cose,notation-jws -a env=prod oci:made:1.0
same "$(grep -c '^signed' out)" 2 "envelopes"
for format in notation-jws notation-cose; do
  run 0 verify --trust-store chain.pem --identity '*' --format $format -a env=prod oci:made:1.0
done
grep -q '"com.example.job":"17"' made/blobs/sha256/* || fail "the plugin's annotation is not stored"
run 0 sign --key "$maker&config.fault=critical" --format notation-jws oci:made:1.0
run 0 sign --key "$maker" --skip-if-signed -a env=prod oci:made:1.0
out 'already signed'
for formats in bundle cosign notation-jws,bundle; do
  run 2 sign --key "$maker" --format $formats oci:made:1.0
  err 'makes whole envelopes'
done
run 2 sign --key "$maker" --cert-chain chain.pem oci:made:1.0
run 2 sign --key "$maker" --timestamp-url http://127.0.0.1:1/ oci:made:1.0
run 2 attest --key "$maker" --type custom --predicate chain.pem oci:made:1.0
stored=$(ls made/blobs/sha256 | wc -l)
for fault in lies other-target other-type cut bad-timestamp die flood no-json denied other-chain; do
  run 2 sign --key "$maker&config.fault=$fault&config.password=geheim" oci:made:1.0
  not_err geheim
done
for fault in lies no-expiry later-expiry fewer-annotations other-target; do
  rm "$data/calls"
  run 4 sign --key "$maker&config.fault=$fault&config.at=later" -a env=prod --expires 30d oci:made:1.0
  err 'the envelope that was made to order'
done
same "$(ls made/blobs/sha256 | wc -l)" "$stored" "blobs after envelopes that were refused"

# Unusable plugins are said before anything is asked; what they are configured with is never said.
registry
push image "$registry/app" 1.0
before=$(requests)
for fault in hang-not lies other-algorithm other-name other-contract no-raw flood die no-json denied complains; do
  code=0
  "$HALLMARK" sign --key "$ref&config.fault=$fault&config.password=geheim" "$registry/app:1.0" > out 2> err || code=$?
  [ "$fault" = hang-not ] || same "$code" 2 "exit code with $fault"
  not_err geheim
  [ "$fault" = hang-not ] || same "$(requests)" "$before" "requests with $fault"
  before=$(requests)
done
for bad in "plugin:fake" "plugin:fake?key=" "plugin:../fake?key=a" "plugin:nope?key=a" \
  "plugin:fake?key=my-key&password=geheim" "plugin:fake?key=a&config.a=geheim&config.a=b"; do
  run 2 sign --key "$bad" oci:image:1.0
  not_err geheim
done
rm "$data/calls"
run 4 sign --key "$ref&config.fault=lies&config.at=later" "$registry/app:1.0"
err "does not verify with the key of its certificate"

# One scheme a key: RSA is PSS, which the Notary Project's formats want and bundles do not.
key_of RSA-3072 -algorithm RSA -pkeyopt rsa_keygen_bits:3072
run 2 sign --key "$ref" oci:image:1.0
err "signs by rsa-pss-sha384 alone"
if "$HALLMARK" sign --help | grep -q -- --cert-chain; then
  run 0 sign --key "$ref" --cert-chain chain.pem --format notation-jws,notation-cose oci:image:2.0
  mkdir -p store/x509/ca/own
  cp chain.pem store/x509/ca/own/
  run 0 verify --trust-store store --identity 'x509.subject: C=US, ST=WA, O=Hallmark Test, CN=plugin' oci:image:2.0
fi
finish
