//! The usual way on the same PostgreSQL: a movement is four statements in a transaction.

use std::path::PathBuf;
use std::time::Duration;

use tempfile::TempDir;
use tokio::process::Command;
use uuid::Uuid;

use crate::bench::load::{Items, Latencies};
use crate::bench::run::Bench;
use crate::output::Failure;

/// What a row says about it.
pub(in crate::bench) const UNIFORM: &str = "pgbench, 4 statements a movement, 16 clients";
/// See [`UNIFORM`].
pub(in crate::bench) const ONE_ROW: &str = "pgbench, the same on one row, 16 clients";
/// See [`UNIFORM`].
pub(in crate::bench) const ONE_CLIENT: &str = "pgbench, the same, 1 client, p50";

const CLIENTS: &str = "16";

/// Movements a second, spread over all items; run once a job.
pub(in crate::bench) async fn uniform(bench: &mut Bench) -> Result<f64, Failure> {
    if bench.baselines.uniform.is_none() {
        bench.baselines.uniform = Some(rate(bench, Items::Uniform).await?);
    }
    Ok(bench.baselines.uniform.unwrap_or_default())
}

/// Movements a second of one item; run once a job.
pub(in crate::bench) async fn one_row(bench: &mut Bench) -> Result<f64, Failure> {
    if bench.baselines.one_row.is_none() {
        bench.baselines.one_row = Some(rate(bench, Items::One).await?);
    }
    Ok(bench.baselines.one_row.unwrap_or_default())
}

/// The median of a movement with one client, in milliseconds.
pub(in crate::bench) async fn one_client(bench: &Bench) -> Result<f64, Failure> {
    let table = Tables::make(bench, Items::Uniform).await?;
    table.run("1", bench.span, &["--log", "--log-prefix", &table.log_prefix()]).await?;
    let mut latencies = Latencies::default();
    for entry in std::fs::read_dir(table.directory.path()).into_iter().flatten().flatten() {
        if entry.path().to_string_lossy().starts_with(&table.log_prefix()) {
            let log = std::fs::read_to_string(entry.path()).map_err(|e| Failure::file(&entry.path(), &e))?;
            let micros = log.lines().filter_map(|line| line.split(' ').nth(2)?.parse().ok());
            micros.for_each(|micros| latencies.add(Duration::from_micros(micros)));
        }
    }
    table.end().await?;
    Ok(latencies.percentile_ms(50))
}

async fn rate(bench: &Bench, items: Items) -> Result<f64, Failure> {
    let tables = Tables::make(bench, items).await?;
    let output = tables.run(CLIENTS, bench.span, &[]).await?;
    tables.end().await?;
    let tps = output.lines().find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok());
    tps.ok_or_else(|| Failure::fault(format!("pgbench answered {output:?}")))
}

/// The tables of a run, in a schema of their own.
struct Tables {
    url: String,
    schema: String,
    directory: TempDir,
}

impl Tables {
    async fn make(bench: &Bench, items: Items) -> Result<Self, Failure> {
        let url = bench.servers.postgres()?.to_owned();
        let schema = format!("bench_{}", Uuid::new_v4().simple());
        execute(&url, &CREATE.replace("SCHEMA_NAME", &schema)).await?;
        let directory = temporary()?;
        let item = match items {
            Items::Uniform | Items::Lots | Items::Tracked => "random(1, 100000)",
            Items::One => "1",
        };
        let script = MOVEMENT.replace("SCHEMA_NAME", &schema).replace("ITEM_NUMBER", item);
        let path = directory.path().join("movement.sql");
        std::fs::write(&path, script).map_err(|e| Failure::file(&path, &e))?;
        Ok(Self { url, schema, directory })
    }

    async fn run(&self, clients: &str, span: Duration, more: &[&str]) -> Result<String, Failure> {
        let (script, seconds) = (self.directory.path().join("movement.sql"), span.as_secs().to_string());
        let script = script.to_string_lossy();
        let arguments = ["-n", "-M", "prepared", "-c", clients, "-j", "1", "-T", &seconds, "-f", &script];
        pgbench(&[&arguments, more, &[&self.url]].concat()).await
    }

    fn log_prefix(&self) -> String {
        self.directory.path().join("log").to_string_lossy().into_owned()
    }

    async fn end(&self) -> Result<(), Failure> {
        execute(&self.url, &format!("DROP SCHEMA {} CASCADE;\n", self.schema)).await
    }
}

const CREATE: &str = "\
CREATE SCHEMA SCHEMA_NAME;
CREATE TABLE SCHEMA_NAME.request (request_id uuid PRIMARY KEY, answer text NOT NULL);
CREATE TABLE SCHEMA_NAME.movement (id bigserial PRIMARY KEY, request_id uuid NOT NULL, item int NOT NULL, \
    quantity numeric NOT NULL, effective_at timestamptz NOT NULL, recorded_at timestamptz NOT NULL);
CREATE TABLE SCHEMA_NAME.balance (item int PRIMARY KEY, on_hand numeric NOT NULL CHECK (on_hand >= 0));
CREATE TABLE SCHEMA_NAME.outbox (id bigserial PRIMARY KEY, payload text NOT NULL);
INSERT INTO SCHEMA_NAME.balance SELECT n, 1000000 FROM generate_series(1, 100000) n;
CHECKPOINT;
";

const MOVEMENT: &str = "\
\\set item ITEM_NUMBER
BEGIN;
INSERT INTO SCHEMA_NAME.request (request_id, answer) VALUES (gen_random_uuid(), 'accepted');
INSERT INTO SCHEMA_NAME.movement (request_id, item, quantity, effective_at, recorded_at) \
    VALUES (gen_random_uuid(), :item, -1, now(), now());
UPDATE SCHEMA_NAME.balance SET on_hand = on_hand - 1 WHERE item = :item;
INSERT INTO SCHEMA_NAME.outbox (payload) VALUES ('item ' || :item || ' issued 1 from MAIN to CUSTOMER');
COMMIT;
";

/// Runs SQL, one statement a line; pgbench is the one program this needs.
pub(in crate::bench) async fn execute(url: &str, statements: &str) -> Result<(), Failure> {
    let directory = temporary()?;
    for (number, statement) in statements.lines().enumerate() {
        let path = directory.path().join(format!("{number}.sql"));
        std::fs::write(&path, statement).map_err(|e| Failure::file(&path, &e))?;
        pgbench(&["-n", "-c", "1", "-t", "1", "-f", &path.to_string_lossy(), url]).await?;
    }
    Ok(())
}

async fn pgbench(arguments: &[&str]) -> Result<String, Failure> {
    let missing = |e| Failure::fault(format!("cannot run pgbench, which PostgreSQL brings along: {e}"));
    let ran = Command::new(program()).args(arguments).kill_on_drop(true).output().await.map_err(missing)?;
    if !ran.status.success() {
        return Err(Failure::fault(format!("pgbench failed: {}", String::from_utf8_lossy(&ran.stderr))));
    }
    Ok(String::from_utf8_lossy(&ran.stdout).into_owned())
}

/// Debian keeps the newest version out of PATH.
fn program() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut programs: Vec<_> = versions.map(|version| version.path().join("bin/pgbench")).collect();
    programs.retain(|program| program.is_file());
    programs.sort_unstable();
    programs.pop().unwrap_or_else(|| PathBuf::from("pgbench"))
}

fn temporary() -> Result<TempDir, Failure> {
    let directory = tempfile::Builder::new().prefix("entrepot-pgbench-").tempdir();
    directory.map_err(|e| Failure::file(&std::env::temp_dir(), &e))
}
