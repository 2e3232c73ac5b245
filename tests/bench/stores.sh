# What an operator has lying about and one verification does not need costs it nothing.
many_roots() { # STORE COUNT
  trust "$1" own
  openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$work/many.key" 2> /dev/null
  for i in $(seq "$2"); do
    openssl req -x509 -key "$work/many.key" -days 30 -subj "$subject/CN=$1 $i" \
      -addext "keyUsage=critical,keyCertSign" -out "$config/truststore/x509/ca/$1/$i.crt" 2> /dev/null
  done
}
# A revocation list of about 10 MB that is current and of the root that signed the leaf.
large_crl() { # FILE
  mkdir -p "$work/crl"
  awk 'BEGIN { for (i = 0; i < 260000; ++i)
    printf("R\t350101000000Z\t260101000000Z\t6F%030X\tunknown\t/CN=%d\n", i, i) }' > "$work/crl/index"
  echo 01 > "$work/crl/number"
  printf '%s\n' '[ca]' 'default_ca = own' '[own]' "database = $work/crl/index" \
    "crlnumber = $work/crl/number" 'default_md = sha256' 'default_crl_days = 30' > "$work/crl/cnf"
  openssl ca -gencrl -config "$work/crl/cnf" -keyfile "$work/own.key" -cert "$work/own.crt" \
    -out "$work/crl/pem" 2> "$work/out" || fail "openssl ca -gencrl"
  openssl crl -in "$work/crl/pem" -outform DER -out "$1"
  rm "$work/crl/pem" "$work/crl/index"*
}
# Trust policies of notation's, in $work/by-NAME/notation with the stores.
files_of_notation() { # NAME STATEMENT [STATEMENT]
  mkdir -p "$work/by-$1/notation"
  printf '{"version":"1.0","trustPolicies":[%s%s]}\n' "$2" "${3+,$3}" \
    > "$work/by-$1/notation/trustpolicy.json"
  cp -r "$config/truststore" "$work/by-$1/notation"
}
statement() { # NAME SCOPE STORE
  printf '{"name":"%s","registryScopes":["%s"],"signatureVerification":{"level":"strict"},"trustStores":["ca:%s"],"trustedIdentities":["*"]}' \
    "$1" "$2" "$3"
}
echo "== a trust store of 1,001 certificates beside one of one, and a large revocation list"
test_registry stores
push amd64 "$registry/app:1.0"
sign_as notation-jws good "$registry/app:1.0"
image=$registry/app@$digest
many_roots many 1000
for binary in $binaries; do
  by=${binary#"$PWD/"}
  for store in own many; do
    compare "$store, $by" "$(realpath "$binary")" verify \
      --trust-store "$config/truststore/x509/ca/$store" --identity '*' "$image"
  done
  measure
done
for store in own many; do
  files_of_notation "$store" "$(statement own '*' "$store")"
  compare "$store, notation" /usr/bin/env "XDG_CONFIG_HOME=$work/by-$store" "$notation" verify \
    --insecure-registry "$image"
done
measure
echo "the large one named by a statement that is about other images"
files_of_notation alone "$(statement own "$registry/app" own)"
files_of_notation beside "$(statement own "$registry/app" own)" \
  "$(statement others registry.example/others many)"
for binary in $binaries; do
  by=${binary#"$PWD/"}
  for policy in alone beside; do
    compare "$policy, $by" "$(realpath "$binary")" verify \
      --policy "$work/by-$policy/notation/trustpolicy.json" "$image"
  done
  measure
done
for policy in alone beside; do
  compare "$policy, notation" /usr/bin/env "XDG_CONFIG_HOME=$work/by-$policy" "$notation" verify \
    --insecure-registry "$image"
done
measure
trust_policy own '*'
mkdir -p "$work/littered/hallmark" "$work/littered/notation/crl"
large_crl "$work/littered/hallmark/own.crl"
cp "$work/littered/hallmark/own.crl" "$work/littered/notation/crl/own.crl"
cp "$work/littered/hallmark/own.crl" "$config/truststore/.own.crl"
echo "the revocation list has $(wc -c < "$config/truststore/.own.crl") bytes"
for binary in $binaries; do
  by=${binary#"$PWD/"}
  for cache in cache littered; do
    compare "$cache, $by" /usr/bin/env "XDG_CACHE_HOME=$work/$cache" "$(realpath "$binary")" verify \
      --policy "$config/trustpolicy.json" "$image"
  done
  measure
done
