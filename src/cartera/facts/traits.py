"""By what can a client be recognised? Its name, reach and numbers without the accidents of how they were typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

LEGAL_FORMS = frozenset(
    "ltd limited plc llp llc inc incorporated corp corporation co company gmbh ag kg ohg ug mbh ev eg sarl sas sasu sa"
    " eurl snc scop srl spa sapa lda unipessoal ltda eireli me epp sl slu slne sc cv bv nv vof vzw bvba oy ab as asa"
    " aps sp zoo doo kft rt pty pte pvt".split()
)
FREE_MAIL = frozenset(
    "gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com icloud.com me.com mac.com"
    " aol.com gmx.com gmx.de gmx.net web.de t-online.de proton.me protonmail.com mail.com zoho.com yandex.com yandex.ru"
    " mail.ru qq.com 163.com 126.com orange.fr wanadoo.fr free.fr sfr.fr laposte.net libero.it virgilio.it tiscali.it"
    " sapo.pt uol.com.br bol.com.br terra.com.br ig.com.br telefonica.net btinternet.com sky.com comcast.net att.net"
    " verizon.net hotmail.fr hotmail.co.uk hotmail.es hotmail.it yahoo.fr yahoo.co.uk yahoo.de yahoo.es yahoo.it"
    " yahoo.com.br outlook.fr outlook.de outlook.es outlook.pt live.fr live.co.uk live.nl ziggo.nl kpnmail.nl".split()
)
TAX_NAMES = {
    "vat": "vat vat_number vat_no vat_id vatin tax_number tax_no tax_id taxid tin ust_id ustid ust_idnr tva"
    " numero_tva n_tva p_iva partita_iva btw btw_nummer gst gstin abn",
    "nif": "nif nif_cif cif nipc contribuinte rfc cuit ruc rut",
    "cnpj": "cnpj cpf cpf_cnpj",
    "siret": "siret",
    "siren": "siren",
    "company number": "company_number company_no registration_number company_registration_number handelsregister kvk",
}
TAX_NAME_OF = {word: name for name, words in TAX_NAMES.items() for word in words.split()}
SHORTEST_PHONE, LAST_DIGITS = 7, 9  # the last nine digits do not depend on how the country is dialled
SHORTEST_TAX = 5


@dataclass(frozen=True)
class Traits:
    """What a client is recognised by; empty where nothing is known. written: the name as it stands in the facts."""

    client_id: str
    written: str
    name: str
    numbers: str
    phone: str
    email: str
    domain: str
    website: str
    postcode: str
    taxes: Mapping[str, str]


def traits(client: Mapping[str, str | None]) -> Traits:
    """The traits of a client given as columns and texts."""
    given = {name: (value or "").strip() for name, value in client.items()}
    name = folded_name(given.get("name", ""))
    mail = given.get("email", "").casefold()
    domain = mail.rpartition("@")[2] if "@" in mail else ""
    return Traits(
        given["client_id"], given.get("name") or given["client_id"], name,
        " ".join(sorted(re.findall(r"\d+", name))), folded_phone(given.get("phone", "")), mail if domain else "",
        "" if domain in FREE_MAIL else domain, folded_website(given.get("website", "")),
        re.sub(r"[^a-z0-9]", "", given.get("postcode", "").casefold()), tax_numbers(given),
    )  # fmt: skip


@cache
def folded_name(name: str) -> str:
    """The name without case, accents, signs and legal form; a name of legal forms alone stays: "AS Company"."""
    bare = name.casefold().replace("&", " and ").replace("ß", "ss").replace("ø", "o").replace("ł", "l")
    base = "".join(sign for sign in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(sign))
    base = re.sub(r"(?<=\b\w)[./](?=\w\b)", "", base)  # S.A.R.L. and A/S are words
    words = re.sub(r"[\W_]+", " ", base.replace("'", "")).split()
    return " ".join([word for word in words if word not in LEGAL_FORMS] or words)


def folded_phone(phone: str) -> str:
    """The last nine digits; nothing for what is too short to be a telephone number or one digit repeated."""
    digits = re.sub(r"\D", "", phone)
    return digits[-LAST_DIGITS:] if len(digits) >= SHORTEST_PHONE and len(set(digits)) > 2 else ""


def folded_website(website: str) -> str:
    """The host without www."""
    host = re.sub(r"^[a-z]+://", "", website.casefold()).partition("/")[0].removeprefix("www.")
    return host if "." in host else ""


def tax_numbers(given: Mapping[str, str]) -> dict[str, str]:
    """Kind of number -> number without signs, of the columns that are called like a tax or company number."""
    found = {}
    for column, value in given.items():
        kind = TAX_NAME_OF.get(re.sub(r"\W+", "_", column.casefold()).strip("_"))
        number = re.sub(r"[^A-Z0-9]", "", value.upper())
        if kind and len(number) >= SHORTEST_TAX:
            found[kind] = number
    return found
