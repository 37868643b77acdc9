//! A headless browser that looks at pages: what it measures, what it complains of, what it asks the network for.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::io::Read;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex, OnceLock};

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
/// Width of a sheet of A4 between the margins that the page asks for, 14 mm each, at 96 pixels to the inch.
const PAPER_WIDTH: u32 = 687;
/// Pictures are no taller than this, which is what the browser can hold.
const TALLEST: u32 = 16_000;

/// A page as it looks on paper, for a window: what holds for print holds everywhere.
fn on_paper(html: &str) -> String {
    html.replace("@media print{", "@media all{")
}

/// A picture of a page.
pub(crate) struct Shot {
    /// Where it is.
    pub(crate) file: PathBuf,
    /// Whether it was taken in the dark.
    pub(crate) dark: bool,
    /// Width in pixels that it should have.
    pub(crate) width: u32,
    /// Width in pixels that it has.
    pub(crate) has_width: u32,
    /// Share of the pixels that differ from the first one.
    pub(crate) drawn: f64,
    /// How light it is, 0 to 1.
    pub(crate) light: f64,
}

/// A page as printed.
pub(crate) struct Paper {
    /// How many sheets it takes.
    pub(crate) sheets: usize,
    /// Which of them, counted from 1, hold no text.
    pub(crate) empty: Vec<usize>,
    /// Width and height of each sheet in points.
    pub(crate) sizes: Vec<(f64, f64)>,
}

impl Browser {
    /// Looks at pages, each at every width and on paper; what is wrong, in words.
    pub(crate) fn look(&self, pages: &[&(String, String)], dark: bool) -> Vec<String> {
        let mut frames = String::new();
        for (name, html) in pages {
            for width in WIDTHS {
                frames.push_str(&frame(&format!("{name} at {width}"), width, html));
            }
            // Paper is never dark.
            if !dark {
                frames.push_str(&frame(&format!("{name} on paper"), PAPER_WIDTH, &on_paper(html)));
            }
        }
        let Seen { told, log, mut asked } = self.see(&frames, include_str!("measure.js"), dark);
        // A page asks whenever it is opened, the browser for itself at times of its own.
        for _ in 0..2 {
            if asked.is_subset(self.own()) {
                break;
            }
            let again = self.see(&frames, include_str!("measure.js"), dark).asked;
            asked.retain(|host| again.contains(host));
        }
        let mut wrong: Vec<String> =
            told.lines().filter(|line| !line.is_empty() && *line != "measured").map(str::to_owned).collect();
        if !told.starts_with("measured") {
            wrong.push(format!("the browser did not measure:\n{log}"));
        }
        wrong.extend(log.lines().filter(|line| line.contains("CONSOLE")).map(str::to_owned));
        let own = self.own();
        let hosts = asked.into_iter().filter(|host| !own.contains(host));
        wrong.extend(hosts.map(|host| format!("asked the network: {host}")));
        wrong
    }

