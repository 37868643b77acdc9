//! The small example at the top of the README comes out as it says there.

mod common;

use common::{all, csv, put, run};

#[test]
fn two_people_of_one_name_in_four_files_stay_two() {
    let home = tempfile::tempdir().expect("a folder");
    let (inbox, out) = (home.path().join("inbox"), home.path().join("out"));
    let connections = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n\
        Juergen,Groß,https://www.linkedin.com/in/juergen-gross-1a2,,Lindwurm Logistik GmbH,Einkaufsleiter,05 Jan 2026\n\
        Hedwig,Tannert,https://www.linkedin.com/in/hedwig-tannert,,Beispiel AG,Leiterin,04 Jan 2026\n";
    let card = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Groß;Jürgen;;Dr.;\r\nORG:Lindwurm\r\nTEL;TYPE=CELL:0171 5550101\r\nEND:VCARD\r\n";
    let meetings = "Datum;Name;Firma;Anlass;Kategorie\n14.01.2026;Groß, Jürgen;Lindwurm;Messe;A\n";
    let list = "Vorname;Nachname;E-Mail;Firma\nJürgen;Gross;j.gross@lindwurm.example;Lindwurm Logistik\n\
        Jürgen;Groß;jg@tannwald.example;Tannwald Medien\n";
    put(&inbox, "anna/Connections.csv", connections.as_bytes());
    put(&inbox, "anna/iPhone.vcf", card.as_bytes());
    put(&inbox, "anna/Messen.csv", meetings.as_bytes());
    put(&inbox, "ben/Kontakte.csv", list.as_bytes());
    let output = run(&inbox, &out, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", all(&output));
    let contacts = csv(&out.join("contacts.csv"));
    let shown = |company: &str| {
        let row = contacts.iter().find(|row| row["company"].starts_with(company)).expect(company);
        [
            "prefix", "name", "company", "position", "emails", "phones", "tier", "holders", "channels",
            "records",
        ]
        .map(|column| row[column].clone())
        .join("; ")
    };
    assert_eq!(
        [shown("Lindwurm"), shown("Tannwald")],
        [
            "Dr.; Jürgen Groß; Lindwurm Logistik GmbH; Einkaufsleiter; j.gross@lindwurm.example; +491715550101; A; \
             anna | ben; linkedin | phone | sheet; 4",
            "; Jürgen Groß; Tannwald Medien; ; jg@tannwald.example; ; ; ben; sheet; 1",
        ]
    );
}
