#!/bin/sh
# Measures how long `hamstern who` takes on about 100,000 contacts: a name, a misspelt one, a company, an address, and
# a guest list of 100. Prints the middle and the greatest of seven runs of the whole process, in milliseconds.
#
#   benches/who.sh [ROWS]           235000 rows if none are given
#   BIN=DIR benches/who.sh          measures DIR/hamstern instead of a release build made here
#
# Needs GNU date for nanoseconds. Nothing is kept.
set -eu
cd "$(dirname "$0")/.."

target=${BIN:-${CARGO_TARGET_DIR:-target}/release}
[ -n "${BIN:-}" ] || cargo build --release --bin hamstern --example generate >&2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

"$target/examples/generate" --out "$work/in" --preset team --rows "${1:-235000}" --seed 7 >/dev/null
"$target/hamstern" run --quiet --inbox "$work/in/inbox" --out "$work/out" --now 2026-06-01
contacts=$(($(wc -l <"$work/out/current/contacts.csv") - 1))

# Name and company of the contact on a line of contacts.csv.
cell() {
    sed -n "$1p" "$work/out/current/contacts.csv" | tr -d '"\r' | cut -d "$(delimiter)" -f "$2"
}
delimiter() {
    head -n 1 "$work/out/current/contacts.csv" | grep -q ';' && echo ';' || echo ','
}
name=$(cell 4242 4)
company=$(cell 4243 11)
echo "name,company" >"$work/guests.csv"
line=2
while [ "$line" -le 101 ]; do
    echo "$(cell $((line * 97)) 4)," >>"$work/guests.csv"
    line=$((line + 1))
done

echo "| asked, of $contacts contacts | middle ms | greatest ms |"
echo "|---|---:|---:|"
ask() {
    what=$1
    shift
    for _ in 1 2 3 4 5 6 7; do
        before=$(date +%s%N)
        "$target/hamstern" who --out "$work/out" "$@" >/dev/null
        echo $((($(date +%s%N) - before) / 100000))
    done | sort -n | awk -v what="$what" '{ ms[NR] = $1 / 10 } END { printf "| %s | %.1f | %.1f |\n", what, ms[4], ms[NR] }'
}
ask "a name" "$name"
ask "a name, misspelt" "$(echo "$name" | sed 's/\(...\)./\1x/')"
ask "a company" "$company"
ask "a guest list of 100" "$work/guests.csv"
