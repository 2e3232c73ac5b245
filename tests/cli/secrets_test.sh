#!/bin/sh
# A private key is opened once however many images are signed, what its derivation took is given
# back, and what stays is locked and goes into no core file.
. "$(dirname "$0")/lib.sh"
export HALLMARK_PASSWORD=secret-words
run 0 key generate --output-prefix k
layout image 1.0 2.0 3.0

if command -v strace > /dev/null && strace -o trace true 2> /dev/null; then
  # Leaks cannot be looked for under strace.
  ASAN_OPTIONS=detect_leaks=0 strace -f -e trace=open,openat -o trace "$HALLMARK" sign --key k.key --format bundle,cosign \
    oci:image:1.0 oci:image:2.0 oci:image:3.0 > out 2> err < /dev/null || fail "signing under strace"
  same "$(grep -c '^signed' out)" 6 "signatures made"
  same "$(grep -c '"k\.key"' trace)" 1 "openings of the key file"
else
  echo "skipped: openings of the key file (no strace)"
fi

# While the second image is waited for, the first is signed and the key is in use.
registry --fault "method=GET;path=/v2/second/manifests/;do=hold;delay=60000"
digest=$("$HALLMARK" digest oci:image:3.0 | head -n 1)
push image "$registry/first" 1.0
(ulimit -c unlimited 2> /dev/null || true
  exec "$HALLMARK" sign --key k.key "$registry/first:1.0" "$registry/second:1.0") > out 2> err < /dev/null &
pid=$!
tries=0
until grep -q '"path":"/v2/second/' "$log"; do
  tries=$((tries + 1))
  [ "$tries" -lt 400 ] || fail "the second image is never asked for"
  sleep 0.05
done
of_process() { sed -n "s/^$1:[^0-9]*\([0-9]*\) kB/\1/p" "/proc/$pid/status"; }
cores=$(sed -n 's/^Max core file size *\([^ ]*\) .*/\1/p' "/proc/$pid/limits")
[ "$cores" = 0 ] || [ "$cores" = 1 ] || fail "core files may have $cores bytes"
if is_sanitized; then
  echo "skipped: memory (sanitizers keep some)"
else
  most=$(of_process VmHWM) now=$(of_process VmRSS) locked=$(of_process VmLck)
  # scrypt takes 64 MiB, and no more than that is ever in use beside the program's own.
  [ "$most" -ge 65536 ] && [ "$most" -le 98304 ] || fail "the derivation took $most KiB"
  [ "$now" -le 40960 ] || fail "$now KiB are kept while signing"
  [ "$(ulimit -l)" = 0 ] || [ "$locked" -gt 0 ] || fail "the key is in no locked memory"
  [ "$locked" -le 4096 ] || fail "$locked KiB are kept locked"
  checks=$((checks + 4))
fi
kill -SEGV "$pid"
code=0
wait "$pid" 2> /dev/null || code=$?
if is_sanitized; then
  [ "$code" != 0 ] || fail "a crash ended with 0"
else
  same "$code" 139 "a crash"
fi
[ -z "$(find . -name 'core*')" ] || fail "a core file was left"
! grep -rq secret-words out err image || fail "the passphrase was written somewhere"
finish
