#!/bin/sh
# What strangers send costs little, whatever it is (A17, A57, A79): every verdict about it comes
# within 3 seconds, 64 MiB and a stack of 256 KiB, and is never "allowed" nor "unsigned".
. "$(dirname "$0")/lib.sh"
command -v openssl > /dev/null || { echo "SKIP: no openssl"; exit 77; }
most=65536
deep=47000 # what nests costs no more than 32 MiB over the 15 MiB of an ordinary verdict
key k
layout bare 1.0
bare_entries=$entries
cp -r bare image
run 0 sign --key k.key oci:image:1.0
cost 0 $most verify --key k.pub oci:image:1.0

many() { yes "$2" | head -n "$1" | tr -d '\n'; }
nested() { head -c "$1" /dev/zero | tr '\0' '['; }
bundle_type=application/vnd.dev.sigstore.bundle.v0.3+json
# envelope PAYLOAD: a bundle over that file, which k really signed.
envelope() {
  { printf 'DSSEv1 28 application/vnd.in-toto+json %s ' "$(wc -c < "$1")"; cat "$1"; } > pae
  openssl dgst -sha256 -sign k.key pae | base64 -w 0 > sig
  printf '{"mediaType":"%s","verificationMaterial":{"publicKey":{"hint":"k"}},"dsseEnvelope":{"payload":"' $bundle_type
  base64 -w 0 "$1"
  printf '","payloadType":"application/vnd.in-toto+json","signatures":[{"sig":"%s"}]}%s}' "$(cat sig)" "${2-}"
}
statement() { # SUBJECTS PREDICATE_FILE
  printf '{"_type":"https://in-toto.io/Statement/v1","subject":[%s],"predicateType":"https://sigstore.dev/cosign/sign/v1","predicate":' "$1"
  cat "$2"
  printf '}'
}
subject="{\"digest\":{\"sha256\":\"${digest#sha256:}\"}}"
printf '{}' > none
# attach BUNDLE: a layout "hostile" whose image has exactly that bundle.
attach() {
  rm -rf hostile
  cp -r bare hostile
  set -- $(blob hostile < "$1") $(printf '{}' | blob hostile) "$(wc -c < "bare/blobs/sha256/${digest#sha256:}")"
  set -- $(printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","artifactType":"%s","config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"%s","size":%s},"layers":[{"mediaType":"%s","digest":"%s","size":%s}],"subject":{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"%s","size":%s}}' \
    $bundle_type "$3" "$4" $bundle_type "$1" "$2" "$digest" "$5" | blob hostile)
  index "$bare_entries,$(entry "$1" "$2" manifest ",\"artifactType\":\"$bundle_type\"")" > hostile/index.json
}
judged() { # CODES KIB BUNDLE
  attach "$3"
  cost "$1" "$2" verify --key k.pub oci:hostile:1.0
  not_out '^unsigned'
}

# The same made by hand and ordinary is allowed: what follows fails for what it says.
statement "$subject" none > payload
envelope payload > bundle
judged 0 $most bundle

# Bundles and payloads that nest, also well signed ones.
{ printf '{"mediaType":"%s","a":' $bundle_type; nested 100000; } > bundle
judged "1 4" $deep bundle
nested 4000000 > bundle
judged "1 4" $deep bundle
nested 100000 > payload
envelope payload > bundle
judged "1 4" $deep bundle
nested 100000 > predicate
statement "$subject" predicate > payload
envelope payload > bundle
judged "1 4" $deep bundle

# Many subjects, values, log entries and signatures; large bundles.
statement "$(many 30000 "$subject,")$subject" none > payload
envelope payload > bundle
judged "1 4" $most bundle
statement "$(many 100000 "$subject,")$subject" none > payload
envelope payload > bundle
judged "1 4" $most bundle
{ printf '['; many 199900 '0,'; printf '0]'; } > predicate
statement "$subject" predicate > payload
envelope payload > bundle
judged "0 1 4" $most bundle
{ printf '['; many 1400000 '0,'; printf '0]'; } > predicate
statement "$subject" predicate > payload
envelope payload > bundle
judged "1 4" $most bundle
statement "$subject" none > payload
envelope payload ",\"x\":[$(many 20000 '{},'){}]" > bundle
judged "1 4" $most bundle
log_entries="{\"logIndex\":\"1\",\"logId\":{\"keyId\":\"AAAA\"},\"kindVersion\":{\"kind\":\"dsse\",\"version\":\"0.0.1\"},\"integratedTime\":\"1\",\"canonicalizedBody\":\"AAAA\"}"
printf '%s' "s|\"publicKey\":{\"hint\":\"k\"}|&,\"tlogEntries\":[$(many 1000 "$log_entries,")$log_entries]|" > change
envelope payload | sed -f change > bundle
judged "0 1 4" $most bundle
printf '%s' "s|\"signatures\":\[|&$(many 20000 '{"sig":"AAAA"},')|" > change
envelope payload | sed -f change > bundle
judged "1 4" $most bundle
head -c 134217728 /dev/zero > bundle
judged "1 4" $most bundle
rm bundle

