#!/bin/sh
# Revoked certificates: lists that openssl's own authority signs, behind HTTP; what they refuse, what
# cannot be found out, and what the cache saves.
. "$(dirname "$0")/lib.sh"
command -v openssl > /dev/null || { echo "SKIP: openssl is not installed"; exit 77; }
subject="/C=US/ST=WA/O=Hallmark tests"
# authority NAME: a root whose list says what NAME.index says.
authority() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" \
    -out "$1.crt" -days 30 -subj "$subject/CN=$1" -addext keyUsage=critical,keyCertSign,cRLSign \
    2> /dev/null
  : > "$1.index"
  echo 01 > "$1.number"
  printf '[ca]\ndefault_ca=it\n[it]\ndatabase=%s\ncrlnumber=%s\ndefault_md=sha256\n%s' \
    "$1.index" "$1.number" "default_crl_days=7
crl_extensions=list
[list]
authorityKeyIdentifier=keyid
" > "$1.cnf"
  chmod go-w "$1.crt"
}
list() { # AUTHORITY FILE [SERIAL]: a list, with that one revoked
  : > "$1.index"
  [ -z "${3-}" ] || printf 'R\t%sZ\t%sZ,keyCompromise\t%s\tunknown\t%s\n' \
    "$(date -u -d '+20 days' +%y%m%d%H%M%S)" "$(date -u -d '-1 hour' +%y%m%d%H%M%S)" "$3" \
    "$subject/CN=leaf" > "$1.index"
  openssl ca -gencrl -config "$1.cnf" -keyfile "$1.key" -cert "$1.crt" -out "$1.pem" 2> /dev/null
  openssl crl -in "$1.pem" -outform DER -out "$2"
}
authority root
authority other
list root good.crl
list root revoked.crl 1002
list other other.crl
registry \
  --fault "do=answer;path=/good.crl;status=200;body-file=good.crl" \
  --fault "do=answer;path=/revoked.crl;status=200;body-file=revoked.crl" \
  --fault "do=answer;path=/other.crl;status=200;body-file=other.crl" \
  --fault "do=answer;path=/part.crl;status=206;body-file=good.crl" \
  --fault "do=answer;path=/moved.crl;status=302;header=Location: /good.crl" \
  --fault "do=answer;path=/html.crl;status=200;body=<html>Welcome</html>"
server=http://$registry
# leaf NAME SERIAL EXTENSION...: a signer by root, and an image that it signed.
leaf() {
  name=$1 serial=$2
  shift 2
  openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$name.key" 2> /dev/null
  openssl req -new -key "$name.key" -subj "$subject/CN=$name" -out "$name.csr"
  printf '%s\n' basicConstraints=critical,CA:FALSE keyUsage=critical,digitalSignature \
    extendedKeyUsage=codeSigning "$@" > leaf.ext
  openssl x509 -req -in "$name.csr" -CA root.crt -CAkey root.key -set_serial "0x$serial" -days 20 \
    -extfile leaf.ext -out "$name.crt" 2> /dev/null
  cat "$name.crt" root.crt > "$name.chain"
  layout "$name" 1.0
  run 0 sign --key "$name.key" --cert-chain "$name.chain" --format notation-jws "oci:$name:1.0"
}
# verify CODE NAME OPTIONS...
verify() {
  wanted=$1 name=$2
  shift 2
  run "$wanted" verify --trust-store root.crt --identity '*' "$@" "oci:$name:1.0"
}
asked() { same "$(grep -c "$1" "$log" || true)" "$2" "requests for $1"; }
forget() { rm -rf "$HOME/.cache/hallmark/revocation"; }
leaf good 1001 "crlDistributionPoints=URI:$server/good.crl"
leaf leaf 1002 "crlDistributionPoints=URI:$server/revoked.crl"
leaf plain 1003

# This machine is asked where the user says so, and then it is said.
verify 4 good
out 'unknown .*revocation'
out 'is this machine or its link: not asked'
asked good.crl 0
verify 0 good --local-revocation --explain
out 'is not revoked as of 20'
out "$server/good.crl"
verify 0 good --local-revocation -o json
out '"loosened": \["--local-revocation"\]|"--local-revocation"'
"$SCHEMA_CHECK" "$SOURCE/docs/verdict.schema.json" out || fail "not the schema's verdict"
verify 1 leaf --local-revocation
out 'denied .*revoked'
out 'is revoked since 20.*\(keyCompromise\)'
verify 0 plain
verify 0 plain --explain
out 'name no place to look it up'

# One request for all of that: the list is kept, for this user alone, and serves without a network.
asked good.crl 1
asked revoked.crl 1
same "$(find "$HOME/.cache/hallmark/revocation" -name '*.crl' -perm 600 | wc -l)" 2 "kept lists"
verify 0 good --offline
verify 1 leaf --offline
out 'denied .*revoked'
forget
verify 4 good --offline
out 'unknown .*revocation'
asked good.crl 1
several=1 run 1 verify --trust-store root.crt --identity '*' --local-revocation \
  oci:good:1.0 oci:leaf:1.0 oci:good:1.0 oci:good:1.0
