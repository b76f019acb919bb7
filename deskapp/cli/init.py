"""``deskapp init``: makes an empty desk, or finds that it is there."""

import typer

from deskapp import settings
from deskapp.domain.desk_address import password_of

from .house import choice, desk_address, opened
from .options import Json
from .output import show_json, tell

app = typer.Typer()


@app.command()
def init(context: typer.Context, name: str = "", as_json: Json = False) -> None:
    """Make an empty desk; a desk that is there stays as it is."""
    from deskapp.data.schema import SCHEMA

    with opened(context, create=True, name=name):
        pass
    address = remembered(desk_address(choice(context)))
    if as_json:
        show_json({"desk": address, "schema": SCHEMA})
    else:
        typer.echo(f"The desk is ready: {address}")


def remembered(address: str, moved_from: str = "") -> str:
    """Puts the desk into the settings and its password where passwords last; the address shown.
    ``moved_from`` is where it was before.

    Raises Problem where the password cannot be kept.
    """
    from deskapp.secrets import OpenedLater, keep_password

    secrets = OpenedLater()
    place = keep_password(address, secrets)
    if password_of(address) and not secrets.lasting:
        tell(
            "This computer has no keyring, so the database's password was not kept: set PGPASSWORD "
            "or write it into .pgpass, or name a file for it in DESKAPP_SECRETS."
        )
    remembered = settings.load()
    remembered.desk_url, remembered.moved_from = place, moved_from
    remembered.save()
    return place
