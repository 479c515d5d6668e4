//! Papers, from the command line.

use serde_json::Value;

use crate::support::{Server, run};

/// A delivery of which something came, at a warehouse of ACME-DE.
fn with_delivery(data: &std::path::Path) -> Server {
    let server = Server::start(data);
    server.json("catalog warehouse create BER --time-zone Europe/Berlin --legal-entity ACME-DE");
    server.json("catalog location create --warehouse BER MAIN --kind storage");
    server.json("catalog item create A-1 --name Eichenstuhl");
    server.json("catalog item create L-1 --name Leim --tracking lot");
    server.json("stock delivery announce PO-17 -w BER --partner TISCHLER --due 2067-03-01 --line A-1 40");
    server.json("stock receive -w BER -s A-1 -l MAIN -q 38 --delivery PO-17");
    server
}

fn text<'a>(paper: &'a Value, field: &str) -> &'a str {
    paper[field].as_str().unwrap()
}

#[test]
fn a_delivery_gets_a_note_that_is_shown_and_corrected() {
    let data = testkit::temp_dir();
    let server = with_delivery(data.path());
    let note = server.json("paper issue goods-receipt-note -w BER --delivery PO-17 --language de");
    assert_eq!((text(&note, "legal_entity"), text(&note, "subject")), ("ACME-DE", "PO-17"));
    let number = text(&note, "number");
    assert!(number.starts_with("GRN-") && number.ends_with("-000001"), "{number}");
    assert!(text(&note, "as_of").starts_with("BER="));
    let shown = server.json(&format!("paper show {number} --legal-entity ACME-DE"));
    assert_eq!(shown, note);
    let html = server.run(&format!("paper render {number} -w BER --format html")).stdout;
    for words in ["Wareneingangsschein", "Eichenstuhl", "38\u{a0}EA", "TISCHLER", "ACME-DE"] {
        assert!(html.contains(words), "{words} in {html}");
    }
    let file = data.path().join("note.pdf");
    let ran = server.run(&format!("paper render {number} -w BER --out {}", file.display()));
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""));
    assert!(std::fs::read(&file).unwrap().starts_with(b"%PDF-"));

    server.json("stock receive -w BER -s A-1 -l MAIN -q 2 --delivery PO-17");
    let right = server.json(&format!("paper correct {number} -w BER --reason recounted"));
    assert_eq!((text(&right, "corrects"), text(&right, "correction_reason")), (number, "recounted"));
    assert_eq!(server.refused(&format!("paper correct {number} -w BER --reason again")).1, "PAPER_CORRECTED");
    let listed = server.json("paper list -w BER --kind goods-receipt-note");
    let corrected: Vec<&str> =
        listed.as_array().unwrap().iter().map(|paper| text(paper, "corrected_by")).collect();
    assert_eq!(corrected, [text(&right, "number"), ""]);
    let html = server.run(&format!("paper render {} -w BER --format html", text(&right, "number"))).stdout;
    assert!(html.contains("40\u{a0}EA") && html.contains("Berichtigt"), "{html}");
}

#[test]
fn units_and_lots_get_their_papers() {
    let data = testkit::temp_dir();
    let server = with_delivery(data.path());
    server.json("stock unit range -w BER --company-prefix 6104250 --extension-digit 3 --next 1 --last 99");
    server.json("stock unit open -w BER -l MAIN --kind PALLET");
    let sscc = server.json("stock unit list -w BER")[0]["handling_unit"].as_str().unwrap().to_owned();
    let issue = |kind: &str| format!("paper issue {kind} -w BER --handling-unit {sscc}");
    assert_eq!(server.refused(&issue("packing-list")).1, "PAPER_EMPTY");
    server.json(&format!("stock unit pack -w BER {sscc} -s A-1 -q 12"));
    let list = server.json(&issue("packing-list"));
    assert_eq!((text(&list, "subject"), text(&list, "language")), (sscc.as_str(), "en"));
    let label = server.json(&issue("sscc-label"));
    assert!(text(&label, "number").starts_with("LABEL-"));

    let posted = server.json("stock receive -w BER -s L-1 -l MAIN -q 5 --lot B7 --partner KLEBER");
    server.json(&format!("availability get -s L-1 -w BER --at-least {}", posted["sequence"]));
    let trace = server.json("paper issue trace-certificate -w BER --sku L-1 --lot B7");
    let html = server.run(&format!("paper render {} -w BER --format html", text(&trace, "number"))).stdout;
    assert!(html.contains("Certificate of traceability") && html.contains("KLEBER"), "{html}");
    assert_eq!(server.refused("paper issue trace-certificate -w BER --sku L-1 --lot NONE").0, 4);
}

