use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use catalog_view::CatalogView;
use eventlog::EventLog;
use rpc::{ApiError, Readiness, Reason};
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use vocabulary::WarehouseCode;

use super::doubles::Doubles;
use super::partition::{Handle, Supervisor};
use crate::config::{Limits, Warehouses};
use crate::store::StoreRoot;

/// What is waited for first.
const MASTER_DATA: &str = "the master data, from the event log";

/// The partitions of this process, by warehouse.
#[derive(Debug, Clone)]
pub(crate) struct PartitionSet {
    parts: Arc<SetParts>,
    partitions: Arc<RwLock<Partitions>>,
    /// Told when a partition starts or stops.
    moved: Arc<Notify>,
    readiness: watch::Sender<Readiness>,
}

type Partitions = BTreeMap<WarehouseCode, (Handle, Option<JoinHandle<()>>)>;

/// Whether the process was ready before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Age {
    /// Not yet.
    Starting,
    /// It was.
    Serving,
}

/// What partitions are made of.
#[derive(Debug)]
pub(crate) struct SetParts {
    pub(crate) root: StoreRoot,
    pub(crate) log: EventLog,
    pub(crate) catalog: CatalogView,
    pub(crate) doubles: Doubles,
    pub(crate) warehouses: Warehouses,
    pub(crate) limits: Limits,
    pub(crate) cancel: CancellationToken,
}

impl PartitionSet {
    pub(crate) fn new(parts: SetParts) -> Self {
        let readiness = watch::Sender::new(Readiness::waiting(MASTER_DATA));
        Self { parts: Arc::new(parts), partitions: Arc::default(), moved: Arc::default(), readiness }
    }

    /// The partition of a warehouse.
    pub(crate) fn find(&self, warehouse: &WarehouseCode) -> Result<Handle, ApiError> {
        let partitions = self.partitions.read().unwrap_or_else(PoisonError::into_inner);
        if let Some((handle, _)) = partitions.get(warehouse) {
            return Ok(handle.clone());
        }
        Err(self.not_here(warehouse))
    }

    /// Codes of the warehouses, in order.
    pub(crate) fn codes(&self) -> Vec<WarehouseCode> {
        self.partitions.read().unwrap_or_else(PoisonError::into_inner).keys().cloned().collect()
    }

    /// Ready while every partition that this process should own runs, and the catalog is known: before that nobody can say
    /// which these are.
    pub(crate) fn readiness(&self) -> watch::Receiver<Readiness> {
        self.readiness.subscribe()
    }

    /// Opens partitions as the catalog learns of warehouses, until cancelled; then waits until all have stopped.
    pub(crate) async fn keep_open(self) {
        let catalog = self.parts.catalog.clone();
        let mut changed = catalog.changed();
        let mut age = Age::Starting;
        loop {
            // Asked before the warehouses are listed: all of them are in the list then.
            let is_complete = catalog.is_caught_up();
            self.open_missing();
            let readiness = self.judge(is_complete, age);
            if readiness.is_ready() {
                age = Age::Serving;
            }
            readiness.tell(&self.readiness);
            tokio::select! {
                () = self.parts.cancel.cancelled() => break,
                seen = changed.changed() => if seen.is_err() {
                    self.parts.cancel.cancelled().await;
                    break;
                },
                () = catalog.caught_up(), if !is_complete => {}
                () = self.moved.notified() => {}
            }
        }
        Readiness::waiting("the server is stopping").tell(&self.readiness);
        for task in self.take_tasks() {
            let _stopped = task.await;
        }
    }

    fn judge(&self, is_complete: bool, age: Age) -> Readiness {
        if !is_complete {
            return Readiness::waiting(MASTER_DATA);
        }
        let partitions = self.partitions.read().unwrap_or_else(PoisonError::into_inner);
        // A warehouse that is created later must not take those that are served from their callers while it opens.
        let counts = |handle: &Handle| age == Age::Starting || !handle.is_opening();
        let handles = partitions.values().map(|(handle, _)| handle).filter(|handle| counts(handle));
        let mut down = handles.filter_map(|handle| Some((handle, handle.waits_for()?)));
        let Some((first, why)) = down.next() else { return Readiness::Ready };
        let others = match down.count() {
            0 => String::new(),
            count => format!(" (and {count} more warehouses)"),
        };
        Readiness::waiting(format!("warehouse {}: {why}{others}", first.warehouse))
    }

    fn open_missing(&self) {
        let wanted: Vec<WarehouseCode> = match &self.parts.warehouses {
            Warehouses::All => self.parts.catalog.warehouses(),
            Warehouses::Named(codes) => {
                codes.iter().filter_map(|code| WarehouseCode::parse(code).ok()).collect()
            }
        };
        let mut partitions = self.partitions.write().unwrap_or_else(PoisonError::into_inner);
        for warehouse in wanted {
            partitions.entry(warehouse.clone()).or_insert_with(|| {
                let (handle, task) = self.supervisor(warehouse).spawn();
                (handle, Some(task))
            });
        }
    }

    fn supervisor(&self, warehouse: WarehouseCode) -> Supervisor {
        Supervisor {
            warehouse,
            root: self.parts.root.clone(),
            log: self.parts.log.clone(),
            catalog: self.parts.catalog.clone(),
            doubles: self.parts.doubles.clone(),
            limits: self.parts.limits.clone(),
            moved: Arc::clone(&self.moved),
            cancel: self.parts.cancel.clone(),
        }
    }

    fn take_tasks(&self) -> Vec<JoinHandle<()>> {
        let mut partitions = self.partitions.write().unwrap_or_else(PoisonError::into_inner);
        partitions.values_mut().filter_map(|(_, task)| task.take()).collect()
    }

    fn not_here(&self, warehouse: &WarehouseCode) -> ApiError {
        let catalog = &self.parts.catalog;
        if catalog.is_caught_up() && catalog.warehouse(warehouse.as_str()).is_none() {
            let message = format!("no warehouse has the code {warehouse}: create it in the catalog first");
            return ApiError::invalid(Reason::UnknownWarehouse, "warehouse", message)
                .with("warehouse", warehouse);
        }
        if self.parts.warehouses.owns(warehouse) {
            let message = format!("warehouse {warehouse} is being opened: try again");
            return ApiError::unavailable(Reason::OwnerStarting, message, Duration::from_millis(100));
        }
        let message = format!("this server does not own warehouse {warehouse}: ask the one that does");
        ApiError::invalid(Reason::WarehouseNotServed, "warehouse", message).with("warehouse", warehouse)
    }
}
