"""Lies about one mail: UID 8 among 3, 5, 8 and 13."""

import re

from tests.servers.scripted_imap import Answer, ScriptedImap, Send

from . import MAILS, Lie, answering, bodies, mail, sizes

_SIZE = b"* 1 FETCH (UID 8 RFC822.SIZE %d)\r\n"
_BODY = MAILS[8]
_WHOLE = b"BODY[] {%d}\r\n%s" % (len(_BODY), _BODY)


def _head(server: ScriptedImap, uid: int) -> bytes:
    return server.fetched(uid).partition(b"}\r\n")[0]


def _said(*parts: bytes) -> bytes:
    return b"* 3 FETCH (" + b" ".join(parts) + b")\r\n"


_WRONG = b"BODY[] {5}\r\nwrong"
_UID = b"UID 8"

COSTS_IT = {
    "no UID": lambda server, uid: _said(_WRONG),
    "a UID nobody asked for": lambda server, uid: _said(b"UID 999", _WRONG),
    "UID 0": lambda server, uid: _said(b"UID 0", _WRONG),
    "a negative UID": lambda server, uid: _said(b"UID -8", _WRONG),
    "a UID without end": lambda server, uid: _said(b"UID " + b"8" * 400, _WRONG),
    "a UID beyond 32 bits": lambda server, uid: _said(b"UID 4294967304", _WRONG),
    "another mail's UID": lambda server, uid: _said(b"UID 5", _WRONG),
    "two UIDs in one reply": lambda server, uid: _said(_UID, b"UID 5", _WRONG),
    "two bodies in one reply": lambda server, uid: _said(_UID, _WHOLE, _WRONG),
    "two mails for one UID": lambda server, uid: server.fetched(uid) + server.fetched(uid, b"x"),
    "letters for a UID": lambda server, uid: _said(b"UID eight", _WRONG),
    "NIL for a body": lambda server, uid: _said(_UID, b"BODY[] NIL"),
    "an empty body": lambda server, uid: server.fetched(uid, b""),
    "silence": lambda server, uid: b"",
    "flags only": lambda server, uid: _said(_UID, b"FLAGS (\\Seen)"),
    "the headers for the whole": lambda server, uid: _said(_UID, b"BODY[HEADER] {5}\r\nwrong"),
    "5 000 nested brackets": lambda server, uid: _said(_UID, b"X " + b"(" * 5000, _WRONG),
    "nested flags": lambda server, uid: _said(_UID, b"FLAGS ((\\Seen))", _WHOLE),
    "an uneven list": lambda server, uid: _said(_UID, b"BODY[]"),
    "no closing bracket": lambda server, uid: b"* 3 FETCH (UID 8 " + _WHOLE + b"\r\n",
    "no brackets at all": lambda server, uid: b"* 3 FETCH UID 8 " + _WHOLE + b"\r\n",
    "no sequence number": lambda server, uid: b"* FETCH (UID 8 " + _WRONG + b")\r\n",
    "an EXPUNGE instead": lambda server, uid: b"* 3 EXPUNGE\r\n",
    "non-ASCII garbage": lambda server, uid: b"* \xff\xfe\xc3\x28 \x80\r\n",
    "a literal for the UID": lambda server, uid: _said(b"UID {1}\r\n8", _WRONG),
    "a literal longer than announced": lambda server, uid: server.fetched(uid).replace(
        b"{%d}" % len(_BODY), b"{5}"
    ),
    "a literal that needs no go-ahead": lambda server, uid: server.fetched(uid).replace(
        b"}\r\n", b"+}\r\n", 1
    ),
    "a literal beyond all measure": lambda server, uid: (
        b"* 3 FETCH (UID 8 BODY[] {99999999999}\r\n"
    ),
    "a negative literal": lambda server, uid: b"* 3 FETCH (UID 8 BODY[] {-5}\r\nwrong)\r\n",
    "a foreign tag": lambda server, uid: b"A999 OK not yours\r\n",
    "an empty line": lambda server, uid: b"\r\n",
    "HTML": lambda server, uid: b"<html><body>502 Bad Gateway</body></html>\r\n",
    "a go-ahead nobody waits for": lambda server, uid: b"+ go on\r\n",
}

COSTS_NOTHING = {
    "the same mail twice": lambda server, uid: server.fetched(uid) * 2,
    "a wrong sequence number": lambda server, uid: server.fetched(uid).replace(b"* 3", b"* 4000"),
    "items in lower case": lambda server, uid: (
        b"* 3 fetch (uid 8 body[] {%d}\r\n%s)\r\n" % (len(_BODY), _BODY)
    ),
    "items in another order": lambda server, uid: _said(_WHOLE, b"FLAGS ()", _UID),
    "spaces where none belong": lambda server, uid: b"* 3 FETCH (  UID  8   %s  )\r\n" % _WHOLE,
    "items nobody asked for": lambda server, uid: _said(
        _UID, b'X-THING "a \\" b"', b"MODSEQ (12)", b"EMAILID (M1)", _WHOLE
    ),
    "a part that starts at 0": lambda server, uid: server.fetched(uid).replace(
        b"BODY[]", b"BODY[]<0>"
    ),
    "bytes announced as binary": lambda server, uid: server.fetched(uid).replace(
        b"BODY[] {", b"BODY[] ~{"
    ),
    "a literal among the flags": lambda server, uid: _said(
        _UID, b"FLAGS ({5}\r\n\\Seen \\Draft)", _WHOLE
    ),
    "no INTERNALDATE": lambda server, uid: _said(_UID, _WHOLE),
    "an absurd INTERNALDATE": lambda server, uid: _said(
        _UID, b'INTERNALDATE "99-Foo-0000 77:88:99 +9999"', _WHOLE
    ),
    "an INTERNALDATE beyond the calendar": lambda server, uid: _said(
        _UID, b'INTERNALDATE "31-Dec-9999 23:59:59 -2300"', _WHOLE
    ),
    "NIL for INTERNALDATE": lambda server, uid: _said(_UID, b"INTERNALDATE NIL", _WHOLE),
    "a literal for INTERNALDATE": lambda server, uid: _said(
        _UID, b"INTERNALDATE {5}\r\nToday", _WHOLE
    ),
    "an endless MODSEQ": lambda server, uid: _said(_UID, b"MODSEQ (%s)" % (b"9" * 60), _WHOLE),
    "flags of others in between": lambda server, uid: (
        b"* 1 FETCH (UID 3 FLAGS (\\Seen))\r\n"
        + server.fetched(uid)
        + b"* 4 FETCH (FLAGS (\\Deleted))\r\n"
    ),
    "an unknown reply in between": lambda server, uid: (
        b"* XTRA 12 \xc3\xa9\r\n" + server.fetched(uid)
    ),
    "line ends without CR": lambda server, uid: (
        server.fetched(uid).replace(b"}\r\n", b"}\n", 1)[:-2] + b"\n"
    ),
}

