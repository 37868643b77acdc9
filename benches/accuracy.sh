#!/bin/sh
# Measures how well people are told apart, with default settings: generated teams of three sizes and two kinds,
# registers, five seeds each, and public benchmarks where they are at hand. Prints a table in Markdown.
#
#   benches/accuracy.sh                     all of it; about an hour beside the build
#   SEEDS="1 2" SETS="plain:10000 hard:120000 crowd:1000000" benches/accuracy.sh
#   HAMSTERN_TRUTH=DIR benches/accuracy.sh  also DIR/febrl1.csv to febrl4.csv, DIR/fake_1000.csv, as far as they are there
#   BIN=DIR benches/accuracy.sh             measures DIR/hamstern instead of a release build made here
#
# The sets whose names begin with strangers- and third- are made by strangers.py and third_hand.py and need Python 3.
# Each cell shows the least, the middle and the greatest of the seeds, the last one the greatest. Needs a gigabyte in $TMPDIR or /tmp.
set -eu
cd "$(dirname "$0")/.."
export LC_ALL=C

seeds=${SEEDS:-"11 12 13 14 15"}
sets=${SETS:-"plain:10000 plain:120000 plain:1000000 hard:10000 hard:120000 hard:1000000 crowd:1000000 \
    addresses:10000 twofold:10000 signups:50000 history:50000 \
    strangers-plain:9500 strangers-plain:150000 strangers-hard:10000 strangers-hard:120000 strangers-million:1000000 \
    third-plain:9500 third-plain:150000 third-hard:10000 third-hard:120000 third-million:1000000"}
target=${BIN:-${CARGO_TARGET_DIR:-target}/release}
[ -n "${BIN:-}" ] || cargo build --release --bin hamstern --example generate >&2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# The last line that evaluate prints, as figures by name.
measured() {
    "$target/hamstern" evaluate --quiet --worst 0 --now 2026-06-01 "$@" | tail -n 1
}

# One row of the table from lines of figures: least, middle and greatest of each.
row() {
    awk -v name="$1" '
        { for (at = 1; at <= NF; at++) if (split($at, part, "=") == 2) value[part[1], NR] = part[2] }
        function spread(key,   list, count, i, j, swap, middle) {
            count = NR
            for (i = 1; i <= count; i++) list[i] = value[key, i] + 0
            for (i = 1; i <= count; i++)
                for (j = i + 1; j <= count; j++)
                    if (list[j] < list[i]) { swap = list[i]; list[i] = list[j]; list[j] = swap }
            if (count == 1) return sprintf("%.4f", list[1])
            middle = count % 2 ? list[(count + 1) / 2] : (list[count / 2] + list[count / 2 + 1]) / 2
            return sprintf("%.4f · **%.4f** · %.4f", list[1], middle, list[count])
        }
        END {
            for (i = 1; i <= NR; i++) if (value["pairs_a_row", i] + 0 > most) most = value["pairs_a_row", i] + 0
            printf "| %s | %d | %d | %s | %s | %s | %s | %s | %.1f |\n", name, value["rows", 1], NR, \
                spread("precision"), spread("recall"), spread("f1"), spread("b3_f1"), spread("blocking_recall"), most
        }'
}

echo "| set | rows | seeds | precision | recall | F1 | B-cubed F1 | blocking recall | pairs a row |"
echo "|---|---:|---:|---|---|---|---|---|---:|"

# A benchmark: name, country, its columns as [source.columns].
public() {
    file="$HAMSTERN_TRUTH/$1.csv"
    [ -f "$file" ] || return 0
    mkdir -p "$work/public/inbox/anna"
    cp "$file" "$work/public/inbox/anna/"
    printf '[team]\ncountry = "%s"\n[[source]]\nfiles = "*.csv"\ndistinct = false\n[source.columns]\n%s\n' \
        "$2" "$3" >"$work/public/hamstern.toml"
    awk -F, -v OFS=, '
        NR == 1 { for (at = 1; at <= NF; at++) column[$at] = at; print "source_id", "person"; next }
        { print $column["record_id"], $column["entity_id"] }' "$file" >"$work/public/truth.csv"
    measured --truth "$work/public/truth.csv" "$work/public/hamstern.toml" | row "$1"
    rm -rf "$work/public"
}

if [ -n "${HAMSTERN_TRUTH:-}" ]; then
    febrl='source_id = "record_id"
given_name = "given_name"
family_name = "surname"
street = ["street_number", "address_1", "address_2"]
city = "suburb"
postcode = "postcode"
region = "state"
birthday = "date_of_birth"
external_id = "soc_sec_id"'
    for number in 1 2 3 4; do
        public "febrl$number" AU "$febrl"
    done
    public fake_1000 GB 'source_id = "record_id"
given_name = "first_name"
family_name = "surname"
birthday = "dob"
city = "city"
email = "email"'
fi

for set in $sets; do
    kind=${set%%:*}
    rows=${set##*:}
    : >"$work/lines"
    for seed in $seeds; do
        inbox="--inbox $work/in/inbox"
        case $kind in
            # Registers, each with its pipeline file.
            addresses | twofold | signups | history) how="--preset $kind --members 1" inbox="$work/in/hamstern.toml" ;;
            crowd) how="--preset crowd --names 150 --members 10" ;;
            # The more rows the more members: nobody knows a hundred thousand people.
            *) how="--kind $kind --members $(($rows < 50000 ? 8 : $rows < 500000 ? 20 : 150))" ;;
        esac
        case $kind in
            third-*) python3 benches/third_hand.py --kind "${kind#*-}" --rows "$rows" --seed "$seed" --out "$work/in" ;;
            strangers-*) python3 benches/strangers.py --kind "${kind#*-}" --rows "$rows" --seed "$seed" --out "$work/in" ;;
            *) "$target/examples/generate" --out "$work/in" $how --rows "$rows" --seed "$seed" ;;
        esac >/dev/null
        measured --truth "$work/in/truth.csv" $inbox --out "$work/out" >>"$work/lines"
        rm -rf "$work/in" "$work/out"
    done
    row "$kind" <"$work/lines"
done
