use crate::{item, location, lot, pallet};

/// ZPL as a printer gets it, written by hand from the ZPL II programming guide (^FO, ^A0, ^BY, ^BC, ^BX, ^FH).
fn check(label: &labels::Label, expected: &str) {
    assert_eq!(label.drawing().unwrap().to_zpl(), expected);
}

#[test]
fn an_item() {
    check(
        &item("A_1", "Oak ^ Elm", Some("9520123456788")),
        "^XA\n^CI28\n^PW800\n^LL400\n\
         ^FO680,24^BXN,6,200,,,6,_,1^FD_10109520123456788^FS\n\
         ^FO24,24^A0N,48,24^FH_^FDA_5F1^FS\n\
         ^FO24,88^A0N,32,16^FH_^FDOak _5E Elm^FS\n\
         ^FO54,200^BY3^BCN,152,N,N,N,N^FD>;>80109520123456788^FS\n\
         ^FO24,360^A0N,32,16^FH_^FD(01)09520123456788^FS\n\
         ^XZ\n",
    );
}

#[test]
fn a_location() {
    check(
        &location("A-01", Some("6291041500213")),
        "^XA\n^CI28\n^PW800\n^LL400\n\
         ^FO668,24^BXN,6,200,,,6,_,1^FD_14146291041500213254A-01^FS\n\
         ^FO24,24^A0N,48,24^FH_^FDA-01^FS\n\
         ^FO24,88^A0N,32,16^FH_^FDBER^FS\n\
         ^FO54,200^BY3^BCN,152,N,N,N,N^FD>;>8414629104150021325>64A-01^FS\n\
         ^FO24,360^A0N,32,16^FH_^FD(414)6291041500213(254)A-01^FS\n\
         ^XZ\n",
    );
}

#[test]
fn a_lot() {
    check(
        &lot("7", None),
        "^XA\n^CI28\n^PW800\n^LL400\n\
         ^FO680,24^BXN,6,200,,,6,_,1^FD_10109520123456788107^FS\n\
         ^FO24,24^A0N,48,24^FH_^FDA-1^FS\n\
         ^FO24,88^A0N,32,16^FH_^FDOak^FS\n\
         ^FO24,136^A0N,32,16^FH_^FDLOT 7^FS\n\
         ^FO54,200^BY3^BCN,152,N,N,N,N^FD>;>8010952012345678810>67^FS\n\
         ^FO24,360^A0N,32,16^FH_^FD(01)09520123456788(10)7^FS\n\
         ^XZ\n",
    );
}

#[test]
fn a_logistic_unit() {
    check(
        &pallet(Some(("09520123456788", 48, "7"))),
        "^XA\n^CI28\n^PW800\n^LL1200\n\
         ^FO644,24^BXN,6,200,,,6,_,1^FD_102095201234567883748_1107_100376104250021234569^FS\n\
         ^FO24,24^A0N,48,24^FH_^FDSSCC 376104250021234569^FS\n\
         ^FO24,88^A0N,32,16^FH_^FDCONTENT 09520123456788^FS\n\
         ^FO24,136^A0N,32,16^FH_^FDCOUNT 48^FS\n\
         ^FO24,184^A0N,32,16^FH_^FDBATCH/LOT 7^FS\n\
         ^FO64,256^BY4^BCN,264,N,N,N,N^FD>;>802095201234567883748^FS\n\
         ^FO24,528^A0N,32,16^FH_^FD(02)09520123456788(37)48^FS\n\
         ^FO64,570^BY4^BCN,264,N,N,N,N^FD>:>8107^FS\n\
         ^FO24,842^A0N,32,16^FH_^FD(10)7^FS\n\
         ^FO64,884^BY4^BCN,264,N,N,N,N^FD>;>800376104250021234569^FS\n\
         ^FO24,1156^A0N,32,16^FH_^FD(00)376104250021234569^FS\n\
         ^XZ\n",
    );
}
