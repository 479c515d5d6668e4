use proto::events::v1::catalog_change;
use vocabulary::Timestamp;

use crate::{Key, Kind, Refusal, Rule};

/// What every kind of master record can do.
pub trait Record: Sized + Clone {
    /// Its kind.
    const KIND: Kind;
    /// The fields an update may change; none of a kind without updates.
    const CHANGEABLE: &'static [&'static str];

    /// The key of a record of this kind, checked. `scope` is the warehouse of a location, the item of a
    /// recall or a bill, and empty otherwise.
    ///
    /// # Errors
    /// A refusal that names the key's field.
    fn parse_key(scope: &str, code: &str) -> Result<Key, Refusal>;

    /// Its key, as it stands.
    fn key(&self) -> Key;

    /// Checks every field by itself and gives it its one written form (a GTIN has 14 digits, an unspecified value is the default).
    ///
    /// # Errors
    /// A refusal that names the first field that is not allowed.
    fn normalised(self) -> Result<Self, Refusal>;

    /// As a caller may give it for a new record: what only the system writes is cleared.
    #[must_use]
    fn into_new(self) -> Self;

    /// Takes the field `path`, one of [`Self::CHANGEABLE`], from `newer`.
    fn take(&mut self, path: &str, newer: &Self);

    /// Its version, opaque.
    fn etag(&self) -> &str;

    /// Marks a change: the version and the time of it.
    fn stamp(&mut self, etag: String, at: Timestamp);

    /// Not retired.
    fn is_active(&self) -> bool;

    /// Whether a new record of the same key may take its place.
    fn gives_way(&self) -> bool {
        false
    }

    /// Retires it.
    ///
    /// # Errors
    /// A refusal when it may not be retired.
    fn retire(&mut self) -> Result<(), Refusal>;

    /// Takes it back into use.
    ///
    /// # Errors
    /// A refusal where its kind has no way back.
    fn restore(&mut self) -> Result<(), Refusal> {
        let message = format!("a retired {} stays so: make a new one", Self::KIND.words());
        Err(Refusal::new(Rule::BadField, "", message))
    }

    /// As a change of the catalog.
    fn into_change(self) -> catalog_change::Record;
}
