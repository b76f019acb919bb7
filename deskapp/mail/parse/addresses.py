"""Mailboxes in From, To and their like (RFC 5322 section 3.4), read forgivingly.

Names are decoded only after the list has been cut, so that a comma inside an encoded word does
not make two people. The scan is flat: nested comments are counted, not descended into.
"""

import re
from collections.abc import Iterable

from deskapp.domain.mail import Address

from .headers import MAX_BYTES, decode_words, surrogates

MAX_ADDRESSES = 1000
_TOKEN = re.compile(
    r'"(?:[^"\\]|\\.)*"|=\?[^?\s]+\?[bBqQ]\?[^?]*\?=|<[^<>]*>?|\\[()\\]|[,;:()\\"]|[^\s",;:()<>\\=]+|\s+|.',
    re.DOTALL,
)
_QUOTES = re.compile(r'\\.|(")', re.DOTALL)
_PLAIN = re.compile(r"[^\s<>()\",;:]{1,200}@[^\s<>()\",;:]{1,300}")
_SPACE = re.compile(r"\s+")
_CONTROL = re.compile("[\x00-\x1f\x7f]")
_COMMENT = re.compile(r"\([^()]*\)")
_LOOSE_DOT = re.compile(r"\s*([.@])\s*")
_ROUTE = re.compile(r"\A@[^:]*:")


def read_addresses(values: Iterable[bytes], hint: str = "") -> tuple[Address, ...]:
    """All mailboxes of the given header values, in order, without empty ones."""
    found: list[Address] = []
    for raw in values:
        text = surrogates(raw[:MAX_BYTES])
        for tokens in _cut(text):
            address = _read_one(tokens, hint)
            if address:
                found.append(address)
            if len(found) >= MAX_ADDRESSES:
                return tuple(found)
    return tuple(found)


def _cut(text: str) -> Iterable[list[str]]:
    """Tokens of one mailbox at a time; group names and their punctuation are dropped."""
    if '"' in text and sum(map(bool, _QUOTES.findall(text))) % 2:
        # one that never closes would swallow the rest
        text = text.replace('"', "")
    tokens: list[str] = []
    depth = 0
    for token in _TOKEN.findall(text):
        if token == "(":
            depth += 1
        elif token == ")":
            depth = max(depth - 1, 0)
        elif not depth and token in (",", ";"):
            yield tokens
            tokens = []
            continue
        elif not depth and token == ":" and not any("@" in each for each in tokens):
            tokens = []
            continue
        tokens.append(token)
    yield tokens


def _read_one(tokens: list[str], hint: str) -> Address | None:
    name: list[str] = []
    comment: list[str] = []
    address = ""
    depth = 0
    for token in tokens:
        if token == "(":
            depth += 1
        elif token == ")":
            depth = max(depth - 1, 0)
        elif depth:
            comment.append(token)
        elif token.startswith("<") and (not address or "@" in token):
            address = _bare(token) or address
        else:
            name.append(token)
    words = "".join(_unquote(each) if each.startswith('"') else each for each in name)
    if not address:
        spec = "".join("".join(name).split()) if '"' not in words else words.strip()
        plain = _PLAIN.search(words) if "@" in words else None
        if plain and plain[0] != spec and not _is_spaced_address(words):
            address, words = plain[0], words.replace(plain[0], " ")
        elif "@" in spec:
            address, words = spec, ""
    shown = _tidy_name(words, hint)
    if not shown and address:
        shown = _tidy_name("".join(comment), hint)
    address = _tidy_address(address)
    if not address and "@" in shown and " " not in shown:
        address, shown = shown, ""
    if not address and not shown:
        return None
    return Address(shown, address)


def _bare(token: str) -> str:
    """What stands in angle brackets, less comments and the blanks RFC 822 allowed around dots."""
    inside = (_COMMENT.sub("", token) if "(" in token else token).strip("<> \t\r\n")
    if inside.isprintable() and " " not in inside:
        return inside
    return _LOOSE_DOT.sub(r"\1", inside) if _SPACE.search(inside) else inside


def _is_spaced_address(words: str) -> bool:
    """RFC 822 allowed blanks around the dots and the at sign."""
    return bool(re.fullmatch(r"[\w.+-]+(?:\s*[.@]\s*[\w+-]+)+", words.strip()))


def _unquote(token: str) -> str:
    inner = token[1:-1] if len(token) > 1 and token.endswith('"') else token[1:]
    return re.sub(r"\\(.)", r"\1", inner) if "\\" in inner else inner


def _tidy_name(text: str, hint: str) -> str:
    decoded = _CONTROL.sub(" ", decode_words(text, hint))
    return _SPACE.sub(" ", decoded).strip().strip("'\"").strip()


def _tidy_address(text: str) -> str:
    text = _ROUTE.sub("", text)
    if text.lower().startswith("mailto:"):
        text = text[7:]
    decoded = decode_words(text)
    found = _PLAIN.search(decoded) if " " in decoded or "<" in decoded else None
    return _CONTROL.sub("", _SPACE.sub("", found[0] if found else decoded)).strip(".,;")
