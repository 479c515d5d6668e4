use std::path::PathBuf;

use database::DatabaseConfig;
use scan_core::Separators;
use serde::{Deserialize, Serialize};
use vocabulary::WarehouseCode;
use work_core::{HazardClass, Segregation};

/// How the stock service runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StockConfig {
    /// Where journals are kept.
    pub store: StockStore,
    /// Which warehouses this process owns.
    pub warehouses: Warehouses,
    /// Limits of one partition.
    pub limits: Limits,
    /// How scans are read.
    pub scan: ScanConfig,
    /// Where goods are put.
    pub put_away: PutAwayConfig,
    /// Where the `visibility` service answers, to ask which units are in two warehouses: the second is put on hold. Nobody is asked
    /// when it is absent; a process that has the role itself asks itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visibility: Option<String>,
    /// Whether documents may change what happened before the lock of a warehouse's stock, when they say `pass_lock`.
    pub pass_lock_allowed: bool,
}

/// How scans are read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ScanConfig {
    /// What keyboard-wedge scanners type for FNC1; `<GS>`, `{GS}`, `[GS]`, `\x1d`, `\u001d`, `^]`, `~` and `|` when nobody says
    /// otherwise. Each 1 to 8 bytes, not only letters and digits.
    pub separators: Vec<String>,
}

/// Where goods are put.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PutAwayConfig {
    /// Pairs of hazard classes that may not lie beside each other, for example `[["acid", "alkaline"]]`, instead of those that are kept
    /// apart when nobody says otherwise. The classes: flammable, oxidizing, acid, alkaline, toxic, gas, `water_reactive`.
    pub apart: Vec<(String, String)>,
}

/// Where journals are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum StockStore {
    /// One SQLite file a warehouse, in this directory.
    Embedded {
        /// Created if it does not exist.
        directory: PathBuf,
    },
    /// One PostgreSQL database for all of them.
    Postgres(DatabaseConfig),
}

/// Which warehouses a process owns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
pub enum Warehouses {
    /// Every warehouse of the catalog, also those that come later.
    All,
    /// These, whether the catalog knows them yet or not.
    Named(Vec<String>),
}

/// How it is written.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged, expecting = "give \"all\", or codes: [\"BER\", \"HAM\"]")]
enum Written {
    /// `"all"`, or codes apart by commas, as in an environment variable.
    Text(String),
    /// `["BER", "HAM"]`
    Codes(Vec<String>),
    /// `{ named = ["BER", "HAM"] }`
    Table(Named),
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    named: Vec<String>,
}

/// Every limit of a partition, with its defined answer when it is reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Requests waiting for the owner; a unary request above it is answered `QUEUE_FULL`, a stream waits.
    pub queue_requests_max: usize,
    /// Bytes of documents waiting for the owner, as they were sent: half of them for unary requests, half for streams; answered as
    /// above. A message that is larger than its half takes all of it.
    pub queue_bytes_max: usize,
    /// Documents in one batch; more wait for the next.
    pub batch_documents_max: usize,
    /// Bytes of journal entries in one batch; more wait for the next.
    pub batch_bytes_max: usize,
    /// Requests of one stream that are read ahead of their answers; then the server stops reading.
    pub stream_requests_max: usize,
    /// Answers kept in memory; older ones are found in the store.
    pub remembered_answers_max: usize,
    /// Bytes of the newest entries kept in memory for the relay and for tailing; older ones are read from the store.
    pub tail_bytes_max: usize,
    /// Entries between two checkpoints: what a restart replays at most.
    pub checkpoint_entries: u64,
    /// Entries that the relay publishes at once.
    pub relay_entries_max: usize,
    /// Milliseconds between two looks at the newest stored entries, which check L3 and L5.
    pub law_look_ms: u64,
    /// Entries that one look reads at most; of more it takes the newest.
    pub law_look_entries_max: u64,
    /// Milliseconds between two looks for lots whose date has passed or that are called back; more is looked for when the warehouse's
    /// day begins and when the catalog changes.
    pub hold_look_ms: u64,
    /// Milliseconds between two questions to `stock.visibility`.
    pub duplicate_look_ms: u64,
    /// Milliseconds for which the view must go on saying that a unit is in two warehouses, before the second one holds it, where the view
    /// does not know what happened at the first one since: longer than a warehouse's journal is usually late.
    pub duplicate_confirm_ms: u64,
    /// Days that an `effective_at` may lie in the past; older is answered `EFFECTIVE_AT_TOO_OLD`.
    pub effective_at_age_days_max: u32,
    /// Milliseconds that an `effective_at` may lie in the future, for clocks that differ.
    pub effective_at_ahead_ms_max: u32,
}

