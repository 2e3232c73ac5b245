#!/bin/sh
# Whatever ends the command, it never ends with 0, and never says allowed of what it did not finish
# (A107): too little memory, too little stack, signals, no descriptors, no processes.
. "$(dirname "$0")/lib.sh"
key k
key other
layout image 1.0 bare
run 0 sign --key k.key oci:image:1.0

# ended WHAT: after a run whose end is its own affair: 0 if and only if all was said.
ended() {
  if [ "$code" = 0 ]; then
    grep -q "^allowed oci:image:1.0@sha256:[0-9a-f]* " out || fail "$1: 0 without a verdict"
  else
    ! grep -q '^allowed' out || fail "$1: ends with $code and says allowed"
  fi
  checks=$((checks + 1))
}
limited() { # LIMIT ARGUMENTS...: in a shell with that limit; says nothing of core files
  limit=$1
  shift
  code=0
  sh -c "ulimit -c 0; ulimit $limit"' && exec "$@"' sh setsid -w "$HALLMARK" "$@" > out 2> err < /dev/null || code=$?
}
if is_sanitized; then
  echo "skipped: limits of memory and stack (sanitizers have their own)"
else
  survived=0
  for kib in 1000 2000 3000 4000 5000 6000 7000 8000 9000 10000 12000 14000 16000 18000 20000 22000 \
    24000 26000 28000 30000 34000 38000 44000 52000 64000 80000 100000 200000 500000; do
    limited "-v $kib" verify --key k.pub oci:image:1.0
    ended "$kib KiB"
    [ "$code" != 0 ] || survived=$((survived + 1))
    limited "-v $kib" verify --key other.pub oci:image:1.0
    [ "$code" != 0 ] || fail "$kib KiB: a stranger's signature ends with 0"
    limited "-v $kib" verify --key k.pub oci:image:bare
    [ "$code" != 0 ] || fail "$kib KiB: no signature ends with 0"
    limited "-v $kib" sign --key k.key --dry-run oci:image:1.0
    [ "$code" != 0 ] || out '^would sign'
  done
  [ "$survived" -gt 0 ] || fail "no limit let it through"
  for kib in 8 16 32 64 128 256; do
    limited "-s $kib" verify --key k.pub oci:image:1.0
    ended "a stack of $kib KiB"
    limited "-s $kib" verify --key other.pub oci:image:1.0
    [ "$code" != 0 ] || fail "a stack of $kib KiB: a stranger's signature ends with 0"
  done
fi
for count in 3 4 5 6 8 10; do
  limited "-n $count" verify --key k.pub oci:image:1.0
  ended "$count descriptors"
done
limited "-f 0" sign --key k.key oci:image:1.0
[ "$code" != 0 ] || fail "signing without being allowed to write ends with 0"
run 0 verify --key k.pub oci:image:1.0

# Signals, while the registry keeps the command waiting: after the image, before its signatures.
registry --fault "method=GET;regex=/referrers/;do=delay;delay=60000"
push image "$registry/app" 1.0
for signal in SEGV BUS FPE ILL ABRT KILL TERM INT HUP QUIT XCPU; do
  before=$(requests)
  (ulimit -c 0; exec "$HALLMARK" verify --key k.pub "$registry/app:1.0") > out 2> err < /dev/null &
  pid=$!
  tries=0
  until [ "$(requests)" -gt "$before" ]; do # the image was answered
    tries=$((tries + 1))
    [ "$tries" -lt 400 ] || fail "nothing was asked"
    sleep 0.05
  done
  # A shell's children in the background ignore INT and QUIT; only those that are taken count.
  case $signal in INT | QUIT) kill -KILL "$pid" ;; *) kill "-$signal" "$pid" ;; esac
  code=0
  wait "$pid" 2> /dev/null || code=$?
  [ "$code" != 0 ] || fail "SIG$signal ends with 0"
  [ ! -s out ] || fail "SIG$signal: something was said"
  checks=$((checks + 2))
done

# In the middle of several verdicts: what was said stays true, and the end is no 0.
registry --fault "method=GET;path=/v2/slow/;do=delay;delay=60000"
push image "$registry/app" 1.0
run 0 sign --key k.key "$registry/app@$digest"
"$HALLMARK" verify --key k.pub -o jsonl "$registry/app@$digest" "$registry/slow@$digest" > out 2> err < /dev/null &
pid=$!
tries=0
until grep -q '"verdict":"allowed"' out; do
  tries=$((tries + 1))
  [ "$tries" -lt 400 ] || fail "the first verdict was never said"
  sleep 0.05
done
kill -KILL "$pid"
code=0
wait "$pid" 2> /dev/null || code=$?
same "$code" 137 "killed between two verdicts"
finish
