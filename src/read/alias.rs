//! The column names people use in lists they keep themselves, and what they mean.

use super::Header;
use crate::record::Field;
use crate::text::header_key;

/// What a column of a list means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The cell is that field.
    Is(Field),
    /// `Title`: a position where no other column gives one, else a title before the name.
    Title,
    /// A bare `Name`: the family name beside a column of given names, else the whole name.
    BareName,
    /// House number, to be joined to the street.
    HouseNumber,
    /// Postcode and city in one cell.
    PostcodeCity,
    /// The last contact.
    LastContact,
    /// The next contact, which has not happened.
    NextContact,
    /// A date that says by itself that it is one of a meeting: `Treffen am`, `met on`.
    MetOn,
    /// A date of whatever the list is about.
    Date,
    /// What a meeting was, or how it took place.
    Occasion,
    /// Who of the team looks after the person.
    Owner,
    /// How somebody was met.
    HowMet,
}

impl Meaning {
    /// The field a column becomes in a list, to be shown to a person.
    pub(super) fn field(self) -> Option<Field> {
        match self {
            Meaning::Is(field) => Some(field),
            Meaning::Title => Some(Field::Position),
            Meaning::BareName => Some(Field::Name),
            Meaning::HouseNumber => Some(Field::Street),
            Meaning::PostcodeCity => Some(Field::City),
            Meaning::LastContact | Meaning::MetOn => Some(Field::TouchAt),
            Meaning::HowMet => Some(Field::Note),
            Meaning::NextContact | Meaning::Date | Meaning::Occasion | Meaning::Owner => None,
        }
    }
}

/// What the columns mean, with names that depend on the other columns settled.
pub(super) fn meanings(header: &Header) -> Vec<Option<Meaning>> {
    let mut all: Vec<Option<Meaning>> = header.cells.iter().map(|cell| meaning(cell)).collect();
    let has = |wanted: Field| all.contains(&Some(Meaning::Is(wanted)));
    let (given, family, position) = (has(Field::GivenName), has(Field::FamilyName), has(Field::Position));
    for meaning in all.iter_mut().flatten() {
        match *meaning {
            Meaning::BareName if given && !family => *meaning = Meaning::Is(Field::FamilyName),
            Meaning::BareName => *meaning = Meaning::Is(Field::Name),
            Meaning::Title if position => *meaning = Meaning::Is(Field::Prefix),
            Meaning::Title => *meaning = Meaning::Is(Field::Position),
            _ => {}
        }
    }
    all
}

/// What a list must have to be one of contacts: two columns that are understood, one of them naming or
/// reaching a person. A bare `Name` could be that of anything, so it takes something personal beside it.
///
/// # Errors
/// What is missing, in words for a person.
pub(super) fn is_about_people(meanings: &[Option<Meaning>]) -> Result<(), String> {
    let known: Vec<Meaning> = meanings.iter().flatten().copied().collect();
    let is = |fields: &[Field]| {
        known.iter().any(|meaning| matches!(meaning, Meaning::Is(field) if fields.contains(field)))
    };
    let reaches = is(&[Field::GivenName, Field::FamilyName, Field::Email, Field::Phone]);
    let named = is(&[Field::Name])
        && (is(&[
            Field::Company,
            Field::Position,
            Field::Prefix,
            Field::Birthday,
            Field::Url,
            Field::Department,
            Field::Street,
            Field::Tier,
        ]) || known.iter().any(|meaning| {
            matches!(
                meaning,
                Meaning::LastContact | Meaning::MetOn | Meaning::Date | Meaning::Occasion | Meaning::HowMet
            )
        }));
    if known.len() < 2 {
        Err(format!("it has {} column names that are understood; it takes two", known.len()))
    } else if reaches || named {
        Ok(())
    } else {
        Err("no column names a person or reaches one (name, e-mail, telephone)".to_owned())
    }
}

/// Whether the row taken for the header is one of data: an e-mail address, a web address or a telephone
/// number is no column name. The real header is then one that nobody knows.
pub(super) fn is_data(header: &Header) -> bool {
    header.cells.iter().any(|cell| {
        let digits = cell.bytes().filter(u8::is_ascii_digit).count();
        cell.contains('@') || cell.contains("://") || (digits >= 6 && !cell.chars().any(char::is_alphabetic))
    })
}

