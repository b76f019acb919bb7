"""A schema that is still to come, for tests: what is new stands beside what is there."""

import sqlalchemy as sa
from alembic import op

from deskapp.data.migrations.batches import in_batches

KIND = "expand"

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("customer", sa.Column("greeting", sa.String(80), nullable=True))
    op.create_table(
        "blob_note",
        sa.Column("blob_sha256", sa.String(64), sa.ForeignKey("blob.sha256"), primary_key=True),
        sa.Column("long", sa.Boolean(), nullable=False),
    )
    connection = op.get_bind()
    for low, high in in_batches(connection, "customer", 200):
        connection.execute(
            sa.text("UPDATE customer SET greeting = name WHERE id BETWEEN :low AND :high"),
            {"low": low, "high": high},
        )
    connection.execute(
        sa.text("INSERT INTO blob_note (blob_sha256, long) SELECT sha256, size > 1000 FROM blob")
    )


def downgrade() -> None:
    op.drop_table("blob_note")
    op.drop_column("customer", "greeting")
