//! What a sheet shows beside its numbers: native charts, bars in cells and scales of colour.
//!
//! A chart refers to rows that the table has; a table without rows has none.

use rust_xlsxwriter::{
    Chart, ChartAxisLabelPosition, ChartDataLabel, ChartFormat, ChartLegendPosition, ChartLine, ChartMarker,
    ChartSolidFill, ChartType, Color, ConditionalFormat2ColorScale, ConditionalFormatCell,
    ConditionalFormatCellRule, ConditionalFormatDataBar, ConditionalFormatText, ConditionalFormatTextRule,
    Format, Worksheet, XlsxError,
};

use super::shown::Shown;
use super::wide::TEAM;
use crate::table::{Language, Words, words};
use crate::write::look::{number_in, text};

/// Rows of a chart at most: more bars cannot be told apart.
const MOST_ROWS: usize = 40;
/// Lines of a chart at most.
const MOST_LINES: usize = 10;
/// Shades that people who see few colours tell apart too (Okabe and Ito).
const SHADES: [u32; MOST_LINES] = [
    0x00_72_B2, 0xE6_9F_00, 0x00_9E_73, 0xCC_79_A7, 0x56_B4_E9, 0xD5_5E_00, 0x4D_4D_4D, 0xA6_98_00,
    0x7A_5C_BF, 0x99_99_99,
];
/// Shade of the bars in cells, of cells with much, of cells that need a look.
const BAR: Color = Color::RGB(0x7F_B2_D1);
const MUCH: Color = Color::RGB(0x5B_9B_C4);
const NONE: Color = Color::RGB(0xF8_CB_C6);
const FEW: Color = Color::RGB(0xFF_E5_99);

/// A sheet, what stands in it, and the language of its charts.
pub(super) struct Canvas<'a, 'b> {
    pub(super) sheet: &'a mut Worksheet,
    pub(super) shown: &'a Shown<'b>,
    pub(super) name: &'static str,
    pub(super) language: Language,
    /// Rows of the table that fit the sheet.
    pub(super) rows: usize,
}

impl Canvas<'_, '_> {
    /// Adds what this sheet has beside its numbers.
    pub(super) fn decorate(&mut self) -> Result<(), XlsxError> {
        if self.rows == 0 {
            return Ok(());
        }
        match self.shown.key {
            "race" => {
                self.bar_cells("adds")?;
                self.bars(
                    &["adds"],
                    words("People added in the race", "Neue Kontakte im Rennen"),
                    Bars::Plain,
                )
            }
            "adds" => self.columns(words("People added, week by week", "Neue Kontakte je Woche")),
            "stock" => self.lines(words("People known, week by week", "Bekannte Menschen je Woche")),
            "matrix" => self.scale(),
            "exclusive" => {
                self.bar_cells("exclusive_share")?;
                let title = words(
                    "People nobody else of the team knows",
                    "Menschen, die sonst niemand im Team kennt",
                );
                self.bars(&["exclusive"], title, Bars::Plain)
            }
            "loss" => {
                let title = words(
                    "If this member leaves: who stays reachable, who is lost",
                    "Geht dieses Mitglied: wer erreichbar bleibt, wer verloren geht",
                );
                self.bars(&["shared", "exclusive"], title, Bars::Stacked)
            }
            "lorenz" => self.lorenz(),
            "tiers" => {
                let title =
                    words("Categories of each member's contacts", "Kategorien der Kontakte je Mitglied");
                self.bars(&["A", "B", "C", "D", "unsorted"], title, Bars::Shares)
            }
            "fair_share" => {
                let title = words(
                    "People, each divided among those who know them",
                    "Menschen, geteilt durch die Zahl derer, die sie kennen",
                );
                self.bars(&["fair"], title, Bars::Plain)
            }
            "convergence" => self.line_of(
                "cv",
                words(
                    "Spread of the members' additions: 0 is all alike",
                    "Streuung der Neuen je Mitglied: 0 heißt alle gleich",
                ),
            ),
            "strength" => self.survival(),
            "time_needed" => {
                let title = words(
                    "Hours a year for A, B and C, beside the hours there are",
                    "Stunden im Jahr für A, B und C, daneben die vorhandenen",
                );
                self.bars(&["hours", "budget"], title, Bars::Beside)
            }
            "mix" => self.bar_cells("share"),
            "targets" => self.targets(),
            _ => Ok(()),
        }
    }

