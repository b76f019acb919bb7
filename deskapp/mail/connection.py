"""Reads mails from the open folder of a session: which there are, and their bytes.

It only reads (EXAMINE, BODY.PEEK). Commands are bounded: no line of ours is longer than servers
take, and no answer is asked for that a huge folder would make endless.
"""

import contextlib
import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime

from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from deskapp.domain.problem import Problem

from . import folder_replies, uid_sets
from .fetch_reply import MailReply, Piece, replies
from .imap_session import ImapSession, SelectedFolder
from .lines import ascii_argument, said

SLICE = 1024 * 1024
_WINDOW = 50_000  # mails whose UIDs are asked for at once where the server cannot say 1:50000
_WIDE_WINDOW = 400_000  # and where it can
_EARLIER = re.compile(rb" *\(EARLIER\) +([0-9:,]+) *$", re.IGNORECASE)
_ESEARCH_ALL = re.compile(rb"\bALL ([0-9:,]+)", re.IGNORECASE)


class Refused(IMAPClientError):  # type: ignore[misc]
    """The server answered a command with NO or BAD; the line is well."""


class ImapConnection(ImapSession):
    """A session that reads. Methods may raise Problem; when ``lost`` is set the line is gone.

    ``told_twice``: the last ``list_uids`` was shorter than EXISTS, and FETCH told the same UIDs.
    """

    _extended = True
    told_twice = False

    def list_uids(self, since: date | None = None) -> set[int]:
        """Every UID of the opened folder; or those received on ``since`` or later, as far as SEARCH
        says: none where it is refused.
        """
        found: set[int] | None = None
        refusal = None
        self.told_twice = False
        try:
            found = self._searched("ALL" if since is None else f"SINCE {_imap_date(since)}")
        except Problem as problem:
            self._only_refused(problem)
            refusal = problem
        if since is None and len(found or ()) < self._opened().exists:
            found = self._listed(found)
        elif refusal is not None and since is None:
            raise refusal
        return found or set()

    def _searched(self, wanted: str) -> set[int]:
        folder = self._opened()
        window = _WIDE_WINDOW if self.can("ESEARCH") else _WINDOW
        if folder.exists <= window:
            return self._search(wanted)
        last = folder.uidnext - 1 if folder.uidnext else max(self._search("UID *"), default=0)
        step = max(window, last * window // folder.exists)
        found: set[int] = set()
        for first in range(1, last + 1, step):
            found |= self._search(f"UID {first}:{min(first + step - 1, last)} {wanted}")
        # UIDNEXT may be wrong, and n:* names the last mail even where that is less than n.
        return found | self._search(f"UID {last + 1}:* {wanted}")

    def _listed(self, searched: set[int] | None) -> set[int]:
        """With what FETCH tells: SEARCH may answer from an index that is behind, and FETCH cannot
        do without the mails. Where it is refused, what SEARCH told has to do.
        """
        try:
            with self._faults():
                self._imap.untagged_responses.pop("FETCH", None)
                pieces = self._uid("FETCH", "1:*", "(UID)")
        except Problem as problem:
            self._only_refused(problem)
            if searched is None:
                raise
            return searched
        self._same_epoch()
        told = {reply.uid for reply in replies(pieces)}
        self.told_twice = told == searched
        return told | (searched or set())

    def received(self, uids: Collection[int]) -> dict[int, datetime]:
        """INTERNALDATE by UID, as far as the server tells it."""
        came: list[MailReply] = []
        try:
            came.extend(self._fetch(uids, "(UID INTERNALDATE)"))
        except Problem as problem:
            self._only_refused(problem)
            came += self._half
        return {reply.uid: reply.internal_at for reply in came if reply.internal_at}

    def uids_between(self, first: int, behind: int) -> set[int]:
        """The UIDs from ``first`` up to and without ``behind``.

        An empty set where SEARCH is refused: the caller compares it with EXISTS.
        """
        try:
            found = self._search(f"UID {first}:{behind - 1}")
        except Problem as problem:
            self._only_refused(problem)
            found = set()
        return {uid for uid in found if first <= uid < behind}

    def vanished(self, modseq: int, behind: int) -> list[uid_sets.Range] | None:
        """Ranges of UIDs before ``behind`` that are not there, and in them all that left since
        ``modseq`` (RFC 7162, 3.2.6); None where the server cannot say.
        """
        if not self.tells_vanished:
            return None
        untagged = self._imap.untagged_responses
        untagged.pop("VANISHED", None)
        found: list[uid_sets.Range] = []
        try:
            with self._faults():
                changed = f"(CHANGEDSINCE {modseq} VANISHED)"
                self._uid("FETCH", f"1:{behind - 1}", "(UID)", changed)
                for line in untagged.pop("VANISHED", []):
                    told = _EARLIER.match(line) if isinstance(line, bytes) else None
                    found += uid_sets.ranges(told[1]) if told else []
        except Problem as problem:
            self._only_refused(problem)
            return None
        self._same_epoch()
        return found

    def still_there(self, uids: Collection[int]) -> set[int]:
        """Those of these UIDs that the server has, asked for by name."""
        found: set[int] = set()
        for some in uid_sets.lines(uids):
            try:
                found |= self._search(f"UID {uid_sets.spelt(some)}") & set(some)
            except Problem as problem:
                self._only_refused(problem)
                found |= {reply.uid for reply in self._fetch(some, "(UID)")}
        return found

    def _only_refused(self, problem: Problem) -> None:
        """Goes on after a refusal of this one command, for which there is another way."""
        if self.lost or "retry_after" in problem.details:
            raise problem

    def has_message_id(self, message_id: str) -> bool:
        """Whether the opened folder holds a mail of ours with this Message-ID, without brackets."""
        quoted = ascii_argument(message_id, "message_id").replace("\\", "").replace('"', "")
        return bool(self._search(f'HEADER MESSAGE-ID "<{quoted}>"'))

    def sizes(self, uids: Collection[int]) -> dict[int, int]:
        """RFC822.SIZE by UID: a hint for planning, and no more than that."""
        came: list[MailReply] = []
        try:
            came.extend(self._fetch(uids, "(UID RFC822.SIZE)"))
        except Problem as problem:
            self._only_refused(problem)
            came += self._half
        return {reply.uid: reply.size for reply in came if reply.size is not None}

    def fetch(self, uids: Collection[int]) -> dict[int, MailReply]:
        """Whole mails by UID. What the server did not hand over properly is left out.

        After a Problem ``rescued`` has the mails that came whole before it.
        """
        came: list[MailReply] = []
        self.rescued = {}
        try:
            came.extend(self._fetch(uids, "(UID INTERNALDATE BODY.PEEK[])"))
        except Problem:
            self.rescued = _believed([*came, *self._half])
            raise
        return _believed(came)

    def fetch_large(self, uid: int, at_most: int, size: int = 0) -> MailReply | None:
        """One mail in slices; None if it did not come, or is larger than ``at_most`` bytes.

        A slice may be shorter than was asked for before the mail is over (RFC 3501, 6.4.5, leaves
        it to the server's honesty): only an empty slice behind it proves the end, or ``size``
        reached by a slice that was not full.
        """
        if size > at_most:
            size = 0  # not to be believed: such a mail shows itself by its slices
        body = bytearray()
        internal_at = None
        while len(body) <= at_most:
            items = f"(UID INTERNALDATE BODY.PEEK[]<{len(body)}.{SLICE}>)"
            reply = next(iter(self._fetch([uid], items)), None)
            if reply is None or reply.origin not in (None, len(body)):
                return None
            internal_at = reply.internal_at or internal_at
            raw = reply.raw
            if reply.origin is None and len(raw or b"") > SLICE:
                return reply if not body else None  # it takes no notice of slices
            body += raw or b""
            if len(body) >= size and (not raw or (len(raw) < SLICE and len(body) == size)):
                return MailReply(uid, bytes(body), len(body), internal_at)
            if not raw:
                return None
        return None

    def _search(self, wanted: str) -> set[int]:
        limit = self._opened().exists + 10_000  # mail arrives while we ask
        untagged = self._imap.untagged_responses
        with self._faults():
            untagged.pop("ESEARCH", None)
            lines: list[Piece] = self._asked(wanted)
            found = folder_replies.uids(lines)
            for line in untagged.pop("ESEARCH", []):
                told = _ESEARCH_ALL.search(line) if isinstance(line, bytes) else None
                found |= uid_sets.read(told[1], limit) if told else set()
        self._same_epoch()
        return found

    def _asked(self, wanted: str) -> list[Piece]:
        """The untagged answers to SEARCH; in the plain way where a server does not keep its word
        that it knows the extended one (RFC 4731).
        """
        if self._extended and self._client.has_capability("ESEARCH"):
            with contextlib.suppress(Refused):
                return self._uid("SEARCH", "RETURN", "(ALL)", wanted)
            self._extended = False
        return self._uid("SEARCH", wanted)

    def _uid(self, command: str, *arguments: str) -> list[Piece]:
        """Raises Refused for NO and BAD."""
        try:
            typ, lines = self._imap.uid(command, *arguments)
        except IMAPClientAbortError:
            raise
        except IMAPClientError as error:
            raise Refused(said(error)) from error
        if typ != "OK":
            raise Refused(said(lines[0]))
        told: list[Piece] = lines
        return told

    def _fetch(self, uids: Collection[int], items: str) -> Iterator[MailReply]:
        self._opened()
        self._half: list[MailReply] = []
        untagged = self._imap.untagged_responses
        for some in uid_sets.lines(uids):
            wanted = set(some)
            untagged.pop("FETCH", None)
            try:
                with self._faults():
                    pieces = self._uid("FETCH", uid_sets.spelt(some), items)
                self._same_epoch()
            except Problem:
                if self._changed_epoch() is None:
                    came = replies(untagged.pop("FETCH", []))
                    self._half = [reply for reply in came if reply.uid in wanted]
                raise
            yield from (reply for reply in replies(pieces) if reply.uid in wanted)

    def _changed_epoch(self) -> int | None:
        told = folder_replies.number(self._imap.untagged_responses, "UIDVALIDITY")
        return None if told in (None, self._opened().uidvalidity) else told

    def _same_epoch(self) -> None:
        """A server may renumber a folder at any moment: then its answers are of another one."""
        if self._changed_epoch() is not None:
            raise self._refused("UIDVALIDITY changed")

    def _opened(self) -> SelectedFolder:
        if self._selected is None:
            raise RuntimeError("no folder is open")
        return self._selected


def _believed(came: Iterable[MailReply]) -> dict[int, MailReply]:
    found: dict[int, MailReply] = {}
    spoilt = set()
    for reply in came:
        if reply.raw is None:
            continue  # NIL is no mail, and neither is a change of flags
        if reply.uid in found and found[reply.uid].raw != reply.raw:
            spoilt.add(reply.uid)  # one UID, two mails: neither can be believed
        found[reply.uid] = reply
    return {uid: reply for uid, reply in found.items() if uid not in spoilt}


def _imap_date(day: date) -> str:
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return f"{day.day}-{months[day.month - 1]}-{day.year}"
