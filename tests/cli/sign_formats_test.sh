#!/bin/sh
# Signing in cosign v2's format, alone and beside bundles: what is written, what is read again, and
# what happens when one of the formats cannot be written.
. "$(dirname "$0")/lib.sh"
key k
key other --type ed25519
layout image 1.0 2.0
one=$("$HALLMARK" digest oci:image:1.0 | head -n 1)
tag=sha256-${one#sha256:}.sig

# In a layout: signed, read by every verb that reads.
run 0 sign --key k.key --format cosign -a env=prod --expires 90d \
  --logical-name registry.example/app oci:image:1.0
out "^signed .*/?app@$one with sha256:[0-9a-f]{64} \(cosign, key [0-9a-f]{16}\)\$"
artifact=$(grep -oE 'with sha256:[0-9a-f]{64}' out | cut -d ' ' -f 2)
grep -q "\"$tag\"" image/index.json || fail "no tag $tag"
grep -q "$artifact" image/index.json || fail "the tag names another manifest"
verify() { run "$1" verify --key k.pub --logical-name registry.example/app oci:image:1.0 $2; }
verify 0 ""
out 'signed 20'
verify 0 "--format cosign --signed-name exact -a env=prod"
verify 3 "--format bundle"
verify 1 "--format cosign -a env=test"
verify 0 "--format cosign --as-of $(date -u -d '+89 days' +%Y-%m-%dT%H:%M:%SZ)"
verify 1 "--format cosign --as-of $(date -u -d '+91 days' +%Y-%m-%dT%H:%M:%SZ)"
out 'expired$'
run 1 verify --key other.pub --format cosign oci:image:1.0
out 'untrusted-signer$'
run 1 verify --key k.pub --signed-name exact --logical-name registry.example/other oci:image:1.0
out 'name-mismatch$'
run 0 inspect oci:image:1.0
out 'simplesigning'
out "$artifact"
run 0 tree oci:image:1.0
out 'cosign'

# A second signer, the same again, and a layout without a name: its path is not signed.
run 0 sign --key other.key --format cosign oci:image:1.0
run 0 verify --key other.pub --format cosign oci:image:1.0
verify 0 "--format cosign"
run 0 sign --key other.key --format cosign --skip-if-signed oci:image:1.0
out '^already signed .*\(cosign, key'
! grep -rlq "$work" image/blobs || fail "the path of the layout was signed"
same "$(grep -c "\"$tag\"" image/index.json)" 1 "entries of the tag"

# Both formats: in the order of the flag, each once, in text and in JSON.
run 0 sign --key k.key --format cosign,bundle,cosign oci:image:2.0
same "$(sed 's/.*(\([a-z]*\), key.*/\1/' out | tr '\n' ' ')" "cosign bundle " "formats in order"
run 0 sign --key k.key --format bundle,cosign --skip-if-signed oci:image:2.0 -o json
same "$(grep -c '"outcome": "already-signed"' out)" 2 "formats that were there"
run 0 sign --key other.key --format bundle,cosign --dry-run oci:image:2.0 -o json
same "$(sed -n 's/^ *"format": "\(.*\)",$/\1/p' out | tr '\n' ' ')" "bundle cosign " "formats in JSON"
out '"artifact": "sha256:'
out '"artifact": null'
out '"outcome": "would-sign"'
run 1 verify --key other.pub oci:image:2.0
HALLMARK_FORMAT=cosign run 0 sign --key other.key oci:image:2.0
out '\(cosign, key'

# One byte of the payload changed.
payload=$(grep -l '"cosign container image signature"' $(grep -rlE '"env":"prod"' image/blobs))
cp "$payload" saved
sed -i 's/"env":"prod"/"env":"prob"/' "$payload"
run 1 verify --key k.pub --format cosign oci:image:1.0
mv saved "$payload"
verify 0 "--format cosign"

# Names that are none are said before any request.
layout plain 2.0
registry
push plain "$registry/app" 2.0
before=$(requests)
for formats in notary bundle,notary ',' 'bundle,' Cosign; do
  run 2 sign --key k.key --format "$formats" "$registry/app:2.0"
  err 'bundle, cosign'
done
run 2 sign --key k.key --format '' "$registry/app:2.0"
same "$(requests)" "$before" "requests before an unknown format was noticed"
run 2 sign --key k.key --format cosign -a hallmark=1 "$registry/app:2.0"
err 'annotation hallmark'

# In registries, with and without the referrers API; an index with every image of it.
in_registry() {
  push plain "$registry/app" 2.0
  run 0 sign --key k.key --format bundle,cosign "$registry/app:2.0"
  run 0 verify --key k.pub --format cosign --signed-name exact "$registry/app:2.0"
  run 0 verify --key k.pub --format bundle --signed-name exact "$registry/app:2.0"
  run 0 inspect "$registry/app:2.0"
  out 'simplesigning'
  out '^2 attached'
  layout_index multi all amd64 arm64
  push multi "$registry/multi" all
  run 0 sign --key k.key -r --format cosign,bundle "$registry/multi:all"
  same "$(wc -l < out)" 6 "signatures of an index with two images"
  run 0 verify --key k.pub -r --format cosign "$registry/multi:all"
  layout plain 2.0
}
in_registry
registry --no-referrers-api
in_registry

# A format that cannot be written leaves the other; what stands behind the tag is not written over.
registry --fault "method=PUT;regex=/manifests/sha256-.*[.]sig;do=answer;status=403"
push plain "$registry/app" 2.0
run 4 sign --key k.key --format cosign,bundle "$registry/app:2.0"
out '\(bundle, key'
not_out '\(cosign, key'
err "as cosign: add to tag sha256-"
run 0 verify --key k.pub "$registry/app:2.0"
registry
push plain "$registry/app" 2.0
two=$digest
for kind in index manifest; do
  if [ $kind = index ]; then
    index "" > there
  else
    cp "plain/blobs/sha256/${two#sha256:}" there
  fi
  curl -sf -X PUT --data-binary @there -H "Content-Type: application/vnd.oci.image.$kind.v1+json" \
    "http://$registry/v2/app/manifests/sha256-${two#sha256:}.sig" > /dev/null || fail "push"
  run 4 sign --key k.key --format cosign "$registry/app:2.0"
  err 'holds no signatures of cosign, so nothing is added to it'
  curl -sf -H "Accept: application/vnd.oci.image.$kind.v1+json" \
    "http://$registry/v2/app/manifests/sha256-${two#sha256:}.sig" | cmp -s - there ||
    fail "the $kind was written over"
done
finish
