"""What is wrong with a canned text, in the language of the windows."""

from PySide6.QtCore import QCoreApplication

from deskapp.domain.problem import Problem

from .translatable import N

_WORDS = {
    "not_closed": N(
        "CannedFaults", "A placeholder is begun and not closed: {{ needs }}, {% needs %}."
    ),
    "tag_open": N("CannedFaults", "{% {name} %} is not closed: it needs {% end{name} %}."),
    "tag_unknown": N("CannedFaults", "There is no {% {name} %} in canned replies."),
    "tag_alone": N("CannedFaults", "{% {name} %} stands without its beginning."),
    "filter_unknown": N("CannedFaults", "There is no filter {name}."),
    "filter_use": N(
        "CannedFaults", "The filter {name} is given too much, too little or the wrong thing."
    ),
    "nothing_there": N("CannedFaults", "A placeholder is empty or stops in the middle."),
    "unexpected": N("CannedFaults", "“{name}” does not belong where it stands."),
    "include_name": N("CannedFaults", 'Include takes a name in quotes: {% include "Signature" %}.'),
    "include_missing": N("CannedFaults", "There is no canned reply “{name}” to include."),
    "include_own": N(
        "CannedFaults", "“{name}” is your own: a reply for everyone cannot include it."
    ),
    "included": N("CannedFaults", "It cannot become your own: others include it: {name}."),
    "included_elsewhere": N(
        "CannedFaults", "It cannot become your own: colleagues' own replies include it."
    ),
    "include_circle": N("CannedFaults", "It would include itself: {name}."),
    "picture_missing": N("CannedFaults", "There is no file {name} on this reply to show."),
    "too_long": N("CannedFaults", "The text is too long, or grows too long."),
    "too_deep": N("CannedFaults", "Too many levels stand inside each other."),
    "too_many_rounds": N("CannedFaults", "A loop has too many rounds."),
    "unreadable": N("CannedFaults", "It is not written as placeholders are."),
}
_NAMELESS = {"unexpected": N("CannedFaults", "Something does not belong where it stands.")}


def template_words(problem: Problem) -> str:
    """A sentence for what is wrong, without its line."""
    name = str(problem.details.get("name") or "")
    fault = str(problem.details.get("fault"))
    words = _WORDS.get(fault, _WORDS["unreadable"])
    if not name:
        words = _NAMELESS.get(fault, words)
    return QCoreApplication.translate("CannedFaults", words).replace("{name}", name)
