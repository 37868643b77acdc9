//! LinkedIn's smaller signs of acquaintance: invitations, endorsements, recommendations, as touches.

use std::collections::BTreeMap;

use super::linkedin_parties::profile_key;
use super::table::{Verdict, columns, read_rows, require, table_of, withhold_raw};
use super::{Document, Output, Plan, Reader, Row};
use crate::problem::Problem;
use crate::record::{Cells, Channel, DateOrder, Field, Role};
use crate::touch::Kind;

/// LinkedIn invitations, sent and received.
pub(super) struct Invitations;
/// LinkedIn endorsements of skills, given or received.
pub(super) struct Endorsements;
/// LinkedIn recommendations, given or received; they name people without a profile.
pub(super) struct Recommendations;

/// A plan of touches; dates of these files are in American order.
fn plan(columns: Vec<Option<Field>>) -> Plan {
    Plan { columns, date_order: DateOrder::MonthFirst, role: Some(Role::Touch), notes: Vec::new() }
}

impl Reader for Invitations {
    fn id(&self) -> &'static str {
        "linkedin-invitations"
    }

    fn title(&self) -> &'static str {
        "LinkedIn invitations"
    }

    fn title_german(&self) -> &'static str {
        "LinkedIn-Einladungen"
    }

    fn channel(&self) -> Channel {
        Channel::LinkedIn
    }

    fn recognise(&self, document: &Document<'_>) -> Result<Plan, String> {
        let table = table_of(document)?;
        require(&table.header, [&["from"], &["to"], &["sent at"], &["direction"]])?;
        let fields: &[(Field, &[&str])] = &[
            (Field::Name, &["from", "to"]),
            (Field::TouchAt, &["sent at"]),
            (Field::Direction, &["direction"]),
            (Field::Url, &["inviterprofileurl", "inviteeprofileurl"]),
        ];
        Ok(plan(columns(table, fields)))
    }

    fn read(&self, document: &Document<'_>, plan: &Plan, out: &mut Output) {
        let Ok(table) = table_of(document) else { return };
        let header = &table.header;
        let Ok([from, to, at, direction]) =
            require(header, [&["from"], &["to"], &["sent at"], &["direction"]])
        else {
            return;
        };
        let (inviter, invitee) = (header.find(&["inviterprofileurl"]), header.find(&["inviteeprofileurl"]));
        let message = header.find(&["message"]);
        let mut owners: BTreeMap<String, (u64, u32, Cells)> = BTreeMap::new();
        let rejects = out.rejects.len();
        read_rows(table, plan, out, |row, cells, _| {
            let cell = |column: Option<usize>| column.map_or("", |column| row.get(column).trim());
            let incoming = match row.get(direction).trim().to_ascii_uppercase().as_str() {
                "INCOMING" => true,
                "OUTGOING" => false,
                _ => return Verdict::Reject(garbled(row, "neither INCOMING nor OUTGOING")),
            };
            let inviter = (cell(inviter), row.get(from));
            let invitee = (cell(invitee), row.get(to));
            let (owner, other) = if incoming { (invitee, inviter) } else { (inviter, invitee) };
            if other.0.is_empty() && other.1.trim().is_empty() {
                return Verdict::Reject(garbled(row, "nobody on the other side"));
            }
            if !owner.0.is_empty() {
                let seen = owners.entry(profile_key(owner.0)).or_insert_with(|| (0, row.line, person(owner)));
                seen.0 += 1;
            }
            let kind = if cell(message).is_empty() { Kind::Asked } else { Kind::Wrote };
            *cells = person(other);
            touch(cells, row.get(at), kind, if incoming { "in" } else { "out" });
            Verdict::Keep(Role::Touch)
        });
        withhold_raw(out, rejects);
        let most = owners.values().map(|(count, ..)| *count).max().unwrap_or(0);
        if let Some((_, line, cells)) = owners.values().find(|(count, ..)| *count == most) {
            out.keep_further(*line, Role::Owner, cells);
        }
    }
}

