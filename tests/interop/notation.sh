#!/bin/sh
# The real notation, both ways: it verifies the envelopes that our writer makes, of every kind of key,
# and ours opens what it signs. Through a registry with the referrers API.
. "$(dirname "$0")/world.sh"
bin=$PEERS/tools/usr/bin
[ -x "$bin/notation" ] && [ -x "$bin/oras" ] || skip "no notation or oras in $PEERS; run fetch-peers"
. "$(dirname "$0")/certificates.sh"
new_root root
trust own root
trust_policy own '*'

test_registry api
real_image amd64
set -- $(layout_entry amd64)
digest=$1 size=$2
manifest_type=application/vnd.oci.image.manifest.v1+json
printf '{}' > "$work/config.json"

attach() { # REPOSITORY PREFIX: pushes the envelope and its manifest
  "$bin/oras" blob push --plain-http "$1" "$work/config.json" > /dev/null 2>&1 || fail "config"
  "$bin/oras" blob push --plain-http "$1" "$work/$2.envelope" > /dev/null 2>&1 || fail "envelope"
  "$bin/oras" manifest push --plain-http --media-type "$manifest_type" "$1" "$work/$2.manifest" \
    > "$work/out" 2>&1 || fail "manifest"
}
notation_verify() { # REPOSITORY [OPTIONS]
  repository=$1
  shift
  "$bin/notation" verify --insecure-registry "$@" "$repository@$digest"
}

# Signed here, verified there.
for kind in ec:P-256 ec:P-384 ec:P-521 rsa:2048 rsa:3072 rsa:4096; do
  leaf_of_kind "$kind" root
  for type in jws cose; do
    repository=$registry/ours/$name-$type
    push amd64 "$repository:v1"
    expect 0 "write $name $type" "$ENVELOPE" write "$type" "$work/$name.key" "$manifest_type" \
      "$digest" "$size" 3600 "$work/$name-$type" "$work/$name.der" "$work/root.der"
    attach "$repository" "$name-$type"
    check "notation notation-$type out $name" 0 "notation verifies our $type by $name" \
      notation_verify "$repository" -m env=prod
    check "notation notation-$type out metadata that was not signed" \
      1 "notation misses our metadata" \
      notation_verify "$repository" -m env=dev
  done
done

# Tampered: notation refuses ours, ours refuses notation's.
for type in jws cose; do
  repository=$registry/tampered/$type
  push amd64 "$repository:v1"
  expect 0 "write $type" "$ENVELOPE" write "$type" "$work/ec-p-256.key" "$manifest_type" \
    "sha256:$(printf %064d 1)" "$size" 0 "$work/other-$type" "$work/ec-p-256.der" "$work/root.der"
  sed "s/sha256:$(printf %064d 1)/$digest/" "$work/other-$type.manifest" > "$work/moved-$type.manifest"
  cp "$work/other-$type.envelope" "$work/moved-$type.envelope"
  attach "$repository" "moved-$type"
  check "notation notation-$type out moved to another image" \
    1 "notation refuses an envelope for another image" \
    notation_verify "$repository"
  says "signature verification failed"
done

# Signed there, opened here.
signing_key ec-p-256
for type in jws cose; do
  repository=$registry/theirs/$type
  push amd64 "$repository:v1"
  expect 0 "notation signs $type" "$bin/notation" sign --insecure-registry \
    --signature-format "$type" --user-metadata env=prod --expiry 24h "$repository@$digest"
  signature=$("$bin/oras" discover --plain-http --format json "$repository@$digest" |
    tr -d '\n ' | grep -o '"digest":"sha256:[0-9a-f]*","size":[0-9]*,"annotations"' | head -n 1 |
    cut -d'"' -f4)
  envelope=$(curl -sf -H "Accept: $manifest_type" "http://${repository%%/*}/v2/${repository#*/}/manifests/$signature" |
    tr -d '\n ' | sed 's/.*"layers":\[{[^}]*"digest":"\([^"]*\)".*/\1/')
  curl -sf "http://${repository%%/*}/v2/${repository#*/}/blobs/$envelope" > "$work/theirs.$type" ||
    fail "no envelope of notation"
  check "notation notation-$type in the envelope alone" 0 "open notation's $type" \
    "$ENVELOPE" open "$type" "$work/theirs.$type" "$work/ec-p-256.pub"
  says "^$digest\$"
  check "notation notation-$type in another key" 1 "another key" \
    "$ENVELOPE" open "$type" "$work/theirs.$type" "$work/ec-p-384.pub"
  says "^algorithm"
  size_of=$(wc -c < "$work/theirs.$type")
  { head -c $((size_of - 4)) "$work/theirs.$type"; printf AA; tail -c 2 "$work/theirs.$type"; } \
    > "$work/changed.$type"
  cmp -s "$work/theirs.$type" "$work/changed.$type" && fail "nothing was changed"
  check "notation notation-$type in a changed signature" 1 "a changed signature" \
    "$ENVELOPE" open "$type" "$work/changed.$type" "$work/ec-p-256.pub"
done
finish
