#!/bin/sh
# What the grammar promises: help everywhere, usage errors before anything else, twins of flags.
. "$(dirname "$0")/lib.sh"

run 2
err "usage: hallmark VERB"
run 2 verfy
err 'no verb "verfy"; did you mean "verify"'
run 2 prune registry.example/app
err 'no verb "prune"'
run 2 key
err "key generate"
run 2 key genrate
err 'did you mean "key generate"'
run 0 --help
out "Exit codes"
run 0 help
run 0 help key
out "key import"
run 0 key --help
run 2 help nothing
run 0 version
out '^hallmark [0-9]+\.[0-9]+\.[0-9]+$'
run 0 --version
run 0 version -o json
out '"version"'
run 2 version extra

# Every verb has --help with two examples, and a page with two examples and every flag of its own.
"$HALLMARK" help | sed -n '/^Verbs:/,/^$/p' | sed -n 's/^  \([a-z]* \{0,1\}[a-z]*\)  .*/\1/p' > verbs
grep -q "policy explain" verbs || fail "the list of verbs"
while read -r verb; do
  run 0 $verb --help
  out "^Examples:"
  page=$SOURCE/docs/cli/$(echo "$verb" | tr ' ' '-').md
  [ -f "$page" ] || fail "no page for $verb"
  [ "$(sed -n '/^## Examples/,$p' "$page" | grep -c '^    ')" -ge 2 ] || fail "$page: two examples"
  for flag in $(sed -n '/^Registry:/,$d; /^Everywhere:/,$d; s/^ *\(-[a-z], \)\{0,1\}--\([a-z-]*\).*/\2/p' out); do
    grep -q -- "--$flag" "$page" || fail "$page says nothing of --$flag"
  done
  for flag in $(sed -n 's/^ *\(-[a-z], \)\{0,1\}--\([a-z-]*\).*/\2/p' out); do
    case "$flag" in format) continue ;; esac
    grep -q -- "--$flag" "$page" "$SOURCE/docs/cli/hallmark.md" || fail "nothing says --$flag"
    [ "$flag" = help ] || "$HALLMARK" env | grep -q -- "--$flag " || fail "env lacks --$flag"
  done
done < verbs

for shell in bash zsh fish; do
  run 0 completion "$shell"
  out "policy"
  command -v "$shell" > /dev/null && { "$shell" -n out || fail "$shell does not read it"; }
done
run 2 completion tcsh
err "want bash, zsh or fish"

# Flags.
run 2 verify oci:x --no-such-flag
err "no-such-flag"
run 2 verify oci:x --policy
run 2 verify oci:x --policy a --policy b
err "--policy is given twice"
run 2 verify oci:x --output yaml --key k
err 'want text\|json\|jsonl\|sarif\|junit, not "yaml"'
run 2 verify oci:x --format cosign --key k
run 2 verify oci:x
err "say what to trust"
run 2 verify oci:x --key a --policy b
err "one of the two"
run 2 verify oci:x --policy b --signed-name tag
err "goes with --key"
run 2 verify oci:x --key a -a novalue
run 2 verify "bad reference" --key a
run 2 verify registry.example/UPPER --key a
run 2 sign oci:x
err "say which key"
run 2 sign oci:x --key k --expires 90
err "want a duration"
run 2 sign oci:x --key k --expires 0d
run 2 sign oci:x --key k --record-identity "a b"
run 2 sign oci:x --key k -a a=1 -a a=2
err "two values"
silent

# Twins: the command line wins, and off means off however it is spelt.
key k
layout image 1.0
run 0 sign --key k.key oci:image:1.0
export HALLMARK_KEY=k.pub
run 0 verify oci:image:1.0
for off in "" 0 false no off FALSE; do
  HALLMARK_DRY_RUN=$off HALLMARK_KEY=k.key run 0 sign --skip-if-signed oci:image:1.0
  out "^already signed"
done
HALLMARK_EXPLAIN=1 run 0 verify oci:image:1.0
out "^  rule "
HALLMARK_EXPLAIN=1 run 0 verify --explain=false oci:image:1.0
not_out "^  rule "
# --policy and --key: the typed one wins over the variable of the other.
policy own.json "oci:$(pwd -P)/**" k.pub
policy strange.json "oci:$(pwd -P)/**" missing.pub
run 0 verify --policy own.json --explain oci:image:1.0
out '^  rule     apps '
HALLMARK_KEY= HALLMARK_POLICY=strange.json run 0 verify --key k.pub oci:image:1.0
HALLMARK_POLICY=own.json run 2 verify oci:image:1.0
err "one of the two"
run 2 verify --policy own.json --key k.pub oci:image:1.0
err "one of the two"
# A tag beside a digest is not looked at, and that is said.
run 0 verify "oci:image:1.0@$digest"
out '^  note     the digest decides; the tag beside it was not looked at$'
run 0 verify -o json "oci:image:1.0@$digest"
out '"detail": ".*the digest decides; the tag'
run 0 verify "oci:image@$digest"
not_out 'the digest decides'
HALLMARK_EXPLAIN=maybe run 2 verify oci:image:1.0
err "HALLMARK_EXPLAIN: want 1 or 0"
HALLMARK_OUTPUT=json run 0 verify oci:image:1.0
out '"verdict": "allowed"'
HALLMARK_OUTPUT=json run 0 verify oci:image:1.0 -o jsonl
out '^{"schema":"hallmark.verdict/v1"'
HALLMARK_ANNOTATE='a=1
b=2' run 1 verify oci:image:1.0
out "annotation"
finish
