//! Processor time and memory of processes, from /proc.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

/// The kernel shows processor time in hundredths of a second (USER_HZ), whatever its own clock is.
const TICK: Duration = Duration::from_millis(10);

/// Processor time of a process and of all below it, ended ones included.
pub(super) fn processor_time(root: u32) -> Duration {
    let processes = processes();
    let mut ticks = processes.get(&root).map_or(0, |process| process.ticks_of_ended);
    for (id, process) in &processes {
        if is_below(*id, root, &processes) {
            ticks += process.ticks;
        }
    }
    TICK.saturating_mul(u32::try_from(ticks).unwrap_or(u32::MAX))
}

/// Resident memory of a process, in bytes.
pub(super) fn resident_bytes(id: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse::<u64>().ok());
    kilobytes.unwrap_or_default() * 1024
}

/// The process that listens on a TCP port of this machine, if it may be looked at: the oldest when several share it.
pub(super) fn listener(port: u16) -> Option<u32> {
    let sockets: Vec<String> = ["/proc/net/tcp", "/proc/net/tcp6"]
        .iter()
        .filter_map(|table| fs::read_to_string(table).ok())
        .flat_map(|table| table.lines().filter_map(|line| listening(line, port)).collect::<Vec<_>>())
        .collect();
    processes().into_keys().find(|id| holds_one_of(*id, &sockets))
}

#[derive(Debug)]
struct Process {
    parent: u32,
    ticks: u64,
    ticks_of_ended: u64,
}

fn processes() -> BTreeMap<u32, Process> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    ids.filter_map(|id| Some((id, process(&fs::read_to_string(format!("/proc/{id}/stat")).ok()?)?))).collect()
}

/// The fields of `/proc/ID/stat` after the name, which may hold spaces and ends with the last bracket.
fn process(stat: &str) -> Option<Process> {
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let number = |at: usize| fields.get(at)?.parse::<u64>().ok();
    Some(Process {
        parent: u32::try_from(number(1)?).ok()?,
        ticks: number(11)? + number(12)?,
        ticks_of_ended: number(13)? + number(14)?,
    })
}

fn is_below(id: u32, root: u32, processes: &BTreeMap<u32, Process>) -> bool {
    let mut at = id;
    while at != root {
        match processes.get(&at) {
            Some(process) if process.parent != at => at = process.parent,
            _ => return false,
        }
    }
    true
}

/// The socket's number, when a line of /proc/net/tcp is a socket that listens (state 0A) on the port.
fn listening(line: &str, port: u16) -> Option<String> {
    let fields: Vec<&str> = line.split_whitespace().collect();
    let listens = *fields.get(3)? == "0A" && fields.get(1)?.ends_with(&format!(":{port:04X}"));
    listens.then(|| fields.get(9).map(|number| format!("socket:[{number}]"))).flatten()
}

fn holds_one_of(id: u32, sockets: &[String]) -> bool {
    let files =
        fs::read_dir(Path::new("/proc").join(id.to_string()).join("fd")).into_iter().flatten().flatten();
    let mut targets = files.filter_map(|file| fs::read_link(file.path()).ok());
    targets.any(|target| sockets.iter().any(|socket| target.as_os_str() == socket.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_brackets_are_no_trap() {
        let stat = "7 (a) b) S 3 7 7 0 -1 0 0 0 0 0 11 12 13 14 20 0 1 0 0";
        let process = process(stat).unwrap();
        assert_eq!((process.parent, process.ticks, process.ticks_of_ended), (3, 23, 27));
    }

    #[test]
    fn this_process_is_found_by_its_port() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        assert_eq!(super::listener(port), Some(std::process::id()));
        assert!(resident_bytes(std::process::id()) > 0);
    }
}
