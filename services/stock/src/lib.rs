//! The stock service: one owner per warehouse, its journal and its state.
