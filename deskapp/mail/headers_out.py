"""Header fields as they leave: RFC 5322 folding, RFC 2047 words, RFC 2231 parameters.

Every value is checked for control characters: a line break in a name, a subject or a file name
would start a header of somebody else's making.
"""

import base64
import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from deskapp.domain.mail import Address
from deskapp.domain.problem import Problem, ProblemKind

_LINE = 76  # RFC 2047, section 2: letters of a line that holds encoded words
_WORD_FRAME = len("=?utf-8?b??=")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\u0085\u2028\u2029]")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]*")
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+")
_DOMAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_MESSAGE_ID = re.compile(r"[!-;=?-~]{1,900}")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9._ ()+-]{1,60}")
_SECTIONS = re.compile(r"(?:%..|[^%]){1,20}")  # of RFC 2231; no %XX is cut in two


def checked(value: str, what: str) -> str:
    """``value`` with tabs as blanks and without half characters.

    Raises ``Problem(INVALID)`` where it holds control characters.
    """
    if _CONTROL.search(value):
        raise Problem(ProblemKind.INVALID, what=what)
    return value.replace("\t", " ").encode("utf-8", "replace").decode("utf-8")


def unstructured(name: str, text: str) -> str:
    """``Subject`` and the like, as one folded field without the final line break."""
    text = checked(text, name.casefold())
    if _as_it_is(text):
        return _folded(f"{name}:", text.split(" "))
    column = len(name) + 2
    return f"{name}: " + "\r\n ".join(encoded_words(text, column))


def _as_it_is(text: str) -> bool:
    words = text.split(" ")
    blanks_matter = "  " in text or text != text.strip()
    plain = text.isascii() and text.isprintable() and "=?" not in text
    return plain and not blanks_matter and max(map(len, words), default=0) < _LINE - 2


def encoded_words(text: str, column: int = 1) -> list[str]:
    """RFC 2047 words that fit their lines, cut between characters and never inside one.

    ``column`` is where the first one starts; the others start a line of their own.
    """
    words, some, size = [], "", 0
    room = _room(column)
    for letter in text:
        length = len(letter.encode("utf-8"))
        if some and size + length > room:
            words.append(_word(some))
            some, size, room = "", 0, _room(1)
        some, size = some + letter, size + length
    return [*words, _word(some)]


def _room(column: int) -> int:
    return max(4, (min(_LINE - column, 75) - _WORD_FRAME) // 4 * 3)


def _word(text: str) -> str:
    packed = base64.b64encode(text.encode("utf-8")).decode("ascii")
    return f"=?utf-8?b?{packed}?="


def addresses(name: str, people: Sequence[Address]) -> str:
    """``From``, ``To`` or ``Cc``."""
    return _folded(f"{name}:", _comma_ended([address_of(one) for one in people]))


def _comma_ended(items: Sequence[str]) -> list[str]:
    return [f"{item}," for item in items[:-1]] + list(items[-1:])


def address_of(one: Address) -> str:
    """One mailbox with its display name, folded where the name is long."""
    spec = ascii_address(one.address)
    label = checked(one.name, "name").strip()
    if not label:
        return spec
    if not label.isascii() or not label.isprintable() or "=?" in label or len(label) > 60:
        return "\r\n ".join([*encoded_words(label, len("From: ")), f"<{spec}>"])
    if _ATOMS.fullmatch(label) and "  " not in label:
        return f"{label} <{spec}>"
    escaped = label.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}" <{spec}>'


def ascii_address(address: str) -> str:
    """An address as servers without SMTPUTF8 take it. ``Problem(INVALID)`` for none such."""
    local, _, domain = address.strip().rpartition("@")
    try:
        encoded = domain.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise Problem(ProblemKind.INVALID, what="recipient", value=address) from error
    if not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(encoded) or ".." in encoded:
        raise Problem(ProblemKind.INVALID, what="recipient", value=address)
    return f"{local}@{encoded}"


def is_message_id(one: str) -> bool:
    """Whether an id from anywhere can stand in a header, without its brackets."""
    return _MESSAGE_ID.fullmatch(one) is not None


def message_ids(name: str, ids: Iterable[str]) -> str:
    """``References`` and the like, one id a line where it grows long; ids without brackets.

    Ids that other programs made up with blanks or worse in them are left out: a reader compares
    whole ids, and half of one joins nothing.
    """
    return _folded(f"{name}:", [f"<{one}>" for one in ids if is_message_id(one)])


def file_name(value: str) -> str:
    """A file's name as it leaves: readers take blanks off both ends, so none are sent."""
    return checked(value, "filename").strip()


def parameter(name: str, value: str) -> Iterator[str]:
    """A MIME parameter, by RFC 2231 in sections where it is long or not plain."""
    value = file_name(value)
    if _PLAIN_NAME.fullmatch(value):
        yield f'{name}="{value}"'
        return
    packed = quote(value, safe="")
    sections = _SECTIONS.findall(packed)
    if len(sections) == 1:
        yield f"{name}*=UTF-8''{packed}"
        return
    for number, section in enumerate(sections):
        yield f"{name}*{number}*={'' if number else chr(39).join(('UTF-8', '', ''))}{section}"


def _folded(head: str, words: Sequence[str]) -> str:
    """``head`` and the words, a new line before each that would not fit."""
    lines = [head]
    for word in words:
        if len(lines[-1]) + 1 + len(word.split("\r\n")[0]) > _LINE + 2 and lines[-1] != head:
            lines.append("")
        lines[-1] += f" {word}"
        *before, last = lines[-1].split("\r\n")
        lines[-1:] = [*before, last]
    return "\r\n".join(lines)
