//! Writes `pipelines/example.toml` from the tables of options, so that it names and explains every one.

use super::options::described;
use crate::record::Field;

const HEAD: &str = "\
# Every option of the pipeline file, with its default and what it may be. Nothing has to be given: what is
# left out is as it stands here. [[member]], [[source]] and [[test]] hold examples instead of defaults.
#
# A key that hamstern does not know is an error; `hamstern check` shows all errors at once, with a hint.
# Text stands in \"quotes\", lists in [brackets], and what follows # is a remark.
# This file is written from the program's own list of options.
";

/// A sample column and the explanation of each field of `[source.columns]`.
const FIELDS: [(Field, &str, &str); Field::MAPPABLE] = [
    (Field::SourceId, "\"Record ID\"", "the row's own name, carried into provenance as it is"),
    (Field::Name, "\"Full name\"", "the whole name in one cell, in either order"),
    (Field::Prefix, "\"Salutation\"", "title before the name"),
    (Field::GivenName, "\"First name\"", "given name"),
    (Field::MiddleName, "\"Middle name\"", "further given names"),
    (Field::FamilyName, "\"Surname\"", "family name"),
    (Field::Suffix, "\"Degree\"", "credentials after the name"),
    (Field::Nickname, "\"Called\"", "short or pet name"),
    (Field::Email, "\"Mail\"", "e-mail address; several in one cell are taken apart"),
    (Field::Phone, "\"Mobile\"", "telephone number; several in one cell are taken apart"),
    (Field::Company, "\"Employer\"", "employer"),
    (Field::Position, "\"Role\"", "job title"),
    (Field::Department, "\"Unit\"", "department"),
    (Field::Street, "[\"Street\", \"No\"]", "street and number; a list joins columns with a blank"),
    (Field::City, "\"Town\"", "city"),
    (Field::Postcode, "\"Zip\"", "postcode"),
    (Field::Region, "\"State\"", "state, canton, region"),
    (Field::Country, "\"Country\"", "country, as name or code"),
    (Field::Birthday, "\"Born\"", "birthday, also 19560409"),
    (Field::Url, "\"Profile\"", "web address; LinkedIn and Xing profiles are recognised"),
    (Field::ExternalId, "\"Customer no\"", "an id given by someone else"),
    (Field::Tier, "\"ABC\"", "category A to D"),
    (Field::Tags, "\"Groups\"", "tags"),
    (Field::TouchAt, "\"Last met\"", "day of a meeting or call"),
    (Field::TouchKind, "\"Occasion\"", "what it was: met, called, wrote …, or words"),
    (Field::Note, "\"Remarks\"", "a free remark"),
];

/// The text of `pipelines/example.toml`.
pub(super) fn example() -> String {
    let mut out = HEAD.to_owned();
    for section in described() {
        out.push('\n');
        comment(&mut out, section.about);
        out.push_str(&section.header);
        out.push('\n');
        let mut columns = false;
        for (key, value, about) in section.options {
            if key == "columns" {
                columns = true;
                continue;
            }
            comment(&mut out, about);
            out += &[key, " = ", value, "\n"].concat();
        }
        if columns {
            fields(&mut out);
        }
    }
    out
}

fn fields(out: &mut String) {
    out.push('\n');
    comment(
        out,
        "For a table that is not recognised: field = column, or a list of columns that are joined. A table \
         mapped here is read by this mapping and nothing else.",
    );
    out.push_str("[source.columns]\n");
    for (field, column, about) in FIELDS {
        let option = format!("{} = {column}", field.name());
        let line = format!("{option:<33} # {about}\n");
        out.push_str(&line);
    }
}

fn comment(out: &mut String, text: &str) {
    let mut line = String::from("#");
    for word in text.split(' ') {
        if line.chars().count() + 1 + word.chars().count() > 108 {
            out.push_str(&line);
            out.push('\n');
            line = String::from("#");
        }
        line.push(' ');
        line.push_str(word);
    }
    out.push_str(&line);
    out.push('\n');
}
