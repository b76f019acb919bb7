"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Limit = Annotated[int, typer.Option("--limit", min=1, max=1_000_000, help="At most so many.")]
TextFile = Annotated[
    Path | None,
    typer.Option("--text-file", metavar="FILE", help="A UTF-8 text file; - reads standard input."),
]
Was = Annotated[
    str | None,
    typer.Option("--was", metavar="VALUE", help="Only if it still is what you saw."),
]
"""What a setting was when whoever says another one looked; else it is left as it is."""
NewName = Annotated[str, typer.Argument(metavar="NEW", show_default=False)]