asked good.crl 2
asked revoked.crl 2
# What was tampered with is as if it were not there.
for file in "$HOME"/.cache/hallmark/revocation/*.crl; do echo junk > "$file"; done
verify 0 good --local-revocation
asked good.crl 3
for file in "$HOME"/.cache/hallmark/revocation/*.crl; do
  { head -c 21 "$file"; head -c 100 other.crl; } > changed
  mv changed "$file"
done
verify 0 good --local-revocation
asked good.crl 4
# A folder that cannot be written to costs requests and nothing else.
forget
mkdir -p "$HOME/.cache/hallmark"
echo > "$HOME/.cache/hallmark/revocation"
verify 0 good --local-revocation
verify 1 leaf --local-revocation
rm "$HOME/.cache/hallmark/revocation"

# Nobody's word is not a good one.
number=1010
for path in other part moved html none; do
  number=$((number + 1))
  leaf "$path" "$number" "crlDistributionPoints=URI:$server/$path.crl"
  verify 4 "$path" --local-revocation
  out 'unknown .*revocation'
  out "$server/$path.crl: "
done
asked moved.crl 1
leaf dead 1020 "crlDistributionPoints=URI:http://127.0.0.1:1/x.crl"
verify 4 dead --local-revocation
leaf secure 1021 "crlDistributionPoints=URI:https://127.0.0.1:1/x.crl"
verify 4 secure --local-revocation
out 'no place that can be asked'
leaf both 1022 "crlDistributionPoints=URI:$server/none.crl,URI:$server/good.crl"
verify 0 both --local-revocation

# openssl's responder, signing as the issuer itself and as one that it appointed.
# responder NAME OPTIONS...: sets $ocsp.
responder() {
  name=$1
  shift
  openssl ocsp -port 0 -index ocsp.index -CA root.crt "$@" > "$name.out" 2>&1 &
  pids="$pids $!"
  tries=0
  until grep -q 'waiting for OCSP client' "$name.out"; do
    tries=$((tries + 1))
    [ "$tries" -lt 200 ] || fail "openssl's responder does not start: $(cat "$name.out")"
    sleep 0.05
  done
  ocsp=http://127.0.0.1:$(sed -n 's/^ACCEPT .*:\([0-9]*\).*/\1/p' "$name.out")
}
appoint() { # NAME SERIAL EXTENSION...: a responder's certificate by root
  name=$1 serial=$2
  shift 2
  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$name.key" \
    -subj "$subject/CN=$name" -out "$name.csr" 2> /dev/null
  printf '%s\n' basicConstraints=critical,CA:FALSE keyUsage=critical,digitalSignature "$@" > leaf.ext
  openssl x509 -req -in "$name.csr" -CA root.crt -CAkey root.key -set_serial "0x$serial" -days 20 \
    -extfile leaf.ext -out "$name.crt" 2> /dev/null
}
in_twenty_days=$(date -u -d '+20 days' +%y%m%d%H%M%SZ)
{
  for serial in 1101 1103 1104 1105; do
    printf 'V\t%s\t\t%s\tunknown\t/CN=%s\n' "$in_twenty_days" "$serial" "$serial"
  done
  printf 'R\t%s\t%s,keyCompromise\t1102\tunknown\t/CN=1102\n' "$in_twenty_days" \
    "$(date -u -d '-1 hour' +%y%m%d%H%M%SZ)"
} > ocsp.index
appoint deputy 1201 extendedKeyUsage=OCSPSigning noCheck=yes
appoint pretender 1202 extendedKeyUsage=clientAuth
responder issuer -rsigner root.crt -rkey root.key -ndays 1
leaf ocsp-good 1101 "authorityInfoAccess=OCSP;URI:$ocsp/"
leaf ocsp-revoked 1102 "authorityInfoAccess=OCSP;URI:$ocsp/"
leaf ocsp-stranger 1110 "authorityInfoAccess=OCSP;URI:$ocsp/"
verify 0 ocsp-good --local-revocation --explain
out 'is not revoked as of 20'
out "$ocsp/"
verify 1 ocsp-revoked --local-revocation
out 'is revoked since 20.*\(keyCompromise\)'
verify 4 ocsp-stranger --local-revocation
out 'the responder does not know the certificate'
responder deputy -rsigner deputy.crt -rkey deputy.key -ndays 1
leaf by-deputy 1103 "authorityInfoAccess=OCSP;URI:$ocsp/"
verify 0 by-deputy --local-revocation
responder pretender -rsigner pretender.crt -rkey pretender.key -ndays 1
leaf by-pretender 1104 "authorityInfoAccess=OCSP;URI:$ocsp/"
verify 4 by-pretender --local-revocation
out 'is not for OCSP'
responder endless -rsigner root.crt -rkey root.key
leaf endless 1105 "authorityInfoAccess=OCSP;URI:$ocsp/" "crlDistributionPoints=URI:$server/good.crl"
forget
verify 0 endless --local-revocation --explain # an answer without an end is none, and the list is asked
out "asked .*$ocsp/.*$server/good.crl"

# By trustpolicy.json: skip asks nobody, log lets it through and says so.
mkdir -p truststore/x509/ca/own
cp root.crt truststore/x509/ca/own/root.crt
chmod -R go-w truststore
policy() { # SIGNATURE VERIFICATION
  printf '{"version":"1.0","trustPolicies":[{"name":"own","registryScopes":["*"],"signatureVerification":{%s},"trustStores":["ca:own"],"trustedIdentities":["*"]}]}\n' \
    "$1" > trustpolicy.json
}
forget
before=$(wc -l < "$log")
policy '"level":"strict","override":{"revocation":"skip"}'
run 0 verify --policy trustpolicy.json --local-revocation oci:leaf:1.0
same "$(wc -l < "$log")" "$before" "requests at level skip"
policy '"level":"permissive"'
run 0 verify --policy trustpolicy.json --local-revocation --explain oci:leaf:1.0
out 'revocation failed \(revoked\)'
policy '"level":"strict"'
run 1 verify --policy trustpolicy.json --local-revocation oci:leaf:1.0
out 'denied .*revoked'
finish
