"""vCards of versions 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350), as phones and mail programs write
them. Read by ourselves: what a customer list needs is six properties, and the kept libraries
either stop at the first line they do not know or have had no release for years.
"""

import quopri
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from deskapp.domain.people_files import PersonData

from .name_order import whole_name

_MOST_CARDS = 200_000
_MOST_PROPERTY = 256 * 1024  # characters; photos are longer and are no use here
_VALUES = re.compile(r"(?<!\\);")
_LIST = re.compile(r"(?<!\\),")


@dataclass(frozen=True, slots=True)
class _Line:
    """One property with its parameters, as written."""

    name: str
    parameters: tuple[tuple[str, str], ...]
    value: str

    def parameter(self, name: str) -> str:
        return ",".join(value for key, value in self.parameters if key == name)


def looks_like_vcard(text: str) -> bool:
    return text.lstrip("\ufeff \t\r\n")[:11].upper() == "BEGIN:VCARD"


def read_cards(text: str) -> Iterator[PersonData]:
    """Every card, numbered by the line it begins in. What a card has besides is left alone."""
    person: PersonData | None = None
    count = 0
    for number, line in _properties(text):
        if line.name == "BEGIN":
            person = PersonData(row=number)
        elif line.name == "END":
            if person is not None and count < _MOST_CARDS:
                count += 1
                yield person
            person = None
        elif person is not None:
            person = _with(person, line)
    if person is not None:
        yield person


def _with(person: PersonData, line: _Line) -> PersonData:
    plain = _unescaped(line.value).strip()
    match line.name:
        case "FN" if plain:
            return replace(person, name=plain)
        case "N":
            family, given, *more = [*_fields(line.value), "", ""]
            named = person.name or whole_name(given, family)
            honorific = more[1] if len(more) > 2 else ""
            return replace(
                person,
                family_name=family,
                given_name=given,
                name=named,
                honorific=honorific or person.honorific,
            )
        case "EMAIL" if plain:
            return replace(person, emails=_more(person.emails, plain.removeprefix("mailto:"), line))
        case "TEL" if plain and "FAX" not in line.parameter("TYPE").upper():
            return replace(person, phones=_more(person.phones, plain.removeprefix("tel:"), line))
        case "ADR" if any(_fields(line.value)) and not person.address:
            return replace(person, address=_address(_fields(line.value)))
        case "ORG" if plain:
            return replace(person, company=_fields(line.value)[0])
        case "NOTE" if plain:
            return replace(person, notes=(*person.notes, plain))
        case "LANG" if plain and not person.language:
            return replace(person, language=plain)
        case "TZ" if "/" in plain:
            return replace(person, time_zone=plain)
        case "CATEGORIES":
            tags = [_unescaped(one).strip() for one in _LIST.split(line.value)]
            return replace(person, tags=tuple(filter(None, (*person.tags, *tags))))
        case "UID" if plain:
            return replace(person, own_id=plain[:200])
        case "X-DESKAPP-MUST-KNOW":
            return replace(person, must_know=plain)
        case _:
            return person


def _more(known: Sequence[str], value: str, line: _Line) -> tuple[str, ...]:
    """The preferred one stands first (TYPE=pref in 3.0, PREF=1 in 4.0)."""
    if value in known:
        return tuple(known)
    first = "PREF" in line.parameter("TYPE").upper() or line.parameter("PREF") == "1"
    return (value, *known) if first else (*known, value)


def _address(fields: Sequence[str]) -> str:
    """Post box, extension, street, town, region, postcode, country."""
    box, extra, street, town, region, code, country = [*fields, *[""] * 7][:7]
    lines = (box, extra, street, " ".join(filter(None, (code, town))), region, country)
    return "\n".join(line for line in lines if line)


def _fields(value: str) -> list[str]:
    return [_unescaped(one).strip() for one in _VALUES.split(value)] or [""]


def _unescaped(value: str) -> str:
    return re.sub(
        r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value, flags=re.DOTALL
    )


def _properties(text: str) -> Iterator[tuple[int, _Line]]:
    """Unfolded lines (RFC 6350, 3.2), and those that quoted-printable goes on with (2.1)."""
    waiting, begun = "", 0
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        soft = waiting.endswith("=") and "QUOTED-PRINTABLE" in waiting.partition(":")[0].upper()
        if waiting and (line[:1] in (" ", "\t") or soft):
            if len(waiting) < _MOST_PROPERTY:
                waiting = waiting[:-1] + line if soft else waiting + line[1:]
            continue
        if waiting and (read := _read(waiting)):
            yield begun, read
        waiting, begun = line, number
    if waiting and (read := _read(waiting)):
        yield begun, read


def _read(line: str) -> _Line | None:
    head, colon, value = _split_head(line)
    if not colon:
        return None
    name, *said = head.split(";")
    parameters = []
    for one in said:
        key, equals, told = one.partition("=")
        # 2.1 writes the value of TYPE and ENCODING alone.
        parameters.append((key.upper() if equals else "TYPE", (told if equals else key).strip('"')))
    found = _Line(name.rpartition(".")[2].upper().strip(), tuple(parameters), value)
    packed = any(told.upper() == "QUOTED-PRINTABLE" for _, told in parameters)
    return replace(found, value=_unpacked(value, found.parameter("CHARSET"))) if packed else found


def _split_head(line: str) -> tuple[str, str, str]:
    """At the first colon outside of quotes."""
    quoted = False
    for place, sign in enumerate(line):
        if sign == '"':
            quoted = not quoted
        elif sign == ":" and not quoted:
            return line[:place], ":", line[place + 1 :]
    return line, "", ""


def _unpacked(value: str, charset: str) -> str:
    raw = quopri.decodestring(value.encode("utf-8", "surrogatepass"))
    try:
        return raw.decode(charset or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return raw.decode("utf-8", "replace")
