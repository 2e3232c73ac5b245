# One signature of each format at a local docker-registry, by digest, beside the format's own tools.
docker_registry bench
for format in bundle cosign notation-jws notation-cose; do
  case "$format" in
    bundle) goal="" ;;
    cosign) goal=", goal: cosign at least 8x" ;;
    *) goal=", goal: notation at least 2.5x in CPU and wall" ;;
  esac
  echo "== verify one $format signature by digest (goal: peak below 12 MiB$goal)"
  push amd64 "$registry/$format:1.0"
  sign_as "$format" good "$registry/$format:1.0"
  image=$registry/$format@$digest
  trust_options "$format"
  # shellcheck disable=SC2086
  ours "" verify $by "$image"
  case "$format" in
    bundle) compare_cosign "cosign 3" "$cosign3" "$work/k.pub" "$image" ;;
    cosign)
      compare_cosign "cosign 2" "$cosign2" "$work/k.pub" "$image"
      compare_cosign "cosign 3" "$cosign3" "$work/k.pub" "$image"
      ;;
    *) compare notation "$notation" verify --insecure-registry "$image" ;;
  esac
  measure
done
