"""Reads mails from the open folder of a session: which there are, and their bytes.

It only reads (EXAMINE, BODY.PEEK). Commands are bounded: no line of ours is longer than servers
take, and no answer is asked for that a huge folder would make endless.
"""

import re
from collections.abc import Collection, Iterator
from datetime import date

from imapclient.exceptions import IMAPClientError

from . import uid_sets
from .fetch_reply import MailReply, Piece, replies
from .imap_session import ImapSession, SelectedFolder
from .lines import clean_argument, said

SLICE = 1024 * 1024
_WINDOW = 50_000  # mails whose UIDs are asked for at once where the server cannot say 1:50000
_WIDE_WINDOW = 400_000  # and where it can
_ESEARCH_ALL = re.compile(rb"\bALL ([0-9:,]+)", re.IGNORECASE)


class ImapConnection(ImapSession):
    """A session that reads. Methods may raise Problem; after OFFLINE the line is gone."""

    def list_uids(self, since: date | None = None) -> set[int]:
        """Every UID of the opened folder, or those received on ``since`` or later."""
        folder = self._opened()
        if not folder.exists:
            return set()
        wanted = "ALL" if since is None else f"SINCE {_imap_date(since)}"
        window = _WIDE_WINDOW if self.can("ESEARCH") else _WINDOW
        if folder.exists <= window:
            return self._search(wanted)
        last = folder.uidnext - 1 if folder.uidnext else max(self._search("UID *"), default=0)
        step = max(window, last * window // folder.exists)
        found: set[int] = set()
        for first in range(1, last + 1, step):
            found |= self._search(f"UID {first}:{min(first + step - 1, last)} {wanted}")
        return found

    def uids_between(self, first: int, behind: int, since: date | None = None) -> set[int]:
        """The UIDs from ``first`` up to and without ``behind``; ``since`` as in ``list_uids``."""
        wanted = f"UID {first}:{behind - 1}"
        found = self._search(wanted if since is None else f"{wanted} SINCE {_imap_date(since)}")
        return {uid for uid in found if first <= uid < behind}

    def still_there(self, uids: Collection[int]) -> set[int]:
        """Those of these UIDs that the server has, asked for by name."""
        found: set[int] = set()
        for some in uid_sets.lines(uids):
            found |= self._search(f"UID {uid_sets.spelt(some)}") & set(some)
        return found

    def has_message_id(self, message_id: str) -> bool:
        """Whether the opened folder holds a mail of ours with this Message-ID, without brackets."""
        quoted = clean_argument(message_id, "message_id").replace("\\", "").replace('"', "")
        return bool(self._search(f'HEADER MESSAGE-ID "<{quoted}>"'))

    def sizes(self, uids: Collection[int]) -> dict[int, int]:
        """RFC822.SIZE by UID: a hint for planning, and no more than that."""
        found = {}
        for reply in self._fetch(uids, "(UID RFC822.SIZE)"):
            if reply.size is not None:
                found[reply.uid] = reply.size
        return found

    def fetch(self, uids: Collection[int]) -> dict[int, MailReply]:
        """Whole mails by UID. What the server did not hand over properly is left out."""
        found: dict[int, MailReply] = {}
        spoilt = set()
        for reply in self._fetch(uids, "(UID INTERNALDATE BODY.PEEK[])"):
            if reply.raw is None:
                continue  # NIL is no mail, and neither is a change of flags
            if reply.uid in found and found[reply.uid].raw != reply.raw:
                spoilt.add(reply.uid)  # one UID, two mails: neither can be believed
            found[reply.uid] = reply
        return {uid: reply for uid, reply in found.items() if uid not in spoilt}

    def fetch_large(self, uid: int, at_most: int) -> MailReply | None:
        """One mail in slices; None if it did not come, or is larger than ``at_most`` bytes."""
        body = bytearray()
        internal_at = None
        while len(body) <= at_most:
            items = f"(UID INTERNALDATE BODY.PEEK[]<{len(body)}.{SLICE}>)"
            reply = next(iter(self._fetch([uid], items)), None)
            if reply is None or reply.raw is None:
                return None
            internal_at = reply.internal_at or internal_at
            body += reply.raw
            if len(reply.raw) < SLICE:
                return MailReply(uid, bytes(body), len(body), internal_at)
        return None

    def _search(self, wanted: str) -> set[int]:
        limit = self._opened().exists + 10_000  # mail arrives while we ask
        untagged = self._imap.untagged_responses
        with self._faults():
            untagged.pop("ESEARCH", None)
            extended = ("RETURN", "(ALL)") if self._client.has_capability("ESEARCH") else ()
            typ, lines = self._imap.uid("SEARCH", *extended, wanted)
            if typ != "OK":
                raise IMAPClientError(said(lines[0]))
            found: set[int] = set()
            for line in untagged.pop("ESEARCH", []):
                told = _ESEARCH_ALL.search(line)
                found |= uid_sets.read(told[1], limit) if told else set()
            for line in lines:
                numbers = (line or b"").split(b"(")[0].split()
                found.update(int(number) for number in numbers)
        return found

    def _fetch(self, uids: Collection[int], items: str) -> Iterator[MailReply]:
        self._opened()
        for some in uid_sets.lines(uids):
            wanted = set(some)
            with self._faults():
                self._imap.untagged_responses.pop("FETCH", None)
                # A NO may come after good replies, when one of the mails was just expunged.
                typ, data = self._imap.uid("FETCH", uid_sets.spelt(some), items)
                if typ == "NO":
                    data = self._imap.untagged_responses.pop("FETCH", [])
                pieces: list[Piece] = data
            yield from (reply for reply in replies(pieces) if reply.uid in wanted)

    def _opened(self) -> SelectedFolder:
        if self._selected is None:
            raise RuntimeError("no folder is open")
        return self._selected


def _imap_date(day: date) -> str:
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return f"{day.day}-{months[day.month - 1]}-{day.year}"
