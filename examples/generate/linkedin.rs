//! LinkedIn: the archive as it comes, or its Connections.csv alone, in the layouts of 2022 and today.

use std::io::{self, Seek, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::date;
use super::entry::{Use, on_linkedin};
use super::out::{Channel, Csv, Encoding, Lines, Place, Who};
use super::person::Person;
use super::plan::{Export, LinkedIn, Tie, Traces};
use super::rng::Rng;
use super::scribe::Scribe;
use super::world::Slot;

const NOTES: &str = "Notes:\n\"When exporting your connection data, you may notice that some of the email \
addresses are missing. You will only see email addresses for connections who have allowed their connections to \
see or download their email address using this setting https://www.linkedin.com/psettings/privacy/email. You can \
learn more here https://www.linkedin.com/help/linkedin/answer/261\"\n\n";

const MESSAGES: [&str; 11] = [
    "CONVERSATION ID",
    "CONVERSATION TITLE",
    "FROM",
    "SENDER PROFILE URL",
    "TO",
    "RECIPIENT PROFILE URLS",
    "DATE",
    "SUBJECT",
    "CONTENT",
    "FOLDER",
    "ATTACHMENTS",
];

/// Invented texts; one has lines of its own, as real messages do.
const TEXTS: [&str; 6] = [
    "Danke für die Vernetzung!",
    "Hi, are you coming to the fair?",
    "Gerne, Donnerstag passt.\nBis dann",
    "Could you introduce me to your colleague?",
    "Anbei die Unterlagen, wie besprochen.",
    "Alles Gute zum Geburtstag \u{1f389}",
];

/// Keys the random numbers of invitations that nobody answered.
const UNANSWERED: u64 = 8;

/// Writes every LinkedIn export of the member.
pub(crate) fn write(scribe: &mut Scribe<'_>) -> io::Result<()> {
    let exports = scribe.plan.exports(scribe.network);
    for export in &exports {
        let folder = if exports.len() > 1 || export.old {
            format!("{}/", date::iso(export.day))
        } else {
            String::new()
        };
        if scribe.network.kit.linkedin == LinkedIn::Archive {
            let name =
                format!("{folder}Basic_LinkedInDataExport_{}.zip", date::format(export.day, "%m-%d-%Y"));
            archive(scribe, *export, &name)?;
        } else if scribe.network.ties.iter().any(|tie| scribe.traces(*tie).in_export(*tie, *export)) {
            let (file, path) = scribe.folder.create(&format!("{folder}Connections.csv"))?;
            connections(scribe, *export, file, &path)?;
        }
    }
    Ok(())
}

fn archive(scribe: &mut Scribe<'_>, export: Export, name: &str) -> io::Result<()> {
    let (file, path) = scribe.folder.create(name)?;
    let mut zip = ZipWriter::new(file);
    zip.start_file("Connections.csv", SimpleFileOptions::default())?;
    connections(scribe, export, &mut zip, &format!("{path}!Connections.csv"))?;
    zip.start_file("messages.csv", SimpleFileOptions::default())?;
    messages(scribe, export, &mut zip)?;
    small_tables(scribe, export, &mut zip)?;
    zip.finish()?.flush()
}

/// Whether somebody hid the profile; such rows hold a date and nothing else.
fn hidden(scribe: &Scribe<'_>, tie: Tie) -> bool {
    Rng::new(scribe.world.seed, &[u64::from(tie.person), 77]).chance(0.008)
}

fn connections(scribe: &mut Scribe<'_>, export: Export, to: impl Write, path: &str) -> io::Result<()> {
    let mut out = Lines::new(to, Encoding::Utf8);
    let mut csv = Csv::new(',', false, "\n");
    out.write(NOTES)?;
    let header = ["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"];
    let cells = |all: [&str; 7]| {
        all.into_iter()
            .enumerate()
            .filter(|(at, _)| !(export.old && *at == 2))
            .map(|(_, cell)| cell.to_owned())
            .collect::<Vec<_>>()
    };
    // The last row has no line end.
    out.write(csv.row(cells(header)).trim_end())?;
    for at in 0..scribe.network.ties.len() {
        let tie = scribe.network.ties[at];
        if !scribe.traces(tie).in_export(tie, export) {
            continue;
        }
        let on = date::linkedin(tie.since);
        if hidden(scribe, tie) {
            out.write("\n")?;
            out.write(csv.row(cells(["", "", "", "", "", "", &on])).trim_end_matches('\n'))?;
        }
        let person = scribe.person(tie);
        let (entry, url) = on_linkedin(scribe.world, &person, export.day, tie);
        let given = join(&[&entry.prefix, &entry.given, &entry.middle]);
        let family = if entry.suffix.is_empty() {
            entry.family.clone()
        } else {
            format!("{}, {}", entry.family, entry.suffix)
        };
        let email = entry.emails.first().map_or("", |(_, email)| email);
        out.write("\n")?;
        let place = Place { file: path, line: out.line(), sheet: "" };
        scribe.note(place, Who::Person(tie.person), Channel::LinkedIn)?;
        let row = cells([&given, &family, &url, email, &entry.company, &entry.position, &on]);
        out.write(csv.row(row).trim_end_matches('\n'))?;
    }
    out.finish()
}

fn join(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

/// Name and profile of the member.
fn own_profile(scribe: &Scribe<'_>, day: i32) -> (String, String) {
    let member = scribe.member();
    let slug = member.slug(scribe.world, day, scribe.world.ordinal(member.index, Slot::LinkedIn));
    (format!("{} {}", member.given, member.family), format!("https://www.linkedin.com/in/{slug}"))
}

/// Ties that left something more than the connection, with what it was.
fn lively(scribe: &Scribe<'_>, export: Export) -> Vec<(Tie, Traces)> {
    let ties = scribe.network.ties.iter().map(|tie| (*tie, scribe.traces(*tie)));
    ties.filter(|(tie, traces)| traces.in_export(*tie, export)).collect()
}

fn messages(scribe: &Scribe<'_>, export: Export, to: impl Write) -> io::Result<()> {
    let mut out = Lines::new(to, Encoding::Utf8);
    let mut csv = Csv::new(',', true, "\n");
    let (own_name, own_url) = own_profile(scribe, export.day);
    out.write(csv.row(MESSAGES))?;
    for (tie, traces) in lively(scribe, export) {
        if traces.messages == 0 {
            continue;
        }
        let person = scribe.person(tie);
        let (entry, url) = on_linkedin(scribe.world, &person, export.day, tie);
        let (name, conversation) = (entry.full_name(), format!("2-{:x}", tie.person + 0x1000));
        let mut rng = scribe.rng(u64::from(tie.person) << 8);
        for _ in 0..traces.messages {
            // The dates do not depend on the export, so that a later one tells the same story.
            let day = tie.since + rng.between(0, scribe.plan.last - tie.since);
            let at = format!(
                "{} {:02}:{:02}:{:02} UTC",
                date::iso(day),
                rng.between(6, 20),
                rng.below(60),
                rng.below(60)
            );
            let (incoming, text) = (rng.chance(0.5), rng.pick(&TEXTS));
            if day >= export.day {
                continue;
            }
            let me = (own_name.as_str(), own_url.as_str());
            let ((from, from_url), (to, to_url)) = if incoming {
                ((name.as_str(), url.as_str()), me)
            } else {
                (me, (name.as_str(), url.as_str()))
            };
            let row = [&conversation, "", from, from_url, to, to_url, &at, "", text, "INBOX", ""];
            out.write(csv.row(row))?;
        }
    }
    out.finish()
}

fn small_tables<W: Write + Seek>(
    scribe: &Scribe<'_>,
    export: Export,
    zip: &mut ZipWriter<W>,
) -> io::Result<()> {
    let mut csv = Csv::new(',', false, "\n");
    let (own_name, own_url) = own_profile(scribe, export.day);
    let mut invitations = csv
        .row(["From", "To", "Sent At", "Message", "Direction", "inviterProfileUrl", "inviteeProfileUrl"])
        .to_owned();
    let mut endorsements = csv
        .row([
            "Endorsement Date",
            "Skill Name",
            "Endorser First Name",
            "Endorser Last Name",
            "Endorser Public Url",
            "Endorsement Status",
        ])
        .to_owned();
    let mut recommendations = csv
        .row(["First Name", "Last Name", "Company", "Job Title", "Text", "Creation Date", "Status"])
        .to_owned();
    for (tie, traces) in lively(scribe, export) {
        let mut rng = scribe.rng(u64::from(tie.person) << 8 | 1);
        let invited = tie.since > export.day - 120 && rng.chance(0.4);
        let (endorsed, recommended) = (rng.chance(0.1 * traces.strength), rng.chance(0.03 * traces.strength));
        if !(invited || endorsed || recommended) {
            continue;
        }
        let person = scribe.person(tie);
        let (entry, url) = on_linkedin(scribe.world, &person, export.day, tie);
        if invited {
            let sent = date::format(tie.since - rng.between(0, 6), "%-m/%-d/%y");
            let at =
                format!("{sent}, {}:{:02} {}", rng.between(1, 11), rng.below(60), rng.pick(&["AM", "PM"]));
            let text = if rng.chance(0.2) { TEXTS[rng.below(2)] } else { "" };
            let name = entry.full_name();
            invitations += csv.row(if rng.chance(0.4) {
                [name.as_str(), &own_name, &at, text, "INCOMING", &url, &own_url]
            } else {
                [own_name.as_str(), &name, &at, text, "OUTGOING", &own_url, &url]
            });
        }
        let day = tie.since + rng.between(0, (export.day - 1 - tie.since).max(0));
        if endorsed {
            let at =
                format!("{} 13:{:02}:{:02} UTC", date::format(day, "%Y/%m/%d"), rng.below(60), rng.below(60));
            let skill = rng.pick(&["Vertrieb", "Rust", "Projektmanagement", "Key Account Management"]);
            let bare = url.trim_start_matches("https://");
            endorsements += csv.row([at.as_str(), skill, &entry.given, &entry.family, bare, "ACCEPTED"]);
        }
        if recommended {
            let on = date::format(day, "%-m/%-d/%y");
            let text = "Zuverlässig und klar.\nJederzeit wieder.";
            recommendations +=
                csv.row([&entry.given, &entry.family, &entry.company, &entry.position, text, &on, "VISIBLE"]);
        }
    }
    for (name, text) in [
        ("Invitations.csv", invitations + &unanswered(scribe, export)),
        ("Endorsement_Received_Info.csv", endorsements),
        ("Recommendations_Received.csv", recommendations),
    ] {
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(text.as_bytes())?;
    }
    owner_tables(scribe, zip)
}

/// Invitations that nobody answered, to people with whom the member is not connected: one in two to one in five of all
/// sent, by member. They have draws of their own, so that everything else stays as it is.
fn unanswered(scribe: &Scribe<'_>, export: Export) -> String {
    let (own_name, own_url) = own_profile(scribe, export.day);
    let share = scribe.rng(UNANSWERED).between(20, 48);
    let mut csv = Csv::new(',', false, "\n");
    let mut rows = String::new();
    for (tie, _) in lively(scribe, export) {
        let mut rng = scribe.rng(u64::from(tie.person) << 8 | UNANSWERED);
        let sent = tie.since - rng.between(0, 20);
        // Invitations that were answered are as many: see `small_tables`.
        let listed = tie.since > export.day - 120 && rng.chance(0.4 * 0.6);
        if !listed || !rng.chance(f64::from(share) / f64::from(100 - share)) {
            continue;
        }
        // Beyond everybody whom the team knows, and of an even number, which is bound to nobody.
        let invited = Person::draw(scribe.world, (scribe.plan.people + tie.person) * 2);
        let slug = invited.slug(scribe.world, export.day, 1);
        let at = format!(
            "{}, {}:{:02} {}",
            date::format(sent, "%-m/%-d/%y"),
            rng.between(1, 11),
            rng.below(60),
            rng.pick(&["AM", "PM"])
        );
        let text = if rng.chance(0.2) { TEXTS[rng.below(2)] } else { "" };
        let (name, url) =
            (format!("{} {}", invited.given, invited.family), format!("https://www.linkedin.com/in/{slug}"));
        rows += csv.row([own_name.as_str(), &name, &at, text, "OUTGOING", &own_url, &url]);
    }
    rows
}

/// What the archive says about the member.
fn owner_tables<W: Write + Seek>(scribe: &Scribe<'_>, zip: &mut ZipWriter<W>) -> io::Result<()> {
    let mut csv = Csv::new(',', false, "\n");
    let member = scribe.member();
    let (entry, _) =
        on_linkedin(scribe.world, &member, scribe.plan.last, Tie { person: member.index, since: 0 });
    let mut profile =
        "First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,\
        Geo Location,Twitter Handles,Websites,Instant Messengers\n"
            .to_owned();
    let city = scribe.world.words.cities[member.city].name;
    profile +=
        csv.row([&member.given, &member.family, "", "", "", &entry.position, "", "", "", city, "", "", ""]);
    let mut positions = "Company Name,Title,Description,Location,Started On,Finished On\n".to_owned();
    let started = date::format(member.jobs.last().map_or(0, |job| job.from), "%b %Y");
    positions += csv.row([&entry.company, &entry.position, "", city, &started, ""]);
    let mut emails = "Email Address,Confirmed,Primary,Updated On\n".to_owned();
    let private = member.private_address(scribe.world, scribe.world.ordinal(member.index, Slot::Private));
    emails += csv.row(
        [entry.email(Use::Work), "Yes", "No", "1/5/24, 9:12 AM"]
            .map(|cell| if cell.is_empty() { &private } else { cell }),
    );
    for (name, text) in
        [("Profile.csv", profile), ("Positions.csv", positions), ("Email Addresses.csv", emails)]
    {
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(())
}
