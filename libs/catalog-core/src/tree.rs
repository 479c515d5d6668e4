use std::collections::BTreeMap;

use proto::catalog::v1::{Location, Warehouse};

use crate::{Record, Refusal, Rule};

/// The deepest a location can be: a location at the top has depth 1.
pub const DEPTH_MAX: usize = 16;

/// What the rules of the tree need to know of a location.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The location it is in; empty at the top.
    pub parent: String,
    /// Not retired.
    pub active: bool,
    /// Outside the warehouse.
    pub is_virtual: bool,
}

/// The locations of one warehouse, by code.
#[derive(Debug, Clone, Default)]
pub struct Tree(BTreeMap<String, Node>);

impl Tree {
    /// Puts a location in, or changes it.
    pub fn put(&mut self, code: String, node: Node) {
        self.0.insert(code, node);
    }

    /// Checks the place of one location that is in the tree: its parent is a real location in use, no location is inside
    /// itself, and it is no deeper than [`DEPTH_MAX`].
    ///
    /// # Errors
    /// A refusal of `parent`.
    pub fn check(&self, code: &str) -> Result<(), Refusal> {
        let Some(node) = self.0.get(code) else { return Ok(()) };
        if node.parent.is_empty() {
            return Ok(());
        }
        match self.0.get(&node.parent) {
            None => {
                return Err(refused(format!(
                    "parent {:?} does not exist in the warehouse: create it first",
                    node.parent
                )));
            }
            Some(parent) if !parent.active => {
                return Err(refused(format!("parent {:?} is retired: choose another one", node.parent)));
            }
            Some(parent) if parent.is_virtual => {
                return Err(refused(format!("parent {:?} is virtual: choose a real location", node.parent)));
            }
            Some(_) => {}
        }
        match self.depth(code) {
            None => Err(refused(format!("{code:?} would be inside itself: choose another parent"))),
            Some(depth) if depth > DEPTH_MAX => Err(too_deep()),
            Some(_) => Ok(()),
        }
    }

    /// As [`Self::check`], for a location that moves with everything below it.
    ///
    /// # Errors
    /// A refusal of `parent`.
    pub fn check_moved(&self, code: &str) -> Result<(), Refusal> {
        self.check(code)?;
        let fits = |code: &String| self.depth(code).is_some_and(|depth| depth <= DEPTH_MAX);
        if self.0.keys().all(fits) { Ok(()) } else { Err(too_deep()) }
    }

    /// Steps to the top, this one counted; `None` when they never end.
    fn depth(&self, code: &str) -> Option<usize> {
        let mut depth = 0_usize;
        let mut at = code;
        while !at.is_empty() {
            depth = depth.saturating_add(1);
            if depth > self.0.len() {
                return None;
            }
            at = self.0.get(at).map_or("", |node| node.parent.as_str());
        }
        Some(depth)
    }
}

/// Judges new locations: their warehouses are in use, and the trees with all of them in it are trees. A parent may come in the
/// same batch. `fields` are the paths of the locations; `trees` hold what is there already.
///
/// # Errors
/// A refusal for the first location that may not be created.
pub fn admit_locations(
    locations: &[Location],
    fields: &[String],
    warehouses: &BTreeMap<String, Warehouse>,
    mut trees: BTreeMap<String, Tree>,
) -> Result<(), Refusal> {
    for location in locations {
        let node = Node { parent: location.parent.clone(), active: true, is_virtual: false };
        trees.entry(location.warehouse.clone()).or_default().put(location.code.clone(), node);
    }
    for (location, field) in locations.iter().zip(fields) {
        admit_warehouse(&location.warehouse, warehouses).map_err(|refusal| refusal.within(field))?;
        let checked = trees.get(&location.warehouse).map_or(Ok(()), |tree| tree.check(&location.code));
        checked.map_err(|refusal| refusal.within(field))?;
    }
    Ok(())
}

