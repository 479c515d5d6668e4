//! A paper as one page of HTML that needs nothing else: for screens, and for printers that a browser has.

use std::fmt::Write;

use crate::{Align, Barcode, Cell, Column, Number, Paper, PaperFault, Table, Word, show};

const STYLE: &str = include_str!("../templates/paper.css");
/// Pixels a module.
const MATRIX_MODULE: usize = 4;
const BAR_MODULE: usize = 2;
const BARS_HIGH: usize = 70;

impl Paper {
    /// As HTML. `corrected_by` is the paper that took its place, which is said on top of it.
    ///
    /// # Errors
    /// [`PaperFault`] when a barcode cannot be made, or the form is not known.
    pub fn to_html(&self, corrected_by: Option<Number>) -> Result<String, PaperFault> {
        self.check()?;
        let language = self.head.language;
        let title = self.kind.title().in_language(language);
        let number = self.head.number;
        let mut page = Html(String::new());
        page.raw(&format!(
            "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title} {number}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n"
        ));
        self.letterhead(&mut page)?;
        page.raw(&format!("<div class=\"title\"><h1>{title}</h1><p class=\"number\">{number}</p></div>\n"));
        self.validity(&mut page, corrected_by);
        self.parties(&mut page);
        self.facts(&mut page);
        for (label, barcode) in &self.barcodes {
            page.element("h3", label.in_language(language));
            page.raw(&bars(barcode)?);
            page.element("p", barcode.caption());
        }
        for table in &self.tables {
            self.table(&mut page, table);
        }
        self.foot(&mut page);
        page.raw("</body>\n</html>\n");
        Ok(page.0)
    }

    fn letterhead(&self, page: &mut Html) -> Result<(), PaperFault> {
        page.raw("<header><div>");
        page.element("strong", &self.head.issuer.name);
        self.head.issuer.address.iter().for_each(|line| page.element("p", line));
        page.raw("</div>");
        page.raw(&matrix(&self.own_barcode())?);
        page.raw("</header>\n");
        Ok(())
    }

    fn validity(&self, page: &mut Html, corrected_by: Option<Number>) {
        let language = self.head.language;
        if let Some(number) = corrected_by {
            page.raw("<p class=\"void\">");
            page.text(&format!("{} {number}", Word::CorrectedBy.in_language(language)));
            page.raw("</p>\n");
        }
        if let Some(correction) = &self.head.corrects {
            page.element("p", &format!("{} {}", Word::Corrects.in_language(language), correction.number));
            page.element("p", &format!("{}: {}", Word::Reason.in_language(language), correction.reason));
        }
    }

    fn parties(&self, page: &mut Html) {
        page.raw("<div class=\"parties\">");
        for party in &self.parties {
            page.raw("<div>");
            page.element("small", party.role.in_language(self.head.language));
            party.lines.iter().for_each(|line| page.element("p", line));
            page.raw("</div>");
        }
        page.raw("</div>\n");
    }

    fn facts(&self, page: &mut Html) {
        let (head, language) = (&self.head, self.head.language);
        page.raw("<dl>");
        let mut fact = |label: Word, text: &str| {
            page.raw("<div>");
            page.element("dt", label.in_language(language));
            page.element("dd", text);
            page.raw("</div>");
        };
        fact(Word::Date, &show::day(&head.issued.date, language));
        fact(Word::Warehouse, &format!("{} · {}", head.warehouse.code, head.warehouse.name));
        self.facts.iter().for_each(|known| fact(known.label, &known.value.shown(language)));
        fact(Word::IssuedAt, &show::issued(&head.issued, language));
        page.raw("</dl>\n");
    }

    fn table(&self, page: &mut Html, table: &Table) {
        let language = self.head.language;
        page.element("h2", table.title.in_language(language));
        page.raw("<table>\n<thead><tr>");
        for column in &table.columns {
            page.cell("th", column, column.label.in_language(language));
        }
        page.raw("</tr></thead>\n<tbody>\n");
        let row = |page: &mut Html, row: &Vec<Cell>| {
            page.raw("<tr>");
            table
                .columns
                .iter()
                .zip(row)
                .for_each(|(column, cell)| page.cell("td", column, &cell.shown(language)));
            page.raw("</tr>\n");
        };
        table.rows.iter().for_each(|cells| row(page, cells));
        page.raw("</tbody>\n<tfoot>\n");
        table.totals.iter().for_each(|cells| row(page, cells));
        page.raw("</tfoot>\n</table>\n");
    }

    fn foot(&self, page: &mut Html) {
        let language = self.head.language;
        self.notes.iter().for_each(|note| page.element("p", note.in_language(language)));
        let as_of = self.head.as_of.iter().map(|as_of| format!("{} {}", as_of.warehouse, as_of.sequence));
        let as_of: Vec<String> = as_of.collect();
        page.raw("<footer>");
        page.text(&format!("{}: {}", Word::AsOf.in_language(language), as_of.join(", ")));
        page.raw("</footer>\n<div class=\"signatures\">");
        self.signatures.iter().for_each(|signer| page.element("span", signer.in_language(language)));
        page.raw("</div>\n");
    }
}

/// What was written so far.
struct Html(String);

impl Html {
    fn raw(&mut self, html: &str) {
        self.0.push_str(html);
    }

    /// Nothing of a text is markup.
    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.raw("&amp;"),
                '<' => self.raw("&lt;"),
                '>' => self.raw("&gt;"),
                '"' => self.raw("&quot;"),
                '\'' => self.raw("&#39;"),
                c => self.0.push(c),
            }
        }
    }

    fn element(&mut self, name: &str, text: &str) {
        self.raw(&format!("<{name}>"));
        self.text(text);
        self.raw(&format!("</{name}>"));
    }

    fn cell(&mut self, name: &str, column: &Column, text: &str) {
        let class = match column.align {
            Align::Left => "",
            Align::Right => " class=\"right\"",
        };
        self.raw(&format!("<{name}{class}>"));
        self.text(text);
        self.raw(&format!("</{name}>"));
    }
}

/// Rows of modules as a drawing.
fn matrix(barcode: &Barcode) -> Result<String, PaperFault> {
    let rows = barcode.matrix()?;
    let side = rows.len().saturating_mul(MATRIX_MODULE);
    let mut path = String::new();
    for (y, row) in rows.iter().enumerate() {
        for (x, _) in row.iter().enumerate().filter(|(_, dark)| **dark) {
            square(&mut path, [x, y].map(|at| at.saturating_mul(MATRIX_MODULE)), [MATRIX_MODULE; 2]);
        }
    }
    Ok(svg([side, side], &path))
}

fn bars(barcode: &Barcode) -> Result<String, PaperFault> {
    let modules = barcode.bars()?;
    let mut path = String::new();
    for (x, _) in modules.iter().enumerate().filter(|(_, dark)| **dark) {
        square(&mut path, [x.saturating_mul(BAR_MODULE), 0], [BAR_MODULE, BARS_HIGH]);
    }
    Ok(svg([modules.len().saturating_mul(BAR_MODULE), BARS_HIGH], &path))
}

fn square(path: &mut String, [x, y]: [usize; 2], [width, height]: [usize; 2]) {
    // Writing to a string cannot fail.
    let _ = write!(path, "M{x} {y}h{width}v{height}h-{width}z");
}

fn svg([width, height]: [usize; 2], path: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" shape-rendering=\"crispEdges\"><path d=\"{path}\"/></svg>"
    )
}
