"""Markup made to freeze who lays it out: shapes × sizes, each with the word "readable" in it."""

from collections.abc import Iterator

SIZES = (300, 5_000, 60_000)
WORD = "readable"


def bombs() -> Iterator[tuple[str, str]]:
    """(name with size, markup)."""
    for size in SIZES:
        for name, html in _shapes(size).items():
            yield f"{name} {size}", f"<p>{WORD}</p>{html}"


def _shapes(n: int) -> dict[str, str]:
    few = min(n, 5_000)
    return {
        "paragraphs": "<p>word</p>" * n,
        "lines": "word<br>" * n,
        "one word": "a" * n * 6,
        "chinese": "订单还没有收到" * n,
        "emoji": "😀" * n,
        "families of emoji": "👩‍👩‍👧‍👦" * few,
        "combining marks": "a" + "\u0301" * n,
        "right to left": "אבג abc " * n,
        "ligatures": "ﷺ" * n,
        "bold letters": "<b>w</b> " * n,
        "fonts": "".join(f"<font size={i % 7}>x</font> " for i in range(n)),
        "coloured letters": "<span style='color:#f00'>w</span> " * n,
        "tables side by side": "<table><tr><td>x</td></tr></table>" * few,
        "tables in tables": "<table><tr><td>" * min(n, 400) + "x",
        "six deep, many": ("<table><tr><td>" * 6 + "x" + "</td></tr></table>" * 6) * (few // 6 + 1),
        "rows": "<table>" + "<tr><td>x</td></tr>" * n + "</table>",
        "columns": "<table><tr>" + "<td>x</td>" * few + "</tr></table>",
        "cells": "<table>" + ("<tr>" + "<td>x</td>" * 20 + "</tr>") * (n // 20) + "</table>",
        "spans of cells": "<table><tr><td colspan=9999 rowspan=9999>x</td></tr></table>"
        * min(few, 300),
        "list items": "<ul>" + "<li>x</li>" * n + "</ul>",
        "lists in lists": "<ul><li>" * min(n, 5000) + "x",
        "divs in divs": "<div>" * min(n, 20_000) + "x",
        "bold in bold": "<b>" * min(n, 20_000) + "x",
        "quotes in quotes": "<blockquote>" * min(n, 5000) + "x",
        "rules": "<hr>" * n,
        "links": "<a href='https://x.example/'>x</a> " * n,
        "long links": f"<a href='https://x.example/{'a' * 7000}'>x</a>" * min(n // 60 + 1, 100),
        "pictures missing": "<img src='cid:x' width=9999 height=9999>" * few,
        "pictures blocked": "<img src='https://x.example/a' alt='x'>" * few,
        "giant letters": "<span style='font-size:9999px'>x</span>" * few,
        "giant margins": "<p style='margin:9999999px'>x</p>" * few,
        "giant borders": "<table border=9999 cellpadding=9999><tr><td>x</td></tr></table>"
        * min(few, 500),
        "giant indents": "<p style='text-indent:-99999px;padding:99999px'>x</p>" * few,
        "no wrapping": "<p style='white-space:nowrap'>" + "word " * n + "</p>",
        "preformatted": "<pre>" + "word " * n + "</pre>",
        "comments": "<!-- x -->" * n,
        "entities": "&amp;&lt;&nbsp;" * n,
        "half entities": "&" * n * 5,
        "brackets": "<" * n * 5,
        "styles": "<p style='" + "color:#f00;" * min(n, 20_000) + "'>x</p>",
        "blanks": "&nbsp; " * n,
        "soft hyphens": "a\u00ad" * n,
    }
