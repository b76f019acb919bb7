"""What a writer typed, less the lines that quote somebody else."""

import re

_QUOTED = re.compile(r"^[ \t]*[>＞|].*$", re.MULTILINE)
_QUOTE_BEGINS = re.compile(
    r"^[ \t]*(?:-{2,} ?(?:original message|forwarded message|原始邮件|原始郵件"
    r"|пересылаемое сообщение|ursprüngliche nachricht|message d'origine"
    r"|mensaje original|thư gốc)\b.*"
    r"|(?:on|am|le|el|vào|vào lúc|在|于|於)\b.{4,160}"
    r"(?:wrote|schrieb|a écrit|escribió|đã viết|写道|寫道)\s?[:：]\s*"
    r"|.{4,160}(?:написал\(?а?\)?|写道|寫道|wrote)\s?[:：]\s*)$",
    re.MULTILINE | re.IGNORECASE,
)


def own_words(text: str) -> str:
    """``text`` with every quoted sign made a space, so that places in it stay the same.

    Quoted are lines behind ">" and all that stands below a line which begins an old mail.
    """
    begins = _QUOTE_BEGINS.search(text)
    if begins is not None:
        text = text[: begins.start()] + _blank(text[begins.start() :])
    return _QUOTED.sub(lambda line: _blank(line[0]), text)


def _blank(text: str) -> str:
    return "".join("\n" if sign == "\n" else " " for sign in text)
