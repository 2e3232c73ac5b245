#!/bin/sh
# Verdicts for other programs: one document of SARIF or JUnit whatever was asked and however it ended,
# a line a verdict with jsonl; the exit code is that of the text.
. "$(dirname "$0")/lib.sh"
schema=$SOURCE/tests/cli/sarif.schema.json
key k
key other
layout image good bad none
mkdir policies
policy policies/p.json "oci:$(pwd -P)/image" ../k.pub
sed 's/"images"/"mode":"warn","images"/' policies/p.json > policies/warn.json
sed 's/"default":"deny"/"default":"allow-unmatched"/' policies/p.json > policies/open.json
run 0 sign --key k.key oci:image:good
run 0 sign --key other.key oci:image:bad
ask() { # CODE FORM POLICY REF...
  wanted=$1 form=$2 rules=$3
  shift 3
  run "$wanted" verify --policy "policies/$rules.json" -o "$form" "$@"
}
sarif() { # CODE POLICY RESULTS REF...
  wanted=$1 rules=$2 results=$3
  shift 3
  ask "$wanted" sarif "$rules" "$@"
  "$SCHEMA_CHECK" "$schema" out > faults || fail "$(cat faults)"
  same "$(grep -c '"ruleId"' out)" "$results" "results"
}
junit() { # CODE POLICY COUNTS REF...
  wanted=$1 rules=$2 counts=$3
  shift 3
  ask "$wanted" junit "$rules" "$@"
  out "^<testsuites $counts time=\"[0-9]+[.][0-9]{3}\">\$"
  out "^  <testsuite name=\"hallmark verify\" $counts time="
  ! command -v xmllint > /dev/null || xmllint --noout out || fail "xmllint does not like it"
}
all="oci:image:good oci:image:bad oci:image:none oci:image:away"

# SARIF: nothing of what is verified, and each other verdict at its rule.
sarif 0 p 0 oci:image:good
out '"results": \[\]'
sarif 0 p 0 oci:image:good oci:image:good
sarif 1 p 3 $all
same "$(grep -c '"shortDescription"' out)" 3 "rules"
same "$(grep -c '"level": "error"' out)" 3 "errors"
same "$(grep -c '"uri": "policies/p.json"' out)" 3 "places"
same "$(grep -c '"startLine": 2' out)" 3 "lines"
out '"text": "denied .*: untrusted-signer: .*Fix: '
out '"fullyQualifiedName": ".*@sha256:[0-9a-f]{64}"'
sarif 3 p 1 oci:image:none
sarif 4 p 1 oci:image:away
sarif 0 warn 2 oci:image:good oci:image:bad oci:image:none
same "$(grep -c '"level": "warning"' out)" 2 "warnings"
run 0 verify --policy policies/open.json --logical-name a.example/app -o sarif oci:image:bad
"$SCHEMA_CHECK" "$schema" out > faults || fail "$(cat faults)"
out '"ruleId": "exempt"'
# Without a policy there is no file to point into; an absolute path is a file: URI.
run 3 verify --key k.pub -o sarif oci:image:none
"$SCHEMA_CHECK" "$schema" out > faults || fail "$(cat faults)"
out '"uri": "oci%3Aimage%3Anone"'
run 3 verify --policy "$work/policies/p.json" -o sarif oci:image:none
"$SCHEMA_CHECK" "$schema" out > faults || fail "$(cat faults)"
out '"uri": "file:///.*/policies/p.json"'
# The same result has the same fingerprint, today and tomorrow.
sarif 1 p 1 oci:image:bad
first=$(grep primaryLocationLineHash out)
sarif 1 p 1 oci:image:bad
same "$(grep primaryLocationLineHash out)" "$first" "the fingerprint"

# JUnit.
junit 0 p 'tests="1" failures="0" errors="0" skipped="0"' oci:image:good
junit 1 p 'tests="4" failures="2" errors="1" skipped="0"' $all
same "$(grep -c '^    <testcase classname="apps" name=' out)" 4 "test cases"
out '^      <failure message="denied: untrusted-signer: .*" type="untrusted-signer">fix: hallmark sign'
out '^      <error message="unknown: not-found: '
out '^  fix      '
junit 0 warn 'tests="2" failures="0" errors="0" skipped="1"' oci:image:good oci:image:bad
out '<skipped message="allowed \(not verified\): audited: '
if command -v script > /dev/null; then
  TERM=xterm script -qec "'$HALLMARK' verify --key k.pub -o junit oci:image:good" /dev/null > out < /dev/null
  ! grep -q "$(printf '\033')" out || fail "colours in XML"
fi

# A line a verdict, also for one REF and with --recursive.
ask 1 jsonl p $all
same "$(wc -l < out)" 4 "lines"
ask 0 jsonl p oci:image:good
same "$(wc -l < out)" 1 "lines of one REF"
ask 0 json p oci:image:good
[ "$(wc -l < out)" -gt 1 ] || fail "json is for people too"
layout_index index all amd64 arm64
run 3 verify --key k.pub -o jsonl --recursive oci:index:all
same "$(wc -l < out)" 3 "lines of an index"
run 3 verify --key k.pub -o junit --recursive oci:index:all
same "$(grep -c ' name="oci:index:all (linux/' out)" 2 "test cases of platforms"

# Nobody's text is markup, and no link.
run 0 sign --key k.key -a 'note=<b>]]>"&[x](http://e.example)' oci:image:none
run 1 verify --key k.pub -a note=other -o junit oci:image:none
out '&lt;b&gt;\]\]&gt;'
! command -v xmllint > /dev/null || xmllint --noout out || fail "xmllint does not like it"
run 1 verify --key k.pub -a note=other -o sarif oci:image:none
"$SCHEMA_CHECK" "$schema" out > faults || fail "$(cat faults)"
out '"text": .*\[x\] \(http://e.example\)'
finish
