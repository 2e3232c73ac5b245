#!/bin/sh
# Timestamps, the command and the real notation, both ways: it accepts what `hallmark sign
# --timestamp-url` writes, also when the signer's certificate has expired, and `hallmark verify`
# accepts what it stamped. The authority is our test's; notation holds it to the rules too.
. "$(dirname "$0")/world.sh"
bin=$PEERS/tools/usr/bin
[ -x "$bin/notation" ] || skip "no notation in $PEERS; run fetch-peers"
command -v openssl > /dev/null || skip "openssl is not installed"
export XDG_CONFIG_HOME="$work/config"
config=$XDG_CONFIG_HOME/notation
for store in ca/own tsa/good tsa/other; do mkdir -p "$config/truststore/x509/$store"; done
chmod -R go-w "$config"
subject="/C=US/ST=WA/O=Hallmark tests"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$work/root.key" \
  -out "$work/root.crt" -days 30 -subj "$subject/CN=root" -addext keyUsage=critical,keyCertSign \
  2> /dev/null
cp "$work/root.crt" "$config/truststore/x509/ca/own/"
cat > "$work/ca.cnf" <<END
[ca]
default_ca = own
[own]
database = $work/issued
serial = $work/serial
new_certs_dir = $work
certificate = $work/root.crt
private_key = $work/root.key
default_md = sha256
policy = any
[any]
countryName = supplied
stateOrProvinceName = supplied
organizationName = supplied
commonName = supplied
[leaf]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = codeSigning
END
: > "$work/issued"
echo 1000 > "$work/serial"
new_leaf() { # NAME SECONDS GENPKEY OPTIONS
  name=$1 until=$(date -u -d "+$2 seconds" +%Y%m%d%H%M%SZ)
  shift 2
  openssl genpkey "$@" -out "$work/$name.key" 2> /dev/null
  openssl req -new -key "$work/$name.key" -subj "$subject/CN=$name" -out "$work/$name.csr"
  openssl ca -batch -notext -config "$work/ca.cnf" -extensions leaf -enddate "$until" \
    -in "$work/$name.csr" -out "$work/$name.crt" > "$work/out" 2>&1 || fail "openssl ca"
  cat "$work/$name.crt" "$work/root.crt" > "$work/$name.chain"
}
# authority NAME OPTIONS...: sets $tsa; the root is NAME.root.
authority() {
  name=$1
  shift
  "$TEST_TSA" --port-file "$work/$name.port" --root-file "$work/$name.root" "$@" \
    > "$work/$name.out" 2>&1 &
  pids="$pids $!"
  tries=0
  until [ -s "$work/$name.port" ]; do
    tries=$((tries + 1))
    [ "$tries" -lt 200 ] || fail "the test authority does not start"
    sleep 0.05
  done
  tsa=http://127.0.0.1:$(cat "$work/$name.port")
}
trust_policy() { # MORE STORES
  printf '{"version":"1.0","trustPolicies":[{"name":"own","registryScopes":["*"],"signatureVerification":{"level":"strict"},"trustStores":["ca:own"%s],"trustedIdentities":["*"]}]}\n' \
    "$1" > "$config/trustpolicy.json"
}
signing_key() { # NAME
  printf '{"default":"own","keys":[{"name":"own","keyPath":"%s","certPath":"%s"}]}\n' \
    "$work/$1.key" "$work/$1.chain" > "$config/signingkeys.json"
}
ours_sign() { # IMAGE LEAF TYPE URL
  "$HALLMARK" sign --key "$work/$2.key" --cert-chain "$work/$2.chain" --format "notation-$3" \
    --timestamp-url "$4" "$1"
}
notation_sign() { # IMAGE LEAF TYPE URL ROOT
  signing_key "$2"
  "$bin/notation" sign --insecure-registry --signature-format "$3" --timestamp-url "$4" \
    --timestamp-root-cert "$5" "$1"
}
notation_verify() { "$bin/notation" verify --insecure-registry "$@"; }
ours_verify() { "$HALLMARK" verify --policy "$config/trustpolicy.json" "$@"; }
# verdict CODE WHAT IMAGE CASE: of both.
verdict() {
  expect "$1" "notation: $2" notation_verify "$3"
  expect "$1" "ours: $2" ours_verify "$3"
  way=out
  case "$3" in */theirs/*) way=in ;; esac
  case "$3" in
    *-cose:*) tell "notation notation-cose $way $4" "$1" ;;
    *) tell "notation notation-jws $way $4" "$1" ;;
  esac
}

authority other
authority good
cp "$work/good.root" "$config/truststore/x509/tsa/good/root.crt"
cp "$work/other.root" "$config/truststore/x509/tsa/other/root.crt"
real_image amd64
test_registry api
new_leaf ec-p-256 86400 -algorithm EC -pkeyopt ec_paramgen_curve:P-256
new_leaf ec-p-384 86400 -algorithm EC -pkeyopt ec_paramgen_curve:P-384
new_leaf rsa-4096 86400 -algorithm RSA -pkeyopt rsa_keygen_bits:4096

# Stamped on either side, accepted by both; not under another authority's root.
for name in ec-p-256 ec-p-384 rsa-4096; do
  for type in jws cose; do
    push amd64 "$registry/ours/$name-$type:v1"
    expect 0 "sign $type by $name" ours_sign "$registry/ours/$name-$type:v1" "$name" "$type" "$tsa"
    push amd64 "$registry/theirs/$name-$type:v1"
    expect 0 "notation signs $type by $name" notation_sign "$registry/theirs/$name-$type:v1" \
      "$name" "$type" "$tsa" "$work/good.root"
    for side in ours theirs; do
      image=$registry/$side/$name-$type:v1
      trust_policy ',"tsa:good"'
      verdict 0 "$type by $name, $side, stamped" "$image" "with a timestamp"
      expect 0 "by the roots" "$HALLMARK" verify --trust-store "$work/root.crt" --identity '*' \
        --timestamp-roots "$work/good.root" --explain "$image"
      says "stamped it"
      trust_policy ',"tsa:other"'
      verdict 1 "$type by $name, $side, by another authority" "$image" \
        "a timestamp by another authority"
      says timestamp
    done
  done
done

# Where a timestamp is wanted none is none.
trust_policy ',"tsa:good"'
push amd64 "$registry/bare/app:v1"
expect 0 "sign without" "$HALLMARK" sign --key "$work/ec-p-256.key" \
  --cert-chain "$work/ec-p-256.chain" "$registry/bare/app:v1"
verdict 1 "no timestamp" "$registry/bare/app:v1" "no timestamp where one is wanted"

# The signer's certificate expires; what was stamped before that counts on.
for type in jws cose; do
  push amd64 "$registry/ours/brief-$type:v1"
  push amd64 "$registry/theirs/brief-$type:v1"
done
new_leaf brief 20 -algorithm EC -pkeyopt ec_paramgen_curve:P-256
for type in jws cose; do
  expect 0 "sign $type, briefly" ours_sign "$registry/ours/brief-$type:v1" brief "$type" "$tsa"
  expect 0 "notation signs $type, briefly" notation_sign "$registry/theirs/brief-$type:v1" \
    brief "$type" "$tsa" "$work/good.root"
done
while openssl x509 -in "$work/brief.crt" -noout -checkend 0 > /dev/null; do sleep 1; done
sleep 1
for image in ours/brief-jws ours/brief-cose theirs/brief-jws theirs/brief-cose; do
  trust_policy ',"tsa:good"'
  verdict 0 "$image after its certificate" "$registry/$image:v1" "stamped, after its certificate"
  trust_policy ''
  verdict 1 "$image after its certificate, without an authority" "$registry/$image:v1" \
    "after its certificate, no authority trusted"
  trust_policy ',"tsa:other"'
  verdict 1 "$image after its certificate, by another authority" "$registry/$image:v1" \
    "a timestamp by another authority"
done

# What we refuse of an authority notation refuses too, and neither stores anything.
push amd64 "$registry/refused/app:v1"
for fault in wrong-imprint wrong-nonce no-nonce rejected html 503 tampered-token; do
  authority "$fault" --fault "$fault"
  for type in jws cose; do
    expect 4 "$fault" ours_sign "$registry/refused/app:v1" ec-p-256 "$type" "$tsa"
    says "get a timestamp"
    expect 1 "notation: $fault" notation_sign "$registry/refused/app:v1" ec-p-256 "$type" "$tsa" \
      "$work/$fault.root"
  done
done
expect 3 "nothing was stored" ours_verify "$registry/refused/app:v1"
finish
