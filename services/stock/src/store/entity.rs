//! The tables, as SeaORM sees them. Nothing here leaves `store/`.

/// Every entry of every journal.
pub(super) mod journal {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "journal")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) partition_id: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) sequence: i64,
        pub(crate) request_id: Uuid,
        pub(crate) effective_at: i64,
        pub(crate) recorded_at: i64,
        pub(crate) hash: Vec<u8>,
        pub(crate) entry: Vec<u8>,
        pub(crate) traceparent: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// How far the relay has published.
pub(super) mod relay_cursor {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "relay_cursor")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) partition_id: i32,
        pub(crate) sequence: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// As of which entry the positions and reservations are.
pub(super) mod checkpoint {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "checkpoint")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) warehouse: String,
        pub(crate) sequence: i64,
        pub(crate) hash: Vec<u8>,
        pub(crate) recorded_at: i64,
        /// The first instant that may still change, in microseconds.
        pub(crate) locked_until: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The checkpoint's positions.
pub(super) mod position {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "position")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) warehouse: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) sku: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) location: String,
        /// Empty for goods without lots.
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) lot: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) status: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) owner: String,
        pub(crate) on_hand: String,
        pub(crate) reserved: String,
        pub(crate) negative_allowed: bool,
        /// Its movements that are in no row of `position_history`.
        pub(crate) recent: Vec<u8>,
        /// What it weighs, of an item of catch weight.
        pub(crate) weight: Option<String>,
        pub(crate) weight_unit: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The checkpoint's open reservations.
pub(super) mod reservation {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "reservation")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) warehouse: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) sequence: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) line: i64,
        pub(crate) sku: String,
        pub(crate) location: String,
        pub(crate) quantity: String,
        /// `LOT QUANTITY LOT QUANTITY …`, in the order they were chosen; empty for goods without lots.
        pub(crate) lots: String,
        /// `LOCATION LOT QUANTITY SERIALS …`, a part each, where the columns above do not say it all: # for no lot, the serials joined
        /// by #, and # for none.
        pub(crate) parts: String,
        /// Microseconds since 1970; null for a hard one.
        pub(crate) expires_at: Option<i64>,
        pub(crate) priority: i32,
        /// Empty for nobody in particular.
        pub(crate) holder: String,
        /// Empty for none.
        pub(crate) channel: String,
        /// The outbound order that it is for; empty for none.
        pub(crate) order_code: String,
        pub(crate) order_line: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The checkpoint's lots.
pub(super) mod lot {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "lot")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) warehouse: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) sku: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) lot: String,
        /// The entry of its first receipt.
        pub(crate) received: i64,
        /// `YYYY-MM-DD`, for reports; the facts have it too.
        pub(crate) expiry: Option<String>,
        /// The message `LotFacts` of `journal_entry.proto`.
        pub(crate) facts: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The checkpoint's units.
pub(super) mod serial {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "serial")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) warehouse: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) sku: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) serial: String,
        pub(crate) location: String,
        pub(crate) lot: String,
        pub(crate) status: String,
        pub(crate) owner: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Movements of the checkpoint's positions that will never change, many in a row. How they are written says `stock_core`.
pub(super) mod position_history {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "position_history")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) warehouse: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) sku: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) location: String,
        /// Empty for goods without lots.
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) lot: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) status: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) owner: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) number: i64,
        pub(crate) movements: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Movements of the checkpoint that were taken back.
pub(super) mod reversed {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "reversed")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) warehouse: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) sequence: i64,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) line: i64,
        pub(crate) by_sequence: i64,
        pub(crate) by_line: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The checkpoint's rules: what is kept back and for whom.
pub(super) mod stock_rule {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "stock_rule")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) warehouse: String,
        /// In their order, from 0.
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) number: i32,
        /// `channel_quota`, `safety_buffer`, `customer_maximum`, `minimum` or `shelf_life`.
        pub(crate) kind: String,
        /// Empty for shelf life.
        pub(crate) sku: String,
        /// The channel or the customer; empty for none.
        pub(crate) party: String,
        /// A quantity, or days.
        pub(crate) value: String,
        /// Of a quota.
        pub(crate) used: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
