"""Marking texts that stand in tables, so that translators get them before they are shown."""


def N(context: str, text: str) -> str:  # the context is for lupdate
    """Returns ``text`` as it is; ``translate(context, text)`` is called where it is shown.

    Qt's QT_TRANSLATE_NOOP with a type and a short name. Texts are collected with
    ``pyside6-lupdate -tr-function-alias QT_TRANSLATE_NOOP+=N``.
    """
    return text
