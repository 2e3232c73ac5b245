# Thirty signatures that are good for nothing beside a good one: of a stranger, pushed before the
# good one and after it (verifiers differ in which they read first), and malformed.
put_blob() { # REPOSITORY FILE: sets $blob to its "DIGEST SIZE"
  base=http://${1%%/*}/v2/${1#*/}/blobs/uploads/
  location=$(curl -sf -X POST -D - -o /dev/null "$base" | tr -d '\r' | sed -n 's/^[Ll]ocation: //p')
  case "$location" in /*) location=http://${1%%/*}$location ;; esac
  case "$location" in *\?*) location="$location&" ;; *) location="$location?" ;; esac
  blob="sha256:$(sha256sum < "$2" | cut -c1-64)"
  curl -sf -X PUT --data-binary "@$2" -H 'Content-Type: application/octet-stream' \
    "${location}digest=$blob" > /dev/null || fail "a blob could not be pushed"
  blob="$blob $(wc -c < "$2")"
}
put_manifest() { # REPOSITORY REFERENCE FILE
  curl -sf -X PUT --data-binary "@$3" -H "Content-Type: application/vnd.oci.image.manifest.v1+json" \
    "http://${1%%/*}/v2/${1#*/}/manifests/$2" > /dev/null || fail "a manifest could not be pushed"
}
# A referrer of the image that says to be the newest signature and holds text.
attach_malformed() { # REPOSITORY FORMAT NUMBER
  repository=$1 number=$3
  printf '{}' > "$work/empty"
  printf '{"nothing": %d' "$number" > "$work/text"
  case "$2" in
    bundle)
      type=application/vnd.dev.sigstore.bundle.v0.3+json
      set -- "$type" application/vnd.oci.empty.v1+json "$type" \
        '"dev.sigstore.bundle.content":"dsse-envelope","dev.sigstore.bundle.predicateType":"https://sigstore.dev/cosign/sign/v1",'
      ;;
    *)
      type=application/vnd.cncf.notary.signature
      set -- "$type" "$type" application/jose+json \
        '"io.cncf.notary.x509chain.thumbprint#S256":"[\"00\"]",'
      ;;
  esac
  put_blob "$repository" "$work/empty"
  set -- "$@" $blob
  put_blob "$repository" "$work/text"
  set -- "$@" $blob
  printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","artifactType":"%s","config":{"mediaType":"%s","digest":"%s","size":%s},"layers":[{"mediaType":"%s","digest":"%s","size":%s}],"subject":{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"%s","size":%s},"annotations":{%s"org.opencontainers.image.created":"2099-01-01T00:00:00Z"}}' \
    "$1" "$2" "$5" "$6" "$3" "$7" "$8" "$digest" "$size" "$4" > "$work/manifest"
  put_manifest "$repository" "sha256:$(sha256sum < "$work/manifest" | cut -c1-64)" "$work/manifest"
}
# Behind the .sig tag: what strangers signed loses its signatures.
spoil_tag() { # REPOSITORY
  curl -sf "http://${1%%/*}/v2/${1#*/}/manifests/sha256-${digest#sha256:}.sig" \
    -H "Accept: application/vnd.oci.image.manifest.v1+json" > "$work/tag"
  python3 - "$work/tag" <<'END_OF_PYTHON'
import json, sys
with open(sys.argv[1]) as file:
    manifest = json.load(file)
for number, layer in enumerate(manifest["layers"][1:]):
    layer["annotations"]["dev.cosignproject.cosign/signature"] = f"!{number}"
with open(sys.argv[1], "w") as file:
    json.dump(manifest, file)
END_OF_PYTHON
  put_manifest "$1" "sha256-${digest#sha256:}.sig" "$work/tag"
}
thirty() { # FORMAT REPOSITORY
  for i in $(seq 30); do sign_as "$1" junk "$2:1.0" -a "n=$i"; done
}
populate() { # FORMAT CASE
  repository=$registry/$1-$2
  push amd64 "$repository:1.0"
  [ "$2" != older ] || thirty "$1" "$repository"
  sign_as "$1" good "$repository:1.0"
  case "$2-$1" in
    newer-*) thirty "$1" "$repository" ;;
    malformed-cosign) thirty "$1" "$repository" && spoil_tag "$repository" ;;
    malformed-*) for i in $(seq 30); do attach_malformed "$repository" "$1" "$i"; done ;;
  esac
}
junk_cases="alone older newer malformed"
test_registry junk
for format in bundle cosign notation-jws; do
  echo "== thirty useless $format signatures beside the good one (goal: at most 1.5x)"
  for case in $junk_cases; do
    populate "$format" "$case"
  done
  trust_options "$format"
  for binary in $binaries; do
    for case in $junk_cases; do
      # shellcheck disable=SC2086
      compare "$case, ${binary#"$PWD/"}" "$(realpath "$binary")" verify $by "$registry/$format-$case@$digest"
    done
    measure
  done
  case "$format" in
    bundle) peers=cosign3 ;;
    cosign) peers="cosign2 cosign3" ;;
    *) peers=notation ;;
  esac
  for peer in $peers; do
    for case in $junk_cases; do
      image=$registry/$format-$case@$digest
      case "$peer" in
        cosign2) compare_cosign "$case, $peer" "$cosign2" "$work/k.pub" "$image" ;;
        cosign3) compare_cosign "$case, $peer" "$cosign3" "$work/k.pub" "$image" ;;
        *) compare "$case, $peer" "$notation" verify --insecure-registry "$image" ;;
      esac
    done
    [ ! -f "$work/commands" ] || measure
  done
done
