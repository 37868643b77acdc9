//! A member's own page: whom to sort, what is due, whom to share, and how far the five stages are shown.
//!
//! It tells of this member's own contacts only and ranks nobody. Without members on the team's page it names
//! nobody whom colleagues know and does not say which of them knows whom.

use maud::{Markup, html};

use super::news::{self, NewsRow, Shown};
use super::opening::{Sentence, bold, list, sentence};
use super::{
    PEOPLE, PERSON, Page, Section, definitions, document, due, hours, look, mix, passport, race, rows,
};
use crate::table::{Data, Language, Table, Words, words};
use crate::write::work::SortRow;

/// What a member's page is made of beside the tables of [`Page`].
#[derive(Debug, Clone, Copy)]
pub struct Personal<'a> {
    /// The member's place in [`Page::members`].
    pub member: usize,
    /// Contacts without a category whom only or mainly this member knows, the most promising first.
    pub to_sort: &'a [SortRow],
    /// How many of them there are, shown or not.
    pub to_sort_all: u64,
}

/// Whom the page is for.
const ALONE: Words = words(
    "This page is for this member alone. Categories are no judgement of people as such; the five stages are a self-assessment and no judgement of the member.",
    "Diese Seite ist nur für dieses Mitglied. Kategorien sind keine Bewertung der Menschen an sich; die fünf Stufen sind eine Selbsteinschätzung und keine Bewertung des Mitglieds.",
);

/// The tables that the page tells of and explains.
const TOLD: [&str; 7] =
    ["due", "introductions", "reactivate", "time_needed", "response", "cleanup", "stages"];

/// The page of one member.
pub fn member_page(page: &Page<'_>, own: &Personal<'_>) -> String {
    let told: Vec<&Table> = page.tables.iter().copied().filter(|table| TOLD.contains(&table.name)).collect();
    let id = page.members.get(own.member).map_or("", |member| member.0.as_str());
    let mine = Mine { page, own, id };
    let mut sections: Vec<Section> = [
        mine.jobs(),
        mine.to_sort(),
        mine.due(),
        mine.birthdays(),
        mine.waiting(),
        mine.share(),
        mine.time(),
        mine.cleanup(),
        mine.stages(),
    ]
    .into_iter()
    .flatten()
    .collect();
    let opening = mine.opening(&sections);
    sections.push(definitions::section(&Page { tables: &told, ..*page }));
    let name = page.name(id);
    let title = match page.language {
        Language::English => format!("Contacts of {name}"),
        Language::German => format!("Kontakte von {name}"),
    };
    let about = match (page.language, page.team) {
        (Language::English, "") => "for this member alone".to_owned(),
        (Language::German, "") => "nur für dieses Mitglied".to_owned(),
        (Language::English, team) => format!("{team}, for {name} alone"),
        (Language::German, team) => format!("{team}, nur für {name}"),
    };
    document(page, (&title, &about), &opening, &sections, ALONE)
}

/// The rows of a table whose column holds one text.
fn rows_of(table: &Table, column: &str, wanted: &str) -> Vec<usize> {
    match table.column(column).map(|column| &column.data) {
        Some(Data::Text(texts)) => (0..table.len()).filter(|row| texts.get(*row) == wanted).collect(),
        Some(Data::List(lists)) => {
            (0..table.len()).filter(|row| lists.get(*row).any(|item| item == wanted)).collect()
        }
        _ => Vec::new(),
    }
}

/// The page of one member while it is made.
struct Mine<'a> {
    page: &'a Page<'a>,
    own: &'a Personal<'a>,
    id: &'a str,
}

