#!/bin/sh
# Several REFs: one verdict each, the worst decides, lists from files, stdin and kubectl (A108).
. "$(dirname "$0")/lib.sh"
key k
layout image signed unsigned bad
run 0 sign --key k.key oci:image:signed
key other
run 0 sign --key other.key oci:image:bad
several=yes

run 3 verify --key k.pub oci:image:signed oci:image:unsigned
same "$(grep -cE '^(allowed|unsigned) ' out)" 2 "verdicts"
run 1 verify --key k.pub oci:image:signed oci:image:unsigned oci:image:bad
run 1 verify --key k.pub oci:image:bad oci:image:missing oci:image:unsigned
run 3 verify --key k.pub oci:image:missing oci:image:unsigned oci:image:signed
run 4 verify --key k.pub oci:image:missing oci:image:signed
# A usage error in one of them: nothing is judged.
run 2 verify --key k.pub oci:image:signed "a b"
silent
# In the order of the command line, whatever ends first.
run 3 verify --key k.pub -q oci:image:unsigned oci:image:signed oci:image:unsigned oci:image:signed
same "$(cut -d' ' -f1 out | tr '\n' ' ')" "unsigned allowed unsigned allowed " "order"

printf '# images\n\n  oci:image:signed  \r\noci:image:signed\n' > list
run 0 verify --key k.pub --from list
same "$(wc -l < out)" 2 "verdicts of a list"
printf '# nothing\n\n' > empty
run 2 verify --key k.pub --from empty
err "no REF was given"
run 2 verify --key k.pub
run 2 verify --key k.pub --from missing
run 2 verify --key k.pub --from .
code=0
"$HALLMARK" verify --key k.pub - < list > out 2> err || code=$?
same "$code" 0 "REFs from stdin"
code=0
printf '' | "$HALLMARK" verify --key k.pub - > out 2> err || code=$?
same "$code" 2 "no REFs from stdin"

cat > pods.json <<'END'
{"apiVersion":"v1","kind":"List","items":[
 {"kind":"Pod","spec":{"initContainers":[{"image":"oci:image:signed"}],
  "containers":[{"image":"oci:image:unsigned"},{"image":"oci:image:signed"}],
  "ephemeralContainers":[{"image":"oci:image:bad"}]}},
 {"kind":"CronJob","spec":{"jobTemplate":{"spec":{"template":{"spec":{"containers":[
  {"image":"oci:image:missing"}]}}}}}}]}
END
run 1 verify --key k.pub --from pods.json -q
same "$(wc -l < out)" 4 "images of a cluster"
printf '{"kind":"List","items":[]}' > none.json
run 2 verify --key k.pub --from none.json
cat > nested.json <<'END'
{"kind":"List","items":[{"kind":"PodList","items":[
 {"kind":"Pod","spec":{"containers":[{"image":"oci:image:signed"}]}}]},
 {"kind":"PodTemplate","template":{"spec":{"containers":[{"image":"oci:image:bad"}]}}}]}
END
run 1 verify --key k.pub --from nested.json -q
same "$(wc -l < out)" 2 "images of nested lists"
# What cannot be read is never left out: nothing is judged.
sed 's/"oci:image:bad"/7/' nested.json > number.json
run 2 verify --key k.pub --from number.json
silent
err 'items\[1\] PodTemplate.template.spec.containers\[0\].image: want the name of an image'
printf '{"nothing":1}' > other.json
run 2 verify --key k.pub --from other.json

# Machine output: one document, every verdict in it, and by the schema.
schema=$SOURCE/docs/verdict.schema.json
for refs in oci:image:signed oci:image:bad oci:image:unsigned oci:image:missing; do
  "$HALLMARK" verify --key k.pub -o json "$refs" > doc.json || true
  "$SCHEMA_CHECK" "$schema" doc.json > faults || fail "$refs: $(cat faults)"
  grep -q '^{' doc.json || fail "one REF is one object"
  checks=$((checks + 1))
done
run 1 verify --key k.pub -o json --from pods.json
"$SCHEMA_CHECK" "$schema" out > faults || fail "$(cat faults)"
grep -q '^\[' out || fail "several REFs are an array"
run 1 verify --key k.pub -o jsonl --from pods.json
same "$(wc -l < out)" 4 "lines of jsonl"
while read -r line; do
  echo "$line" > doc.json
  "$SCHEMA_CHECK" "$schema" doc.json > faults || fail "$(cat faults)"
done < out
run 1 verify --key k.pub -o sarif --from pods.json
out '"version": "2.1.0"'
same "$(grep -c '"ruleId"' out)" 3 "results of sarif"
run 1 verify --key k.pub -o junit --from pods.json
out '<testsuites tests="4" failures="2" errors="1" skipped="0" '
finish
