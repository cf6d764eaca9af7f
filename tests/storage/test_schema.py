"""The schema the migrations make is the one the models describe, down to what autogenerate does not compare."""

import re
from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Engine

from pkui.base.errors import Refused
from storage import schema
from storage.engine import make_engine, sqlite_path
from storage.metadata import metadata

Description = dict[str, set[str]]

PARTIAL = {
    "ux_legal_holds_standing": "lifted_at IS NULL",
    "ix_cases_open_order": "closed_at IS NULL",
    "ix_cases_open_unassigned": "closed_at IS NULL AND assignee_id IS NULL",
    "ix_cases_open_assignee": "closed_at IS NULL",
    "ix_cases_open_team": "closed_at IS NULL",
    "ix_cases_open_topic": "closed_at IS NULL",
    "ux_patients_identifier": "identifier_index IS NOT NULL",
    "ux_bookings_standing": "done_at IS NULL",
    "ux_intake_receipts_submission": "submission_id IS NOT NULL",
    "ux_case_merges_standing": "split_at IS NULL",
    "ix_case_merges_into": "split_at IS NULL",
    "ix_sparring_questions_open": "answered_at IS NULL",
    "ux_intake_receipts_first": "status = 'created'",
    "ux_intake_receipts_body": "submission_id IS NULL",
    "ix_intake_receipts_parked": "status = 'parked'",
}


@pytest.fixture
def migrated(empty_url: str) -> Iterator[Engine]:
    """A database made by the migrations alone."""
    engine = make_engine(empty_url)
    if path := sqlite_path(engine):
        path.parent.mkdir()
    schema.upgrade(empty_url)
    yield engine
    engine.dispose()


@pytest.fixture
def connection(migrated: Engine) -> Iterator[sa.Connection]:
    """A transaction in it that is rolled back."""
    with migrated.connect() as connection:
        yield connection


def describe(connection: sa.Connection) -> Description:
    """Everything the engine's own catalogue says of our tables, as comparable texts."""
    found = _sqlite(connection) if connection.dialect.name == "sqlite" else _postgres(connection)
    found.pop("alembic_version", None)
    return found


def _sqlite(connection: sa.Connection) -> Description:
    found: Description = {}
    entries = connection.execute(sa.text("SELECT type, name, tbl_name, sql FROM sqlite_master")).all()
    for kind, name, table, text in entries:
        about = found.setdefault(table, set())
        if kind == "index" and text:
            about.add(f"{name}: {_plain(text)}")
        if kind == "table":
            about |= {_plain(check) for check in _checks(text)}
            for pragma in ("table_info", "foreign_key_list"):
                about |= {f"{pragma} {_facts(row)}" for row in connection.execute(sa.text(f"PRAGMA {pragma}({name})"))}
            for row in connection.execute(sa.text(f"PRAGMA index_list({name})")).all():
                if row.origin != "c":
                    columns = connection.execute(sa.text(f"PRAGMA index_info({row.name})")).all()
                    about.add(f"{row.origin} {[column.name for column in columns]}")
    return found


def _facts(row: sa.Row[tuple[object, ...]]) -> str:
    """A catalogue row without the numbers that only tell in which order things were declared."""
    return str({key: value for key, value in row._mapping.items() if key not in ("cid", "id", "seq")})


def _postgres(connection: sa.Connection) -> Description:
    found: Description = {}
    queries = (
        "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT conrelid::regclass::text, conname || ': ' || pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE connamespace = 'public'::regnamespace",
        "SELECT attrelid::regclass::text, concat_ws(' ', attname, format_type(atttypid, atttypmod), attnotnull, "
        "attidentity, pg_get_expr(adbin, adrelid), attcollation::regcollation) "
        "FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum "
        "JOIN pg_class ON pg_class.oid = attrelid "
        "WHERE attnum > 0 AND NOT attisdropped AND relkind = 'r' AND relnamespace = 'public'::regnamespace",
    )
    for query in queries:
        for table, text in connection.execute(sa.text(query)):
            found.setdefault(table.strip('"'), set()).add(text)
    return found


def _checks(text: str) -> Iterator[str]:
    """The CHECK constraints in a table's SQL, with their names."""
    for start in re.finditer(r"CONSTRAINT (\S+) CHECK \(", text):
        depth, end = 1, start.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(text[end], 0)
            end += 1
        yield text[start.start() : end]


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace('"', "")).strip()


