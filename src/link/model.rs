//! The model: how often each comparison level is met among true pairs (m) and among others (u).

use std::sync::LazyLock;

macro_rules! levels {
    ($($name:ident $field:literal $level:literal,)*) => {
        /// A comparison level: what the comparison of one field found.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        #[expect(missing_docs, reason = "each level is explained by its row in data/link_weights.tsv")]
        pub enum Level { $($name,)* }

        impl Level {
            /// Every level, in the order of the fields.
            pub const ALL: &'static [Level] = &[$(Level::$name,)*];

            /// The field compared, as named in the table of weights.
            pub fn field(self) -> &'static str {
                [$($field,)*][self as usize]
            }

            /// What was found, as named in the table of weights.
            pub fn name(self) -> &'static str {
                [$($level,)*][self as usize]
            }
        }
    };
}

levels! {
    Prior "prior" "match",
    GivenExact "given" "exact",
    GivenNickname "given" "nickname",
    GivenPet "given" "pet",
    GivenShown "given" "shown",
    GivenPart "given" "part",
    GivenPrefix "given" "prefix",
    GivenTypo "given" "typo",
    GivenAlike "given" "alike",
    GivenInitial "given" "initial",
    GivenPetInitial "given" "pet_initial",
    GivenSwapped "given" "swapped",
    GivenNear "given" "near",
    GivenDifferent "given" "different",
    MiddleEqual "middle" "equal",
    MiddleInitial "middle" "initial",
    MiddleDifferent "middle" "different",
    FamilyExact "family" "exact",
    FamilyPart "family" "part",
    FamilySpelling "family" "spelling",
    FamilyTypo "family" "typo",
    FamilyAlike "family" "alike",
    FamilyInitial "family" "initial",
    FamilySwapped "family" "swapped",
    FamilyNear "family" "near",
    FamilyDifferent "family" "different",
    Origin "name" "origin",
    Namesake "name" "namesake",
    Derived "name" "derived",
    Relative "name" "relative",
    LinkedInEqual "linkedin" "equal",
    LinkedInDifferent "linkedin" "different",
    LinkedInLater "linkedin" "different_later",
    XingEqual "xing" "equal",
    XingDifferent "xing" "different",
    XingLater "xing" "different_later",
    EmailEqual "email" "equal",
    EmailClose "email" "close",
    EmailCloseName "email" "close_name",
    EmailLocal "email" "local",
    EmailRestated "email" "restated",
    EmailNumbered "email" "numbered",
    EmailColleague "email" "colleague",
    EmailDifferent "email" "different",
    PhoneEqual "phone" "equal",
    PhoneDifferent "phone" "different",
    MobileDifferent "phone" "mobile_different",
    IdEqual "external_id" "equal",
    IdClose "external_id" "close",
    IdDifferent "external_id" "different",
    EntryEqual "entry" "equal",
    ConnectedEqual "connected_on" "equal",
    ConnectedDifferent "connected_on" "different",
    CompanyEqual "company" "equal",
    CompanySimilar "company" "similar",
    CompanyInitials "company" "initials",
    CompanyNamesake "company" "namesake",
    CompanyDifferent "company" "different",
    CompanyLater "company" "different_later",
    PositionEqual "position" "equal",
    PositionDifferent "position" "different",
    CityEqual "city" "equal",
    CityClose "city" "close",
    CityDifferent "city" "different",
    PostcodeEqual "postcode" "equal",
    PostcodeClose "postcode" "close",
    PostcodeDifferent "postcode" "different",
    StreetEqual "street" "equal",
    StreetClose "street" "close",
    StreetDifferent "street" "different",
    BirthdayEqual "birthday" "equal",
    BirthdayYearless "birthday" "equal_yearless",
    BirthdayTypo "birthday" "typo",
    BirthdaySwapped "birthday" "swapped",
    BirthdayTwoParts "birthday" "two_parts",
    BirthdayOnePart "birthday" "one_part",
    BirthdayDifferent "birthday" "different",
    ExportDistinct "export" "same_list",
    RoleDifferent "kind" "different",
    Together "entries" "together",
    Twice "entries" "twice",
    Caution "entries" "caution",
    Rivals "entries" "rivals",
}

impl Level {
    /// Whether agreement here is that of a key: it decides a pair whatever other fields say.
    pub fn is_key(self) -> bool {
        matches!(
            self,
            Level::LinkedInEqual
                | Level::XingEqual
                | Level::EntryEqual
                | Level::ConnectedEqual
                | Level::EmailEqual
                | Level::PhoneEqual
                | Level::IdEqual
        )
    }
}

/// The weights as shipped: a table that people can read and a fit can rewrite.
const SHIPPED: &str = include_str!("../../data/link_weights.tsv");

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::parse(SHIPPED));

/// Rows that any data count as at least when the prior is told: a short list is drawn from a world no smaller than
/// that of a long one, and its names are no rarer.
const FEWEST: usize = 4_000;

/// For each level the logarithms (base 2) of m and u.
#[derive(Debug, Clone)]
pub(super) struct Model {
    log_m: Vec<f32>,
    log_u: Vec<f32>,
    /// u itself, as `log_u` rounds it.
    u: Vec<f32>,
    best_but: Vec<f32>,
}

