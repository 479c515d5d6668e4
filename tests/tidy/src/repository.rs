use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::{Manifest, Source};

/// A file of the repository.
#[derive(Debug, Clone)]
pub struct File {
    /// Path from the repository's root, with `/`.
    pub path: String,
    /// Its text; `None` when it is not UTF-8.
    pub text: Option<String>,
}

/// All files that belong to the repository: what is there, without what `.gitignore` names.
#[derive(Debug)]
pub struct Repository {
    root: PathBuf,
    files: Vec<File>,
}

impl Repository {
    /// Reads the repository that this crate was built in.
    ///
    /// # Panics
    /// When a file cannot be read.
    #[must_use]
    pub fn open() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let ignored = Ignored::parse(&read(&root.join(".gitignore")).unwrap_or_default());
        let mut files = Vec::new();
        collect(&root, "", &ignored, &mut files);
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self { root, files }
    }

    /// Every file, sorted by path.
    pub fn files(&self) -> impl Iterator<Item = &File> {
        self.files.iter()
    }

    /// Every text file, as path and text.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().filter_map(|file| Some((file.path.as_str(), file.text.as_deref()?)))
    }

    /// Text files whose name ends in `ending`.
    pub fn ending_in(&self, ending: &'static str) -> impl Iterator<Item = (&str, &str)> {
        self.texts().filter(move |(path, _)| path.ends_with(ending))
    }

    /// Every Rust file.
    #[must_use]
    pub fn sources(&self) -> Vec<Source> {
        self.ending_in(".rs").map(|(path, text)| Source::read(path, text)).collect()
    }

    /// Every crate of the workspace.
    #[must_use]
    pub fn manifests(&self) -> Vec<Manifest> {
        let members = self.ending_in("/Cargo.toml");
        members.map(|(path, text)| Manifest::read(path.trim_end_matches("/Cargo.toml"), text)).collect()
    }

    /// The text of one file.
    ///
    /// # Panics
    /// When there is no such text file.
    #[must_use]
    pub fn text(&self, path: &str) -> &str {
        match self.texts().find(|(other, _)| *other == path) {
            Some((_, text)) => text,
            None => unreachable!("{path} is missing"),
        }
    }

    /// Whether the path is a file, or a folder that holds one.
    #[must_use]
    pub fn has(&self, path: &str) -> bool {
        let folder = format!("{path}/");
        self.files.iter().any(|file| file.path == path || file.path.starts_with(&folder))
    }

    /// The names at the top level.
    #[must_use]
    pub fn top_level(&self) -> BTreeSet<&str> {
        self.files.iter().filter_map(|file| file.path.split('/').next()).collect()
    }

    /// Whether a program may be run by its name.
    #[must_use]
    pub fn is_executable(&self, path: &str) -> bool {
        use std::os::unix::fs::PermissionsExt;
        fs::metadata(self.root.join(path)).is_ok_and(|metadata| metadata.permissions().mode() & 0o111 != 0)
    }
}

/// The part of `.gitignore` that this repository uses: `/name` at the root and `*.ending` anywhere.
#[derive(Debug, Default)]
struct Ignored {
    names: BTreeSet<String>,
    endings: Vec<String>,
}

impl Ignored {
    fn parse(text: &str) -> Self {
        let mut ignored = Self::default();
        ignored.names.insert(".git".to_owned());
        for line in text.lines() {
            if let Some(name) = line.strip_prefix('/') {
                ignored.names.insert(name.trim_end_matches('/').to_owned());
            } else if let Some(ending) = line.strip_prefix('*') {
                ignored.endings.push(ending.to_owned());
            }
        }
        ignored
    }

    fn covers(&self, path: &str) -> bool {
        self.names.contains(path) || self.endings.iter().any(|ending| path.ends_with(ending))
    }
}

fn collect(root: &Path, folder: &str, ignored: &Ignored, files: &mut Vec<File>) {
    for name in entries(&root.join(folder)) {
        let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
        if ignored.covers(&path) {
            continue;
        }
        let full = root.join(&path);
        if full.is_dir() {
            collect(root, &path, ignored, files);
        } else {
            let text = read(&full);
            files.push(File { path, text });
        }
    }
}

fn entries(folder: &Path) -> Vec<String> {
    let read = fs::read_dir(folder).into_iter().flatten();
    read.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect()
}

fn read(path: &Path) -> Option<String> {
    String::from_utf8(fs::read(path).ok()?).ok()
}
