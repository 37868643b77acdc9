//! The column names known from exports and lists, English, German and French: they give a header away.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::text::header_key;

/// Whether a header key ([`header_key`]) is a known column name; numbers in it do not matter.
pub(super) fn is_known(key: &str) -> bool {
    if key.is_empty() || key.len() > 80 {
        return false;
    }
    if KNOWN.contains(key) {
        return true;
    }
    let plain: Vec<&str> =
        key.split(' ').filter(|word| !word.bytes().all(|byte| byte.is_ascii_digit())).collect();
    !plain.is_empty() && KNOWN.contains(plain.join(" ").as_str())
}

static KNOWN: LazyLock<FxHashSet<String>> = LazyLock::new(|| {
    let lists = [LINKEDIN, GOOGLE, OUTLOOK, OUTLOOK_DE, OUTLOOK_FR, THUNDERBIRD, LISTS, EVENTS, CALLS];
    lists.iter().flat_map(|list| list.split('|')).map(header_key).filter(|key| !key.is_empty()).collect()
});

const LINKEDIN: &str = "First Name|Last Name|URL|Email Address|Company|Position|Connected On|Profile URL|\
    Profil-URL|Verbunden am|Vernetzt am|Kontakt seit|Date de connexion|Connection Date|Date Connected|\
    Conversation ID|Conversation Title|From|Sender Profile URL|To|Recipient Profile URLs|Date|Subject|\
    Content|Folder|Attachments|Is Message Draft|Is Conversation Draft|Sent At|Message|Direction|\
    inviterProfileUrl|inviteeProfileUrl|Endorsement Date|Skill Name|Endorser First Name|Endorser Last Name|\
    Endorser Public Url|Endorsee First Name|Endorsee Last Name|Endorsee Public Url|Endorsement Status|\
    Job Title|Text|Creation Date|Status|FirstName|LastName|MiddleName|MaidenName|NickName|NamePrefix|\
    NameSuffix|Companies|Emails|PhoneNumbers|CreatedAt|UpdatedAt|Addresses|Sites|InstantMessageHandles|\
    FullName|BookmarkedAt|Profiles|CountryCode|RegionCode|ThirdPartyVerified|Maiden Name|Birth Date|\
    Headline|Summary|Industry|Zip Code|Geo Location|Twitter Handles|Websites|Instant Messengers|\
    Company Name|Description|Started On|Finished On|Confirmed|Primary|Updated On|Extension|Number|Type|\
    Is_WhatsApp_Number|Organization|Followed On|Connection First Name|Connection Last Name|\
    Connection Profile URL|Note|Created On|Edited On|Event Name|Event Time|External Url|Source";

const GOOGLE: &str = "Name|Given Name|Additional Name|Family Name|Yomi Name|Given Name Yomi|Name Prefix|\
    Name Suffix|Initials|Nickname|Short Name|Birthday|Gender|Location|Billing Information|\
    Directory Server|Mileage|Occupation|Hobby|Sensitivity|Priority|Notes|Language|Photo|Group Membership|\
    Labels|Middle Name|Phonetic First Name|Phonetic Last Name|File As|Organization Name|\
    Organization Title|Organization Department|E-mail - Type|E-mail - Label|E-mail - Value|IM - Type|\
    IM - Service|IM - Value|Phone - Type|Phone - Label|Phone - Value|Address - Type|Address - Label|\
    Address - Formatted|Address - Street|Address - City|Address - PO Box|Address - Region|\
    Address - Postal Code|Address - Country|Address - Extended Address|Organization - Type|\
    Organization - Name|Organization - Title|Organization - Department|Relation - Type|Relation - Value|\
    Relation - Label|Website - Type|Website - Label|Website - Value|Event - Type|Event - Label|\
    Event - Value|Custom Field - Type|Custom Field - Label|Custom Field - Value";

