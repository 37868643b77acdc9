//! Who of the new contacts was met, the newest weeks first: of the whole team, and folded away by member.

use maud::html;

use super::{Page, Section, TEAM, look, rows};
use crate::table::{Table, words};

/// The columns of the whole team's weeks.
const COLUMNS: [&str; 6] = ["week", "week_start", "adds", "met", "share", "partial"];

/// The section.
pub(super) fn section(page: &Page<'_>, table: &Table) -> Section {
    let member = |row: &usize| look::text(table, "member", *row);
    let mut newest: Vec<usize> = (0..table.len()).collect();
    // Members of one week stay in their order.
    newest.sort_by(|one, other| look::text(table, "week", *other).cmp(look::text(table, "week", *one)));
    let whole = page.whole().unwrap_or(TEAM);
    let (of_all, of_each): (Vec<usize>, Vec<usize>) =
        newest.into_iter().partition(|row| member(row) == whole);
    let how = words(
        "By the week of the connection, the newest first: who was added then, and who of them was met within 90 days. Of the last weeks the 90 days are not over.",
        "Nach der Woche der Verbindung, die neueste zuerst: wer dazukam und wer davon binnen 90 Tagen getroffen wurde. Bei den letzten Wochen laufen die 90 Tage noch.",
    );
    let body = html! {
        p .how { (page.say(how)) }
        (rows::chosen(page, table, &of_all, &COLUMNS, of_all.len()))
        @if page.is_team() && !of_each.is_empty() {
            details {
                summary { (page.say(words("By member", "Nach Mitglied"))) }
                (rows::table(page, &table.rows(&of_each), |_| true))
            }
        }
    };
    Section { id: "appointments", title: table.title, body }
}
