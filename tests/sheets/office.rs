//! A LibreOffice without a window: another program that opens the workbook and says what it read.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The one that `HAMSTERN_SOFFICE` names, else one in `PATH`.
pub(crate) fn found() -> Option<PathBuf> {
    let named = env::var_os("HAMSTERN_SOFFICE").map(PathBuf::from);
    let path = env::var_os("PATH").unwrap_or_default();
    let mut all =
        env::split_paths(&path).flat_map(|folder| ["soffice", "libreoffice"].map(|name| folder.join(name)));
    named.or_else(|| all.find(|program| program.is_file()))
}

/// Opens a workbook and saves what was read as a workbook of the same name in another folder.
pub(crate) fn convert(office: &Path, workbook: &Path, into: &Path) -> PathBuf {
    // A profile of its own: another LibreOffice may be at work.
    std::fs::create_dir_all(into).expect("a folder");
    let profile = format!("-env:UserInstallation=file://{}", into.join("profile").display());
    let mut command = Command::new(office);
    command.args([
        &profile,
        "--headless",
        "--norestore",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
    ]);
    let output = command.arg(into).arg(workbook).output().expect("LibreOffice starts");
    let made = into.join(workbook.file_name().expect("a name"));
    assert!(made.is_file(), "LibreOffice made nothing: {output:?}");
    made
}