SIZES = {
    "RFC822.SIZE a little larger": lambda server, uid: b"* 1 FETCH (UID 8 RFC822.SIZE 99)\r\n",
    "RFC822.SIZE of two megabytes": lambda server, uid: (
        b"* 1 FETCH (UID 8 RFC822.SIZE 2000000)\r\n"
    ),
    "RFC822.SIZE of a terabyte": lambda server, uid: (
        b"* 1 FETCH (UID 8 RFC822.SIZE %d)\r\n" % 2**40
    ),
    "RFC822.SIZE without end": lambda server, uid: (
        b"* 1 FETCH (UID 8 RFC822.SIZE %s)\r\n" % (b"9" * 300)
    ),
    "RFC822.SIZE smaller": lambda server, uid: b"* 1 FETCH (UID 8 RFC822.SIZE 1)\r\n",
    "RFC822.SIZE 0": lambda server, uid: b"* 1 FETCH (UID 8 RFC822.SIZE 0)\r\n",
    "RFC822.SIZE negative": lambda server, uid: b"* 1 FETCH (UID 8 RFC822.SIZE -1)\r\n",
    "RFC822.SIZE NIL": lambda server, uid: b"* 1 FETCH (UID 8 RFC822.SIZE NIL)\r\n",
    "RFC822.SIZE missing": lambda server, uid: b"",
}

CUTS = {
    "a cut in the head of the reply": lambda server, uid: server.fetched(uid)[:9],
    "a cut before the literal": lambda server, uid: _head(server, uid) + b"}",
    "a cut where the literal begins": lambda server, uid: (
        server.fetched(uid).partition(b"}\r\n")[0] + b"}\r\n"
    ),
    "a cut inside the literal": lambda server, uid: server.fetched(uid)[:-9],
    "a cut at the literal's last byte": lambda server, uid: server.fetched(uid)[:-4],
    "a cut behind the literal": lambda server, uid: server.fetched(uid)[:-3],
    "a cut between CR and LF": lambda server, uid: server.fetched(uid)[:-1],
    "BYE over this mail": lambda server, uid: b"* BYE internal error, please report\r\n",
}

STALLS = {
    "silence inside the literal": lambda server, uid: server.fetched(uid)[:-9],
    "a literal shorter than announced": lambda server, uid: server.fetched(uid).replace(
        b"{%d}" % len(_BODY), b"{5000}"
    ),
    "a line that never ends": lambda server, uid: b"* 3 FETCH (UID 8 X ",
}

REFUSALS = {
    "NO for this mail": "NO cannot fetch this message",
    "BAD for this mail": "BAD internal parser error",
    "SERVERBUG for this mail": "NO [SERVERBUG] backend is missing a part",
    "CORRUPTION for this mail": "NO [CORRUPTION] index broken",
}


def _whole_batch(end: str) -> Answer:
    """Nothing of a FETCH comes when this mail is among those asked for."""

    def answer(server: ScriptedImap, tag: str, command: str, send: Send) -> bool:
        if not bodies(command) or 8 not in server._asked(command.upper()):
            return False
        send(f"{tag} {end}\r\n".encode())
        return True

    return answer


def _no_uids(server: ScriptedImap, tag: str, command: str, send: Send) -> bool:
    """Every reply names its mail by the sequence number alone, which is another mail's UID."""
    if not command.startswith("UID FETCH"):
        return False

    def without(reply: bytes) -> None:
        send(re.sub(rb"UID \d+ ?", b"", reply, count=1))

    return server.proper(tag, command, without) is None


LIES = (
    Lie("NO for all because of this mail", answering(_whole_batch("NO message 3 is broken")), {8}),
    Lie("BAD for all because of this mail", answering(_whole_batch("BAD internal error")), {8}),
    *(Lie(what, mail(reply), behind={8}) for what, reply in COSTS_IT.items()),
    *(Lie(what, mail(reply)) for what, reply in COSTS_NOTHING.items()),
    *(Lie(what, sizes(reply)) for what, reply in SIZES.items()),
    *(Lie(what, mail(reply, then="cut"), behind={8}) for what, reply in CUTS.items()),
    *(Lie(what, mail(reply, then="stall"), behind={8}) for what, reply in STALLS.items()),
    *(
        Lie(what, mail(lambda server, uid: b"", then=words), behind={8})
        for what, words in REFUSALS.items()
    ),
    Lie("sequence numbers alone in every reply", answering(_no_uids), behind=MAILS),
    Lie("all but this mail, then NO", mail(lambda s, u: b"", then="NO some are gone"), behind={8}),
)
