#!/bin/sh
# A document of 50 MB is attested and verified within bounds of memory, and costs nothing where no
# attestation is asked for.
. "$(dirname "$0")/lib.sh"
key k
layout image 1.0
packages=200000
! is_sanitized || packages=20000 # there only that it works: everything takes ten times as long
awk -v packages="$packages" 'BEGIN {
  printf "{\"spdxVersion\":\"SPDX-2.3\",\"SPDXID\":\"SPDXRef-DOCUMENT\",\"name\":\"big\",\"packages\":["
  for (i = 0; i < packages; ++i) {
    printf "%s{\"SPDXID\":\"SPDXRef-%d\",\"name\":\"package-%d\",\"versionInfo\":\"1.%d\",\"downloadLocation\":\"NOASSERTION\",\"licenseDeclared\":\"MIT\",\"licenseConcluded\":\"NOASSERTION\",\"externalRefs\":[{\"referenceCategory\":\"PACKAGE-MANAGER\",\"referenceType\":\"purl\",\"referenceLocator\":\"pkg:deb/debian/package-%d@1.%d\"}]}", (i ? "," : ""), i, i, i, i, i
  }
  printf "]}"
}' > big.json
size=$(wc -c < big.json)
is_sanitized || [ "$size" -gt 50000000 ] || fail "the document has only $size bytes"
measured() { # CODE MAX_KIB ARGUMENTS...
  wanted=$1 max_kib=$2
  shift 2
  ! is_sanitized || max_kib=8388608
  code=0
  "$MEASURE" used "$HALLMARK" "$@" > out 2> err < /dev/null || code=$?
  [ "$code" = "$wanted" ] || fail "exit $code instead of $wanted: hallmark $*"
  memory=$(cut -d ' ' -f 1 used)
  [ "$memory" -le "$max_kib" ] || fail "$memory KiB: hallmark $*"
  checks=$((checks + 2))
}
registry
push image "$registry/app" 1.0
for image in oci:image:1.0 "$registry/app:1.0"; do
  measured 0 589824 attest --timeout 5m --type spdx --predicate big.json --key k.key $image
  measured 0 327680 verify --timeout 5m --key k.pub --attestation spdx $image
  out "^allowed"
  # It is no signature, and too large to be looked at as one.
  measured 1 65536 verify --key k.pub $image
  measured 0 65536 inspect $image
  out "https://spdx.dev/Document"
done
# In cosign's tag too.
measured 0 589824 attest --timeout 5m --type spdx --predicate big.json --key k.key --format cosign oci:image:1.0
measured 0 327680 verify --timeout 5m --format cosign --key k.pub --attestation spdx oci:image:1.0
# One document over the limit: refused before it is read to its end.
{ cat big.json; head -c 70000000 /dev/zero | tr '\0' ' '; } > huge.json
measured 2 262144 attest --type spdx --predicate huge.json --key k.key oci:image:1.0
err "larger than 67108864 bytes"
finish
