use clap::Args;
use proto::catalog::v1::GetWarehouseRequest;

use crate::client::Client;
use crate::output::Failure;

/// Whose papers.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct IssuerArgs {
    /// The legal entity, as the catalog calls it.
    #[arg(long, value_name = "NAME")]
    legal_entity: Option<String>,
    /// A warehouse of the legal entity.
    #[arg(long, short, value_name = "CODE")]
    warehouse: Option<String>,
}

impl IssuerArgs {
    /// The legal entity that is named, or that has the warehouse.
    pub(super) async fn legal_entity(self, client: &Client) -> Result<String, Failure> {
        if let Some(legal_entity) = self.legal_entity {
            return Ok(legal_entity);
        }
        let request = GetWarehouseRequest { code: self.warehouse.unwrap_or_default() };
        let answer = client.call(&request, async |r| client.catalog().get_warehouse(r).await).await?;
        Ok(answer.warehouse.unwrap_or_default().legal_entity)
    }
}
