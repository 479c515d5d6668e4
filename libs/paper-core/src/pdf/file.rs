use super::font::Fonts;
use super::{flow, label, write};

use crate::{Kind, Number, Paper, PaperFault};

impl Paper {
    /// As PDF, with the fonts in it and text that can be searched. `corrected_by` is the paper that took its place, which is said on top of
    /// it.
    ///
    /// # Errors
    /// [`PaperFault`] when a barcode cannot be made, or the form is not known.
    pub fn to_pdf(&self, corrected_by: Option<Number>) -> Result<Vec<u8>, PaperFault> {
        self.check()?;
        let fonts = Fonts::load()?;
        let pages = if self.kind == Kind::SsccLabel {
            label::pages(self, &fonts, corrected_by)?
        } else {
            flow::pages(self, &fonts, corrected_by)?
        };
        write::pdf(self, &fonts, &pages)
    }
}
