"""Addresses of databases: several hosts, the primary among them, and nobody reading along."""

import pytest

from pkui.base.errors import BadInput
from storage.addresses import hosts_of, parse_url


@pytest.mark.parametrize(
    ("url", "hosts", "query"),
    [
        ("postgresql://127.0.0.1/pkui", ["127.0.0.1"], {}),
        ("postgresql://u@localhost:5433/pkui?sslmode=disable", ["localhost"], {"sslmode": "disable"}),
        ("postgresql://[::1]/pkui", ["::1"], {}),
        ("postgresql:///pkui?host=/var/run/postgresql", ["/var/run/postgresql"], {}),
        ("postgresql:///pkui", [], {}),
        ("postgresql://db.office.example/pkui", ["db.office.example"], {"sslmode": "verify-full"}),
        ("postgresql://10.1.2.3/pkui?sslmode=verify-full", ["10.1.2.3"], {"sslmode": "verify-full"}),
        (
            "postgresql://u:p@one.example:5432,two.example/pkui?sslrootcert=/etc/pkui/ca.crt",
            ["one.example", "two.example"],
            {
                "sslmode": "verify-full",
                "target_session_attrs": "read-write",
                "sslrootcert": "/etc/pkui/ca.crt",
            },
        ),
        ("postgresql://u@127.0.0.1:1,127.0.0.1:2/pkui", ["127.0.0.1"] * 2, {"target_session_attrs": "read-write"}),
    ],
)
def test_a_server_away_from_here_is_verified_and_of_several_the_primary_is_used(
    url: str, hosts: list[str], query: dict[str, str]
) -> None:
    parsed = parse_url(url)
    assert (parsed.drivername, parsed.database, hosts_of(parsed)) == ("postgresql+psycopg", "pkui", hosts)
    assert {key: value for key, value in parsed.query.items() if key != "host"} == query


@pytest.mark.parametrize("mode", ["disable", "allow", "prefer", "require", "verify-ca"])
@pytest.mark.parametrize("host", ["db.example", "127.0.0.1,db.example", "192.168.1.4:5432"])
def test_nothing_weaker_is_taken(mode: str, host: str) -> None:
    with pytest.raises(BadInput, match="server_not_verified"):
        parse_url(f"postgresql://u:p@{host}/pkui?sslmode={mode}")
    with pytest.raises(BadInput, match="server_not_verified"):
        parse_url(f"postgresql:///pkui?hostaddr=10.0.0.9&sslmode={mode}")


@pytest.mark.parametrize("url", ["", "mysql://x/y", "sqlite://", "sqlite:///:memory:", "postgresql:/x:y:z//"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(BadInput, match="bad_database_url"):
        parse_url(url)


def test_an_address_takes_the_file_of_the_key_and_nothing_else() -> None:
    for url in ("sqlcipher://", "sqlcipher:///:memory:", "sqlcipher:///x.db?mode=ro"):
        with pytest.raises(BadInput, match="bad_database_url"):
            parse_url(url)