    fn place(&self, column: &str) -> Option<u16> {
        self.shown.table.columns.iter().position(|have| have.name == column).map(|at| at as u16)
    }

    /// Whether any cell of a column is known.
    fn is_known(&self, column: u16) -> bool {
        let column = &self.shown.table.columns[usize::from(column)];
        (0..self.rows).any(|row| number_in(column, row).is_some())
    }

    /// A chart with its title, and room beside the table.
    fn new_chart(&self, kind: ChartType, title: Words) -> Chart {
        let mut chart = Chart::new(kind);
        let title = title.in_language(self.language);
        chart.title().set_name(title);
        chart.set_alt_text(title);
        chart.set_width(760).set_height(400);
        chart
    }

    fn insert(&mut self, chart: &Chart) -> Result<(), XlsxError> {
        let column = self.shown.table.columns.len() as u16 + 1;
        self.sheet.insert_chart(1, column, chart).map(drop)
    }

    /// Adds the cells of a column as a series that is called as its header.
    fn series(&self, chart: &mut Chart, (names, values): (u16, u16), rows: (u32, u32), look: &Look) {
        let series = chart.add_series();
        series
            .set_name((self.name, 0, values))
            .set_categories((self.name, rows.0, names, rows.1, names))
            .set_values((self.name, rows.0, values, rows.1, values))
            .set_format(&mut look.format());
        if look.is_line {
            series.set_marker(ChartMarker::new().set_none());
        } else {
            series.set_gap(40);
        }
        if look.is_labelled {
            series.set_data_label(ChartDataLabel::new().show_value());
        }
    }

    /// One bar a row, the first on top as in the table.
    fn bars(&mut self, columns: &[&str], title: Words, kind: Bars) -> Result<(), XlsxError> {
        let values: Vec<u16> =
            columns.iter().filter_map(|column| self.place(column)).filter(|at| self.is_known(*at)).collect();
        let names = self.place("member").or_else(|| self.place("member_a"));
        let Some(names) = names.filter(|_| !values.is_empty()) else { return Ok(()) };
        let of_members =
            (0..self.rows).take_while(|row| text(&self.shown.table, "member", *row) != TEAM).count();
        let rows = if kind == Bars::Beside { of_members } else { self.rows };
        let rows = rows.min(MOST_ROWS) as u32;
        if rows == 0 {
            return Ok(());
        }
        let mut chart = self.new_chart(kind.of(), title);
        for (place, values) in values.iter().enumerate() {
            self.series(
                &mut chart,
                (names, *values),
                (1, rows),
                &Look { is_labelled: kind == Bars::Plain, ..Look::bar(place) },
            );
        }
        if kind == Bars::Plain {
            chart.legend().set_hidden();
            chart.x_axis().set_label_position(ChartAxisLabelPosition::None);
        } else {
            chart.legend().set_position(ChartLegendPosition::Bottom);
        }
        chart.x_axis().set_major_gridlines(false);
        chart.y_axis().set_reverse();
        chart.set_height(110 + 24 * rows.max(3));
        self.insert(&chart)
    }

    /// The members whose columns have the largest figures; whose are equal, in the order of the table.
    fn largest(&self, figure: impl Fn(&[Option<f64>]) -> f64) -> Vec<u16> {
        let own =
            self.shown.headings.iter().filter(|(_, name)| name != TEAM || self.shown.headings.len() == 1);
        let mut all: Vec<(u16, f64)> = own
            .filter(|(place, _)| self.is_known(*place as u16))
            .map(|(place, _)| {
                let column = &self.shown.table.columns[*place];
                let values: Vec<Option<f64>> = (0..self.rows).map(|row| number_in(column, row)).collect();
                (*place as u16, figure(&values))
            })
            .collect();
        all.sort_by(|one, other| other.1.total_cmp(&one.1));
        all.truncate(MOST_LINES);
        all.into_iter().map(|(place, _)| place).collect()
    }

