#!/bin/sh
# Measures whole runs of hamstern on generated teams: CPU-seconds, wall time, peak memory.
#
#   benches/run.sh [ROWS...]        10000 100000 1000000 if none are given
#   BIN=DIR benches/run.sh          measures DIR/hamstern instead of a release build made here
#
# Needs GNU time (Debian: apt-get install time) and a few gigabytes in $TMPDIR or /tmp. Nothing is kept.
set -eu
cd "$(dirname "$0")/.."

timer=$(command -v gtime || command -v /usr/bin/time) || {
    echo "GNU time is missing: apt-get install time, or brew install gnu-time" >&2
    exit 69
}
[ $# -gt 0 ] || set -- 10000 100000 1000000

target=${BIN:-${CARGO_TARGET_DIR:-target}/release}
[ -n "${BIN:-}" ] || cargo build --release --bin hamstern --example generate
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

echo "| set | rows | CPU s | wall s | peak MB | grows as rows^ |"
echo "|---|---:|---:|---:|---:|---:|"
for set in team crowd; do
    before=""
    for rows in "$@"; do
        case $set in
            team) how="--preset team" ;;
            crowd) how="--preset crowd --names 150" ;;
        esac
        "$target/examples/generate" --out "$work/in" $how --rows "$rows" --seed 7 >"$work/said"
        "$timer" -f "%U %S %e %M" -o "$work/time" \
            "$target/hamstern" run --quiet --inbox "$work/in/inbox" --out "$work/out" --now 2026-06-01
        # The last line of the timer's report: user and system seconds, wall seconds, peak kilobytes.
        tail -n 1 "$work/time" | awk -v set="$set" -v rows="$rows" -v before="$before" '{
            cpu = $1 + $2
            split(before, last, " ")
            exponent = before == "" ? "" : sprintf("%.2f", log(cpu / last[2]) / log(rows / last[1]))
            printf "| %s | %d | %.1f | %.1f | %.0f | %s |\n", set, rows, cpu, $3, $4 / 1024, exponent
        }'
        before=$(tail -n 1 "$work/time" | awk -v rows="$rows" '{ print rows, $1 + $2 }')
        rm -rf "$work/in" "$work/out"
    done
done
