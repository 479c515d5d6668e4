//! One file an RPC.

use tidy::{Findings, Repository, rpcs, snake_case};

#[test]
fn every_rpc_has_a_file_of_its_name() {
    let repository = Repository::open();
    let mut findings = Findings::new("every RPC has a file named after it in its service's rpc/ folder", &[]);
    for (path, text) in repository.ending_in(".proto") {
        let service = path.split('/').nth(2).unwrap_or_default();
        let folder = format!("services/{service}/src/rpc/");
        for rpc in rpcs(text) {
            findings.checked();
            let ending = format!("/{}.rs", snake_case(&rpc.name));
            if !repository.files().any(|file| file.path.starts_with(&folder) && file.path.ends_with(&ending))
            {
                findings.found(path, format!("{}.{} has no {folder}…{ending}", rpc.service, rpc.name));
            }
        }
    }
    findings.finish();
}
