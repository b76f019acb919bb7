"""What a canned reply brings and does, in words: shown before it is put in."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QCoreApplication

from deskapp.domain.language_choice import choose_language, language_chain
from deskapp.domain.replies import CannedActions, OutgoingFile
from deskapp.domain.snoozing import SnoozeWish
from deskapp.ui import text, words
from deskapp.ui.translatable import N

_UNTIL_REPLY = N("Canned", "Snoozes until the customer writes")
_LONGEST_FILE = 28  # letters
_NO_SNOOZE = N("Canned", "Does not snooze")


def wish_words(wish: SnoozeWish) -> str:
    """What a choice of snooze is called: without one, that it stays as it is."""
    if wish.at is not None:
        return _tr(N("Canned", "Snoozes: {time}")).format(time=words.snooze_time(wish.at))
    return _tr(_UNTIL_REPLY if wish.on_reply else _NO_SNOOZE)


def actions_words(actions: CannedActions, colleague: str = "") -> str:
    """ "Sets: Waiting for customer · tag return · assigns to you"; "" for none."""
    parts = []
    if actions.status is not None:
        parts.append(words.status(actions.status))
    parts += [_tr(N("Canned", "tag {tag}")).format(tag=tag) for tag in actions.add_tags]
    parts += [_tr(N("Canned", "without tag {tag}")).format(tag=tag) for tag in actions.remove_tags]
    if actions.to_me:
        parts.append(_tr(N("Canned", "assigns to you")))
    elif actions.assignee is not None:
        known = _tr(N("Canned", "assigns to {name}")).format(name=colleague)
        parts.append(known if colleague else _tr(N("Canned", "assigns to a colleague")))
    if actions.snooze:
        parts.append(_snooze_words(actions.snooze))
    return _tr(N("Canned", "Sets: {changes}")).format(changes=" · ".join(parts)) if parts else ""


def _snooze_words(wish: SnoozeWish) -> str:
    """ "snoozed: in a week, or until the customer writes"."""
    if wish.at is None:
        return _tr(N("Canned", "snoozed until the customer writes"))
    told = N("Canned", "snoozed: {time}")
    if wish.on_reply:
        told = N("Canned", "snoozed: {time}, or until the customer writes")
    return _tr(told).format(time=words.snooze_time(wish.at).lower())


def files_words(files: Sequence[OutgoingFile]) -> str:
    """ "Brings form.pdf (12 kB)"; "" for none."""
    shown = ", ".join(f"{_short(file.filename)} ({text.size(file.size)})" for file in files)
    return _tr(N("Canned", "Brings {files}")).format(files=shown) if shown else ""


def _short(name: str) -> str:
    """A file's name with its ending, and what is too long left out in the middle."""
    return name if len(name) <= _LONGEST_FILE else f"{name[:16]}…{name[-11:]}"


def question_words(question: str) -> str:
    """ "delivery_day" as a person reads it: "Delivery day"."""
    shown = " ".join(question.replace("_", " ").replace(".", " ").split())
    return shown[:1].upper() + shown[1:]


def questions_words(questions: Iterable[str]) -> str:
    """ "Asks for: delivery day, colour"; "" for none."""
    shown = ", ".join(question_words(question).lower() for question in questions)
    return _tr(N("Canned", "Asks for: {questions}")).format(questions=shown) if shown else ""


def borrowed_words(borrowed: Iterable[tuple[str, str]], language: str) -> str:
    """ "No text in Tiếng Việt: “Bye” comes in English."; "" where each has one."""
    parts: dict[str, list[str]] = {}
    for name, other in borrowed:
        parts.setdefault(other, []).append(f"“{name}”")
    comes = _tr(N("Canned", "{names} comes in {language}"))
    told = "; ".join(
        comes.format(names=", ".join(names), language=text.language_name(other))
        for other, names in parts.items()
    )
    if not told:
        return ""
    said = _tr(N("Canned", "Included without a text in {language}: {told}."))
    return said.format(language=text.language_name(language), told=told)


def fallback_words(available: Sequence[str], wanted: str) -> str:
    """Which language stands in, and how it was come to; "" where the customer's own is there."""
    chain = language_chain(wanted)
    used = choose_language(available, wanted) if available else ""
    if not wanted or not used or _primary(used) == _primary(wanted) == _primary(chain[0]):
        return ""
    way = " → ".join(text.language_name(tag) for tag in dict.fromkeys((*chain, used)))
    sentence = _tr(N("Canned", "No text in {wanted}: {used} is used ({way})."))
    names = {"wanted": text.language_name(chain[0]), "used": text.language_name(used)}
    return sentence.format(way=way, **names)


def _primary(tag: str) -> str:
    """Language and script: the two scripts of Chinese are two texts."""
    chain = language_chain(tag)
    return chain[0].partition("-")[0] if not chain[0].startswith("zh") else chain[0]


def _tr(words_: str) -> str:
    return QCoreApplication.translate("Canned", words_)