# Manifests of the image: too large, nested, of too many values, an index over too many.
manifest_is() { # KIB < BYTES
  rm -rf other
  cp -r bare other
  set -- "$1" $(blob other)
  index "$(entry "$2" "$3" "${kind-manifest}" ',"annotations":{"org.opencontainers.image.ref.name":"1.0"}')" > other/index.json
  cost "1 4" "$1" verify --key k.pub -r oci:other:1.0
  not_out '^unsigned'
}
image_manifest='{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",'
head -c 4194305 /dev/zero | tr '\0' ' ' | manifest_is $most
{ printf '%s"a":' "$image_manifest"; nested 100000; } | manifest_is $deep
{ printf '%s"a":[' "$image_manifest"; many 1300000 '0,'; printf '0]}'; } | manifest_is $most
kind=index
child="{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\"$digest\",\"size\":1},"
{ printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":['; many 20000 "$child"; printf '{}]}'; } | manifest_is $most
kind=
cp -r bare nested
nested 4000000 > nested/index.json
cost "1 2 4" $deep verify --key k.pub oci:nested:1.0

# What the operator names costs no more: policies, lists, logins, keys of nested DER.
nested 900000 > nested.json
cost 2 $deep verify --policy nested.json oci:image:1.0
cost 2 $deep verify --key k.pub --from nested.json
{ printf '{"kind":"List","items":'; nested 100000; } > nested.json
cost 2 $deep verify --key k.pub --from nested.json
cost 2 $deep verify --key k.pub --registry-config nested.json 127.0.0.1:1/app:1
for label in 'PUBLIC KEY' 'PRIVATE KEY' 'EC PRIVATE KEY' 'RSA PRIVATE KEY' 'ENCRYPTED PRIVATE KEY' \
  'ENCRYPTED SIGSTORE PRIVATE KEY'; do
  for level in '0\200' '0\203\001\000\000' '\240\200' '$\200' '[['; do
    {
      echo "-----BEGIN $label-----"
      for i in $(seq 3000); do printf "$level"; done | base64
      echo "-----END $label-----"
    } > nested.pem
    cost 2 $deep key show nested.pem
    cost 2 $deep verify --key nested.pem oci:image:1.0
    HALLMARK_PASSWORD=pw cost 2 $deep sign --key nested.pem oci:image:1.0
  done
done

# Answers of a registry: too large, announced or not; that never end; compressed a thousandfold.
head -c 268435456 /dev/zero | gzip -1 > bomb.gz
nested 4000000 > nested.json
asked() { # FAULT
  registry --fault "method=GET;$1"
  push image "$registry/app" 1.0
  cost "1 4" $most verify --key k.pub --timeout 2s "$registry/app:1.0"
  not_out '^unsigned'
}
for place in 'regex=/manifests/1.0' 'regex=/referrers/' 'regex=/blobs/'; do
  type=application/vnd.oci.image.manifest.v1+json
  [ "$place" != 'regex=/referrers/' ] || type=application/vnd.oci.image.index.v1+json
  asked "$place;do=enlarge;size=4194305"
  asked "$place;do=enlarge;size=134217728"
  asked "$place;do=oversize;size=134217728"
  asked "$place;do=endless"
  asked "$place;do=answer;header=Content-Type: $type;header=Content-Encoding: gzip;body-file=bomb.gz"
  asked "$place;do=answer;header=Content-Type: $type;body-file=bomb.gz"
  asked "$place;do=answer;header=Content-Type: $type;body-file=nested.json"
done
# Sizes that are not true: the listing says one byte less, one more, and much more.
registry
push image "$registry/app" 1.0
curl -sf "http://$registry/v2/app/referrers/$digest" > listing
size=$(grep -o '"size": *[0-9]*' listing | tr -dc 0-9)
for wrong in $((size - 1)) $((size + 1)) 1 4194304 134217728 9007199254740991; do
  sed "s/\"size\": *$size/\"size\":$wrong/" listing > lie
  asked "regex=/referrers/;do=answer;header=Content-Type: application/vnd.oci.image.index.v1+json;body-file=lie"
done
finish
