#!/bin/sh
# Through a registry: with and without the referrers API, with logins, and with everything that can
# go wrong on the way. Unsigned is said only when every place answered with authority (A77).
. "$(dirname "$0")/lib.sh"
key k
layout image 1.0

both() {
  push image "$registry/app" 1.0
  run 3 verify --key k.pub "$registry/app:1.0"
  out 'unsigned$'
  run 0 sign --key k.key "$registry/app:1.0"
  out "^signed $registry/app@$digest with sha256:[0-9a-f]{64} \(bundle, key"
  run 0 verify --key k.pub "$registry/app:1.0"
  out "^allowed $registry/app:1.0@$digest"
  run 0 verify --key k.pub "$registry/app@$digest"
  run 0 verify --key k.pub --signed-name exact "$registry/app:1.0"
  before=$(requests)
  run 0 verify --key k.pub -v "$registry/app:1.0"
  cost=$(($(requests) - before))
  [ "$cost" -le 4 ] || fail "$cost requests to verify by tag"
  same "$(grep -c "hallmark: GET $registry" err)" "$cost" "lines of -v"
  not_err "GET $registry/v2/ "
  before=$(requests)
  run 0 verify --key k.pub --format bundle "$registry/app:1.0"
  [ $(($(requests) - before)) -le 4 ] || fail "a request too many with --format bundle"
  run 3 verify --key k.pub --format cosign "$registry/app:1.0"
  run 2 verify --key k.pub --format bundle,other "$registry/app:1.0"
  run 0 verify --key k.pub -o json "$registry/app:1.0"
  out "\"$registry\": $cost"
  run 0 inspect "$registry/app:1.0"
  out '^1 attached:'
  out 'predicate +https://sigstore.dev/cosign/sign/v1'
  out 'signer +key [0-9a-f]{16} \(its own word\)'
  out '^nothing here was verified$'
  run 0 tree "$registry/app:1.0"
  out '^`- sha256:.* bundle'
  run 0 digest "$registry/app:1.0"
  same "$(head -n 1 out)" "$digest" "digest of the tag"
  run 0 doctor "$registry/app"
  out '^ok +registry'
  run 4 verify --key k.pub "$registry/missing:1.0"
  out 'not-found$'
  run 4 sign --key k.key "$registry/missing:1.0"
}
registry
both
run 0 doctor "$registry/app"
out '^ok +referrers +the registry has the API'
registry --no-referrers-api
both
run 0 doctor "$registry/app"
out 'no API: signatures go to the fallback tag'
grep -q "\"$registry\"" "$HOME/.cache/hallmark/registries.json" || fail "nothing was learnt"
printf 'broken' > "$HOME/.cache/hallmark/registries.json"
run 0 verify --key k.pub "$registry/app:1.0"
rm -r "$HOME/.cache"

# Nothing is asked offline; a registry that is not there is unknown, not unsigned.
before=$(requests)
run 4 verify --offline --key k.pub "$registry/app:1.0"
out 'unreachable$'
same "$(requests)" "$before" "requests with --offline"
run 4 verify --key k.pub --timeout 5s 127.0.0.1:1/app:1.0
out 'unreachable$'
run 4 doctor --timeout 5s 127.0.0.1:1/app
out '^unreachable '
run 4 inspect --timeout 5s 127.0.0.1:1/app

# Logins.
registry --basic user:right
push image "$registry/app" 1.0 -u user:right
run 4 verify --key k.pub "$registry/app:1.0"
out 'auth$'
login() { # CODE PASSWORD
  code=0
  echo "$2" | "$HALLMARK" verify --key k.pub -u user --password-stdin "$registry/app:1.0" \
    > out 2> err || code=$?
  same "$code" "$1" "exit code of a login"
}
login 3 right
login 4 wrong
run 2 verify --key k.pub -u user "$registry/app:1.0"
err "go together"
code=0
echo right | "$HALLMARK" verify --key k.pub -u user --password-stdin "$registry/app:1.0" other.example/x \
  > out 2> err || code=$?
