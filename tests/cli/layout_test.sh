#!/bin/sh
# Signing and verifying in image layouts: every verdict, and what the text says of it.
. "$(dirname "$0")/lib.sh"
key k
key other --type ed25519
id=$("$HALLMARK" key show k.pub | sed -n 's/^id *//p')
layout image 1.0 2.0
two=$digest
one=$("$HALLMARK" digest oci:image:1.0 | head -n 1)

# Unsigned, then signed.
run 3 verify --key k.pub oci:image:1.0
out '^unsigned oci:image:1.0@sha256:[0-9a-f]{64} +unsigned$'
out '^  rule     --key wants 1 of the keys given with --key$'
out '^  found    no signature is attached$'
out '^  asked    .*0 requests, [0-9]+ ms$'
out '^  fix      hallmark sign --key'
run 0 sign --key k.key --dry-run oci:image:1.0
out '^would sign '
run 3 verify --key k.pub oci:image:1.0
run 0 sign --key k.key oci:image:1.0
out "^signed oci:.*/image@$one with sha256:[0-9a-f]{64} \(bundle, key $id\)\$"
run 0 verify --key k.pub oci:image:1.0
out "^allowed oci:image:1.0@$one  verified by k.pub \($id\), signed 20"
same "$(wc -l < out)" 1 "lines for what is allowed"
run 0 verify --key k.pub "oci:image@$one"
run 0 verify --key k.pub --offline oci:image:1.0
run 0 verify --key other.pub --key k.pub oci:image:1.0
K=$(cat k.pub) run 0 verify --key env:K oci:image:1.0

# Another signer, another image, a layout of several images without a tag.
run 1 verify --key other.pub oci:image:1.0
out 'untrusted-signer$'
run 3 verify --key k.pub oci:image:2.0
run 2 verify --key k.pub oci:image
err '1.0'
run 4 verify --key k.pub oci:image:3.0
out 'not-found$'
run 2 verify --key k.pub oci:nowhere:1.0
err nowhere
run 2 verify --key k.pub --logical-name registry.example/app oci:image:1.0 oci:image:2.0
layout single 1.0
run 3 verify --key k.pub oci:single

# The five parts, always; explained when asked for.
run 1 verify --key other.pub --explain oci:image:1.0
out '^denied '
out '^  rule     '
out "^  found    bundle sha256:[0-9a-f]{12}"
out '^  asked    '
out '^  fix      '
out 'format passed'
out 'authenticity failed \(untrusted-signer\)'
run 0 verify --key k.pub --explain oci:image:1.0
out 'integrity passed'
out ': counts'
run 1 verify --key other.pub --quiet oci:image:1.0
same "$(wc -l < out)" 1 "lines with --quiet"

# Annotations, names, attestations.
run 1 verify --key k.pub -a env=prod oci:image:1.0
out 'annotation$'
run 0 sign --key k.key -a env=prod -a note=a,b oci:image:2.0
run 0 verify --key k.pub -a env=prod -a note=a,b oci:image:2.0
run 1 verify --key k.pub -a env=dev oci:image:2.0
run 1 verify --key k.pub --attestation slsaprovenance oci:image:1.0
out 'attestation$'
run 2 verify --key k.pub --attestation slsaprovenence oci:image:1.0
run 1 verify --key k.pub --signed-name repository --logical-name registry.example/app oci:image:1.0
out 'name-mismatch$'
run 0 sign --key k.key --logical-name registry.example/app oci:image:1.0
run 0 verify --key k.pub --signed-name exact --logical-name registry.example/app oci:image:1.0
out '^allowed registry.example/app:1.0@sha256'
run 1 verify --key k.pub --signed-name tag --logical-name registry.example/other oci:image:1.0
layout renamed 1.0
run 0 sign --key k.key --record-identity registry.example/release:7 oci:renamed
run 1 verify --key k.pub --signed-name exact --logical-name registry.example/release oci:renamed:1.0
run 0 verify --key k.pub --signed-name repository --logical-name registry.example/release oci:renamed

