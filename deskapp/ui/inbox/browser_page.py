"""A mail as a page for the browser: as clean as here, and forbidden to load or run anything."""

import base64
import html
import re
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QTimer

from deskapp.domain.senders import shown_address, shown_name
from deskapp.domain.tickets import MessageRow
from deskapp.ui import text
from deskapp.ui.theme import theme

from .mail_markup import legible
from .opened_files import place_to_open, write_file

POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
MOST_DATA = 64 * 1024 * 1024
_PLACE = re.compile(r' src="cid:([^"]*)"')
_KEPT_MS = 10 * 60 * 1000
_STARTS = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
    b"BM": "image/bmp",
}


def browser_page(message: MessageRow, cleaned: str, images: Mapping[str, bytes]) -> str:
    """A whole document. ``images`` are the mail's own pictures by Content-ID."""
    who = f"{shown_name(message.sender.name)} <{shown_address(message.sender.address)}>"
    facts = [message.subject, who.strip(), text.full(message.at)]
    head = "<br>".join(html.escape(fact) for fact in facts)
    colours = theme().colours
    body = _with_pictures(legible(cleaned, colours.ink, colours.paper), images)
    return (
        '<!doctype html><html><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="referrer" content="no-referrer">'
        "<style>p.tight { margin: 0 } img { max-width: 100% }</style>"
        f"<title>{html.escape(message.subject)}</title></head>"
        f'<body><p style="color:{colours.ink_muted};font:13px sans-serif">{head}</p>'
        f"<hr>{body}</body></html>"
    )


def _with_pictures(cleaned: str, images: Mapping[str, bytes]) -> str:
    """The pictures in their places, up to MOST_DATA letters: a mail may show one large picture a
    hundred thousand times."""
    by_place = {html.escape(name): raw for name, raw in images.items()}
    written: dict[str, str] = {}
    room = MOST_DATA

    def fill(place: re.Match[str]) -> str:
        nonlocal room
        raw = by_place.get(place[1], b"")
        kind = _kind(raw)
        if not kind or len(raw) * 4 // 3 > room:
            return place[0]
        if place[1] not in written:
            written[place[1]] = f"data:{kind};base64,{base64.b64encode(raw).decode('ascii')}"
        room -= len(written[place[1]])
        return f' src="{written[place[1]]}"'

    return _PLACE.sub(fill, cleaned)


def keep_for_browser(page: str) -> Path:
    """Writes the page where only this person reads it; ``forget_later`` deletes it.

    Raises Problem as ``write_file``.
    """
    return write_file(place_to_open("mail.html"), page.encode())


def forget_later(place: Path) -> None:
    """Deletes the page when the browser has surely read it; else the end of the program does."""
    QTimer.singleShot(_KEPT_MS, lambda: place.unlink(missing_ok=True))


def _kind(raw: bytes) -> str:
    if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for start, kind in _STARTS.items() if raw.startswith(start)), "")
