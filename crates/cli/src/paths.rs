//! Paths of files.

use std::path::Path;

/// Returns the folder of a file. That of a bare name is the current one.
pub fn folder_of(file: &Path) -> &Path {
    let folder = file.parent().filter(|folder| *folder != Path::new(""));
    folder.unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_name_is_in_the_current_folder() {
        for (file, folder) in [
            ("a.md", "."),
            ("./a.md", "."),
            ("b/a.md", "b"),
            ("/a.md", "/"),
            ("../a.md", ".."),
        ] {
            assert_eq!(folder_of(Path::new(file)), Path::new(folder), "{file}");
        }
    }
}
