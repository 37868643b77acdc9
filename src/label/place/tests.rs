//! Places as people write them, and the laws of places.

use proptest::prelude::*;

use super::*;

const GERMAN: Language = Language::German;

fn at(case: &Case<'_>) -> Place {
    place(case, GERMAN)
}

fn by_city(city: &str) -> Place {
    at(&Case { city, ..Case::default() })
}

fn told(place: &Place) -> String {
    format!("{}|{}|{}", place.city, place.region, place.country)
}

/// Locations as people and networks write them, and what a German team reads.
#[test]
fn locations_are_read_as_they_are_written() {
    let wrong: Vec<String> = LOCATIONS
        .lines()
        .filter_map(|line| line.split_once(" => "))
        .filter_map(|(text, expected)| {
            let got = told(&by_city(text));
            (got != expected).then(|| format!("{text}: {got}, expected {expected}"))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(LOCATIONS.lines().count() > 80);
}

const LOCATIONS: &str = "\
München => München|Bayern|DE
MUENCHEN => München|Bayern|DE
Munchen => München|Bayern|DE
Munich => München|Bayern|DE
Monaco di Baviera => München|Bayern|DE
Greater Munich Metropolitan Area => München|Bayern|DE
Munich, Bavaria, Germany => München|Bayern|DE
München/Bayern => München|Bayern|DE
D-80331 München => München|Bayern|DE
DE-80331 München => München|Bayern|DE
D 80331 München => München|Bayern|DE
80331 München => München|Bayern|DE
München 80331 => München|Bayern|DE
Großraum München => München|Bayern|DE
Metropolregion München => München|Bayern|DE
München, Deutschland => München|Bayern|DE
Bayern, München => München|Bayern|DE
Köln und Umgebung => Köln|Nordrhein-Westfalen|DE
Cologne, NRW => Köln|Nordrhein-Westfalen|DE
Colonia, Alemania => Köln|Nordrhein-Westfalen|DE
Köln-Ehrenfeld => Köln|Nordrhein-Westfalen|DE
Berlin, Germany => Berlin|Berlin|DE
Berlin, Berlin, Deutschland => Berlin|Berlin|DE
Berlin-Kreuzberg => Berlin|Berlin|DE
Berlin (Mitte) => Berlin|Berlin|DE
Berlin, DE => Berlin|Berlin|DE
Germany, Berlin => Berlin|Berlin|DE
Frankfurt => Frankfurt am Main|Hessen|DE
Frankfurt a. M. => Frankfurt am Main|Hessen|DE
Frankfurt a.M. => Frankfurt am Main|Hessen|DE
Frankfurt (Main) => Frankfurt am Main|Hessen|DE
Frankfurt/Main => Frankfurt am Main|Hessen|DE
Frankfurt/M. => Frankfurt am Main|Hessen|DE
Frankfurt am Main Area, Germany => Frankfurt am Main|Hessen|DE
Frankfurt Rhine-Main Metropolitan Area => Frankfurt am Main|Hessen|DE
Frankfurt (Oder) => Frankfurt (Oder)|Brandenburg|DE
Frankfurt an der Oder => Frankfurt (Oder)|Brandenburg|DE
Frankfurt, Brandenburg => Frankfurt (Oder)|Brandenburg|DE
15230 Frankfurt => Frankfurt (Oder)|Brandenburg|DE
Holland, Michigan => Holland|Michigan|US
Holland => ||NL
Lebanon, Ohio, USA => Lebanon|Ohio|US
Freiburg i. Br. => Freiburg im Breisgau|Baden-Württemberg|DE
Freiburg, Schweiz => Freiburg im Üechtland|Freiburg|CH
Halle/Saale => Halle (Saale)|Sachsen-Anhalt|DE
Mülheim a. d. Ruhr => Mülheim an der Ruhr|Nordrhein-Westfalen|DE
Bad Homburg v.d.H. => Bad Homburg vor der Höhe|Hessen|DE
Nuremberg => Nürnberg|Bayern|DE
Hannover Region => Hannover|Niedersachsen|DE
Stuttgart Region => Stuttgart|Baden-Württemberg|DE
Hamburg, Hamburg => Hamburg|Hamburg|DE
Hamburg-Altona => Hamburg|Hamburg|DE
Ottensen, Hamburg => Hamburg|Hamburg|DE
Zurich, Switzerland => Zürich|Zürich|CH
Greater Zurich Area => Zürich|Zürich|CH
CH-8001 Zürich => Zürich|Zürich|CH
St. Gallen, Schweiz => St. Gallen|St. Gallen|CH
Genève => Genf|Genf|CH
Wien Umgebung => Wien|Wien|AT
Vienna, Austria => Wien|Wien|AT
A-1010 Wien => Wien|Wien|AT
Wien, 3. Bezirk => Wien|Wien|AT
Vaduz => Vaduz||LI
Milano, Italia => Mailand|Lombardei|IT
Milan => Mailand|Lombardei|IT
Bolzano => Bozen|Trentino-Südtirol|IT
Praha => Prag||CZ
London Area, United Kingdom => London|England|GB
London, England, United Kingdom => London|England|GB
London, Ontario => London|Ontario|CA
London, ON, Canada => London|Ontario|CA
Greater London => London|England|GB
Paris => Paris|Île-de-France|FR
75008 Paris => Paris|Île-de-France|FR
Paris, TX => Paris|Texas|US
Portland, OR => Portland|Oregon|US
San Francisco Bay Area => San Francisco|Kalifornien|US
Los Angeles, CA => Los Angeles|Kalifornien|US
New York, New York, United States => New York|New York|US
New York City Metropolitan Area => New York|New York|US
Washington, DC => Washington|District of Columbia|US
Cambridge => Cambridge||
Cambridge, MA => Cambridge|Massachusetts|US
Cambridge, UK => Cambridge|England|GB
1012 AB Amsterdam => Amsterdam|Nordholland|NL
Den Haag => Den Haag|Südholland|NL
Luxembourg => Luxemburg||LU
Singapore => Singapur||SG
Strasbourg, France => Straßburg|Grand Est|FR
København => Kopenhagen|Hauptstadtregion Dänemark|DK
Neustadt => Neustadt||DE
Neustadt, Germany => Neustadt||DE
Neustadt an der Weinstraße => Neustadt an der Weinstraße|Rheinland-Pfalz|DE
Berlin/Hamburg => Berlin/Hamburg||DE
Deutschland => ||DE
Bavaria, Germany => |Bayern|DE
NRW => |Nordrhein-Westfalen|DE
Ruhrgebiet => Ruhrgebiet|Nordrhein-Westfalen|DE
Cologne Bonn Region => Cologne Bonn Region|Nordrhein-Westfalen|DE
Brandenburg => |Brandenburg|DE
Georgia => ||GE
Hintertupfing, NL => Hintertupfing||NL
Hintertupfing, BE => Hintertupfing, BE||
Bern, BE => Bern|Bern|CH
Allenstein => Olsztyn|Ermland-Masuren|PL
Marburg => Marburg|Hessen|DE
St. Pölten => St. Pölten|Niederösterreich|AT
Saint-Louis, France => Saint-Louis|Grand Est|FR
Salzburg => Salzburg|Salzburg|AT
Ulm => Ulm|Baden-Württemberg|DE
Sankt Pölten => St. Pölten|Niederösterreich|AT
Greifswald => Greifswald|Mecklenburg-Vorpommern|DE
Hansestadt Stade => Stade|Niedersachsen|DE
Marburg/Lahn => Marburg|Hessen|DE
ULM => Ulm|Baden-Württemberg|DE
Weiden i.d. Oberpfalz => Weiden|Bayern|DE
Ismaning bei München => Ismaning|Bayern|DE
Lutherstadt Wittenberg => Wittenberg|Sachsen-Anhalt|DE
Landeshauptstadt Dresden => Dresden|Sachsen|DE
NYC => New York|New York|US
Limburg, Netherlands => |Limburg|NL
Victoria, Australia => |Victoria|AU
Düsseldorf/Köln => Düsseldorf/Köln|Nordrhein-Westfalen|DE
Grünwald, München => Grünwald|Bayern|DE
Pressburg => Bratislava||SK
bonn => Bonn|Nordrhein-Westfalen|DE
Köln, Nordrhein-Westfalen, Deutschland => Köln|Nordrhein-Westfalen|DE
Landkreis München => Landkreis München||
Homeoffice / Berlin => Berlin|Berlin|DE
Hintertupfing => Hintertupfing||
Hintertupfing, Germany => Hintertupfing||DE
84999 Hintertupfing, Germany => Hintertupfing|Bayern|DE
Remote => Remote||
- => ||
80331 => ||
Luzern => Luzern|Luzern|CH
Brüssel => Brüssel|Region Brüssel|BE
Warszawa => Warschau|Masowien|PL
Gdansk => Danzig|Pommern|PL
Lisboa, Portugal => Lissabon||PT
Konstanz => Konstanz|Baden-Württemberg|DE
";

#[test]
fn each_team_reads_its_own_language() {
    for (city, english, german) in [
        ("Muenchen", "Munich", "München"),
        ("Milano", "Milan", "Mailand"),
        ("Praha", "Prague", "Prag"),
        ("Nürnberg", "Nuremberg", "Nürnberg"),
        ("Zürich", "Zurich", "Zürich"),
        ("Bochum", "Bochum", "Bochum"),
        ("Osaka", "Osaka", "Osaka"),
        ("Gdańsk", "Gdańsk", "Danzig"),
    ] {
        let case = Case { city, ..Case::default() };
        assert_eq!(place(&case, Language::English).city, english);
        assert_eq!(place(&case, Language::German).city, german);
    }
    assert_eq!(
        place(&Case { city: "Köln", ..Case::default() }, Language::English).region,
        "North Rhine-Westphalia"
    );
}

#[test]
fn the_columns_beside_it_tell_one_place_from_another() {
    let base = Case { city: "Neustadt", ..Case::default() };
    let palatine = at(&Case { postcode: "67433", country: "DE", ..base });
    assert_eq!(told(&palatine), "Neustadt an der Weinstraße|Rheinland-Pfalz|DE");
    let frankfurt = Case { city: "Frankfurt", ..Case::default() };
    assert_eq!(at(&Case { postcode: "15230", ..frankfurt }).city, "Frankfurt (Oder)");
    assert_eq!(at(&Case { postcode: "60311", ..frankfurt }).reason.decided, Decided::Postcode);
    assert_eq!(at(&Case { region: "Brandenburg", ..frankfurt }).city, "Frankfurt (Oder)");
    assert_eq!(
        told(&at(&Case { city: "London", region: "Ontario", ..Case::default() })),
        "London|Ontario|CA"
    );
    assert_eq!(
        told(&at(&Case { city: "Hamburg", region: "HH", country: "DE", ..Case::default() })),
        "Hamburg|Hamburg|DE"
    );
    // A country that does not fit is not argued with.
    let paris = at(&Case { city: "Paris", country: "DE", ..Case::default() });
    assert_eq!((told(&paris).as_str(), paris.reason.decided), ("Paris||DE", Decided::Conflict));
    let upper = at(&Case { city: "Rosenheim", region: "Oberbayern", ..Case::default() });
    assert_eq!(told(&upper), "Rosenheim|Bayern|DE");
}

#[test]
fn weaker_signs_decide_only_between_namesakes() {
    let phones = ["+441223000000".to_owned()];
    let cambridge = at(&Case { city: "Cambridge", phones: &phones, ..Case::default() });
    assert_eq!(
        (told(&cambridge).as_str(), cambridge.reason.decided),
        ("Cambridge|England|GB", Decided::Phone)
    );
    let freiburg = at(&Case { city: "Freiburg", home: "DE", ..Case::default() });
    assert_eq!((freiburg.city.as_ref(), freiburg.reason.decided), ("Freiburg im Breisgau", Decided::Home));
    assert_eq!(at(&Case { city: "Freiburg", home: "CH", ..Case::default() }).city, "Freiburg im Üechtland");
    // A mobile number from home says nothing of a city abroad.
    assert_eq!(
        at(&Case { city: "Paris", phones: &["+4915100000000".to_owned()], ..Case::default() }).country,
        "FR"
    );
    // The team's country is never taken for the contact's.
    assert_eq!(told(&at(&Case { home: "DE", ..Case::default() })), "||");
    let phone = at(&Case { phones: &["+43150000".to_owned()], ..Case::default() });
    assert_eq!((told(&phone).as_str(), phone.weak, phone.reason.source), ("||AT", true, Source::Phone));
}

#[test]
fn an_address_in_one_piece_is_read() {
    let case = |street| at(&Case { street, ..Case::default() });
    assert_eq!(told(&case("Marienplatz 8, 80331 München")), "München|Bayern|DE");
    assert_eq!(told(&case("Musterweg 3, D-50667 Köln, Germany")), "Köln|Nordrhein-Westfalen|DE");
    assert_eq!(told(&case("Berliner Straße 5")), "||");
    assert_eq!(told(&case("Bremer Weg 12345, Hof")), "||");
}

#[test]
fn a_company_tells_its_place_only_where_it_must_mean_one() {
    for (company, expected) in [
        ("Stadtwerke Bochum GmbH", "Bochum|Nordrhein-Westfalen|DE"),
        ("Universität Leipzig", "Leipzig|Sachsen|DE"),
        ("Technische Universität München", "München|Bayern|DE"),
        ("Technical University of Munich", "München|Bayern|DE"),
        ("Sparkasse KölnBonn", "|Nordrhein-Westfalen|DE"),
        ("Flughafen Köln/Bonn GmbH", "|Nordrhein-Westfalen|DE"),
        ("Universität Duisburg-Essen", "|Nordrhein-Westfalen|DE"),
        ("Stadt Frankfurt am Main", "Frankfurt am Main|Hessen|DE"),
        ("Goethe-Universität Frankfurt", "Frankfurt am Main|Hessen|DE"),
        ("Landeshauptstadt Stuttgart", "Stuttgart|Baden-Württemberg|DE"),
        ("Kreissparkasse Köln", "Köln|Nordrhein-Westfalen|DE"),
        ("Universitätsklinikum Heidelberg", "Heidelberg|Baden-Württemberg|DE"),
        ("ETH Zürich", "Zürich|Zürich|CH"),
        ("Universität Wien", "Wien|Wien|AT"),
        ("Essen auf Rädern GmbH", "||"),
        ("Stadtwerke Essen AG", "||"),
        ("Messe Halle 7", "||"),
        ("Bamberg Consulting GmbH", "||"),
        ("Kassel & Partner", "||"),
        ("Hamburger Sparkasse", "||"),
        ("Klinik Dr. Bamberg", "||"),
        ("Berliner Volksbank", "||"),
        ("Paris Klamotten GmbH", "||"),
        ("University of Cambridge", "||"),
        ("Singen Chor e.V.", "||"),
        ("Siemens AG", "||"),
        ("", "||"),
    ] {
        let place = at(&Case { company, home: "DE", ..Case::default() });
        assert_eq!(told(&place), expected, "{company}");
        assert_eq!(place.weak, !place.country.is_empty(), "{company}");
    }
    // It never speaks against what is written.
    let case = Case { city: "Köln", company: "Universität Leipzig", ..Case::default() };
    assert_eq!(at(&case).city, "Köln");
    assert_eq!(told(&at(&Case { city: "", country: "AT", ..case })), "||AT");
}

#[test]
fn goals_find_their_places() {
    let koeln = at(&Case { city: "Cologne, Germany", ..Case::default() });
    for name in
        ["Köln", "koeln", "COLOGNE", "NRW", "North Rhine-Westphalia", "DE", "Deutschland", "50667 Köln"]
    {
        assert!(koeln.is_in(&place_key(name)), "{name}");
    }
    for name in ["Bonn", "Bavaria", "AT", "", "Köln, USA", "Hintertupfing"] {
        assert!(!koeln.is_in(&place_key(name)), "{name}");
    }
    assert!(by_city("Hintertupfing").is_in(&place_key("HINTERTUPFING")));
    assert!(
        by_city("Bavaria").is_in(&place_key("Bayern")) && by_city("Bavaria").is_in(&place_key("Germany"))
    );
    assert!(!by_city("Germany").is_in(&place_key("Bayern")));
    assert!(by_city("Cambridge, MA").is_in(&place_key("Cambridge")));
    assert!(place_key("").is_empty() && !Place::default().is_in(&place_key("")));
}

#[test]
fn reasons_are_words() {
    let case = Case { city: "Frankfurt", ..Case::default() };
    let (german, english) = (Language::German, Language::English);
    assert_eq!(
        place(&case, german).reason.words(german),
        "aus der Ortsangabe, mit Abstand der größte Ort dieses Namens"
    );
    assert_eq!(
        place(&case, german).reason.words(english),
        "from the city or location, by far the largest of that name"
    );
    assert_eq!(Place::default().reason.words(english), "");
    for language in Language::ALL {
        let mut all: Vec<&str> =
            Source::ALL.iter().map(|source| source.words().in_language(language)).collect();
        all.extend(Decided::ALL.iter().skip(1).map(|decided| decided.words().in_language(language)));
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}

#[test]
fn every_table_is_written_the_way_it_is_asked() {
    for name in gazetteer::keys() {
        assert_eq!(gazetteer::key(name), name);
    }
    let mut last = 0;
    for city in gazetteer::all() {
        assert!(city.id > last, "places.tsv is sorted by id");
        last = city.id;
        assert_eq!(city.country.len(), 2);
        assert!(city.admin1.is_empty() || region(city.country, city.admin1).is_some());
        for language in Language::ALL {
            let name = city.name(language);
            let names = gazetteer::namesakes(&gazetteer::key(name));
            assert!(names.is_some_and(|names| names.named().any(|same| same.id == city.id)), "{name}");
        }
    }
    for (country, row) in crate::words::rows(include_str!("../../../data/postcodes.tsv")) {
        let (prefix, regions) = row.split_once('\t').unwrap();
        let postcode = format!("{prefix:0<width$}", width = if country == "DE" { 5 } else { 4 });
        let found: Vec<&str> = postcode_regions(country, &postcode).unwrap().collect();
        assert_eq!(found, regions.split('|').collect::<Vec<_>>());
        assert!(found.iter().all(|code| region(country, code).is_some()));
    }
    for (name, row) in crate::words::rows(include_str!("../../../data/areas.tsv")) {
        let heart = row.split('\t').nth(2).unwrap_or_default();
        assert!(heart.is_empty() || by_city(name).place_id.is_some(), "{name}");
    }
}

/// The place of a result is the result: for every city of the list, in both languages.
#[test]
fn the_place_of_a_place_is_itself() {
    let mut wrong = Vec::new();
    for language in Language::ALL {
        for city in gazetteer::all() {
            let listed = known(city, language);
            let first = place(&as_case(&listed), language);
            assert_eq!(
                (&first.region, &first.country),
                (&listed.region, &listed.country),
                "{}",
                told(&listed)
            );
            let again = place(&as_case(&first), language);
            if told(&again) != told(&first) {
                wrong.push(format!("{} becomes {}", told(&first), told(&again)));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of them\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n"));
}

fn as_case(place: &Place) -> Case<'_> {
    Case { city: &place.city, region: &place.region, country: &place.country, ..Case::default() }
}

#[test]
fn every_spelling_of_a_large_city_is_that_city() {
    for name in [
        "München",
        "Köln",
        "Wien",
        "Zürich",
        "Genf",
        "Mailand",
        "Rom",
        "Florenz",
        "Venedig",
        "Neapel",
        "Turin",
        "Prag",
        "Warschau",
        "Krakau",
        "Breslau",
        "Danzig",
        "Kopenhagen",
        "Lissabon",
        "Brüssel",
        "Antwerpen",
        "Den Haag",
        "Straßburg",
        "Nürnberg",
        "Hannover",
        "Belgrad",
        "Bukarest",
        "Athen",
        "Moskau",
        "Kiew",
        "Göteborg",
        "Luxemburg",
    ] {
        let place = by_city(name);
        let id = place.place_id.unwrap();
        let city = gazetteer::city(id).unwrap();
        for key in gazetteer::keys() {
            let names = gazetteer::namesakes(key).unwrap();
            if names.named().chain(names.also()).any(|same| same.id == id) {
                let again =
                    at(&Case { city: key, region: &place.region, country: city.country, ..Case::default() });
                assert_eq!(again.city, name, "{key}");
            }
        }
    }
}

#[test]
fn capitals_and_folding_change_no_city() {
    let large = gazetteer::all().filter(|city| city.population > 200_000).map(|city| city.name(GERMAN));
    let told: Vec<&str> = large.filter(|name| name.len() > 3 && by_city(name).place_id.is_some()).collect();
    assert!(told.len() > 1000);
    for name in told {
        assert_eq!(by_city(&name.to_uppercase()), by_city(name));
        assert_eq!(by_city(&crate::text::fold(name)), by_city(name));
    }
}

fn any_text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("Frankfurt".to_owned()),
        Just("Köln".to_owned()),
        Just("Neustadt".to_owned()),
        Just("Greater".to_owned()),
        Just("Area".to_owned()),
        Just("Bayern".to_owned()),
        Just("DE".to_owned()),
        Just("Germany".to_owned()),
        Just("Hamburg-Altona".to_owned()),
        Just("80331".to_owned()),
        Just("D-60311".to_owned()),
        Just("Cambridge".to_owned()),
        Just("Ruhrgebiet".to_owned()),
        "[A-ZÄa-zß]{1,6}",
        "\\PC{0,5}",
    ];
    let gap = prop_oneof![Just(" "), Just(", "), Just("/"), Just(" ("), Just(" - "), Just(") ")];
    prop::collection::vec((word, gap), 0..5)
        .prop_map(|words| words.into_iter().map(|(word, gap)| word + gap).collect::<String>())
}

proptest! {
    #[test]
    fn reading_a_result_again_changes_nothing(
        city in any_text(), region in any_text(), country in "|DE|US|CH|[A-Z]{2}|\\PC{0,4}", postcode in "|[0-9]{4,5}|\\PC{0,3}",
    ) {
        let case = Case { city: &city, region: &region, country: &country, postcode: &postcode, ..Case::default() };
        let first = at(&case);
        let again = at(&as_case(&first));
        prop_assert_eq!(told(&again), told(&first));
        prop_assert_eq!(at(&case), first);
    }

    #[test]
    fn nothing_written_is_dropped(city in any_text(), home in "|DE") {
        let place = at(&Case { city: &city, home: &home, ..Case::default() });
        if place.city.is_empty() && place.region.is_empty() && place.country.is_empty() {
            // Only a postcode, or signs, stood there.
            prop_assert!(squeeze(&city).split([' ', ',', '/', '(', ')', '|', ';', '-']).all(|word|
                word.is_empty() || word.chars().any(|letter| letter.is_ascii_digit())
                || word == "–" || (word.len() <= 2 && city.contains(|letter: char| letter.is_ascii_digit()))), "{}", city);
        }
        prop_assert!((0.0..=1.0).contains(&place.confidence));
    }

    #[test]
    fn no_text_breaks_a_place(city in any::<String>(), street in any::<String>(), company in any::<String>(), phone in any::<String>()) {
        let phones = [phone];
        let case = Case { city: &city, street: &street, company: &company, phones: &phones, ..Case::default() };
        let _ = at(&case);
        let _ = place_key(&city);
    }
}