impl Model {
    /// The shipped model.
    pub(super) fn shipped() -> &'static Model {
        &MODEL
    }

    /// Reads a table of field, level, m, u and a remark; levels not named are neutral.
    fn parse(table: &str) -> Model {
        let zeros = vec![0.0; Level::ALL.len()];
        let mut model = Model {
            log_m: zeros.clone(),
            log_u: zeros.clone(),
            u: vec![1.0; Level::ALL.len()],
            best_but: zeros,
        };
        for row in table.lines().filter(|line| !line.starts_with('#')) {
            let cells: Vec<&str> = row.split('\t').collect();
            let [field, name, m, u, ..] = cells.as_slice() else { continue };
            let level = Level::ALL.iter().find(|level| level.field() == *field && level.name() == *name);
            if let (Some(level), Ok(m), Ok(u)) = (level, m.parse::<f32>(), u.parse::<f32>()) {
                model.log_m[*level as usize] = m.log2();
                model.log_u[*level as usize] = u.log2();
                model.u[*level as usize] = u.log2().exp2();
            }
        }
        model.find_best_but();
        model
    }

    fn find_best_but(&mut self) {
        for level in Level::ALL {
            let others = Level::ALL.iter().filter(|other| other.field() == level.field() && *other != level);
            self.best_but[*level as usize] = others.map(|other| self.fixed(*other)).fold(0.0, f32::max);
        }
    }

    /// log2 of m of a level.
    pub(super) fn log_m(&self, level: Level) -> f32 {
        self.log_m[level as usize]
    }

    /// Sets log2 of m of a level.
    pub(super) fn set_log_m(&mut self, level: Level, log_m: f32) {
        self.log_m[level as usize] = log_m;
        self.find_best_but();
    }

    /// log2(m / u) of a level.
    #[inline]
    pub(super) fn fixed(&self, level: Level) -> f32 {
        self.log_m[level as usize] - self.log_u[level as usize]
    }

    /// The most that the other levels of a level's field weigh, at least 0.
    #[inline]
    pub(super) fn best_but(&self, level: Level) -> f32 {
        self.best_but[level as usize]
    }

    /// log2(m / share) of a level whose chance depends on how common the value is, by log2 of the share; u is the
    /// least share.
    #[inline]
    pub(super) fn rare(&self, level: Level, log_share: f32) -> f32 {
        self.log_m[level as usize] - log_share.max(self.log_u[level as usize])
    }

    /// Weight of the same address, number or profile, used under `users` names among `population` persons.
    ///
    /// u is the number of further persons expected behind a value that shows one name only.
    pub(super) fn shared(&self, level: Level, users: u8, population: f32) -> f32 {
        let others = f32::from(users.saturating_sub(1)) + self.u[level as usize];
        self.log_m[level as usize] + population.log2() - others.log2()
    }

    /// The most that a whole name may weigh that `people` are known to bear: of each name `further` namesakes are
    /// expected beside them.
    pub(super) fn namesake_cap(population: f32, people: u8, further: f32) -> f32 {
        let others = f32::from(people.saturating_sub(1)) + further;
        population.log2() - others.log2()
    }

    /// How many further persons of one whole name are expected in any data.
    pub(super) fn further_namesakes(&self) -> f32 {
        self.u[Level::Namesake as usize]
    }

    /// log2 of the odds that two records drawn at random are one person: m true pairs a record are expected.
    pub(super) fn prior(&self, rows: usize) -> f32 {
        self.log_m[Level::Prior as usize] - (rows.max(FEWEST) as f32).log2()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_has_its_row_and_every_row_its_level() {
        let rows: Vec<&str> = SHIPPED.lines().filter(|line| !line.starts_with('#')).skip(1).collect();
        let named: Vec<String> =
            rows.iter().map(|row| row.split('\t').take(2).collect::<Vec<_>>().join(" ")).collect();
        let levels: Vec<String> =
            Level::ALL.iter().map(|level| format!("{} {}", level.field(), level.name())).collect();
        assert_eq!(named, levels);
        for row in rows {
            let cells: Vec<&str> = row.split('\t').collect();
            assert_eq!(cells.len(), 6, "{row}");
            for cell in &cells[2..4] {
                let value: f32 = cell.parse().unwrap();
                assert!(value > 0.0 && value <= 1.0, "{row}");
            }
        }
    }

    #[test]
    fn weights_follow_the_evidence() {
        let model = Model::shipped();
        assert!(model.fixed(Level::GivenDifferent) < -5.0);
        assert!(model.rare(Level::FamilyExact, -16.0) > model.rare(Level::FamilyExact, -6.0) + 9.0);
        let one = model.shared(Level::PhoneEqual, 1, 10_000.0);
        let couple = model.shared(Level::PhoneEqual, 2, 10_000.0);
        let switchboard = model.shared(Level::PhoneEqual, 40, 10_000.0);
        assert!(one > couple + 3.0 && couple > switchboard + 4.0);
        assert!(model.prior(1_000_000) < model.prior(10_000) - 6.0, "the prior follows the size of the data");
    }
}
