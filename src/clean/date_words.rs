//! Words in dates: months, days of the week, halves of the day, zones, and words too vague for a day.

/// What a word in a date does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// AM.
    Before,
    /// PM.
    After,
    /// Nothing: a day of the week, `den`, `Uhr`.
    Ignored,
    /// It leaves the day open: `KW`, `vor`, `Frühjahr`.
    Vague,
}

/// The number of a month by its folded name or short form in German, English, French, Italian, Spanish, Dutch.
pub(super) fn month(word: &str) -> Option<u32> {
    Some(match word {
        "jan" | "january" | "januar" | "jaenner" | "jaen" | "janvier" | "janv" | "gennaio" | "enero"
        | "ene" | "januari" => 1,
        "feb" | "february" | "februar" | "feber" | "fevrier" | "fevr" | "fev" | "febbraio" | "febrero"
        | "februari" => 2,
        "mar" | "march" | "maerz" | "maer" | "mrz" | "mars" | "marzo" | "maart" | "mrt" => 3,
        "apr" | "april" | "avril" | "avr" | "aprile" | "abril" | "abr" => 4,
        "may" | "mai" | "maggio" | "mayo" | "mei" => 5,
        "jun" | "june" | "juni" | "juin" | "giugno" | "junio" => 6,
        "jul" | "july" | "juli" | "juil" | "juillet" | "luglio" | "julio" => 7,
        "aug" | "august" | "aout" | "aou" | "agosto" | "ago" | "augustus" => 8,
        "sep" | "sept" | "september" | "septembre" | "settembre" | "septiembre" => 9,
        "oct" | "october" | "okt" | "oktober" | "octobre" | "ottobre" | "octubre" => 10,
        "nov" | "november" | "novembre" | "noviembre" => 11,
        "dec" | "december" | "dez" | "dezember" | "decembre" | "dicembre" | "diciembre" => 12,
        _ => return None,
    })
}

/// What any other folded word does; `None` for words that no date holds.
pub(super) fn word(word: &str) -> Option<Word> {
    Some(match word {
        "am" | "a" | "vorm" => Word::Before,
        "pm" | "p" | "nachm" => Word::After,
        "mon" | "monday" | "mo" | "montag" | "lun" | "lundi" | "tue" | "tuesday" | "tues" | "di"
        | "dienstag" | "mardi" | "wed" | "wednesday" | "mi" | "mittwoch" | "mer" | "mercredi" | "thu"
        | "thursday" | "thur" | "thurs" | "do" | "donnerstag" | "jeu" | "jeudi" | "fri" | "friday" | "fr"
        | "freitag" | "ven" | "vendredi" | "sat" | "saturday" | "sa" | "samstag" | "sonnabend" | "sam"
        | "samedi" | "sun" | "sunday" | "so" | "sonntag" | "dim" | "dimanche" | "t" | "at" | "um" | "uhr"
        | "h" | "the" | "of" | "den" | "der" | "le" | "on" | "st" | "nd" | "rd" | "th" | "er" | "de"
        | "m" | "del" | "stand" | "seit" | "kontakt" | "verbunden" | "vernetzt" | "connected" => {
            Word::Ignored
        }
        "kw" | "cw" | "w" | "week" | "weeks" | "woche" | "wochen" | "q" | "vor" | "ago" | "tag" | "tage"
        | "tagen" | "day" | "days" | "monat" | "monate" | "monaten" | "month" | "months" | "jahr"
        | "jahre" | "jahren" | "year" | "years" | "fruehjahr" | "fruehling" | "spring" | "sommer"
        | "summer" | "herbst" | "autumn" | "fall" | "winter" | "anfang" | "mitte" | "ende" | "early"
        | "mid" | "late" | "ca" | "circa" | "about" | "gestern" | "heute" | "yesterday" | "today"
        | "letzte" | "letzten" | "last" | "before" | "after" | "quartal" | "quarter" | "il" | "y"
        | "mois" | "semaine" | "semaines" | "jours" | "ans" | "ostern" | "weihnachten" | "pfingsten"
        | "easter" | "christmas" => Word::Vague,
        _ => return None,
    })
}

/// Hours east of Greenwich of a zone's short name.
pub(super) fn zone(word: &str) -> Option<i32> {
    Some(match word {
        "z" | "utc" | "gmt" | "wet" => 0,
        "cet" | "mez" | "bst" | "west" => 1,
        "cest" | "mesz" | "eet" => 2,
        "eest" | "msk" => 3,
        "est" | "cdt" => -5,
        "edt" => -4,
        "cst" | "mdt" => -6,
        "pst" => -8,
        "pdt" | "mst" => -7,
        _ => return None,
    })
}