/// What another kind of table this is, which would be misread as a list of contacts.
pub(super) fn other_kind(header: &Header) -> Option<&'static str> {
    const KINDS: [(&[&str], &str); 15] = [
        (&["nebenstelle", "eigene rufnummer"], "a call list of a FRITZ!Box"),
        (&["typ", "number", "duration"], "a call list"),
        (&["call type", "duration"], "a call list"),
        (&["time", "remoteparty"], "a call log"),
        (&["api id", "approval status"], "a guest list of Luma"),
        (&["order", "attendee"], "a list of attendees of Eventbrite"),
        (&["order date", "attendee status"], "a list of attendees of Eventbrite"),
        (&["first join", "last leave"], "an attendance report of Teams"),
        (&["first join time", "last leave time"], "an attendance report of Teams"),
        (&["beginnt am", "endet am"], "a calendar"),
        (&["start date", "end date", "subject"], "a calendar"),
        (&["conversation id", "content"], "a file of messages"),
        (&["from", "to", "sent at"], "a file of invitations"),
        (&["endorsement date"], "a file of endorsements"),
        (&["connected on", "first name"], "a file of LinkedIn connections"),
    ];
    KINDS.iter().find(|(keys, _)| keys.iter().all(|key| header.find(&[key]).is_some())).map(|(_, kind)| *kind)
}

/// What a column of that name means: by its whole name, without what stands in brackets, and without words
/// that only say which of several it is.
fn meaning(name: &str) -> Option<Meaning> {
    let whole = header_key(name);
    let outside: String = without_brackets(name);
    let outside = header_key(&outside);
    [whole.as_str(), outside.as_str()].into_iter().find_map(|key| {
        find(key).or_else(|| {
            let bare: Vec<&str> = key.split(' ').filter(|word| !WHICH.contains(word)).collect();
            let found = find(&bare.join(" "))?;
            let many = matches!(
                found,
                Meaning::Is(
                    Field::Email
                        | Field::Phone
                        | Field::Fax
                        | Field::Url
                        | Field::Company
                        | Field::Street
                        | Field::City
                        | Field::Postcode
                        | Field::Country
                )
            );
            many.then_some(found)
        })
    })
}

fn without_brackets(name: &str) -> String {
    let mut depth = 0usize;
    let mut kept = String::with_capacity(name.len());
    for letter in name.chars() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(letter),
            _ => {}
        }
    }
    kept
}

fn find(key: &str) -> Option<Meaning> {
    if key.is_empty() || key.len() > 60 {
        return None;
    }
    let mut all = ALIASES.iter().chain(&WEAK);
    all.find(|(names, _)| names.split('|').any(|name| name == key)).map(|(_, meaning)| *meaning)
}

/// Words that say which of several numbers or addresses a column holds.
const WHICH: [&str; 22] = [
    "1",
    "2",
    "3",
    "4",
    "geschaeftlich",
    "geschaeftl",
    "dienstlich",
    "beruflich",
    "privat",
    "private",
    "work",
    "business",
    "office",
    "home",
    "personal",
    "main",
    "primary",
    "zentrale",
    "buero",
    "nr",
    "bureau",
    "pro",
];

