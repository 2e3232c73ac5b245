#!/bin/sh
# Several repositories and registries in one run (A103): no verdict, no content and no login of one
# is used for another, though the digest or the tag is the same.
. "$(dirname "$0")/lib.sh"
key a
key b
layout image 1.0
several=yes

# One digest in two repositories under two rules; each rule wants another key.
registry
push image "$registry/prod/app" 1.0
push image "$registry/dev/app" 1.0
printf '{"schema":"hallmark.policy/v1","keySets":{"a":{"keys":[{"file":"a.pub"}]},"b":{"keys":[{"file":"b.pub"}]}},"rules":[{"name":"prod","images":["%s/prod/**"],"require":{"signedBy":"a"}},{"name":"dev","images":["%s/dev/**"],"require":{"signedBy":"b"}}],"default":"deny"}' \
  "$registry" "$registry" > policy.json
words() { # CODE WORD OF PROD, WORD OF DEV: in both orders, by tag and by digest
  for at in :1.0 "@$digest"; do
    run "$1" verify --policy policy.json -q "$registry/prod/app$at" "$registry/dev/app$at"
    same "$(cut -d' ' -f1 out | tr '\n' ' ')" "$2 $3 " "prod, dev"
    run "$1" verify --policy policy.json -q "$registry/dev/app$at" "$registry/prod/app$at"
    same "$(cut -d' ' -f1 out | tr '\n' ' ')" "$3 $2 " "dev, prod"
  done
}
words 3 unsigned unsigned
run 0 sign --key a.key "$registry/prod/app:1.0"
words 3 allowed unsigned
run 0 sign --key a.key "$registry/dev/app:1.0"
words 1 allowed denied
run 0 sign --key b.key "$registry/dev/app:1.0"
words 0 allowed allowed

# One tag at two registries, which have one login each.
one_image=$digest
layout second 1.0 other
registry --basic one:first
one=$registry one_log=$log
digest=$one_image
push image "$one/app" 1.0 -u one:first
registry --basic two:second
two=$registry two_log=$log
digest=$("$HALLMARK" digest oci:second:other | head -n 1)
push second "$two/app" 1.0 -u two:second
login() { # REGISTRY USER:PASSWORD
  printf '"%s":{"auth":"%s"}' "$1" "$(printf %s "$2" | base64)"
}
printf '{"auths":{%s,%s}}' "$(login "$one" one:first)" "$(login "$two" two:second)" > both.json
printf '{"auths":{%s}}' "$(login "$one" one:first)" > only.json
run 0 sign --registry-config both.json --key a.key "$one/app:1.0"
run 3 verify --registry-config both.json --key a.pub "$one/app:1.0" "$two/app:1.0"
out "^allowed $one/app:1.0@$one_image"
out "^unsigned $two/app:1.0@$digest"
run 0 sign --registry-config both.json --key a.key "$two/app:1.0"
run 0 verify --registry-config both.json --key a.pub "$two/app:1.0" "$one/app:1.0"
out "^allowed $one/app:1.0@$one_image"
out "^allowed $two/app:1.0@$digest"
# The login of one registry alone: the other gets none, not even this one.
: > "$two_log"
for refs in "$one/app:1.0 $two/app:1.0" "$two/app:1.0 $one/app:1.0"; do
  run 4 verify --registry-config only.json --key a.pub $refs
  out "^allowed $one/app:1.0@$one_image"
  out "^unknown $two/app:1.0 .*auth$"
done
grep -q '"authorization":true' "$one_log" || fail "the login was not used"
same "$(grep -c '"authorization":true' "$two_log")" 0 "logins at the registry that has none"
finish
