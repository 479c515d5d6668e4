//! Shell: a read model of the catalog, kept from its topic.
