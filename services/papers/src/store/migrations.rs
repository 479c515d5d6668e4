//! The schema, as migrations that only add. Written in SQL, because that is what a person reads in an incident; the two dialects
//! differ in the names of two types.

use sea_orm::{ConnectionTrait, DbBackend, DbErr};
use sea_orm_migration::{MigrationTrait, MigratorTrait, SchemaManager, async_trait::async_trait};

/// Every migration of the papers, oldest first.
#[derive(Debug)]
pub(crate) struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(Initial)]
    }
}

struct Initial;

impl sea_orm_migration::MigrationName for Initial {
    fn name(&self) -> &'static str {
        "m0001_initial"
    }
}

#[async_trait]
impl MigrationTrait for Initial {
    #[expect(
        elided_lifetimes_in_paths,
        reason = "the trait's own signature, which async_trait compares by its lifetimes"
    )]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, include_str!("migrations/m0001_initial.sql")).await
    }
}

async fn run(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    let statements = in_dialect(sql, manager.get_database_backend());
    for statement in statements.split(";\n").map(str::trim).filter(|statement| !statement.is_empty()) {
        manager.get_connection().execute_unprepared(statement).await?;
    }
    Ok(())
}

/// `{text}` compares byte by byte, so that pages have the same order everywhere; SQLite does so by itself.
fn in_dialect(sql: &str, backend: DbBackend) -> String {
    let (text, bytes) =
        if backend == DbBackend::Postgres { ("text COLLATE \"C\"", "bytea") } else { ("text", "blob") };
    sql.replace("{text}", text).replace("{bytes}", bytes)
}
