"""A canned reply while it is edited: what is kept, and what is on screen."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from deskapp.domain.canned_pictures import picture_name
from deskapp.domain.ids import AgentId, MailboxId
from deskapp.domain.replies import NO_ACTIONS, CannedActions, CannedReply, OutgoingFile

EMPTY = CannedReply(None, "", "", (), 1)


@dataclass(slots=True)
class Editing:
    """``texts`` by language; an empty text is a language that is missing."""

    kept: CannedReply
    name: str = ""
    folder: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    owner: AgentId | None = None
    mailbox_id: MailboxId | None = None
    actions: CannedActions = NO_ACTIONS
    files: tuple[OutgoingFile, ...] = ()

    @classmethod
    def of(cls, kept: CannedReply) -> "Editing":
        return cls(
            kept,
            kept.name,
            kept.folder,
            dict(kept.texts),
            kept.owner,
            kept.mailbox_id,
            kept.actions,
            kept.files,
        )

    @property
    def unsaved(self) -> bool:
        return self.wanted() != self.kept

    @property
    def changed_language(self) -> str:
        """A language whose text is not saved; "" for none."""
        kept = dict(self.kept.texts)
        return next((tag for tag, text in self.texts.items() if text != kept.get(tag, "")), "")

    def as_picture(self, file: OutgoingFile) -> OutgoingFile:
        """The file by a name that a text can show it under; the one it has, where it is there."""
        for one in self.files:
            if one.sha256 == file.sha256 and picture_name(one.filename, ()) == one.filename:
                return one
        return replace(file, filename=picture_name(file.filename, (f.filename for f in self.files)))

    def put_on(self, files: Iterable[OutgoingFile]) -> None:
        """Files it has not yet."""
        there = {file.sha256 for file in self.files}
        self.files += tuple(file for file in files if file.sha256 not in there)

    def wanted(self) -> CannedReply:
        """What saving should keep; onto the version that is known here."""
        return replace(
            self.kept,
            name=self.name,
            folder=self.folder,
            texts=tuple((tag, text) for tag, text in self.texts.items() if text.strip()),
            owner=self.owner,
            mailbox_id=self.mailbox_id,
            actions=self.actions,
            files=self.files,
        )

    def take(self, reply: CannedReply) -> bool:
        """Has this on screen from now on; whether that is anything new."""
        before = self.wanted()
        self.name, self.folder, self.texts = reply.name, reply.folder, dict(reply.texts)
        self.owner, self.mailbox_id = reply.owner, reply.mailbox_id
        self.actions, self.files = reply.actions, reply.files
        return self.wanted() != before

    def copied(self, name: str) -> "Editing":
        """The same as a new reply of another name."""
        copy = Editing.of(replace(self.wanted(), id=None, name=name, version=1))
        copy.kept = EMPTY
        return copy
