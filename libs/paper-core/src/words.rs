//! Every word of every paper, in every language. One row a word, so that none can be missing in one of them.

use serde::{Deserialize, Serialize};

use crate::Language;

macro_rules! words {
    ($($(#[$group:meta])* $word:ident: $en:literal | $de:literal | $fr:literal | $es:literal;)*) => {
        /// A word of a paper.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum Word {
            $(#[doc = $en] $word,)*
        }

        impl Word {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$word,)*];

            /// In a language.
            pub const fn in_language(self, language: Language) -> &'static str {
                match self {
                    $(Self::$word => match language {
                        Language::En => $en,
                        Language::De => $de,
                        Language::Fr => $fr,
                        Language::Es => $es,
                    },)*
                }
            }
        }
    };
}

words! {
    // Titles.
    GoodsReceiptNote: "Goods receipt note" | "Wareneingangsschein" | "Bon de réception" | "Nota de recepción";
    PutAwayList: "Put-away list" | "Einlagerungsliste" | "Liste de rangement" | "Lista de ubicación";
    PickList: "Pick list" | "Kommissionierliste" | "Liste de prélèvement" | "Lista de picking";
    PackingList: "Packing list" | "Packliste" | "Liste de colisage" | "Lista de empaque";
    DeliveryNote: "Delivery note" | "Lieferschein" | "Bon de livraison" | "Albarán de entrega";
    SsccLabel: "Logistic label" | "Versandetikett" | "Étiquette logistique" | "Etiqueta logística";
    CountSheet: "Count sheet" | "Zählliste" | "Feuille de comptage" | "Hoja de recuento";
    ProductionOrder: "Production order" | "Fertigungsauftrag" | "Ordre de fabrication" | "Orden de producción";
    ReturnNote: "Return note" | "Retourenschein" | "Bon de retour" | "Nota de devolución";
    TraceCertificate: "Certificate of traceability" | "Rückverfolgungszertifikat" | "Certificat de traçabilité" | "Certificado de trazabilidad";

    // Around every paper.
    Number: "Number" | "Nummer" | "Numéro" | "Número";
    Date: "Date" | "Datum" | "Date" | "Fecha";
    IssuedAt: "Issued" | "Ausgestellt" | "Établi le" | "Emitido";
    Warehouse: "Warehouse" | "Lager" | "Entrepôt" | "Almacén";
    Page: "Page" | "Seite" | "Page" | "Página";
    Of: "of" | "von" | "sur" | "de";
    AsOf: "Journal as of entry" | "Journal bis Eintrag" | "Journal jusqu’à l’écriture" | "Diario hasta el asiento";
    Corrects: "Corrects" | "Berichtigt" | "Rectifie" | "Rectifica";
    CorrectedBy: "No longer valid: corrected by" | "Nicht mehr gültig: berichtigt durch" | "N’est plus valable : rectifié par" | "Ya no es válido: rectificado por";
    Reason: "Reason" | "Grund" | "Motif" | "Motivo";
    Signature: "Signature" | "Unterschrift" | "Signature" | "Firma";
    Total: "Total" | "Summe" | "Total" | "Total";

    // People and places.
    Supplier: "Supplier" | "Lieferant" | "Fournisseur" | "Proveedor";
    Customer: "Customer" | "Kunde" | "Client" | "Cliente";
    ShipTo: "Ship to" | "Lieferanschrift" | "Adresse de livraison" | "Dirección de entrega";
    Carrier: "Carrier" | "Spediteur" | "Transporteur" | "Transportista";
    ReceivedBy: "Received by" | "Angenommen von" | "Reçu par" | "Recibido por";
    CheckedBy: "Checked by" | "Geprüft von" | "Contrôlé par" | "Comprobado por";
    DriverSignature: "Driver" | "Fahrer" | "Chauffeur" | "Conductor";
    PutAwayBy: "Put away by" | "Eingelagert von" | "Rangé par" | "Ubicado por";
    PickedBy: "Picked by" | "Kommissioniert von" | "Prélevé par" | "Preparado por";
    PackedBy: "Packed by" | "Gepackt von" | "Emballé par" | "Empaquetado por";
    CountedBy: "Counted by" | "Gezählt von" | "Compté par" | "Contado por";
    ReleasedBy: "Released by" | "Freigegeben von" | "Lancé par" | "Liberado por";
    MadeBy: "Finished by" | "Fertig gemeldet von" | "Terminé par" | "Terminado por";
    QualityManager: "Quality manager" | "Qualitätsleitung" | "Responsable qualité" | "Responsable de calidad";

    // What a paper refers to.
    Delivery: "Delivery" | "Lieferung" | "Livraison" | "Entrega";
    Source: "Comes from" | "Herkunft" | "Provenance" | "Procedencia";
    Due: "Due" | "Fällig" | "Prévu le" | "Previsto";
    State: "State" | "Stand" | "État" | "Estado";
    Order: "Order" | "Auftrag" | "Commande" | "Pedido";
    CustomerReference: "Your reference" | "Ihr Zeichen" | "Votre référence" | "Su referencia";
    Wave: "Wave" | "Welle" | "Vague" | "Ola";
    Priority: "Priority" | "Priorität" | "Priorité" | "Prioridad";
    ShippedOn: "Shipped on" | "Versandt am" | "Expédié le" | "Enviado el";
    Tracking: "Tracking number" | "Sendungsnummer" | "Numéro de suivi" | "Número de seguimiento";
    CountPlan: "Count plan" | "Zählplan" | "Plan de comptage" | "Plan de recuento";
    CountedAsOf: "Shelves read as of entry" | "Regale gelesen bis Eintrag" | "Rayons lus à l’écriture" | "Estantes leídos hasta el asiento";
    BillOfMaterial: "Bill of material" | "Stückliste" | "Nomenclature" | "Lista de materiales";
    Product: "Product" | "Erzeugnis" | "Produit" | "Producto";
    LogisticUnit: "Logistic unit" | "Versandeinheit" | "Unité logistique" | "Unidad logística";
    UnitKind: "Kind" | "Art" | "Type" | "Tipo";
    StandsIn: "Stands in" | "Steht in" | "Placé dans" | "Dentro de";
    Content: "Content" | "Inhalt" | "Contenu" | "Contenido";

    // Columns.
    Line: "Line" | "Pos." | "Ligne" | "Línea";
    Item: "Item" | "Artikel" | "Article" | "Artículo";
    Description: "Description" | "Bezeichnung" | "Désignation" | "Descripción";
    Lot: "Lot" | "Charge" | "Lot" | "Lote";
    Serials: "Serial numbers" | "Seriennummern" | "Numéros de série" | "Números de serie";
    Location: "Location" | "Lagerplatz" | "Emplacement" | "Ubicación";
    From: "From" | "Von" | "De" | "Desde";
    To: "To" | "Nach" | "Vers" | "Hasta";
    Quantity: "Quantity" | "Menge" | "Quantité" | "Cantidad";
    Announced: "Announced" | "Avisiert" | "Annoncé" | "Anunciado";
    Received: "Received" | "Erhalten" | "Reçu" | "Recibido";
    Returned: "Returned" | "Zurück" | "Retourné" | "Devuelto";
    Inspected: "Inspected" | "Geprüft" | "Contrôlé" | "Inspeccionado";
    Ordered: "Ordered" | "Bestellt" | "Commandé" | "Pedido";
    Shipped: "Shipped" | "Geliefert" | "Livré" | "Enviado";
    BackOrdered: "To follow" | "Rückstand" | "Reliquat" | "Pendiente";
    Picked: "Picked" | "Entnommen" | "Prélevé" | "Recogido";
    Done: "Done" | "Erledigt" | "Fait" | "Hecho";
    Expected: "Expected" | "Soll" | "Attendu" | "Esperado";
    Counted: "Counted" | "Gezählt" | "Compté" | "Contado";
    Required: "Required" | "Bedarf" | "Besoin" | "Necesario";
    IssuedQuantity: "Issued" | "Ausgegeben" | "Sorti" | "Entregado";
    Made: "Made" | "Gefertigt" | "Fabriqué" | "Fabricado";
    Status: "Status" | "Status" | "Statut" | "Estado";
    Difference: "Difference" | "Abweichung" | "Écart" | "Diferencia";
    AnsweredBy: "Answered for by" | "Verantwortlich" | "Responsable" | "Responsable";
    Note: "Note" | "Bemerkung" | "Remarque" | "Observación";
    Level: "Level" | "Stufe" | "Niveau" | "Nivel";
    Event: "Event" | "Ereignis" | "Événement" | "Evento";
    Party: "Party" | "Partner" | "Partie" | "Parte";
    FirstOn: "First" | "Zuerst" | "Premier" | "Primero";
    LastOn: "Last" | "Zuletzt" | "Dernier" | "Último";
    UsedUp: "Used up" | "Verbraucht" | "Consommé" | "Consumido";

    // Tables.
    Lines: "Lines" | "Positionen" | "Lignes" | "Líneas";
    Differences: "Differences" | "Abweichungen" | "Écarts" | "Diferencias";
    UnitsArrived: "Logistic units that came" | "Eingetroffene Versandeinheiten" | "Unités logistiques reçues" | "Unidades logísticas recibidas";
    Packages: "Packages" | "Packstücke" | "Colis" | "Bultos";
    Components: "Components" | "Komponenten" | "Composants" | "Componentes";
    Outputs: "What is made" | "Was entsteht" | "Produits obtenus" | "Productos obtenidos";
    LotsInTrace: "Lots of the trace" | "Chargen der Verfolgung" | "Lots de la traçabilité" | "Lotes de la traza";
    EventsInTrace: "What happened to them" | "Was mit ihnen geschah" | "Ce qui leur est arrivé" | "Qué ocurrió con ellos";
    LinksInTrace: "What was made of what" | "Was woraus entstand" | "Ce qui a été fait de quoi" | "Qué se hizo de qué";

    // Where a delivery comes from, and how far it is.
    Purchase: "Purchase" | "Einkauf" | "Achat" | "Compra";
    Transfer: "Transfer" | "Umlagerung" | "Transfert" | "Traslado";
    Production: "Production" | "Fertigung" | "Production" | "Producción";
    CustomerReturn: "Customer return" | "Kundenretoure" | "Retour client" | "Devolución de cliente";
    StateAnnounced: "Announced" | "Avisiert" | "Annoncée" | "Anunciada";
    StateArriving: "Arriving" | "Im Zulauf" | "En cours" | "En curso";
    StateClosed: "Closed" | "Abgeschlossen" | "Clôturée" | "Cerrada";
    StateCancelled: "Cancelled" | "Storniert" | "Annulée" | "Anulada";

    // What is wrong, and who answers for it.
    Short: "Too little" | "Zu wenig" | "Manquant" | "De menos";
    Over: "Too much" | "Zu viel" | "Excédent" | "De más";
    Damaged: "Damaged" | "Beschädigt" | "Endommagé" | "Dañado";
    Wrong: "Wrong goods" | "Falsche Ware" | "Mauvais article" | "Artículo equivocado";
    NotInspected: "Not inspected" | "Nicht geprüft" | "Non contrôlé" | "Sin inspeccionar";
    BySupplier: "Supplier" | "Lieferant" | "Fournisseur" | "Proveedor";
    ByCarrier: "Carrier" | "Spediteur" | "Transporteur" | "Transportista";
    ByWarehouse: "Warehouse" | "Lager" | "Entrepôt" | "Almacén";

    // What happened to a lot.
    Held: "On hand" | "Bestand" | "En stock" | "En existencia";
    CameFromSupplier: "Received" | "Erhalten" | "Reçu" | "Recibido";
    WentToCustomer: "Delivered" | "Geliefert" | "Livré" | "Entregado";
    CameBack: "Returned" | "Zurückgekommen" | "Retourné" | "Devuelto";
    Found: "Corrected upwards" | "Mehr gezählt" | "Corrigé en plus" | "Corregido al alza";
    Lost: "Corrected downwards" | "Weniger gezählt" | "Corrigé en moins" | "Corregido a la baja";
    Moved: "Moved" | "Umgelagert" | "Déplacé" | "Movido";
    CameFrom: "Came in" | "Zugang" | "Entré" | "Entrado";
    WentTo: "Went out" | "Abgang" | "Sorti" | "Salido";

    // Sentences.
    NoteDifferences: "Differences are stated with who answers for them." | "Abweichungen sind mit dem Verantwortlichen angegeben." | "Les écarts sont indiqués avec leur responsable." | "Las diferencias se indican con su responsable.";
    NoteDeliveryComplete: "Please check the goods on arrival and note visible damage on this document." | "Bitte prüfen Sie die Ware bei Ankunft und vermerken Sie sichtbare Schäden auf diesem Beleg." | "Veuillez contrôler la marchandise à l’arrivée et noter tout dommage visible sur ce document." | "Compruebe la mercancía a su llegada y anote en este documento los daños visibles.";
    NoteBlindCount: "Blind count: write down what is there, not what should be." | "Blindzählung: Tragen Sie ein, was da ist, nicht was da sein sollte." | "Comptage à l’aveugle : notez ce qui est là, non ce qui devrait y être." | "Recuento a ciegas: anote lo que hay, no lo que debería haber.";
    NoteTrace: "This certificate states what the journals named below had recorded up to the entries given." | "Dieses Zertifikat gibt wieder, was die unten genannten Journale bis zu den angegebenen Einträgen aufgezeichnet hatten." | "Ce certificat reproduit ce que les journaux ci-dessous avaient enregistré jusqu’aux écritures indiquées." | "Este certificado recoge lo que los diarios indicados abajo habían registrado hasta los asientos señalados.";
    NoteReturnPending: "What becomes of returned goods is decided after their inspection." | "Über die Verwendung der Rückware wird nach der Prüfung entschieden." | "Le sort des articles retournés est décidé après contrôle." | "El destino de los artículos devueltos se decide tras su inspección.";
    NoteWalkingOrder: "Lines stand in walking order." | "Die Positionen stehen in Wegreihenfolge." | "Les lignes suivent l’ordre du parcours." | "Las líneas siguen el orden del recorrido.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_missing_in_any_language() {
        for word in Word::ALL {
            for language in Language::ALL {
                let text = word.in_language(language);
                assert!(!text.trim().is_empty(), "{word:?} in {language}");
                assert_eq!(text, text.trim(), "{word:?} in {language}");
                assert!(!text.chars().any(char::is_control), "{word:?} in {language}");
            }
        }
    }

    /// A sentence that is the same in two languages was forgotten in one of them. Single words may be the same.
    #[test]
    fn sentences_differ_between_languages() {
        for word in Word::ALL.iter().filter(|word| word.in_language(Language::En).contains(' ')) {
            let [en, rest @ ..] = Language::ALL.map(|language| word.in_language(language));
            assert!(!rest.contains(&en), "{word:?}");
        }
    }
}
