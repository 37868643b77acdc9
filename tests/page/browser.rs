//! A headless browser that looks at pages: what it measures, what it complains of, what it asks the network for.

use std::env;
use std::fs;
use std::io::Read;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};

/// A Chromium.
pub(crate) struct Browser {
    program: PathBuf,
}

/// The one that `HAMSTERN_CHROMIUM` names, else one in `PATH`.
pub(crate) fn found() -> Option<Browser> {
    let named = env::var_os("HAMSTERN_CHROMIUM").map(PathBuf::from);
    let path = env::var_os("PATH").unwrap_or_default();
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let mut all = env::split_paths(&path).flat_map(|folder| names.map(|name| folder.join(name)));
    let program = named.or_else(|| all.find(|program| program.is_file()))?;
    Some(Browser { program })
}

/// Widths of the windows: a desk, a phone.
const WIDTHS: [u32; 2] = [1280, 390];

impl Browser {
    /// Looks at pages, each at every width; what is wrong, in words.
    pub(crate) fn look(&self, pages: &[&(String, String)], dark: bool) -> Vec<String> {
        let folder = tempfile::tempdir().expect("a folder");
        let mut frames = String::new();
        for (name, html) in pages {
            let source = html.replace('&', "&amp;").replace('"', "&quot;");
            for width in WIDTHS {
                frames.push_str(&format!(
                    "<iframe data-name=\"{name} at {width}\" width=\"{width}\" height=\"900\" style=\"border:0\" srcdoc=\"{source}\"></iframe>\n"
                ));
            }
        }
        let wrapper = format!(
            "<!DOCTYPE html><meta charset=\"utf-8\"><body>{frames}<pre id=\"told\">not measured</pre><script>{}</script>",
            include_str!("measure.js")
        );
        let file = folder.path().join("pages.html");
        fs::write(&file, wrapper).expect("written");
        let (asked, proxy) = listen();
        let mut command = self.command(folder.path(), dark);
        command.arg(format!("--proxy-server=127.0.0.1:{proxy}")).args(["--proxy-bypass-list=<-loopback>"]);
        command.args([
            "--window-size=1400,1000",
            "--enable-logging=stderr",
            "--virtual-time-budget=60000",
            "--dump-dom",
        ]);
        let output = command.arg(format!("file://{}", file.display())).output().expect("the browser starts");
        let dom = String::from_utf8_lossy(&output.stdout);
        let log = String::from_utf8_lossy(&output.stderr);
        let told = dom
            .rsplit_once("<pre id=\"told\">")
            .and_then(|(_, rest)| rest.split_once("</pre>"))
            .map_or("", |told| told.0);
        let mut wrong: Vec<String> =
            told.lines().filter(|line| !line.is_empty() && *line != "measured").map(str::to_owned).collect();
        if !told.contains("measured") || told.contains("not measured") {
            wrong.push(format!("the browser did not measure:\n{log}"));
        }
        wrong.extend(log.lines().filter(|line| line.contains("CONSOLE")).map(str::to_owned));
        let asked = asked.lock().expect("the list").clone();
        wrong.extend(
            asked.into_iter().filter(|line| !is_own(line)).map(|line| format!("asked the network: {line}")),
        );
        if let Some(shots) = env::var_os("HAMSTERN_SHOTS").map(PathBuf::from) {
            self.shoot(pages, dark, &shots);
        }
        wrong
    }

    /// How many sheets of paper a page takes.
    pub(crate) fn sheets(&self, html: &str) -> usize {
        let folder = tempfile::tempdir().expect("a folder");
        let (page, paper) = (folder.path().join("page.html"), folder.path().join("page.pdf"));
        fs::write(&page, html).expect("written");
        let mut command = self.command(folder.path(), false);
        command.arg(format!("--print-to-pdf={}", paper.display())).arg("--no-pdf-header-footer");
        command.arg(format!("file://{}", page.display())).output().expect("the browser starts");
        let bytes = fs::read(paper).expect("a PDF");
        let text = String::from_utf8_lossy(&bytes);
        text.split("/Type /Page").skip(1).filter(|rest| !rest.starts_with('s')).count()
    }

    /// Pictures of the pages, for people to look at.
    fn shoot(&self, pages: &[&(String, String)], dark: bool, shots: &Path) {
        fs::create_dir_all(shots).expect("a folder");
        for (name, html) in pages {
            let file = shots.join(format!("{name}.html"));
            fs::write(&file, html).expect("written");
            let suffix = if dark { "-dark" } else { "" };
            let folder = tempfile::tempdir().expect("a folder");
            let mut command = self.command(folder.path(), dark);
            command.args(["--window-size=1280,3000", "--hide-scrollbars"]);
            command.arg(format!("--screenshot={}", shots.join(format!("{name}{suffix}.png")).display()));
            command.arg(format!("file://{}", file.display())).output().expect("the browser starts");
        }
    }

    /// The browser without a window, a profile of its own and none of its own traffic.
    fn command(&self, profile: &Path, dark: bool) -> Command {
        let mut command = Command::new(&self.program);
        command.args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ]);
        command.arg(format!("--user-data-dir={}", profile.join("profile").display()));
        command.arg(format!("--blink-settings=preferredColorScheme={}", u8::from(!dark)));
        command
    }
}

/// Whether it is the browser itself that asks, which no flag quite prevents.
fn is_own(line: &str) -> bool {
    ["google.com", "googleapis.com", "gvt1.com", "gstatic.com"].iter().any(|host| line.contains(host))
}

/// A proxy that answers nothing and notes the first line of whatever is asked.
fn listen() -> (Arc<Mutex<Vec<String>>>, u16) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let notes = Arc::clone(&asked);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut bytes = [0u8; 512];
            let count = stream.read(&mut bytes).unwrap_or(0);
            let line = String::from_utf8_lossy(&bytes[..count]).lines().next().unwrap_or_default().to_owned();
            if let Ok(mut notes) = notes.lock() {
                notes.push(line);
            }
        }
    });
    (asked, port)
}
