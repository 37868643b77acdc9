//! The touch: a dated interaction between a member and a person.

/// What happened between a member and a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Met in person or on video.
    Met,
    /// Spoke on the phone.
    Called,
    /// Wrote a message, an e-mail, an invitation with a note.
    Wrote,
    /// A light sign: endorsement, reaction.
    Liked,
    /// Brought two people together.
    Introduced,
    /// The member helped.
    Helped,
    /// The person helped the member.
    HelpedBy,
    /// Asked for something.
    Asked,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 8] = [
        Kind::Met,
        Kind::Called,
        Kind::Wrote,
        Kind::Liked,
        Kind::Introduced,
        Kind::Helped,
        Kind::HelpedBy,
        Kind::Asked,
    ];

    /// The name used in tables and in the pipeline file.
    pub fn name(self) -> &'static str {
        ["met", "called", "wrote", "liked", "introduced", "helped", "helped_by", "asked"][self as usize]
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}