    /// The hosts that the browser asks for by itself: with a page that asks for nothing, and what stands for all of
    /// them where it lets itself be told.
    fn own(&self) -> &'static BTreeSet<String> {
        static OWN: OnceLock<BTreeSet<String>> = OnceLock::new();
        OWN.get_or_init(|| {
            let mut own = self.see("", "", false).asked;
            own.insert("browser.invalid".to_owned());
            own
        })
    }

    /// Opens one page of frames with a script.
    fn see(&self, frames: &str, script: &str, dark: bool) -> Seen {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("pages.html");
        let wrapper = format!(
            "<!DOCTYPE html><meta charset=\"utf-8\"><body>{frames}<pre id=\"told\"></pre><script>{script}</script>"
        );
        fs::write(&file, wrapper).expect("written");
        let (asked, proxy) = listen();
        let mut command = self.command(folder.path(), dark);
        command.arg(format!("--proxy-server=127.0.0.1:{proxy}")).args([
            "--proxy-bypass-list=<-loopback>",
            "--window-size=1400,1000",
            "--enable-logging=stderr",
            "--virtual-time-budget=60000",
            "--dump-dom",
        ]);
        let output = command.arg(format!("file://{}", file.display())).output().expect("the browser starts");
        let dom = String::from_utf8_lossy(&output.stdout);
        let told = dom
            .rsplit_once("<pre id=\"told\">")
            .and_then(|(_, rest)| rest.split_once("</pre>"))
            .map_or("", |told| told.0)
            .to_owned();
        let log = String::from_utf8_lossy(&output.stderr).into_owned();
        let asked = asked.lock().expect("the list").clone();
        Seen { told, log, asked }
    }

    /// A page as printed; the PDF is left in `keep`.
    pub(crate) fn print(&self, html: &str, keep: &Path) -> Paper {
        let folder = tempfile::tempdir().expect("a folder");
        let page = folder.path().join("page.html");
        fs::write(&page, html).expect("written");
        let mut command = self.command(folder.path(), false);
        command.arg(format!("--print-to-pdf={}", keep.display())).arg("--no-pdf-header-footer");
        command.arg(format!("file://{}", page.display())).output().expect("the browser starts");
        let bytes = fs::read(keep).expect("a PDF");
        let text = String::from_utf8_lossy(&bytes);
        let pages = text.split("/Type /Page").skip(1).filter(|rest| !rest.starts_with('s'));
        let pages: Vec<&str> = pages.filter_map(|rest| rest.split("endobj").next()).collect();
        let has_no_text = |(at, page): (usize, &&str)| (!page.contains("/Font")).then_some(at + 1);
        let size = |page: &&str| {
            let corners = page.split_once("/MediaBox [").and_then(|(_, rest)| rest.split_once(']'));
            let corners = corners.map(|(corners, _)| corners.split(' ').filter_map(|text| text.parse().ok()));
            let corners: Vec<f64> = corners.into_iter().flatten().collect();
            (corners[2] - corners[0], corners[3] - corners[1])
        };
        Paper {
            sheets: pages.len(),
            empty: pages.iter().enumerate().filter_map(has_no_text).collect(),
            sizes: pages.iter().map(size).collect(),
        }
    }

    /// Takes pictures of the pages: at a desk, on a phone, in the dark and as on paper. Beside them it leaves the
    /// pages themselves, for people to look at.
    pub(crate) fn shoot(&self, pages: &[&(String, String)], shots: &Path) -> Vec<Shot> {
        let looks = [("desktop", WIDTHS[0], false), ("phone", WIDTHS[1], false), ("dark", WIDTHS[0], true)];
        let looks = looks.into_iter().chain([("print", PAPER_WIDTH, false)]);
        let mut taken: Vec<(String, u32, bool, String)> = Vec::new();
        for (name, html) in pages {
            fs::write(shots.join(format!("{name}.html")), html).expect("written");
            for (look, width, dark) in looks.clone() {
                let html = if look == "print" { on_paper(html) } else { html.clone() };
                taken.push((format!("{name}-{look}"), width, dark, html));
            }
        }
        let frames: String = taken.iter().map(|(name, width, _, html)| frame(name, *width, html)).collect();
        let heights = self.see(&frames, HEIGHTS, false).told;
        let folder = tempfile::tempdir().expect("a folder");
        for ((name, width, dark, html), height) in taken.iter().zip(heights.lines()) {
            let (page, shot) =
                (folder.path().join(format!("{name}.html")), shots.join(format!("{name}.png")));
            fs::write(&page, html).expect("written");
            // A picture of an earlier test must not stand for one that was not taken.
            let _ = fs::remove_file(&shot);
            let height = height.parse::<u32>().expect("a height").min(TALLEST);
            let mut command = self.command(folder.path(), *dark);
            command.arg(format!("--window-size={width},{height}")).arg("--hide-scrollbars");
            command.arg(format!("--screenshot={}", shot.display()));
            command.arg(format!("file://{}", page.display())).output().expect("the browser starts");
        }
        let mut images = String::new();
        for (name, ..) in &taken {
            let shot = shots.join(format!("{name}.png"));
            images.push_str(&format!("<img src=\"file://{}\">\n", shot.display()));
        }
        let seen = self.see(&images, COLOURS, false).told;
        let of = |((name, width, dark, _), line): (&(String, u32, bool, String), &str)| {
            let numbers: Vec<f64> = line.split(' ').map(|number| number.parse().expect("a number")).collect();
            Shot {
                file: shots.join(format!("{name}.png")),
                dark: *dark,
                width: *width,
                has_width: numbers[0] as u32,
                drawn: numbers[1],
                light: numbers[2],
            }
        };
        taken.iter().zip(seen.lines()).map(of).collect()
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
            "--no-pings",
            "--disable-background-networking",
            "--disable-breakpad",
            "--disable-client-side-phishing-detection",
            "--disable-component-update",
            "--disable-default-apps",
            "--disable-domain-reliability",
            "--disable-extensions",
            "--disable-field-trial-config",
            "--disable-sync",
            "--disable-features=AutofillServerCommunication,CertificateTransparencyComponentUpdater,MediaRouter,NetworkTimeServiceQuerying,OptimizationHints,Translate",
            // It looks for new parts of itself and for accounts whatever else it is told: at a host of no network.
            "--component-updater=url-source=http://browser.invalid/",
            "--gaia-url=http://browser.invalid/",
            "--gcm-checkin-url=http://browser.invalid/",
            "--gcm-mcs-endpoint=http://browser.invalid/",
            "--gcm-registration-url=http://browser.invalid/",
            "--google-apis-url=http://browser.invalid/",
            "--google-url=http://browser.invalid/",
            "--lso-url=http://browser.invalid/",
            // Pictures are read by a page beside them.
            "--allow-file-access-from-files",
        ]);
        command.arg(format!("--user-data-dir={}", profile.join("profile").display()));
        command.arg(format!("--blink-settings=preferredColorScheme={}", u8::from(!dark)));
        command
    }
}

