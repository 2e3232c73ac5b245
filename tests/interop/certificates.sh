# Sourced after world.sh: roots, leaves that sign code, and the files of notation that name them.
# Everything lies in $work, as NAME.key, NAME.crt, NAME.der, and for leaves NAME.pub and NAME.chain.
command -v openssl > /dev/null || skip "openssl is not installed"
export XDG_CONFIG_HOME="$work/config"
config=$XDG_CONFIG_HOME/notation
subject="/C=US/ST=WA/O=Hallmark tests"

new_root() { # NAME
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$work/$1.key" \
    -out "$work/$1.crt" -days 30 -subj "$subject/CN=$1" \
    -addext "keyUsage=critical,keyCertSign" 2> /dev/null
  openssl x509 -in "$work/$1.crt" -outform DER -out "$work/$1.der"
}
new_leaf() { # NAME ROOT GENPKEY OPTIONS
  name=$1 root=$2
  shift 2
  openssl genpkey "$@" -out "$work/$name.key" 2> /dev/null
  openssl req -new -key "$work/$name.key" -subj "$subject/CN=$name" -out "$work/$name.csr"
  printf '%s\n' "basicConstraints=critical,CA:FALSE" "keyUsage=critical,digitalSignature" \
    "extendedKeyUsage=codeSigning" > "$work/leaf.ext"
  openssl x509 -req -in "$work/$name.csr" -CA "$work/$root.crt" -CAkey "$work/$root.key" \
    -CAcreateserial -days 30 -extfile "$work/leaf.ext" -out "$work/$name.crt" 2> /dev/null
  openssl x509 -in "$work/$name.crt" -outform DER -out "$work/$name.der"
  openssl x509 -in "$work/$name.crt" -noout -pubkey > "$work/$name.pub"
  cat "$work/$name.crt" "$work/$root.crt" > "$work/$name.chain"
}
# leaf_of_kind ec:CURVE|rsa:BITS ROOT: sets $name to what it is called, "ec-p-256".
leaf_of_kind() {
  kind=$1
  name=$(echo "$kind" | tr 'A-Z:' 'a-z-')
  case "$kind" in
    ec:*) new_leaf "$name" "$2" -algorithm EC -pkeyopt "ec_paramgen_curve:${kind#*:}" ;;
    *) new_leaf "$name" "$2" -algorithm RSA -pkeyopt "rsa_keygen_bits:${kind#*:}" ;;
  esac
}
# trust STORE ROOT...: those certificates are the store ca:STORE.
trust() {
  store=$config/truststore/x509/ca/$1
  shift
  mkdir -p "$store"
  for root in "$@"; do cp "$work/$root.crt" "$store/"; done
  chmod -R go-w "$config"
}
trust_policy() { # STORE IDENTITY
  mkdir -p "$config"
  printf '{"version":"1.0","trustPolicies":[{"name":"own","registryScopes":["*"],"signatureVerification":{"level":"strict"},"trustStores":["ca:%s"],"trustedIdentities":["%s"]}]}\n' \
    "$1" "$2" > "$config/trustpolicy.json"
}
signing_key() { # NAME: what notation signs with
  printf '{"default":"own","keys":[{"name":"own","keyPath":"%s","certPath":"%s"}]}\n' \
    "$work/$1.key" "$work/$1.chain" > "$config/signingkeys.json"
}