impl Default for StockConfig {
    fn default() -> Self {
        let directory = PathBuf::from("entrepot-data/stock");
        Self {
            store: StockStore::Embedded { directory },
            warehouses: Warehouses::All,
            limits: Limits::default(),
            scan: ScanConfig::default(),
            put_away: PutAwayConfig::default(),
            visibility: None,
            pass_lock_allowed: false,
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            queue_requests_max: 4096,
            queue_bytes_max: 64 << 20,
            batch_documents_max: 2000,
            batch_bytes_max: 4 << 20,
            stream_requests_max: 64,
            remembered_answers_max: 100_000,
            tail_bytes_max: 32 << 20,
            checkpoint_entries: 500_000,
            relay_entries_max: 2000,
            law_look_ms: 60_000,
            law_look_entries_max: 10_000,
            hold_look_ms: 60_000,
            duplicate_look_ms: 2_000,
            duplicate_confirm_ms: 60_000,
            effective_at_age_days_max: 10_950,
            effective_at_ahead_ms_max: 5_000,
        }
    }
}

impl Default for ScanConfig {
    fn default() -> Self {
        Self { separators: Separators::default().iter().map(str::to_owned).collect() }
    }
}

impl Default for PutAwayConfig {
    fn default() -> Self {
        let pair = |(a, b): (HazardClass, HazardClass)| (a.as_str().to_owned(), b.as_str().to_owned());
        Self { apart: Segregation::default().pairs().map(pair).collect() }
    }
}

impl PutAwayConfig {
    /// The table, checked.
    pub(crate) fn parsed(&self) -> Result<Segregation, String> {
        let class = |name: &str| {
            HazardClass::parse(name)
                .ok_or_else(|| format!("stock.put_away.apart: no hazard class is called {name:?}"))
        };
        let pairs = self.apart.iter().map(|(a, b)| Ok((class(a)?, class(b)?)));
        Ok(Segregation::new(pairs.collect::<Result<Vec<_>, String>>()?))
    }
}

impl ScanConfig {
    /// The separators, checked.
    pub(crate) fn parsed(&self) -> Result<Separators, String> {
        Separators::parse(&self.separators).map_err(|error| format!("stock.scan.separators: {error}"))
    }
}

impl StockConfig {
    /// The first value that cannot work: its key, and what is allowed.
    pub(crate) fn problem(&self) -> Option<String> {
        let limits = &self.limits;
        let wide = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
        let counts = [
            ("queue_requests_max", limits.queue_requests_max),
            ("queue_bytes_max", limits.queue_bytes_max),
            ("batch_documents_max", limits.batch_documents_max),
            ("batch_bytes_max", limits.batch_bytes_max),
            ("stream_requests_max", limits.stream_requests_max),
            ("relay_entries_max", limits.relay_entries_max),
            ("checkpoint_entries", wide(limits.checkpoint_entries)),
            ("law_look_ms", wide(limits.law_look_ms)),
            ("law_look_entries_max", wide(limits.law_look_entries_max)),
            ("hold_look_ms", wide(limits.hold_look_ms)),
            ("duplicate_look_ms", wide(limits.duplicate_look_ms)),
            ("duplicate_confirm_ms", wide(limits.duplicate_confirm_ms)),
        ];
        if let Some((key, _)) = counts.iter().find(|(_, count)| *count == 0) {
            return Some(format!("stock.limits.{key} is 0: give at least 1"));
        }
        let Warehouses::Named(codes) = &self.warehouses else { return None };
        let bad = codes.iter().find_map(|code| WarehouseCode::parse(code).err());
        bad.map(|error| format!("stock.warehouses: {error}"))
    }
}

impl From<Written> for Warehouses {
    fn from(written: Written) -> Self {
        match written {
            Written::Text(text) if text == "all" => Self::All,
            Written::Text(text) => Self::Named(text.split(',').map(|code| code.trim().to_owned()).collect()),
            Written::Codes(codes) | Written::Table(Named { named: codes }) => Self::Named(codes),
        }
    }
}

impl From<Warehouses> for Written {
    fn from(warehouses: Warehouses) -> Self {
        match warehouses {
            Warehouses::All => Self::Text("all".to_owned()),
            Warehouses::Named(codes) => Self::Codes(codes),
        }
    }
}

impl Warehouses {
    /// Whether this process owns `warehouse`.
    pub fn owns(&self, warehouse: &WarehouseCode) -> bool {
        match self {
            Self::All => true,
            Self::Named(codes) => codes.iter().any(|code| code == warehouse.as_str()),
        }
    }
}
