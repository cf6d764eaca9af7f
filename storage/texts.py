"""Reads and writes the office's own wordings of templates."""

import sqlalchemy as sa
from sqlmodel import Session, col

from pkui.domain.texts import TemplateVersion, TextKind
from storage.tables.staff import Staff
from storage.tables.texts import TextTemplate


def read_versions(session: Session, kind: TextKind | None = None) -> list[TemplateVersion]:
    """Every wording of the kind, or of all kinds, in the order they were written."""
    columns = (
        col(TextTemplate.kind),
        col(TextTemplate.subject),
        col(TextTemplate.text),
        col(TextTemplate.valid_from),
        col(TextTemplate.valid_to),
        col(Staff.name),
        col(TextTemplate.set_at),
    )
    query = sa.select(*columns).join(Staff, col(Staff.id) == col(TextTemplate.set_by)).order_by(col(TextTemplate.id))
    if kind is not None:
        query = query.where(col(TextTemplate.kind) == kind)
    return [TemplateVersion(*row) for row in session.execute(query)]
