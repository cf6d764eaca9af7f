"""The cases: one enquiry, one number, its place in the queue and its next step."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from pkui.domain.codes import (
    OUTCOMES,
    CaseState,
    Cause,
    Channel,
    Complexity,
    DigitalPost,
    Party,
    ReplyChannel,
    Topic,
)
from storage.base import Base, partial_index, version_column
from storage.types import code_column, instant_column, key_column

_version = version_column()
OPEN = "closed_at IS NULL"
OPEN_UNASSIGNED = "closed_at IS NULL AND assignee_id IS NULL"
ORDER = ("priority_class", "due_at", "queue_number")


class Case(Base, table=True):
    """The office's file on one enquiry. `queue_number` is its snapshot id; the order is class, due, queue number.

    A complexity or team set by a person has her reason beside it; `routing` holds the codes of the rules' own reasons.
    Until `kept_until` a simple case is dealt to temporary staff alone.
    """

    __tablename__ = "cases"
    __table_args__: ClassVar[tuple[Any, ...]] = (
        partial_index("ix_cases_open_order", *ORDER, where=OPEN),
        partial_index("ix_cases_open_unassigned", *ORDER, where=OPEN_UNASSIGNED),
        partial_index("ix_cases_open_assignee", "assignee_id", *ORDER, where=OPEN),
        partial_index("ix_cases_open_team", "team", *ORDER, where=OPEN),
        partial_index("ix_cases_open_topic", "topic", *ORDER, where=OPEN),
        sa.CheckConstraint("priority_class BETWEEN 1 AND 4", name="priority_class"),
        sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed"),
        sa.CheckConstraint("(closed_at IS NULL) = (outcome IS NULL)", name="outcome_at_close"),
        sa.CheckConstraint("state NOT IN ('assigned', 'scheduled') OR assignee_id IS NOT NULL", name="assigned"),
        sa.CheckConstraint("state <> 'waiting' OR follow_up_on IS NOT NULL", name="waiting"),
        sa.CheckConstraint("attempts >= 0", name="attempts"),
    )
    __mapper_args__: ClassVar[dict[str, Any]] = {"version_id_col": _version}

    id: UUID = Field(sa_column=key_column(primary=True))
    version: int | None = Field(default=None, sa_column=_version)
    queue_number: int = Field(sa_type=sa.BigInteger, unique=True)
    case_number: str = Field(max_length=20, unique=True)
    patient_id: UUID = Field(sa_column=key_column(references="patients.id", index=True))

    topic: Topic = Field(sa_column=code_column(Topic, "topic"))
    priority_class: int = Field(sa_type=sa.SmallInteger)
    due_at: datetime = Field(sa_column=instant_column("due_at"))
    why: list[Any] = Field(default_factory=list, sa_type=sa.JSON)
    complexity: Complexity = Field(sa_column=code_column(Complexity, "complexity"))
    complexity_reason: str | None = Field(default=None, max_length=500)
    team: str = Field(foreign_key="teams.code")
    team_reason: str | None = Field(default=None, max_length=500)
    routing: list[Any] | None = Field(default=None, sa_type=sa.JSON(none_as_null=True))
    kept_until: datetime | None = Field(default=None, sa_column=instant_column("kept_until", nullable=True))
    flagged_words: list[Any] = Field(default_factory=list, sa_type=sa.JSON)

    state: CaseState = Field(default=CaseState.NEW, sa_column=code_column(CaseState, "state"))
    assignee_id: UUID | None = Field(default=None, sa_column=key_column(references="staff.id", nullable=True))
    received_at: datetime = Field(sa_column=instant_column("received_at"))
    registered_at: datetime = Field(sa_column=instant_column("registered_at"))
    answered_at: datetime | None = Field(default=None, sa_column=instant_column("answered_at", nullable=True))
    reopened_at: datetime | None = Field(default=None, sa_column=instant_column("reopened_at", nullable=True))
    closed_at: datetime | None = Field(default=None, sa_column=instant_column("closed_at", nullable=True))
    changed_at: datetime = Field(sa_column=instant_column("changed_at"))
    anonymised_at: datetime | None = Field(default=None, sa_column=instant_column("anonymised_at", nullable=True))

    follow_up_on: date | None = None
    waiting_for: Party | None = Field(default=None, sa_column=code_column(Party, "waiting_for", nullable=True))
    waiting_text: str | None = Field(default=None, max_length=2000)
    attempts: int = Field(default=0)
    retry_from: datetime | None = Field(default=None, sa_column=instant_column("retry_from", nullable=True))
    one_attempt_only: bool = False

    outcome: str | None = Field(default=None, sa_column=code_column(OUTCOMES, "outcome", nullable=True))
    cause: Cause | None = Field(default=None, sa_column=code_column(Cause, "cause", nullable=True))
    forwarded_to: str | None = Field(default=None, max_length=200)

    channel: Channel = Field(sa_column=code_column(Channel, "channel"))
    entered_by: str | None = Field(default=None, max_length=200)
    language: str = Field(default="da", max_length=40)
    reply_channel: ReplyChannel = Field(sa_column=code_column(ReplyChannel, "reply_channel"))
    phone: str | None = Field(default=None, max_length=20, index=True)
    alternative_phone: str | None = Field(default=None, max_length=20, index=True)
    email: str | None = Field(default=None, max_length=254)
    digital_post: DigitalPost = Field(sa_column=code_column(DigitalPost, "digital_post"))
    sms_allowed: bool | None = None
    interpreter_language: str | None = Field(default=None, max_length=64)
    free_text: str | None = Field(default=None, sa_type=sa.Text)


class CaseLink(Base, table=True):
    """Two cases of one person; stored in both directions."""

    __tablename__ = "case_links"

    case_id: UUID = Field(sa_column=key_column(primary=True, references="cases.id"))
    other_id: UUID = Field(sa_column=key_column(primary=True, references="cases.id"))
    linked_at: datetime = Field(sa_column=instant_column("linked_at"))
