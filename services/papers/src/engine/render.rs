use paper_core::{Number, Paper, PaperFault};
use rpc::ApiError;

use super::Engine;
use crate::store::Stored;

/// As what a paper is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Pdf,
    Html,
    Json,
}

/// A paper as a file.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) content: Vec<u8>,
    pub(crate) media_type: &'static str,
    pub(crate) name: String,
}

impl Engine {
    /// Shows a paper. Away from the tasks that answer others: long papers take some milliseconds.
    pub(crate) async fn render(
        &self,
        legal_entity: &str,
        number: Number,
        format: Format,
    ) -> Result<File, ApiError> {
        let stored = self.store.get(legal_entity, number).await?;
        let drawn = tokio::task::spawn_blocking(move || draw(&stored, format)).await;
        let content = drawn.map_err(|_| ApiError::internal("the paper could not be drawn"))?;
        let content = content.map_err(|fault| {
            tracing::error!(%fault, %number, "a paper cannot be shown");
            ApiError::internal(fault.to_string())
        })?;
        let (ending, media_type) = match format {
            Format::Pdf => ("pdf", "application/pdf"),
            Format::Html => ("html", "text/html; charset=utf-8"),
            Format::Json => ("json", "application/json"),
        };
        Ok(File { content, media_type, name: format!("{number}.{ending}") })
    }
}

fn draw(stored: &Stored, format: Format) -> Result<Vec<u8>, PaperFault> {
    let corrected_by = stored.corrected_by;
    match format {
        Format::Pdf => Paper::from_json(&stored.content)?.to_pdf(corrected_by),
        Format::Html => Ok(Paper::from_json(&stored.content)?.to_html(corrected_by)?.into_bytes()),
        Format::Json => Ok(stored.content.clone().into_bytes()),
    }
}
