"""The key can be changed: the one before it, sealed, and whether fields are still being sealed anew."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Adds two columns to the installation."""
    op.add_column("installation", sa.Column("old_key_sealed", sa.LargeBinary(), nullable=True))
    op.add_column("installation", sa.Column("resealing", sa.Boolean(), server_default=sa.false(), nullable=False))
