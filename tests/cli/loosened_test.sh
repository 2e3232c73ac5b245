#!/bin/sh
# --plain-http (A75): off means off however it is spelt; on, http is spoken to a host that is not
# loopback, and every verdict says so. Signatures are checked all the same.
. "$(dirname "$0")/lib.sh"
key k
key other
layout image 1.0
registry
push image "$registry/app" 1.0
elsewhere=0.0.0.0:${registry#*:} # ours under an address that is not a loopback one
run 0 sign --key k.key "$registry/app:1.0"

said() { # "", or anything: whether the text of the verdict says it
  if [ -n "$1" ]; then out "^  loosened --plain-http\$"; else not_out loosened; fi
}
json() { # WANTED LOOSENED
  "$SCHEMA_CHECK" "$SOURCE/docs/verdict.schema.json" out > faults || fail "$(cat faults)"
  same "$(tr -d ' \n' < out | grep -o '"loosened":\[[^]]*\]')" "\"loosened\":[$1]" "loosened in JSON"
}
off() { # FLAG that says off, or none; the variable as it stands
  run 0 verify --key k.pub "$@" "$registry/app:1.0"
  said ""
  run 0 verify --key k.pub "$@" "$registry/app:1.0" -o json
  json ""
  before=$(requests)
  run 4 verify --key k.pub "$@" --timeout 5s "$elsewhere/app:1.0"
  out "^unknown $elsewhere/app:1.0 "
  same "$(requests)" "$before" "requests by http"
}
on() { # FLAG, or the variable as it stands
  run 0 verify --key k.pub "$@" "$elsewhere/app:1.0"
  out "^allowed $elsewhere/app:1.0@$digest"
  said loosened
  run 0 verify --key k.pub "$@" "$elsewhere/app:1.0" -o json
  json '"--plain-http"'
  run 0 verify --key k.pub "$@" "$registry/app:1.0"
  said loosened
  run 1 verify --key other.pub "$@" "$elsewhere/app:1.0"
  out 'untrusted-signer$'
  said loosened
}
off
for value in "" 0 false; do HALLMARK_PLAIN_HTTP=$value off; done
on --plain-http
HALLMARK_PLAIN_HTTP=1 on
HALLMARK_PLAIN_HTTP=true on
# The command line wins over the variable, and what is off shows nothing.
for value in 1 true; do HALLMARK_PLAIN_HTTP=$value off --plain-http=false; done
off --plain-http=false
HALLMARK_PLAIN_HTTP=0 on --plain-http
HALLMARK_PLAIN_HTTP=maybe run 2 verify --key k.pub "$registry/app:1.0"
err "HALLMARK_PLAIN_HTTP: want 1 or 0"
# A policy has no such switch.
policy p.json '**' k.pub ',"plainHttp":true'
run 2 verify --policy p.json "$registry/app:1.0"
err "plainHttp"
finish
