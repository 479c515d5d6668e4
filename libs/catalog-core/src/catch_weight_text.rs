use proto::catalog::v1::CatchWeight;
use proto::common::v1::Decimal;

/// How catch weight is written as text, for people who are told.
pub const CATCH_WEIGHT_TEXT: &str = "UNIT[:DECIMALS][@MIN..MAX], for example kg, kg:3, lb:2@9.5..11 or kg:3@4.5..; none for an item that is only counted";

/// Grams of kilograms.
const DECIMALS_DEFAULT: u32 = 3;
const NONE: &str = "none";

/// Reads how an item is weighed; nothing for one that is only counted, written `none` or not at all. It is not checked yet:
/// [`crate::CatchWeight::parse`] does that.
///
/// # Errors
/// A text of another form, with [`CATCH_WEIGHT_TEXT`].
pub fn read_catch_weight(text: &str) -> Result<Option<CatchWeight>, &'static str> {
    let text = text.trim();
    if text.is_empty() || text == NONE {
        return Ok(None);
    }
    let (unit, range) = match text.split_once('@') {
        Some((unit, range)) => (unit, range.split_once("..").ok_or(CATCH_WEIGHT_TEXT)?),
        None => (text, ("", "")),
    };
    let (unit, decimals) = match unit.split_once(':') {
        Some((unit, decimals)) => (unit, decimals.parse().map_err(|_| CATCH_WEIGHT_TEXT)?),
        None => (unit, DECIMALS_DEFAULT),
    };
    let bound = |text: &str| (!text.is_empty()).then(|| Decimal { value: text.to_owned() });
    let (unit_weight_min, unit_weight_max) = (bound(range.0), bound(range.1));
    Ok(Some(CatchWeight { unit: unit.to_owned(), decimals, unit_weight_min, unit_weight_max }))
}

/// Writes how an item is weighed, to be read back.
pub fn catch_weight_text(weighed: Option<&CatchWeight>) -> String {
    let Some(CatchWeight { unit, decimals, unit_weight_min, unit_weight_max }) = weighed else {
        return NONE.to_owned();
    };
    let range = match (unit_weight_min, unit_weight_max) {
        (None, None) => String::new(),
        (min, max) => {
            let bound = |bound: &Option<Decimal>| bound.as_ref().map_or("", |bound| &*bound.value).to_owned();
            format!("@{}..{}", bound(min), bound(max))
        }
    };
    format!("{unit}:{decimals}{range}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        for (text, written) in [
            ("", "none"),
            ("none", "none"),
            ("kg", "kg:3"),
            ("lb:2", "lb:2"),
            ("kg:3@4.5..5.2", "kg:3@4.5..5.2"),
            ("kg@4.5..", "kg:3@4.5.."),
            ("kg@..5.2", "kg:3@..5.2"),
        ] {
            let read = read_catch_weight(text).unwrap();
            assert_eq!(catch_weight_text(read.as_ref()), written, "{text}");
            assert_eq!(read_catch_weight(written).unwrap(), read, "{text}");
        }
        for text in ["kg:x", "kg@5"] {
            assert_eq!(read_catch_weight(text), Err(CATCH_WEIGHT_TEXT), "{text}");
        }
    }
}
