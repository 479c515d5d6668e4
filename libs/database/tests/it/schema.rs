//! Two releases of a program: the first has one migration, the second has two. A third one fails half way.

#![expect(
    elided_lifetimes_in_paths,
    reason = "the trait of sea-orm-migration elides it, and async_trait tells the difference"
)]

use database::{Database, DatabaseConfig};
use sea_orm_migration::prelude::{
    ColumnDef, ConnectionTrait, DbErr, MigrationName, MigrationTrait, MigratorTrait, SchemaManager, Table,
    async_trait,
};
use testkit::{Schema, TempDir, sqlite_url, temp_dir};

struct Create;

impl MigrationName for Create {
    fn name(&self) -> &str {
        "m0001_create"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Create {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Not `if not exists`: running it twice must fail.
        let id = ColumnDef::new("id").integer().not_null().primary_key().take();
        manager.create_table(Table::create().table("crate").col(id).take()).await
    }
}

struct AddWeight;

impl MigrationName for AddWeight {
    fn name(&self) -> &str {
        "m0002_add_weight"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for AddWeight {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let weight = ColumnDef::new("weight").integer().take();
        manager.alter_table(Table::alter().table("crate").add_column(weight).take()).await
    }
}

struct Broken;

impl MigrationName for Broken {
    fn name(&self) -> &str {
        "m0003_broken"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Broken {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let id = ColumnDef::new("id").integer().take();
        manager.create_table(Table::create().table("half").col(id).take()).await?;
        manager.get_connection().execute_unprepared("no sql at all").await.map(drop)
    }
}

pub(crate) struct First;

impl MigratorTrait for First {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(Create)]
    }
}

pub(crate) struct Second;

impl MigratorTrait for Second {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(Create), Box::new(AddWeight)]
    }
}

pub(crate) struct Third;

impl MigratorTrait for Third {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(Create), Box::new(AddWeight), Box::new(Broken)]
    }
}

/// A database of one test.
pub(crate) fn on(schema: &Schema) -> DatabaseConfig {
    DatabaseConfig::new(&schema.url).with_schema(&schema.name)
}

pub(crate) async fn sqlite() -> (TempDir, Database) {
    let folder = temp_dir();
    let database = open(&DatabaseConfig::new(sqlite_url(folder.path(), "test.db"))).await;
    (folder, database)
}

pub(crate) async fn open(config: &DatabaseConfig) -> Database {
    Database::connect(config).await.unwrap()
}
