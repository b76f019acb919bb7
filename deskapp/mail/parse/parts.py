"""Which parts of a mail are its text and which are its attachments."""

import re
from dataclasses import dataclass, field

from .filenames import stated_name
from .parameters import Parameters, read_parameters
from .tree import Part

MAX_TEXT_BYTES = 2 * 1024 * 1024
_BODY_TYPES = ("text/plain", "text/html")
_CONTENT_ID = re.compile(rb"[<>\s]")


@dataclass(slots=True)
class Leaf:
    """A part without children, with what its headers say about showing it."""

    index: int
    part: Part
    disposition: str
    filename: str
    content_id: str
    inline_hint: bool = False

    @property
    def content_type(self) -> str:
        return self.part.content_type

    @property
    def may_be_text(self) -> bool:
        return (
            self.content_type in _BODY_TYPES
            and self.disposition != "attachment"
            and not self.filename
        )


@dataclass(slots=True)
class Segment:
    """A stretch of the body, in one or both of its forms."""

    plain: Leaf | None = None
    html: Leaf | None = None


@dataclass(slots=True)
class Layout:
    """The body in reading order and everything else as attachments."""

    segments: list[Segment] = field(default_factory=list)
    attachments: list[Leaf] = field(default_factory=list)


def lay_out(root: Part, leaves: list[Part]) -> Layout:
    """Sort the leaves of a tree. Each leaf lands in exactly one of the two lists, except the
    unchosen forms of an alternative, which say the same as the chosen one."""
    by_part = {id(part): _leaf(index, part) for index, part in enumerate(leaves)}
    layout = Layout()
    _collect(root, by_part, layout)
    if not layout.segments:
        _rescue_text(layout)
    layout.attachments.sort(key=lambda leaf: leaf.index)
    return layout


def _leaf(index: int, part: Part) -> Leaf:
    disposition, parameters = "", _NO_PARAMETERS
    raw = part.first("content-disposition")
    if raw:
        disposition, parameters = read_parameters(raw)
    hint = part.parameters.get("charset", "")
    name = stated_name(parameters, part.parameters, hint) if parameters or part.parameters else ""
    content_id = _CONTENT_ID.sub(b"", part.first("content-id")).decode("latin-1")
    return Leaf(index, part, disposition.lower(), name, content_id)


_NO_PARAMETERS: Parameters = {}


def _collect(part: Part, by_part: dict[int, Leaf], layout: Layout) -> None:
    """Recursion is bounded by ``tree.MAX_DEPTH``."""
    if not part.children:
        leaf = by_part[id(part)]
        if leaf.may_be_text:
            is_html = leaf.content_type == "text/html"
            layout.segments.append(Segment(html=leaf) if is_html else Segment(plain=leaf))
        else:
            layout.attachments.append(leaf)
        return
    if part.content_type == "multipart/alternative":
        _collect_alternative(part, by_part, layout)
        return
    for child in part.children:
        _collect(child, by_part, layout)


def _collect_alternative(part: Part, by_part: dict[int, Leaf], layout: Layout) -> None:
    """One segment out of several forms: the plain one and the last that holds HTML."""
    chosen: list[Segment] = []
    plain: Leaf | None = None
    for child in part.children:
        inner = Layout()
        _collect(child, by_part, inner)
        layout.attachments.extend(inner.attachments)
        if any(segment.html for segment in inner.segments):
            chosen = inner.segments
        elif inner.segments and plain is None:
            plain = inner.segments[0].plain
            if len(inner.segments) > 1 and not chosen:
                chosen = inner.segments
    if chosen and plain and len([segment for segment in chosen if segment.html]) == 1:
        next(segment for segment in chosen if segment.html).plain = plain
    layout.segments.extend(chosen or ([Segment(plain=plain)] if plain else []))


def _rescue_text(layout: Layout) -> None:
    """A mail whose only text carries a file name still has something to read; the file stays
    in the list as well."""
    for leaf in layout.attachments:
        if leaf.content_type in _BODY_TYPES and leaf.disposition != "attachment":
            is_html = leaf.content_type == "text/html"
            layout.segments.append(Segment(html=leaf) if is_html else Segment(plain=leaf))
            return
