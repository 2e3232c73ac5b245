#!/bin/sh
# Signatures of the Notary Project with a timestamp, from an authority behind HTTP: what proves a
# time, what an authority may do wrong, and that nothing is stored then.
. "$(dirname "$0")/lib.sh"
command -v openssl > /dev/null || { echo "SKIP: openssl is not installed"; exit 77; }
subject="/C=US/ST=WA/O=Hallmark tests"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout root.key \
  -out root.crt -days 30 -subj "$subject/CN=root" -addext keyUsage=critical,keyCertSign 2> /dev/null
new_leaf() { # NAME DAYS GENPKEY OPTIONS
  name=$1 days=$2
  shift 2
  openssl genpkey "$@" -out "$name.key" 2> /dev/null
  openssl req -new -key "$name.key" -subj "$subject/CN=$name" -out "$name.csr"
  printf '%s\n' basicConstraints=critical,CA:FALSE keyUsage=critical,digitalSignature \
    extendedKeyUsage=codeSigning > leaf.ext
  openssl x509 -req -in "$name.csr" -CA root.crt -CAkey root.key -CAcreateserial -days "$days" \
    -extfile leaf.ext -out "$name.crt" 2> /dev/null
  cat "$name.crt" root.crt > "$name.chain"
}
new_leaf long 20 -algorithm EC -pkeyopt ec_paramgen_curve:P-256
new_leaf short 1 -algorithm EC -pkeyopt ec_paramgen_curve:P-384
new_leaf rsa 1 -algorithm RSA -pkeyopt rsa_keygen_bits:4096
chmod go-w ./*.crt

# authority NAME OPTIONS...: starts one; its URL is $tsa, its root NAME.root, its log NAME.log.
authority() {
  name=$1
  shift
  : > "$name.log"
  "$TEST_TSA" --port 0 --port-file "$name.port" --root-file "$name.root" --log "$name.log" "$@" \
    > "$name.out" 2>&1 &
  pids="$pids $!"
  tries=0
  until [ -s "$name.port" ]; do
    tries=$((tries + 1))
    [ "$tries" -lt 400 ] || fail "the test authority does not start"
    sleep 0.05
  done
  tsa=http://127.0.0.1:$(cat "$name.port")
}
asked() { same "$(wc -l < "$1.log")" "$2" "requests to $1"; }
# sign CODE IMAGE LEAF OPTIONS...
sign() {
  wanted=$1 image=$2 leaf=$3
  shift 3
  run "$wanted" sign --key "$leaf.key" --cert-chain "$leaf.chain" "$@" "$image"
}
# verify CODE IMAGE OPTIONS...
verify() {
  wanted=$1 image=$2
  shift 2
  run "$wanted" verify --trust-store root.crt --identity 'C=US, ST=WA, O=Hallmark tests' "$@" "$image"
}
in_days() { date -u -d "$1 days" +%Y-%m-%dT%H:%M:%SZ; }
snapshot() { find "$1" -type f -exec sha256sum {} + | sort; }
authority other
authority good

# Signed and stamped; the authority is asked once a signature, and for nothing before that.
stamps=0
for format in notation-jws notation-cose; do
  for leaf in long short rsa; do
    layout "$format-$leaf" 1.0
    image=oci:$format-$leaf:1.0
    sign 0 "$image" "$leaf" --format "$format" --timestamp-url "$tsa/stamp?token=secret"
    stamps=$((stamps + 1))
    verify 0 "$image"
    verify 0 "$image" --timestamp-roots good.root --explain
    out 'signed by 20.*stamped it'
    verify 0 "$image" --timestamp-roots good.root -o json
    "$SCHEMA_CHECK" "$SOURCE/docs/verdict.schema.json" out || fail "not the schema's verdict"
    verify 1 "$image" --timestamp-roots other.root
    out 'timestamp'
    out 'its timestamp: '
    # Long after: the authority's certificates and those of all but one signer have expired.
    verify 0 "$image" --timestamp-roots good.root --as-of "$(in_days +9)"
    verify 1 "$image" --timestamp-roots other.root --as-of "$(in_days +9)"
    # Before it was made nothing proves a time.
    verify 1 "$image" --timestamp-roots good.root --as-of "$(in_days -1)"
    out 'timestamp'
  done
  verify 1 "oci:$format-short:1.0" --as-of "$(in_days +9)"
  out 'chain'
  verify 0 "oci:$format-long:1.0" --as-of "$(in_days +9)"
done
asked good "$stamps"
same "$(sort -u good.log)" "POST /stamp?token=secret" "what the authority was asked"
asked other 0

# Without a timestamp where one is wanted; with one beside it.
layout bare 1.0
sign 0 oci:bare:1.0 short
verify 0 oci:bare:1.0
verify 1 oci:bare:1.0 --timestamp-roots good.root
out 'has no timestamp'
sign 0 oci:bare:1.0 short --timestamp-url "$tsa"
verify 0 oci:bare:1.0 --timestamp-roots good.root --as-of "$(in_days +9)"

# Two formats, a stamp each. What is there already, and what would be, is not stamped.
layout both 1.0
: > good.log
sign 0 oci:both:1.0 long --format notation-jws,notation-cose --timestamp-url "$tsa"
asked good 2
sign 0 oci:both:1.0 long --format notation-jws,notation-cose --timestamp-url "$tsa" --skip-if-signed
out '^already signed'
asked good 2

# By notation's trustpolicy.json and its store of authorities.
mkdir -p truststore/x509/ca/own truststore/x509/tsa/good truststore/x509/tsa/other
cp root.crt truststore/x509/ca/own/root.crt
cp good.root truststore/x509/tsa/good/root.crt
cp other.root truststore/x509/tsa/other/root.crt
chmod -R go-w truststore
# by_policy CODE STORES WHEN IMAGE OPTIONS...
by_policy() {
  wanted=$1 stores=$2 when=$3 image=$4
  shift 4
  printf '{"version":"1.0","trustPolicies":[{"name":"own","registryScopes":["*"],
 "signatureVerification":{"level":"strict","verifyTimestamp":"%s"},"trustStores":["ca:own"%s],
 "trustedIdentities":["*"]}]}\n' "$when" "$stores" > trustpolicy.json
  run "$wanted" verify --policy trustpolicy.json "$@" "$image"
}
for when in always afterCertExpiry; do
  by_policy 0 ',"tsa:good"' $when oci:notation-jws-short:1.0
  by_policy 0 ',"tsa:good"' $when oci:notation-jws-short:1.0 --as-of "$(in_days +9)"
  by_policy 0 ',"tsa:other","tsa:good"' $when oci:notation-cose-short:1.0 --as-of "$(in_days +9)"
  by_policy 1 ',"tsa:other"' $when oci:notation-cose-short:1.0 --as-of "$(in_days +9)"
done
by_policy 1 ',"tsa:other"' always oci:notation-jws-short:1.0
out 'timestamp'
by_policy 0 ',"tsa:other"' afterCertExpiry oci:notation-jws-short:1.0

# Whatever the authority does wrong: said, asked once, and nothing is stored.
layout image 1.0
before=$(snapshot image)
# refused FAULT CODE WORDS OPTIONS...
refused() {
  fault=$1 wanted=$2 words=$3
  shift 3
  authority "$fault" --fault "$fault"
  asks=0
  for format in notation-jws notation-cose; do
    sign "$wanted" oci:image:1.0 long --format "$format" --timestamp-url "$tsa/stamp?token=secret" "$@"
    asks=$((asks + 1))
    silent
    err 'get a timestamp: '
    err "timestamp authority $tsa/stamp: "
    err "$words"
    not_err 'secret'
    same "$(wc -l < err)" 1 "lines about $fault"
    asked "$fault" "$asks"
    same "$(snapshot image)" "$before" "the layout after $fault"
  done
}
refused wrong-imprint 4 'it stamps something else'
refused wrong-nonce 4 'it has another nonce, or none'
refused no-nonce 4 'it has another nonce, or none'
refused rejected 4 'refused, status 2 badRequest: closed today'
refused garbage 4 'der: not exactly one element'
refused html 4 'an answer of type "text/html", not application/timestamp-reply'
refused 401 4 'status 401'
refused 503 4 'status 503'
refused redirect 4 'status 307, redirects are not followed'
refused huge 4 'announces 8388608 bytes, 69632 are allowed'
refused tampered-token 4 'its signature is not by the certificate that it names'
refused hang 4 'deadline passed' --timeout 1s
sign 4 oci:image:1.0 long --timestamp-url http://127.0.0.1:1
err 'get a timestamp: '
same "$(snapshot image)" "$before" "the layout without an authority"

# One image that cannot be stamped leaves nothing of it, in two formats neither.
sign 4 oci:image:1.0 long --format notation-jws,notation-cose \
  --timestamp-url "http://127.0.0.1:$(cat 503.port)"
silent
same "$(snapshot image)" "$before" "the layout after two formats"

# Usage that cannot be meant, before anything is asked.
: > good.log
good=http://127.0.0.1:$(cat good.port)
run 2 sign --key long.key --timestamp-url "$good" oci:image:1.0
err 'timestamp-url (goes with --cert-chain|is for notation-jws and notation-cose)'
for url in 127.0.0.1 ftp://127.0.0.1/ http:// https:///stamp file:///etc/passwd ''; do
  sign 2 oci:image:1.0 long --timestamp-url "$url"
  err '--timestamp-url'
done
sign 2 oci:image:1.0 long --timestamp-url "http://me:word@${good#http://}/"
err 'timestamp-url: no login is sent'
not_err 'word'
run 2 verify --key root.crt --timestamp-roots good.root oci:image:1.0
err 'timestamp-roots goes with --trust-store'
verify 2 oci:image:1.0 --timestamp-roots missing.root
asked good 0
same "$(snapshot image)" "$before" "the layout after usage errors"
finish
