"""Who answers is the server it says it is: away from this computer a certificate is asked for, and nothing weaker."""

from pathlib import Path

import pytest

from pkui.base.errors import PkuiError, Unreachable
from pkui.base.words.errors import message
from pkui.domain.codes import QueueView
from pkui.services.desk import Desk
from pkui.services.queue import snapshot
from pkui.services.server import server_state
from storage.store import open_store
from tests.faults.servers import port_of
from tests.faults.tls import Issuer, door
from tests.services.steps import received

HERE, ELSEWHERE = "db.office.example", "db.other.example"


@pytest.fixture
def engine_name() -> str:
    """Only a server has a certificate."""
    return "postgres"


def refused(url: str, key_file: Path) -> tuple[str, str]:
    with pytest.raises(PkuiError) as told:
        open_store(url, key_file=key_file)
    assert isinstance(told.value, Unreachable)
    return told.value.code, message(told.value)


def test_req_16_the_right_certificate_is_taken_and_no_other(
    desk: Desk, database_url: str, key_file: Path, tmp_path: Path
) -> None:
    number = received(desk)
    ours, others = Issuer(tmp_path, "ours"), Issuer(tmp_path, "others")
    who, name = database_url.partition("://")[2].split("@")[0], database_url.rpartition("/")[2]

    def address(host: str, port: int, trusted: Path) -> str:
        return f"postgresql://{who}@{host}:{port}/{name}?hostaddr=127.0.0.1&sslrootcert={trusted}"

    with door(port_of(database_url), ours.signed(HERE)) as port:
        store = open_store(address(HERE, port, ours.file), key_file=key_file)
        assert snapshot(Desk(store, desk.clock, desk.person), QueueView.ALL).numbers == [number]
        store.close()
        state = server_state(address(HERE, port, ours.file))
        assert state is not None and state.encrypted

        code, said = refused(address(ELSEWHERE, port, ours.file), key_file)
        assert code == "server_other_name" and "andet navn" in said
        code, said = refused(address(HERE, port, others.file), key_file)
        assert code == "server_not_trusted" and "sslrootcert" in said
        code, _said = refused(address(HERE, port, tmp_path / "missing.crt"), key_file)
        assert code == "server_not_trusted"
    code, said = refused(address(HERE, port_of(database_url), ours.file), key_file)
    assert code == "server_plain" and "krypterer" in said
