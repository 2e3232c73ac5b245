# What starting costs.
echo "== start: version against /bin/true"
compare /bin/true /bin/true
ours "" version
measure
