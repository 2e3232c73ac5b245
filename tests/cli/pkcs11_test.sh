#!/bin/sh
# Keys on tokens: SoftHSM2 where it is installed, and a module of our own with faults on demand.
. "$(dirname "$0")/lib.sh"
# Modules keep what they made of OpenSSL when they are unloaded: not ours to free.
export ASAN_OPTIONS=detect_leaks=0
layout image 1.0 2.0 3.0
fake="module-path=$FAKE_PKCS11"
count() { grep -c "^$1\$" "$work/calls" 2> /dev/null || true; }
# faults WORDS: what the fake module does from here on; its calls are counted from zero.
faults() {
  export HALLMARK_FAKE_PKCS11="$1" HALLMARK_FAKE_PKCS11_LOG="$work/calls"
  rm -f "$work/calls"
}
signatures() { find image/blobs -type f | wc -l; }

faults ""
run 0 key show "pkcs11:object=key?$fake" -o json
out '"type": "ecdsa-p256"'
same "$(count login)" 0 "logins to see a public key"
run 0 key show --pem "pkcs11:object=key?$fake"
cp out token.pub

# One PIN and one session for many images; it comes from where passphrases come from.
printf '1234\n' > pin
faults ""
HALLMARK_PASSWORD_FILE=pin run 0 sign --key "pkcs11:object=key?$fake" oci:image:1.0 oci:image:2.0 oci:image:3.0
same "$(grep -c '^signed' out)" 3 "images signed"
same "$(count login)" 1 "logins"
same "$(count initialize)" 1 "sessions"
same "$(count sign)" 3 "signatures"
run 0 verify --key token.pub oci:image:1.0
run 0 verify --key "pkcs11:token=Fake;object=key?$fake" -o json oci:image:2.0
out '"signer": ".*pkcs11:token=Fake;object=key'
not_out 'module-path'
run 0 sign --key "pkcs11:object=key?$fake&pin-source=file:$work/pin" oci:image:1.0
HALLMARK_KEY="pkcs11:object=key?$fake&pin-value=1234" run 0 sign oci:image:1.0
run 2 sign --key "pkcs11:object=key?$fake" oci:image:1.0
err 'PIN of token "Fake": no terminal'

# The PIN is said nowhere, whatever goes wrong.
for words in "" lies removed pin-locked pin-final two-keys two-tokens no-sign no-list; do
  faults "$words"
  code=0
  "$HALLMARK" sign -v --key "pkcs11:object=key?$fake&pin-value=4321567" oci:image:1.0 > out 2> err || code=$?
  same "$code" 2 "exit code with a wrong PIN and $words"
  ! grep -q 4321567 out err || fail "the PIN was said with $words"
done
for bad in "pkcs11:object=key;pin-value=4321567?$fake" "pkcs11:object=key?$fake&pin-value=4321567&x=y" \
  "PKCS11:object=key?$fake&pin-value=4321567%" "pkcs11:objekt=key?pin-value=4321567"; do
  run 2 sign --key "$bad" oci:image:1.0
  not_err 4321567
  run 2 verify --key "$bad" oci:image:1.0
  not_err 4321567
  run 2 key import --key "$bad" --no-passphrase --output-prefix no
  not_err 4321567
done
run 2 key import --key "pkcs11:object=key?$fake" --no-passphrase --output-prefix no
err "stays on its token"

# A wrong PIN is tried once, the last try is not used up, and nothing was asked of a registry.
registry
push image "$registry/app" 1.0
before=$(requests)
for words in "" pin-count pin-final pin-locked two-keys no-mechanism no-public; do
  faults "$words"
  HALLMARK_PASSWORD=4321 run 2 sign --key "pkcs11:object=key?$fake" "$registry/app:1.0"
  [ "$(count login)" -le 1 ] || fail "$(count login) logins with $words"
