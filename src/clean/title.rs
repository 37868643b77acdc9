//! Job titles and departments: squeezed display text.

use std::borrow::Cow;

use super::company::tidy;

/// One line of display text; a bar left over at an end is taken off.
pub(super) fn title(text: &str) -> Cow<'_, str> {
    let mut tidied = tidy(text);
    // Taking an end off may lay a quote or comma bare.
    while let Some(trimmed) = trim(&tidied) {
        tidied = Cow::Owned(tidy(trimmed).into_owned());
    }
    tidied
}

/// The text without bars at its ends, if there are any and something is left.
fn trim(text: &str) -> Option<&str> {
    let trimmed = text.trim_matches(['|', '•', '·', ' ']);
    (!trimmed.is_empty() && trimmed.len() < text.len()).then_some(trimmed)
}

#[cfg(test)]
mod tests {
    use super::title;

    #[test]
    fn titles_are_squeezed() {
        assert_eq!(title(" Head  of\nSales | "), "Head of Sales");
        assert_eq!(title("\"CEO\""), "CEO");
        assert_eq!(title("| \"CEO\" |"), "CEO");
        assert_eq!(title("|"), "|");
    }
}
