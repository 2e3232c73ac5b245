#!/bin/sh
# What is printed, and what happens when it cannot be: nobody gets exit code 0 for a result that
# nobody got (A108); nobody else's text makes a line or a colour (A109).
. "$(dirname "$0")/lib.sh"
key k
layout image 1.0
run 0 sign --key k.key oci:image:1.0

ends() { # CODE WHAT COMMAND...
  wanted=$1 what=$2
  shift 2
  code=0
  "$@" || code=$?
  [ "$code" -ne 0 ] || fail "$what ends with 0"
  [ "$wanted" = any ] || same "$code" "$wanted" "$what"
  checks=$((checks + 1))
}
full() { "$HALLMARK" "$@" > /dev/full 2> err; }
closed() { "$HALLMARK" "$@" >&- 2> err; }
for verb in "verify --key k.pub oci:image:1.0" "verify --key k.pub -o json oci:image:1.0" \
  "digest oci:image:1.0" "inspect oci:image:1.0" "tree oci:image:1.0" "version" "env" "help" \
  "policy schema" "completion bash" "key show k.pub" "doctor" "verify --help"; do
  ends 4 "a full disk: $verb" full $verb
  err "could not write"
  ends 4 "a closed stdout: $verb" closed $verb
done
ends 1 "denied, and a full disk" full verify --key k.pub -a a=b oci:image:1.0
ends 4 "signing, and a full disk" full sign --key k.key oci:image:1.0
# Closed streams do not become files of ours: the layout stays what it was.
ends 4 "signing with a closed stdout" closed sign --key k.key oci:image:1.0
code=0
"$HALLMARK" sign --key k.key oci:image:1.0 <&- >&- 2>&- || code=$?
same "$code" 4 "signing with every stream closed"
! grep -rq 'signed oci:' image || fail "results were written into the layout"
run 0 verify --key k.pub oci:image:1.0

# A reader that goes away.
mkfifo pipe
( exec 3< pipe; exec 3<&- ) &
code=0
{ wait $!; "$HALLMARK" env; } 2> err > pipe || code=$?
[ "$code" -ne 0 ] || fail "a broken pipe ends with 0"

# Strangers' text.
esc=$(printf '\033[31mred')
run 0 sign --key k.key -a "note=$esc
denied forged" oci:image:1.0
run 1 verify --key k.pub -a note=other oci:image:1.0 --explain
! grep -q "$(printf '\033')" out || fail "an escape sequence of a stranger is printed"
not_out '^denied forged'
run 1 verify --key k.pub -a note=other oci:image:1.0 -o json
"$SCHEMA_CHECK" "$SOURCE/docs/verdict.schema.json" out > faults || fail "$(cat faults)"
! grep -q "$(printf '\033')" out || fail "an escape sequence in JSON"
run 2 verify --key k.pub "$(printf 'registry.example/a\033[31m')"
! grep -q "$(printf '\033')" err || fail "an escape sequence in an error"
run 2 verify --key "$(printf 'a\033b')" oci:image:1.0
! grep -q "$(printf '\033')" err || fail "an escape sequence in an error"
run 2 "$(printf 'verb\033[31m')"
! grep -q "$(printf '\033')" err || fail "an escape sequence in an error"

# Colours: on a terminal only, and never with NO_COLOR.
run 0 verify --key k.pub oci:image:1.0
! grep -q "$(printf '\033')" out || fail "colours without a terminal"
if command -v script > /dev/null; then
  TERM=xterm script -qec "'$HALLMARK' verify --key k.pub oci:image:1.0" /dev/null > out < /dev/null
  grep -q "$(printf '\033\[32mallowed')" out || fail "no colour on a terminal"
  NO_COLOR=1 TERM=xterm script -qec "'$HALLMARK' verify --key k.pub oci:image:1.0" /dev/null > out < /dev/null
  ! grep -q "$(printf '\033')" out || fail "colours with NO_COLOR"
  # The passphrase is asked for on the terminal and not shown.
  HALLMARK_PASSWORD=pw "$HALLMARK" key generate --output-prefix locked > /dev/null
  { sleep 1; echo pw; sleep 1; } | script -qec "'$HALLMARK' key show locked.key" /dev/null > out
  grep -q 'ecdsa-p256' out || fail "the passphrase was not taken from the terminal"
  ! grep -q '^pw' out || fail "the passphrase was shown"
fi

# digest and doctor.
printf '{"b":1,"a":2}' > doc.json
run 0 digest doc.json
same "$(head -n 1 out)" "sha256:$(sha256sum < doc.json | cut -c1-64)" "sha256"
same "$(sed -n 2p out)" "sha512:$(sha512sum < doc.json | cut -c1-128)" "sha512"
run 0 digest --canonical doc.json
out "^canonical  sha256:$(printf '{"a":2,"b":1}' | sha256sum | cut -c1-64)\$"
printf '{"a":1,"a":2}' > twice.json
run 1 digest twice.json
out '^complaint '
printf '{"schemaVersion":2,"manifests":[],"layers":[]}' > both.json
run 1 digest both.json
out '^complaint '
run 1 digest both.json -o json
out '"complaints"'
head -c 3000000 /dev/urandom > random.bin
run 0 digest random.bin
same "$(head -n 1 out)" "sha256:$(sha256sum < random.bin | cut -c1-64)" "sha256 of a large file"
run 2 digest ./missing
run 2 digest .
run 2 digest /dev/null
# A file that is planted under the name of an image is not taken for it (A110).
mkdir registry.example
cp doc.json registry.example/app
run 4 digest --offline registry.example/app
run 0 doctor
out '^ok +clock'
HALLMARK_POLCY=x run 0 doctor
out '^warning +environment +no flag has the variable HALLMARK_POLCY'
run 2 doctor --policy missing.json
out '^problem +policy +missing.json'
run 2 doctor --key missing.pub -o json
out '"level": "problem"'
run 0 doctor oci:image:1.0 --key k.pub
finish
