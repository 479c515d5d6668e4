//! How a document is written.

/// The form, for `--help`.
pub(in crate::cli::stock) const FORM: &str = r#"The document:
  {
    "warehouse": "BER",                           (or --warehouse)
    "request_id": "6f2c1c5e-8f0a-4f7e-9d5b-0a1b2c3d4e5f",  (or --request-id; made anew when absent)
    "effective_at": "2026-03-01T08:30:00Z",       (now when absent)
    "reference": "order 4711",
    "lines": [
      {"receive": {"sku": "A-100", "location": "MAIN", "quantity": "10", "unit": "CASE"}},
      {"issue":   {"sku": "A-100", "location": "MAIN", "quantity": "2"}},
      {"move":    {"sku": "A-100", "from_location": "MAIN", "to_location": "PICK", "quantity": "5"}},
      {"adjust":  {"sku": "A-100", "location": "MAIN", "delta": "-1", "reason": "broken"}},
      {"return":  {"sku": "A-100", "location": "MAIN", "quantity": "1"}},
      {"reserve": {"sku": "A-100", "location": "MAIN", "quantity": "3"}},
      {"reserve": {"sku": "A-100", "location": "MAIN", "quantity": "3", "expires_at": "2030-01-31T12:00:00Z", "priority": 5,
                   "holder": "C-17", "channel": "WEB", "pick": "fifo", "allow_partial": true, "reallocate": true}},
      {"issue":   {"sku": "L-1", "location": "MAIN", "quantity": "2", "partner": "C-17", "min_expiry": "2027-01-31"}},
      {"set_rule": {"channel_quota": {"sku": "A-100", "channel": "WEB", "quantity": "20"}}},
      {"release": {"reservation_id": "12-0", "quantity": "1"}},
      {"fulfil":  {"reservation_id": "12-0"}},
      {"receive": {"sku": "L-1", "location": "MAIN", "quantity": "4", "goods": {"lot": "L7", "status": "inspection"},
                   "lot_facts": {"expiry": "2027-01-31"}}},
      {"change_status": {"sku": "L-1", "location": "MAIN", "quantity": "4", "goods": {"lot": "L7", "status": "inspection"},
                         "to_status": "available", "reason": "inspected"}},
      {"take_ownership": {"sku": "A-100", "location": "MAIN", "quantity": "1", "goods": {"owner": "consignment:ACME"}}},
      {"consume": {"sku": "L-1", "location": "MAIN", "quantity": "4", "goods": {"lot": "L7"}}},
      {"produce": {"sku": "L-2", "location": "MAIN", "quantity": "2", "goods": {"lot": "P1"}}},
      {"issue":   {"sku": "L-2", "location": "MAIN", "quantity": "1", "goods": {"lot": "P1"}, "partner": "C-17"}},
      {"receive": {"sku": "C-1", "location": "MAIN", "quantity": "2", "goods": {"weight": "9.875"}}},
      {"reverse": {"sequence": 12, "line": 0, "reason": "booked twice"}},
      {"lock_stock": {"until": "2026-02-28T00:00:00Z"}},
      {"set_number_range": {"company_prefix": "7610425", "extension_digit": 3, "next": 1}},
      {"open_unit": {"kind": "PALLET", "location": "MAIN"}},
      {"open_unit": {"handling_unit": "106141412345678908", "kind": "BOX", "location": "MAIN"}},
      {"pack":      {"handling_unit": "line:19", "sku": "A-100", "quantity": "5"}},
      {"unpack":    {"handling_unit": "line:19", "sku": "A-100", "quantity": "1"}},
      {"nest":      {"handling_unit": "line:20", "parent": "line:19"}},
      {"move_unit": {"handling_unit": "line:19", "to_location": "DOCK"}},
      {"ship_unit": {"handling_unit": "line:19"}},
      {"close_unit": {"handling_unit": "376104250021234569"}},
      {"expect":    {"expectation": "PO-17/3", "direction": "supply", "supply_kind": "purchase", "sku": "A-100",
                     "quantity": "40", "day": "2026-03-09", "partner": "ACME"}},
      {"receive":   {"sku": "A-100", "location": "MAIN", "quantity": "30", "expectation": "PO-17/3"}},
      {"cancel_expectation": {"expectation": "PO-17/3"}},
      {"announce_delivery": {"delivery": "PO-18", "source": "purchase", "partner": "ACME", "due": "2026-03-10",
                             "lines": [{"number": 1, "sku": "L-1", "quantity": "40", "over": "10%", "under": "2", "aql": "1.0"}],
                             "units": [{"handling_unit": "106141412345678908", "kind": "PALLET",
                                        "goods": [{"number": 1, "quantity": "20", "lot": "L8"}]}]}},
      {"receive_unit": {"delivery": "PO-18", "handling_unit": "106141412345678908", "location": "DOCK"}},
      {"receive":   {"sku": "L-1", "location": "DOCK", "quantity": "20", "goods": {"lot": "L9"},
                     "delivery": {"delivery": "PO-18", "number": 1}}},
      {"change_status": {"sku": "L-1", "location": "DOCK", "quantity": "20", "goods": {"lot": "L9", "status": "inspection"},
                         "to_status": "available", "reason": "inspected",
                         "inspection": {"delivery": "PO-18", "number": 1, "sample": 5, "defective": 0}}},
      {"declare_discrepancy": {"delivery": "PO-18", "number": 1, "kind": "damaged", "quantity": "1", "answerable": "carrier"}},
      {"close_delivery": {"delivery": "PO-18", "answerable": "supplier", "note": "short"}},
      {"cancel_delivery": {"delivery": "PO-19"}},
      {"dispose_goods": {"delivery": "PO-18", "number": 1, "sku": "L-1", "location": "DOCK", "quantity": "1",
                         "goods": {"lot": "L9", "status": "damaged"}, "disposition": "return_to_supplier", "reason": "broken"}},
      {"set_rule": {"stored_as": {"sku": "A-100", "fixed_location": "A-01", "class": "A", "hazard": "flammable"}}},
      {"set_rule": {"stores": {"location": "A-01", "class": "A", "units_max": "100"}}},
      {"plan_count": {"count": "C-17", "plan": "Y26", "kind": "location", "guided": true, "tolerance": {"percent": "2"},
                      "approval_above": "500", "currency": "EUR", "costs": {"A-100": "2.50"},
                      "places": [{"location": "MAIN"}, {"location": "PICK", "sku": "A-100"}]}},
      {"enter_count": {"count": "C-17", "location": "PICK", "sku": "A-100", "counted_by": "MARIA", "read_at_sequence": 4711,
                       "seen": [{"sku": "A-100", "quantity": "12"}]}},
      {"approve_count": {"count": "C-17", "approved_by": "ANNA"}},
      {"post_count": {"count": "C-17"}},
      {"cancel_count": {"count": "C-18"}},
      {"create_task": {"task": "T-17", "kind": "put_away", "from_location": "DOCK", "to_location": "MAIN", "sku": "A-100", "quantity": "5",
                       "priority": 5, "due": "2026-03-10", "zone": "COLD", "skill": "FORKLIFT"}},
      {"claim_next_task": {"worker": "MARIA", "kinds": ["put_away"], "zones": ["COLD"], "skills": ["FORKLIFT"], "at_location": "DOCK"}},
      {"claim_task": {"task": "T-18", "worker": "MARIA"}},
      {"start_task": {"task": "T-18", "worker": "MARIA"}},
      {"finish_task": {"task": "T-18", "worker": "MARIA", "quantity": "5"}},
      {"fail_task": {"task": "T-19", "worker": "MARIA", "reason": "the place is full"}},
      {"give_back_task": {"task": "T-20", "worker": "MARIA"}},
      {"cancel_task": {"task": "T-21"}}
    ]
  }
Quantities are texts, or whole numbers. An absent unit is the item's base unit. Release and fulfil take all that is left when
they have no quantity. A reservation without a location is spread over the warehouse. "goods" say which (lot, serials, status, owner,
handling_unit) and what they weigh ("weight", of an item of catch weight), on every line but release; fulfil takes "serials",
"handling_unit" and "weight". "pass_lock": true changes what happened before
the lock, if you may; "effective_at_may_move": true lets it happen now where it cannot have happened at its time. What a document
consumes goes into what it produces. A "partner" is the supplier of a receive, or the customer of an issue, a return or a fulfil. A
handling unit is named by its SSCC, or as line:N by the line that opens it, from 0; unpack without an item takes everything out, nest
without a parent takes the unit out. An "expectation" that a receive, a return or a produce names is a supply that it meets; of an issue, a
fulfil, a consume or a reserve it is a demand. What a "delivery" announces is received for it line by line, or by handling unit. Give every document that may be sent again its request_id: one id has one effect."#;
