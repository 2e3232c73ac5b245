# Makes the man page of the pages in docs/cli, given in order with hallmark.md first: headings,
# paragraphs, lists of one-line items, indented code. VERSION is set by the caller.
function roff(text) {
  gsub(/\\/, "\\e", text)
  gsub(/-/, "\\-", text)
  out = ""
  while (match(text, /`[^`]*`/)) {
    out = out substr(text, 1, RSTART - 1) "\\fB" substr(text, RSTART + 1, RLENGTH - 2) "\\fR"
    text = substr(text, RSTART + RLENGTH)
  }
  text = out text
  if (text ~ /^[.']/) text = "\\&" text
  return text
}
function end_code() { if (in_code) print ".fi\n.RE"; in_code = 0 }
BEGIN {
  printf ".TH HALLMARK 1 \"\" \"hallmark %s\" \"User Commands\"\n", VERSION
}
FNR == 1 { page++ }
/^# / {
  end_code()
  name = substr($0, 3)
  if (page == 1) print ".SH NAME\nhallmark \\- sign container images and verify them"
  if (page == 1) print ".SH SYNOPSIS"
  else printf ".SH %s\n", toupper(substr(name, 10))
  next
}
/^## / {
  end_code()
  if (page == 1) printf ".SH %s\n", toupper(roff(substr($0, 4)))
  else printf ".SS %s\n", roff(substr($0, 4))
  next
}
/^    / {
  if (!in_code) print ".PP\n.RS 4\n.nf"
  in_code = 1
  print roff(substr($0, 5))
  next
}
/^- / {
  end_code()
  item = substr($0, 3)
  colon = index(item, ": ")
  if (colon) printf ".TP\n%s\n%s\n", roff(substr(item, 1, colon - 1)), roff(substr(item, colon + 2))
  else printf ".IP \\(bu 2\n%s\n", roff(item)
  next
}
/^$/ { end_code(); after_blank = 1; next }
{
  end_code()
  if (after_blank) print ".PP"
  after_blank = 0
  print roff($0)
}
END { end_code() }
