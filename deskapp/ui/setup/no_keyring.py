"""What is said where passwords cannot be kept over a restart."""

from PySide6.QtCore import QCoreApplication


def no_keyring_words() -> str:
    """One paragraph: what happens to passwords on a computer without a keyring."""
    return QCoreApplication.translate(
        "NoKeyring",
        "This computer has no keyring that deskapp may use, so passwords are asked for at each "
        "start. They are written nowhere.",
    )
