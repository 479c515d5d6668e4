use proto::papers::v1::{PaperFormat, RenderPaperRequest, RenderPaperResponse};
use rpc::{ApiError, Reason};

use super::reading;
use crate::engine::{Engine, File, Format};

/// A paper as a file.
pub(super) async fn render_paper(
    engine: &Engine,
    request: RenderPaperRequest,
) -> Result<RenderPaperResponse, ApiError> {
    let number = reading::number(&request.number)?;
    let format = format(request.format)?;
    let File { content, media_type, name } = engine.render(&request.legal_entity, number, format).await?;
    Ok(RenderPaperResponse { content, media_type: media_type.to_owned(), file_name: name })
}

fn format(number: i32) -> Result<Format, ApiError> {
    match PaperFormat::try_from(number) {
        Ok(PaperFormat::Unspecified | PaperFormat::Pdf) => Ok(Format::Pdf),
        Ok(PaperFormat::Html) => Ok(Format::Html),
        Ok(PaperFormat::Json) => Ok(Format::Json),
        Err(_) => {
            let message = format!("papers have no format {number}: give one of PaperFormat");
            Err(ApiError::invalid(Reason::BadField, "format", message))
        }
    }
}
