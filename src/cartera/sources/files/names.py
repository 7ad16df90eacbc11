"""By which names do real exports call what we need? Per role the names, the surest first: English, then
behind the bar Portuguese, Spanish, French, German, Italian and Dutch.
"""

from __future__ import annotations

import re
import unicodedata

# What a number is a number of, and how: `Nº de factura`, `Núm. pedido`, `N° de pièce`, `Numero della fattura`.
_DOCUMENTS = (
    "nota fiscal, nf, nota, pedido, factura, fatura, documento, venda, venta, recibo, facture, commande, piece, "
    "document, vente, rechnung, beleg, fattura, ordine, factuur, order"
).split(", ")
_NUMBERS = ("numero", "no", "n", "nr", "nro", "num")
_NAMED_FIRST = ("no", "n", "nr", "num")  # `Fatura nº`, `Rechnung Nr.`: the document, then the number
_LINKS = ("", "de ", "da ", "do ", "del ", "de la ", "della ")
_NUMBERED = ", ".join(f"{word} {link}{of}" for of in _DOCUMENTS for word in _NUMBERS for link in _LINKS)
_NUMBERED += ", " + ", ".join(f"{of} {word}" for of in (*_DOCUMENTS, "fc", "ft") for word in _NAMED_FIRST)
# `Total sem IVA`, `Montant hors taxe`, `Netto Betrag`: an amount and that the tax is not in it.
_WITHOUT_TAX = {
    "valor, total, montante, importancia, preco total, subtotal": (
        "sem iva, s iva, sem imposto, sem impostos, liquido, liquida"
    ),
    "importe, total, monto, valor, subtotal": "sin iva, s iva, sin impuesto, sin impuestos, neto, neta, antes de iva",
    "montant, total, prix total, sous total, somme": "ht, h t, hors taxe, hors taxes, hors tva, net, net ht",
    "betrag, summe, gesamt, gesamtbetrag, umsatz, rechnungsbetrag": "netto, ohne mwst, ohne ust, exkl mwst, zzgl mwst",
    "importo, totale, valore": "netto, senza iva, iva esclusa, esclusa iva, escl iva, al netto iva",
    "bedrag, totaal, factuurbedrag": "netto, excl btw, ex btw, exclusief btw, zonder btw",
}
_NETS = ", ".join(
    f"{amount} {without}"
    for amounts, nots in _WITHOUT_TAX.items()
    for without in nots.split(", ")
    for amount in amounts.split(", ")
)
_NAMES = {
    "client_id": (
        "client id, customer id, client code, customer code, customer no, customer number, client no, "
        "client number, account no, account number, account id, customer ref, userid, user id | codigo cliente, "
        "codigo do cliente, codigo de cliente, codigo del cliente, cod cliente, id cliente, code client, "
        "numero client, n client, no client, id client, kundennummer, kundennr, kunden nr, kunden id, codice cliente, "
        "klantnummer, klantnr, klantcode"
    ),
    "name": (
        "company name, customer name, client name, customer, client, company, account name, bill to, "
        "bill to name, customer full name, buyer, account, contact name, name | cliente, nome do cliente, "
        "nome cliente, nome, razao social, nombre del cliente, nombre cliente, nombre de cliente, nombre, "
        "razon social, nom du client, nom client, raison sociale, societe, nom, kunde, kundenname, firma, "
        "ragione sociale, nome del cliente, klant, klantnaam"
    ),
    "number": (
        "invoice no, invoice number, invoice num, invoice id, invoice, inv no, inv number, document no, "
        "document number, doc no, bill no, bill number, order id, order no, order number, order, number, receipt no, "
        "voucher no, num, no, document, doc | {numbered}, nota fiscal, nota, nf, pedido, factura, fatura, facture, "
        "commande, rechnungsnr, rechnungsnummer, rechnungs nr, rechnung, belegnr, belegnummer, beleg nr, beleg, "
        "auftragsnr, auftragsnummer, bestellnr, bestellnummer, fattura, factuurnummer, factuurnr, factuur, documento, "
        "numero, nro, nr"
    ),
    "issued_on": (
        "issued on, invoice date, issue date, date of issue, date issued, document date, transaction date, "
        "order date, sale date, sales date, purchase date, posting date, date, day, timestamp | data de emissao, "
        "data da emissao, data emissao, emissao, data da nota, data da venda, data do pedido, data venda, data, "
        "fecha de emision, fecha emision, fecha de factura, fecha factura, fecha de la factura, fecha de venta, "
        "fecha venta, fecha, date de facture, date facture, date de la facture, date d emission, date emission, "
        "date de vente, rechnungsdatum, belegdatum, datum, data fattura, data documento, factuurdatum"
    ),
    "due_on": (
        "due on, due date, payment due, due | vencimento, data de vencimento, vencimiento, fecha de vencimiento, "
        "fecha vencimiento, echeance, date d echeance, date echeance, falligkeit, faelligkeit, fallig am, "
        "faellig am, falligkeitsdatum, scadenza, data scadenza, vervaldatum"
    ),
    "paid_on": (
        "paid on, payment date, paid date, last payment date | data de pagamento, data do pagamento, "
        "fecha de pago, date de paiement, zahlungsdatum, data pagamento, betaaldatum"
    ),
    "net": (
        "net, net amount, amount ex tax, amount excl tax, amount excluding tax, line amount, line total, net "
        "total, net value, subtotal, sub total, revenue, sales, turnover, sales amount, amount net, total "
        "net, total ex vat, total excl vat, total excluding vat, amount ex vat, amount excl vat, amount "
        "excluding vat, net sales, net invoice amount | liquido, valor liquido, neto, importe neto, base "
        "imponible, montant ht, total ht, ht, prix total ht, netto, nettobetrag, netto betrag, imponibile, "
        "excl btw, bedrag excl btw, faturamento, receita, ventas, ingresos, chiffre d affaires, ca ht, "
        "umsatz, fatturato, omzet, {nets}, base imponivel, base tributavel, base iva, sem iva, sin iva, hors "
        "taxe, hors taxes, h t, netto bedrag, nettosumme, nettowert, nettoumsatz, gesamtnetto, netto gesamt, "
        "netto summe"
    ),
    "amount": "amount, value, spend, price paid | valor, importe, monto, montant, betrag, importo, bedrag",
    "total": (
        "total, total amount, invoice amount, invoice total, grand total, order total, amount incl tax, gross, "
        "gross amount, total price | valor total, valor bruto, valor da nota, importe total, monto total, "
        "montant ttc, total ttc, ttc, brutto, bruttobetrag, gesamt, gesamtbetrag, gesamtsumme, totale, totaal, "
        "incl btw, bedrag incl btw"
    ),
    "tax": (
        "tax, tax amount, total tax, vat, vat amount, total vat, vat total, gst, gst amount, sales tax, tax total | "
        "imposto, impostos, iva, importe iva, total iva, valor iva, valor do iva, valor del iva, cuota iva, tva, "
        "montant tva, total tva, montant de la tva, mwst, ust, mwst betrag, ust betrag, mehrwertsteuer, umsatzsteuer, "
        "steuerbetrag, importo iva, totale iva, imposta, btw, btw bedrag"
    ),
    "quantity": (
        "quantity, qty, units | qtd, qtde, quantidade, cantidad, cant, quantite, qte, menge, anzahl, quantita, "
        "qta, aantal"
    ),
    "unit_price": (
        "unit price, sales price, unit amount, price, rate | preco unitario, valor unitario, preco, "
        "precio unitario, precio, prix unitaire, prix unitaire ht, pu, prix, einzelpreis, stuckpreis, "
        "stueckpreis, preis, prezzo unitario, prezzo, stukprijs, prijs"
    ),
    "discount": "discount | desconto, descuento, remise, rabatt, sconto, korting",
    "cost": "cost, cost amount | custo, costo, coste, cout, kosten",
    "product": (
        "product, product name, item, item name, product service full name, product service, description, "
        "item description, sku, stock code, product id, product code, item code | produto, descricao, producto, "
        "articulo, descripcion, produit, designation, article, libelle, artikel, artikelbezeichnung, bezeichnung, "
        "produkt, prodotto, articolo, descrizione, omschrijving"
    ),
    "category": (
        "category, product category, category name, group, product group | categoria, categorie, kategorie, "
        "warengruppe, grupo, gruppo, famille, familia"
    ),
    "currency": "currency, currency code, ccy | moeda, moneda, divisa, devise, wahrung, waehrung, valuta",
    "kind": (
        "kind, document type, transaction type, doc type, invoice type, type | tipo de documento, tipo documento, "
        "tipo, type de document, type de piece, belegart, art, soort, document, documento, doc"
    ),
    "state": (
        "state, status, invoice status, order status | situacao, estado, situacion, etat, statut, stato, zustand"
    ),
    "rep": (
        "rep, sales rep, sales representative, salesperson, sales person, salesman, owner, account manager, "
        "employee | vendedor, vendedora, comercial, commercial, representante, representant, vertreter, "
        "verkaufer, verkaeufer, agente, vertegenwoordiger"
    ),
    "email": "email, e mail, email address, mail | courriel, correo, correo electronico",
    "phone": "phone, phone number, telephone, tel, mobile | telefone, telefono, telefon, telefoon, celular",
    "website": "website, web, url, site",
    "street": "street, address, client address | endereco, direccion, adresse, strasse, indirizzo, adres",
    "city": "city, town | cidade, ciudad, ville, stadt, ort, citta, plaats, municipio",
    "region": "region, state, province, county | uf, provincia, departement, bundesland, regione, regiao",
    "postcode": "postcode, zip, zip code, postal code | cep, codigo postal, code postal, plz, cap",
    "country": "country | pais, pays, land, paese",
    "industry": "industry, sector | setor, ramo, secteur, branche, settore",
    "created_on": "created on, client since, customer since | cliente desde, client depuis, kunde seit",
}
_NAMES["number"] = _NAMES["number"].format(numbered=_NUMBERED)
_NAMES["net"] = _NAMES["net"].format(nets=_NETS)
ROLES: dict[str, tuple[str, ...]] = {role: tuple(re.split(r", | \| ", names)) for role, names in _NAMES.items()}
DATE_ROLES = ("issued_on", "due_on", "paid_on", "known_on", "void_on", "created_on")
NUMBER_ROLES = (
    "net",
    "amount",
    "total",
    "tax",
    "tax2",
    "quantity",
    "unit_price",
    "discount",
    "cost",
    "base_amount",
    "open_amount",
)
CLIENT_ROLES = (
    "email",
    "phone",
    "website",
    "street",
    "city",
    "region",
    "postcode",
    "country",
    "industry",
    "created_on",
)
OWN_ROLES = (
    "known_on",
    "void_on",
    "base_amount",
    "open_amount",
    "credits",
    "invoice_id",
    "source",
    "line_no",
    "interest",
    "can_pay",
)
ALL_ROLES = (*ROLES, "tax2", *OWN_ROLES)
ALIASES = {
    "client": "name",
    "customer": "name",
    "date": "issued_on",
    "price": "unit_price",
    "gross": "total",
    "type": "kind",
}
KNOWN = frozenset(name for names in ROLES.values() for name in names) | {role.replace("_", " ") for role in OWN_ROLES}
ENGLISH = frozenset(name for names in _NAMES.values() for name in names.split(" | ")[0].split(", "))
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
NUMBER_SIGN = re.compile(r"#|№|\bn\.?\s?[º°]")


def normalised(header: str) -> str:
    """A header without case, accents, punctuation and CamelCase: `InvoiceNo.`, `Invoice #` and `*Invoice nº` are
    `invoice no`. A name that is known as it stands is not taken apart: `MwSt` is `mwst`.
    """
    whole = _folded(header)
    return whole if whole in KNOWN else _folded(CAMEL.sub(" ", header))


def _folded(text: str) -> str:
    text = NUMBER_SIGN.sub(" no ", text.casefold())
    base = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", base).split())
