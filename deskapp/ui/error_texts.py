"""The sentences for each Problem: (title, what happened, what is safe, what to do).

Words in braces are facts of the Problem; ``errors.py`` fills them in after translation, with a
neutral word where a fact is missing.
"""

from deskapp.domain.problem import ProblemKind

from .translatable import N

CONTEXT = "Errors"

Texts = tuple[str, str, str, str]


def texts(title: str, happened: str, safe: str, todo: str) -> Texts:
    return title, happened, safe, todo


K = ProblemKind

_SERVERS: dict[ProblemKind, Texts] = {
    K.OFFLINE: texts(
        N("Errors", "No connection"),
        N("Errors", "{host} cannot be reached from this computer."),
        N("Errors", "Everything here stays readable. Replies wait and leave when it is back."),
        N("Errors", "Check the network. deskapp tries again by itself."),
    ),
    K.SIGN_IN_REFUSED: texts(
        N("Errors", "Sign-in refused"),
        N("Errors", "{host} did not accept the name and password. It said: {said}"),
        N("Errors", "Mail already here stays. Nothing is tried again with this password."),
        N("Errors", "Enter the password anew in Settings, Mailboxes; some need an app password."),
    ),
    K.TLS_UNTRUSTED: texts(
        N("Errors", "Certificate not trusted"),
        N("Errors", "{host} showed a certificate that this computer does not trust: {said}"),
        N("Errors", "No password was sent."),
        N("Errors", "Check the server's name in Settings, or ask who runs it to renew it."),
    ),
    K.TLS_UNAVAILABLE: texts(
        N("Errors", "No protected connection"),
        N("Errors", "{host} does not offer the protection (TLS) that the settings ask for."),
        N("Errors", "No password was sent."),
        N("Errors", "Check port and security in Settings, Mailboxes."),
    ),
    K.SERVER_REFUSED: texts(
        N("Errors", "The mail server refused"),
        N("Errors", "{host} answered: {said}"),
        N("Errors", "Nothing is lost; what was to be sent is kept."),
        N("Errors", "Follow the server's words, then try again."),
    ),
    K.FOLDER_MISSING: texts(
        N("Errors", "Folder not found"),
        N("Errors", "The folder {folder} is not on the server any more."),
        N("Errors", "Mail fetched from it stays here."),
        N("Errors", "Choose the folders to watch in Settings, Mailboxes."),
    ),
    K.FOLDER_IS_VIEW: texts(
        N("Errors", "Folder shows other folders' mail"),
        N("Errors", "{folder} shows mail of other folders a second time and is not watched."),
        N("Errors", "Mail in INBOX, Sent and your other folders comes as usual."),
        N("Errors", "Choose the folders that the mail is in, in Settings, Mailboxes."),
    ),
    K.PLAIN_NOT_LOOPBACK: texts(
        N("Errors", "Not without protection"),
        N("Errors", "Connections without TLS are allowed only to this computer, not to {host}."),
        N("Errors", "No password was sent."),
        N("Errors", "Choose TLS or STARTTLS."),
    ),
    K.NO_SECRET: texts(
        N("Errors", "Password needed"),
        N("Errors", "No password for {address} is stored on this computer."),
        N("Errors", "Mail already here stays readable; replies wait."),
        N("Errors", "Enter it in Settings, Mailboxes."),
    ),
    K.LEASE_HELD: texts(
        N("Errors", "Another computer fetches this mailbox"),
        N("Errors", "{holder} is fetching {address} right now."),
        N("Errors", "Its mail appears here too. Nothing is fetched or sent twice."),
        N("Errors", "Nothing to do; this computer takes over when the other one stops."),
    ),
    K.ENGINE_STOPPED: texts(
        N("Errors", "Mail is not being fetched"),
        N("Errors", "The part of deskapp that fetches and sends mail has stopped."),
        N("Errors", "Everything here stays; replies wait in the outbox."),
        N("Errors", "It is started again by itself. If this stays, restart deskapp."),
    ),
}

