//! Reads the vCards that XING exports, one contact a card.

use super::cards::{Charsets, Frame, Name, Properties, properties, split, to_utf8};
use super::vcard::read_cards;
use super::{Body, Document, Output, Plan, Reader};
use crate::record::Channel;

/// vCards of XING.
pub(super) struct XingVCard;

impl Reader for XingVCard {
    fn id(&self) -> &'static str {
        "xing-vcard"
    }

    fn title(&self) -> &'static str {
        "XING vCard"
    }

    fn title_german(&self) -> &'static str {
        "Xing-vCard"
    }

    fn channel(&self) -> Channel {
        Channel::Xing
    }

    // People keep their own profile, so it is newer than what a colleague once typed into a phone.
    fn trust(&self) -> u8 {
        7
    }

    fn distinct(&self) -> bool {
        true
    }

    fn recognise(&self, document: &Document<'_>) -> Result<Plan, String> {
        match document.body {
            Body::Cards(bytes) if is_xing(bytes) => Ok(Plan::default()),
            Body::Cards(_) => Err("not every card names XING as its maker".into()),
            _ => Err("it holds no BEGIN:VCARD".into()),
        }
    }

    fn read(&self, document: &Document<'_>, _plan: &Plan, out: &mut Output) {
        if let Body::Cards(bytes) = document.body {
            read_cards(bytes, out);
        }
    }
}

/// Whether every card of a file comes from XING: it says so, or names no maker and leads to a profile there.
///
/// One card of a phone that links to a profile is no export of XING.
pub(super) fn is_xing(bytes: &[u8]) -> bool {
    let bytes = to_utf8(bytes);
    if !memchr::memchr2_iter(b'x', b'X', &bytes).any(|at| names_xing(&bytes[at..])) {
        return false;
    }
    let charsets = Charsets::new(&bytes);
    let cards = split(&bytes).cards;
    let mut own = cards.iter().filter(|card| card.frame != Frame::Nested).peekable();
    own.peek().is_some() && own.all(|card| from_xing(&properties(&bytes, card, &charsets)))
}

fn from_xing(found: &Properties<'_>) -> bool {
    match found.first(Name::Prodid) {
        Some(maker) => maker.value.to_ascii_uppercase().contains("XING"),
        None => found.all.iter().any(|property| {
            (property.is(Name::Uid) || property.is(Name::Url))
                && property.value.to_ascii_lowercase().contains("xing.com")
        }),
    }
}

fn names_xing(text: &[u8]) -> bool {
    text.get(..4).is_some_and(|word| word.eq_ignore_ascii_case(b"XING"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(lines: &str) -> String {
        format!("BEGIN:VCARD\nVERSION:2.1\nN:Groß;Jürgen\n{lines}\nEND:VCARD\n")
    }

    #[test]
    fn only_cards_made_by_xing_are_xing() {
        let made = card("PRODID:-//XING//www.xing.com//Version 1.3");
        let leads = card("UID:https://www.xing.com/profile/Juergen_Gross");
        let phone = card("PRODID:-//Apple Inc.//iOS 17//EN\nURL:https://www.xing.com/profile/Juergen_Gross");
        let other = card("TEL:030 1");
        for (text, wanted) in [
            (made.clone(), true),
            (leads.clone(), true),
            (format!("{made}{leads}"), true),
            (phone, false),
            (other.clone(), false),
            (format!("{leads}{other}"), false),
            ("xing".to_owned(), false),
        ] {
            assert_eq!(is_xing(text.as_bytes()), wanted, "{text}");
            let document =
                Document { path: "a.vcf", sheet: "", encoding: "", body: Body::Cards(text.as_bytes()) };
            let fits = crate::read::READERS.iter().filter(|reader| reader.recognise(&document).is_ok());
            assert_eq!(fits.count(), 1, "{text}");
        }
    }
}
