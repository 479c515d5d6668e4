//! Shell: gRPC servers and clients, error details, paging, filters.
