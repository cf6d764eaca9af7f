"""`pkui case approve` and `case return` on a temporary colleague's course."""

from pkui.base.clock import TRAINING_START, FrozenClock
from pkui.domain.codes import Role
from pkui.services.cases import take
from pkui.services.desk import Desk
from pkui.services.people import sign_in
from pkui.services.providers_choose import Choice, choose
from pkui.services.providers_import import import_catalogue, parse
from storage.store import open_store
from tests.cli.conftest import Cli
from tests.conftest import hire
from tests.data.catalogue import document, encoded


def test_a_course_is_returned_and_approved(office: Cli) -> None:
    store = open_store(f"sqlite:///{office.folder / 'pkui.db'}", key_file=office.folder / "keys" / "pkui.key")
    hire(store, "tina", (Role.TEMPORARY,), ("general",))
    clock = FrozenClock(TRAINING_START)
    system, tina = (Desk(store, clock, sign_in(store, one, clock.now(), strict=False)) for one in (None, "tina"))
    import_catalogue(system, parse({"catalogue.json": encoded(document())}))
    take(tina, 1)
    choose(tina, 1, Choice("aaklinik-HAND"))
    store.close()
    sent = ("--as", "tina", "providers", "course", "1", "requested", "--json")
    assert office(*sent).error["code"] == "approval_needed"
    assert office("--as", "tina", "case", "approve", "1", "--json").error["code"] == "not_allowed"
    returned = office("--as", "bo", "case", "return", "1", "--reason", "-", "--json", stdin="Ring først").json
    assert [(one["state"], one["text"]) for one in returned["approvals"]] == [("returned", "Ring først")]
    approved = office("--as", "bo", "case", "approve", "1", "--segment", "1", "--json").json
    assert [(one["state"], one["decided_by"]) for one in approved["approvals"]] == [("approved", "Bo")]
    assert office("--as", "bo", "case", "approve", "1", "--json").error["code"] == "nothing_to_approve"
    assert office(*sent).code == 0
