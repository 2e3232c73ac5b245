# Choosing a rule and deciding by it, at four sizes of policy.
echo "== a decision among 10 to 10,000 rules (goal: below 20 us at 1,000, and no growth)"
"$(built bench_rules)" | tee "$work/rules"
awk '{ each[NR] = $3 } END { printf "10,000 rules against 10: %.2f\n", each[4] / each[1] }' "$work/rules"
