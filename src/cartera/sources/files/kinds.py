"""What do the words in type, status and yes/no columns mean? Unknown words are refused, never guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cartera.errors import UnknownNameError
from cartera.sources.files.names import normalised

LEFT_OUT = "left out"  # a row of a sales report that is no sale

_KINDS = {
    "invoice": (
        "invoice, sales invoice, sale, sales, inv, si, accrec, cash sale, sales receipt, receipt, tax invoice, "
        "fatura, nota fiscal, nf, venda, venda a dinheiro, recibo, factura, factura de venta, venta, facture, "
        "facture d acompte, vente, rechnung, ausgangsrechnung, re, fattura, td01, factuur, verkoopfactuur, 380"
    ),
    "credit_note": (
        "credit note, credit memo, sales credit note, credit, cn, sc, accreccredit, refund, refund receipt, "
        "return, nota de credito, devolucao, factura rectificativa, abono, devolucion, avoir, facture d avoir, "
        "gutschrift, rechnungskorrektur, storno, nota di credito, td04, creditnota, creditfactuur, 381"
    ),
    LEFT_OUT: (
        "payment, deposit, journal entry, journal, estimate, quote, transfer, bill, check, expense, "
        "statement charge, overpayment, prepayment, receipt payment, pagamento, orcamento, pago, cobro, "
        "presupuesto, paiement, devis, acompte, zahlung, angebot, preventivo, betaling, offerte, finance charge, "
        "time charge, sales order, delayed charge"
    ),
}
_STATES = {
    "issued": (
        "issued, sent, paid, open, unpaid, overdue, authorised, authorized, approved, closed, partial, "
        "partially paid, part paid, outstanding, final, finalised, finalized, posted, completed, complete, "
        "shipped, delivered, invoiced, fulfilled, viewed, partially refunded, uncollectible, written off, "
        "emitida, paga, pago, em aberto, aberta, aberto, vencida, vencido, pagada, pagado, pendiente, emitido, "
        "cobrada, emise, envoyee, payee, reglee, en attente, impayee, en retard, bezahlt, offen, versendet, "
        "uberfallig, emessa, pagata, inviata, scaduta, betaald, openstaand, verzonden, yes"
    ),
    "planned": (
        "planned, draft, accepted, scheduled, recurring, proforma, pro forma, submitted, rascunho, planejada, "
        "planejado, aceito, aceita, aceite, borrador, planificada, aceptado, aceptada, brouillon, accepte, "
        "acceptee, planifiee, entwurf, geplant, bozza, concept, gepland"
    ),
    "void": (
        "void, voided, cancelled, canceled, deleted, rejected, denied, declined, cancelada, cancelado, anulada, "
        "anulado, eliminada, annulee, annule, supprimee, storniert, geloscht, annullata, geannuleerd"
    ),
}
_FLAGS = {
    True: "true, yes, y, 1, sim, s, si, oui, o, ja, j, vrai, verdadeiro, verdadero, wahr, x, vero, waar",
    False: "false, no, n, 0, nao, non, nein, nee, faux, falso, falsch, onwaar",
}
KINDS = {word: kind for kind, words in _KINDS.items() for word in words.split(", ")}
STATES = {word: state for state, words in _STATES.items() for word in words.split(", ")}
FLAGS = {word: flag for flag, words in _FLAGS.items() for word in words.split(", ")}


MEANINGS = {
    "kind": {"invoice": "invoice", "credit_note": "credit_note", "left_out": LEFT_OUT},
    "state": {"issued": "issued", "planned": "planned", "void": "void"},
}
ROLE_OF = {"kind": "kind", "type": "kind", "state": "state", "status": "state"}


@dataclass(frozen=True)
class Vocabulary:
    """The words of types and states: the known ones, and before them what a person said of a file's own."""

    kinds: Mapping[str, str] = field(default_factory=dict)
    states: Mapping[str, str] = field(default_factory=dict)

    def kind_of(self, text: str) -> str | None:
        """invoice, credit_note, "left out", or None for an unknown word."""
        word = normalised(text)
        return self.kinds.get(word, KINDS.get(word))

    def state_of(self, text: str) -> str | None:
        """issued, planned, void, or None for an unknown word."""
        word = normalised(text)
        return self.states.get(word, STATES.get(word))


def told_word(key: str) -> tuple[str, str] | None:
    """The role and the word of a mapping's key that says what a word means (`kind:Barter`), else None."""
    before, sign, word = key.partition(":")
    role = ROLE_OF.get(before.strip().lower())
    return (role, word.strip()) if role and sign else None


def vocabulary(mapping: Mapping[str, str]) -> Vocabulary:
    """The words with those that a mapping explains. UnknownNameError: a meaning that does not exist."""
    told: dict[str, dict[str, str]] = {role: {} for role in MEANINGS}
    for key, meaning in mapping.items():
        if (found := told_word(key)) is not None:
            role, word = found
            meant = "_".join(meaning.lower().split())
            if meant not in MEANINGS[role]:
                raise UnknownNameError(f"meaning of the {role} {word!r}", meaning, tuple(MEANINGS[role]), where="--map")
            told[role][normalised(word)] = MEANINGS[role][meant]
    return Vocabulary(told["kind"], told["state"])


def flag_of(text: str) -> bool | None:
    """The truth of a word, or None when it is neither yes nor no."""
    return FLAGS.get(text.strip().lower().removeprefix("\x1f"), FLAGS.get(normalised(text)))
