//! Names written all in capitals or all in small letters get the case a person would write.

use std::borrow::Cow;

use super::particle;

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// No letter has case, or both cases occur.
    Mixed,
    /// Only capitals, two at least.
    Upper,
    /// Only small letters.
    Lower,
}

/// How the text is written.
pub(super) fn case_of(text: &str) -> Case {
    let (mut upper, mut lower) = (0, 0);
    for letter in text.chars() {
        upper += usize::from(letter.is_uppercase());
        lower += usize::from(letter.is_lowercase());
    }
    match (upper, lower) {
        (2.., 0) => Case::Upper,
        (0, 1..) => Case::Lower,
        _ => Case::Mixed,
    }
}

/// The name in proper case: `MÜLLER-LÜDENSCHEIDT` becomes `Müller-Lüdenscheidt`; mixed case stays.
///
/// `beside` is how the other part of the name is written: next to mixed case two capitals are initials. In a
/// Turkish name ı and i are two letters.
pub(super) fn proper(name: &str, beside: Case, turkish: bool) -> Cow<'_, str> {
    let case = case_of(name);
    let letters = name.chars().filter(|letter| letter.is_alphabetic()).count();
    let initials = letters <= 2 && beside != Case::Upper || letters <= 3 && !has_vowel(name);
    if case == Case::Mixed || (case == Case::Upper && initials) {
        return Cow::Borrowed(name);
    }
    let words: Vec<&str> = name.split(' ').collect();
    let mut out = String::with_capacity(name.len());
    for (index, word) in words.iter().enumerate() {
        if index > 0 {
            out.push(' ');
        }
        let small = lower(word, turkish);
        if index + 1 < words.len()
            && (particle::begins_family(&small) || index > 0 && particle::is_particle(&small))
        {
            out.push_str(&small);
        } else {
            capitalise(&small, turkish, &mut out);
        }
    }
    Cow::Owned(out)
}

/// Whether the letters of a name are those of Turkish only.
pub(super) fn is_turkish(name: &str) -> bool {
    name.contains(['İ', 'Ğ', 'ı', 'ğ'])
}

/// Whether a word can be said; `KMS` cannot.
pub(super) fn has_vowel(text: &str) -> bool {
    let folded = crate::text::fold_plain(text);
    folded.contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

fn lower(word: &str, turkish: bool) -> String {
    if word.is_ascii() && !turkish {
        return word.to_ascii_lowercase();
    }
    let dotted: String = word
        .chars()
        .map(|letter| match letter {
            'İ' => 'i',
            'I' if turkish => 'ı',
            _ => letter,
        })
        .collect();
    dotted.to_lowercase()
}

/// Adds the word with a capital at its start and after each hyphen, apostrophe, dot and `Mc`.
fn capitalise(small: &str, turkish: bool, out: &mut String) {
    let start = out.len();
    let mut up = true;
    for letter in small.chars() {
        let mut capital = letter.to_uppercase();
        match (up, capital.next(), capital.next()) {
            (true, Some('I'), None) if turkish && letter == 'i' => out.push('İ'),
            (true, Some(capital), None) => out.push(capital),
            _ => out.push(letter),
        }
        let length = out.len() - start;
        // `O'Brien`, `D'Angelo`, but `Dell'Acqua` and not `Ma'Am`: an apostrophe counts near the start.
        let apostrophe = matches!(letter, '\'' | '’') && (length <= 5 || small.starts_with("dell"));
        up = matches!(letter, '-' | '.' | '–' | '/')
            || apostrophe
            || (&out[start..] == "Mc" && small.len() > 4);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_one_case_change() {
        for (name, shown) in [
            ("MÜLLER", "Müller"),
            ("MÜLLER-LÜDENSCHEIDT", "Müller-Lüdenscheidt"),
            ("von der heide", "von der Heide"),
            ("VON DER HEIDE", "von der Heide"),
            ("anna maria", "Anna Maria"),
            ("o'brien", "O'Brien"),
            ("MCDONALD", "McDonald"),
            ("McDonald", "McDonald"),
            ("İBRAHİM", "İbrahim"),
            ("YILDIZ ŞAHİN", "Yıldız Şahin"),
            ("ION ŞERBAN", "Ion Şerban"),
            ("deVries", "deVries"),
            ("JP", "JP"),
            ("KAI", "Kai"),
            ("DJT", "DJT"),
            ("j.", "J."),
            ("J.", "J."),
            ("STRAẞER", "Straßer"),
            ("ΓΙΩΡΓΟΣ", "Γιωργος"),
            ("李", "李"),
        ] {
            let case = if name == "JP" { Case::Mixed } else { Case::Upper };
            assert_eq!(proper(name, case, is_turkish(name)), shown, "{name}");
            assert_eq!(proper(shown, case, is_turkish(shown)), shown, "{shown} stays");
        }
    }
}
