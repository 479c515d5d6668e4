//! Compiles every .proto file below `entrepot/` without a `protoc` on the machine.

use std::error::Error;
use std::path::{Path, PathBuf};

use prost::Message;

fn main() -> Result<(), Box<dyn Error>> {
    let mut files = Vec::new();
    collect(Path::new("entrepot"), &mut files)?;
    files.sort();
    println!("cargo:rerun-if-changed=entrepot");
    let descriptors = protox::compile(&files, ["."])?;
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    std::fs::write(out.join("descriptors.bin"), descriptors.encode_to_vec())?;
    // Ordered maps where bytes must be the same each time they are written: requests are remembered by a digest of theirs.
    tonic_prost_build::configure()
        .codec_path("crate::codec::WireCodec")
        .bytes(".entrepot.stock.v1.JournalRecord")
        .btree_map(".entrepot.stock.v1.LotFacts")
        .btree_map(".entrepot.events.v1.LotFacts")
        .compile_fds(descriptors)?;
    Ok(())
}

fn collect(dir: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|e| e == "proto") {
            files.push(path);
        }
    }
    Ok(())
}
