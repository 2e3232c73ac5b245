#!/bin/sh
# Signatures of the Notary Project in a layout: by trust store and identity, and by trustpolicy.json.
. "$(dirname "$0")/lib.sh"
vectors=$SOURCE/vectors/notation
jws=oci:$vectors/jws-ec256/layout:v1
cose=oci:$vectors/cose-ec256/layout:v1
named="C=US, ST=WA, O=Hallmark Test"
mkdir -p truststore/x509/ca/own truststore/x509/ca/other
cp "$vectors/stores/ec256-root.crt" truststore/x509/ca/own/root.crt
cp "$vectors/stores/ec384-root.crt" truststore/x509/ca/other/root.cer
chmod -R go-w truststore

# Ad hoc: a file, a folder, notation's folder.
for store in "$vectors/stores/ec256-root.crt" truststore/x509/ca/own truststore; do
  several=1 run 0 verify --trust-store "$store" --identity "$named" "$jws" "$cose"
  out 'verified by CN=n-ec256 signer'
  run 0 verify --trust-store "$store" --identity '*' "$jws"
  run 1 verify --trust-store "$store" --identity "x509.subject: C=US, ST=WA, O=Nobody" "$jws"
  out 'untrusted-signer'
done
run 1 verify --trust-store truststore/x509/ca/other --identity '*' "$jws"
out 'chain'
out 'no certificate of its chain is trusted'
run 0 verify --trust-store truststore --identity '*' --format notation-jws "$jws"
run 3 verify --trust-store truststore --identity '*' --format notation-cose "$jws"
run 0 verify --trust-store truststore --identity '*' -a env=prod "oci:$vectors/jws-metadata/layout:v1"
run 1 verify --trust-store truststore --identity '*' -a env=dev "oci:$vectors/jws-metadata/layout:v1"
out 'annotation'
run 0 verify --trust-store truststore --identity '*' --key "$vectors/keys/ec384-leaf.pub" "$jws"
run 1 verify --key "$vectors/keys/ec256-leaf.pub" "$jws"
# No variable widens what was typed.
export HALLMARK_TRUST_STORE=truststore HALLMARK_IDENTITY='*'
run 0 verify "$jws"
run 1 verify --key "$vectors/keys/ec384-leaf.pub" "$jws"
unset HALLMARK_TRUST_STORE HALLMARK_IDENTITY
run 1 verify --key "$vectors/keys/ec256-leaf.pub" "$jws"
out 'notation-jws'
run 0 verify --trust-store truststore --identity '*' -o json "$jws"
out '"format": "notation-jws"'
out '"check": "authenticity"'
"$SCHEMA_CHECK" "$SOURCE/docs/verdict.schema.json" out || fail "not the schema's verdict"

# Usage that cannot be meant.
run 2 verify --trust-store truststore "$jws"
err "say whose signatures count"
run 2 verify --trust-store truststore --identity 'O=Hallmark' "$jws"
err '--identity'
run 2 verify --identity "$named" --key "$vectors/keys/ec256-leaf.pub" "$jws"
err 'goes with --trust-store'
run 2 verify --trust-store missing --identity '*' "$jws"
mkdir -p own/empty
run 2 verify --trust-store own/empty --identity '*' "$jws"
err 'holds no certificate'
ln -s "$vectors/stores/ec256-root.crt" own/empty/root.crt
run 2 verify --trust-store own/empty --identity '*' "$jws"
err 'symbolic link'
rm own/empty/root.crt
cp "$vectors/stores/ec256-root.crt" own/empty/root.crt
chmod o+w own/empty
run 2 verify --trust-store own/empty --identity '*' "$jws"
err 'anybody may write to this folder'

