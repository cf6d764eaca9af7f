"""The role of desks on a server, as the person who runs it needs it."""

from storage.grants import ROLE, statements


def grants(role: str | None = None) -> list[str]:
    """The SQL of the role that desks use on a server. Raises BadInput for a name that is none."""
    return statements(role or ROLE)
