"""Which parts of a mail are its text and which are its attachments."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from .calendar import CALENDAR_TYPES
from .charsets import charset_of
from .filenames import is_raw, stated_name
from .labels import codec_for
from .parameters import Parameters, read_parameters
from .tnef import TNEF_TYPES
from .tree import Part

MAX_TEXT_BYTES = 2 * 1024 * 1024
MAX_CALENDARS = 3
PROOF_BYTES = 4096
_PROOFS = 3
_BODY_TYPES = ("text/plain", "text/html")
_RESCUED_TYPES = (*_BODY_TYPES, "message/partial")
_SHOWN_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/jpg", "image/pjpeg", "image/bmp")
_CONTENT_ID = re.compile(rb"[<>\s]")


@dataclass(slots=True)
class Leaf:
    """A part without children, with what its headers say about showing it."""

    index: int
    part: Part
    disposition: str
    filename: str
    content_id: str
    location: str = ""

    @property
    def content_type(self) -> str:
        return self.part.content_type

    @property
    def is_shown_picture(self) -> bool:
        """Whether its sender wants it seen where it stands (RFC 2183, 2.1)."""
        return self.disposition == "inline" and self.content_type in _SHOWN_PICTURES

    @property
    def may_be_text(self) -> bool:
        return (
            self.content_type in _BODY_TYPES
            and self.disposition != "attachment"
            and not self.filename
        )


@dataclass(slots=True)
class Segment:
    """A stretch of the body, in one or both of its forms, or a picture between two of them."""

    plain: list[Leaf] = field(default_factory=list)
    html: Leaf | None = None
    picture: Leaf | None = None


@dataclass(slots=True)
class Layout:
    """The body in reading order and everything else as attachments."""

    segments: list[Segment] = field(default_factory=list)
    attachments: list[Leaf] = field(default_factory=list)
    calendars: list[Leaf] = field(default_factory=list)


def is_tnef(leaf: Leaf) -> bool:
    """Whether a file is Outlook's winmail.dat."""
    return leaf.content_type in TNEF_TYPES or leaf.filename.lower() == "winmail.dat"


def lay_out(root: Part, leaves: list[Part]) -> Layout:
    """Sort the leaves of a tree. Each leaf lands in exactly one of the two lists, except the
    unchosen forms of an alternative, which say the same as the chosen one."""
    shared = cache(lambda: shared_charset(leaves))
    by_part = {id(part): _leaf(index, part, shared) for index, part in enumerate(leaves)}
    layout = Layout()
    _collect(root, by_part, layout)
    if not any(segment.plain or segment.html for segment in layout.segments):
        _rescue_text(layout)
    layout.attachments.sort(key=lambda leaf: leaf.index)
    _name_pictures(layout)
    return layout


def shared_charset(leaves: list[Part]) -> str:
    """The charset in which a mail's raw 8-bit headers and names most likely stand: the one its
    text is proven to be in, else the one its text claims, if that claim says anything."""
    texts = [part for part in leaves if part.content_type in _BODY_TYPES][:_PROOFS]
    for part in texts:
        proven = charset_of(part.decoded()[:PROOF_BYTES], part.parameters.get("charset", ""))
        if proven:
            return proven
    claims = (codec_for(part.parameters.get("charset", "")) for part in texts)
    return next((codec for codec in claims if codec not in ("", "utf-8", "cp1252")), "")


def _leaf(index: int, part: Part, shared: Callable[[], str]) -> Leaf:
    disposition, parameters = "", _NO_PARAMETERS
    raw = part.first("content-disposition")
    if raw:
        disposition, parameters = read_parameters(raw)
    name = ""
    if parameters or part.parameters:
        name = stated_name(parameters, part.parameters)
        if not name.isascii() and is_raw(parameters, part.parameters):
            hint = part.parameters.get("charset") or shared()
            name = stated_name(parameters, part.parameters, hint)
    content_id = _CONTENT_ID.sub(b"", part.first("content-id")).decode("latin-1")
    place = part.first("content-location")
    location = "".join(place[:2000].decode("latin-1").split()).strip("\"'") if place else ""
    return Leaf(index, part, disposition.lower(), name, content_id, location)


_NO_PARAMETERS: Parameters = {}


def _collect(part: Part, by_part: dict[int, Leaf], layout: Layout) -> None:
    """Recursion is bounded by ``tree.MAX_DEPTH``."""
    if not part.children:
        _collect_leaf(by_part[id(part)], layout)
    elif part.content_type == "multipart/alternative":
        _collect_alternative(part, by_part, layout)
    else:
        for child in part.children:
            _collect(child, by_part, layout)


def _collect_leaf(leaf: Leaf, layout: Layout) -> None:
    if leaf.may_be_text:
        layout.segments.append(_text_segment(leaf))
        return
    layout.attachments.append(leaf)
    if leaf.is_shown_picture:
        layout.segments.append(Segment(picture=leaf))
    elif leaf.content_type in CALENDAR_TYPES and len(layout.calendars) < MAX_CALENDARS:
        layout.calendars.append(leaf)


def _text_segment(leaf: Leaf) -> Segment:
    return Segment(html=leaf) if leaf.content_type == "text/html" else Segment(plain=[leaf])


def _collect_alternative(part: Part, by_part: dict[int, Leaf], layout: Layout) -> None:
    """One of several forms: the last that holds HTML, with the plain one as its text."""
    with_html: list[Segment] = []
    plain: list[list[Segment]] = []
    for child in part.children:
        inner = Layout()
        _collect(child, by_part, inner)
        layout.attachments.extend(inner.attachments)
        layout.calendars.extend(inner.calendars)
        if any(segment.html for segment in inner.segments):
            with_html = inner.segments
        elif any(segment.plain for segment in inner.segments):
            plain.append(inner.segments)
    if not with_html:
        # forms that differ are the misused alternatives of home-made senders: all are shown
        forms = [segment for segments in plain for segment in segments]
        if not any(segment.picture for segment in forms):
            forms = [Segment(plain=[leaf for segment in forms for leaf in segment.plain])]
        layout.segments.extend(forms)
        return
    written = [segment for segment in with_html if segment.html]
    if plain and len(written) == 1:
        written[0].plain = [leaf for segment in plain[0] for leaf in segment.plain]
    layout.segments.extend(with_html)


def _name_pictures(layout: Layout) -> None:
    """Pictures that the HTML will show need an id; Apple Mail gives them none."""
    for leaf in layout.attachments:
        if not leaf.content_id and (leaf.is_shown_picture or leaf.location):
            leaf.content_id = f"part{leaf.index}@this.mail"


def _rescue_text(layout: Layout) -> None:
    """A mail whose only text carries a file name still has something to read; the file stays
    in the list as well."""
    for leaf in layout.attachments:
        if leaf.content_type == "message/partial" and b" " not in leaf.part.body[:PROOF_BYTES]:
            continue  # the middle of a file in base64
        if leaf.content_type in _RESCUED_TYPES and leaf.disposition != "attachment":
            layout.segments.insert(0, _text_segment(leaf))
            return
