#!/bin/sh
# The real skopeo, and with it podman's and CRI-O's library: what we sign in cosign's format it
# accepts by a containers policy of kind sigstoreSigned, by each kind of identity, and refuses where
# it should; what it signs we accept, and both keep each other's signatures.
. "$(dirname "$0")/world.sh"
skopeo=$PEERS/skopeo/run
[ -x "$skopeo" ] || skip "no skopeo with sigstore (tests/interop/fetch-peers brings it)"
"$skopeo" --version > /dev/null 2>&1 || skip "skopeo of Debian unstable does not run here"

real_image amd64
real_image arm64
real_image s390x

# copy CODE WHAT KEY IDENTITY IMAGE [OPTIONS]: skopeo copies the image if the policy lets it.
copy() {
  want=$1 doing=$2 key=$3 identity=$4 from=$5
  shift 5
  printf '{"default":[{"type":"reject"}],"transports":{"docker":{"%s":[{"type":"sigstoreSigned","keyPath":"%s"%s}]}}}' \
    "$registry" "$work/$key.pub" "${identity:+,\"signedIdentity\":$identity}" > "$work/policy.json"
  rm -rf "$work/to"
  expect "$want" "$doing" "$skopeo" --policy "$work/policy.json" --registries.d "$work/registries.d" \
    copy "$@" --src-tls-verify=false "docker://$from" "dir:$work/to"
  case "$doing" in
    *" of three signers") doing="each of three signers" ;;
    "skopeo accepts "*" by digest") doing="by digest" ;;
    "skopeo accepts "*) doing=${doing#skopeo accepts } doing=${doing% by tag} ;;
  esac
  tell "skopeo cosign out $doing" "$want"
}
repository='{"type":"matchRepository"}'

attachments() { # for the registry in $registry
  mkdir -p "$work/registries.d"
  printf 'docker:\n  %s:\n    use-sigstore-attachments: true\n' "$registry" \
    > "$work/registries.d/$1.yaml"
}

