#!/bin/sh
# Attestations of Hallmark and of the real cosign 3 and 2 on one registry: each accepts what the
# other attests, by type and by key, with the referrers API and without.
. "$(dirname "$0")/world.sh"
cosign=$PEERS/cosign3/usr/bin/cosign
cosign2=$PEERS/cosign2/usr/bin/cosign
[ -x "$cosign" ] || skip "no cosign 3 (tests/interop/fetch-peers brings it)"
vectors=$(cd "$(dirname "$0")/../../vectors/predicate" && pwd)

attest_by() { # PROGRAM IMAGE TYPE FILE
  program=$1 image=$2 type=$3 file=$4
  extra=
  [ "$program" != "$cosign" ] || extra=--use-signing-config=false
  "$program" attest --yes $extra --tlog-upload=false --key "$work/theirs.key" --type "$type" \
    --predicate "$file" "$image"
}
verify_by_cosign() { # PUBLIC_KEY IMAGE TYPE
  "$cosign" verify-attestation --insecure-ignore-tlog=true --key "$1" --type "$3" "$2"
}
documents() {
  cat > "$work/slsaprovenance.json" <<'END'
{"builder":{"id":"https://ci.example/runner"},"buildType":"https://ci.example/build@v1",
 "invocation":{"configSource":{"uri":"git+https://git.example/app@refs/heads/main","digest":{"sha1":"c0de"},"entryPoint":"build"},"parameters":{"a":1},"environment":{}},
 "buildConfig":null,
 "metadata":{"buildInvocationID":"7","buildStartedOn":"2026-06-01T12:00:00Z","buildFinishedOn":"2026-06-01T12:05:00Z","completeness":{"parameters":true,"environment":false,"materials":false},"reproducible":false},
 "materials":[{"uri":"pkg:docker/debian@12","digest":{"sha256":"aa"}}]}
END
  cat > "$work/slsaprovenance1.json" <<'END'
{"buildDefinition":{"buildType":"https://ci.example/build/v1","externalParameters":{"workflow":{"ref":"refs/heads/main","repository":"https://git.example/app","path":"ci.yml"}},
  "internalParameters":{},"resolvedDependencies":[{"uri":"git+https://git.example/app@refs/heads/main","digest":{"gitCommit":"c0de"}}]},
 "runDetails":{"builder":{"id":"https://ci.example/runner","version":{}},"metadata":{"invocationID":"7","startedOn":"2026-06-01T12:00:00Z","finishedOn":"2026-06-01T12:05:00Z"},"byproducts":[]}}
END
  cat > "$work/vuln.json" <<'END'
{"invocation":{"parameters":null,"uri":"","event_id":"","builder.id":""},
 "scanner":{"uri":"pkg:github/aquasecurity/trivy@v0.60","version":"v0.60","db":{"uri":"","version":""},
  "result":{"SchemaVersion":2,"ArtifactName":"app","Results":[{"Target":"app","Vulnerabilities":[{"VulnerabilityID":"CVE-2026-1","PkgName":"zlib","InstalledVersion":"1","Severity":"HIGH"}]}]}},
 "metadata":{"scanStartedOn":"2026-06-01T12:00:00Z","scanFinishedOn":"2026-06-01T12:01:00Z"}}
END
  cat > "$work/openvex.json" <<'END'
{"@context":"https://openvex.dev/ns/v0.2.0","@id":"https://vex.example/1","author":"Example","timestamp":"2026-06-01T12:00:00Z","version":1,
 "statements":[{"vulnerability":{"name":"CVE-2026-1"},"products":[{"@id":"pkg:oci/app"}],"status":"not_affected","justification":"component_not_present"}]}
END
  echo '{"note": "nothing", "n": 7.50}' > "$work/custom.json"
  cp "$work/custom.json" "$work/uri.json"
  cp "$vectors/npm-cyclonedx-1.5.json" "$work/cyclonedx.json"
  cp "$vectors/npm-spdx-2.3.json" "$work/spdx.json"
  cp "$vectors/npm-spdx-2.3.json" "$work/spdxjson.json"
  cp "$work/slsaprovenance.json" "$work/slsaprovenance02.json"
}
types="slsaprovenance slsaprovenance02 slsaprovenance1 spdx spdxjson cyclonedx vuln openvex custom"
uri=https://example.com/tests/v1

both_ways() {
  for type in $types $uri; do
    file=$work/$type.json kind=$type
    [ "$type" != $uri ] || file=$work/uri.json kind="any URI"
    ours=$registry/ours:1.0-$(basename "$type")
    theirs=$registry/theirs:1.0-$(basename "$type")
    push amd64 "$ours"
    push amd64 "$theirs"
    expect 0 "we attest $type" \
      "$HALLMARK" attest --type "$type" --predicate "$file" --key "$work/ours.key" "$ours"
    check "cosign3 bundle-attestation out $kind" 0 "cosign verifies $type" \
      verify_by_cosign "$work/ours.pub" "$ours" "$type"
    check "cosign3 bundle-attestation out another key" 1 "cosign refuses another key" \
      verify_by_cosign "$work/theirs.pub" "$ours" "$type"
    expect 0 "cosign attests $type" attest_by "$cosign" "$theirs" "$type" "$file"
    check "cosign3 bundle-attestation in $kind" 0 "we verify $type" \
      "$HALLMARK" verify --attestation "$type" --key "$work/theirs.pub" "$theirs"
    check "cosign3 bundle-attestation in another key" 1 "another key" \
      "$HALLMARK" verify --attestation "$type" --key "$work/ours.pub" "$theirs"
    check "cosign3 bundle-attestation in another type" 1 "another type" \
      "$HALLMARK" verify --attestation link --key "$work/theirs.pub" "$theirs"
    [ -x "$cosign2" ] || continue
    tagged=$registry/tagged:1.0-$(basename "$type")
    push amd64 "$tagged"
    expect 0 "we attest $type in the .att tag" "$HALLMARK" attest --format cosign --type "$type" \
      --predicate "$file" --key "$work/ours.key" "$tagged"
    check "cosign2 cosign-attestation out $kind" 0 "cosign 2 verifies $type" \
      "$cosign2" verify-attestation --insecure-ignore-tlog=true \
      --key "$work/ours.pub" --type "$type" "$tagged"
    check "cosign3 cosign-attestation out $kind" 0 "cosign 3 verifies $type in the .att tag" \
      verify_by_cosign "$work/ours.pub" "$tagged" "$type"
    expect 0 "cosign 2 adds its own" attest_by "$cosign2" "$tagged" "$type" "$file"
    expect 0 "ours is still there" \
      "$HALLMARK" verify --attestation "$type" --key "$work/ours.pub" "$tagged"
    old=$registry/old:1.0-$(basename "$type")
    push amd64 "$old"
    expect 0 "cosign 2 attests $type" attest_by "$cosign2" "$old" "$type" "$file"
    check "cosign2 cosign-attestation in $kind" 0 "we verify $type from the .att tag" \
      "$HALLMARK" verify --attestation "$type" --key "$work/theirs.pub" "$old"
  done
}

real_image amd64
documents
new_key ours ecdsa-p256
COSIGN_PASSWORD=pw "$cosign" generate-key-pair --output-key-prefix "$work/theirs" > /dev/null 2>&1 ||
  fail "cosign generate-key-pair"
docker_registry fallback
both_ways
test_registry api
both_ways
finish