# Identities of our own policies, beside keys; their stores lie in "truststore" beside the policy.
own_policy() { # SUBJECTS REQUIRE [STORE]
  printf '{"schema":"hallmark.policy/v1","keySets":{"ci":{"keys":[{"file":"%s"}]}},
"identities":{"team":{"trustStores":["%s"],%s},"other":{"trustStores":["ca:other"],"anySubject":true}},
"rules":[{"name":"apps","images":["**"],"require":%s}],"default":"deny"}' \
    "$vectors/keys/ec384-leaf.pub" "${3-ca:own}" "$1" "$2" > own.json
}
own_policy '"anySubject":true' '{"identity":"team"}'
run 0 policy check own.json
several=1 run 0 verify --policy own.json "$jws" "$cose"
out 'verified by CN=n-ec256 signer'
own_policy "\"subjects\":[\"$named\"]" '{"anyOf":[{"signedBy":"ci"},{"identity":"team"}]}'
run 0 verify --policy own.json "$jws"
own_policy '"subjects":["C=US, ST=WA, O=Nobody"]' '{"identity":"team"}'
run 1 verify --policy own.json "$jws"
out 'untrusted-signer$'
out 'wants 1 of identity team$'
own_policy '"anySubject":true' '{"identity":"other"}'
run 1 verify --policy own.json "$jws"
out 'chain'
own_policy '"anySubject":true' '{"allOf":[{"identity":"team"},{"identity":"other"}]}'
run 1 verify --policy own.json "$jws"
own_policy '"anySubject":true' '{"identity":"team"}' ca:none
run 2 verify --policy own.json "$jws"
err 'own.json:2:[0-9]+: identities.team.trustStores\[0\]: '
certificate=sha256:$(openssl x509 -in "$vectors/stores/ec256-root.crt" -outform DER | sha256sum | cut -d ' ' -f 1)
own_policy '"anySubject":true' '{"identity":"team"}'
sed -i "s/\"rules\"/\"deny\":{\"certificates\":[\"$certificate\"]},\"rules\"/" own.json
run 1 verify --policy own.json "$jws"
out 'deny-listed$'

# trust_policy LEVEL IDENTITY STORE MORE SCOPE
trust_policy() {
  printf '{"version":"1.0","trustPolicies":[{"name":"own","registryScopes":["%s"],
 "signatureVerification":{"level":"%s"%s},"trustStores":["%s"],"trustedIdentities":["%s"]}]}\n' \
    "${5-*}" "$1" "${4-}" "$3" "$2" > trustpolicy.json
}
policy=--policy=trustpolicy.json
trust_policy strict '*' ca:own
several=1 run 0 verify "$policy" "$jws" "$cose"
run 0 policy check trustpolicy.json
run 0 verify "$policy" -a env=prod "oci:$vectors/cose-metadata/layout:v1"
run 1 verify "$policy" -a env=dev "oci:$vectors/cose-metadata/layout:v1"
run 2 verify "$policy" --signed-name tag "$jws"
run 1 verify "$policy" "oci:$vectors/jws-expired_fail/layout:v1"
out 'expired'
trust_policy permissive '*' ca:own
run 0 verify "$policy" -o json --explain "oci:$vectors/jws-expired_fail/layout:v1"
out 'level permissive'
out 'although expired'
trust_policy permissive '*' ca:own ',"override":{"expiry":"enforce"}'
run 1 verify "$policy" "oci:$vectors/jws-expired_fail/layout:v1"
trust_policy audit "x509.subject: C=US, ST=WA, O=Nobody" ca:own
run 0 verify "$policy" "$jws"
out 'not verified'
out 'audited'
run 1 verify "$policy" "oci:$vectors/jws-signature-changed_fail/layout:v1"
run 1 verify "$policy" "oci:$vectors/jws-transplant_fail/layout:v1"
layout image 1.0
run 3 verify "$policy" oci:image:1.0
trust_policy strict '*' ca:own '' registry.example/app
run 0 verify "$policy" --logical-name registry.example/app "$jws"
run 1 verify "$policy" "$jws"
out 'no-rule'
printf '{"version":"1.0","trustPolicies":[{"name":"none","registryScopes":["*"],"signatureVerification":{"level":"skip"}}]}' \
  > trustpolicy.json
run 0 verify "$policy" --trust-store truststore oci:image:1.0
out 'not verified'
out 'level skip'

# The stores of other images' statements are not opened; policy check opens them all.
statement() { # NAME SCOPE STORE
  printf '{"name":"%s","registryScopes":["%s"],"signatureVerification":{"level":"audit"},"trustStores":["%s"],"trustedIdentities":["*"]}' \
    "$1" "$2" "$3"
}
printf '{"version":"1.0","trustPolicies":[\n%s,\n%s]}\n' "$(statement app registry.example/app ca:own)" \
  "$(statement rest '*' ca:gone)" > trustpolicy.json
