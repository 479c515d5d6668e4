use crate::{Paper, PaperFault};

impl Paper {
    /// As JSON: what is stored, and what programs read. Names are English in every language; quantities have a decimal point.
    ///
    /// # Errors
    /// [`PaperFault::Json`] does not happen: every part of a paper can be written.
    pub fn to_json(&self) -> Result<String, PaperFault> {
        Ok(serde_json::to_string_pretty(self)?)
    }

    /// Reads what [`Paper::to_json`] wrote.
    ///
    /// # Errors
    /// [`PaperFault`] for anything else, and for a form that this version does not know.
    pub fn from_json(text: &str) -> Result<Self, PaperFault> {
        let paper: Self = serde_json::from_str(text)?;
        paper.check()?;
        Ok(paper)
    }
}
