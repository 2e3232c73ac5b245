#!/bin/sh
# What rules can say beyond one key set: several people, attestations beside signatures, age, deny
# list, exceptions, rules that are off. All on signatures that the program made itself.
. "$(dirname "$0")/lib.sh"
key k
key qa
key other
layout image 1.0 2.0
digest_of() { "$HALLMARK" digest "$1" | head -n 1 | grep -o 'sha256:[0-9a-f]*'; }
one=$(digest_of oci:image:1.0)
two=$(digest_of oci:image:2.0)
[ "$one" != "$two" ] || fail "two images are one"
id() { "$HALLMARK" key show -o json "$1" | sed -n 's/.*"fingerprint": "\(.*\)".*/\1/p'; }
rules() { # FILE REQUIRE [MEMBERS-OF-THE-RULE [MEMBERS-OF-THE-POLICY]]
  printf '{"schema":"hallmark.policy/v1","keySets":{"ci":{"keys":[{"file":"k.pub"}]},
"qa":{"keys":[{"file":"qa.pub"},{"file":"other.pub"}]}},
"rules":[{"name":"apps","images":["**"],"require":%s%s}],%s
"default":"deny"}' "$2" "${3-}" "${4-}" > "$1"
  run 0 policy check "$1"
}

# Two of three parts; what is missing is said.
rules some.json '{"atLeast":2,"of":[{"signedBy":"ci"},{"signedBy":"qa"},{"signedBy":"qa","attestation":"custom"}]}'
run 0 sign --key k.key oci:image:1.0
run 1 verify --policy some.json oci:image:1.0
out 'threshold$'
out 'wants 2 of \(1 of key set ci, 1 of key set qa, attestation '
echo '{"passed":true}' > predicate
run 0 attest --key qa.key --type custom --predicate predicate oci:image:1.0
run 0 verify --policy some.json oci:image:1.0

# An attestation beside a signature, each by its own people.
rules both.json '{"allOf":[{"signedBy":"ci"},{"signedBy":"qa","attestation":"custom"}]}'
run 0 verify --policy both.json oci:image:1.0
rules swapped.json '{"allOf":[{"signedBy":"qa"},{"signedBy":"ci","attestation":"custom"}]}'
run 1 verify --policy swapped.json oci:image:1.0

# The same where the attestation lies behind cosign's tag.
cp -r "$SOURCE/vectors/cosign/attestation/layout" tagged
chmod -R u+w tagged
cp "$SOURCE/vectors/cosign/keys/a.pub" a.pub
chmod go-w a.pub
printf '{"schema":"hallmark.policy/v1","keySets":{"ci":{"keys":[{"file":"k.pub"}]},"qa":{"keys":[{"file":"a.pub"}]}},
"rules":[{"name":"apps","images":["**"],"require":{"allOf":[{"signedBy":"ci"},
{"signedBy":"qa","attestation":"custom"}]}}],"default":"deny"}' > tagged.json
run 1 verify --policy tagged.json oci:tagged:v1
out 'threshold$'
out 'attach what is missing of https://cosign.sigstore.dev/attestation/v1'
run 0 sign --key k.key oci:tagged:v1
run 0 verify --policy tagged.json oci:tagged:v1

# Age, by policy and by flag. A day from now the signature is a day old.
rules young.json '{"signedBy":"ci"}' ',"maxAge":"12h"'
run 0 verify --policy young.json oci:image:1.0
tomorrow=$(date -u -d '+1 day' +%Y-%m-%dT%H:%M:%SZ)
run 1 verify --policy young.json --as-of "$tomorrow" oci:image:1.0
out 'too-old$'
run 0 verify --key k.pub --max-age 2d --as-of "$tomorrow" oci:image:1.0
run 1 verify --key k.pub --max-age 12h --as-of "$tomorrow" oci:image:1.0
out 'too-old$'
run 2 verify --key k.pub --max-age soon oci:image:1.0
err 'max-age: want a duration'
run 2 verify --policy young.json --max-age 1d oci:image:1.0
err "max-age goes with --key"

