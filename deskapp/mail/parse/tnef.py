"""winmail.dat (MS-OXTNEF): the files Outlook hid in it, and the text.

Written here because the library for it can be frozen by a count field: one property that claims
four thousand million values keeps it busy for hours. Every loop below is bounded by the bytes.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .charsets import decode_bytes
from .rich_text import decompress, rich_text

TNEF_TYPES = ("application/ms-tnef", "application/vnd.ms-tnef")
MAX_FILES = 200
_SIGNATURE = b"\x78\x9f\x3e\x22"
_NEW_ATTACHMENT, _TITLE, _DATA, _PROPERTIES, _CODEPAGE = 0x9002, 0x8010, 0x800F, 0x9005, 0x9007
_MESSAGE_LEVEL, _ATTACHMENT_LEVEL = 1, 2
_BODY, _MESSAGE_PROPERTIES = 0x800C, 0x9003
_BODY_TEXT, _BODY_HTML, _BODY_RICH = 0x1000, 0x1013, 0x1009
_LONG_NAME, _NAME, _SHOWN_NAME, _DATA_OBJECT = 0x3707, 0x3704, 0x3001, 0x3701
_TEXT, _WIDE_TEXT, _OBJECT, _BINARY = 0x1E, 0x1F, 0x0D, 0x102
_FIXED = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16}
_MULTIPLE = 0x1000
_INTERFACE_ID_BYTES = 16


@dataclass(slots=True)
class _File:
    title: str = ""
    long_name: str = ""
    shown_name: str = ""
    data: bytes = b""
    embedded: bytes = b""  # a mail or document of Outlook's; ``data`` may then only excuse itself

    @property
    def name(self) -> str:
        return self.long_name or self.title or self.shown_name


def unpack_tnef(data: bytes) -> list[tuple[str, bytes]]:
    """Name and bytes of each file inside; what cannot be read is left out."""
    if not data.startswith(_SIGNATURE):
        return []
    files: list[_File] = []
    codepage = "cp1252"
    for level, name, content in _attributes(data):
        if name == _CODEPAGE:
            codepage = _codec(_number(content, 0, 4))
        elif name == _NEW_ATTACHMENT:
            if len(files) >= MAX_FILES:
                break
            files.append(_File())
        elif level == _ATTACHMENT_LEVEL and files:
            _read_attribute(files[-1], name, content, codepage)
    found = [(each.name, each.data or each.embedded) for each in files if each.data or each.name]
    return found + [(each.name, each.embedded) for each in files if each.data and each.embedded]


def tnef_body(data: bytes) -> tuple[str, str]:
    """The text and the HTML inside; each is "" where there is none."""
    text = html = ""
    rich = b""
    codepage = "cp1252"

    def keep(name: int, kind: int, value: bytes) -> None:
        nonlocal text, html, rich
        charset = "utf-16-le" if kind == _WIDE_TEXT else codepage
        if name == _BODY_TEXT and kind != _BINARY:
            text = decode_bytes(value, charset)
        elif name == _BODY_HTML:
            html = decode_bytes(value, charset)
        elif name == _BODY_RICH:
            rich = value

    if data.startswith(_SIGNATURE):
        for level, name, content in _attributes(data):
            if name == _CODEPAGE:
                codepage = _codec(_number(content, 0, 4))
            elif level == _MESSAGE_LEVEL and name == _BODY:
                text = text or decode_bytes(content, codepage)
            elif level == _MESSAGE_LEVEL and name == _MESSAGE_PROPERTIES:
                _read_properties(content, keep)
    return text.strip() or rich_text(decompress(rich)), html


def _attributes(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """(level, name, content) of each attribute, one after the other."""
    position = 6
    while position + 11 <= len(data):
        length = _number(data, position + 5, 4)
        content = data[position + 9 : position + 9 + length]
        yield data[position], _number(data, position + 1, 2), content
        position += 11 + length


def _read_attribute(file: _File, name: int, content: bytes, codepage: str) -> None:
    if name == _TITLE:
        file.title = _text(content, codepage)
    elif name == _DATA:
        file.data = content
    elif name == _PROPERTIES:
        _read_properties(
            content, lambda property_, kind, value: _keep(file, property_, kind, value, codepage)
        )


def _read_properties(data: bytes, keep: Callable[[int, int, bytes], None]) -> None:
    """MAPI properties (MS-OXTNEF 2.1.3.4): those of variable length go to ``keep``."""
    position = 4
    while position + 4 <= len(data):
        kind, name = _number(data, position, 2), _number(data, position + 2, 2)
        position += 4
        if name >= 0x8000:
            position = _after_named_property(data, position)
        many = bool(kind & _MULTIPLE)
        kind &= ~_MULTIPLE
        count = 1
        if many or kind not in _FIXED:
            count = _number(data, position, 4)
            position += 4
        if kind in _FIXED:
            size = 2 if many and kind in (2, 0x0B) else _FIXED[kind]
            position += (size * count + 3) & ~3
            continue
        for _ in range(count):
            length = _number(data, position, 4)
            value = data[position + 4 : position + 4 + length]
            position += 4 + ((length + 3) & ~3)
            keep(name, kind, value)
            if position >= len(data):
                return


def _after_named_property(data: bytes, position: int) -> int:
    position += 16
    if _number(data, position, 4) == 0:
        return position + 8
    return position + 8 + ((_number(data, position + 4, 4) + 3) & ~3)


def _keep(file: _File, name: int, kind: int, value: bytes, codepage: str) -> None:
    if name == _DATA_OBJECT and kind in (_OBJECT, _BINARY):
        file.embedded = value[_INTERFACE_ID_BYTES:] if kind == _OBJECT else value
        return
    if kind not in (_TEXT, _WIDE_TEXT):
        return
    text = _text(value, "utf-16-le" if kind == _WIDE_TEXT else codepage)
    if name == _LONG_NAME:
        file.long_name = text
    elif name == _NAME:
        file.title = file.title or text
    elif name == _SHOWN_NAME:
        file.shown_name = text


def _text(value: bytes, codec: str) -> str:
    return value.decode(codec, "replace").split("\x00")[0]


def _codec(number: int) -> str:
    name = f"cp{number}"
    try:
        b"".decode(name)
    except LookupError:
        return "cp1252"
    return name


def _number(data: bytes, position: int, size: int) -> int:
    return int.from_bytes(data[position : position + size], "little")
