//! The checkpoint's tables of handling units, as SeaORM sees them. Nothing here leaves `store/`.

/// Handling units.
pub(super) mod unit {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "handling_unit")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) warehouse: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) sscc: String,
        pub(crate) kind: String,
        /// Of a nested unit, that of the unit it stands in.
        pub(crate) location: String,
        pub(crate) parent: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The goods right in them.
pub(super) mod content {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "handling_unit_content")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) warehouse: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) sscc: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) sku: String,
        /// Empty for goods without lots.
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) lot: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) status: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) owner: String,
        pub(crate) quantity: String,
        /// Separated by spaces: no number has one.
        pub(crate) serials: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Numbers of units that are no more, but for those that a range gave.
pub(super) mod used {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "handling_unit_used")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) warehouse: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) sscc: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// How far the numbers of each series were given.
pub(super) mod series {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "number_series")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) warehouse: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) company_prefix: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub(crate) extension_digit: i32,
        pub(crate) next: i64,
        /// Null for a series that no numbers are taken from any more.
        pub(crate) last: Option<i64>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