const OUTLOOK: &str = "Title|Suffix|Department|Business Street|Business City|Business State|\
    Business Postal Code|Business Country|Business Country/Region|Home Street|Home City|Home State|\
    Home Postal Code|Home Country|Home Country/Region|Other Street|Other City|Other State|\
    Other Postal Code|Other Country|Other Country/Region|Assistant's Phone|Business Fax|Business Phone|\
    Callback|Car Phone|Company Main Phone|Home Fax|Home Phone|ISDN|Mobile Phone|Other Fax|Other Phone|\
    Pager|Primary Phone|Radio Phone|TTY/TDD Phone|Telex|Account|Anniversary|Assistant's Name|\
    Business Address PO Box|Categories|Children|E-mail Address|E-mail Type|E-mail Display Name|\
    E-mail Address|Government ID Number|Home Address PO Box|Internet Free Busy|Keywords|Manager's Name|\
    Office Location|Organizational ID Number|Other Address PO Box|Private|Profession|Referred By|Spouse|\
    User|Web Page|Given Yomi|Surname Yomi|Personal Web Page";

const OUTLOOK_DE: &str = "Anrede|Vorname|Weitere Vornamen|Nachname|Firma|Abteilung|Straße geschäftlich|\
    Ort geschäftlich|Region geschäftlich|Postleitzahl geschäftlich|Land geschäftlich|\
    Land/Region geschäftlich|Straße privat|Ort privat|Bundesland/Kanton privat|Postleitzahl privat|\
    Land privat|Land/Region privat|Weitere Straße|Weiterer Ort|Weitere Postleitzahl|Telefon Assistent|\
    Fax geschäftlich|Telefon geschäftlich|Rückmeldung|Autotelefon|Telefon Firma|Fax privat|\
    Telefon privat|Telefon (privat)|Mobiltelefon|Weiteres Fax|Weiteres Telefon|Haupttelefon|\
    Telefon für Hörbehinderte|Abrechnungsinformation|Assistent(in)|Benutzer|Beruf|Büro|E-Mail-Adresse|\
    E-Mail-Typ|E-Mail: Angezeigter Name|E-Mail: Adresse|E-Mail: Typ|Empfohlen von|Geburtstag|Geschlecht|\
    Initialen|Jahrestag|Kategorien|Kinder|Konto|Name des/r Vorgesetzten|Notizen|Organisationsnr.|Ort|\
    Partner/in|Partner|Postfach geschäftlich|Postfach privat|Sprache|Stichwörter|Vertraulichkeit|\
    Verzeichnisserver|Webseite|Privat|Priorität";

const OUTLOOK_FR: &str = "Titre|Prénom|Deuxième prénom|Nom|Suffixe|Société|Service|Profession|\
    Adresse de messagerie|Adresse e-mail|Téléphone (bureau)|Téléphone (domicile)|Tél. mobile|\
    Téléphone principal|Téléphone société|Rue (bureau)|Ville (bureau)|Dép/Région (bureau)|\
    Code postal (bureau)|Pays/Région (bureau)|Anniversaire|Catégories|Conjoint(e)|Page Web|Entreprise|\
    Poste|Courriel|Téléphone|Portable|Mobile|Ville|Code postal|Pays|Remarques";

const THUNDERBIRD: &str = "Display Name|Primary Email|Secondary Email|Screen Name|Work Phone|Fax Number|\
    Pager Number|Mobile Number|Home Address|Home Zipcode|Work Address|Work City|Work State|Work Zip|\
    Work Zipcode|Work Country|Web Page|Birth Year|Birth Month|Birth Day|Custom|Anzeigename|Spitzname|\
    Primäre E-Mail-Adresse|Sekundäre E-Mail-Adresse|Messenger-Name|Tel. dienstlich|Tel. privat|\
    Fax-Nummer|Pager-Nummer|Mobil-Tel.-Nr.|Privat: Adresse|Privat: Ort|Privat: Bundesland|Privat: PLZ|\
    Privat: Land|Dienstlich: Adresse|Dienstlich: Ort|Dienstlich: Bundesland|Dienstlich: PLZ|\
    Dienstlich: Land|Arbeitstitel|Organisation|Geburtsjahr|Geburtsmonat|Benutzerdef.|2. Vorname|\
    Straße (privat)|Ort (privat)|Postleitzahl (privat)|Bundesland (privat)|Land/Region (privat)|\
    Webseite (privat)|Straße (geschäftlich)|Ort (geschäftlich)|Postleitzahl (geschäftlich)|\
    Bundesland (geschäftlich)|Land/Region (geschäftlich)|Telefon (geschäftlich)|Fax (geschäftlich)|\
    Webseite (geschäftlich)";

