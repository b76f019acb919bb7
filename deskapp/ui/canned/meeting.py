"""Two people on one canned reply: what each of them has, in words and side by side."""

from PySide6.QtCore import QCoreApplication

from deskapp.domain.canned_merge import Merged
from deskapp.domain.last_edits import LastEdit
from deskapp.domain.replies import CannedReply, Includers
from deskapp.ui.pieces.both_values import author_words
from deskapp.ui.text import language_name
from deskapp.ui.translatable import N

from .doing import actions_words, files_words

_FIELDS = {
    "name": N("Canned", "name"),
    "folder": N("Canned", "folder"),
    "scope": N("Canned", "for whom it is"),
    "actions": N("Canned", "what it sets"),
    "files": N("Canned", "files"),
}


def met_words(met: Merged, last: LastEdit | None, *, beside: bool) -> str:
    """Who changed the same as is written here, and what. ``beside``: theirs is shown there."""
    kept = _tr(
        N("Canned", "Your text here is kept, theirs is shown beside it.")
        if beside
        else N("Canned", "Your text here is kept, and so is theirs.")
    )
    if last is None:
        said = _tr(N("Canned", "Somebody else changed this reply meanwhile ({where})."))
    else:
        said = _tr(N("Canned", "This reply was changed meanwhile by {who}: {where}."))
        said = said.replace("{who}", author_words(last.who, last.at))
    return f"{said.replace('{where}', _disagreed(met))} {kept}"


def _disagreed(met: Merged) -> str:
    """ "name, Tiếng Việt": where both changed the same."""
    return ", ".join(
        (*(_tr(_FIELDS[field]) for field in met.fields), *map(language_name, met.languages))
    )


def theirs_words(met: Merged, theirs: CannedReply, current: str) -> str:
    """All of theirs that stands against what is written here, the language in front first."""
    facts = {
        "name": theirs.name,
        "folder": theirs.folder,
        "scope": _scope_words(theirs),
        "actions": actions_words(theirs.actions),
        "files": files_words(theirs.files),
    }
    parts = [_part(_tr(_FIELDS[field]), facts[field]) for field in met.fields]
    texts = dict(theirs.texts)
    languages = sorted(met.languages, key=lambda tag: tag != current)
    if not parts and languages == [current]:
        return texts.get(current, "")
    return "\n\n".join(
        (*(_part(language_name(tag), texts.get(tag, "")) for tag in languages), *parts)
    )


def _part(title: str, told: str) -> str:
    return f"{title}\n{told or _tr(N('Canned', '(nothing)'))}"


def _scope_words(reply: CannedReply) -> str:
    if reply.owner is not None:
        return _tr(N("Canned", "one person alone"))
    whole = N("Canned", "everyone, in every mailbox")
    return _tr(whole if reply.mailbox_id is None else N("Canned", "everyone, in one mailbox"))


def included_words(name: str, others: Includers) -> str:
    """What archiving asks, and who would miss it."""
    known = [*others.team, *others.own]
    if others.elsewhere:
        known.append(_tr(N("Canned", "colleagues' own replies")))
    if not known:
        asked = N("Canned", "Archive “{name}”? It leaves the list for everybody.")
        return _tr(asked).format(name=name)
    asked = N(
        "Canned",
        "Archive “{name}”? It leaves the list for everybody. These include it and would stop with "
        "a gap: {others}.",
    )
    return _tr(asked).format(name=name, others=", ".join(known))


def _tr(words: str) -> str:
    return QCoreApplication.translate("Canned", words)
