#!/bin/sh
# Policies: what cannot be used is said with exit code 2 before a socket is opened (A76), rules
# decide by name, and what only warns is never called allowed alone.
. "$(dirname "$0")/lib.sh"
key k
key other
layout image 1.0
run 0 sign --key k.key --logical-name registry.example/prod/app oci:image:1.0

policy policy.json 'registry.example/prod/**' k.pub
run 0 verify --policy policy.json --logical-name registry.example/prod/app oci:image:1.0
run 1 verify --policy policy.json --logical-name registry.example/dev/app oci:image:1.0
out 'no-rule$'
run 1 verify --policy policy.json --logical-name registry.example.evil.com/prod/app oci:image:1.0
run 1 verify --policy policy.json --logical-name registry.example/prod-evil/app oci:image:1.0
run 1 verify --policy policy.json oci:image:1.0
out 'no-rule$'
policy other.json 'registry.example/prod/**' other.pub
run 1 verify --policy other.json --logical-name registry.example/prod/app oci:image:1.0
out '^  rule     apps \(other.json:2\) wants 1 of key set ci$'
policy layouts.json "oci:$(pwd -P)/**" k.pub
run 0 verify --policy layouts.json oci:image:1.0

# Loosened: audited and exempt say so, in text, JSON and with the switch's name.
policy warn.json '**' other.pub ',"mode":"warn"'
run 0 verify --policy warn.json oci:image:1.0
out '^allowed \(not verified\) '
not_out '^allowed [^(]'
out '^  loosened mode warn'
run 0 verify -q --policy warn.json oci:image:1.0
same "$(wc -l < out)" 1 "lines with -q"
out '^allowed \(not verified\) .* \(loosened: mode warn'
run 0 verify --policy warn.json oci:image:1.0 -o sarif
out '"text": ".*\(loosened: mode warn'
run 0 verify --policy warn.json oci:image:1.0 -o json
out '"reason": "audited"'
printf '{"schema":"hallmark.policy/v1","keySets":{"ci":{"keys":[{"file":"k.pub"}]}},"rules":[{"name":"a","images":["registry.example/**"],"require":{"signedBy":"ci"}}],"default":"allow-unmatched"}' > open.json
run 0 verify --policy open.json oci:image:1.0
out '^allowed \(not verified\) .*exempt'
"$HALLMARK" verify --policy open.json oci:image:1.0 -o json > doc.json
"$SCHEMA_CHECK" "$SOURCE/docs/verdict.schema.json" doc.json > faults || fail "$(cat faults)"

# Unusable, and no request was made.
registry
refuse() { # FILE WHAT
  before=$(requests)
  run 2 verify --policy "$1" "$registry/app:1.0"
  silent
  err "$2"
  same "$(requests)" "$before" "requests with $1"
}
refuse missing.json missing.json
: > empty.json
refuse empty.json empty.json
printf '{"schema":"hallmark.policy/v9","rules":[],"default":"deny"}' > version.json
refuse version.json version.json
sed 's/"default"/"surprise":1,"default"/' policy.json > unknown.json
refuse unknown.json 'unknown.json:[0-9]+:[0-9]+: .*surprise'
sed 's/"rules":\[{/"rules":[{"name":"apps","images":["a.example\/**"],"require":{"signedBy":"ci"}},{/' \
  policy.json > twice.json
refuse twice.json twice.json
sed 's/"rules":\[{/"rules":[{"name":"same","images":["registry.example\/prod\/**"],"require":{"signedBy":"ci"}},{/' \
  policy.json > tie.json
refuse tie.json tie.json
sed 's/"keys":\[.*\]}}/"keys":[]}}/' policy.json > nokeys.json
refuse nokeys.json nokeys.json
sed 's/,"default"/,"comment":"x"/; s/^"default":"deny"}/"comment":"x"}/' policy.json > nodefault.json
refuse nodefault.json nodefault.json
cp policy.json open-to-all.json
chmod 666 open-to-all.json
refuse open-to-all.json "anybody may write"
ln -s nowhere.json dangling.json
refuse dangling.json dangling.json
mkdir folder.json
refuse folder.json "is a folder"
truncate -s 100M large.json
refuse large.json large.json
mkfifo pipe.json
refuse pipe.json pipe.json
sed 's/k.pub/gone.pub/' policy.json > nokey.json
refuse nokey.json gone.pub
cp k.pub writable.pub
chmod 666 writable.pub
sed 's/k.pub/writable.pub/' policy.json > writable.json
refuse writable.json writable.pub
before=$(requests)
run 2 verify --key writable.pub "$registry/app:1.0"
err 'writable.pub: anybody may write'
run 2 verify --key file:writable.pub "$registry/app:1.0"
run 2 verify --key gone.pub "$registry/app:1.0"
err gone.pub
run 2 sign --key gone.key "$registry/app:1.0"
err gone.key
: > nothing.pub
run 2 verify --key nothing.pub "$registry/app:1.0"
run 2 verify --key k.pub --ca-file gone.crt "$registry/app:1.0"
err gone.crt
run 2 verify --key k.pub --registry-config gone.json "$registry/app:1.0"
REGISTRY_AUTH_FILE=$work/gone.json run 2 verify --key k.pub "$registry/app:1.0"
mkdir -p "$HOME/.docker"
echo '{"auths":' > "$HOME/.docker/config.json"
run 2 verify --key k.pub "$registry/app:1.0"
err config.json
rm -r "$HOME/.docker"
same "$(requests)" "$before" "requests"
if command -v strace > /dev/null && strace -o trace true 2> /dev/null; then
  strace -f -e trace=socket,connect -o trace "$HALLMARK" verify --key gone.pub registry.example/app \
    > out 2> err || true
  ! grep -q AF_INET trace || fail "a socket was opened before the missing key was noticed"
  strace -f -e trace=socket,connect -o trace "$HALLMARK" verify --offline --key k.pub \
    registry.example/app > out 2> err || true
  ! grep -q AF_INET trace || fail "--offline opened a socket"
  checks=$((checks + 2))
fi

# Planted files in the working folder are not read, and HOME may be unset (A110).
printf 'not json' > config.json
printf 'not json' > auth.json
(unset HOME; "$HALLMARK" verify --key k.pub "$registry/app:1.0" > out 2> err) || code=$?
same "$code" 4 "without HOME"
mkdir -p here
(cd here && HOME=. && export HOME && mkdir -p .docker && printf 'bad' > .docker/config.json &&
  "$HALLMARK" verify --key ../k.pub "$registry/app:1.0" > ../out 2> ../err) || code=$?
same "$code" 4 "with a relative HOME"

# check, explain, schema.
run 0 policy check policy.json
out '1 rules, 1 key sets, 1 keys'
run 0 policy check warn.json
out 'warning  rule apps only warns'
run 0 policy check open.json
out 'warning  the default lets images through'
run 2 policy check unknown.json
err 'surprise'
run 2 policy check
run 0 policy explain --policy policy.json registry.example/prod/app registry.example/x
out '^  rule     apps \(policy.json:2\)$'
out '^  matches  registry.example/prod/\*\*$'
out 'the default decides'
run 0 policy explain --policy policy.json oci:image
run 0 policy explain -o json --policy policy.json registry.example/prod/app
out '"pattern": "registry.example/prod/\*\*"'
run 2 policy explain registry.example/prod/app
run 0 policy schema
cmp -s out "$SOURCE/docs/policy.schema.json" || fail "policy schema is not docs/policy.schema.json"
finish
