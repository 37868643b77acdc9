//! Every fixture is read as the text beside it says.

#[test]
fn fixtures_are_read_as_written_beside_them() {
    crate::read::fixture::check("list");
}