done
faults pin-final
HALLMARK_PASSWORD=1234 run 2 sign --key "pkcs11:object=key?$fake" oci:image:1.0
err "one try of the PIN is left"
same "$(count login)" 0 "logins at the last try"
same "$(requests)" "$before" "requests with a key that cannot be used"

# A token that lies, or is pulled out, leaves nothing half written.
before=$(signatures)
for words in lies signature-short signature-huge removed; do
  faults "$words"
  run 4 sign --key "pkcs11:object=key?$fake&pin-value=1234" oci:image:1.0
  same "$(signatures)" "$before" "blobs in the layout with $words"
done
err "the token was removed"
faults removed-later
run 4 sign --key "pkcs11:object=key?$fake&pin-value=1234" "$registry/app:1.0" oci:image:2.0
out "^signed $registry/app"
same "$(grep -c '^signed' out)" 1 "images signed before the token was pulled out"
same "$(signatures)" "$before" "blobs in the layout after it was pulled out"
run 0 verify --key token.pub "$registry/app:1.0"

if ! command -v softhsm2-util > /dev/null || ! command -v openssl > /dev/null; then
  echo "skipped: a token of SoftHSM2 (no softhsm2-util or openssl)"
  finish
  exit 0
fi
mkdir tokens
printf 'directories.tokendir = %s/tokens\nobjectstore.backend = file\nlog.level = ERROR\n' "$work" > softhsm2.conf
export SOFTHSM2_CONF="$work/softhsm2.conf"
softhsm2-util --init-token --free --label soft --pin 1234 --so-pin 123456 > /dev/null
number=0
for type in "EC -pkeyopt ec_paramgen_curve:P-256" "EC -pkeyopt ec_paramgen_curve:P-384" \
  "EC -pkeyopt ec_paramgen_curve:P-521" "RSA -pkeyopt rsa_keygen_bits:3072" ED25519; do
  number=$((number + 1))
  openssl genpkey -algorithm $type -out soft.pem 2> /dev/null
  openssl pkey -in soft.pem -pubout -out soft.pub
  softhsm2-util --import soft.pem --token soft --pin 1234 --label "k$number" --id "0$number" > /dev/null
  uri="pkcs11:token=soft;object=k$number?module-name=softhsm2"
  run 0 key show --pem "$uri"
  cmp -s out soft.pub || fail "the public key of $type"
  run 0 sign --key "$uri&pin-value=1234" oci:image:3.0
  run 0 verify --key soft.pub oci:image:3.0
done

# An RSA key signs by PSS where the Notary Project wants that.
if "$HALLMARK" sign --help | grep -q -- --cert-chain; then
  openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072 -out rsa.pem 2> /dev/null
  printf '[req]\ndistinguished_name=n\nx509_extensions=s\nprompt=no\n[n]\nC=US\nST=WA\nO=Hallmark Test\nCN=token\n[s]\nbasicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=codeSigning\n' > certificate.conf
  openssl req -x509 -new -key rsa.pem -sha256 -days 30 -config certificate.conf -out chain.pem
  softhsm2-util --import rsa.pem --token soft --pin 1234 --label rsa --id 0a > /dev/null
  run 0 sign --key "pkcs11:token=soft;object=rsa?module-name=softhsm2&pin-value=1234" \
    --cert-chain chain.pem --format notation-jws,notation-cose oci:image:2.0
fi
run 2 sign --key "pkcs11:token=soft?module-name=softhsm2&pin-value=1234" oci:image:3.0
err '[56] private keys of token "soft" match'
run 2 sign --key "pkcs11:token=soft;object=k1?module-name=softhsm2&pin-value=4321" oci:image:3.0
err 'wrong PIN'
run 0 sign --key "pkcs11:token=soft;id=%01?module-name=softhsm2&pin-source=$work/pin" oci:image:3.0
if [ -e /usr/share/p11-kit/modules/softhsm2.module ]; then
  run 0 sign --key "pkcs11:token=soft;id=%01?pin-source=$work/pin" oci:image:3.0
fi
finish
