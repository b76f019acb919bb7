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
    return ", ".join(said[kind].replace("{shared}", shared) for kind, shared in pair.reasons)
