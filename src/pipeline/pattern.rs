//! Which files a `[[source]]` is about.

use globset::{GlobBuilder, GlobMatcher};
use unicode_normalization::UnicodeNormalization;

/// A glob over paths in the inbox: without `/` it matches base names at any depth, with `/` the whole
/// path, where `*` stays inside one folder and `**` crosses them. Upper and lower case are the same, as
/// on the systems most exports come from. The default matches nothing.
#[derive(Debug, Clone, Default)]
pub struct FilePattern {
    text: String,
    matcher: Option<GlobMatcher>,
}

impl PartialEq for FilePattern {
    fn eq(&self, other: &FilePattern) -> bool {
        self.text == other.text
    }
}

impl FilePattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// What is wrong with it, and what to do.
    pub fn new(text: &str) -> Result<FilePattern, (String, &'static str)> {
        let pattern: String = text.trim().nfc().collect();
        let pattern = pattern.strip_prefix("./").unwrap_or(&pattern);
        if pattern.is_empty() {
            return Err(("is empty".to_owned(), "such as \"*.csv\""));
        }
        if pattern.contains('\\') {
            return Err(("holds a backslash".to_owned(), "write / between folders, on Windows too"));
        }
        if pattern.starts_with('/') || pattern.split('/').any(|part| part == "..") {
            return Err(("leads out of the inbox".to_owned(), "it is relative to the inbox"));
        }
        let built = GlobBuilder::new(pattern)
            .literal_separator(true)
            .case_insensitive(true)
            .backslash_escape(true)
            .build();
        match built {
            Ok(glob) => Ok(FilePattern { text: pattern.to_owned(), matcher: Some(glob.compile_matcher()) }),
            Err(error) => Err((format!("is no pattern: {}", error.kind()), "such as \"*.csv\"")),
        }
    }

    /// The pattern as text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it matches a path relative to the inbox, with `/` between folders and `!` before the
    /// member of an archive.
    pub fn is_match(&self, path: &str) -> bool {
        let Some(matcher) = &self.matcher else { return false };
        let whole = self.text.contains('/');
        let path = if whole { path } else { path.rsplit(['/', '!']).next().unwrap_or_default() };
        matcher.is_match(path.nfc().collect::<String>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_matches_at_any_depth_and_a_path_as_a_whole() {
        for (pattern, path, matches) in [
            ("*.csv", "list.csv", true),
            ("*.csv", "anna/2026-01-05/List.CSV", true),
            ("*.csv", "anna/Export.zip!sub/List.csv", true),
            ("*.csv", "anna/list.csv.txt", false),
            ("guests*", "anna/guests 2026.xlsx", true),
            ("anna/*.csv", "anna/list.csv", true),
            ("./anna/*.csv", "anna/list.csv", true),
            ("anna/*.csv", "anna/2026/list.csv", false),
            ("anna/**/*.csv", "anna/2026/01/list.csv", true),
            ("anna/**/*.csv", "anna/list.csv", true),
            ("{a,b}.csv", "x/b.csv", true),
            ("gäste.csv", "ga\u{308}ste.csv", true),
            ("[ab].csv", "c.csv", false),
        ] {
            let read = FilePattern::new(pattern).expect(pattern);
            assert_eq!(read.is_match(path), matches, "{pattern} on {path}");
        }
        assert!(!FilePattern::default().is_match(""));
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        for pattern in ["", "  ", "[ab", "{a,b", "../x.csv", "/etc/*.csv", "a\\b.csv"] {
            assert!(FilePattern::new(pattern).is_err(), "{pattern}");
        }
    }
}
