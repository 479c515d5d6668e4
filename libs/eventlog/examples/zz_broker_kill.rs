//! temporary
use bytes::Bytes;
use eventlog::*;
use std::time::Duration;
use tokio::time::Instant;
const J: TopicSpec = TopicSpec { name: "kill", partitions: 3, compacted: false };
#[tokio::main]
async fn main() {
    let servers = std::env::args().nth(1).expect("servers");
    let seconds: u64 = std::env::args().nth(2).expect("s").parse().expect("n");
    let cfg = EventLogConfig::Kafka {
        bootstrap_servers: servers,
        topic_prefix: format!("k{}.", std::process::id()),
    };
    let log = EventLog::open(&cfg).await.expect("open");
    log.ensure_topic(&J).await.expect("topic");
    let start = Instant::now();
    let stop = start + Duration::from_secs(seconds);
    let mut tasks = vec![];
    for w in 0..4u64 {
        let log = log.clone();
        tasks.push(tokio::spawn(async move {
            let mut cursor = 0u64;
            while Instant::now() < stop {
                let n = 100 + (cursor % 300);
                let recs = (cursor..cursor + n)
                    .map(|s| Record {
                        key: Bytes::from(format!("W{w}")),
                        value: Bytes::from(s.to_string()),
                        headers: vec![("n".into(), Bytes::from_static(b"1"))],
                    })
                    .collect();
                match log.publish(J.name, recs).await {
                    Ok(()) => cursor += n,
                    Err(f) => {
                        let _ = std::io::Write::write_all(
                            &mut std::io::stderr(),
                            format!("{:6.1} publisher {w}: {f}\n", start.elapsed().as_secs_f64()).as_bytes(),
                        );
                        tokio::time::sleep(Duration::from_millis(200)).await;
                    }
                }
            }
            (w, cursor)
        }));
    }
    let reader_log = EventLog::open(&cfg).await.expect("open");
    let reader = tokio::spawn(async move {
        let mut r = reader_log.read_from_start(J.name).await.expect("reader");
        let mut next = [0u64; 4];
        let (mut total, mut dup, mut quiet) = (0u64, 0u64, None::<Instant>);
        let mut last_fault = String::new();
        let mut offsets = std::collections::BTreeMap::new();
        loop {
            match r.next_batch(1000, Duration::from_millis(500)).await {
                Ok(b) => {
                    if !last_fault.is_empty() {
                        eprint2(format!(
                            "{:6.1} reader back, caught_up={} n={}",
                            start.elapsed().as_secs_f64(),
                            b.caught_up,
                            b.records.len()
                        ));
                        last_fault.clear();
                    }
                    for d in &b.records {
                        let prev = offsets.insert(d.partition, d.offset).unwrap_or(-1);
                        assert!(d.offset == prev + 1, "offset gap {prev} {}", d.offset);
                        let w: usize =
                            std::str::from_utf8(&d.record.key[1..]).unwrap_or("9").parse().expect("w");
                        let s: u64 = std::str::from_utf8(&d.record.value).unwrap_or("x").parse().expect("s");
                        assert!(s <= next[w], "HOLE w{w}: {s} while expecting {}", next[w]);
                        if s == next[w] {
                            next[w] += 1
                        } else {
                            dup += 1
                        }
                        total += 1;
                    }
                    if Instant::now() > stop + Duration::from_secs(20) && b.caught_up && b.records.is_empty()
                    {
                        break;
                    }
                    quiet = None;
                    let _ = quiet;
                }
                Err(f) => {
                    let f = f.to_string();
                    if f != last_fault {
                        eprint2(format!("{:6.1} reader: {f}", start.elapsed().as_secs_f64()));
                        last_fault = f;
                    }
                }
            }
        }
        (next, total, dup)
    });
    for t in tasks {
        eprint2(format!("{:?}", t.await));
    }
    eprint2(format!("{:?}", reader.await));
}
fn eprint2(s: String) {
    let _ = std::io::Write::write_all(&mut std::io::stderr(), (s + "\n").as_bytes());
}
