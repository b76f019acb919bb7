"""The schema after it, one release later: what nobody uses any more goes. ``blob`` is the largest
table, and SQLite makes it anew."""

import sqlalchemy as sa
from alembic import op

KIND = "contract"
ROOM = 2.0

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("desk_info") as table:
        table.drop_column("read_with")
    anew = "always" if op.get_bind().dialect.name == "sqlite" else "never"
    with op.batch_alter_table("blob", recreate=anew) as table:
        table.add_column(sa.Column("checked_at", sa.BigInteger(), nullable=True))
    op.get_bind().execute(sa.text("UPDATE blob SET checked_at = created_at"))


def downgrade() -> None:
    raise NotImplementedError("what was dropped is gone; the copy from before the upgrade has it")
