"""What is wrong with a canned text, as a command tells it."""

from deskapp.domain.problem import Problem

_WORDS = {
    "not_closed": "a placeholder is begun and not closed: {{ needs }}, {% needs %}",
    "tag_open": "{% {name} %} is not closed: it needs {% end{name} %}",
    "tag_unknown": "there is no {% {name} %} in canned replies",
    "tag_alone": "{% {name} %} stands without its beginning",
    "filter_unknown": "there is no filter {name}",
    "filter_use": "the filter {name} is given too much, too little or the wrong thing",
    "nothing_there": "a placeholder is empty or stops in the middle",
    "unexpected": "“{name}” does not belong where it stands",
    "include_name": 'include takes a name in quotes: {% include "Signature" %}',
    "include_missing": "there is no canned reply “{name}” to include",
    "include_own": "“{name}” is your own: a reply for everyone cannot include it",
    "included": "it cannot become your own: others include it: {name}",
    "included_elsewhere": "it cannot become your own: colleagues' own replies include it",
    "include_circle": "it would include itself: {name}",
    "picture_missing": "there is no file {name} on this reply to show",
    "too_long": "the text is too long, or grows too long",
    "too_deep": "too many levels stand inside each other",
    "too_many_rounds": "a loop has too many rounds",
    "unreadable": "it is not written as placeholders are",
}
_NAMELESS = {"unexpected": "something does not belong where it stands"}


def template_words(problem: Problem) -> str:
    """What is wrong, without its line."""
    name = str(problem.details.get("name") or "")
    fault = str(problem.details.get("fault"))
    words = _WORDS.get(fault, _WORDS["unreadable"])
    if not name:
        words = _NAMELESS.get(fault, words)
    return words.replace("{name}", name)