/// Judges a location with a new parent. `tree` is its warehouse as it is.
///
/// # Errors
/// A refusal when it, or anything below it, cannot be there.
pub fn admit_location_update(after: &Location, mut tree: Tree) -> Result<(), Refusal> {
    let node = Node { parent: after.parent.clone(), active: after.is_active(), is_virtual: after.r#virtual };
    tree.put(after.code.clone(), node);
    tree.check_moved(&after.code)
}

fn admit_warehouse(code: &str, warehouses: &BTreeMap<String, Warehouse>) -> Result<(), Refusal> {
    match warehouses.get(code) {
        Some(warehouse) if warehouse.is_active() => Ok(()),
        Some(_) => {
            let message = format!("warehouse {code:?} is retired: it takes no new locations");
            Err(Refusal::new(Rule::WarehouseRetired, "warehouse", message))
        }
        None => {
            let message = format!("warehouse {code:?} does not exist: create it first");
            Err(Refusal::new(Rule::UnknownWarehouse, "warehouse", message))
        }
    }
}

fn too_deep() -> Refusal {
    refused(format!("the tree would be deeper than {DEPTH_MAX} levels: choose another parent"))
}

fn refused(message: String) -> Refusal {
    Refusal::new(Rule::BadParent, "parent", message)
}

#[cfg(test)]
#[expect(clippy::arithmetic_side_effects, reason = "the model in the tests computes with plain operators")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// `A<B` puts A into B, `A<` at the top, a trailing `!` retires it, a leading `~` makes it virtual.
    fn tree(text: &str) -> Tree {
        let mut tree = Tree::default();
        for word in text.split_whitespace() {
            let (code, parent) = word.trim_matches(['~', '!']).split_once('<').unwrap();
            let node = Node {
                parent: parent.into(),
                active: !word.ends_with('!'),
                is_virtual: word.starts_with('~'),
            };
            tree.put(code.into(), node);
        }
        tree
    }

    fn check(row: &str) {
        let (input, expected) = row.split_once(" | ").unwrap();
        let (text, code) = input.rsplit_once(' ').unwrap();
        let got = tree(text).check_moved(code).map_or_else(|refusal| refusal.message, |()| "ok".into());
        assert!(got.starts_with(expected), "{row}: {got}");
    }

    #[test]
    fn places_in_the_tree() {
        check("HALL< AISLE<HALL BIN<AISLE BIN | ok");
        check("HALL< HALL | ok");
        check("BIN<AISLE BIN | parent \"AISLE\" does not exist");
        check("HALL<! BIN<HALL BIN | parent \"HALL\" is retired");
        check("~SCRAP< BIN<SCRAP BIN | parent \"SCRAP\" is virtual");
        check("BIN<BIN BIN | \"BIN\" would be inside itself");
        check("A<B B<C C<A A | \"A\" would be inside itself");
        check("A<B B<C C<B A | \"A\" would be inside itself");
    }

    fn chain(length: usize) -> String {
        (1..=length)
            .map(|n| format!("L{n}<{} ", if n == 1 { String::new() } else { format!("L{}", n - 1) }))
            .collect()
    }

    #[test]
    fn the_deepest_location() {
        check(&format!("{} L16 | ok", chain(16)));
        check(&format!("{} L17 | the tree would be deeper", chain(17)));
        // L2 moves below eight others and takes 14 below it along.
        let with_mover = format!("{} T1< T2<T1 T3<T2", chain(16).replace("L2<L1", "L2<T3"));
        check(&format!("{with_mover} L2 | the tree would be deeper"));
    }

    proptest! {
        /// All locations pass the check exactly when every one of them reaches the top.
        #[test]
        fn checked_locations_reach_the_top(parents in proptest::collection::vec(0_usize..12, 1..12)) {
            let mut tree = Tree::default();
            let name = |n: usize| if n == 0 { String::new() } else { format!("L{n}") };
            for (position, parent) in parents.iter().enumerate() {
                tree.put(name(position + 1), Node { parent: name(*parent), active: true, is_virtual: false });
            }
            let reaches_top = |start: usize| {
                let mut at = start;
                (0..=parents.len()).any(|_| {
                    let arrived = at == 0;
                    at = if at == 0 { 0 } else { parents.get(at.wrapping_sub(1)).copied().unwrap_or(usize::MAX) };
                    arrived
                })
            };
            let all_pass = (1..=parents.len()).all(|position| tree.check(&name(position)).is_ok());
            prop_assert_eq!(all_pass, (1..=parents.len()).all(reaches_top));
        }
    }
}
