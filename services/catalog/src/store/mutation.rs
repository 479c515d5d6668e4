use catalog_core::{Key, Refusal, Rule};

use super::table::Table;

/// What a request wants to change.
#[derive(Debug)]
pub(crate) enum Mutation<R> {
    /// New records, checked by themselves, with their field paths.
    Create {
        /// The records, no key twice.
        records: Vec<R>,
        /// The path of each.
        fields: Vec<String>,
    },
    /// Some fields of one record.
    Update {
        /// Its key, the new values, and the etag that it must have, if any.
        newer: R,
        /// The paths of the fields.
        mask: Vec<String>,
    },
    /// No longer in use.
    Retire {
        /// The record.
        key: Key,
        /// The etag that it must have, or empty.
        etag: String,
    },
    /// In use again.
    Restore {
        /// The record.
        key: Key,
        /// The etag that it must have, or empty.
        etag: String,
    },
}

impl<R: Table> Mutation<R> {
    /// Checks new records by themselves.
    ///
    /// # Errors
    /// A refusal of the first field that is not allowed, or of a key that comes twice.
    pub(crate) fn create(records: Vec<R>, fields: Vec<String>) -> Result<Self, Refusal> {
        let mut keys = std::collections::BTreeSet::new();
        let mut checked = Vec::with_capacity(records.len());
        for (record, field) in records.into_iter().zip(&fields) {
            let record = record.into_new().normalised().map_err(|refusal| refusal.within(field))?;
            if !keys.insert(record.key()) {
                return Err(exists(&record.key(), field, "comes twice in the request: give it once"));
            }
            checked.push(record);
        }
        Ok(Self::Create { records: checked, fields })
    }
}

/// Refuses a key that is taken.
pub(super) fn exists(key: &Key, field: &str, why: &str) -> Refusal {
    let name = match key.kind {
        catalog_core::Kind::Item => "sku",
        catalog_core::Kind::ItemClass
        | catalog_core::Kind::CodingRule
        | catalog_core::Kind::Warehouse
        | catalog_core::Kind::Location => "code",
        catalog_core::Kind::Recall => "lot",
        catalog_core::Kind::Bom => "version",
    };
    let message = format!("{} {:?} {why}", key.kind.words(), key.code);
    Refusal::new(Rule::AlreadyExists, format!("{field}.{name}"), message)
}