/// Names through [`header_key`], by meaning.
const ALIASES: [(&str, Meaning); 32] = [
    (
        "kontakt|kontaktperson|ansprechpartner|ansprechpartnerin|ansprechpartner in|full name|fullname|\
         vollstaendiger name|voller name|teilnehmer|teilnehmerin|teilnehmer in|person|contact|contact name|\
         contact person|name vorname|nachname vorname|vorname nachname|vorname name|vor und nachname|\
         vor und zuname|gast|guest|guest name|anzeigename|display name|nom complet|nom et prenom|\
         gespraechspartner|gespraechspartnerin|gespraechspartner in|wer|mit|mit wem|met with|who|with|personne",
        Meaning::Is(Field::Name),
    ),
    ("name", Meaning::BareName),
    (
        "vorname|vornamen|rufname|first name|firstname|given name|givenname|forename|prenom",
        Meaning::Is(Field::GivenName),
    ),
    (
        "zweiter vorname|weitere vornamen|middle name|middlename|additional name",
        Meaning::Is(Field::MiddleName),
    ),
    (
        "nachname|nachnamen|familienname|zuname|last name|lastname|surname|family name|familyname|nom|nom de famille",
        Meaning::Is(Field::FamilyName),
    ),
    (
        "anrede|titel|akad titel|akademischer titel|salutation|prefix|name prefix|honorific|civilite",
        Meaning::Is(Field::Prefix),
    ),
    ("suffix|namenszusatz|name suffix", Meaning::Is(Field::Suffix)),
    ("spitzname|nickname|surnom", Meaning::Is(Field::Nickname)),
    ("title", Meaning::Title),
    (
        "firma|firmenname|firma unternehmen|unternehmen|unternehmensname|organisation|organization|arbeitgeber|\
         company|company name|employer|institution|societe|entreprise|kunde firma",
        Meaning::Is(Field::Company),
    ),
    (
        "position|funktion|rolle|role|job title|jobtitle|jobtitel|job|job position|beruf|berufsbezeichnung|stelle|\
         stellung|taetigkeit|poste|fonction|occupation",
        Meaning::Is(Field::Position),
    ),
    ("abteilung|department|bereich", Meaning::Is(Field::Department)),
    (
        "e mail|email|mail|e mail adresse|email adresse|emailadresse|mailadresse|mail adresse|email address|\
         e mail address|mail address|adresse e mail|courriel|email id|e mails|emails",
        Meaning::Is(Field::Email),
    ),
    (
        "telefon|tel|telefonnummer|telefonnummern|rufnummer|festnetz|festnetznummer|phone|phones|phone number|\
         telephone|telephone number|fon|mobil|handy|mobiltelefon|mobilnummer|handynummer|mobilfunk|mobile|\
         mobile phone|mobile number|cell|cell phone|cellphone|natel|portable|tel mobile|tel mobil|gsm|whatsapp|\
         phone mobile|telefon mobil|mobil tel|telefon mobil nr|durchwahl",
        Meaning::Is(Field::Phone),
    ),
    ("fax|telefax|faxnummer|fax number|fax nummer|telecopie", Meaning::Is(Field::Fax)),
    (
        "strasse|street|strasse hausnummer|strasse hausnr|strasse und hausnummer|strasse hnr|street address|\
         adresse|address|anschrift|rue",
        Meaning::Is(Field::Street),
    ),
    ("hausnummer|hausnr|hnr|house number|street number", Meaning::HouseNumber),
    ("ort|stadt|city|town|ville|wohnort|suburb|standort", Meaning::Is(Field::City)),
    ("plz ort|plz stadt|postleitzahl ort|zip city|postcode city", Meaning::PostcodeCity),
    (
        "plz|postleitzahl|postcode|post code|postal code|zip|zip code|zipcode|code postal",
        Meaning::Is(Field::Postcode),
    ),
    ("bundesland|kanton|region|state|province|county", Meaning::Is(Field::Region)),
    ("land|country|pays|staat", Meaning::Is(Field::Country)),
    (
        "geburtstag|geburtsdatum|birthday|date of birth|dob|birth date|birthdate|geb datum|geb|date de naissance",
        Meaning::Is(Field::Birthday),
    ),
    (
        "linkedin|linkedin url|linkedin profil|linkedin profile|linkedin link|xing|xing url|xing profil|xing profile|\
         xing link|profil|profile|profil link|profillink|profil url|profile url|profile link|url|link|webseite|\
         website|homepage|web|internet|web page",
        Meaning::Is(Field::Url),
    ),
    ("kundennummer|kunden nr|kundennr|customer id|customer number|kunden id", Meaning::Is(Field::ExternalId)),
    (
        "kategorie|klasse|prio|prioritaet|abc|tier|segment|category|abc kategorie|abc klasse|einstufung|rating|\
         priority|kontaktkategorie",
        Meaning::Is(Field::Tier),
    ),
    (
        "tags|tag s|schlagworte|schlagwort|schlagwoerter|stichworte|stichwoerter|labels|label|gruppe|gruppen|group|\
         groups|kategorien|categories",
        Meaning::Is(Field::Tags),
    ),
    (
        "scope|sphaere|privat geschaeftlich|geschaeftlich privat|private business|business private|\
         privat oder geschaeftlich|beruflich privat|privat beruflich",
        Meaning::Is(Field::Scope),
    ),
    (
        "letzter kontakt|letzter kontakt am|letzte kontaktaufnahme|zuletzt kontaktiert|zuletzt kontaktiert am|\
         kontakt am|last contact|last contacted|last contact date|last spoke|last touch|last met|last seen|\
         last talked|last meeting|last interaction|dernier contact|letztes gespraech|letztes treffen|\
         zuletzt gesprochen|zuletzt gesehen|zuletzt getroffen|kontaktiert am|contacted on",
        Meaning::LastContact,
    ),
    (
        "naechster kontakt|nachster kontakt|wiedervorlage|wv|follow up|followup|follow up date|next follow up|\
         next contact|next action|next step|next meeting|naechster schritt|naechste aktion|naechster termin|\
         prochain contact|last status",
        Meaning::NextContact,
    ),
    (
        "treffen am|getroffen am|gespraech am|besuch am|besuchsdatum|gespraechsdatum|kontaktdatum|met on|date met|\
         meeting date|contact date|date of contact|date of meeting|datum des treffens|datum kontakt|\
         datum des kontakts|telefonat am",
        Meaning::MetOn,
    ),
    (
        "bemerkung|bemerkungen|notiz|notizen|kommentar|kommentare|info|infos|notes|note|comment|comments|remark|\
         remarks|anmerkung|anmerkungen|remarques|ergebnis|ergebnisse|result|results",
        Meaning::Is(Field::Note),
    ),
];

