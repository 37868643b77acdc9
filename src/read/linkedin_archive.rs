//! The members of a LinkedIn archive: which are read, which are known and not needed.

/// What is done with a member of a LinkedIn archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// It is read.
    Read,
    /// It says nothing about contacts.
    Not,
}

/// Members that are read, as [`plain_name`].
const READ: [&str; 17] = [
    "connections",
    "contacts",
    "emailaddresses",
    "endorsementgiveninfo",
    "endorsementreceivedinfo",
    "importedcontacts",
    "invitations",
    "linkedinconnectionsexportmicrosoftoutlook",
    "linkedinconnectionsexportmicrosoftoutlookexpress",
    "linkedinconnectionsexportyahoo",
    "messages",
    "phonenumbers",
    "positions",
    "profile",
    "recommendationsgiven",
    "recommendationsreceived",
    "whatsappphonenumbers",
];

/// Members that only LinkedIn has and that give an archive away.
const GIVING_AWAY: [&str; 6] =
    ["connections", "messages", "invitations", "profile", "endorsementreceivedinfo", "adtargeting"];

/// What is done with a member of that base name. The whole name counts, so that `guide_messages.csv`
/// (a chat with a machine) is not taken for `messages.csv`.
pub(super) fn need(base_name: &str) -> Need {
    match plain_name(base_name) {
        Some(name) if READ.contains(&name.as_str()) => Need::Read,
        _ => Need::Not,
    }
}

/// Whether a member of that base name gives an archive away as a LinkedIn export.
pub(super) fn gives_away(base_name: &str) -> bool {
    plain_name(base_name).is_some_and(|name| GIVING_AWAY.contains(&name.as_str()))
}

/// The base name of a CSV in lower case without blanks, underscores and the member number at its end.
fn plain_name(base_name: &str) -> Option<String> {
    let lower = base_name.to_lowercase();
    let stem = lower.strip_suffix(".csv")?;
    let stem = match stem.rsplit_once('_') {
        Some((front, digits)) if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            front
        }
        _ => stem,
    };
    Some(stem.chars().filter(|letter| !matches!(letter, ' ' | '_')).collect())
}

/// Columns (as keys) that give a LinkedIn table without contacts away; the first column must be the first
/// of the file.
const NOT_NEEDED: [(&str, &[&str]); 33] = [
    ("Ad_Targeting", &["member age", "buyer groups"]),
    ("Comments", &["date", "link", "message"]),
    ("Company Follows", &["organization", "followed on"]),
    ("Education", &["school name", "degree name"]),
    ("Events", &["event name", "event time", "external url"]),
    ("Job answers", &["question", "answer"]),
    ("Languages", &["name", "proficiency"]),
    ("Learning", &["content title", "content type"]),
    ("Learning coach", &["no conversations found"]),
    ("Member_Follows", &["date", "status", "fullname"]),
    ("Hashtag_Follows", &["hashtag", "createdtime"]),
    ("Notes", &["connection first name", "connection last name", "note"]),
    ("Private_identity_asset", &["private identity asset name"]),
    ("Profile Summary", &["profile summary"]),
    ("Projects", &["title", "description", "url", "started on", "finished on"]),
    ("Publications", &["name", "published on", "publisher"]),
    ("Certifications", &["name", "url", "authority"]),
    ("Courses", &["name", "number"]),
    ("Honors", &["title", "description", "issued on"]),
    ("Organizations", &["name", "position", "started on", "finished on"]),
    ("Volunteering", &["company name", "role", "cause"]),
    ("Reactions", &["date", "type", "link"]),
    ("Receipts", &["first name", "last name", "billing country", "invoice number"]),
    ("Registration", &["registered at", "registration ip"]),
    ("Rich_Media", &["date time", "media description", "media link"]),
    ("SavedJobAlerts", &["alert parameters", "saved search id"]),
    ("Shares", &["date", "sharelink"]),
    ("Votes", &["date", "link", "optiontext"]),
    ("saved_articles", &["saved at", "link", "name"]),
    ("Job Applications", &["application date", "job url"]),
    ("Job Seeker Preferences", &["locations", "open to recruiters"]),
    ("Saved Jobs", &["saved date", "job url"]),
    ("Verifications", &["first name", "verification type"]),
];

/// Names of LinkedIn files that are known by name and a single column.
const NOT_NEEDED_NAMES: [(&str, &str); 4] = [
    ("skills", "name"),
    ("languages", "name"),
    ("learningcoachmessages", "conversation id"),
    ("interests", "interest"),
];

/// The LinkedIn file without contacts that a table with these column keys lies alone as, if so.
pub(super) fn not_needed(base_name: &str, keys: &[String]) -> Option<&'static str> {
    let holds = |wanted: &&[&str]| {
        wanted.first().is_some_and(|first| keys.first().is_some_and(|key| key == first))
            && wanted.iter().all(|key| keys.iter().any(|have| have == key))
    };
    if let Some((name, _)) = NOT_NEEDED.iter().find(|(_, wanted)| holds(wanted)) {
        return Some(name);
    }
    let plain = plain_name(base_name).unwrap_or_default();
    let first = keys.first().map_or("", String::as_str);
    if first == "conversation id" && is_machine_chat(base_name) {
        return Some("chats with a machine");
    }
    NOT_NEEDED_NAMES.iter().find(|(name, key)| plain.ends_with(name) && first == *key).map(|(name, _)| *name)
}

/// Whether a file holds chats with LinkedIn's machines, in the layout of messages.csv.
pub(super) fn is_machine_chat(base_name: &str) -> bool {
    let plain = plain_name(base_name).unwrap_or_default();
    ["guidemessages", "coachmessages", "roleplaymessages"].iter().any(|name| plain.ends_with(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_names_count() {
        for name in
            ["Connections.csv", "connections.CSV", "Messages.csv", "Email Addresses.csv", "Contacts_9.csv"]
        {
            assert_eq!(need(name), Need::Read, "{name}");
        }
        for name in
            ["guide_messages.csv", "learning_coach_messages.csv", "Connections.txt", "My Connections.csv"]
        {
            assert_eq!(need(name), Need::Not, "{name}");
        }
    }

    #[test]
    fn tables_without_contacts_are_known_by_their_columns() {
        let keys = |text: &str| text.split(',').map(crate::text::header_key).collect::<Vec<_>>();
        assert_eq!(not_needed("x.csv", &keys("Organization,Followed On")), Some("Company Follows"));
        assert_eq!(not_needed("Skills.csv", &keys("Name")), Some("skills"));
        assert_eq!(not_needed("Skills.csv", &keys("Vorname,Nachname")), None);
        assert_eq!(not_needed("list.csv", &keys("Name")), None);
        assert_eq!(not_needed("x.csv", &keys("Name,Organization,Followed On")), None);
    }
}