/// What came of opening a page: what its script told, what the browser logged, the hosts that were asked.
struct Seen {
    told: String,
    log: String,
    asked: BTreeSet<String>,
}

/// Tells how tall the page in each frame is.
const HEIGHTS: &str = r#"addEventListener("load", () => {
  const heights = [...document.querySelectorAll("iframe")].map(frame => frame.contentDocument.documentElement.scrollHeight);
  document.getElementById("told").textContent = heights.join("\n");
});"#;

/// Tells of each picture its width, the share of pixels unlike the first one and how light it is, both of a copy a
/// quarter as wide and tall; a picture that is not there has no width.
const COLOURS: &str = r#"addEventListener("load", () => {
  const told = [...document.querySelectorAll("img")].map(image => {
    if (!image.naturalWidth) return "0 0 0";
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth / 4;
    canvas.height = image.naturalHeight / 4;
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const data = context.getImageData(0, 0, canvas.width, canvas.height).data;
    let unlike = 0, light = 0;
    for (let at = 0; at < data.length; at += 4) {
      if (data[at] !== data[0] || data[at + 1] !== data[1] || data[at + 2] !== data[2]) unlike++;
      light += data[at] + data[at + 1] + data[at + 2];
    }
    const pixels = data.length / 4;
    return [image.naturalWidth, unlike / pixels, light / pixels / 765].join(" ");
  });
  document.getElementById("told").textContent = told.join("\n");
});"#;

/// A page in a frame of some width.
fn frame(name: &str, width: u32, html: &str) -> String {
    let source = html.replace('&', "&amp;").replace('"', "&quot;");
    format!(
        "<iframe data-name=\"{name}\" width=\"{width}\" height=\"900\" style=\"border:0\" srcdoc=\"{source}\"></iframe>\n"
    )
}

/// A proxy that answers nothing and notes the host of whatever is asked.
fn listen() -> (Arc<Mutex<BTreeSet<String>>>, u16) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let asked = Arc::new(Mutex::new(BTreeSet::new()));
    let notes = Arc::clone(&asked);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let notes = Arc::clone(&notes);
            // Who connects and says nothing must not keep the others waiting.
            std::thread::spawn(move || {
                let mut bytes = [0u8; 2048];
                let count = stream.read(&mut bytes).unwrap_or(0);
                let host = host(&String::from_utf8_lossy(&bytes[..count]));
                if let (Ok(mut notes), Some(host)) = (notes.lock(), host) {
                    notes.insert(host);
                }
            });
        }
    });
    (asked, port)
}

/// The host that a request to a proxy names.
fn host(request: &str) -> Option<String> {
    let target = request.lines().next()?.split(' ').nth(1)?;
    let target = target.split_once("://").map_or(target, |(_, rest)| rest);
    target.split(['/', ':', '?']).next().map(str::to_owned)
}
