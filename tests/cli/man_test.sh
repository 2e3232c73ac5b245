#!/bin/sh
# The man page holds every verb, flag and exit code, and nothing of the text it is made of.
. "$(dirname "$0")/lib.sh"
pages=$(ls "$SOURCE"/docs/cli/*.md | grep -v '/hallmark\.md$')
awk -v VERSION=0 -f "$SOURCE/tools/hallmark/man.awk" "$SOURCE/docs/cli/hallmark.md" $pages > hallmark.1
sed 's/\\fB//g; s/\\fR//g; s/\\-/-/g; s/\\e/\\/g; s/\\&//g' hallmark.1 > plain
has() { grep -qF -- "$1" plain || fail "the man page lacks: $1"; checks=$((checks + 1)); }
same "$(head -n 1 plain | cut -d ' ' -f 1-3)" ".TH HALLMARK 1" "title"
for part in '.SH NAME' '.SH SYNOPSIS' '.SH EXIT CODES'; do has "$part"; done
for code in 0 1 2 3 4 5; do
  grep -qE "^\.?.*(^|[^0-9])$code([^0-9]|\$)" plain || fail "no exit code $code"
done
for page in $pages; do
  verb=$(basename "$page" .md)
  case $verb in key-* | policy-*) verb=$(echo "$verb" | sed 's/-/ /') ;; esac
  has ".SH $(echo "$verb" | tr a-z A-Z)"
  run 0 $verb --help
  for flag in $(grep -oE '(^|[ ,])--[a-z][a-z-]+' out | tr -d ' ,' | sort -u); do has "$flag"; done
  has "hallmark $verb"
done
! grep -qE '`|\*\*|^#|\]\(' plain || fail "markup is left: $(grep -nE '`|\*\*|^#|\]\(' plain | head -n 3)"
if command -v groff > /dev/null; then
  groff -man -ww -z hallmark.1 2> complaints || fail "groff: $(cat complaints)"
  [ ! -s complaints ] || fail "groff: $(head -n 3 complaints)"
else
  echo "skipped: formatting it (no groff)"
fi
finish
