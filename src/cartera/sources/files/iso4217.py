"""Which codes name a currency? Those of ISO 4217 in use, and those of its list three, gone but in older invoices."""

from __future__ import annotations

from cartera.errors import InputError, nearest
from cartera.tongue import say

CODES = frozenset(
    (
        "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF "
        "CHF CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD "
        "HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD "
        "LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP "
        "PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND "
        "TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF XXX YER ZAR ZMW ZWG "
        # List three, historic denominations; ADP to ZWR as ISO publishes them, without codes of funds.
        "ADP AFA ALK AOK AON AOR ARA ARP ARY ATS AYM AZM BAD BEF BGJ BGK BGL BOP BRB BRC BRE BRN BRR BUK BYB BYR CHC "
        "CSD CSJ CSK CUC CYP DDM DEM ECS EEK ESP FIM FRF GEK GHC GHP GNE GNS GQE GRD GWE GWP HRD IEP ILP ILR ISJ ITL "
        "LAJ LSM LTL LTT LUF LVL LVR MGF MLF MRO MTL MTP MVQ MXP MZE MZM NIC NLG PEH PEI PEN PES PLZ PTE RHD ROK ROL "
        "RUR SDD SDP SIT SKK SLL SRG STD SUR TJR TMM TPE TRL UAK UGS UGW UYN UYP VEB VEF VNC XEU YDD YUD YUM YUN ZAL "
        "ZMK ZRN ZRZ ZWC ZWD ZWL ZWN ZWR"
    ).split()
)


def currency_code(text: str) -> str:
    """The code in capitals. InputError: it is none of ISO 4217; the nearest is offered."""
    code = text.strip().upper()
    if code in CODES:
        return code
    near = nearest(code, sorted(CODES))
    hint = say("Did you mean {name}?", name=near) + " " if near else ""
    raise InputError(
        say("unknown currency {text}.", text=repr(text)),
        where="--currency",
        fix=hint + say("Write a code such as EUR or USD."),
    )
