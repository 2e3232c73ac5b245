# Many signatures in one process, beside the raw cost of a verification.
echo "== 10,000 distinct signatures in one process against openssl speed"
many=$(built bench_signatures)
openssl speed -seconds 3 ecdsap256 2> /dev/null | awk '/nistp256/ {print $(NF)}' > "$work/speed"
"$many" 10000 | tee "$work/many"
raw=$(awk '{printf "%.1f", 1e6 / $1}' "$work/speed")
each=$(sed 's/.*: \([0-9.]*\) us.*/\1/' "$work/many")
awk -v raw="$raw" -v each="$each" 'BEGIN {
  printf "raw ECDSA P-256 verification by openssl speed: %.1f us; ratio %.2f\n", raw, each / raw }'