# Denied: the digest, whatever the mode; the key, but nobody else's.
rules digest.json '{"signedBy":"ci"}' ',"mode":"warn"' '"deny":{"digests":["'"$one"'"]},'
run 1 verify --policy digest.json oci:image:1.0
out 'deny-listed$'
rules key.json '{"signedBy":"ci"}' '' '"deny":{"keys":["'"$(id k.pub)"'"]},'
run 1 verify --policy key.json oci:image:1.0
out 'deny-listed$'
run 0 policy check key.json
out 'key k.pub of ci stands in the deny list'
rules either.json '{"anyOf":[{"signedBy":"ci"},{"signedBy":"qa","attestation":"custom"}]}' '' \
  '"deny":{"keys":["'"$(id k.pub)"'"]},'
run 0 verify --policy either.json oci:image:1.0

# Excepted until a day, and by name.
exception() { # UNTIL
  printf '"exceptions":[{"name":"vendor","digests":["%s"],"until":"%s","reason":"ticket 812"}],' \
    "$two" "$1"
}
rules open.json '{"signedBy":"ci"}' '' "$(exception 2999-01-01T00:00:00Z)"
run 0 policy check open.json
out 'exception vendor .* holds for more than a year'
run 0 verify --policy open.json oci:image:2.0
out '^allowed \(not verified\) .* exception: would be unsigned'
out '^  loosened exception vendor until 2999-01-01T00:00:00Z: ticket 812$'
run 0 verify --policy open.json oci:image:1.0
not_out 'loosened'
sed 's/2999/2020/' open.json > ended.json
run 3 verify --policy ended.json oci:image:2.0
run 0 policy check ended.json
out 'exception vendor .* has ended on 2020-01-01'

# A default that is off, and nothing else.
printf '{"schema":"hallmark.policy/v1","keySets":{"ci":{"keys":[{"file":"k.pub"}]}},"rules":[],
"default":{"require":{"signedBy":"ci"},"mode":"off"}}' > nothing.json
run 2 policy check nothing.json
err 'without any rule it would let every image through'

# The image itself.
rules label.json '{"allOf":[{"signedBy":"ci"},{"image":{"user":"not-root"}}]}'
run 1 verify --policy label.json oci:image:1.0
out 'image-root$'
rules small.json '{"allOf":[{"signedBy":"ci"},{"image":{"tag":"not-latest","maxBytes":100000,"mediaTypes":"known"}}]}'
run 0 verify --policy small.json oci:image:1.0
run 3 verify --policy small.json oci:image:2.0
printf '{"schema":"hallmark.policy/v1","keySets":{"ci":{"keys":[{"file":"k.pub"}]}},
"rules":[{"name":"a","images":["**"],"require":{"anyOf":[{"signedBy":"ci"},{"image":{"maxLayers":5}}]}}],"default":"deny"}' > free.json
run 2 policy check free.json
err 'free.json:2:[0-9]+: rules\[0\].require: could be met without any signature'

# Off.
rules off.json '{"signedBy":"ci"}' ',"mode":"off"'
run 0 policy check off.json
out 'warning  rule apps is off'
run 0 verify --policy off.json oci:image:2.0
out '^allowed \(not verified\) .* exempt: the rule is off'
out '^  loosened mode off \(rule apps\)$'

# A registry that does not answer about signatures: refused, unless the rule says otherwise.
registry --fault "method=GET;regex=/app/referrers/;do=answer;status=503"
rules patient.json '{"signedBy":"ci"}' ',"onUnknown":"allow"'
layout pushed 1.0
push pushed "$registry/app" 1.0
run 4 verify --policy young.json "$registry/app:1.0"
run 0 verify --policy patient.json "$registry/app:1.0"
out '^allowed \(not verified\) .*'
out '^  loosened onUnknown allow \(rule apps\)$'
run 4 verify --policy patient.json "$registry/nothing:1.0"
finish