impl Reader for Endorsements {
    fn id(&self) -> &'static str {
        "linkedin-endorsements"
    }

    fn title(&self) -> &'static str {
        "LinkedIn endorsements"
    }

    fn title_german(&self) -> &'static str {
        "LinkedIn-Bestätigungen"
    }

    fn channel(&self) -> Channel {
        Channel::LinkedIn
    }

    fn recognise(&self, document: &Document<'_>) -> Result<Plan, String> {
        let table = table_of(document)?;
        let given: &[&str] = &["endorser first name", "endorsee first name"];
        let family: &[&str] = &["endorser last name", "endorsee last name"];
        require(&table.header, [&["endorsement date"], given, family])?;
        let url: &[&str] = &["endorser public url", "endorsee public url"];
        let fields: &[(Field, &[&str])] = &[
            (Field::Url, url),
            (Field::GivenName, given),
            (Field::FamilyName, family),
            (Field::TouchAt, &["endorsement date"]),
        ];
        Ok(plan(columns(table, fields)))
    }

    fn read(&self, document: &Document<'_>, plan: &Plan, out: &mut Output) {
        let Ok(table) = table_of(document) else { return };
        let given = table.header.find(&["endorsee first name"]).is_some();
        let status = table.header.find(&["endorsement status"]);
        read_rows(table, plan, out, |row, cells, _| {
            if status.is_some_and(|status| row.get(status).trim().eq_ignore_ascii_case("rejected")) {
                return Verdict::Ignore("endorsement-rejected");
            }
            if !names_somebody(cells) {
                return Verdict::Reject(garbled(row, "nobody named"));
            }
            cells.push(Field::TouchKind, Kind::Liked.name());
            cells.push(Field::Direction, if given { "out" } else { "in" });
            Verdict::Keep(Role::Touch)
        });
    }
}

impl Reader for Recommendations {
    fn id(&self) -> &'static str {
        "linkedin-recommendations"
    }

    fn title(&self) -> &'static str {
        "LinkedIn recommendations"
    }

    fn title_german(&self) -> &'static str {
        "LinkedIn-Empfehlungen"
    }

    fn channel(&self) -> Channel {
        Channel::LinkedIn
    }

    fn recognise(&self, document: &Document<'_>) -> Result<Plan, String> {
        let table = table_of(document)?;
        let groups: [&[&str]; 5] =
            [&["first name"], &["last name"], &["job title"], &["text"], &["creation date"]];
        require(&table.header, groups)?;
        let fields: &[(Field, &[&str])] = &[
            (Field::GivenName, &["first name"]),
            (Field::FamilyName, &["last name"]),
            (Field::Company, &["company"]),
            (Field::Position, &["job title"]),
            (Field::TouchAt, &["creation date"]),
        ];
        Ok(plan(columns(table, fields)))
    }

    fn read(&self, document: &Document<'_>, plan: &Plan, out: &mut Output) {
        let Ok(table) = table_of(document) else { return };
        // Both files have the same columns: only the name of the file tells them apart.
        let name = document.base_name().to_lowercase();
        let direction = match (name.contains("given"), name.contains("received")) {
            (true, false) => "out",
            (false, true) => "in",
            _ => "",
        };
        let rejects = out.rejects.len();
        read_rows(table, plan, out, |row, cells, _| {
            if !names_somebody(cells) {
                return Verdict::Reject(garbled(row, "nobody named"));
            }
            cells.push(Field::TouchKind, Kind::Wrote.name());
            cells.push(Field::Direction, direction);
            Verdict::Keep(Role::Touch)
        });
        withhold_raw(out, rejects);
    }
}

fn names_somebody(cells: &Cells) -> bool {
    let names = [Field::Url, Field::GivenName, Field::FamilyName];
    cells.view().iter().any(|(field, _)| names.contains(&field))
}

/// The cells that name a person by profile address and name.
fn person((url, name): (&str, &str)) -> Cells {
    let mut cells = Cells::new();
    cells.push(Field::Url, url);
    cells.push(Field::Name, name);
    cells
}

fn touch(cells: &mut Cells, at: &str, kind: Kind, direction: &str) {
    cells.push(Field::TouchAt, at);
    cells.push(Field::TouchKind, kind.name());
    cells.push(Field::Direction, direction);
}

fn garbled(row: &Row<'_>, what: &str) -> Problem {
    let what = format!("The row has {what}; it may be a part of another row. Fetch the file again.");
    Problem::new(row.line, "row-garbled", what)
}
