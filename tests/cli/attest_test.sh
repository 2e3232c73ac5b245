#!/bin/sh
# Attestations: what a document says of an image is signed byte for byte, or refused with its place
# before anything is asked; verify takes it where its type is asked for, and a signature never.
. "$(dirname "$0")/lib.sh"
key k
key other
layout image 1.0
cp -r image bare
vectors=$SOURCE/vectors/predicate
attest() { run 0 attest --key k.key "$@" oci:image:1.0; }

# By type; an attestation is no signature, and one of another type is none of this.
attest --type cyclonedx --predicate "$vectors/npm-cyclonedx-1.5.json"
out "^attested oci:.*@$digest with sha256:[0-9a-f]{64} \(bundle, https://cyclonedx.org/bom, key "
run 0 verify --key k.pub --attestation cyclonedx oci:image:1.0
out "^allowed"
run 0 verify --key k.pub --attestation https://cyclonedx.org/bom oci:image:1.0
run 1 verify --key k.pub --attestation spdx oci:image:1.0
run 1 verify --key k.pub oci:image:1.0
out attestation
run 1 verify --key other.pub --attestation cyclonedx oci:image:1.0
attest --type spdx --predicate "$vectors/npm-spdx-2.3.json"
run 0 verify --key k.pub --attestation spdx oci:image:1.0
run 0 verify --key k.pub --attestation spdxjson oci:image:1.0

# The bytes that were given are in what was signed, to the last space.
printf '{ "n": 7.50,\n  "big": 12345678901234567890, "slsa": "\\u00e9/" }\n' > document
attest --type https://example.com/x --predicate document
run 0 verify --key k.pub --attestation https://example.com/x oci:image:1.0
payload() { sed -n 's/.*"payload":"\([^"]*\)".*/\1/p' "$1" | base64 -d; }
found=no
for blob in image/blobs/sha256/*; do
  payload "$blob" > statement 2> /dev/null || continue
  grep -q '"predicateType":"https://example.com/x"' statement || continue
  found=yes
  { printf '{"_type":"https://in-toto.io/Statement/v1","subject":[{"digest":{"sha256":"%s"}}],"predicateType":"https://example.com/x","predicate":' "${digest#sha256:}"; cat document; printf '}'; } > wanted
  cmp wanted statement || fail "the statement is not the document"
  checks=$((checks + 1))
done
same $found yes "the statement was stored"

# From stdin; as JSON; without writing.
"$HALLMARK" attest --type custom --predicate - --key k.key -o json oci:image:1.0 < document > out ||
  fail "from stdin"
out '"schema": "hallmark.attested/v1"'
out '"predicateType": "https://cosign.sigstore.dev/attestation/v1"'
out '"outcome": "attested"'
before=$(ls image/blobs/sha256 | wc -l)
attest --type link --predicate document --dry-run
out "^would attest "
same "$(ls image/blobs/sha256 | wc -l)" "$before" "blobs after a dry run"

# In cosign's tag, and in both.
run 3 verify --format cosign --key k.pub --attestation openvex oci:image:1.0
printf '{"@context":"https://openvex.dev/ns","author":"a","statements":[]}' > openvex.json
attest --type openvex --predicate openvex.json --format cosign
out "^attested .* \\(cosign, https://openvex.dev/ns, key "
run 0 verify --format cosign --key k.pub --attestation openvex oci:image:1.0
run 0 verify --key k.pub --attestation openvex oci:image:1.0
run 3 verify --format cosign --key k.pub oci:image:1.0
attest --type custom --predicate document --format cosign,bundle,cosign
same "$(wc -l < out)" 2 "attestations"
for format in cosign bundle; do
  run 0 verify --format $format --key k.pub --attestation custom oci:image:1.0
done
run 0 verify --format cosign --key k.pub --attestation openvex oci:image:1.0
attest --type custom --predicate document --format cosign --dry-run
not_out " with "
run 2 attest --type custom --predicate document --key k.key --format notation-jws oci:image:1.0
err "holds no attestations"

# Documents of a known type are read, and refused with place and reason before any request.
printf '{"builder":{"id":"b"},\n "buildType": 7}' > slsa.json
refused() { # TYPE FILE MESSAGE
  run 2 attest --type "$1" --predicate "$2" --key k.key 127.0.0.1:1/app:1
  err "$3"
  silent
}
refused slsaprovenance slsa.json "slsa.json is no slsaprovenance: 2:15: /buildType: want text"
refused slsaprovenance1 slsa.json "/buildDefinition: missing"
for type in slsaprovenance02 slsaprovenance1 spdx spdxjson cyclonedx vuln openvex; do
  printf '{}' > empty.json
  refused $type empty.json "empty.json is no $type: 1:1: /"
done
printf '{"spdxVersion":"SPDX-2.3","packages":[{"SPDXID":"a","name":"b","name":"c"}]}' > twice.json
refused spdx twice.json '1:64: member "name" appears twice'
printf '{"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld","@graph":[]}' > spdx3.json
refused spdx spdx3.json "SPDX 3: only SPDX-2.2 and SPDX-2.3 are read"
printf '{"SchemaVersion":2,"ArtifactName":"x"}' > trivy.json
refused vuln trivy.json "a scanner's own report"
# By its URI the same is signed as any JSON, and any type wants one JSON object.
attest --type https://spdx.dev/Document --predicate spdx3.json
for text in '' '[]' '"x"' '{} {}' '{},"predicateType":"y"' '{"a":1,"a":2}' '{"a":1e999}'; do
  printf '%s' "$text" > bad.json
  refused https://example.com/x bad.json "bad.json: the predicate: "
  refused custom bad.json "bad.json: the predicate: "
done
refused https://sigstore.dev/cosign/sign/v1 document "use sign"
refused spdy document "did you mean"
refused custom missing.json "missing.json: No such file"
run 2 attest --predicate document --key k.key oci:image:1.0
err "--type TYPE"
run 2 attest --type custom --key k.key oci:image:1.0
err "--predicate FILE"
run 2 attest --type custom --predicate document oci:image:1.0
err "--key KEYREF"
run 2 attest --type custom --predicate - --key k.key -
err "something else comes from stdin already"
run 2 attest --type custom --predicate - --key k.key --from - oci:image:1.0
err "something else comes from stdin already"
run 2 attest --type custom --predicate document --key missing.key oci:image:1.0
run 4 attest --type custom --predicate document --key k.key --timeout 2s 127.0.0.1:1/app:1

# In a registry, with the referrers API and without: each image gets its own.
for options in "" --no-referrers-api; do
  registry $options
  push bare "$registry/app" 1.0
  run 3 verify --key k.pub --attestation https://example.com/x "$registry/app:1.0"
  run 0 attest --type https://example.com/x --predicate document --key k.key "$registry/app:1.0"
  run 0 verify --key k.pub --attestation https://example.com/x "$registry/app:1.0"
  run 4 attest --type custom --predicate document --key k.key "$registry/app:missing" "$registry/app:1.0"
  out "^attested "
  run 0 verify --key k.pub --attestation custom "$registry/app:1.0"
done
finish
