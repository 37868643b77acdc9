//! The tables behind the contacts: holdings, provenance, touches and rejects.

use chrono::NaiveDate;

use crate::contact::Holding;
use crate::scales;
use crate::table::{Column, Data, Lists, Table, Texts, Value, Words, value, words};
use crate::touch;

/// Kinds of channels.
pub(super) static CHANNELS: [Value; 6] = [
    value("linkedin", "LinkedIn", "LinkedIn"),
    value("xing", "Xing", "Xing"),
    value("phone", "phone", "Telefon"),
    value("mail", "mail", "E-Mail"),
    value("sheet", "sheet", "Tabelle"),
    value("event", "event", "Veranstaltung"),
];

/// Kinds of touches.
static TOUCHES: [Value; 8] = [
    value("met", "met", "getroffen"),
    value("called", "called", "telefoniert"),
    value("wrote", "wrote", "geschrieben"),
    value("liked", "liked", "reagiert"),
    value("introduced", "introduced", "vorgestellt"),
    value("helped", "helped", "geholfen"),
    value("helped_by", "helped by", "Hilfe bekommen"),
    value("asked", "asked", "gefragt"),
];

/// Who began a touch.
static DIRECTIONS: [Value; 3] = [
    value("in", "from the person", "vom Kontakt"),
    value("out", "from the member", "vom Mitglied"),
    value("both", "both ways", "beiderseits"),
];

pub(super) fn text<T: AsRef<str>>(
    name: &'static str,
    title: Words,
    about: &'static str,
    values: impl Iterator<Item = T>,
) -> Column {
    Column::new(name, title, about, Data::Text(values.collect::<Texts>()))
}

pub(super) fn int(
    name: &'static str,
    title: Words,
    about: &'static str,
    values: impl Iterator<Item = i64>,
) -> Column {
    Column::new(name, title, about, Data::Int(values.map(Some).collect()))
}

pub(super) fn date(
    name: &'static str,
    title: Words,
    about: &'static str,
    values: impl Iterator<Item = Option<NaiveDate>>,
) -> Column {
    Column::new(name, title, about, Data::Date(values.collect()))
}

/// A share or a score, 0 to 1, with three digits: more would only show how floats are stored.
pub(super) fn share(
    name: &'static str,
    title: Words,
    about: &'static str,
    values: impl Iterator<Item = Option<f32>>,
) -> Column {
    let rounded = |value: f32| (f64::from(value) * 1000.0).round() / 1000.0;
    Column::new(name, title, about, Data::Share(values.map(|value| value.map(rounded)).collect()))
}

/// That a member knows a contact through one channel, with names in place of numbers.
#[derive(Debug, Clone, Copy)]
pub struct HoldingRow<'a> {
    /// Id of the member.
    pub member: &'a str,
    /// Id of the contact.
    pub contact_id: &'a str,
    /// The holding; its numbers of member and contact are not used.
    pub holding: Holding,
    /// Strength of the member's tie through all channels, 0 to 1.
    pub strength: Option<f32>,
    /// Share of the strength's weights that is known, 0 to 1.
    pub strength_coverage: f32,
    /// The tie in a word.
    pub strength_band: &'static str,
}

