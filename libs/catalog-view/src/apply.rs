use proto::events::v1::CatalogChange;
use proto::events::v1::catalog_change::Record;
use vocabulary::Invalid;

use crate::record::{ItemRecord, LocationRecord, RecallRecord, WarehouseRecord};
use crate::tables::Tables;

/// Takes one change over.
///
/// # Errors
/// [`Invalid`] for a record that breaks its own rules; the tables are unchanged then.
pub(crate) fn apply(tables: &mut Tables, change: &CatalogChange) -> Result<(), Invalid> {
    let revision = change.revision;
    match &change.record {
        Some(Record::Item(item)) => tables.put_item(revision, ItemRecord::parse(item)?),
        Some(Record::Warehouse(warehouse)) => {
            tables.put_warehouse(revision, WarehouseRecord::parse(warehouse)?)
        }
        Some(Record::Location(location)) => tables.put_location(revision, LocationRecord::parse(location)?),
        Some(Record::Recall(recall)) => tables.put_recall(revision, RecallRecord::parse(revision, recall)?),
        // Classes, coding rules and bills concern the catalog alone; a newer catalog may publish kinds this build does not know.
        Some(Record::ItemClass(_) | Record::CodingRule(_) | Record::Bom(_)) | None => {}
    }
    Ok(())
}