gone='trustpolicy.json:3:.*: trustPolicies\[1\].trustStores\[0\]: truststore/x509/ca/gone: no such folder'
run 0 verify "$policy" --logical-name registry.example/app "$jws"
out 'verified by CN=n-ec256 signer'
run 0 policy explain "$policy" registry.example/app:1.0
out 'rule     app'
run 2 verify "$policy" "$jws"
err "$gone"
run 2 verify "$policy" registry.example/app:1.0 registry.example/other:1.0
err "$gone"
run 2 policy explain "$policy" registry.example/app:1.0 registry.example/other:1.0
err "$gone"
run 2 policy check trustpolicy.json
err "$gone"
HALLMARK_POLICY=trustpolicy.json run 2 doctor
out "$gone"
mv truststore stores
trust_policy strict '*' ca:own
run 2 verify "$policy" "$jws"
run 0 verify "$policy" --trust-store stores "$jws"

# A policy with what notation passes over in silence, or cannot be meant.
for text in '"levle":"strict"' '"level":"Strict"' '"level":"skip","override":{}'; do
  printf '{"version":"1.0","trustPolicies":[{"name":"x","registryScopes":["*"],"signatureVerification":{%s},"trustStores":["ca:own"],"trustedIdentities":["*"]}]}' \
    "$text" > trustpolicy.json
  run 2 verify "$policy" --trust-store stores "$jws"
  err 'trustpolicy.json:1:'
done
for store in ca:../own ca:missing own; do
  trust_policy strict '*' "$store"
  run 2 verify "$policy" --trust-store stores "$jws"
  err 'trustpolicy.json:2:'
done
printf '{"schema":"hallmark.policy/v1","keySets":{"ci":{"keys":[{"file":"%s"}]}},"rules":[],"default":{"require":{"signedBy":"ci"}}}' \
  "$vectors/keys/ec256-leaf.pub" > own.json
run 2 verify --policy own.json --trust-store stores "$jws"
err 'trustpolicy.json'
run 2 verify --policy own.json -a k=v "$jws"
err 'goes with --key'

# Signed here: by a chain, and by notation's own list of keys.
openssl_is_here=yes
command -v openssl > /dev/null || openssl_is_here=no
if [ "$openssl_is_here" = yes ]; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-384 -nodes -keyout self.key -out self.crt \
    -days 30 -subj "/C=US/ST=WA/O=Hallmark tests/CN=self" -addext "basicConstraints=critical,CA:FALSE" \
    -addext "keyUsage=critical,digitalSignature" -addext "extendedKeyUsage=codeSigning" 2> /dev/null
  chmod go-w self.crt
  layout signed 1.0
  run 2 sign --key self.key --format notation-jws oci:signed:1.0
  err 'cert-chain'
  run 2 sign --key self.key --cert-chain self.crt --format bundle oci:signed:1.0
  err 'cert-chain is for'
  run 2 sign --key self.key --timestamp-url http://127.0.0.1:1/ oci:signed:1.0
  run 2 sign --key self.key --cert-chain "$vectors/stores/ec256-root.crt" oci:signed:1.0
  err 'cannot sign as the Notary Project has it'
  run 2 sign --key self.key --cert-chain missing oci:signed:1.0
  key plain
  run 2 sign --key plain.key --cert-chain self.crt oci:signed:1.0
  run 3 verify --trust-store self.crt --identity '*' oci:signed:1.0
  run 0 sign --key self.key --cert-chain self.crt --format bundle,notation-jws,notation-cose \
    -a env=prod --expires 1d -o json oci:signed:1.0
  out '"format": "notation-cose"'
  run 0 verify --trust-store self.crt --identity 'C=US, ST=WA, O=Hallmark tests' -a env=prod oci:signed:1.0
  run 0 sign --key self.key --cert-chain self.crt --format notation-cose --skip-if-signed -a env=prod \
    --expires 1d oci:signed:1.0
  out 'already signed'
  mkdir -p "$HOME/.config/notation"
  printf '{"default":"self","keys":[{"name":"self","keyPath":"%s","certPath":"%s"},{"name":"odd","keyPath":"x"}]}' \
    "$work/self.key" "$work/self.crt" > "$HOME/.config/notation/signingkeys.json"
  layout listed 1.0
  run 0 sign --key notation:self oci:listed:1.0
  out 'notation-jws'
  run 0 sign --key notation: --format notation-cose oci:listed:1.0
  run 0 verify --trust-store self.crt --identity '*' oci:listed:1.0
  run 2 sign --key notation:nobody oci:listed:1.0
  err 'signingkeys.json'
  run 2 sign --key notation:odd oci:listed:1.0
fi

# What is attached, by its own word.
run 0 inspect -o json "$jws"
out '"format": "notation-jws"'
run 0 inspect "$jws"
out 'CN=n-ec256 signer'
run 0 tree "$cose"
out 'notation-cose'
finish