/// The table `holdings`: who knows whom through which channel, since when, until when.
pub fn holdings(rows: &[HoldingRow<'_>]) -> Table {
    let of = || rows.iter().map(|row| row.holding);
    Table {
        name: "holdings",
        title: words("Holdings", "Verbindungen"),
        about: "one member knows one contact through one channel",
        key: &["member", "contact_id", "channel"],
        columns: vec![
            text(
                "member",
                words("Member", "Mitglied"),
                "id of the member",
                rows.iter().map(|row| row.member),
            ),
            text("contact_id", words("Id", "Id"), "id of the contact", rows.iter().map(|row| row.contact_id)),
            text("channel", words("Channel", "Kanal"), "kind of source", of().map(|h| h.channel.name()))
                .of(&CHANNELS),
            date(
                "connected_on",
                words("Connected on", "Verbunden am"),
                "day of connection where the source says so",
                of().map(|h| h.connected_on),
            ),
            date(
                "first_seen",
                words("First seen", "Zuerst gesehen"),
                "day of the first export that shows it",
                of().map(|h| Some(h.first_seen)),
            ),
            date(
                "last_seen",
                words("Last seen", "Zuletzt gesehen"),
                "day of the latest export that shows it",
                of().map(|h| Some(h.last_seen)),
            ),
            date(
                "ended_on",
                words("Ended on", "Beendet am"),
                "day of the complete export that no longer shows it; empty while it lasts",
                of().map(|h| h.ended_on),
            ),
            int(
                "touches",
                words("Touches", "Kontakte gezählt"),
                "touches of the member with the contact through this channel",
                of().map(|h| i64::from(h.touches)),
            ),
            date(
                "last_touch",
                words("Last touch", "Letzter Kontakt"),
                "the latest of them",
                of().map(|h| h.last_touch),
            ),
            share(
                "strength",
                words("Strength", "Festigkeit"),
                "strength of the member's tie through all channels, 0 to 1; empty when no touch is known",
                rows.iter().map(|row| row.strength),
            ),
            share(
                "strength_coverage",
                words("Strength known by", "Festigkeit bekannt zu"),
                "share of the strength's parts that are known, by their weights",
                rows.iter().map(|row| Some(row.strength_coverage)),
            ),
            text(
                "strength_band",
                words("Tie", "Beziehung"),
                "the tie in a word; unknown when no touch is known, which is not weak",
                rows.iter().map(|row| row.strength_band),
            )
            .of(scales::bands()),
        ],
    }
}

/// Where one row of a source went.
#[derive(Debug, Clone, Copy)]
pub struct ProvenanceRow<'a> {
    /// Id of the contact the row was merged into.
    pub contact_id: &'a str,
    /// Id of the member who delivered it.
    pub member: &'a str,
    /// Name of the reader or mapping.
    pub source: &'a str,
    /// Path in the inbox; an archive's member as `Export.zip!Connections.csv`.
    pub file: &'a str,
    /// 1-based line on which the record starts; in a sheet the row.
    pub line: u32,
    /// Name of the sheet; empty elsewhere.
    pub sheet: &'a str,
    /// Stable id of the record.
    pub record_id: u64,
    /// The row's own name in its source.
    pub source_id: &'a str,
    /// Day of the export.
    pub exported_on: Option<NaiveDate>,
    /// Match weight in bits of the best pair that joined it; none where it stands alone.
    pub match_weight: Option<f64>,
    /// Why it was joined.
    pub match_reason: &'a str,
    /// Columns of the contact whose value comes from this row, as bits.
    pub fields: u16,
}

/// A record id as tables show it: `r` and sixteen hexadecimal digits. Without the letter a spreadsheet takes
/// some of them for numbers and rounds them, and answers would no longer name their records.
fn shown_id(id: u64) -> [u8; 17] {
    std::array::from_fn(|at| match at.checked_sub(1) {
        None => b'r',
        Some(digit) => b"0123456789abcdef"[(id >> (60 - 4 * digit) & 15) as usize],
    })
}

/// The table `provenance`: one row per kept or duplicate row of any source. `columns` names the columns that
/// bits of `fields` stand for.
pub fn provenance<I: Iterator<Item = &'static str>>(
    rows: &[ProvenanceRow<'_>],
    columns: impl Fn(u16) -> I,
) -> Table {
    let of = || rows.iter();
    let mut ids = Texts::new();
    for row in rows {
        ids.push(std::str::from_utf8(&shown_id(row.record_id)).unwrap_or_default());
    }
    Table {
        name: "provenance",
        title: words("Provenance", "Herkunft"),
        about: "one kept or duplicate row of a source file and the contact it went into",
        key: &["file", "sheet", "line", "record_id"],
        columns: vec![
            text("contact_id", words("Id", "Id"), "id of the contact", of().map(|row| row.contact_id)),
            text(
                "member",
                words("Member", "Mitglied"),
                "id of the member who delivered it",
                of().map(|row| row.member),
            ),
            text(
                "source",
                words("Source", "Quelle"),
                "name of the reader or mapping",
                of().map(|row| row.source),
            ),
            text(
                "file",
                words("File", "Datei"),
                "path in the inbox; a file in an archive as Export.zip!Connections.csv",
                of().map(|row| row.file),
            ),
            int(
                "line",
                words("Line", "Zeile"),
                "1-based line on which the record starts; in a sheet the row",
                of().map(|row| i64::from(row.line)),
            ),
            text("sheet", words("Sheet", "Blatt"), "name of the sheet", of().map(|row| row.sheet)),
            Column::new(
                "record_id",
                words("Record", "Eintrag"),
                "stable id of the record, free of path and line",
                Data::Text(ids),
            ),
            text(
                "source_id",
                words("Own id", "Eigene Id"),
                "the row's own name in its source",
                of().map(|row| row.source_id),
            ),
            date(
                "exported_on",
                words("Exported on", "Exportiert am"),
                "day of the export",
                of().map(|row| row.exported_on),
            ),
            Column::new(
                "match_weight",
                words("Weight", "Gewicht"),
                "match weight, in bits, of the best pair that joined it; empty where it stands alone",
                Data::Float(of().map(|row| row.match_weight).collect()),
            ),
            text(
                "match_reason",
                words("Because", "Weil"),
                "why it was joined",
                of().map(|row| row.match_reason),
            ),
            Column::new(
                "fields",
                words("Gives", "Liefert"),
                "columns of the contact whose value comes from this row",
                Data::List(of().map(|row| columns(row.fields)).collect::<Lists>()),
            ),
        ],
    }
}

