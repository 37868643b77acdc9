//! How often real exports are wrong, in two kinds of world.

/// Shares of people or entries that a trouble meets, 0 to 1.
#[derive(Clone, Copy)]
pub(crate) struct Rates {
    /// A letter wrong in a name typed by hand.
    pub(crate) typo: f64,
    /// Umlauts and accents written without their marks.
    pub(crate) folded: f64,
    /// Given and family name in each other's place.
    pub(crate) swapped: f64,
    /// Only the initial of the given name.
    pub(crate) initial: f64,
    /// A pet name instead of the given name.
    pub(crate) nickname: f64,
    /// The whole name in one field.
    pub(crate) one_field: f64,
    /// Given name and company only: `Sepp Talvenor`.
    pub(crate) given_company: f64,
    /// The middle name is written as well.
    pub(crate) middle: f64,
    /// A remark beside the name: `(Messe)`.
    pub(crate) remark: f64,
    /// A number that belongs to somebody else.
    pub(crate) wrong_number: f64,
    /// A second entry in the same phone book.
    pub(crate) twice: f64,
    /// Two people with one name, of each two people drawn together.
    pub(crate) namesake: f64,
    /// The same at one company, such as father and son.
    pub(crate) namesake_colleague: f64,
    /// Parent and child who share a landline and often the given name, of each two people drawn together.
    pub(crate) parent: f64,
    /// Twins.
    pub(crate) twins: f64,
    /// Colleagues of whom one has the post and the mobile that the other left behind.
    pub(crate) successor: f64,
    /// Colleagues of whom one answers the telephone of the other.
    pub(crate) assistant: f64,
    /// Couples who share a landline.
    pub(crate) couple: f64,
    /// Couples who share a mailbox as well.
    pub(crate) family_mailbox: f64,
    /// Entry of one of a couple that has a mailbox: it gives that one, where the book gives private addresses at all.
    pub(crate) family_mail: f64,
    /// The company's info@ stands where the person's address should.
    pub(crate) role_mailbox: f64,
    /// The switchboard stands beside the own number.
    pub(crate) switchboard: f64,
    /// The employer is written down in an address book.
    pub(crate) company: f64,
    /// An e-mail address is written down in a phone book.
    pub(crate) email: f64,
    /// Name changed by marriage in the last ten years, of the women.
    pub(crate) married: f64,
    /// Profile address changed in the last years.
    pub(crate) new_slug: f64,
    /// A name from before the marriage in an address book, of those who changed theirs.
    pub(crate) old_name: f64,
    /// One half of a double name only.
    pub(crate) half_name: f64,
    /// Names in one field with the family name in front, of names in one field.
    pub(crate) turned: f64,
    /// An address and nothing else in a mail program, which collected it.
    pub(crate) email_only: f64,
    /// A whole address book from which all umlauts and accents are gone.
    pub(crate) unmarked_book: f64,
    /// The company by its acronym, where it has one; about one in twelve employers does.
    pub(crate) brand: f64,
    /// The company by its first word only.
    pub(crate) core: f64,
    /// The mailbox of a post instead of the own one, where the post has one.
    pub(crate) mailbox: f64,
    /// The assistant's number on the card of whom they work for.
    pub(crate) assistant_number: f64,
}

impl Rates {
    /// A usual team.
    pub(crate) const PLAIN: Rates = Rates {
        typo: 0.012,
        folded: 0.06,
        swapped: 0.006,
        initial: 0.006,
        nickname: 0.04,
        one_field: 0.05,
        given_company: 0.008,
        middle: 0.03,
        remark: 0.015,
        wrong_number: 0.002,
        twice: 0.03,
        namesake: 0.01,
        namesake_colleague: 0.002,
        parent: 0.0,
        twins: 0.0,
        successor: 0.0,
        assistant: 0.0,
        couple: 0.01,
        family_mailbox: 0.1,
        family_mail: 0.0,
        role_mailbox: 0.01,
        switchboard: 0.12,
        company: 0.66,
        email: 0.5,
        married: 0.05,
        new_slug: 0.01,
        old_name: 0.0,
        half_name: 0.0,
        turned: 0.0,
        email_only: 0.0,
        unmarked_book: 0.0,
        brand: 0.0,
        core: 0.0,
        mailbox: 0.0,
        assistant_number: 0.0,
    };

    /// A team whose address books went through many hands.
    pub(crate) const HARD: Rates = Rates {
        typo: 0.04,
        folded: 0.12,
        swapped: 0.04,
        initial: 0.025,
        nickname: 0.1,
        one_field: 0.15,
        given_company: 0.02,
        middle: 0.3,
        remark: 0.08,
        wrong_number: 0.015,
        twice: 0.12,
        namesake: 0.05,
        namesake_colleague: 0.025,
        parent: 0.03,
        twins: 0.004,
        successor: 0.02,
        assistant: 0.02,
        couple: 0.06,
        family_mailbox: 0.35,
        family_mail: 0.7,
        role_mailbox: 0.3,
        switchboard: 0.3,
        company: 0.6,
        email: 0.45,
        married: 0.1,
        new_slug: 0.03,
        old_name: 0.1,
        half_name: 0.2,
        turned: 0.4,
        email_only: 0.008,
        unmarked_book: 0.2,
        brand: 0.4,
        core: 0.04,
        mailbox: 0.5,
        assistant_number: 0.35,
    };
}
