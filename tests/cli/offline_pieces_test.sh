#!/bin/sh
# Complete material verifies without a socket as it does online; each piece missing in turn is an
# error or a verdict that names the piece (A113).
. "$(dirname "$0")/lib.sh"
key k
layout image 1.0
image=${digest#sha256:}
run 0 sign --key k.key oci:image:1.0
policy p.json '**' k.pub
same "$(ls image/blobs/sha256 | wc -l)" 6 "blobs: manifest, config, layer; carrier, its config, bundle"
bundle=$(basename "$(grep -l dsseEnvelope image/blobs/sha256/*)")
carrier=$(basename "$(grep -l '"subject"' image/blobs/sha256/*)")

facts() { grep -E '"(verdict|reason|basis|digest|rule|artifact|keyId|signer)"' out || true; }
registry
push image "$registry/app" 1.0
run 0 verify --policy p.json "$registry/app:1.0" -o json
facts > online
verify_offline() { # CODE
  run "$1" verify --offline --policy p.json oci:image:1.0 -o json
  facts > offline
  run "$1" verify --offline --policy p.json oci:image:1.0
}
verify_offline 0
same "$(cat offline)" "$(cat online)" "facts of the verdict"
if command -v strace > /dev/null && strace -o trace true 2> /dev/null; then
  # Leaks cannot be looked for under strace.
  ASAN_OPTIONS=detect_leaks=0 strace -f -e trace=socket,connect -o trace "$HALLMARK" verify --offline --policy p.json oci:image:1.0 > out
  ! grep -q 'socket(\|connect(' trace || fail "--offline opened a socket"
else
  echo "skipped: sockets of --offline (no strace)"
fi
unshare -rn true 2> /dev/null && unshare -rn "$HALLMARK" verify --policy p.json oci:image:1.0 > out ||
  echo "skipped: no network interface (unshare is not permitted)"
out '^allowed'

# without FILE CODE NAME: the verdict without that piece names it, and with it is as before.
without() {
  mv "$1" aside
  verify_offline "$2"
  cat err >> out
  out "$3"
  not_out '^allowed'
  not_out '^unsigned'
  mv aside "$1"
  verify_offline 0
}
short() { echo "$1" | cut -c1-12; }
without "image/blobs/sha256/$image" 4 "$(short "$image")"
without "image/blobs/sha256/$carrier" 4 "$(short "$carrier")"
without "image/blobs/sha256/$bundle" 4 "$(short "$bundle")"
without image/index.json 2 'index\.json'
without image/oci-layout 2 'oci-layout'
without k.pub 2 'k\.pub'
without p.json 2 'p\.json'
# What is not looked at need not be there: the image's config and layer, the carrier's empty config.
for hex in $(ls image/blobs/sha256); do
  case $hex in "$image" | "$carrier" | "$bundle") continue ;; esac
  mv "image/blobs/sha256/$hex" aside
  verify_offline 0
  mv aside "image/blobs/sha256/$hex"
done
finish
