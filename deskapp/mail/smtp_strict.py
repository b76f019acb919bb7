"""smtplib with answers read as RFC 5321, 4.2 spells them, and nothing else taken for one.

smtplib takes "250" without a line end, as a cut line leaves it, for an acceptance, and "2" for a
code of its own.
"""

import re
import smtplib

_LINE = re.compile(rb"([2-5][0-9][0-9])([ -]|$)(.*)", re.DOTALL)
_LONGEST = 8192
_MOST_LINES = 500
NO_SMTP = -1


class _Strict:
    """What both kinds of line share."""

    def getreply(self) -> tuple[int, bytes]:
        """A whole answer; the code is NO_SMTP for what is none.

        Raises SMTPServerDisconnected where the line ends inside it.
        """
        words: list[bytes] = []
        while len(words) < _MOST_LINES:
            line = self._whole_line()
            found = _LINE.fullmatch(line)
            if found is None:
                return NO_SMTP, line
            words.append(found[3].strip())
            if found[2] != b"-":
                return int(found[1]), b"\n".join(words)
        return NO_SMTP, words[0]

    def _whole_line(self) -> bytes:
        file = self.__dict__.get("file")
        if file is None:
            file = self.__dict__["file"] = self.__dict__["sock"].makefile("rb")
        try:
            line: bytes = file.readline(_LONGEST + 1)
        except OSError as error:
            self.close()  # type: ignore[attr-defined]
            raise smtplib.SMTPServerDisconnected(f"Connection lost: {error}") from error
        if not line.endswith(b"\n"):
            self.close()  # type: ignore[attr-defined]
            if len(line) > _LONGEST:
                raise smtplib.SMTPResponseException(NO_SMTP, b"Line too long.")
            raise smtplib.SMTPServerDisconnected("Connection closed inside an answer")
        return line.rstrip(b"\r\n")


class StrictSmtp(_Strict, smtplib.SMTP):
    """A plain line."""


class StrictSmtpTls(_Strict, smtplib.SMTP_SSL):
    """A protected line."""
