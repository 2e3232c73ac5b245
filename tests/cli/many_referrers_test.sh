#!/bin/sh
# 10,000 referrers (A57, A79): what a hostile registry lists costs no more than 64 requests and
# 64 MiB, and hides nothing: a good signature that is not reached is unknown, never unsigned.
. "$(dirname "$0")/lib.sh"
key k
key stranger
layout image 1.0
of_image() { # the image's referrers in the layout, without annotations, one a line
  grep -o '{"mediaType":[^{}]*"artifactType":[^{}]*' image/index.json | sed 's/,"annotations":$//; s/$/}/'
}
set -- oci:image:1.0 oci:image:1.0 oci:image:1.0 oci:image:1.0 oci:image:1.0 oci:image:1.0
run 0 sign --key stranger.key "$@" "$@" "$@" "$@" "$@" "$@"
of_image > strangers
run 0 sign --key k.key oci:image:1.0
of_image | grep -vxFf strangers > good
same "$(wc -l < strangers) $(wc -l < good)" "36 1" "signatures"

# Ours among 10,000: the strangers' come first, then others that only look like signatures.
awk 'BEGIN { for (i = 36; i < 9999; ++i) printf("{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\"sha256:%064x\",\"size\":900,\"artifactType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\"}\n", i) }' \
  | cat strangers - > others
listing() { # PLACE
  echo '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":['
  { head -n $(($1 - 1)) others; cat good; tail -n +"$1" others; } | paste -s -d ,
  echo ']}'
}
listing 3 > third
listing 10000 > last
same "$(grep -o '"digest"' last | wc -l)" 10000 "entries"

# The first question gets the one, all others the other.
answer="method=GET;regex=/referrers/;do=answer;header=Content-Type: application/vnd.oci.image.index.v1+json"
registry --fault "$answer;times=1;body-file=$work/third" --fault "$answer;at=2;body-file=$work/last"
digest=$("$HALLMARK" digest oci:image:1.0 | head -n 1)
push image "$registry/app" 1.0
judged() { # CODE PLACE
  before=$(requests)
  cost "$1" 65536 verify --key k.pub "$registry/app:1.0"
  spent=$(($(requests) - before))
  [ "$spent" -le 64 ] || fail "$spent requests"
  echo "place $2: $spent requests, $memory KiB"
}
judged 0 3
out "^allowed $registry/app:1.0@$digest"
judged 4 10000
out '^unknown .* limit$'
finish
