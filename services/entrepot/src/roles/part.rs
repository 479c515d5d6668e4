use catalog_view::CatalogView;
use eventlog::EventLog;
use rpc::{Readiness, Reason};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tonic::service::Routes;

use super::{Config, Role};
use crate::output::Failure;

/// What every service gets.
#[derive(Debug, Clone)]
pub(super) struct Shared {
    pub(super) log: EventLog,
    /// The master data, for those who need it; one follower keeps it fresh.
    pub(super) view: CatalogView,
    /// Where the services answer that are in this process.
    pub(super) here: Here,
    pub(super) cancel: CancellationToken,
}

/// Where the services answer that are in this process, and that others ask.
#[derive(Debug, Clone, Default)]
pub(super) struct Here {
    pub(super) catalog: Option<String>,
    pub(super) stock: Option<String>,
    pub(super) visibility: Option<String>,
}

impl Here {
    /// Of a process with these roles, which answers at `address`.
    pub(super) fn of(roles: &[Role], address: &str) -> Self {
        let at = |role| roles.contains(&role).then(|| address.to_owned());
        Self { catalog: at(Role::Catalog), stock: at(Role::Stock), visibility: at(Role::Visibility) }
    }
}

/// A running service.
#[derive(Debug)]
pub(super) enum Part {
    Catalog(catalog::Running),
    Stock(stock::app::Running),
    Visibility(visibility::Running),
    Papers(papers::Running),
}

impl Part {
    /// Starts a role; its databases are brought up to date on the way.
    pub(super) async fn start(role: Role, config: &Config, shared: Shared) -> Result<Self, Failure> {
        let Shared { log, view, here, cancel } = shared;
        match role {
            Role::Catalog => {
                let mut catalog = config.catalog.clone();
                catalog.visibility = catalog.visibility.or(here.visibility);
                let parts = catalog::Parts { config: catalog, log, cancel };
                catalog::Catalog::start(parts).await.map(Self::Catalog).map_err(|e| cannot_start(role, &e))
            }
            Role::Stock => {
                let mut stock = config.stock.clone();
                stock.visibility = stock.visibility.or(here.visibility);
                let parts = stock::app::Parts { config: stock, log, catalog: view, cancel };
                stock::app::start(parts).await.map(Self::Stock).map_err(|e| cannot_start(role, &e))
            }
            Role::Visibility => {
                let parts =
                    visibility::Parts { config: config.visibility.clone(), log, catalog: view, cancel };
                visibility::Visibility::start(parts)
                    .await
                    .map(Self::Visibility)
                    .map_err(|e| cannot_start(role, &e))
            }
            Role::Papers => {
                let mut papers = config.papers.clone();
                papers.catalog = papers.catalog.or(here.catalog);
                papers.stock = papers.stock.or(here.stock);
                papers.visibility = papers.visibility.or(here.visibility);
                let parts = papers::Parts { config: papers, cancel };
                papers::Papers::start(parts).await.map(Self::Papers).map_err(|e| cannot_start(role, &e))
            }
        }
    }

    /// Its gRPC services.
    pub(super) fn routes(&self) -> Routes {
        match self {
            Self::Catalog(running) => running.routes(),
            Self::Stock(running) => running.routes(),
            Self::Visibility(running) => running.routes(),
            Self::Papers(running) => running.routes(),
        }
    }

    /// Whether it can do its work, as it changes.
    pub(super) fn readiness(&self) -> watch::Receiver<Readiness> {
        match self {
            Self::Catalog(running) => running.readiness(),
            Self::Stock(running) => running.readiness(),
            Self::Visibility(running) => running.readiness(),
            Self::Papers(running) => running.readiness(),
        }
    }

    /// Resolves when it has ended: after the cancellation, or earlier with what went wrong.
    pub(super) async fn stopped(self) -> Result<(), Failure> {
        let fault = |e: &dyn std::error::Error| Failure::fault(e.to_string());
        match self {
            Self::Catalog(running) => running.stopped().await.map_err(|e| fault(&e)),
            Self::Stock(running) => running.stopped().await.map_err(|e| fault(&e)),
            Self::Visibility(running) => running.stopped().await.map_err(|e| fault(&e)),
            Self::Papers(running) => running.stopped().await.map_err(|e| fault(&e)),
        }
    }
}

/// Brings a role's database up to date, and says what that was.
pub(crate) async fn migrate(role: Role, config: &Config) -> Result<String, Failure> {
    match role {
        Role::Catalog => {
            catalog::Catalog::migrate(&config.catalog).await.map_err(|e| cannot_start(role, &e))?;
            Ok("the catalog's database has this version's schema".to_owned())
        }
        Role::Stock => {
            stock::app::migrate(&config.stock.store).await.map_err(|e| cannot_start(role, &e))?;
            Ok(match &config.stock.store {
                stock::StockStore::Embedded { .. } => {
                    "nothing now: embedded journals are migrated when they are opened".to_owned()
                }
                stock::StockStore::Postgres(_) => {
                    "the journals' database has this version's schema".to_owned()
                }
            })
        }
        Role::Visibility => Ok("nothing: a view is rebuilt, never migrated".to_owned()),
        Role::Papers => {
            papers::Papers::migrate(&config.papers).await.map_err(|e| cannot_start(role, &e))?;
            Ok("the papers' database has this version's schema".to_owned())
        }
    }
}

fn cannot_start(role: Role, error: &dyn std::error::Error) -> Failure {
    Failure::new(Reason::CannotStart, error.to_string()).with("role", role.name())
}
