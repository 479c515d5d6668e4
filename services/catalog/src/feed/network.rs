use std::time::Duration;

use proto::visibility::v1::availability_service_client::AvailabilityServiceClient;
use proto::visibility::v1::{ListSlicesRequest, Slice};
use rpc::client::{RemoteError, connect_lazy};
use rpc::{ApiError, Reason};
use tonic::Request;
use tonic::transport::Channel;

use crate::{CatalogConfig, CatalogFault};

/// How long one answer may take.
const ANSWER_WAIT: Duration = Duration::from_secs(10);
/// Answers of one question: a page may have nothing and not be the last.
const PAGES_MAX: usize = 100;
/// When it is worth asking again after the view did not answer.
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// Asks the view of the whole network what there is of an item. It may lag: the fence is every warehouse's own refusal of goods that
/// are tracked or weighed otherwise than those that are there. What is caught here is what a person would not have done.
#[derive(Debug, Clone)]
pub(crate) struct Network {
    /// `None` where nobody said whom to ask: then nothing is checked.
    view: Option<Channel>,
}

impl Network {
    /// Whom to ask; the view may still be away.
    pub(crate) fn of(config: &CatalogConfig) -> Result<Self, CatalogFault> {
        let connect = |server: &String| connect_lazy(server);
        let view = config.visibility.as_ref().map(connect).transpose();
        Ok(Self { view: view.map_err(|e| CatalogFault::Config(format!("catalog.visibility: {e}")))? })
    }

    /// Whether anybody can be asked.
    pub(crate) const fn is_known(&self) -> bool {
        self.view.is_some()
    }

    /// Refuses an item of which something is in a warehouse, of whatever status and owner, or is promised there.
    pub(crate) async fn check_nothing_is_there(&self, sku: &str, field: &str) -> Result<(), ApiError> {
        let Some(view) = &self.view else { return Ok(()) };
        match first_of(view, sku).await {
            Ok(None) => Ok(()),
            Ok(Some(slice)) => Err(has_stock(&slice, field)),
            Err(error) => {
                tracing::warn!(reason = %error.reason, message = %error.message, "the view does not say what there is of an item");
                let message =
                    "the view of the network does not say whether there is any of the item: repeat it later";
                Err(ApiError::unavailable(Reason::ViewUnavailable, message, RETRY_AFTER))
            }
        }
    }
}

async fn first_of(view: &Channel, sku: &str) -> Result<Option<Slice>, RemoteError> {
    let mut client = AvailabilityServiceClient::new(view.clone());
    let mut page_token = String::new();
    for _ in 0..PAGES_MAX {
        let wish = ListSlicesRequest { sku: sku.to_owned(), page_size: 1, page_token, ..Default::default() };
        let mut request = Request::new(wish);
        request.set_timeout(ANSWER_WAIT);
        let page = match client.list_slices(request).await {
            Ok(page) => page.into_inner(),
            Err(status) => {
                let error = RemoteError::from(&status);
                // So new that no journal has had any of it.
                return if error.reason == Reason::UnknownItem.as_str() { Ok(None) } else { Err(error) };
            }
        };
        let first = page.slices.into_iter().next();
        if first.is_some() || page.next_page_token.is_empty() {
            return Ok(first);
        }
        page_token = page.next_page_token;
    }
    Ok(None)
}

fn has_stock(slice: &Slice, field: &str) -> ApiError {
    let Slice { sku, warehouse, status, .. } = slice;
    let number = |decimal: &Option<proto::common::v1::Decimal>| {
        decimal.as_ref().map_or_else(String::new, |decimal| decimal.value.clone())
    };
    let (on_hand, reserved) = (number(&slice.on_hand), number(&slice.reserved));
    let message = format!(
        "warehouse {warehouse} has {on_hand} {status} of {sku} and promised {reserved}: let all of it go everywhere first"
    );
    let error = ApiError::invalid(Reason::ItemHasStock, field, message);
    error.with("sku", sku).with("warehouse", warehouse).with("on_hand", on_hand).with("reserved", reserved)
}
