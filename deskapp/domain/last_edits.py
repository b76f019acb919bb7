"""Who set last what a form shows: told beside both values when two people changed one thing."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class About(StrEnum):
    """What is changed in a form of its own. Stored."""

    ABSENCE = "absence"
    AGENT = "agent"
    ASSIGNMENT = "assignment"
    AUTO_REPLY = "auto_reply"
    CANNED = "canned"
    CAPS = "caps"
    COMPANY = "company"
    CONTACT = "contact"
    FIELD = "field"
    FIELD_ORDER = "field_order"
    LABEL = "label"
    MAILBOX = "mailbox"
    MAPPING = "mapping"
    ORDER_FORM = "order_form"
    ORDER_SOURCE = "order_source"
    SIGNATURE = "signature"
    TAG = "tag"
    TEAM = "team"
    VIEW = "view"
    VIEW_ORDER = "view_order"
    WORKING_DAYS = "working_days"


@dataclass(frozen=True, slots=True)
class LastEdit:
    """``who`` is "" where nobody was named."""

    who: str
    at: datetime
