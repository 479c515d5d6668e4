use serde::Deserialize;
use serde_json::{Map, Value};

/// A file of cases, as far as it can be read without knowing its format.
#[derive(Debug, Deserialize)]
pub(crate) struct CaseFile {
    pub(crate) format: Option<String>,
    #[serde(default)]
    pub(crate) cases: Vec<Case>,
}

/// One case: its id, and whatever its format says.
#[derive(Debug, Deserialize)]
pub(crate) struct Case {
    pub(crate) id: String,
    #[serde(flatten)]
    pub(crate) fields: Map<String, Value>,
}

impl Case {
    /// A text field.
    pub(crate) fn text(&self, field: &str) -> Option<&str> {
        self.fields.get(field)?.as_str()
    }
}

/// The formats whose cases count. A file of another format, or of none (a schema), is not a file of cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Forecasting,
    Gs1,
    Policy,
    Valuation,
}

impl Format {
    /// Reads the `format` of a file.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text {
            "entrepot-forecasting-cases/1" => Some(Self::Forecasting),
            "entrepot-gs1-cases/1" => Some(Self::Gs1),
            "entrepot-policy-cases/1" => Some(Self::Policy),
            "entrepot-valuation-cases/1" => Some(Self::Valuation),
            _ => None,
        }
    }

    /// The format of a kind of cases, as the command line names it.
    pub(crate) fn of_kind(kind: &str) -> Option<Self> {
        Self::parse(&format!("entrepot-{kind}-cases/1"))
    }
}