    /// One column a week, in which the members stand upon each other.
    fn columns(&mut self, title: Words) -> Result<(), XlsxError> {
        let members = self.largest(|values| values.iter().flatten().sum());
        let mut chart = self.new_chart(ChartType::ColumnStacked, title);
        for (shade, place) in members.iter().enumerate() {
            self.series(&mut chart, (0, *place), (1, self.rows as u32), &Look::bar(shade));
        }
        self.finish_weeks(chart, &members)
    }

    /// One line a member over the weeks.
    fn lines(&mut self, title: Words) -> Result<(), XlsxError> {
        let last = |values: &[Option<f64>]| values.iter().rev().flatten().next().copied().unwrap_or(-1.0);
        let members = self.largest(last);
        let mut chart = self.new_chart(ChartType::Line, title);
        for (shade, place) in members.iter().enumerate() {
            self.series(&mut chart, (0, *place), (1, self.rows as u32), &Look::line(shade));
        }
        self.finish_weeks(chart, &members)
    }

    fn finish_weeks(&mut self, mut chart: Chart, members: &[u16]) -> Result<(), XlsxError> {
        if members.is_empty() {
            return Ok(());
        }
        if members.len() == 1 {
            chart.legend().set_hidden();
        } else {
            chart.legend().set_position(ChartLegendPosition::Bottom);
        }
        chart.y_axis().set_min(0.0);
        chart.x_axis().set_label_position(ChartAxisLabelPosition::Low);
        self.insert(&chart)
    }

    /// A single line over the rows of a table of weeks.
    fn line_of(&mut self, column: &str, title: Words) -> Result<(), XlsxError> {
        let Some((names, values)) = self.place("period").zip(self.place(column)) else { return Ok(()) };
        if !self.is_known(values) {
            return Ok(());
        }
        let mut chart = self.new_chart(ChartType::Line, title);
        self.series(&mut chart, (names, values), (1, self.rows as u32), &Look::line(0));
        chart.legend().set_hidden();
        chart.y_axis().set_min(0.0);
        self.insert(&chart)
    }

    /// The Lorenz curve of the first quantity, beside the line on which all would be alike.
    fn lorenz(&mut self) -> Result<(), XlsxError> {
        let table = &self.shown.table;
        let first = text(table, "quantity", 0);
        let rows = (0..self.rows).take_while(|row| text(table, "quantity", *row) == first).count() as u32;
        let Some((members, held)) = self.place("members").zip(self.place("lorenz")) else { return Ok(()) };
        let title = words(
            "Network size: what the members with the fewest hold together",
            "Netzwerkgröße: was die Mitglieder mit den wenigsten zusammen halten",
        );
        let mut chart = self.new_chart(ChartType::Line, title);
        self.series(&mut chart, (members, held), (1, rows), &Look::line(0));
        self.series(&mut chart, (members, members), (1, rows), &Look::line(9));
        chart.legend().set_position(ChartLegendPosition::Bottom);
        chart.x_axis().set_num_format("0%").set_position_between_ticks(false);
        chart.y_axis().set_num_format("0%").set_min(0.0).set_max(1.0);
        self.insert(&chart)
    }

