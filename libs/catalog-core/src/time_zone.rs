/// Whether `name` has the shape of an IANA time zone: `UTC`, or `Area/Place` with up to three parts. The table of names is not
/// kept here: it changes several times a year, and nothing in the catalog computes with it.
pub(crate) fn is_time_zone(name: &str) -> bool {
    if name == "UTC" {
        return true;
    }
    let parts: Vec<&str> = name.split('/').collect();
    name.len() <= 64 && (2..=3).contains(&parts.len()) && parts.iter().all(|part| is_part(part))
}

fn is_part(part: &str) -> bool {
    part.starts_with(|c: char| c.is_ascii_uppercase())
        && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-+".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        for (name, ok) in [
            ("UTC", true),
            ("Europe/Berlin", true),
            ("America/Argentina/Buenos_Aires", true),
            ("America/Port-au-Prince", true),
            ("Etc/GMT+2", true),
            ("Berlin", false),
            ("europe/berlin", false),
            ("Europe/", false),
            ("/Berlin", false),
            ("Europe/Berlin ", false),
            ("A/B/C/D", false),
            ("", false),
        ] {
            assert_eq!(is_time_zone(name), ok, "{name:?}");
        }
    }
}
