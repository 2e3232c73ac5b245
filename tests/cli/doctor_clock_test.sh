#!/bin/sh
# doctor and a registry's clock, which may be right, wrong, or nonsense.
. "$(dirname "$0")/lib.sh"
layout image 1.0
says() { # HEADER: a registry that says so in every answer
  registry --fault "do=add-headers;header=$1"
}
http_date() { LC_ALL=C date -u -d "$1" '+%a, %d %b %Y %H:%M:%S GMT'; }
says "Date: $(http_date now)"
run 0 doctor "$registry/app"
out '^ok +clock +agrees with the registry'
for wrong in '2 hours ago' '2 hours' '5 years' '20 years ago'; do
  says "Date: $(http_date "$wrong")"
  run 2 doctor "$registry/app"
  out "^problem +clock +[0-9]+ s away from the registry's [0-9-]+T[0-9:]+Z; fix: set the clock, or start ntp\$"
  run 2 doctor -o json "$registry/app"
  out '"topic": "clock"'
  out '"level": "problem"'
done
says "Date: $(http_date '10 minutes ago')"
run 2 doctor "$registry/app"
seconds=$(sed -n 's/^problem *clock *\([0-9]*\) s away.*/\1/p' out)
[ "$seconds" -ge 590 ] && [ "$seconds" -le 700 ] || fail "$seconds s away"
for nonsense in 'yesterday' 'Tue, 31 Feb 2026 00:00:00 GMT' 'Tue, 24 Nov 2026 11:00:00 +0100'; do
  says "Date: $nonsense"
  run 0 doctor "$registry/app"
  not_out 'registry.s'
done
finish