    /// What share of the whole team's ties is still held after so many days.
    fn survival(&mut self) -> Result<(), XlsxError> {
        let table = &self.shown.table;
        let is_all = |row: &usize| text(table, "group", *row) == "all";
        let of_team = |row: &usize| is_all(row) && text(table, "member", *row) == TEAM;
        let row = (0..self.rows).find(of_team).or_else(|| (0..self.rows).find(is_all));
        let places: Vec<usize> =
            (0..table.columns.len()).filter(|at| table.columns[*at].name == "survival_").collect();
        let (Some(row), Some(first), Some(last)) = (row, places.first(), places.last()) else {
            return Ok(());
        };
        let known = places.iter().any(|place| number_in(&table.columns[*place], row).is_some());
        if !known || last - first + 1 != places.len() {
            return Ok(());
        }
        let (at, first, last) = (row as u32 + 1, *first as u16, *last as u16);
        let title = words(
            "Share of ties still held, by days since the first export",
            "Anteil der Verbindungen, die nach so vielen Tagen noch da sind",
        );
        let mut chart = self.new_chart(ChartType::Line, title);
        chart
            .add_series()
            .set_categories((self.name, 0, first, 0, last))
            .set_values((self.name, at, first, at, last))
            .set_format(&mut Look::line(0).format());
        chart.legend().set_hidden();
        chart.y_axis().set_num_format("0%").set_min(0.0).set_max(1.0);
        self.insert(&chart)
    }

    /// Bars in the cells of a column.
    fn bar_cells(&mut self, column: &str) -> Result<(), XlsxError> {
        let Some(at) = self.place(column) else { return Ok(()) };
        let bar = ConditionalFormatDataBar::new().set_fill_color(BAR);
        self.sheet.add_conditional_format(1, at, self.rows as u32, at, &bar).map(drop)
    }

    /// The more members share, the darker the cell.
    fn scale(&mut self) -> Result<(), XlsxError> {
        let places = self.shown.headings.iter().map(|(place, _)| *place as u16);
        let (Some(first), Some(last)) = (places.clone().min(), places.max()) else { return Ok(()) };
        let scale =
            ConditionalFormat2ColorScale::new().set_minimum_color(Color::White).set_maximum_color(MUCH);
        self.sheet.add_conditional_format(1, first, self.rows as u32, last, &scale).map(drop)
    }

    /// Targets where nobody is known, and those that hang on one thread.
    fn targets(&mut self) -> Result<(), XlsxError> {
        let last = self.rows as u32;
        if let Some(at) = self.place("people") {
            let nobody = ConditionalFormatCell::new()
                .set_rule(ConditionalFormatCellRule::EqualTo(0))
                .set_format(Format::new().set_background_color(NONE));
            self.sheet.add_conditional_format(1, at, last, at, &nobody)?;
        }
        if let Some(at) = self.place("single_threaded") {
            let yes = words("yes", "ja").in_language(self.language).to_owned();
            let single = ConditionalFormatText::new()
                .set_rule(ConditionalFormatTextRule::BeginsWith(yes))
                .set_format(Format::new().set_background_color(FEW));
            self.sheet.add_conditional_format(1, at, last, at, &single)?;
        }
        Ok(())
    }
}

/// How bars stand to each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bars {
    /// One a row.
    Plain,
    /// Several, behind each other.
    Stacked,
    /// Several, below each other, of members alone: what the whole team has would leave no room for them.
    Beside,
    /// Several that make up the whole.
    Shares,
}

impl Bars {
    fn of(self) -> ChartType {
        match self {
            Bars::Plain | Bars::Beside => ChartType::Bar,
            Bars::Stacked => ChartType::BarStacked,
            Bars::Shares => ChartType::BarPercentStacked,
        }
    }
}

/// How a series looks.
struct Look {
    shade: usize,
    is_line: bool,
    is_labelled: bool,
}

impl Look {
    fn bar(shade: usize) -> Look {
        Look { shade, is_line: false, is_labelled: false }
    }

    fn line(shade: usize) -> Look {
        Look { shade, is_line: true, is_labelled: false }
    }

    fn format(&self) -> ChartFormat {
        let color = Color::RGB(SHADES[self.shade % SHADES.len()]);
        let mut format = ChartFormat::new();
        if self.is_line {
            format.set_line(ChartLine::new().set_color(color).set_width(1.75));
        } else {
            format.set_solid_fill(ChartSolidFill::new().set_color(color));
        }
        format
    }
}
