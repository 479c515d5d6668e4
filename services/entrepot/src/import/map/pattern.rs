use std::collections::HashSet;

/// Texts, some with a `*` at either end that stands for anything.
#[derive(Debug, Clone, Default)]
pub(crate) struct TextPatterns {
    exact: HashSet<String>,
    open: Vec<OpenText>,
}

#[derive(Debug, Clone)]
enum OpenText {
    StartsWith(String),
    EndsWith(String),
    Contains(String),
}

impl TextPatterns {
    /// Takes each text apart; the answer's error is the index of one that is nothing but stars, or has one inside.
    pub(crate) fn parse(texts: impl IntoIterator<Item = String>) -> Result<Self, usize> {
        let mut patterns = Self::default();
        for (index, text) in texts.into_iter().enumerate() {
            let core = text.strip_prefix('*').unwrap_or(&text);
            let core = core.strip_suffix('*').unwrap_or(core).to_owned();
            if core.is_empty() || core.contains('*') {
                return Err(index);
            }
            match (text.starts_with('*'), text.ends_with('*')) {
                (false, false) => drop(patterns.exact.insert(core)),
                (false, true) => patterns.open.push(OpenText::StartsWith(core)),
                (true, false) => patterns.open.push(OpenText::EndsWith(core)),
                (true, true) => patterns.open.push(OpenText::Contains(core)),
            }
        }
        Ok(patterns)
    }

    /// Whether one of them is `text`.
    pub(crate) fn matches(&self, text: &str) -> bool {
        self.exact.contains(text) || self.open.iter().any(|open| open.matches(text))
    }
}

impl OpenText {
    fn matches(&self, text: &str) -> bool {
        match self {
            Self::StartsWith(core) => text.starts_with(core),
            Self::EndsWith(core) => text.ends_with(core),
            Self::Contains(core) => text.contains(core),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_anything_at_the_ends() {
        for (pattern, text, expected) in [
            ("LOST", "LOST", true),
            ("LOST", "LOST?", false),
            ("LOST*", "LOST IN SPACE", true),
            ("*LOST", "???LOST", true),
            ("*LOST*", "POSSIBLE DAMAGES OR LOST?", true),
            ("*LOST*", "LAST", false),
        ] {
            let patterns = TextPatterns::parse([pattern.to_owned()]).unwrap();
            assert_eq!(patterns.matches(text), expected, "{pattern} on {text}");
        }
        assert_eq!(TextPatterns::parse(["A".to_owned(), "*".to_owned()]).unwrap_err(), 1);
        assert_eq!(TextPatterns::parse(["A*B".to_owned()]).unwrap_err(), 0);
    }
}
