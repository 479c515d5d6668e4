//! The tables, as SeaORM sees them. Nothing here leaves `store/`.

/// Whose ledger it is: one row.
pub(super) mod device {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "device")]
    pub(crate) struct Model {
        /// Always 1.
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) id: i32,
        pub(crate) code: String,
        pub(crate) warehouse: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Grants, also those that have ended.
pub(super) mod escrow {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "escrow")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) number: i64,
        pub(crate) sku: String,
        pub(crate) location: String,
        /// Empty where none was named.
        pub(crate) lot: String,
        pub(crate) quantity: String,
        pub(crate) taken: String,
        /// Microseconds since 1970.
        pub(crate) expires_at: i64,
        /// `asked`, `held`, `returning`, `refused`, `handed_back` or `gone`.
        pub(crate) state: String,
        /// That keeps the goods, or kept them last.
        pub(crate) reservation: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Every operation.
pub(super) mod operation {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "operation")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) number: i64,
        pub(crate) request_id: Uuid,
        /// By the device's clock, microseconds since 1970.
        pub(crate) at: i64,
        pub(crate) reference: String,
        /// `ask`, `renew`, `hand_back`, `take` or `post`.
        pub(crate) kind: String,
        /// Of a renewal, a hand back and a take.
        pub(crate) escrow: Option<i64>,
        /// Of an ask, a renewal and a take.
        pub(crate) quantity: Option<String>,
        /// Of an ask and a renewal.
        pub(crate) expires_at: Option<i64>,
        /// Of a take, one a word.
        pub(crate) serials: String,
        /// Of a take; empty if not known.
        pub(crate) partner: String,
        /// Of a take, where somebody said it.
        pub(crate) weight: Option<String>,
        /// Of a posting: its `entrepot.stock.v1.DocumentLine`.
        pub(crate) line: Option<Vec<u8>>,
        /// `device`, `warehouse` or `device_again`.
        pub(crate) timing: String,
        /// `waiting`, `accepted`, `refused` or `resolved`.
        pub(crate) state: String,
        /// In the warehouse's journal.
        pub(crate) sequence: Option<i64>,
        /// Of a refusal.
        pub(crate) reason: Option<String>,
        pub(crate) message: Option<String>,
        /// Of a resolution.
        pub(crate) note: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
