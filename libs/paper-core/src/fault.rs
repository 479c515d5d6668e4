use labels::LabelFault;
use thiserror::Error;

/// Why a paper cannot be shown, or read.
#[derive(Debug, Error)]
pub enum PaperFault {
    /// A barcode cannot hold its message.
    #[error("a barcode of the paper cannot be made: {0}")]
    Barcode(#[from] LabelFault),
    /// A barcode's elements are not of GS1.
    #[error("a barcode of the paper is not of GS1: {0}")]
    Elements(String),
    /// The font of the PDF cannot be read: a bug.
    #[error("the font cannot be used: {0}")]
    Font(String),
    /// It cannot be written as JSON, or read from it.
    #[error("the paper cannot be written or read as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// It was written by a newer version.
    #[error("the paper is of template {0}, which this version does not know: use a newer one")]
    Template(u32),
}