#[test]
fn an_order_gets_a_pick_list_and_a_delivery_note() {
    let data = testkit::temp_dir();
    let server = with_delivery(data.path());
    server.json("catalog location create --warehouse BER DOCK --kind storage");
    let html = |paper: &Value| {
        server.run(&format!("paper render {} -w BER --format html", text(paper, "number"))).stdout
    };
    let task = "stock task create T-1 -w BER --kind put_away --from MAIN --to DOCK -s A-1 -q 38 --for PO-17";
    server.json(task);
    let list = html(&server.json("paper issue put-away-list -w BER --delivery PO-17 --language es"));
    assert!(list.contains("MAIN") && list.contains("DOCK") && list.contains("38\u{a0}EA"), "{list}");
    let place = "stock order place SO-1 -w BER --customer KUNDE --due 2067-03-01 --line A-1 8 --line L-1 2";
    server.json(&format!("{place} --carrier DHL"));
    server.json("stock order allocate SO-1 -w BER");
    server.json("stock order wave W-1 -w BER --staging DOCK SO-1");
    assert_eq!(server.refused("paper issue delivery-note -w BER --order SO-1").1, "PAPER_EMPTY");
    let pick = server.json("paper issue pick-list -w BER --wave W-1 --language de");
    assert_eq!(text(&pick, "subject"), "W-1");
    let list = html(&pick);
    for words in ["Kommissionierliste", "Eichenstuhl", "8\u{a0}EA", "SO-1", "DHL", "MAIN"] {
        assert!(list.contains(words), "{words} in {list}");
    }
    let promise = text(&server.json("stock order picklist W-1 -w BER")[0], "reservation_id").to_owned();
    server.json(&format!("stock move -w BER -s A-1 --from MAIN --to DOCK -q 8 --reservation {promise}"));
    assert_eq!(server.refused("paper issue pick-list -w BER --wave W-1").1, "PAPER_EMPTY");
    server.json("stock order ship SO-1 -w BER --tracking T-4711");
    let note = html(&server.json("paper issue delivery-note -w BER --order SO-1 --language fr"));
    for words in ["Bon de livraison", "Eichenstuhl", "8\u{a0}EA", "2\u{a0}EA", "T-4711", "KUNDE"] {
        assert!(note.contains(words), "{words} in {note}");
    }
}

#[test]
fn a_count_gets_a_sheet_to_write_on() {
    let data = testkit::temp_dir();
    let server = with_delivery(data.path());
    server.json("stock count plan C-17 -w BER --kind location --locations MAIN");
    let sheet = server.json("paper issue count-sheet -w BER --count C-17 --language fr");
    let number = text(&sheet, "number");
    assert!(number.starts_with("COUNT-"), "{number}");
    let html = server.run(&format!("paper render {number} -w BER --format html")).stdout;
    assert!(html.contains("Feuille de comptage") && html.contains("MAIN"), "{html}");
    assert!(!html.contains("Eichenstuhl"), "a blind sheet does not say what should be there: {html}");
}

#[test]
fn what_cannot_be_issued_is_refused() {
    let data = testkit::temp_dir();
    let server = with_delivery(data.path());
    let note = "paper issue goods-receipt-note -w BER";
    for (words, reason) in [
        (format!("{note} --delivery PO-99"), "DELIVERY_NOT_FOUND"),
        (format!("{note} --delivery PO-17 --language it"), "BAD_LANGUAGE"),
        (format!("{note} --delivery PO-17 --issue-date 2967-01-01"), "BAD_FIELD"),
        (format!("{note} --delivery PO-17 --as-of 999999"), "AS_OF_IN_FUTURE"),
        ("paper issue return-note -w BER --delivery PO-17".into(), "PAPER_NOT_OF_KIND"),
        ("paper issue pick-list -w BER --delivery PO-17".into(), "PAPER_NOT_OF_KIND"),
        ("paper issue pick-list -w BER --wave W-1".into(), "PAPER_EMPTY"),
        ("paper issue delivery-note -w BER --order SO-9".into(), "ORDER_NOT_FOUND"),
        ("paper issue put-away-list -w BER --delivery PO-17".into(), "PAPER_EMPTY"),
        ("paper issue goods-receipt-note -w HAM --delivery PO-17".into(), "UNKNOWN_WAREHOUSE"),
        ("paper render GRN-2026-000001 -w BER".into(), "UNKNOWN_PAPER"),
        ("paper show 17 -w BER".into(), "BAD_CODE"),
    ] {
        assert_eq!(server.refused(&words).1, reason, "{words}");
    }
    assert_eq!(server.json("paper list -w BER"), serde_json::json!([]));
}

/// The process dies between any two steps: what was answered is there, and no number is missing.
#[test]
fn a_process_that_is_killed_leaves_no_gap() {
    let data = testkit::temp_dir();
    let mut server = with_delivery(data.path());
    let mut answered = Vec::new();
    for round in 0_usize..4 {
        let issue = || {
            let mut command = server.command("paper issue goods-receipt-note -w BER --delivery PO-17");
            command.args(["--output", "json", "--timeout", "1"]);
            command
        };
        let first = run(&mut issue());
        assert_eq!(first.code, 0, "{}", first.stderr);
        let writers: Vec<_> = (0..4)
            .map(|_| {
                issue()
                    .stdout(std::process::Stdio::piped())
                    .stderr(std::process::Stdio::null())
                    .spawn()
                    .unwrap()
            })
            .collect();
        let mut outputs = writers.into_iter();
        // Some have been answered by then, some are on their way.
        let done: Vec<_> =
            outputs.by_ref().take(round).map(|writer| writer.wait_with_output().unwrap()).collect();
        server.kill();
        let rest = outputs.map(|writer| writer.wait_with_output().unwrap());
        let stdouts =
            done.into_iter().chain(rest).filter(|output| output.status.success()).map(|output| output.stdout);
        let papers = std::iter::once(first.stdout.into_bytes()).chain(stdouts);
        answered
            .extend(papers.map(|paper| serde_json::from_slice::<Value>(&paper).unwrap()["number"].clone()));
        server = Server::start(data.path());
    }
    let listed = server.json("paper list -w BER");
    let numbers: Vec<&Value> = listed.as_array().unwrap().iter().map(|paper| &paper["number"]).collect();
    for (place, number) in (1..).zip(&numbers) {
        assert!(number.as_str().unwrap().ends_with(&format!("-{place:06}")), "{numbers:?}");
    }
    for number in answered {
        assert!(numbers.contains(&&number), "{number} was answered, and is not in {numbers:?}");
    }
}