impl<'a> Mine<'a> {
    fn say(&self, english: &'static str, german: &'static str) -> &'static str {
        self.page.say(words(english, german))
    }

    /// A table and its rows about this member; nothing where there is none.
    fn table(&self, name: &str) -> Option<(&'a Table, Vec<usize>)> {
        let table = self.page.table(name)?;
        let column = if name == "cleanup" { "holders" } else { "member" };
        let rows = rows_of(table, column, self.id);
        (!rows.is_empty()).then_some((table, rows))
    }

    /// Rows of what is due, of some kinds, and how many things are due in all.
    fn due_of(&self, kinds: &[&str]) -> Option<(&'a Table, Vec<usize>, usize)> {
        let (table, mut rows) = self.table("due")?;
        let all = look::number(table, "candidates", rows[0]).map_or(rows.len(), |all| all as usize);
        let left_out = all.saturating_sub(rows.len());
        rows.retain(|row| kinds.contains(&look::text(table, "what", *row)));
        (!rows.is_empty()).then_some((table, rows, left_out))
    }

    /// Says that a report holds only the first of its rows.
    fn cut(&self, shown: usize, all: usize, file: &str) -> Markup {
        if all <= shown {
            return html! {};
        }
        let (shown, all) = (self.page.count(shown as f64), self.page.count(all as f64));
        let text = match self.page.language {
            Language::English => format!("{file} holds the {shown} most worth it of {all}."),
            Language::German => format!("{file} enthält die {shown} lohnendsten von {all}."),
        };
        html! { p .more { (text) } }
    }

    /// Who of this member's contacts has another job.
    fn jobs(&self) -> Option<Section> {
        let news = self.page.news?;
        let mine = |row: &&NewsRow| row.holders.contains(&self.own.member) && row.has_new_job();
        let list: Vec<&NewsRow> = news.rows.iter().filter(mine).collect();
        (!list.is_empty()).then_some(())?;
        let body = html! {
            p .how { (news::since(self.page, &news)) ": " (self.say("a good occasion to write.", "ein guter Anlass zu schreiben.")) }
            (news::people(self.page, &list, Shown::Job, false))
        };
        Some(Section { id: "jobs", title: words("New jobs", "Neue Stellen"), body })
    }

    /// Whom to sort.
    fn to_sort(&self) -> Option<Section> {
        (!self.own.to_sort.is_empty()).then_some(())?;
        let aggregate = self.page.aggregate.is_some();
        let name = self.page.name(self.id);
        let titles: [Words; 6] = [
            words("Name", "Name"),
            words("Company", "Firma"),
            words("Position", "Position"),
            words("Industry", "Branche"),
            words("Last touch", "Letzter Kontakt"),
            words("Also known to", "Auch bekannt bei"),
        ];
        let cells = self.own.to_sort.iter().take(rows::MOST).map(|row| {
            let day = row.last_touch.map(|day| super::number::short_day(day, self.page.language));
            let others = row.known_to.iter().map(String::as_str).filter(|other| *other != name && !aggregate);
            let others: Vec<&str> = others.collect();
            let day = day.unwrap_or_default();
            let known = [&row.name, &row.company, &row.position, &row.industry, &day].map(String::clone);
            known.into_iter().chain([others.join(", ")]).collect::<Vec<String>>()
        });
        let cells: Vec<Vec<String>> = cells.collect();
        let says = |at: &usize| cells.iter().any(|row| !row[*at].is_empty());
        let columns: Vec<usize> = (0..titles.len()).filter(says).collect();
        let headings: Vec<String> = columns.iter().map(|at| self.page.say(titles[*at]).to_owned()).collect();
        let dash = |text: &str| (if text.is_empty() { "\u{2013}" } else { text }).to_owned();
        let cells: Vec<Vec<rows::Cell>> =
            cells.iter().map(|row| columns.iter().map(|at| (dash(&row[*at]), false)).collect()).collect();
        let how = self.say(
            "Contacts without a category whom only you know, or you best: strongest tie, else known longest. The most promising first. Give them a category in work.xlsx, sheet \u{201c}To sort\u{201d}. In contacts.csv they have an empty category.",
            "Kontakte ohne Kategorie, die nur Sie kennen oder Sie am besten: festeste Beziehung, sonst am längsten bekannt. Die aussichtsreichsten zuerst. Die Kategorie geben Sie in work.xlsx, Blatt „Zu sortieren“. In contacts.csv ist ihre Kategorie leer.",
        );
        let body = html! {
            p .how { (how) }
            p .how { (self.page.say(mix::NO_JUDGEMENT)) }
            (rows::folded(self.page, &headings, &cells, self.own.to_sort_all as usize, "contacts.csv"))
        };
        Some(Section { id: "sort", title: words("Penguins: sort them", "Pinguine: bitte zuordnen"), body })
    }

    /// Thanks and follow-ups.
    fn due(&self) -> Option<Section> {
        let (table, mut rows, left_out) = self.due_of(&["thank_you", "follow_up"])?;
        due::order(table, &mut rows);
        let body = html! {
            p .how { (self.say(
                "Thanks after a meeting, and A, B and C contacts whose time has come.",
                "Dank nach einem Treffen, und A-, B- und C-Kontakte, bei denen es Zeit ist.",
            )) " " (self.page.say(due::ORDER)) }
            p .how { (self.page.say(mix::NO_JUDGEMENT)) }
            (rows::chosen(self.page, table, &rows, &["name", "tier", "what", "on", "days"], rows.len()))
            (self.cut_due(table, left_out))
        };
        Some(Section { id: "followups", title: words("Get back to", "Wieder melden"), body })
    }

    /// Birthdays of the next days.
    fn birthdays(&self) -> Option<Section> {
        let (table, rows, left_out) = self.due_of(&["birthday"])?;
        let private = rows.iter().any(|row| rows::is_private(table, *row));
        let columns: &[&str] = &["name", "on", "days", "turning", "private"][..if private { 5 } else { 4 }];
        let body = html! {
            p .how { (self.say("Birthdays of the next 30 days, as far as they are known; private contacts too.", "Geburtstage der nächsten 30 Tage, soweit bekannt; auch private Kontakte.")) }
            (rows::chosen(self.page, table, &rows, columns, rows.len()))
            (self.cut_due(table, left_out))
        };
        Some(Section { id: "birthdays", title: words("Birthdays", "Geburtstage"), body })
    }

    /// Says that more is due than the report holds.
    fn cut_due(&self, table: &Table, left_out: usize) -> Markup {
        let held = rows_of(table, "member", self.id).len();
        self.cut(held, held + left_out, &rows::file(table.name))
    }

    /// People of category A and B who have waited too long.
    fn waiting_rows(&self) -> Option<(&'a Table, Vec<usize>, [usize; 2])> {
        let (table, mut rows) = self.table("reactivate")?;
        let held = rows.len();
        let all = look::number(table, "candidates", rows[0]).map_or(held, |all| all as usize);
        rows.retain(|row| ["A", "B"].contains(&look::text(table, "tier", *row)));
        (!rows.is_empty()).then_some((table, rows, [held, all]))
    }

    fn waiting(&self) -> Option<Section> {
        let (table, rows, [held, all]) = self.waiting_rows()?;
        let columns = ["name", "tier", "band", "last_touch", "days", "cadence"];
        let body = html! {
            p .how { (self.say(
                "A and B contacts with whom you had to do and whose tie sleeps or has waited longer than the category allows; the most worth waking first.",
                "A- und B-Kontakte, mit denen Sie zu tun hatten und deren Beziehung schläft oder länger wartet, als die Kategorie erlaubt; die lohnendsten zuerst.",
            )) }
            p .how { (self.page.say(mix::NO_JUDGEMENT)) }
            (rows::chosen(self.page, table, &rows, &columns, rows.len()))
            (self.cut(held, all, &rows::file(table.name)))
        };
        Some(Section { id: "waiting", title: words("A and B that wait", "A und B, die warten"), body })
    }

    /// Whom to introduce to a colleague, and whom to ask a colleague for.
    fn share(&self) -> Option<Section> {
        let table = self.page.table("introductions")?;
        let give = rows_of(table, "member", self.id);
        let get = rows_of(table, "receiver", self.id);
        let get = if self.page.aggregate.is_some() { Vec::new() } else { get };
        let first = give.first().or(get.first())?;
        let week = super::growth::week(self.page, look::text(table, "week", *first));
        let body = html! {
            p .how { (self.say("At most five from and to everybody a week. For ", "Höchstens fünf von jedem und für jeden je Woche. Für ")) (week) "." }
            @if !give.is_empty() {
                h3 { (self.say("Whom you could introduce, and to whom", "Wen Sie vorstellen könnten, und wem")) }
                (rows::chosen(self.page, table, &give, &["name", "receiver", "strength", "fit"], give.len()))
            }
            @if !get.is_empty() {
                h3 { (self.say("Whom a colleague could introduce to you", "Wen Ihnen jemand aus dem Team vorstellen könnte")) }
                (rows::chosen(self.page, table, &get, &["name", "member", "strength", "fit"], get.len()))
            }
        };
        Some(Section { id: "share", title: words("Share", "Teilen"), body })
    }

    /// The hours that this member's A, B and C take, and how the member and contacts answer each other.
    fn time(&self) -> Option<Section> {
        let said: Vec<String> =
            [self.hours(), self.answers("theirs"), self.answers("own")].into_iter().flatten().collect();
        (!said.is_empty()).then_some(())?;
        let body = html! {
            @for text in &said { p { (text) } }
            p .how { (self.say(
                "Hours: people × touches a year × minutes of a touch, as the pipeline file sets them. Answers: within 30 days, by message, call or meeting.",
                "Stunden: Menschen × Kontakte im Jahr × Minuten je Kontakt, wie die Pipeline-Datei sie setzt. Antworten: binnen 30 Tagen, als Nachricht, Anruf oder Treffen.",
            )) " " (self.page.say(mix::NO_JUDGEMENT)) }
        };
        Some(Section { id: "time", title: words("Time and answers", "Zeit und Antworten"), body })
    }

    /// How long keeping in touch takes, beside the time there is.
    fn hours(&self) -> Option<String> {
        let table = self.page.table("time_needed")?;
        let of = |tier: &str, measure: &str| hours::told(table, self.id, tier, measure);
        let all = of("all", "hours").filter(|all| *all > 0.0)?;
        let parts = ["A", "B", "C"].into_iter().filter_map(|tier| {
            let hours = of(tier, "hours").filter(|hours| *hours > 0.0)?;
            Some(format!("{tier} {}", self.page.count(hours)))
        });
        let parts = parts.collect::<Vec<String>>().join(", ");
        let all = hours::hours(self.page, all);
        let mut text = match self.page.language {
            Language::English => {
                format!("To keep in touch with your A, B and C takes {all} a year ({parts})")
            }
            Language::German => {
                format!("Mit Ihren A, B und C in Kontakt zu bleiben kostet {all} im Jahr ({parts})")
            }
        };
        if let Some(budget) = of("all", "budget").filter(|budget| *budget > 0.0) {
            let budget = self.page.count(budget);
            text.push_str(&match self.page.language {
                Language::English => format!("; you have {budget}"),
                Language::German => format!("; Sie haben {budget}"),
            });
        }
        Some(format!("{text}."))
    }

    /// How often and how soon one side answers the other.
    fn answers(&self, side: &str) -> Option<String> {
        let table = self.page.table("response")?;
        let of =
            |measure: &str| Some(look::told(table, &[("member", self.id), ("side", side)], measure)?.value);
        let messages = of("messages").filter(|messages| *messages > 0.0)?;
        let rate = self.page.share(of("rate")?);
        let called =
            self.page.counted(messages, words("message", "Nachricht"), words("messages", "Nachrichten"));
        let count = self.page.count(messages);
        let mut text = match (self.page.language, side) {
            (Language::English, "theirs") => format!("Contacts answered {rate} of your {count} {called}"),
            (Language::German, "theirs") => {
                format!("Kontakte haben {rate} Ihrer {count} {called} beantwortet")
            }
            (Language::English, _) => format!("You answered {rate} of {count} {called} of contacts"),
            (Language::German, _) => {
                format!("Sie haben {rate} von {count} {called} Ihrer Kontakte beantwortet")
            }
        };
        if let Some(days) = of("days") {
            let within = super::number::number(days, self.page.language);
            let called = self.page.counted(days, words("day", "Tag"), words("days", "Tagen"));
            text.push_str(&match self.page.language {
                _ if days == 0.0 => {
                    self.say(", half of them on the same day", ", die Hälfte davon am selben Tag").to_owned()
                }
                Language::English => format!(", half of them within {within} {called}"),
                Language::German => format!(", die Hälfte davon binnen {within} {called}"),
            });
        }
        Some(format!("{text}."))
    }

    /// Contacts of this member that are worth a look.
    fn cleanup(&self) -> Option<Section> {
        let (table, rows) = self.table("cleanup")?;
        let all = look::number(table, "candidates", 0).map_or(table.len(), |all| all as usize);
        let columns: &[&str] = if self.page.aggregate.is_some() {
            &["name", "reasons", "action", "evidence"]
        } else {
            &["name", "reasons", "action", "evidence", "holders"]
        };
        let cut = (all > table.len()).then(|| {
            let (shown, all) = (self.page.count(table.len() as f64), self.page.count(all as f64));
            match self.page.language {
                Language::English => format!(
                    "Looked at are the {shown} of the whole team that are most worth it; there are {all}."
                ),
                Language::German => {
                    format!("Angesehen sind die {shown} lohnendsten des ganzen Teams; es gibt {all}.")
                }
            }
        });
        let body = html! {
            p .how { (self.say("Contacts of yours that are worth a look; you decide, and nothing is ever deleted.", "Kontakte von Ihnen, bei denen ein Blick lohnt; Sie entscheiden, und nichts wird je gelöscht.")) }
            (rows::chosen(self.page, table, &rows, columns, rows.len()))
            @if let Some(cut) = cut { p .more { (cut) } }
        };
        Some(Section { id: "cleanup", title: words("Clean-up", "Aufräumen"), body })
    }

    /// The passport.
    fn stages(&self) -> Option<Section> {
        let (table, rows) = self.table("stages")?;
        passport::section(self.page, table, &rows)
    }

    /// How the page begins: this member's figures in few sentences.
    fn opening(&self, sections: &[Section]) -> Markup {
        let sentences = [Some(self.size()), self.added(), self.class(), self.needs()];
        list(self.page, sections, sentences.into_iter().flatten())
    }

    /// A figure of this member's network.
    fn told(&self, measure: &str) -> Option<look::Told> {
        let size = self.page.table("network_size")?;
        look::told(size, &[("member", self.id), ("channel", "all")], measure)
    }

    fn size(&self) -> Sentence {
        let people = self.told("holdings").map_or(0.0, |told| told.value);
        if people < 1.0 {
            return sentence("", self.say(
                "Nobody is known of your network yet: put your exports into your folder of the inbox, and the next run fills this page.",
                "Von Ihrem Netzwerk ist noch niemand bekannt: Legen Sie Ihre Exporte in Ihren Ordner im Eingang, und der nächste Lauf füllt diese Seite.",
            ));
        }
        let count = |value: f64| bold(&self.page.count(value));
        let mut text = match self.page.language {
            Language::English => {
                format!("You know {} {}", count(people), self.page.counted(people, PERSON, PEOPLE))
            }
            Language::German => format!("Sie kennen {} Menschen", count(people)),
        };
        if let Some(only) = self.told("exclusive").filter(|_| self.page.is_team()) {
            text.push_str(&match self.page.language {
                Language::English => format!("; {} of them nobody else in the team knows", count(only.value)),
                Language::German => format!("; {} davon kennt sonst niemand im Team", count(only.value)),
            });
            let good = self
                .page
                .table("loss")
                .and_then(|loss| look::told(loss, &[("member", self.id)], "ab_exclusive"));
            if let Some(good) = good.filter(|good| good.value > 0.0) {
                text.push_str(&match self.page.language {
                    Language::English => format!(", among them {} of category A or B", count(good.value)),
                    Language::German => format!(", darunter {} der Kategorie A oder B", count(good.value)),
                });
            }
        }
        text.push('.');
        sentence("", &text)
    }

    fn added(&self) -> Option<Sentence> {
        let of = |ranking: &str| {
            let table = self.page.table("rankings")?;
            let rows = rows_of(table, "member", self.id);
            let row = rows.into_iter().find(|row| look::text(table, "ranking", *row) == ranking)?;
            look::number(table, "value", row)
        };
        let adds = self
            .page
            .table("race")
            .and_then(|race| look::number(race, "adds", *rows_of(race, "member", self.id).first()?));
        let adds = adds.or_else(|| of("adds"))?;
        let people = self.page.counted(adds, PERSON, PEOPLE);
        let came = self.page.counted(adds, words("came", "kam"), words("came", "kamen"));
        let (within, adds) = (race::within(self.page), bold(&self.page.count(adds)));
        let mut text = match self.page.language {
            Language::English => format!("{within} {adds} {people} {came} into your network"),
            Language::German => format!("{within} {came} {adds} {people} in Ihr Netzwerk"),
        };
        if let Some(target) = of("target") {
            let on = self.page.counted(
                target,
                words("of them on target", "davon Zielkontakt"),
                words("of them on target", "davon Zielkontakte"),
            );
            text.push_str(&format!(", {} {on}", bold(&self.page.count(target))));
        }
        text.push('.');
        Some(sentence("", &text))
    }

    fn class(&self) -> Option<Sentence> {
        let good = self.told("class_ratio").map(|good| bold(&self.page.share(good.value)));
        let open = self.own.to_sort_all as f64;
        let called = self.page.counted(
            open,
            words("penguin (not sorted yet)", "Pinguin (noch nicht zugeordnet)"),
            words("penguins (not sorted yet)", "Pinguine (noch nicht zugeordnet)"),
        );
        let open = format!("{} {called}", bold(&self.page.count(open)));
        let text = match (self.page.language, good, self.own.to_sort_all) {
            (_, None, 0) => return None,
            (Language::English, Some(good), 0) => {
                format!("{good} of your contacts are of category A or B; nobody waits for you to be sorted.")
            }
            (Language::German, Some(good), 0) => format!(
                "{good} Ihrer Kontakte gehören zur Kategorie A oder B; niemand wartet darauf, dass Sie zuordnen."
            ),
            (Language::English, Some(good), _) => {
                format!("{good} of your contacts are of category A or B; {open} only you know, or you best.")
            }
            (Language::German, Some(good), _) => format!(
                "{good} Ihrer Kontakte gehören zur Kategorie A oder B; {open} kennen nur Sie, oder Sie am besten."
            ),
            (Language::English, None, _) => {
                format!("{open} only you know, or you best.")
            }
            (Language::German, None, _) => {
                format!("{open} kennen nur Sie, oder Sie am besten.")
            }
        };
        Some(sentence("sort", &text))
    }

    fn needs(&self) -> Option<Sentence> {
        self.told("holdings").filter(|people| people.value >= 1.0)?;
        let count = |kinds: &[&str]| self.due_of(kinds).map_or(0, |(_, rows, _)| rows.len());
        let (back, days) = (count(&["thank_you", "follow_up"]), count(&["birthday"]));
        let waiting = self.waiting_rows().map_or(0, |(_, rows, _)| rows.len());
        let parts: Vec<String> = [
            (
                back,
                words("thanks or follow-up", "Mal Dank oder Wiedermelden"),
                words("thanks and follow-ups", "Mal Dank oder Wiedermelden"),
            ),
            (
                days,
                words("birthday in the next 30 days", "Geburtstag in den nächsten 30 Tagen"),
                words("birthdays in the next 30 days", "Geburtstage in den nächsten 30 Tagen"),
            ),
            (
                waiting,
                words("A or B contact that has waited too long", "A- oder B-Kontakt, der zu lange wartet"),
                words("A and B contacts that have waited too long", "A- und B-Kontakte, die zu lange warten"),
            ),
        ]
        .into_iter()
        .filter(|(number, ..)| *number > 0)
        .map(|(number, one, more)| {
            let number = number as f64;
            format!("{} {}", bold(&self.page.count(number)), self.page.counted(number, one, more))
        })
        .collect();
        let to = if back > 0 {
            "followups"
        } else if days > 0 {
            "birthdays"
        } else {
            "waiting"
        };
        let text = if parts.is_empty() {
            self.say("Nothing is due.", "Nichts ist fällig.").to_owned()
        } else {
            format!("{} {}.", self.say("Due:", "Fällig:"), parts.join(", "))
        };
        Some(sentence(to, &text))
    }
}
