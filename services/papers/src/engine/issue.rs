use paper_core::{Correction, Kind, Language, Number};
use rpc::{ApiError, Reason};
use vocabulary::Date;

use super::Engine;
use crate::store::{Call, Draft, Stored, Subject};

/// A paper that somebody wants.
#[derive(Debug, Clone)]
pub(crate) struct Wish {
    pub(crate) warehouse: String,
    pub(crate) kind: Kind,
    pub(crate) subject: Subject,
    /// `None` for that of the legal entity.
    pub(crate) language: Option<Language>,
    /// `None` for today.
    pub(crate) issue_date: Option<Date>,
    /// 0 for now.
    pub(crate) as_of_sequence: u64,
    pub(crate) corrects: Option<Correction>,
}

/// A paper that somebody wants in place of another one.
#[derive(Debug, Clone)]
pub(crate) struct CorrectionWish {
    pub(crate) legal_entity: String,
    pub(crate) number: Number,
    pub(crate) reason: String,
    pub(crate) language: Option<Language>,
    pub(crate) issue_date: Option<Date>,
    pub(crate) as_of_sequence: u64,
}

impl Engine {
    /// Composes a paper and issues it, once for each request id.
    pub(crate) async fn issue(&self, call: Call, wish: &Wish) -> Result<Stored, ApiError> {
        // What was issued is answered whatever became of what it is about.
        if let Some(stored) = self.store.remembered(call).await? {
            return Ok(stored);
        }
        let draft = self.draft(wish, None).await?;
        Ok(self.store.issue(call, draft).await?)
    }

    /// Composes a paper about the same as another one, and issues it in its place.
    pub(crate) async fn correct(&self, call: Call, wish: CorrectionWish) -> Result<Stored, ApiError> {
        if let Some(stored) = self.store.remembered(call).await? {
            return Ok(stored);
        }
        let wrong = self.store.get(&wish.legal_entity, wish.number).await?;
        let again = Wish {
            warehouse: wrong.warehouse,
            kind: wrong.number.kind(),
            subject: wrong.subject,
            language: Self::language_like(wish.language, wrong.language),
            issue_date: wish.issue_date,
            as_of_sequence: wish.as_of_sequence,
            corrects: Some(Correction { number: wish.number, reason: wish.reason }),
        };
        let draft = self.draft(&again, Some(wrong.legal_entity)).await?;
        Ok(self.store.issue(call, draft).await?)
    }

    /// A paper without a number. A correction stays with the legal entity of what it corrects, whoever has the warehouse now.
    async fn draft(&self, wish: &Wish, legal_entity: Option<String>) -> Result<Draft, ApiError> {
        let warehouse = self.sources.warehouse(&wish.warehouse).await?;
        let now = rpc::clock::now();
        let legal_entity = legal_entity.unwrap_or_else(|| warehouse.legal_entity.clone());
        let head = self.head(wish, &warehouse, legal_entity, now)?;
        let paper = self.compose(wish, head).await?;
        paper.check().map_err(|fault| ApiError::invalid(Reason::BadField, "kind", fault.to_string()))?;
        Ok(Draft { subject: wish.subject.clone(), at: now, paper })
    }
}