const LISTS: &str = "Kontakt|Ansprechpartner|Ansprechpartnerin|Ansprechpartner(in)|Ansprechpartner/in|\
    Full Name|Vollständiger Name|Teilnehmer|Teilnehmerin|Name, Vorname|Nachname, Vorname|\
    Vorname Nachname|Vorname, Nachname|Vor- und Nachname|Rufname|Familienname|Zuname|Surname|Forename|\
    Titel|Unternehmen|Unternehmensname|Firmenname|Arbeitgeber|Employer|Funktion|Rolle|Role|\
    Berufsbezeichnung|Stelle|Jobtitel|Job|E-Mail|Email|Mail|Mailadresse|Email ID|Mail-Adresse|Telefon|\
    Telefonnummer|Tel|Tel.|Tel.-Nr.|Rufnummer|Festnetz|Phone|Phone Number|Telephone|Mobil|Handy|\
    Handynummer|Mobilnummer|Cell|Cell Phone|Natel|Fax|Telefax|Letzter Kontakt|Zuletzt kontaktiert|\
    Kontakt am|Last Contact|Last Contacted|Last Spoke|Last Touch|Dernier contact|Nächster Kontakt|\
    Wiedervorlage|WV|Follow-up|Follow-Up Date|Next Follow Up|Next Contact|Next Action|Kategorie|Klasse|\
    Prio|ABC|Tier|Segment|Category|Kennengelernt|Quelle|Anlass|Event|How we met|Bemerkung|Bemerkungen|\
    Notiz|Kommentar|Kommentare|Info|Comment|Comments|Remark|Remarks|Betreuer|Zuständig|Verantwortlich|\
    Owner|LinkedIn|LinkedIn URL|LinkedIn Profil|LinkedIn Profile|Xing|Xing Profil|Profil|Homepage|\
    Website|Web|Adresse|Address|Straße|Strasse|Street|Hausnummer|PLZ|Postleitzahl|Postcode|Postal Code|\
    ZIP|City|Stadt|Town|Suburb|Bundesland|Kanton|Region|State|Province|Land|Country|Geburtsdatum|\
    Date of Birth|DOB|Datum|Tag|Uhrzeit|Tags|Schlagworte|Branche|Kundennummer|Kunden-Nr.|Customer ID|\
    Lead ID|Contact ID|Kontakt-ID|ID|Contact Name|Contact|Date Added|Kürzel|Treffen|Meeting|Gesprächspartner|\
    Anruf|Thema|Betreff|Topic|Ergebnis|Nächster Schritt|Art|Met|Met on|Met at|Contacted|Contacted on|\
    Spitznamen|Akad. Titel|Akademischer Titel|Business E-Mail|Private E-Mail|E-Mail privat|\
    E-Mail geschäftlich|E-Mail dienstlich|Telefon dienstlich|Mobil privat|Mobil geschäftlich|\
    Profil-Link|Profillink|Profile|Profile Link|Job Position|Last_Status";

const EVENTS: &str = "api_id|phone_number|created_at|approval_status|checked_in_at|custom_source|\
    ticket_name|ticket_type_id|Order #|Order Date|Quantity|Ticket Type|Attendee #|Order Type|\
    Attendee Status|Guest Name|Guest Status|First Join|Last Leave|In-Meeting Duration|\
    Participant ID (UPN)|Beginnt am|Beginnt um|Endet am|Endet um|Erforderliche Teilnehmer|\
    Optionale Teilnehmer|Start Date|End Date|Required Attendees|Optional Attendees|Meeting Organizer";

const CALLS: &str = "Typ|Landes-/Ortsnetzbereich|Nebenstelle|Eigene Rufnummer|Dauer|Outgoing Caller ID|\
    Duration|Call type|Time|RemoteParty|Person|Start|Start Time";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_in_every_spelling() {
        let headers = [
            "E-mail 12 - Value",
            "\u{feff}First Name",
            "E-Mail 2: Adresse",
            "Telefon (privat 2)",
            "STRASSE",
            "Prénom",
            " letzter Kontakt ",
            "Business Phone 2",
            "inviterProfileUrl",
            "LAST\u{a0}NAME",
        ];
        for header in headers {
            assert!(is_known(&header_key(header)), "{header}");
        }
        for header in ["", "12", "Anna", "Nordwind GmbH", "Notes: none", "05 Jan 2026"] {
            assert!(!is_known(&header_key(header)), "{header}");
        }
    }
}