/// Names whose meaning is weaker: they are looked up after [`ALIASES`].
const WEAK: [(&str, Meaning); 4] = [
    ("datum|date|am|termin|wann|when|tag|day|datum zeit|date time|jour", Meaning::Date),
    (
        "anlass|art|thema|event|veranstaltung|occasion|type|typ|kontaktart|art des kontakts|kanal|channel|topic|\
         betreff|subject|meeting|treffen|meeting type|aktivitaet|activity|medium|was|what|besuch|gespraech|form",
        Meaning::Occasion,
    ),
    (
        "betreuer|betreuerin|zustaendig|verantwortlich|owner|account manager|responsable|bearbeiter",
        Meaning::Owner,
    ),
    (
        "kennengelernt|quelle|how we met|how met|source|kennengelernt bei|kennengelernt durch|herkunft|where met|\
         where we met",
        Meaning::HowMet,
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn header(cells: &str) -> Header {
        let cells: Vec<String> = cells.split(';').map(str::to_owned).collect();
        let keys = cells.iter().map(|cell| header_key(cell)).collect();
        Header { line: 1, cells, keys }
    }

    #[test]
    fn names_meet_whatever_stands_beside_them() {
        let cases = [
            ("Kategorie (A-D)", Meaning::Is(Field::Tier)),
            ("E-Mail (geschäftlich)", Meaning::Is(Field::Email)),
            ("E-Mail 2", Meaning::Is(Field::Email)),
            ("Telefon dienstlich", Meaning::Is(Field::Phone)),
            ("Mobil-Nr.", Meaning::Is(Field::Phone)),
            ("Private E-Mail", Meaning::Is(Field::Email)),
            ("\u{feff}Vorname ", Meaning::Is(Field::GivenName)),
            ("Name, Vorname", Meaning::Is(Field::Name)),
            (" Letzter Kontakt", Meaning::LastContact),
            ("Nächster Kontakt", Meaning::NextContact),
            ("Straße / Hausnummer", Meaning::Is(Field::Street)),
            ("Strasse", Meaning::Is(Field::Street)),
            ("PRÉNOM", Meaning::Is(Field::GivenName)),
        ];
        for (name, expected) in cases {
            assert_eq!(meaning(name), Some(expected), "{name}");
        }
        for name in ["", "Nr.", "1", "Umsatz", "geschäftlich", "Kürzel"] {
            assert_eq!(meaning(name), None, "{name}");
        }
    }

    #[test]
    fn names_depend_on_their_neighbours() {
        let family = meanings(&header("Name;Vorname;Title;Position"));
        assert_eq!(family[0], Some(Meaning::Is(Field::FamilyName)));
        assert_eq!(family[2], Some(Meaning::Is(Field::Prefix)));
        let whole = meanings(&header("Name;Title"));
        assert_eq!(whole, [Some(Meaning::Is(Field::Name)), Some(Meaning::Is(Field::Position))]);
    }

    #[test]
    fn a_row_of_data_is_no_header() {
        assert!(is_data(&header("Title;Firma;anna@example.com")));
        assert!(is_data(&header("Name;Telefon;0171 1234567")));
        assert!(!is_data(&header("Name;E-Mail;Umsatz 2025")));
    }

    #[test]
    fn tables_of_other_things_are_no_contacts() {
        let people = |names: &str| is_about_people(&meanings(&header(names))).is_ok();
        assert!(people("Name;Firma"));
        assert!(people("Vorname;Ort"));
        assert!(people("E-Mail;Notiz"));
        assert!(!people("Name;Land;Region"), "a table of cities");
        assert!(!people("Name"));
        assert!(!people("Firma;Ort;PLZ"));
        assert_eq!(
            other_kind(&header("Typ;Datum;Name;Rufnummer;Nebenstelle;Eigene Rufnummer;Dauer")),
            Some("a call list of a FRITZ!Box")
        );
        assert_eq!(other_kind(&header("Name;Firma")), None);
    }
}
