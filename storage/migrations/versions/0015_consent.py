"""Who gave a consent, where it was not the patient herself: one with custody of a child, a guardian."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Adds the column; what stood there was given by the patient."""
    op.add_column("consents", sa.Column("given_by", sa.String(200), nullable=True))
