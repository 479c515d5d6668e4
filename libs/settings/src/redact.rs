//! Keeping secrets out of what people see.

const HIDDEN: &str = "***";
/// A key that contains one of these holds a secret.
const SECRET_WORDS: [&str; 7] =
    ["password", "passwd", "passphrase", "secret", "token", "private_key", "credential"];

/// Whether a key, by its name, holds a secret.
pub(crate) fn is_secret_key(key: &str) -> bool {
    let key = key.to_lowercase().replace('-', "_");
    SECRET_WORDS.iter().any(|word| key.contains(word))
}

/// The value to show for a key.
pub(crate) fn value(key: &str, text_value: &str) -> String {
    if is_secret_key(key) && !text_value.is_empty() { HIDDEN.to_owned() } else { text(text_value) }
}

/// The text with the passwords of all URLs in it cut out.
pub(crate) fn text(text: &str) -> String {
    let is_end = |c: char| c.is_whitespace() || matches!(c, '"' | '`' | '\'' | '<' | '>');
    text.split_inclusive(is_end).map(word).collect()
}

/// One word, perhaps a URL. When in doubt too much is hidden, never too little.
fn word(word: &str) -> String {
    let Some(scheme) = word.find("://") else { return word.to_owned() };
    let (scheme, rest) = word.split_at(scheme + 3);
    let (place, parameters) = rest.split_once('?').map_or((rest, None), |(place, rest)| (place, Some(rest)));
    if parameters.is_some_and(|rest| rest.contains('@')) && !place.contains('@') {
        // Parameters, or a password with a question mark in it: nobody can tell.
        return format!("{scheme}{HIDDEN}");
    }
    // A password may hold an `@` of its own: user information ends at the last one.
    let place = match place.rsplit_once('@').map(|(user, host)| (user.split_once(':'), host)) {
        Some((Some((name, _password)), host)) => format!("{name}:{HIDDEN}@{host}"),
        Some((None, _)) | None => place.to_owned(),
    };
    let parameters: Vec<String> =
        parameters.into_iter().flat_map(|all| all.split('&')).map(parameter).collect();
    if parameters.is_empty() {
        format!("{scheme}{place}")
    } else {
        format!("{scheme}{place}?{}", parameters.join("&"))
    }
}

fn parameter(parameter: &str) -> String {
    match parameter.split_once('=') {
        Some((key, _)) if is_secret_key(key) => format!("{key}={HIDDEN}"),
        _ => parameter.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn urls() {
        for (plain, shown) in [
            ("postgres://u:p@h:5432/d", "postgres://u:***@h:5432/d"),
            ("postgres://u:p@x@h/d?sslmode=require", "postgres://u:***@h/d?sslmode=require"),
            ("postgres://u@h:5432/d?password=x@y&a=b", "postgres://u@h:5432/d?password=***&a=b"),
            ("postgres://h:5432/d?password=x@y", "postgres://***"),
            ("postgres://u:a?b@h/d", "postgres://***"),
            ("redis://:p@h", "redis://:***@h"),
            ("invalid value `redis://:p@h` here", "invalid value `redis://:***@h` here"),
            ("http://h:80/a", "http://h:80/a"),
            ("no url: a@b", "no url: a@b"),
        ] {
            assert_eq!(super::text(plain), shown);
        }
    }
}
