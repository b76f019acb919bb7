"""Writes the first migration anew from the tables: ``python3 dev.py schema``.

For as long as no desk of anybody's has the first schema. From the first release on a change of the
tables is a migration of its own, and this goes. ``test_upgrade`` proves what it writes.
"""

import re
import subprocess
import sys
from pathlib import Path

import sqlalchemy as sa
from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext

from deskapp.data.tables import metadata
from deskapp.data.tables.columns import Money, Packed, UtcTime

ROOT = Path(__file__).parents[2]
PLACE = ROOT / "deskapp/data/migrations/versions/v0001_first.py"
OWN_TYPES = {UtcTime: "sa.BigInteger()", Packed: "sa.LargeBinary()", Money: "sa.String(40)"}
HEAD = '''"""The first schema: DESIGN section 4. Written by ``python3 dev.py schema``."""

import sqlalchemy as sa
from alembic import op

from deskapp.data.migrations import first

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
'''


def written() -> str:
    """The module's text, before it is formatted."""
    with sa.create_engine("sqlite://").connect() as connection:
        said = {"target_metadata": metadata, "render_item": _own_types}
        said |= {"sqlalchemy_module_prefix": "sa.", "alembic_module_prefix": "op."}
        context = MigrationContext.configure(connection, opts=said)
        found = produce_migrations(context, metadata)
        assert found.upgrade_ops is not None and found.downgrade_ops is not None
        up, down = (
            render_python_code(steps, render_item=_own_types, migration_context=context)
            for steps in (found.upgrade_ops, found.downgrade_ops)
        )
    return (
        f"{HEAD}    {_plain(up)}\n    first.make(op.get_bind())\n\n\n"
        f"def downgrade() -> None:\n    first.drop(op.get_bind())\n    {_plain(down)}\n"
    )


def _own_types(kind: str, item: object, _context: object) -> str | bool:
    return OWN_TYPES.get(type(item), False) if kind == "type" else False


def _plain(steps: str) -> str:
    """Without Alembic's remarks, and without the brackets that it adds around text."""
    bare = re.sub(r"^ *# ###.*$", "", steps, flags=re.MULTILINE).strip()
    return re.sub(r'sa\.text\("\((.*?)\)"\)', r'sa.text("\1")', bare)


if __name__ == "__main__":
    PLACE.write_text(written(), "utf-8")
    formatted = [sys.executable, "-m", "ruff", "format", "-q", "--config", "pyproject.toml"]
    sys.exit(subprocess.call([*formatted, str(PLACE)], cwd=ROOT))
