#!/bin/sh
# Signatures that demand a verification plugin, with one where notation keeps plugins.
. "$(dirname "$0")/lib.sh"
command -v openssl > /dev/null || { echo "SKIP: no openssl"; exit 77; }
subject="/C=US/ST=WA/O=Hallmark tests"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout root.key \
  -out root.crt -days 30 -subj "$subject/CN=root" -addext keyUsage=critical,keyCertSign 2> /dev/null
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out leaf.key 2> /dev/null
openssl req -new -key leaf.key -subj "$subject/CN=leaf" -out leaf.csr
printf '%s\n' basicConstraints=critical,CA:FALSE keyUsage=critical,digitalSignature \
  extendedKeyUsage=codeSigning crlDistributionPoints=URI:http://127.0.0.1:1/x.crl > leaf.ext
openssl x509 -req -in leaf.csr -CA root.crt -CAkey root.key -CAcreateserial -days 20 \
  -extfile leaf.ext -out leaf.crt 2> /dev/null
openssl x509 -in leaf.crt -outform DER -out leaf.der
openssl x509 -in root.crt -outform DER -out root.der
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout other.key \
  -out other.crt -days 30 -subj "$subject/CN=other" -addext keyUsage=critical,keyCertSign 2> /dev/null
chmod go-w ./*.crt

# An image, and beside it in the index a signature that demands "fake".
layout image 1.0
image_size=$(wc -c < "image/blobs/sha256/${digest#sha256:}")
media=application/vnd.oci.image.manifest.v1+json
"$ENVELOPE" demand fake leaf.key "$media" "$digest" "$image_size" made leaf.der root.der
blob image < made.envelope > /dev/null
printf '{}' | blob image > /dev/null
set -- $(blob image < made.manifest)
index "$(entry "$digest" "$image_size" manifest ",\"annotations\":{\"org.opencontainers.image.ref.name\":\"1.0\"}"),$(
  entry "$1" "$2" manifest ',"artifactType":"application/vnd.cncf.notary.signature"')" > image/index.json

plugin=$HOME/.config/notation/plugins/fake
data=$work/data
mkdir -p "$data"
install_plugin() { # CAPABILITY [FAULT [COMMAND]]
  mkdir -p "$plugin"
  cp "$FAKE_PLUGIN" "$plugin/notation-fake"
  printf 'folder %s\ncan %s\n' "$data" "$1" > "$plugin/settings"
  [ -z "${2-}" ] || printf 'fault %s\nat %s\n' "$2" "${3-verify-signature}" >> "$plugin/settings"
  rm -f "$data/calls" "$data/asked"
}
verify() { # CODE OPTIONS...
  wanted=$1
  shift
  run "$wanted" verify --trust-store root.crt --identity "${identity-C=US, ST=WA, O=Hallmark tests}" \
    "$@" oci:image:1.0
}

# Without it nobody processes what the signature demands.
verify 1
out 'denied .*unsupported'
out 'verification plugin fake'
# It decides both: its certificate names a place that does not answer.
install_plugin both-checks
verify 0 --explain
out 'by the word of verification plugin fake'
grep -q '"x.demo":"yes"' "$data/asked" || fail "the attribute was not handed over"
grep -q 'x509.subject: C=US, ST=WA, O=Hallmark tests' "$data/asked" || fail "no identity"
same "$(sort "$data/calls" | uniq -c | tr -s ' ' | tr '\n' ';')" " 1 get-plugin-metadata; 1 verify-signature;" \
  "commands"
identity='C=US, ST=WA, O=Somebody else'
verify 0
# It decides who is meant; revocation is ours, and nobody answers.
install_plugin SIGNATURE_VERIFIER.TRUSTED_IDENTITY
verify 4
out 'unknown .*revocation'
unset identity
# It decides about revocation; who is meant is ours.
install_plugin SIGNATURE_VERIFIER.REVOCATION_CHECK
verify 0
identity='C=US, ST=WA, O=Somebody else'
verify 1
out 'untrusted-signer'
unset identity
# Level audit overlooks who signed, and not what nobody processed.
mkdir -p truststore/x509/ca/own
cp root.crt truststore/x509/ca/own/root.crt
chmod -R go-w truststore
printf '{"version":"1.0","trustPolicies":[{"name":"own","registryScopes":["*"],"signatureVerification":{"level":"audit"},"trustStores":["ca:own"],"trustedIdentities":["x509.subject: C=US, ST=WA, O=Somebody else"]}]}\n' > trustpolicy.json
install_plugin SIGNATURE_VERIFIER.REVOCATION_CHECK
run 0 verify --policy trustpolicy.json oci:image:1.0
out 'audited'
install_plugin SIGNATURE_VERIFIER.REVOCATION_CHECK unprocessed
run 4 verify --policy trustpolicy.json oci:image:1.0
out 'unknown .*plugin'
rm -r "$plugin"
run 1 verify --policy trustpolicy.json oci:image:1.0
out 'unsupported'
install_plugin SIGNATURE_VERIFIER.REVOCATION_CHECK refuses
verify 1
out 'denied .*revoked'
install_plugin SIGNATURE_VERIFIER.TRUSTED_IDENTITY refuses
verify 1
out 'denied .*untrusted-signer'
not_out "$(printf '\033')"
# Nothing that goes wrong with it lets anything through.
install_plugin SIGNATURE_GENERATOR.RAW
verify 1
out 'denied .*unsupported'
for fault in die no-json extra-check missing-check unprocessed processed-more no-bool; do
  install_plugin both-checks "$fault"
  verify 4
  out 'unknown .*plugin'
done
install_plugin both-checks hang
verify 4 --timeout 2s
out 'plugin fake: the deadline passed'
# A stranger chooses no program to run.
install_plugin both-checks
run 1 verify --trust-store other.crt --identity '*' oci:image:1.0
[ ! -e "$data/calls" ] || fail "a stranger's signature ran the plugin"
finish