same "$code" 2 "one login for two registries"
code=0
echo right | "$HALLMARK" verify --key k.pub -u user --password-stdin - > out 2> err || code=$?
same "$code" 2 "a password and REFs from stdin"
mkdir -p "$HOME/.docker" "$work/run/containers"
printf '{"auths":{"%s":{"auth":"%s"}}}' "$registry" "$(printf user:right | base64)" > logins.json
cp logins.json "$HOME/.docker/config.json"
run 0 sign --key k.key "$registry/app:1.0"
run 0 verify --key k.pub "$registry/app:1.0"
run 0 doctor "$registry/app"
out "^ok +login +$registry as user"
rm -r "$HOME/.docker"
mkdir other
cp logins.json other/config.json
DOCKER_CONFIG=$work/other run 0 verify --key k.pub "$registry/app:1.0"
REGISTRY_AUTH_FILE=$work/logins.json run 0 verify --key k.pub "$registry/app:1.0"
cp logins.json run/containers/auth.json
XDG_RUNTIME_DIR=$work/run run 0 verify --key k.pub "$registry/app:1.0"
run 0 verify --registry-config logins.json --key k.pub "$registry/app:1.0"
not_out right
mkdir bin
cat > bin/docker-credential-test <<END
#!/bin/sh
echo "\${HALLMARK_PASSWORD-unset}" > $work/seen
cat > /dev/null
echo '{"Username":"user","Secret":"right"}'
END
chmod +x bin/docker-credential-test
printf '{"credHelpers":{"%s":"test"}}' "$registry" > helper.json
HALLMARK_PASSWORD=hidden PATH="$work/bin:$PATH" run 0 verify --registry-config helper.json \
  --key k.pub "$registry/app:1.0"
same "$(cat seen)" unset "what a helper sees of our passphrase"
printf '{"credHelpers":{"%s":"missing"},"auths":{"%s":{"auth":"%s"}}}' "$registry" "$registry" \
  "$(printf user:right | base64)" > helper.json
before=$(requests)
run 2 verify --registry-config helper.json --key k.pub "$registry/app:1.0"
err 'helper.json: docker-credential-missing: no such program in PATH'
printf '{"credsStore":"missing"}' > helper.json
run 2 sign --registry-config helper.json --key k.key "$registry/app:1.0"
err 'docker-credential-missing'
run 2 doctor --registry-config helper.json "$registry/app"
same "$(requests)" "$before" "requests before a missing helper was noticed"

# What can go wrong while it is asked what refers to the image.
broken() { # REASON FAULT: with the fault nobody may say unsigned, or allowed
  registry --fault "method=GET;regex=/referrers/;$2"
  push image "$registry/app" 1.0
  run 4 verify --key k.pub --timeout 2s "$registry/app:1.0"
  out "$1\$"
  run 4 verify --key k.pub --timeout 2s "$registry/app:1.0" -o json
  out '"verdict": "unknown"'
  "$SCHEMA_CHECK" "$SOURCE/docs/verdict.schema.json" out > faults || fail "$(cat faults)"
}
broken auth 'do=answer;status=403'
broken 'throttled|timeout' 'do=answer;status=429;header=Retry-After: 60'
broken 'unreachable|timeout' 'do=answer;status=500'
broken protocol 'do=answer;status=200;header=Content-Type: text/html;body=<html>'
broken protocol 'do=cut'
broken unreachable 'do=reset'
broken timeout 'do=delay;delay=10000'

# The image itself: other bytes, a registry that is slow to say what the tag is.
registry --fault "method=GET;regex=/manifests/;do=wrong-bytes"
push image "$registry/app" 1.0
run 1 verify --key k.pub "$registry/app@$digest"
out 'wrong-digest$'
registry --fault "method=GET;regex=/manifests/;do=delay;delay=10000"
push image "$registry/app" 1.0
run 4 verify --key k.pub --timeout 1s "$registry/app:1.0"
out 'timeout$'
run 4 sign --key k.key --timeout 1s "$registry/app:1.0"
finish
