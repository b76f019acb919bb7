"""Invitations (RFC 5545, 5546) told in words: what, when with its zone, where, who.

The .ics file stays among the attachments; this is only so that nobody must open it to answer.
"""

import re
from dataclasses import dataclass, field

CALENDAR_TYPES = ("text/calendar", "application/ics")
MAX_BYTES = 256 * 1024
MAX_LINES = 5000
MAX_EVENTS = 5
MAX_PEOPLE = 20
MAX_VALUE = 4000

_FOLD = re.compile(r"\r?\n[ \t]")
_LINE = re.compile(r"([A-Za-z0-9-]{1,60})((?:;[^:;=\"]{1,60}=(?:\"[^\"]*\"|[^:;\"]*))*):(.*)")
_PARAMETER = re.compile(r";([^=]+)=(?:\"([^\"]*)\"|([^;\"]*))")
_ESCAPE = re.compile(r"\\([nN,;\\])")
_MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z?))?\Z")
_METHODS = {
    "REQUEST": "Invitation",
    "CANCEL": "Cancelled",
    "REPLY": "Answer to the invitation",
    "COUNTER": "Another time proposed",
    "DECLINECOUNTER": "Proposed time declined",
    "REFRESH": "Asks for the invitation again",
    "ADD": "Another date of the event",
}
_ANSWERS = {
    "ACCEPTED": "accepted",
    "DECLINED": "declined",
    "TENTATIVE": "perhaps",
    "DELEGATED": "sends somebody else",
}


@dataclass(slots=True)
class _Event:
    """One VEVENT or VTODO: its properties, the first of each name, and who takes part."""

    values: dict[str, tuple[dict[str, str], str]] = field(default_factory=dict)
    people: list[str] = field(default_factory=list)

    def text(self, name: str) -> str:
        return _plain(self.values[name][1]) if name in self.values else ""


def calendar_text(text: str) -> str:
    """The events of a calendar in words, one line each for what is known; "" without an event."""
    method, events = _read(text)
    return "\n\n".join(_told(event, method) for event in events)


def _read(text: str) -> tuple[str, list[_Event]]:
    method = ""
    events: list[_Event] = []
    inside: _Event | None = None
    depth = 0  # of components within an event, such as its alarm
    for line in _FOLD.sub("", text).splitlines()[:MAX_LINES]:
        match = _LINE.match(line[:MAX_VALUE])
        if not match:
            continue
        name, value = match[1].upper(), match[3].strip()
        if name == "METHOD" and inside is None:
            method = value.upper()
        elif name == "BEGIN" and inside is None and value.upper() in ("VEVENT", "VTODO"):
            if len(events) >= MAX_EVENTS:
                break
            inside = _Event()
            events.append(inside)
        elif name == "BEGIN" and inside is not None:
            depth += 1
        elif name == "END" and inside is not None:
            inside, depth = (inside, depth - 1) if depth else (None, 0)
        elif inside is not None and not depth:
            _keep(inside, name, _parameters(match[2]), value)
    return method, events


def _parameters(text: str) -> dict[str, str]:
    found = _PARAMETER.findall(text)
    return {name.upper(): quoted or plain for name, quoted, plain in found}


def _keep(event: _Event, name: str, parameters: dict[str, str], value: str) -> None:
    if name == "ATTENDEE":
        if len(event.people) < MAX_PEOPLE:
            answer = _ANSWERS.get(parameters.get("PARTSTAT", "").upper(), "")
            event.people.append(_person(parameters, value) + (f" ({answer})" if answer else ""))
    else:
        event.values.setdefault(name, (parameters, value))


def _told(event: _Event, method: str) -> str:
    is_off = event.text("STATUS").upper() == "CANCELLED"
    heading = _METHODS["CANCEL"] if is_off else _METHODS.get(method, "Event")
    lines = [f"{heading}: {event.text('SUMMARY')}".rstrip(": ")]
    described = {
        "When": _when(event),
        "Where": event.text("LOCATION"),
        "Organizer": _person(*event.values["ORGANIZER"]) if "ORGANIZER" in event.values else "",
        "Who": ", ".join(event.people),
    }
    lines += [f"{label}: {value}" for label, value in described.items() if value]
    if event.text("DESCRIPTION").strip():
        lines += ["", event.text("DESCRIPTION").strip()]
    return "\n".join(lines)


def _when(event: _Event) -> str:
    start = event.values.get("DTSTART") or event.values.get("DUE")
    if not start:
        return ""
    day, time, zone = _moment(*start)
    words = f"{day} {time}".strip()
    if "DTEND" in event.values:
        end_day, end_time, end_zone = _moment(*event.values["DTEND"])
        if end_zone != zone:
            end_time = f"{end_time} {end_zone}"
        is_all_day = not time  # whose end is the first day after it; one day needs no end
        shown = end_time if end_day == day else f"{end_day} {end_time}".strip()
        if shown and not is_all_day:
            words += f" – {shown}"
    if zone:
        words += f" ({zone})"
    return words + (", repeated" if "RRULE" in event.values else "")


def _moment(parameters: dict[str, str], value: str) -> tuple[str, str, str]:
    """Day, time and zone; what has another form is shown as it stands."""
    found = _MOMENT.match(value)
    if not found:
        return value[:40], "", ""
    time = f"{found[4]}:{found[5]}" if found[4] else ""
    zone = "UTC" if found[6] else parameters.get("TZID", "")[:80] if time else ""
    return f"{found[1]}-{found[2]}-{found[3]}", time, zone


def _person(parameters: dict[str, str], value: str) -> str:
    address = value[7:] if value[:7].lower() == "mailto:" else value
    name = _plain(parameters.get("CN", ""))
    return f"{name} <{address}>" if name and name.lower() != address.lower() else address


def _plain(value: str) -> str:
    return _ESCAPE.sub(lambda escape: "\n" if escape[1] in "nN" else escape[1], value)
