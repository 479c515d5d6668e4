use super::uri::check_host;
use crate::error::{Error, Reason};

/// What a Digital Link begins with: scheme, host, and perhaps a path, as in `https://example.com/goods`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stem<'a>(&'a str);

impl<'a> Stem<'a> {
    /// GS1's own, of canonical links.
    pub const CANONICAL: Stem<'static> = Stem("https://id.gs1.org");

    /// Checks a stem; one slash at its end is taken away.
    ///
    /// # Errors
    /// [`Error`] when it is not an `http` or `https` URI, or has a query or a fragment.
    pub fn parse(text: &'a str) -> Result<Self, Error> {
        check_host(text)?;
        match text.find(['?', '#']) {
            Some(at) => Err(Error::at(at, Reason::Malformed("end the stem before the query"))),
            None => Ok(Self(text.strip_suffix('/').unwrap_or(text))),
        }
    }

    /// Without a slash at its end.
    pub const fn as_str(self) -> &'a str {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::shown_error;

    #[test]
    fn stems() {
        for (text, expected) in [
            ("https://example.com", "https://example.com"),
            ("https://example.com/", "https://example.com"),
            ("HTTP://example.com:8080/a/b", "HTTP://example.com:8080/a/b"),
            ("https://[::1]/", "https://[::1]"),
            ("example.com", "not_a_digital_link at 0"),
            ("https://", "malformed at 8"),
            ("https:///a", "malformed at 8"),
            ("https://a b", "malformed at 9"),
            ("https://a/b?c", "malformed at 11"),
            ("https://a/b#c", "malformed at 11"),
            ("https://a?b", "malformed at 9"),
            ("https://me@a", "malformed at 10"),
        ] {
            let got =
                Stem::parse(text).map_or_else(|error| shown_error(&error), |stem| stem.as_str().to_owned());
            assert_eq!(got, expected, "{text}");
        }
    }
}
