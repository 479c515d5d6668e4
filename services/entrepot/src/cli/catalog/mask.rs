use prost_types::FieldMask;

use crate::output::Failure;

/// Collects the fields that a command gives new values.
#[derive(Debug, Default)]
pub(super) struct Mask(Vec<String>);

impl Mask {
    /// Puts a given value into the record, and its field's name into the mask.
    pub(super) fn set<T>(&mut self, path: &str, field: &mut T, given: Option<T>) {
        if let Some(value) = given {
            *field = value;
            self.0.push(path.to_owned());
        }
    }

    /// The mask; nothing to change is a usage error.
    pub(super) fn finish(self) -> Result<FieldMask, Failure> {
        if self.0.is_empty() {
            return Err(Failure::usage("nothing to change: give at least one field, for example --name"));
        }
        Ok(FieldMask { paths: self.0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_given_is_in_the_mask() {
        let (mut name, mut parent) = ("old".to_owned(), "A".to_owned());
        let mut mask = Mask::default();
        mask.set("name", &mut name, Some(String::new()));
        mask.set("parent", &mut parent, None);
        assert_eq!((name.as_str(), parent.as_str()), ("", "A"));
        assert_eq!(mask.finish().unwrap().paths, ["name"]);
        assert!(Mask::default().finish().is_err());
    }
}