def test_the_migrations_make_what_the_models_describe(connection: sa.Connection) -> None:
    by_migration = describe(connection)
    metadata.drop_all(connection)
    metadata.create_all(connection)
    assert by_migration == describe(connection)
    assert set(by_migration) == set(metadata.tables)


def test_autogenerate_finds_nothing_to_do(connection: sa.Connection) -> None:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    assert compare_metadata(context, metadata) == []


def test_every_partial_index_covers_what_it_is_for(connection: sa.Connection) -> None:
    texts = {text for about in describe(connection).values() for text in about if " WHERE " in text}
    found = {}
    for text in texts:
        name = re.search(r"\b[iu]x_\w+", text)
        assert name
        found[name[0]] = re.sub(r"[()]|::\w+( \w+)*", "", text.partition(" WHERE ")[2])
    assert found == PARTIAL


def test_a_partial_index_that_lost_its_where_is_noticed(connection: sa.Connection) -> None:
    whole = describe(connection)
    for table in metadata.tables.values():
        for index in (index for index in table.indexes if index.name in PARTIAL):
            savepoint = connection.begin_nested()
            connection.execute(sa.text(f"DROP INDEX {index.name}"))
            columns = ", ".join(column.name for column in index.columns)
            unique = "UNIQUE" if index.unique else ""
            connection.execute(sa.text(f"CREATE {unique} INDEX {index.name} ON {table.name} ({columns})"))
            assert describe(connection) != whole
            savepoint.rollback()
    assert describe(connection) == whole


def test_a_lost_check_is_noticed(connection: sa.Connection) -> None:
    before = describe(connection)
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("ALTER TABLE counters ADD CHECK (value >= 0)"))
    else:
        connection.execute(sa.text("DROP TABLE counters"))
        connection.execute(
            sa.text(
                "CREATE TABLE counters (name VARCHAR(40) NOT NULL, value BIGINT NOT NULL, "
                "CONSTRAINT pk_counters PRIMARY KEY (name), CONSTRAINT more CHECK (value >= 0))"
            )
        )
    after = describe(connection)
    assert [name for name in before if before[name] != after[name]] == ["counters"]


def test_every_code_is_held_by_a_check(connection: sa.Connection) -> None:
    described = describe(connection)
    coded = 0
    for column in (column for table in metadata.sorted_tables for column in table.columns):
        kind = column.type
        if isinstance(kind, sa.Enum):
            coded += 1
            checks = [text for text in described[column.table.name] if re.search(rf"CHECK.*\b{column.name}\b", text)]
            codes = [f"'{code}'" for code in kind.enums]
            assert any(all(code in check for code in codes) for check in checks), column
    assert coded > 25


def test_head_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    script = ScriptDirectory.from_config(config)
    assert script.get_heads() == [schema.HEAD]
    numbers = [step.revision for step in script.walk_revisions()]
    assert numbers == sorted(numbers, reverse=True), "a revision is compared as text"


def _set(at: str) -> Callable[[sa.Connection], object]:
    return lambda connection: connection.execute(sa.text("UPDATE alembic_version SET version_num = :at"), {"at": at})


@pytest.mark.parametrize(
    ("change", "code"),
    [(_set("0000"), "database_older"), (_set("9999"), "database_newer"),
     (lambda connection: connection.execute(sa.text("DROP TABLE alembic_version")), "no_database")],
)  # fmt: skip
def test_a_database_at_another_step_is_refused_in_words(
    change: Callable[[sa.Connection], object], code: str, migrated: Engine
) -> None:
    schema.require_head(migrated)
    with migrated.begin() as connection:
        change(connection)
    with pytest.raises(Refused, match=code):
        schema.require_head(migrated)


def test_upgrading_again_does_nothing(migrated: Engine, empty_url: str) -> None:
    with migrated.connect() as connection:
        before = describe(connection)
    schema.upgrade(empty_url)
    with migrated.connect() as connection:
        assert describe(connection) == before


def test_every_table_has_a_key_and_no_extension_is_asked_for(connection: sa.Connection) -> None:
    assert all(table.primary_key.columns for table in metadata.tables.values())
    if connection.dialect.name == "postgresql":
        assert list(connection.scalars(sa.text("SELECT extname FROM pg_extension"))) == ["plpgsql"]
