"""What did QuickBooks answer? Recorded exchanges as they are, and samples in XML as JSON of the same schema."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree as ET

from tests.connectors.maps import World
from tests.shared import shared

from cartera.sources.kit.contract import Company
from cartera.sources.quickbooks.connector import QUICKBOOKS

LISTS = ("Line", "LinkedTxn", "CustomField", "TaxLine", "NameValue", "QueryResponse", "CDCResponse")
TEXTS = ("CustomerMemo",)  # with a value inside, as references have
HOME = Company("1", "Craig's Landscaping", "USD", "UTC", "US")


def exchange(name: str) -> tuple[str, int, str]:
    """Of a recorded exchange: the address, the status and the answer's text."""
    found = json.loads(shared("payloads", "quickbooks", "json", f"{name}.json").read_text())
    return found["request"]["uri"], found["status"], json.dumps(found["response"])


def from_xml(name: str) -> dict[str, Any]:
    """A sample in XML as the JSON that the same service answers; numbers stay text."""
    root = ET.parse(shared("payloads", "quickbooks", "xml", f"{name}.xml")).getroot()
    found = _value(root)
    return found if _tag(root) == "IntuitResponse" else {_tag(root): found}


def _tag(element: ET.Element) -> str:
    return element.tag.partition("}")[2] or element.tag


def _value(element: ET.Element) -> Any:
    tag, text = _tag(element), (element.text or "").strip()
    if tag.endswith("Ref") or tag in TEXTS:
        return {"value": text, **element.attrib}
    if len(element) == 0 and not element.attrib:
        return text or {}
    found: dict[str, Any] = dict(element.attrib)
    is_list = tag == "QueryResponse"
    for child in element:
        name = _tag(child)
        if name in LISTS or is_list:
            found.setdefault(name, []).append(_value(child))
        else:
            found[name] = _value(child)
    return found


def world(stream: str, *payloads: Any, **words: Any) -> World:
    """Records of one list."""
    words.setdefault("company", HOME)
    return World(QUICKBOOKS, **words).put(stream, *payloads, key="Id")
