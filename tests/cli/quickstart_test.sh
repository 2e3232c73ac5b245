#!/bin/sh
# tools/quickstart with the program that was built: once as it is, once without any network.
. "$(dirname "$0")/lib.sh"
for need in umoci busybox; do
  command -v $need > /dev/null || { echo "SKIP: no $need"; exit 77; }
done
export HALLMARK
demo() { # COMMAND...: the script, run by that
  code=0
  "$@" "$SOURCE/tools/quickstart" "$work/demo" > out 2> err < /dev/null || code=$?
  same "$code" 0 "exit code of tools/quickstart"
  out '^signed registry\.example/app@sha256:[0-9a-f]{64} '
  out '^allowed oci:image:1\.0@sha256:|^allowed registry\.example/app'
  out '^denied .* +wrong-digest$'
  out '^exit code 1: refused, as it should be$'
  out "^Done. The program: $HALLMARK\$"
  not_out "Building Hallmark"
  same "$(stat -c %a demo/example.key)" 600 "mode of the key"
  silent_err
}
silent_err() { [ ! -s err ] || fail "stderr is not empty"; }
demo env
if unshare -rn true 2> /dev/null; then
  demo unshare -rn
elif unshare -n true 2> /dev/null; then
  demo unshare -n
else
  echo "skipped: the run without a network (unshare is not permitted)"
fi
finish
