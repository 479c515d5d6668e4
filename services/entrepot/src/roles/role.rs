use clap::ValueEnum;

/// A service that this binary can run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, ValueEnum)]
pub(crate) enum Role {
    /// Master data.
    Catalog,
    /// Owners of warehouses.
    Stock,
    /// The network-wide view.
    Visibility,
    /// Numbered business documents.
    Papers,
}

impl Role {
    /// All of them, in the order they start in.
    pub(crate) const ALL: [Self; 4] = [Self::Catalog, Self::Stock, Self::Visibility, Self::Papers];

    /// As it is written on the command line.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Catalog => "catalog",
            Self::Stock => "stock",
            Self::Visibility => "visibility",
            Self::Papers => "papers",
        }
    }

    /// The gRPC services it answers, by their full names.
    pub(super) const fn services(self) -> &'static [&'static str] {
        match self {
            Self::Catalog => &[proto::catalog::v1::catalog_service_server::SERVICE_NAME],
            Self::Stock => &[
                proto::stock::v1::stock_service_server::SERVICE_NAME,
                proto::stock::v1::journal_service_server::SERVICE_NAME,
                proto::stock::v1::scan_service_server::SERVICE_NAME,
            ],
            Self::Visibility => &[
                proto::visibility::v1::availability_service_server::SERVICE_NAME,
                proto::visibility::v1::trace_service_server::SERVICE_NAME,
            ],
            Self::Papers => &[proto::papers::v1::paper_service_server::SERVICE_NAME],
        }
    }
}
