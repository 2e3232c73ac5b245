# Looking for the signatures of three formats beside looking for those of one.
all=bundle,cosign,notation-jws
trusted="--trust-store $work/own.crt --identity * --key $work/k.pub"
strange="--trust-store $work/other.crt --identity * --key $work/stranger.pub"
set -f # an identity is a star
sign_in_three() { # REGISTRY: in three formats app, in the last one late
  push amd64 "$1/app:1.0"
  push amd64 "$1/late:1.0"
  for format in bundle cosign notation-jws; do sign_as "$format" good "$1/app:1.0"; done
  sign_as notation-jws good "$1/late:1.0"
}
echo "== three formats beside each of them, signed in all"
test_registry three
sign_in_three "$registry"
for binary in $binaries; do
  for format in $all bundle cosign notation-jws; do
    # shellcheck disable=SC2086
    compare "$format" "$(realpath "$binary")" verify --format "$format" $trusted \
      "$registry/app@$digest"
  done
  measure
done
echo "== the same one answer after another (goal: all no deeper than the deepest of them)"
slow_registries
for place in $slow; do sign_in_three "$place"; done
for format in bundle cosign notation-jws $all; do
  # shellcheck disable=SC2086
  depth 0 "$format" "app@$digest" "$HALLMARK" verify --format "$format" $trusted
done
for format in bundle cosign notation-jws $all; do
  # shellcheck disable=SC2086
  depth 1 "$format, of strangers" "app@$digest" "$HALLMARK" verify --format "$format" $strange
done
for format in notation-jws $all; do
  # shellcheck disable=SC2086
  depth 0 "$format, signed in the last" "late@$digest" \
    "$HALLMARK" verify --format "$format" $trusted
done
set +f
