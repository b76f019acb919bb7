"""Why two records are proposed as one, in words."""

from PySide6.QtWidgets import QWidget

from deskapp.domain.duplicates import DuplicatePair, SameBy


def why(owner: QWidget, pair: DuplicatePair) -> str:
    """The reasons with what is shared, on one line."""
    said = {
        SameBy.MAIL: owner.tr("the same mail address in two spellings ({shared})"),
        SameBy.PHONE: owner.tr("the same phone number (…{shared})"),
        SameBy.NAME: owner.tr("the same name at one company ({shared})"),
        SameBy.ORDER: owner.tr("order {shared} has contacts of both"),
    }
    return ", ".join(
        said[kind].replace("{shared}", _told(kind, shared)) for kind, shared in pair.reasons
    )


def _told(kind: SameBy, shared: str) -> str:
    """Of a name and its company the company: the name stands above, as it is written."""
    return shared.rpartition(" ")[2] if kind is SameBy.NAME else shared
