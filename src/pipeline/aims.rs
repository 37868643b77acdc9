//! The options of labels: whom the team wants to know, how strong ties are, how categories are given.

use super::walk::{Opt, Section};
use super::{Goals, Labels, Tier, TierWords, known, strength, values};

pub(super) const LABELS: Section<Labels> = Section {
    name: "labels",
    repeats: false,
    about: "What contacts are labelled with: industry of the employer, level and function of the position, place.",
    options: &[Opt {
        key: "industries",
        value: "\"\"",
        about: "A CSV of your own, such as \"industries.csv\", with the columns company (a name or a mail domain) and \
                sector (one of those under [goals], its German or English name, or a NACE code): it counts before \
                anything else; empty: none.",
        required: false,
        read: |labels, at| at.path(false, &mut labels.industries),
    }],
};

pub(super) const STRENGTH: Section<strength::Settings> = Section {
    name: "strength",
    repeats: false,
    about: "How strong the tie between a member and a contact is, told by meetings, calls and messages. Without any \
            of these it is unknown, which is not weak.",
    options: &[
        Opt {
            key: "weights",
            value: "{ recency = 0.3, frequency = 0.25, reciprocity = 0.15, multiplexity = 0.15, tenure = 0.15 }",
            about: "Parts of the strength, each 0 to 1: how fresh, how often in a year, whether from both sides, through \
                    how many channels, for how long. Unknown parts are left out.",
            required: false,
            read: |strength, at| values::strength_weights(at, &mut strength.weights),
        },
        Opt {
            key: "half_lives",
            value: "{ met = 180, called = 120, wrote = 90, liked = 30, introduced = 180, helped = 180, helped_by = 180, asked = 90 }",
            about: "After how many days a touch is worth half, by what happened, 1 to 3650.",
            required: false,
            read: |strength, at| values::half_lives(at, &mut strength.half_lives),
        },
        Opt {
            key: "full_touches",
            value: "24",
            about: "Touches in a year with which frequency is full, 1 to 1000.",
            required: false,
            read: |strength, at| at.integer(1..=1000, &mut strength.full_touches),
        },
        Opt {
            key: "full_channels",
            value: "4",
            about: "Channels with which multiplexity is full, 1 to 6.",
            required: false,
            read: |strength, at| at.integer(1..=6, &mut strength.full_channels),
        },
        Opt {
            key: "bands",
            value: "{ steady = 0.4, strong = 0.65 }",
            about: "From which strength on a tie is called steady or strong, 0 to 1, rising.",
            required: false,
            read: |strength, at| values::bands(at, &mut strength.bands),
        },
    ],
};

pub(super) const GOALS: Section<Goals> = Section {
    name: "goals",
    repeats: false,
    about: "Whom the team wants to know: contacts that fit are worth more. Without goals and without touches most \
            contacts stay unsorted.",
    options: &[
        Opt {
            key: "industries",
            value: "[]",
            about: "Of: it, media, marketing, banking, insurance, realestate, construction, machinery, mobility, \
                    electronics, chemicals, consumer, pharma, health, energy, logistics, retail, hospitality, \
                    consulting, legal, hr, education, public.",
            required: false,
            read: |goals, at| at.words("industries", &known::INDUSTRIES, &mut goals.industries),
        },
        Opt {
            key: "functions",
            value: "[]",
            about: "Of: management, it, engineering, production, logistics, purchasing, sales, bizdev, marketing, \
                    support, finance, hr, legal, project, consulting, admin, health, education, design, \
                    construction, public, other.",
            required: false,
            read: |goals, at| at.words("functions", &known::FUNCTIONS, &mut goals.functions),
        },
        Opt {
            key: "seniority",
            value: "[]",
            about: "Of: executive, director, lead, senior, professional, junior, student, none.",
            required: false,
            read: |goals, at| at.words("levels", &known::SENIORITY, &mut goals.seniority),
        },
        Opt {
            key: "companies",
            value: "[]",
            about: "Employers by name, with or without legal form. The whole name must be the same, or be another \
                    name of the same well-known company; never a part of it.",
            required: false,
            read: |goals, at| at.texts(&mut goals.companies),
        },
        Opt {
            key: "places",
            value: "[]",
            about: "Cities, regions or countries.",
            required: false,
            read: |goals, at| at.texts(&mut goals.places),
        },
        Opt {
            key: "wish_list",
            value: "\"\"",
            about: "A CSV of wished people, positions and companies, such as \"wish-list.csv\"; empty: none. \
                    `hamstern init` makes one with its columns.",
            required: false,
            read: |goals, at| at.path(false, &mut goals.wish_list),
        },
    ],
};

