#!/bin/sh
# Key files: made, shown, imported, never overwritten, never readable by others, never opened wrongly.
. "$(dirname "$0")/lib.sh"

run 2 key generate --output-prefix locked
err "no terminal to ask"
[ ! -e locked.key ] && [ ! -e locked.pub ] || fail "something was written"

export HALLMARK_PASSWORD=secret-words
run 0 key generate --output-prefix ci
out '^wrote ci.key and ci.pub \(ecdsa-p256, key [0-9a-f]{16}\)$'
not_out secret-words
grep -q "BEGIN ENCRYPTED SIGSTORE PRIVATE KEY" ci.key || fail "cosign's key file"
same "$(stat -c %a ci.key)" 600 "mode of ci.key"
same "$(stat -c %a ci.pub)" 644 "mode of ci.pub"
cp ci.key before
run 2 key generate --output-prefix ci
err "ci.key.*never overwritten"
cmp -s before ci.key || fail "overwritten"
rm ci.pub
run 2 key generate --output-prefix ci
run 0 key show ci.key --pem
cp out ci.pub

for type in ecdsa-p384 ed25519 rsa-3072 rsa-pss-3072; do
  run 0 key generate --no-passphrase --type "$type" --output-prefix "$type"
  run 0 key show "$type.pub" -o json
  out '"schema": "hallmark.key/v1"'
  grep -q "BEGIN PRIVATE KEY" "$type.key" || fail "PKCS#8"
done
run 2 key generate --type dsa
run 2 key generate extra
mkdir closed
chmod 500 closed
if [ "$(id -u)" != 0 ]; then
  run 4 key generate --output-prefix closed/k
  [ -z "$(ls closed)" ] || fail "half written"
fi
run 4 key generate --output-prefix missing/folder/k

# The same key, however it is named.
id=$("$HALLMARK" key show ci.pub | sed -n 's/^id *//p')
run 0 key show file:ci.key
out "$id"
CI_KEY=$(cat ci.key) run 0 key show env:CI_KEY
out "$id"
run 2 key show env:NOT_SET
err "env:NOT_SET"
run 2 key show plugin:kms
err "the key is missing"
run 2 key show awskms://key
err "there is no such program in PATH"
run 2 key show missing.pub
err "missing.pub"
run 2 key show .
run 2 key show /dev/null

# Passphrases: wrong ones, and where they come from.
layout image 1.0
HALLMARK_PASSWORD=wrong run 2 sign --key ci.key oci:image:1.0
err "ci.key"
not_err "wrong-digest|secret-words"
printf 'secret-words\nmore\n' > pw
unset HALLMARK_PASSWORD
HALLMARK_PASSWORD_FILE=pw run 0 key show ci.key
COSIGN_PASSWORD=secret-words run 0 key show ci.key
HALLMARK_PASSWORD_FILE=nowhere run 2 key show ci.key
err "nowhere"
run 2 key show ci.key
err "no terminal"
HALLMARK_PASSWORD= run 2 key generate --output-prefix empty
err "empty passphrase"
HALLMARK_PASSWORD= run 2 key show ci.key

# Import, from other tools' forms.
run 0 key import --key ed25519.key --no-passphrase --output-prefix again
same "$("$HALLMARK" key show again.pub)" "$("$HALLMARK" key show ed25519.pub)" "imported key"
TEXT=$(cat ecdsa-p384.key) HALLMARK_PASSWORD=pw run 0 key import --key env:TEXT --output-prefix ec
HALLMARK_PASSWORD=pw run 0 key show ec.key
run 2 key import
run 2 key import --key ci.pub --no-passphrase --output-prefix pub
if command -v openssl > /dev/null; then
  openssl ecparam -name prime256v1 -genkey -noout -out sec1.pem 2> /dev/null
  run 0 key import --key sec1.pem --no-passphrase --output-prefix sec1
  same "$(cat sec1.pub)" "$(openssl ec -in sec1.pem -pubout 2> /dev/null)" "public half"
fi

# A public key where a private one is wanted, and the other way round.
run 2 sign --key ci.pub oci:image:1.0
run 2 verify --key ed25519.key oci:image:1.0
err "private"

run 0 key list .
out '^ci.pub +public +ecdsa-p256 +key [0-9a-f]{16}$'
out '^ci.key +private, encrypted$'
out '^ed25519.key +private, not encrypted$'
run 0 key list -o json .
out '"hallmark.keys/v1"'
run 2 key list missing
run 2 key list
finish
