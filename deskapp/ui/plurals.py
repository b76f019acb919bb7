"""English plurals: Qt finds "%n message(s)" only in a catalogue, and English has none."""

import re

from PySide6.QtCore import QTranslator

_OPTIONAL = re.compile(r"\((s|es)\)")


class EnglishPlurals(QTranslator):
    """Turns "(s)" into what the number asks for. Installed first, so real catalogues win."""

    def isEmpty(self) -> bool:
        return False  # else Qt does not install it

    def translate(
        self,
        context: str | bytes,
        sourceText: str | bytes,  # noqa: N803 - Qt's name
        disambiguation: str | bytes | None = None,
        n: int = -1,
    ) -> str:
        source = sourceText if isinstance(sourceText, str) else sourceText.decode()
        if n < 0 or "(" not in source:
            return None  # type: ignore[return-value]  # Qt: a null string means "not mine"
        return _OPTIONAL.sub("" if n == 1 else r"\1", source)
