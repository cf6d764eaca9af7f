"""The words of the phone book."""

from pkui.base.words import N_, _
from pkui.domain.phone_book import PhoneKind

_KINDS = {
    PhoneKind.VISITATION: N_("Referral assessment"),
    PhoneKind.BOOKING: N_("Booking"),
    PhoneKind.PATHWAY_COORDINATOR: N_("Pathway coordinator"),
    PhoneKind.PRIVATE_HOSPITAL: N_("Private hospital"),
    PhoneKind.TRANSPORT_OFFICE: N_("Transport office"),
    PhoneKind.INTERPRETER: N_("Interpreters"),
    PhoneKind.OFFICE: N_("Our own office"),
    PhoneKind.OTHER: N_("Others"),
}


_COLUMNS = {
    "kind": N_("Kind"),
    "name": N_("Name"),
    "place": N_("Place"),
    "phone": N_("Telephone"),
    "hours": N_("Answered when"),
    "note": N_("Note"),
    "file": N_("the file"),
}


def phone_column(name: str) -> str:
    """A column of the book; one of a file that is not known as it stands."""
    return _(_COLUMNS[name]) if name in _COLUMNS else name


def phone_kind(kind: PhoneKind) -> str:
    """Whom one reaches."""
    return _(_KINDS[kind])


def search_words(kind: PhoneKind) -> str:
    """What people type when they look for that kind."""
    return phone_kind(kind)