# Time: what has expired, and how it stood before.
layout dated 1.0
run 0 sign --key k.key --expires 1h oci:dated
run 0 verify --key k.pub oci:dated
later=$(date -u -d '+2 hours' +%Y-%m-%dT%H:%M:%SZ)
run 1 verify --key k.pub --as-of "$later" oci:dated
out 'expired$'
out '^  loosened --as-of '
run 0 verify --key k.pub --as-of "$(date -u +%Y-%m-%dT%H:%M:%SZ)" oci:dated
out '^  loosened --as-of '
run 2 verify --key k.pub --as-of yesterday oci:dated

# Signing again.
count() { grep -o '"artifactType"' image/index.json | wc -l; }
before=$(count)
run 0 sign --key k.key --skip-if-signed -a env=prod -a note=a,b oci:image:2.0
out '^already signed'
same "$(count)" "$before" "signatures after --skip-if-signed"
run 0 sign --key k.key oci:image:1.0 oci:image:2.0 -o json
out '"schema": "hallmark.signed/v1"'
same "$(grep -c '"outcome": "signed"' out)" 2 "signed images"

# An index: itself, its children, one platform.
layout_index multi all amd64 arm64
run 0 sign --key k.key oci:multi
run 0 verify --key k.pub oci:multi
several=yes
run 3 verify --key k.pub --recursive oci:multi
out '\(linux/arm64\) +unsigned$'
several=
run 3 verify --key k.pub --platform linux/arm64 oci:multi
run 0 sign --key k.key --recursive oci:multi
same "$(grep -c '^signed' out)" 3 "signed images of an index"
run 0 verify --key k.pub --recursive oci:multi
same "$(grep -c '^allowed' out)" 3 "verdicts of an index"
run 0 verify --key k.pub --platform linux/arm64 oci:multi
out '\(linux/arm64\)'
run 1 verify --key k.pub --platform linux/s390x oci:multi
out 'platform$'
run 2 verify --key k.pub --platform linux oci:multi
run 0 tree oci:multi
out 'nothing here was verified'
out 'linux/arm64'

# One byte changed: of the image, of the signature's bundle, of its manifest.
for what in "$one" bundle manifest; do
  rm -rf broken
  cp -r image broken
  case "$what" in
    sha256:*) file=broken/blobs/sha256/${one#sha256:} ;;
    bundle) file=$(grep -l '"dsseEnvelope"' broken/blobs/sha256/* | head -n 1)
      for more in $(grep -l '"dsseEnvelope"' broken/blobs/sha256/*); do
        chmod u+w "$more"
        printf X | dd of="$more" bs=1 seek=60 conv=notrunc 2> /dev/null
      done ;;
    manifest)
      for more in $(grep -l '"artifactType"' broken/blobs/sha256/*); do
        chmod u+w "$more"
        printf X | dd of="$more" bs=1 seek=60 conv=notrunc 2> /dev/null
      done
      file= ;;
  esac
  [ -z "$file" ] || { chmod u+w "$file"; printf X | dd of="$file" bs=1 seek=60 conv=notrunc 2> /dev/null; }
  code=0
  "$HALLMARK" verify --key k.pub oci:broken:1.0 > out 2> err || code=$?
  [ "$code" = 1 ] || fail "a changed $what ends with $code"
  not_out allowed
done

# Nothing outside the layout is read (A90).
rm -rf broken
cp -r image broken
file=broken/blobs/sha256/${one#sha256:}
mv "$file" stolen
ln -s "$work/stolen" "$file"
code=0
"$HALLMARK" verify --key k.pub oci:broken:1.0 > out 2> err || code=$?
[ "$code" != 0 ] || fail "a link out of the layout is followed"
printf '{"imageLayoutVersion":"9.0.0"}' > broken/oci-layout
run 2 verify --key k.pub oci:broken:1.0
if [ "$(id -u)" != 0 ]; then
  chmod -R a-w image
  run 4 sign --key k.key oci:image:1.0
  chmod -R u+w image
fi

# An archive is read, and never written to.
tar -C image -cf image.tar oci-layout index.json blobs
run 0 verify --key k.pub oci-archive:image.tar:1.0
run 1 verify --key other.pub oci-archive:image.tar:1.0
run 2 sign --key k.key oci-archive:image.tar:1.0
err "not written to"
run 2 verify --key k.pub oci-archive:missing.tar:1.0
finish
