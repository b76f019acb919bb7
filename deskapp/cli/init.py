"""``deskapp init``: makes an empty desk, or finds that it is there."""

import typer

from deskapp import settings

from .house import choice, desk_address, opened, without_password
from .options import Json
from .output import show_json

app = typer.Typer()


@app.command()
def init(context: typer.Context, name: str = "", as_json: Json = False) -> None:
    """Make an empty desk; a desk that is there stays as it is."""
    from deskapp.data.upgrade import SCHEMA

    address = without_password(desk_address(choice(context)))
    with opened(context, create=True, name=name):
        pass
    remembered = settings.load()
    remembered.desk_url = address
    remembered.save()
    if as_json:
        show_json({"desk": address, "schema": SCHEMA})
    else:
        typer.echo(f"The desk is ready: {address}")
