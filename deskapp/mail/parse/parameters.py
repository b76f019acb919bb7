"""Values with parameters: Content-Type and Content-Disposition (RFC 2045, RFC 2231).

One forward scan over at most ``MAX_BYTES``; every character is looked at once, because this
header is the one that freezes other parsers.
"""

import re
from urllib.parse import unquote_to_bytes

from .charsets import decode_bytes
from .headers import surrogates

MAX_BYTES = 16 * 1024
MAX_PARAMETERS = 200

Parameters = dict[str, str]

_VALUE = re.compile(r"\s*([^\s;/]*(?:\s*/\s*[^\s;=]+)?)")
_NAME = re.compile(r"[;\s]*([^\s=;\"]+)\s*=\s*")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)("?)', re.DOTALL)
# a line that begins like a parameter begins one, also behind a forgotten semicolon
_TOKEN = re.compile(r"(?:[^;\"\r\n]|[\r\n](?!\s*[\w*-]{1,60}=))*", re.ASCII)
_COMMENT = re.compile(r"\([^()]*\)")
_SECTION = re.compile(r"([^*]+)\*(?:(\d{1,4})(\*)?)?\Z")


def read_parameters(raw: bytes) -> tuple[str, Parameters]:
    """The value before the first semicolon and the parameters, names in lower case.

    Extended and continued parameters are joined and decoded; bytes that are not ASCII stay as
    surrogates for ``headers.decode_words`` to judge.
    """
    text = surrogates(raw[:MAX_BYTES])
    if "(" in text.partition(";")[0]:
        value, semicolon, rest = text.partition(";")
        text = _COMMENT.sub("", value) + semicolon + rest
    stated = _VALUE.match(text)
    value, rest = (stated[1], text[stated.end() :]) if stated else ("", text)
    plain: Parameters = {}
    sections: dict[str, dict[int, tuple[str, bool]]] = {}
    position = 0
    for _ in range(MAX_PARAMETERS):
        match = _NAME.match(rest, position)
        if not match:
            position = rest.find(";", position) + 1
            if position <= 0:
                break
            continue
        name = match[1].lower()
        content, position = _read_value(rest, match.end())
        section = _SECTION.match(name) if "*" in name else None
        if section:
            extended = section[2] is None or bool(section[3])
            sections.setdefault(section[1], {})[int(section[2] or 0)] = (content, extended)
        else:
            plain.setdefault(name, content)
    for name, pieces in sections.items():
        plain[name] = _join_sections(pieces)
    return "".join(value.split("(")[0].split()), plain


def _read_value(text: str, position: int) -> tuple[str, int]:
    quoted = _QUOTED.match(text, position)
    if quoted and quoted[2]:
        content = quoted[1]
        if "\\" in content:
            content = re.sub(r"\\([\"\\])", r"\1", content)
        return content, quoted.end()
    if quoted:  # the quote never closes: the value ends with its own parameter
        end = text.find(";", position)
        end = len(text) if end < 0 else end
        return text[position + 1 : end].strip(), end
    token = _TOKEN.match(text, position)
    end = token.end() if token else position
    content = text[position:end].strip()
    if "(" in content and not content.startswith("=?"):
        content = re.sub(r"\s+\([^()]*\)\Z", "", content)
    return content, end


def _join_sections(pieces: dict[int, tuple[str, bool]]) -> str:
    """RFC 2231 section 4.1: charset and language stand once, in front of the first piece."""
    charset = ""
    raw = b""
    for number in sorted(pieces):
        content, extended = pieces[number]
        if extended and number == min(pieces) and content.count("'") >= 2:
            charset, _, content = content.split("'", 2)
        data = content.encode("utf-8", "surrogateescape")
        raw += unquote_to_bytes(data) if extended else data
    return decode_bytes(raw, charset or "utf-8")