_STORES: dict[ProblemKind, Texts] = {
    K.NOT_A_DESK: texts(
        N("Errors", "Not a desk"),
        N("Errors", "{place} is not a deskapp database."),
        N("Errors", "It was not changed."),
        N("Errors", "Choose another file or address, or create a new desk."),
    ),
    K.DISK_FULL: texts(
        N("Errors", "The disk is full"),
        N("Errors", "There is no room left to write to {path}."),
        N("Errors", "Nothing half-written was kept. Mail stays on the server."),
        N("Errors", "Free some space, then try again."),
    ),
    K.READ_ONLY: texts(
        N("Errors", "No permission to write"),
        N("Errors", "{path} may not be written to."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Choose another folder, or change its permissions."),
    ),
    K.NOT_ALLOWED: texts(
        N("Errors", "Not for your role"),
        N("Errors", "Your role on this desk does not allow this."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Ask an admin of the desk."),
    ),
    K.NETWORK_FOLDER: texts(
        N("Errors", "Not on a shared or synced folder"),
        N("Errors", "{path} is on a network or synced folder. A desk file would be damaged there."),
        N("Errors", "Nothing was created."),
        N("Errors", "Choose a folder of this computer; for a team use PostgreSQL."),
    ),
    K.FILE_MISSING: texts(
        N("Errors", "File not found"),
        N("Errors", "{path} is not there."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Check the name, or choose another file."),
    ),
    K.FILE_UNREADABLE: texts(
        N("Errors", "File cannot be read"),
        N("Errors", "{path} cannot be read: {said}"),
        N("Errors", "Nothing was changed."),
        N("Errors", "Check that it is the right file and that you may read it."),
    ),
    K.FILE_EXISTS: texts(
        N("Errors", "The file exists already"),
        N("Errors", "{path} is there already and was not overwritten."),
        N("Errors", "The existing file is unchanged."),
        N("Errors", "Choose another name."),
    ),
    K.BACKUP_INVALID: texts(
        N("Errors", "Not a sound backup"),
        N("Errors", "{path} did not pass the test of a backup: {said}"),
        N("Errors", "The desk in use is unchanged."),
        N("Errors", "Use another backup file."),
    ),
}

_WORK: dict[ProblemKind, Texts] = {
    K.NOT_FOUND: texts(
        N("Errors", "Not found"),
        N("Errors", "What you asked for is not here any more."),
        N("Errors", "Nothing was changed."),
        N("Errors", "It may have been merged or removed; look for it by name or number."),
    ),
    K.CHANGED_MEANWHILE: texts(
        N("Errors", "Changed meanwhile"),
        N("Errors", "Somebody else changed this while you had it open."),
        N("Errors", "Their change stands and your text is kept."),
        N("Errors", "Look at what is new, then do it again if it still fits."),
    ),
    K.INVALID: texts(
        N("Errors", "This does not fit"),
        N("Errors", "“{value}” cannot be used here."),
        N("Errors", "Nothing was changed; what you typed is kept."),
        N("Errors", "Correct it and try again."),
    ),
    K.DUPLICATE: texts(
        N("Errors", "It is there already"),
        N("Errors", "“{value}” exists already."),
        N("Errors", "Nothing was changed; what you typed is kept."),
        N("Errors", "Use the existing one, or choose another name."),
    ),
    K.EMPTY: texts(
        N("Errors", "Nothing to send"),
        N("Errors", "There is no text yet."),
        N("Errors", "Nothing was sent."),
        N("Errors", "Write something first."),
    ),
    K.UNRESOLVED_PLACEHOLDER: texts(
        N("Errors", "A placeholder is not filled"),
        N("Errors", "The text still contains “{name}”, which has no value for this ticket."),
        N("Errors", "Nothing was sent; your text is kept."),
        N("Errors", "Replace the marked place, then send again."),
    ),
    K.TEMPLATE_ERROR: texts(
        N("Errors", "The placeholders cannot be read"),
        N("Errors", "Line {line}: {said}"),
        N("Errors", "Nothing was changed; what you typed is kept."),
        N("Errors", "Correct the placeholder, for example {{ customer.first_name }}."),
    ),
    K.TOO_LATE: texts(
        N("Errors", "Too late to undo"),
        N("Errors", "The reply has already left."),
        N("Errors", "It was sent once."),
        N("Errors", "Write a second reply to correct it."),
    ),
    K.TOO_LARGE: texts(
        N("Errors", "Too large"),
        N("Errors", "This is larger than what may be sent or read here: {size}."),
        N("Errors", "Nothing was sent; your text is kept."),
        N("Errors", "Remove a file, or send a link to it instead."),
    ),
    K.WRONG_COLUMNS: texts(
        N("Errors", "The columns do not fit"),
        N("Errors", "These columns were not found in the file: {missing}."),
        N("Errors", "Nothing was imported."),
        N("Errors", "Choose the profile of the shop, or say which column is which."),
    ),
}

_SHOPS: dict[ProblemKind, Texts] = {
    K.TOO_SLOW: texts(
        N("Errors", "The server is too slow"),
        N("Errors", "{host} did not finish its answer in time."),
        N("Errors", "Everything here stays as it was."),
        N("Errors", "Try again in a moment."),
    ),
    K.NOT_PUBLIC: texts(
        N("Errors", "A private address"),
        N("Errors", "{host} is not an address of the open internet."),
        N("Errors", "Nothing was sent to it."),
        N("Errors", "If the shop runs on your own network, allow that for this connection."),
    ),
    K.REDIRECTED: texts(
        N("Errors", "The shop has another address"),
        N("Errors", "{host} sends us on to {to}."),
        N("Errors", "No key was sent there."),
        N("Errors", "If that is the shop, enter that address in its settings."),
    ),
    K.SCOPE_MISSING: texts(
        N("Errors", "The key may not do this"),
        N("Errors", "The key for {host} lacks the right “{scope}”."),
        N("Errors", "Nothing was changed."),
        N("Errors", "Give the key this right in the shop, then test the connection again."),
    ),
    K.SLOW_DOWN: texts(
        N("Errors", "The shop asks us to wait"),
        N("Errors", "{host} takes no more questions for {wait} seconds."),
        N("Errors", "Nothing is lost; what is here stays readable."),
        N("Errors", "It goes on by itself after that."),
    ),
    K.SERVER_DOWN: texts(
        N("Errors", "The shop is out of order"),
        N("Errors", "{host} is out of order or under maintenance."),
        N("Errors", "Orders that are here stay readable."),
        N("Errors", "Try again later."),
    ),
    K.BAD_ANSWER: texts(
        N("Errors", "An answer that cannot be read"),
        N("Errors", "{host} did not answer in the form that was agreed: {said}"),
        N("Errors", "Nothing was changed."),
        N("Errors", "Check the shop's address, and whether something stands in between."),
    ),
}

TEXTS: dict[ProblemKind, Texts] = {**_SERVERS, **_SHOPS, **_STORES, **_WORK}
