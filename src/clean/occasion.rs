//! Occasions in words become kinds of touch.

use crate::text::{fold, tokens};
use crate::touch::Kind;

/// The kind that an occasion is, and whether the words say no more than that.
pub(super) fn kind(text: &str) -> (Kind, bool) {
    if let Some(kind) = Kind::from_name(text) {
        return (kind, true);
    }
    let folded = fold(text).replace("e-mail", "email");
    let only = tokens(&folded).count() == 1;
    match tokens(&folded).find_map(kind_of) {
        Some(kind) => (kind, only),
        None => (Kind::Met, false),
    }
}

fn kind_of(word: &str) -> Option<Kind> {
    Some(match word {
        "met" | "meeting" | "treffen" | "getroffen" | "termin" | "besuch" | "visit" | "lunch"
        | "mittagessen" | "dinner" | "abendessen" | "kaffee" | "coffee" | "gespraech" | "videocall"
        | "zoom" | "teams" | "workshop" | "besprechung" => Kind::Met,
        "called" | "call" | "telefonat" | "telefon" | "tel" | "anruf" | "phone" | "phonecall"
        | "angerufen" | "telefoniert" => Kind::Called,
        "wrote" | "mail" | "email" | "nachricht" | "message" | "linkedin" | "xing" | "whatsapp" | "sms"
        | "brief" | "geschrieben" | "letter" | "chat" => Kind::Wrote,
        "liked" | "like" | "endorsement" | "reaktion" | "reaction" | "kommentar" => Kind::Liked,
        "introduced" | "intro" | "introduction" | "vorgestellt" | "vorstellung" => Kind::Introduced,
        "helped" | "geholfen" | "hilfe" => Kind::Helped,
        "asked" | "gefragt" | "anfrage" | "frage" | "request" => Kind::Asked,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn occasions_are_told_by_their_words() {
        for (text, found) in [
            ("met", (Kind::Met, true)),
            ("helped_by", (Kind::HelpedBy, true)),
            ("Telefonat", (Kind::Called, true)),
            ("E-Mail", (Kind::Wrote, true)),
            ("Hannover Messe 2025", (Kind::Met, false)),
            ("Kaffee mit Jörg", (Kind::Met, false)),
        ] {
            assert_eq!(kind(text), found, "{text}");
        }
    }
}
