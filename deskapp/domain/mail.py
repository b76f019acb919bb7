"""One mail as read from its bytes: what ``mail.parse`` returns and ``desk.intake`` files."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from .kinds import MailKind


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox as its writer spelt it. ``address`` keeps its case; compare with ``key``."""

    name: str
    address: str

    @property
    def key(self) -> str:
        """The form under which the same person is found again: in one case, and a domain in its
        own letters where it came in those of the DNS (RFC 5890: bücher.example and
        xn--bcher-kva.example are one)."""
        key = self.address.strip().casefold()
        if key.isascii() and "xn--" not in key:
            return key
        mailbox, at, domain = key.rpartition("@")
        return mailbox + at + ".".join(map(_own_letters, domain.split(".")))


def _own_letters(label: str) -> str:
    """A label of a domain as people write it; one that is no valid A-label stays as it is."""
    if label.startswith("xn--") and len(label) <= _LONGEST_LABEL:
        try:
            label = label[4:].encode("ascii").decode("punycode")
        except UnicodeError:
            return label
    return unicodedata.normalize("NFC", label).casefold()


_LONGEST_LABEL = 63


@dataclass(frozen=True, slots=True)
class AttachmentInfo:
    """A file inside a mail. The bytes stay in the raw mail and are read by ``index`` when asked.

    ``index`` is the position of the part in a depth-first walk; ``size`` counts decoded bytes.
    """

    index: int
    filename: str
    content_type: str
    size: int
    inline: bool
    content_id: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a delivery report says (RFC 3464): whom it did not reach and why.

    ``message_id``: of the mail that came back, "" where the report does not show it. ``others``:
    further recipients of that mail whom it did not reach either, without others of their own.
    """

    recipient: str
    status: str
    action: str
    message_id: str = ""
    others: tuple["Bounce", ...] = ()

    @property
    def permanent(self) -> bool:
        """Whether the server has given up (RFC 3463, class 5), rather than being late."""
        if self.action in ("delayed", "delivered", "relayed", "expanded"):
            return False
        return not self.status.startswith(("2", "4"))

    @property
    def any_permanent(self) -> bool:
        """Whether one of its recipients is given up."""
        return any(one.permanent for one in (self, *self.others))


@dataclass(frozen=True, slots=True)
class ParsedMail:
    """A mail in a form that can be shown, filed and searched. All text is NFC without NUL.

    ``text`` is the readable body; ``reply_text`` is the same less the folded quote and signature
    (never longer than ``text``); ``html`` is the cleaned tree or "" where the mail has none;
    ``reply_html`` is the cleaned tree less the folded quote, or "" where nothing was folded in it.
    ``date`` is UTC or None when the mail states none that can be believed. ``defects`` name what
    was odd, in stable short words, for the person who wonders why it looks so. ``authentication``
    are its Authentication-Results as written, the topmost first, by whomever: see
    ``domain.authentication``. ``quiet``: its headers show that no automatic reply is wanted, though
    a person may have written it.
    """

    message_id: str
    in_reply_to: str
    references: tuple[str, ...]
    date: datetime | None
    sender: Address
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    text: str
    reply_text: str
    html: str
    reply_html: str
    attachments: tuple[AttachmentInfo, ...]
    kind: MailKind
    language: str
    bounce: Bounce | None = None
    defects: tuple[str, ...] = field(default=())
    authentication: tuple[str, ...] = ()
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class MailPage:
    """A mail's HTML with places ``cid:…`` for pictures that came without it.

    ``pictures``: the place's name → where that picture is, an https or data address. Nothing is
    fetched by making this. ``reply_html`` is ``html`` less what is folded.
    """

    html: str
    reply_html: str
    pictures: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FetchedPictures:
    """Pictures of other servers that came, by name, and for the others why they did not.

    Reasons: "private" (an address inside a private network), "not_https", "too_large",
    "no_picture", "refused" (the server answered with an error), "too_many_redirects",
    "unreachable", "untrusted" (its certificate), "too_slow".
    """

    pictures: Mapping[str, bytes]
    missing: Mapping[str, str]


class UnreadableMail(Exception):
    """The bytes cannot be read as a mail within the caps. The mail is held, with this reason.

    ``reason`` is a stable short word: "empty", "nesting", "too_many_parts", "too_slow",
    "too_big", "internal".
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
