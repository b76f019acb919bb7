"""The fields of a first login: its name, proposed from the person's, and their first password."""

import re
import unicodedata

from PySide6.QtCore import QCoreApplication

from deskapp.ui.pieces import form

SHORTEST = 12
_NAME = re.compile(r"[a-z_][a-z0-9_.-]{0,62}")


class FirstLogin:
    """Put into a form. The proposal follows name and address until somebody writes their own."""

    def __init__(self, fields: form.Form, name: str, email: str) -> None:
        self.login = form.line(proposed(name, email))
        self.password = form.line(placeholder=_tr("one is made"))
        self._own = False
        fields.add(
            _tr("Login"), self.login, _tr("Small letters, digits, dots and hyphens; for good.")
        )
        fields.add(
            _tr("First password"),
            self.password,
            _tr("12 characters or more; empty, a good one is made. It is over after a week."),
        )
        self.login.textEdited.connect(self._typed)

    def name(self) -> str:
        return self.login.text().strip()

    def propose(self, name: str, email: str) -> None:
        """The person is called otherwise now."""
        if not self._own:
            self.login.setText(proposed(name, email))

    def wrong(self) -> str:
        """What does not fit, as a sentence; "" for nothing."""
        if not _NAME.fullmatch(self.name()) or self.name().startswith("pg_"):
            return _tr(
                "This cannot be a login. Use small letters, digits, dots and hyphens, and begin "
                "with a letter."
            )
        if 0 < len(self.password.text()) < SHORTEST:
            return _tr("The first password is too short: 12 characters or more, or none.")
        return ""

    def _typed(self, text: str) -> None:
        self._own = bool(text)


def proposed(name: str, email: str) -> str:
    """A login that fits: of the address before its @, else of the name; "" where none does."""
    for said in (email.partition("@")[0], name):
        bare = unicodedata.normalize("NFKD", said.strip().casefold().replace("đ", "d"))
        plain = "".join(one for one in bare if not unicodedata.combining(one))
        made = re.sub(r"[^a-z0-9_.-]+", ".", plain).strip(".-")
        made = re.sub(r"^[^a-z_]+", "", made)[:63]
        if made and not made.startswith("pg_"):
            return made
    return ""


def _tr(said: str) -> str:
    return QCoreApplication.translate("FirstLogin", said)
