#!/bin/sh
# Signs and verifies through Debian's docker-registry, as a pipeline and a deployer do: plain, with
# TLS, with a password; one image and an index of three platforms; fifty signers at once.
. "$(dirname "$0")/world.sh"

real_image amd64
real_image arm64
real_image s390x
new_key k ecdsa-p256
new_key other ed25519

docker_registry plain
push amd64 "$registry/app:1.0"
check "docker-registry bundle own nothing signed" 3 "an unsigned image" \
  "$HALLMARK" verify --key "$work/k.pub" "$registry/app:1.0"
says unsigned
expect 0 "signing" "$HALLMARK" sign --key "$work/k.key" "$registry/app:1.0"
check "docker-registry bundle own by tag" 0 "verifying by tag" \
  "$HALLMARK" verify --key "$work/k.pub" "$registry/app:1.0"
says allowed
digest=$("$HALLMARK" digest "$registry/app:1.0" | grep -o 'sha256:[0-9a-f]*' | head -n 1)
check "docker-registry bundle own by digest" 0 "verifying by digest" \
  "$HALLMARK" verify --key "$work/k.pub" "$registry/app@$digest"
check "docker-registry bundle own another key" 1 "another key" \
  "$HALLMARK" verify --key "$work/other.pub" "$registry/app:1.0"
says untrusted-signer
expect 4 "an image that is not there" "$HALLMARK" verify --key "$work/k.pub" "$registry/app:2.0"
says not-found

push_index "$registry/multi" all
expect 0 "signing an index and its children" \
  "$HALLMARK" sign --recursive --key "$work/k.key" "$registry/multi:all"
check "docker-registry bundle own an index and its images" 0 "verifying all of it" \
  "$HALLMARK" verify --recursive --key "$work/k.pub" "$registry/multi:all"
[ "$(grep -c '^allowed' "$work/out")" = 4 ] || fail "four verdicts were expected"
push arm64 "$registry/plain:arm64"
push_index "$registry/top" all
expect 0 "signing the index alone" "$HALLMARK" sign --key "$work/k.key" "$registry/top:all"
check "docker-registry bundle own an index whose images are not signed" \
  3 "children that are not signed" \
  "$HALLMARK" verify --recursive --key "$work/k.pub" "$registry/top:all"

# Fifty signers of one image at once, each with a key of its own: none is lost.
push amd64 "$registry/crowd:1.0"
i=0
while [ "$i" -lt 50 ]; do
  HALLMARK_PASSWORD='' "$HALLMARK" key generate --no-passphrase --output-prefix "$work/c$i" \
    > /dev/null 2>&1 || fail "key generate"
  i=$((i + 1))
done
signers=""
i=0
while [ "$i" -lt 50 ]; do
  "$HALLMARK" sign --key "$work/c$i.key" "$registry/crowd:1.0" > "$work/c$i.out" 2>&1 &
  signers="$signers $!"
  i=$((i + 1))
done
for pid in $signers; do wait "$pid" || fail "one of the fifty signers failed: $(cat "$work"/c*.out)"; done
listed=$("$HALLMARK" tree "$registry/crowd:1.0" -o json | grep -o '"sha256:[0-9a-f]*"' | sort -u | wc -l)
[ "$listed" -ge 50 ] || fail "only $listed of fifty signatures are listed"
for i in 0 17 49; do
  check "docker-registry bundle own each of fifty signers at once" 0 "signer $i of fifty" \
    "$HALLMARK" verify --key "$work/c$i.pub" "$registry/crowd:1.0"
done

# TLS with a CA of our own, and a password.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost \
  -addext "subjectAltName=IP:127.0.0.1,DNS:localhost" -keyout "$work/tls.key" -out "$work/tls.crt" \
  2> /dev/null
htpasswd -Bbn robot secret > "$work/htpasswd" 2> /dev/null
docker_registry tls "  tls: {certificate: $work/tls.crt, key: $work/tls.key}
auth:
  htpasswd: {realm: test, path: $work/htpasswd}"
push amd64 "$registry/app:1.0" --dest-creds robot:secret
expect 4 "TLS by an unknown CA" "$HALLMARK" verify --key "$work/k.pub" "$registry/app:1.0"
says unreachable
expect 4 "no login" "$HALLMARK" verify --ca-file "$work/tls.crt" --key "$work/k.pub" "$registry/app:1.0"
says auth
mkdir -p "$HOME/.docker"
printf '{"auths":{"%s":{"auth":"%s"}}}' "$registry" "$(printf 'robot:secret' | base64)" \
  > "$HOME/.docker/config.json"
expect 0 "signing with the login of docker's config" \
  "$HALLMARK" sign --ca-file "$work/tls.crt" --key "$work/k.key" "$registry/app:1.0"
check "docker-registry bundle own by TLS and with a login" 0 "verifying with it" \
  "$HALLMARK" verify --ca-file "$work/tls.crt" --key "$work/k.pub" "$registry/app:1.0"
printf '{"auths":{"%s":{"auth":"%s"}}}' "$registry" "$(printf 'robot:wrong' | base64)" \
  > "$HOME/.docker/config.json"
expect 4 "a wrong password" \
  "$HALLMARK" verify --ca-file "$work/tls.crt" --key "$work/k.pub" "$registry/app:1.0"
says auth
if grep -q 'robot:\|c2VjcmV0' "$work/out"; then fail "a password is in the output"; fi
finish
