use crate::{Record, Refusal, Rule};

/// `stored` with the fields of `mask` taken from `newer`. `*` stands for every field that may change.
///
/// # Errors
/// A refusal when the mask is empty or names a field that is unknown or never changes.
pub fn merge<R: Record>(stored: &R, newer: &R, mask: &[String]) -> Result<R, Refusal> {
    if mask.is_empty() {
        return Err(refused::<R>("the update mask is empty"));
    }
    let mut merged = stored.clone();
    for path in mask {
        match path.as_str() {
            "*" => R::CHANGEABLE.iter().for_each(|field| merged.take(field, newer)),
            field if R::CHANGEABLE.contains(&field) => merged.take(field, newer),
            other => {
                let shown: String = other.chars().take(80).collect();
                return Err(refused::<R>(&format!("{shown:?} cannot be updated")));
            }
        }
    }
    Ok(merged)
}

fn refused<R: Record>(what: &str) -> Refusal {
    let message = format!("{what}: name one or more of {}", R::CHANGEABLE.join(", "));
    Refusal::new(Rule::UpdateMask, "update_mask", message)
}

#[cfg(test)]
mod tests {
    use proto::catalog::v1::ItemClass;

    use super::*;

    fn check(mask: &[&str], expected: Result<(&str, &str), &str>) {
        let stored =
            ItemClass { code: "A".into(), name: "old".into(), coding_rule: "R".into(), ..Default::default() };
        let newer =
            ItemClass { code: "B".into(), name: "new".into(), coding_rule: "S".into(), ..Default::default() };
        let mask: Vec<String> = mask.iter().map(|path| (*path).into()).collect();
        let got = merge(&stored, &newer, &mask);
        let got =
            got.as_ref().map(|c| (c.name.as_str(), c.coding_rule.as_str())).map_err(|r| r.message.as_str());
        assert_eq!(got, expected, "{mask:?}");
    }

    #[test]
    fn only_masked_fields_change() {
        check(&["name"], Ok(("new", "R")));
        check(&["name", "coding_rule"], Ok(("new", "S")));
        check(&["*"], Ok(("new", "S")));
        check(&[], Err("the update mask is empty: name one or more of name, coding_rule"));
        check(&["code"], Err("\"code\" cannot be updated: name one or more of name, coding_rule"));
        check(
            &["name", "nonsense"],
            Err("\"nonsense\" cannot be updated: name one or more of name, coding_rule"),
        );
    }
}
