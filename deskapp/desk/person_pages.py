"""The pages of a person's export that anybody can read in a browser: no scripts, nothing loaded."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any
from urllib.parse import quote

from deskapp.domain.kinds import Direction
from deskapp.domain.people import CustomerRecord

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}"
    "h2{margin-top:2rem}dt{color:#555}dd{margin:0 0 .5rem}"
    "article{border-left:3px solid #bbb;padding:0 1rem;margin:1.5rem 0}"
    "article.in{border-color:#2563eb}article.note{border-color:#ca8a04}"
    "pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit}small{color:#555}"
)


@dataclass(frozen=True, slots=True)
class TalkFiles:
    """Where a message's original and its files lie in the archive."""

    original: str
    files: tuple[tuple[str, str], ...]  # name, path


def index_page(
    words: Mapping[str, str],
    record: CustomerRecord,
    talks: Mapping[int, Sequence[Mapping[str, Any]]],
    orders: Iterable[Mapping[str, Any]],
    tables: Iterable[str],
    at: datetime,
) -> str:
    """Who, and where everything else is. ``talks``: messages by ticket number."""
    row = record.row
    facts = (row.language, record.time_zone, record.company, record.address, row.must_know)
    parts = [f"<p><small>{escape(words['made'])} {at:%Y-%m-%d}</small></p>"]
    parts += _section(words["contacts"], (one.value for one in record.contacts))
    parts += _section(words["facts"], (fact for fact in facts if fact))
    parts += _section(words["notes"], (note.text for note in record.notes))
    parts += _section(words["orders"], (_order(one) for one in orders))
    links = [
        f'<li><a href="conversations/{number}.html">#{number} '
        f"{escape(messages[0]['ticket_subject'])}</a> ({len(messages)})</li>"
        for number, messages in sorted(talks.items())
    ]
    parts.append(f"<h2>{escape(words['talks'])}</h2><ul>{''.join(links)}</ul>")
    data = "".join(f'<li><a href="data/{name}.json">{name}.json</a></li>' for name in tables)
    parts.append(f"<h2>{escape(words['all'])}</h2><ul>{data}</ul>")
    return _page(words["title"], row.name or row.email, "".join(parts))


def talk_page(
    words: Mapping[str, str],
    number: int,
    messages: Sequence[Mapping[str, Any]],
    places: Mapping[int, TalkFiles],
) -> str:
    """One ticket from its first message to its last."""
    parts = []
    for one in messages:
        way = Direction(one["direction"])
        who = {Direction.OUT: words["we"], Direction.NOTE: words["note"]}.get(way)
        name = who or one["sender_name"] or one["sender_address"] or words["you"]
        place = places[one["id"]]
        links = [*place.files]
        if place.original:
            links.append((words["original"], place.original))
        listed = " · ".join(
            f'<a href="../{quote(path)}">{escape(label)}</a>' for label, path in links
        )
        parts.append(
            f'<article class="{way.value}"><p><b>{escape(name)}</b> '
            f"<small>{one['at']:%Y-%m-%d %H:%M} UTC</small></p>"
            f"<pre>{escape(one['text'] or '')}</pre><p>{listed}</p></article>"
        )
    back = f'<p><a href="../index.html">{escape(words["title"])}</a></p>'
    return _page(f"#{number}", messages[0]["ticket_subject"], back + "".join(parts))


def _order(one: Mapping[str, Any]) -> str:
    placed = f"{one['placed_at']:%Y-%m-%d}" if one["placed_at"] else ""
    total = "" if one["total"] is None else f"{one['total']:f} {one['currency']}"
    return " · ".join(word for word in (one["number"], placed, total, one["status"]) if word)


def _section(title: str, lines: Iterable[str]) -> list[str]:
    told = "".join(f"<li><pre>{escape(line)}</pre></li>" for line in lines)
    return [f"<h2>{escape(title)}</h2><ul>{told}</ul>"] if told else []


def _page(title: str, name: str, body: str) -> str:
    return (
        '<!doctype html><html><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">"
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
        f"<body><h1>{escape(title)}</h1><p>{escape(name)}</p>{body}</body></html>"
    )