ours() {
  for type in ecdsa-p256 ecdsa-p384 ed25519 rsa-3072; do
    [ -f "$work/$type.key" ] || new_key "$type" "$type"
    image=$registry/team/$type:1.0
    push amd64 "$image"
    copy 1 "nothing signed yet" "$type" "" "$image"
    expect 0 "we sign with $type" "$HALLMARK" sign --format cosign --key "$work/$type.key" \
      -a env=prod --expires 90d "$image"
    digest=$("$HALLMARK" digest "$image" | grep -o 'sha256:[0-9a-f]*' | head -n 1)
    copy 0 "skopeo accepts $type by tag" "$type" "" "$image"
    copy 0 "skopeo accepts $type by digest" "$type" "" "${image%:*}@$digest"
  done
  image=$registry/team/ecdsa-p256:1.0
  copy 1 "another key" ed25519 "" "$image"
  says "cryptographic signature verification failed"
  push amd64 "$registry/team/ecdsa-p256:2.0"
  copy 1 "another tag of the same image" ecdsa-p256 "" "$registry/team/ecdsa-p256:2.0"
  copy 0 "another tag, by repository" ecdsa-p256 "$repository" "$registry/team/ecdsa-p256:2.0"
  push arm64 "$registry/team/ecdsa-p256:1.0"
  copy 1 "another image under the tag" ecdsa-p256 "" "$image"

  # Signed by digest: no tag is in the name, and the default identity takes no such signature.
  image=$registry/team/by-digest
  push amd64 "$image:1.0"
  expect 0 "we sign by digest" "$HALLMARK" sign --format cosign --key "$work/ecdsa-p256.key" \
    "$image@$digest"
  copy 1 "signed by digest, by tag" ecdsa-p256 "" "$image:1.0"
  copy 1 "signed by digest, by digest" ecdsa-p256 "" "$image@$digest"
  says "is not accepted"
  copy 0 "signed by digest, by repository" ecdsa-p256 "$repository" "$image:1.0"
  copy 0 "signed by digest, by exact repository" ecdsa-p256 \
    "{\"type\":\"exactRepository\",\"dockerRepository\":\"$image\"}" "$image:1.0"
  copy 1 "signed by digest, another exact repository" ecdsa-p256 \
    "{\"type\":\"exactRepository\",\"dockerRepository\":\"$image-2\"}" "$image:1.0"

  # Signed under the name that it is released as, pulled from a mirror.
  image=$registry/mirror/app:1.4
  push amd64 "$image"
  expect 0 "we sign another name" "$HALLMARK" sign --format cosign --key "$work/ecdsa-p256.key" \
    --record-identity registry.example/team/app "$image"
  copy 1 "signed under another name, its own" ecdsa-p256 "" "$image"
  copy 0 "signed under another name, the name mapped" ecdsa-p256 "{\"type\":\"remapIdentity\",\"prefix\":\"$registry/mirror\",\"signedPrefix\":\"registry.example/team\"}" "$image"
  copy 0 "signed under another name, that name" ecdsa-p256 \
    '{"type":"exactReference","dockerReference":"registry.example/team/app:1.4"}' "$image"

  # Changed, and of another image.
  type=application/vnd.oci.image.manifest.v1+json
  base=http://$registry/v2/mirror/app/manifests/sha256-${digest#sha256:}.sig
  curl -sf -H "Accept: $type" "$base" > "$work/good"
  sed -E 's#(cosign/signature":".{20})A#\1B#;t;s#(cosign/signature":".{20}).#\1A#' \
    "$work/good" > "$work/changed"
  curl -sf -X PUT -H "Content-Type: $type" --data-binary "@$work/changed" "$base" > /dev/null ||
    fail "the changed manifest could not be pushed"
  copy 1 "a changed signature" ecdsa-p256 "$repository" "$image"
  push arm64 "$image"
  other=$("$HALLMARK" digest "$image" | grep -o 'sha256:[0-9a-f]*' | head -n 1)
  curl -sf -X PUT -H "Content-Type: $type" --data-binary "@$work/good" \
    "${base%/*}/sha256-${other#sha256:}.sig" > /dev/null || fail "the manifest could not be pushed"
  copy 1 "the signature of another image" ecdsa-p256 \
    '{"type":"exactReference","dockerReference":"registry.example/team/app:1.4"}' "$image"

  push_index "$registry/team/multi" all
  expect 0 "we sign an index" "$HALLMARK" sign --format cosign -r --key "$work/ecdsa-p256.key" \
    "$registry/team/multi:all"
  copy 0 "an index" ecdsa-p256 "" "$registry/team/multi:all" --all
  copy 0 "one image of it" ecdsa-p256 "" "$registry/team/multi:all" --override-arch arm64
}

mixed() {
  image=$registry/team/mixed:1.0
  echo pw > "$work/passphrase"
  printf '{"default":[{"type":"insecureAcceptAnything"}]}' > "$work/any.json"
  expect 0 "skopeo signs" "$skopeo" --policy "$work/any.json" --registries.d "$work/registries.d" \
    copy --dest-tls-verify=false --sign-by-sigstore-private-key "$work/rsa-3072.key" \
    --sign-passphrase-file "$work/passphrase" "oci:$work/image:s390x" "docker://$image"
  check "skopeo cosign in the exact name" 0 "we verify what skopeo signed" \
    "$HALLMARK" verify --key "$work/rsa-3072.pub" --signed-name exact "$image"
  expect 0 "we add" "$HALLMARK" sign --format cosign --key "$work/ecdsa-p256.key" "$image"
  expect 0 "skopeo adds" "$skopeo" --policy "$work/any.json" --registries.d "$work/registries.d" \
    copy --src-tls-verify=false --dest-tls-verify=false \
    --sign-by-sigstore-private-key "$work/ed25519.key" \
    --sign-passphrase-file "$work/passphrase" "docker://$image" "docker://$image"
  for key in rsa-3072 ecdsa-p256 ed25519; do
    copy 0 "skopeo accepts $key of three signers" "$key" "" "$image"
    expect 0 "we accept $key of three signers" \
      "$HALLMARK" verify --key "$work/$key.pub" --signed-name exact "$image"
    [ "$key" = ecdsa-p256 ] || tell "skopeo cosign in each of three signers" 0
  done
}

docker_registry fallback
attachments fallback
ours
mixed
test_registry api
attachments api
ours
mixed
finish
