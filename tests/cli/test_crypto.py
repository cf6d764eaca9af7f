"""`pkui crypto rotate` as a command."""

from pathlib import Path

from tests.cli.conftest import CASES, Cli
from tests.conftest import KEY


def test_req_16_the_key_is_changed_and_the_office_goes_on(office: Cli) -> None:
    done = office("crypto", "rotate", "--json").json
    assert set(done) == {
        "ok", "fingerprint", "key_file", "old_key_file", "rows", "indexes", "damaged", "staff_to_import", "tables"
    }  # fmt: skip
    assert done["tables"]["patients"] == CASES and done["indexes"] == CASES
    key = Path(done["key_file"]).read_text().strip()
    assert key != KEY.strip() and len(key) == 64
    assert office("db", "check").code == 0
    refused = office("queue", "list", "--json", PKUI_KEY_FILE=done["old_key_file"])
    assert (refused.code, refused.error["code"]) == (2, "wrong_key")
    told = office("crypto", "rotate")
    assert told.code == 0 and key not in told.out and Path(done["old_key_file"]).read_text() == KEY
