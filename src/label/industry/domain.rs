//! What a business mail domain says of the employer: whose it is, what its ending is kept for, what its words mean.

use super::sector::Sector;

/// Endings that only such bodies get.
const ENDINGS: [(&str, &str); 20] = [
    ("gov", "public"),
    ("mil", "public"),
    ("bund.de", "public"),
    ("bayern.de", "public"),
    ("nrw.de", "public"),
    ("hessen.de", "public"),
    ("landsh.de", "public"),
    ("gv.at", "public"),
    ("admin.ch", "public"),
    ("europa.eu", "public"),
    ("gouv.fr", "public"),
    ("gob.es", "public"),
    ("edu", "education"),
    ("ac.at", "education"),
    ("ac.uk", "education"),
    ("mpg.de", "education"),
    ("fraunhofer.de", "education"),
    ("museum", "media"),
    ("bank", "banking"),
    ("insurance", "insurance"),
];

/// Second labels below a country that anybody or a kind of body registers under: `co.uk`.
const SECOND: [&str; 12] = ["co", "com", "ac", "gov", "org", "net", "edu", "gv", "or", "ne", "go", "gob"];

/// The ending of a domain that tells the sector, and that sector.
pub(super) fn ending(domain: &str) -> Option<(&'static str, Sector)> {
    for (ending, sector) in ENDINGS {
        let ends = domain.strip_suffix(ending).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
        if ends {
            return Some((ending, Sector::from_id(sector)?));
        }
    }
    // `gov.uk`, `edu.tr`, `ac.jp`: below a country only such bodies get them.
    let mut labels = domain.rsplit('.');
    let (country, second) = (labels.next()?, labels.next()?);
    let sector = match second {
        "gov" => "public",
        "edu" | "ac" => "education",
        _ => return None,
    };
    let second = if second == "gov" {
        "gov"
    } else if second == "edu" {
        "edu"
    } else {
        "ac"
    };
    (country.len() == 2 && labels.next().is_some()).then_some((second, Sector::from_id(sector)?))
}

/// The label that somebody registered: `siemens` of `mail.siemens.co.uk`.
pub(super) fn registered(domain: &str) -> &str {
    let mut labels = domain.rsplit('.');
    let top = labels.next().unwrap_or_default();
    let second = labels.next().unwrap_or_default();
    match labels.next() {
        Some(third) if top.len() == 2 && SECOND.contains(&second) => third,
        _ => second,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_registered_label_stands_below_the_public_suffix() {
        for (domain, label) in [
            ("siemens.com", "siemens"),
            ("mail.siemens.com", "siemens"),
            ("tesco.co.uk", "tesco"),
            ("mail.tesco.co.uk", "tesco"),
            ("acme.com.tr", "acme"),
            ("co.de", "co"),
            ("localhost", ""),
            ("", ""),
        ] {
            assert_eq!(registered(domain), label, "{domain}");
        }
    }

    #[test]
    fn endings_tell_public_bodies_and_universities() {
        let of = |domain| ending(domain).map(|(_, sector)| sector.id());
        for domain in ["nasa.gov", "hmrc.gov.uk", "bmf.gv.at", "bmi.bund.de", "ec.europa.eu", "seco.admin.ch"]
        {
            assert_eq!(of(domain), Some("public"), "{domain}");
        }
        for domain in ["mit.edu", "ox.ac.uk", "univie.ac.at", "metu.edu.tr"] {
            assert_eq!(of(domain), Some("education"), "{domain}");
        }
        for domain in ["siemens.com", "edu.de", "gov.de", "fundament.edu-x.de", "notbund.de", "bank.de", ""] {
            assert_eq!(of(domain), None, "{domain}");
        }
    }
}
