//! Every error reason of the system, in one list. `docs/errors.md` says what to do about each; a test compares the two.

use std::fmt;

use tonic::Code;

macro_rules! reasons {
    ($($(#[$group:meta])* $name:ident $text:literal $code:ident $meaning:literal)*) => {
        /// Why a request was not done. The text is stable: programs decide by it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Reason {
            $(#[doc = $meaning] $name,)*
        }

        impl Reason {
            /// All of them, in the order of `docs/errors.md`.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// As it stands in `ErrorInfo.reason`, for example `UNKNOWN_ITEM`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// The gRPC status code that goes with it, always the same.
            pub const fn code(self) -> Code {
                match self { $(Self::$name => Code::$code,)* }
            }

            /// One line of explanation, for people.
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$name => $meaning,)* }
            }

            /// Reads what [`Reason::as_str`] wrote. `None` for a reason this build does not know.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$name),)* _ => None }
            }
        }
    };
}

reasons! {
    // Master data that a request names.
    UnknownItem "UNKNOWN_ITEM" NotFound "no item has this SKU"
    ItemRetired "ITEM_RETIRED" FailedPrecondition "the item is retired"
    UnknownItemClass "UNKNOWN_ITEM_CLASS" NotFound "no item class has this code"
    ItemClassRetired "ITEM_CLASS_RETIRED" FailedPrecondition "the item class is retired"
    UnknownCodingRule "UNKNOWN_CODING_RULE" NotFound "no coding rule has this code"
    CodingRuleRetired "CODING_RULE_RETIRED" FailedPrecondition "the coding rule is retired"
    UnknownWarehouse "UNKNOWN_WAREHOUSE" NotFound "no warehouse has this code"
    WarehouseRetired "WAREHOUSE_RETIRED" FailedPrecondition "the warehouse is retired"
    WarehouseNotServed "WAREHOUSE_NOT_SERVED" FailedPrecondition "this server does not own the warehouse"
    UnknownLocation "UNKNOWN_LOCATION" NotFound "the warehouse has no location with this code"
    LocationRetired "LOCATION_RETIRED" FailedPrecondition "the location is retired"
    LocationVirtual "LOCATION_VIRTUAL" InvalidArgument "a virtual location stands where a real one is needed"
    SameLocation "SAME_LOCATION" InvalidArgument "goods would move to where they are"
    UnknownUnit "UNKNOWN_UNIT" InvalidArgument "the item has no such unit"
    UnknownRecall "UNKNOWN_RECALL" NotFound "the lot was never called back"
    UnknownBom "UNKNOWN_BOM" NotFound "the item has no bill of material of this version"
    NoBom "NO_BOM" FailedPrecondition "no bill of material of the item holds on that day"
    BomCycle "BOM_CYCLE" InvalidArgument "a thing would be made of itself"
    BomOverlap "BOM_OVERLAP" FailedPrecondition "two versions of a bill of material would hold on one day"
    BomTooLarge "BOM_TOO_LARGE" FailedPrecondition "a bill of material has more below it than is followed"

    // Quantities.
    BadQuantity "BAD_QUANTITY" InvalidArgument "not a plain decimal number"
    TooManyDecimals "TOO_MANY_DECIMALS" InvalidArgument "more decimals than the unit allows"
    QuantityNotExact "QUANTITY_NOT_EXACT" InvalidArgument "the quantity is not exact in the base unit"
    QuantityNotPositive "QUANTITY_NOT_POSITIVE" InvalidArgument "the quantity must be greater than zero"
    QuantityZero "QUANTITY_ZERO" InvalidArgument "the quantity must not be zero"
    QuantityOverflow "QUANTITY_OVERFLOW" OutOfRange "the quantity, or the stock it leads to, is too large"

    // Lots, serial numbers, statuses and owners.
    LotMissing "LOT_MISSING" InvalidArgument "the item is tracked by lot, and the line names none"
    LotNotTracked "LOT_NOT_TRACKED" InvalidArgument "the item is not tracked by lot, and the line names one"
    SerialsNotTracked "SERIALS_NOT_TRACKED" InvalidArgument "the item is not tracked by serial number, and the line names some"
    SerialCount "SERIAL_COUNT" InvalidArgument "not one serial number a unit"
    SerialFraction "SERIAL_FRACTION" InvalidArgument "a fraction of an item that is tracked by serial number"
    BadStatus "BAD_STATUS" InvalidArgument "no such stock status"
    StatusInUse "STATUS_IN_USE" FailedPrecondition "there are goods of the status, so that it cannot count otherwise now"
    StatusNotAvailable "STATUS_NOT_AVAILABLE" FailedPrecondition "goods of the status do not count as available"
    BadOwner "BAD_OWNER" InvalidArgument "not an owner"
    IllegalTransition "ILLEGAL_TRANSITION" FailedPrecondition "goods of this status cannot become that one"
    NotConsignment "NOT_CONSIGNMENT" InvalidArgument "only a supplier's goods can become our own"
    LotRecalled "LOT_RECALLED" FailedPrecondition "the lot is called back, and its goods stay recalled until that ends"

    // Catch weight.
    WeightMissing "WEIGHT_MISSING" InvalidArgument "the item is of catch weight, and nobody says what the goods weigh"
    WeightUnexpected "WEIGHT_UNEXPECTED" InvalidArgument "a weight where none is kept"
    WeightImplausible "WEIGHT_IMPLAUSIBLE" InvalidArgument "so many goods cannot weigh that"
    WeightOfSeveral "WEIGHT_OF_SEVERAL" InvalidArgument "one weight for goods of several lots or places"
    WeighingChanged "WEIGHING_CHANGED" FailedPrecondition "the item is weighed otherwise than the goods that are there"
    InsufficientWeight "INSUFFICIENT_WEIGHT" FailedPrecondition "a part would weigh as much as all that is there"

    // Documents and requests.
    NoLines "NO_LINES" InvalidArgument "the document has no lines"
    TooManyLines "TOO_MANY_LINES" InvalidArgument "the document has more than 1,000 lines"
    NoDocuments "NO_DOCUMENTS" InvalidArgument "the request has no documents"
    TooManyDocuments "TOO_MANY_DOCUMENTS" InvalidArgument "the request has too many documents or records"
    TooManyReferences "TOO_MANY_REFERENCES" InvalidArgument "a message names more entries or reservations than are looked up for one"
    NoAction "NO_ACTION" InvalidArgument "the line does not say what is done"
    ReasonMissing "REASON_MISSING" InvalidArgument "an adjustment needs a reason"
    TextTooLong "TEXT_TOO_LONG" InvalidArgument "a text is longer than allowed"
    RequestIdMissing "REQUEST_ID_MISSING" InvalidArgument "every change needs a request id"
    RequestIdMalformed "REQUEST_ID_MALFORMED" InvalidArgument "the request id is not a UUID, or one that callers may not give"
    RequestIdReused "REQUEST_ID_REUSED" AlreadyExists "the request id was used before, with other content"
    EffectiveAtInFuture "EFFECTIVE_AT_IN_FUTURE" InvalidArgument "effective_at lies in the future"
    EffectiveAtTooOld "EFFECTIVE_AT_TOO_OLD" InvalidArgument "effective_at lies before the configured limit"
    BadTime "BAD_TIME" InvalidArgument "not a valid time"
    DayOutOfRange "DAY_OUT_OF_RANGE" InvalidArgument "something is expected on a day too far from today"

    // Judged against the warehouse's state; remembered with the request id.
    InsufficientAvailable "INSUFFICIENT_AVAILABLE" FailedPrecondition "less is available than was asked for"
    ReservationNotFound "RESERVATION_NOT_FOUND" NotFound "no open reservation has this id"
    ReservationExceeded "RESERVATION_EXCEEDED" FailedPrecondition "the reservation holds less than was asked for"
    UnknownLot "UNKNOWN_LOT" NotFound "the lot was never received"
    LotDiffers "LOT_DIFFERS" FailedPrecondition "the lot is known with other facts"
    DuplicateSerial "DUPLICATE_SERIAL" AlreadyExists "the unit is in the warehouse already"
    UnknownSerial "UNKNOWN_SERIAL" NotFound "no unit with this serial number is in the warehouse"
    SerialElsewhere "SERIAL_ELSEWHERE" FailedPrecondition "the unit is at another location, or of another status or owner"
    TrackingChanged "TRACKING_CHANGED" FailedPrecondition "the item's tracking is another than that of the goods that are there"
    PromisedElsewhere "PROMISED_ELSEWHERE" FailedPrecondition "less of the reservation is at the place, or in the handling unit, than was asked for"
    ReservationNotExpired "RESERVATION_NOT_EXPIRED" FailedPrecondition "the promise does not end by itself, or not yet"
    SerialReserved "SERIAL_RESERVED" FailedPrecondition "the unit is promised by name"
    SerialNotReserved "SERIAL_NOT_RESERVED" FailedPrecondition "the reservation is of other units"
    QuotaExceeded "QUOTA_EXCEEDED" FailedPrecondition "what is left is kept for other channels, or is more than a device was granted"
    BufferKept "BUFFER_KEPT" FailedPrecondition "what is free is kept as a safety buffer"
    CustomerMaximum "CUSTOMER_MAXIMUM" FailedPrecondition "the customer would hold more than may be"
    ExpiresTooEarly "EXPIRES_TOO_EARLY" FailedPrecondition "the lot does not last long enough"
    ExpiresAtInPast "EXPIRES_AT_IN_PAST" InvalidArgument "a promise would be over before it is made"
    WouldBreakLater "WOULD_BREAK_LATER" FailedPrecondition "told late, it would leave less than nothing at an instant after it"
    AlreadyReversed "ALREADY_REVERSED" FailedPrecondition "the movement was taken back before"
    ReversalOfReversal "REVERSAL_OF_REVERSAL" FailedPrecondition "what should be taken back takes something back itself"
    MovementNotFound "MOVEMENT_NOT_FOUND" NotFound "nothing was moved by this line of this entry"
    StockLocked "STOCK_LOCKED" FailedPrecondition "it would change what happened before the lock"
    Permission "PERMISSION" PermissionDenied "the caller may not do this"
    HandlingUnitNotFound "HANDLING_UNIT_NOT_FOUND" NotFound "no such handling unit is there"
    SsccReused "SSCC_REUSED" AlreadyExists "the number was given to a handling unit before"
    NumberRangeExhausted "NUMBER_RANGE_EXHAUSTED" FailedPrecondition "no number is left for a new handling unit"
    NumberRangeTaken "NUMBER_RANGE_TAKEN" FailedPrecondition "the range would give numbers again"
    PackedInUnit "PACKED_IN_UNIT" FailedPrecondition "the goods are in handling units, and the line names none"
    InsufficientInUnit "INSUFFICIENT_IN_UNIT" FailedPrecondition "the handling unit holds less than was asked for"
    HandlingUnitElsewhere "HANDLING_UNIT_ELSEWHERE" FailedPrecondition "the handling unit is at another location"
    HandlingUnitNotEmpty "HANDLING_UNIT_NOT_EMPTY" FailedPrecondition "something is in the handling unit"
    BadNesting "BAD_NESTING" FailedPrecondition "the handling unit cannot stand in the other one"
    HandlingUnitTooLarge "HANDLING_UNIT_TOO_LARGE" FailedPrecondition "more is in the handling unit, or moves with it, than may be"
    ExpectationNotFound "EXPECTATION_NOT_FOUND" NotFound "nothing is expected under this key"
    ExpectationOfOtherItem "EXPECTATION_OF_OTHER_ITEM" FailedPrecondition "another item is expected under this key"
    ExpectationOfOtherDirection "EXPECTATION_OF_OTHER_DIRECTION" FailedPrecondition "goods are expected to come and the line lets them go, or the other way round"
    TooManyExpectations "TOO_MANY_EXPECTATIONS" FailedPrecondition "as many expectations are open as a warehouse may have"
    DeliveryNotFound "DELIVERY_NOT_FOUND" NotFound "no delivery has this key"
    DeliveryEnded "DELIVERY_ENDED" FailedPrecondition "the delivery is closed or cancelled"
    DeliveryLineNotFound "DELIVERY_LINE_NOT_FOUND" NotFound "the delivery has no such line"
    DeliveryOfOtherItem "DELIVERY_OF_OTHER_ITEM" FailedPrecondition "the delivery's line is of another item"
    ItemNotAnnounced "ITEM_NOT_ANNOUNCED" FailedPrecondition "the delivery does not announce the item"
    OverTolerance "OVER_TOLERANCE" FailedPrecondition "more would come of a delivery than may"
    UnitNotAnnounced "UNIT_NOT_ANNOUNCED" NotFound "the delivery does not announce the handling unit"
    UnitArrived "UNIT_ARRIVED" AlreadyExists "the handling unit of the delivery is here already"
    DeliveryLineArrived "DELIVERY_LINE_ARRIVED" FailedPrecondition "something came of a line that would be gone or another"
    DeliveryArrived "DELIVERY_ARRIVED" FailedPrecondition "something came of a delivery that should be cancelled"
    DeliveryDiffers "DELIVERY_DIFFERS" FailedPrecondition "what came is not what was announced, and nobody answers for it"
    NotInspected "NOT_INSPECTED" FailedPrecondition "goods of the delivery wait for an inspection"
    DeliveryExceeded "DELIVERY_EXCEEDED" FailedPrecondition "the step is about more than came, or than waits for an inspection"
    SampleTooSmall "SAMPLE_TOO_SMALL" FailedPrecondition "fewer were looked at than the sampling plan asks for"
    InspectionFailed "INSPECTION_FAILED" FailedPrecondition "too many of the sample are not right for the goods to be available"
    DeliveryTooLarge "DELIVERY_TOO_LARGE" FailedPrecondition "the delivery has as many lines, or discrepancies, as may be"
    OtherDisposition "OTHER_DISPOSITION" FailedPrecondition "what comes from there does not become that"
    ExpectedByDelivery "EXPECTED_BY_DELIVERY" FailedPrecondition "what an open delivery expects is its own"
    TooManyDeliveries "TOO_MANY_DELIVERIES" FailedPrecondition "as many deliveries are open as a warehouse may have"
    OrderNotFound "ORDER_NOT_FOUND" NotFound "no outbound order has this key"
    OrderEnded "ORDER_ENDED" FailedPrecondition "the order is closed or cancelled"
    OrderLineNotFound "ORDER_LINE_NOT_FOUND" NotFound "the order has no such line"
    OrderLineInUse "ORDER_LINE_IN_USE" FailedPrecondition "something of the line is promised or has left"
    OrderIncomplete "ORDER_INCOMPLETE" FailedPrecondition "the order leaves as a whole, and something is missing"
    OrderNotAllocated "ORDER_NOT_ALLOCATED" FailedPrecondition "nothing is promised for the order"
    OrderInWave "ORDER_IN_WAVE" FailedPrecondition "the order is picked in a wave already"
    OrderInNoWave "ORDER_IN_NO_WAVE" FailedPrecondition "the order is in no wave"
    OrderNotPicked "ORDER_NOT_PICKED" FailedPrecondition "nothing of the order stands where it is picked to"
    OrderPicked "ORDER_PICKED" FailedPrecondition "picked goods of the order wait to leave"
    OrderShipped "ORDER_SHIPPED" FailedPrecondition "goods of the order have left"
    OrderLineOpen "ORDER_LINE_OPEN" FailedPrecondition "a line of the order has not left as a whole"
    TooManyOrders "TOO_MANY_ORDERS" FailedPrecondition "as many orders are open as may be"
    TaskNotFound "TASK_NOT_FOUND" NotFound "no task has this key"
    TaskEnded "TASK_ENDED" FailedPrecondition "the task is done, failed or cancelled"
    TaskTaken "TASK_TAKEN" FailedPrecondition "somebody has the task"
    TaskForAnother "TASK_FOR_ANOTHER" FailedPrecondition "the task is for somebody else"
    TaskNotHeld "TASK_NOT_HELD" FailedPrecondition "who says that they do the task does not have it"
    TaskStarted "TASK_STARTED" FailedPrecondition "the task was begun already"
    TaskExceeded "TASK_EXCEEDED" FailedPrecondition "more would be done than the task asks for"
    TaskExists "TASK_EXISTS" AlreadyExists "an open task is for the same"
    NoTask "NO_TASK" NotFound "nothing waits that this person may do"
    TooManyTasksHeld "TOO_MANY_TASKS_HELD" FailedPrecondition "somebody has as many tasks as one may have"
    TooManyTasks "TOO_MANY_TASKS" FailedPrecondition "as many tasks are open as may be"
    ProductionNotFound "PRODUCTION_NOT_FOUND" NotFound "no production order has this key"
    ProductionEnded "PRODUCTION_ENDED" FailedPrecondition "the production order is closed or cancelled"
    OrderKeyTaken "ORDER_KEY_TAKEN" FailedPrecondition "an open order of another kind has this key"
    ProductionNotReleased "PRODUCTION_NOT_RELEASED" FailedPrecondition "the production order is only planned"
    ProductionReleased "PRODUCTION_RELEASED" FailedPrecondition "the production order is released, and nothing more is to be promised for it"
    ProductionNotStarted "PRODUCTION_NOT_STARTED" FailedPrecondition "nothing was made of the production order"
    ProductionFinished "PRODUCTION_FINISHED" FailedPrecondition "nothing more is made of the production order"
    ProductionNotFinished "PRODUCTION_NOT_FINISHED" FailedPrecondition "the production order should be closed, and is not finished"
    ProductionExceeded "PRODUCTION_EXCEEDED" FailedPrecondition "more would be made than the production order allows"
    ProductionShort "PRODUCTION_SHORT" FailedPrecondition "less was made than is enough, and nobody said so"
    NotAComponent "NOT_A_COMPONENT" FailedPrecondition "the production order takes nothing of the item"
    ComponentBackflushed "COMPONENT_BACKFLUSHED" FailedPrecondition "the component is taken where it is stored, and not issued"
    ComponentLacking "COMPONENT_LACKING" FailedPrecondition "less of a component is there for the production order than the step takes"
    ComponentsLeft "COMPONENTS_LEFT" FailedPrecondition "components lie at the place of work for the production order"
    ProductionInUse "PRODUCTION_IN_USE" FailedPrecondition "something of the item is made, issued, used or promised, and the plan would have it otherwise"
    ProductionMade "PRODUCTION_MADE" FailedPrecondition "something was made or used up of the production order"
    ProductionTooLarge "PRODUCTION_TOO_LARGE" FailedPrecondition "the production order makes or takes more of an item than may be"
    ExpectedByProduction "EXPECTED_BY_PRODUCTION" FailedPrecondition "what an open production order expects is its own"
    ComponentThere "COMPONENT_THERE" FailedPrecondition "the component is to be brought to or from where it is"
    NotTheProduct "NOT_THE_PRODUCT" FailedPrecondition "the production order makes another item"
    TooManyProductionOrders "TOO_MANY_PRODUCTION_ORDERS" FailedPrecondition "as many production orders are open as may be"
    CountNotFound "COUNT_NOT_FOUND" NotFound "no count has this key"
    CountExists "COUNT_EXISTS" AlreadyExists "a count has this key"
    CountEnded "COUNT_ENDED" FailedPrecondition "the count is posted or cancelled"
    CountPlaceNotPlanned "COUNT_PLACE_NOT_PLANNED" NotFound "the count does not count this place"
    CountOfOtherItem "COUNT_OF_OTHER_ITEM" FailedPrecondition "the place is counted of another item"
    CountReadOutOfTime "COUNT_READ_OUT_OF_TIME" FailedPrecondition "the shelf was read too early, or after the newest entry"
    CountUnitsMoved "COUNT_UNITS_MOVED" FailedPrecondition "units moved since the shelf was read"
    CountUnitTwice "COUNT_UNIT_TWICE" FailedPrecondition "a unit was seen twice at one place"
    CountWeighed "COUNT_WEIGHED" FailedPrecondition "goods of catch weight cannot be counted"
    CountedBySamePerson "COUNTED_BY_SAME_PERSON" FailedPrecondition "who counted the place last counts it again"
    NotCounted "NOT_COUNTED" FailedPrecondition "places of the count are not counted"
    RecountNeeded "RECOUNT_NEEDED" FailedPrecondition "what differs by more than it may was counted once only"
    CountStale "COUNT_STALE" FailedPrecondition "what should be at the place was put right after it was read"
    CountApprovalNeeded "COUNT_APPROVAL_NEEDED" FailedPrecondition "what differs is worth more than may be posted without an approval"
    OwnVariance "OWN_VARIANCE" FailedPrecondition "who counted approves what differs"
    CountTooLarge "COUNT_TOO_LARGE" FailedPrecondition "the count has as many counted goods as may be"
    ItemPeriodic "ITEM_PERIODIC" FailedPrecondition "the usage of the item is found by counts only"
    TooManyCounts "TOO_MANY_COUNTS" FailedPrecondition "as many counts are open as a warehouse may have"
    TooManyRules "TOO_MANY_RULES" FailedPrecondition "no more rules may hold in the warehouse"
    DocumentTooLarge "DOCUMENT_TOO_LARGE" FailedPrecondition "the document would make more of one journal entry than may be"
    BadReservationId "BAD_RESERVATION_ID" InvalidArgument "not a reservation id"

    // Master data that a request changes.
    NotFound "NOT_FOUND" NotFound "no such record"
    AlreadyExists "ALREADY_EXISTS" AlreadyExists "a record with this key exists"
    BadCode "BAD_CODE" InvalidArgument "a key or code is not written as its kind requires"
    BadField "BAD_FIELD" InvalidArgument "a field's value is not allowed"
    BadFieldMask "BAD_FIELD_MASK" InvalidArgument "the update mask names a field that does not exist or cannot change"
    BadPattern "BAD_PATTERN" InvalidArgument "the coding rule's pattern cannot be read"
    BadParent "BAD_PARENT" FailedPrecondition "the parent location does not exist, is retired, is virtual or lies below"
    CodingRuleBroken "CODING_RULE_BROKEN" InvalidArgument "the SKU breaks the coding rule of its class"
    GtinTaken "GTIN_TAKEN" AlreadyExists "another item has this GTIN"
    InUse "IN_USE" FailedPrecondition "other records still use it"
    ItemHasStock "ITEM_HAS_STOCK" FailedPrecondition "goods of the item are there, or promised, in some warehouse"
    StaleEtag "STALE_ETAG" Aborted "the record changed since it was read"

    // Scans.
    ScanNotReadable "SCAN_NOT_READABLE" InvalidArgument "the scan is broken, or of a kind that is not read"
    ScanUnknownCode "SCAN_UNKNOWN_CODE" NotFound "the scan is no label of GS1, no SKU and no location"
    ScanUnknownItem "SCAN_UNKNOWN_ITEM" NotFound "the scan names an item that the catalog does not have"
    ScanWeightUnit "SCAN_WEIGHT_UNIT" InvalidArgument "the label gives the weight in another unit than the item is weighed in"
    ScanUnknownLocation "SCAN_UNKNOWN_LOCATION" NotFound "the scan names a place that the catalog does not have"

    // Reading.
    BadPageToken "BAD_PAGE_TOKEN" InvalidArgument "the page token is not one of ours, or belongs to another request"
    BadPageSize "BAD_PAGE_SIZE" InvalidArgument "the page size is out of range"
    BadFilter "BAD_FILTER" InvalidArgument "the filter cannot be read"
    NoKeys "NO_KEYS" InvalidArgument "the request names no keys"
    TooManyKeys "TOO_MANY_KEYS" InvalidArgument "the request names too many keys"
    AsOfInFuture "AS_OF_IN_FUTURE" OutOfRange "the journal has not come to this sequence yet, or the time is in the future"
    SequenceNotReached "SEQUENCE_NOT_REACHED" Unavailable "the view did not come to the sequence asked for in time"
    CatalogNotReached "CATALOG_NOT_REACHED" Unavailable "the catalog revision asked for did not arrive in time"
    WatchPositionTooOld "WATCH_POSITION_TOO_OLD" OutOfRange "changes that old are no longer kept for watchers"
    WatchTooSlow "WATCH_TOO_SLOW" Aborted "the watcher took its changes too slowly"
    JournalDamaged "JOURNAL_DAMAGED" DataLoss "the journal does not verify"
    StateDiverged "STATE_DIVERGED" DataLoss "the owner's state is not what its journal says"

    // The transport.
    MessageTooLarge "MESSAGE_TOO_LARGE" ResourceExhausted "the message is larger than 4 MiB"
    BadMessage "BAD_MESSAGE" InvalidArgument "the message is not what its .proto file says"
    UnknownMethod "UNKNOWN_METHOD" Unimplemented "the server has no such method"
    DeadlineExceeded "DEADLINE_EXCEEDED" DeadlineExceeded "the deadline passed before the answer was there"
    Overloaded "OVERLOADED" ResourceExhausted "the server has as many calls as it can take"
    QueueFull "QUEUE_FULL" ResourceExhausted "the warehouse has as many documents waiting as it can take"
    ShuttingDown "SHUTTING_DOWN" Unavailable "the server is stopping"

    // Bad days.
    OwnerStarting "OWNER_STARTING" Unavailable "the warehouse's owner is starting"
    OwnershipLost "OWNERSHIP_LOST" Unavailable "another process took the warehouse over"
    DatabaseUnavailable "DATABASE_UNAVAILABLE" Unavailable "the database cannot be reached or cannot write"
    EventLogUnavailable "EVENT_LOG_UNAVAILABLE" Unavailable "the event log cannot be reached"
    ViewRebuilding "VIEW_REBUILDING" Unavailable "the view is being built and is not complete yet"
    ViewUnavailable "VIEW_UNAVAILABLE" Unavailable "the view's cache cannot be reached"
    Internal "INTERNAL" Internal "a bug, or damaged data"

    // The command line and its files.
    BadUsage "BAD_USAGE" InvalidArgument "the command line does not say what to do"
    BadFile "BAD_FILE" InvalidArgument "a file cannot be read or written"
    DataInUse "DATA_IN_USE" FailedPrecondition "another process uses the data directory"
    CannotStart "CANNOT_START" Unavailable "a role cannot start: its address, database or event log cannot be used"
    BadCsv "BAD_CSV" InvalidArgument "the CSV file, or a line of it, cannot be read"
    BadMap "BAD_MAP" InvalidArgument "the mapping file cannot be used"
    BadConfig "BAD_CONFIG" InvalidArgument "a configuration value is not allowed"
    UnknownConfigKey "UNKNOWN_CONFIG_KEY" InvalidArgument "the configuration has no such key"
    ServerUnreachable "SERVER_UNREACHABLE" Unavailable "no server answers at this address"

    // Papers.
    UnknownPaper "UNKNOWN_PAPER" NotFound "the legal entity has issued no paper with this number"
    BadLanguage "BAD_LANGUAGE" InvalidArgument "papers are not written in this language"
    PaperNotOfKind "PAPER_NOT_OF_KIND" FailedPrecondition "a paper of this kind is not issued about that"
    PaperEmpty "PAPER_EMPTY" FailedPrecondition "there is nothing that could stand on the paper"
    PaperTooLarge "PAPER_TOO_LARGE" FailedPrecondition "more would stand on the paper than may"
    PaperYearClosed "PAPER_YEAR_CLOSED" FailedPrecondition "the legal entity issues no papers of this year any more"
    PaperCorrected "PAPER_CORRECTED" FailedPrecondition "the paper was corrected before"

    // A device without the network.
    EscrowExpired "ESCROW_EXPIRED" FailedPrecondition "the time in which the device might take is over"
    LedgerFull "LEDGER_FULL" FailedPrecondition "as many operations wait as a device's ledger holds"
    NotRefused "NOT_REFUSED" FailedPrecondition "the operation was not refused, so that nobody must see to it"
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_read_back() {
        for (position, reason) in Reason::ALL.iter().enumerate() {
            assert_eq!(Reason::parse(reason.as_str()), Some(*reason));
            assert!(!Reason::ALL[..position].contains(reason), "{reason} twice");
            assert!(reason.as_str().bytes().all(|b| b.is_ascii_uppercase() || b == b'_'), "{reason}");
        }
        assert_eq!(Reason::parse("NO_SUCH_REASON"), None);
    }

    /// Rows of the tables in docs/errors.md: | `REASON` | CODE | when | what to do |
    fn documented() -> Vec<(String, String)> {
        let cell = |row: &str, n: usize| row.split('|').nth(n).map(|c| c.trim().trim_matches('`').to_owned());
        include_str!("../../../docs/errors.md")
            .lines()
            .filter(|line| line.starts_with("| `"))
            .map(|row| (cell(row, 1).unwrap_or_default(), cell(row, 2).unwrap_or_default()))
            .collect()
    }

    #[test]
    fn docs_list_every_reason_with_its_code_and_nothing_else() {
        let documented = documented();
        let code = |code: Code| {
            let name = format!("{code:?}");
            let words = name
                .char_indices()
                .flat_map(|(i, c)| (i > 0 && c.is_uppercase()).then_some('_').into_iter().chain([c]));
            words.collect::<String>().to_uppercase()
        };
        let expected: Vec<_> = Reason::ALL.iter().map(|r| (r.as_str().to_owned(), code(r.code()))).collect();
        for row in &expected {
            assert!(documented.contains(row), "docs/errors.md lacks {row:?}, or has it with another code");
        }
        for row in &documented {
            assert!(expected.contains(row), "docs/errors.md has {row:?}, which no code gives");
        }
        assert_eq!(documented.len(), expected.len(), "docs/errors.md lists a reason twice");
    }
}
