//! Shell: connections, migrations and claims for SQLite and PostgreSQL.