pub(super) const TIER: Section<Tier> = Section {
    name: "tier",
    repeats: false,
    about: "How contacts are put into the categories A to D: what a person says (in a sheet, in work.xlsx) counts \
            before a rule, a rule before the score.",
    options: &[
        Opt {
            key: "weights",
            value: "{ target_fit = 0.4, strength = 0.3, seniority = 0.2, network = 0.1 }",
            about: "Parts of the score, each 0 to 1: fit with the goals, strength of the tie, level, and how few \
                    members know the contact. Unknown parts are left out.",
            required: false,
            read: |tier, at| values::tier_weights(at, &mut tier.weights),
        },
        Opt {
            key: "cut_points",
            value: "{ A = 0.75, B = 0.5, C = 0.25 }",
            about: "Scores from which a contact is A, B or C, falling; below them D.",
            required: false,
            read: |tier, at| values::cut_points(at, &mut tier.cut_points),
        },
        Opt {
            key: "worth",
            value: "{ A = 8, B = 4, C = 2, D = 0, unsorted = 1 }",
            about: "What a contact of a category counts in weighted figures, 0 to 100.",
            required: false,
            read: |tier, at| values::tier_worth(at, &mut tier.worth),
        },
        Opt {
            key: "hysteresis",
            value: "0.05",
            about: "How far beyond a cut point a score must move before the category changes, 0 to 0.5. Down it \
                    goes only when runs on two days find the same.",
            required: false,
            read: |tier, at| at.number(0.0..=0.5, &mut tier.hysteresis),
        },
        Opt {
            key: "words",
            value: "\"letters\"",
            about: "How categories are shown: \"letters\" (A to D) or \"animals\" (unicorn, flamingo, penguin).",
            required: false,
            read: |tier, at| {
                at.choice(
                    &[("letters", TierWords::Letters), ("animals", TierWords::Animals)],
                    &mut tier.words,
                );
            },
        },
        Opt {
            key: "overrides",
            value: "\"tiers.csv\"",
            about: "Categories set by hand, kept for good: contact_id, tier (A to D, or open to take it back), on, \
                    by, note, name. The drop-down in work.xlsx writes them; so can you.",
            required: false,
            read: |tier, at| at.path(true, &mut tier.overrides),
        },
        Opt {
            key: "evidence",
            value: "0.5",
            about: "Share of the score's weights that must be known for a category, 0 to 1; with less a contact stays \
                    unsorted, a penguin.",
            required: false,
            read: |tier, at| at.number(0.0..=1.0, &mut tier.evidence),
        },
        Opt {
            key: "sort_most",
            value: "200",
            about: "How many unsorted contacts work.xlsx lists at most, the most promising first, 0 to 10000.",
            required: false,
            read: |tier, at| at.integer(0..=10_000, &mut tier.sort_most),
        },
        Opt {
            key: "archive_months",
            value: "12",
            about: "Months after which a contact of category D moves from contacts into archived, 0 to 600; 0: never. \
                    vCards leave D out at once.",
            required: false,
            read: |tier, at| at.integer(0..=600, &mut tier.archive_months),
        },
        Opt {
            key: "rule",
            value: "[]",
            about: "Rules that give a category, the first that fits, each a block [[tier.rule]] or as here: \
                    [{ name = \"Boards we know\", tier = \"A\", when = { seniority = [\"executive\", \"director\"], \
                    touches = \">= 3\" } }]. A condition names a column of contacts and one of: texts of which one \
                    must be the same (* stands for anything), a comparison such as \">= 3\" or \"< 2026-01-31\", or \
                    true or false for known or not.",
            required: false,
            read: |tier, at| values::tier_rules(at, &mut tier.rules),
        },
    ],
};