/// A dated interaction of a member with a contact.
#[derive(Debug, Clone, Copy)]
pub struct TouchRow<'a> {
    /// Id of the contact.
    pub contact_id: &'a str,
    /// Id of the member.
    pub member: &'a str,
    /// What happened.
    pub kind: touch::Kind,
    /// On which day.
    pub on: Option<NaiveDate>,
    /// `in`, `out`, `both`, or empty.
    pub direction: &'a str,
    /// Name of the reader or mapping.
    pub source: &'a str,
}

/// The table `touches`: one row a dated interaction.
pub fn touches(rows: &[TouchRow<'_>]) -> Table {
    let of = || rows.iter();
    Table {
        name: "touches",
        title: words("Touches", "Kontaktaufnahmen"),
        about: "one dated interaction between a member and a contact; several alike on one day are several rows",
        key: &[],
        columns: vec![
            text("contact_id", words("Id", "Id"), "id of the contact", of().map(|row| row.contact_id)),
            text("member", words("Member", "Mitglied"), "id of the member", of().map(|row| row.member)),
            text("kind", words("Kind", "Art"), "what happened", of().map(|row| row.kind.name())).of(&TOUCHES),
            date("on", words("On", "Am"), "day, in the team's time zone", of().map(|row| row.on)),
            text(
                "direction",
                words("Direction", "Richtung"),
                "who began it; empty when not known",
                of().map(|row| row.direction),
            )
            .of(&DIRECTIONS),
            text(
                "source",
                words("Source", "Quelle"),
                "name of the reader or mapping",
                of().map(|row| row.source),
            ),
        ],
    }
}

/// A row that should have been a record and could not be read.
#[derive(Debug, Clone, Copy)]
pub struct RejectRow<'a> {
    /// Path in the inbox.
    pub file: &'a str,
    /// 1-based line; 0 for the file as a whole.
    pub line: u32,
    /// Name of the column or property; empty for the whole row.
    pub column: &'a str,
    /// Stable name of the kind of problem.
    pub code: &'a str,
    /// What was wrong and how to fix it.
    pub message: &'a str,
    /// The row or value as it stood.
    pub raw: &'a str,
    /// Name of the sheet; empty elsewhere.
    pub sheet: &'a str,
    /// What was refused: `file`, `row` or `value`.
    pub what: &'a str,
}

/// What can be refused.
static REFUSED: [Value; 3] = [
    value("file", "whole file", "ganze Datei"),
    value("row", "row", "Zeile"),
    value("value", "one value, the row was kept", "ein Wert, die Zeile blieb"),
];

/// The table `rejects`: one row for each file, row or value that was refused.
pub fn rejects(rows: &[RejectRow<'_>]) -> Table {
    let of = || rows.iter();
    Table {
        name: "rejects",
        title: words("Rejects", "Abgelehnt"),
        about: "one file, row or value that should have been read and could not be",
        key: &[],
        columns: vec![
            text("file", words("File", "Datei"), "path in the inbox", of().map(|row| row.file)),
            int(
                "line",
                words("Line", "Zeile"),
                "1-based line on which it starts; 0 for the file as a whole",
                of().map(|row| i64::from(row.line)),
            ),
            text(
                "column",
                words("Column", "Spalte"),
                "column or property; empty for the whole row",
                of().map(|row| row.column),
            ),
            text(
                "code",
                words("Code", "Code"),
                "stable name of the kind of problem",
                of().map(|row| row.code),
            ),
            text(
                "message",
                words("Message", "Meldung"),
                "what was wrong and how to fix it",
                of().map(|row| row.message),
            ),
            text(
                "raw",
                words("Raw text", "Rohtext"),
                "the row as it stood; bodies of messages as [n characters]",
                of().map(|row| row.raw),
            ),
            text("sheet", words("Sheet", "Blatt"), "name of the sheet", of().map(|row| row.sheet)),
            text("what", words("What", "Was"), "how much was refused", of().map(|row| row.what)).of(&REFUSED),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_lines_are_the_contract() {
        let header =
            |table: &Table| table.columns.iter().map(|column| column.name).collect::<Vec<_>>().join(", ");
        assert_eq!(
            header(&holdings(&[])),
            "member, contact_id, channel, connected_on, first_seen, last_seen, ended_on, touches, last_touch, strength, \
             strength_coverage, strength_band"
        );
        assert_eq!(
            header(&provenance(&[], |_| std::iter::empty())),
            "contact_id, member, source, file, line, sheet, record_id, source_id, exported_on, match_weight, \
             match_reason, fields"
        );
        assert_eq!(header(&touches(&[])), "contact_id, member, kind, on, direction, source");
        assert_eq!(header(&rejects(&[])), "file, line, column, code, message, raw, sheet, what");
    }
}
