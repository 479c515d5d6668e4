use uuid::Uuid;

/// A name nobody else has: `prefix` and 16 random hex digits. It is valid as a schema, a topic and a key as long as the
/// prefix is (lower case letters, digits and `_`, at most 40 of them).
#[must_use]
pub fn unique(prefix: &str) -> String {
    let random = Uuid::new_v4().simple().to_string();
    format!("{prefix}_{}", &random[..16])
}

#[cfg(test)]
mod tests {
    use super::unique;

    #[test]
    fn two_names_differ_and_keep_their_prefix() {
        let (one, other) = (unique("stock"), unique("stock"));
        assert_ne!(one, other);
        assert!(one.starts_with("stock_"));
        assert_eq!(one.len(), "stock_".len() + 16);
    }
}
