"""A canned reply while it is edited: what is kept, and what is on screen."""

from dataclasses import dataclass, field, replace

from deskapp.domain.replies import CannedReply

EMPTY = CannedReply(None, "", "", (), 1)


@dataclass(slots=True)
class Editing:
    """``texts`` by language; an empty text is a language that is missing."""

    kept: CannedReply
    name: str = ""
    folder: str = ""
    texts: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, kept: CannedReply) -> "Editing":
        return cls(kept, kept.name, kept.folder, dict(kept.texts))

    @property
    def unsaved(self) -> bool:
        now = self.wanted()
        return (now.name, now.folder, now.texts) != (
            self.kept.name,
            self.kept.folder,
            self.kept.texts,
        )

    def wanted(self) -> CannedReply:
        """What saving should keep; onto the version that is known here."""
        texts = tuple((tag, text) for tag, text in self.texts.items() if text.strip())
        return replace(self.kept, name=self.name, folder=self.folder, texts=texts)
