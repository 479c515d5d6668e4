//! Which warehouse gives which SSCCs, over the command line.

use crate::support::Server;

#[test]
fn two_warehouses_do_not_give_the_same_numbers() {
    let data = testkit::temp_dir();
    let server = Server::start(data.path());
    for code in ["BER", "MUC"] {
        server.json(&format!("catalog warehouse create {code} --time-zone Europe/Berlin"));
    }
    let range = |words: &str| format!("stock unit range --company-prefix 7610425 -w {words}");
    server.json(&range("BER --next 1 --last 4999"));
    let taken = (3, "NUMBER_RANGE_TAKEN".to_owned(), String::new());
    for words in ["MUC", "MUC --next 1", "MUC --next 4999 --last 9999"] {
        assert_eq!(server.refused(&range(words)), taken, "{words}");
    }
    assert_eq!(server.refused("stock unit range -w MUC --company-prefix 76104250 --next 7"), taken);
    server.json(&range("MUC --next 5000 --last 9999"));
    server.json(&range("BER --next 1 --last 4999 --extension-digit 1"));
    server.json(&range("MUC --next 10000 --last 19999 --extension-digit 1"));
}
