# Prints how many bytes gzip makes of random numbers, which are the same for a seed at every level.
run=$(cat)
value() { echo "$run" | sed "s/.*\"$1\": *\([0-9]*\).*/\1/"; }
numbers() { awk -v seed="$1" 'BEGIN { srand(seed); while (n++ < 20000) print int(100 * rand()) }'; }
printf '{"step": 0, "measures": {"bytes": %d}}\n' "$(numbers "$(value seed)" | gzip -c -"$(value level)" | wc -c)"
