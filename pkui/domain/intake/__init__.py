"""Intake `pk-intake/1`: cuts files into bodies, reads bodies, and tells what a person must look at."""

from pkui.domain.intake.body import body_hash
from pkui.domain.intake.documents import split_documents
from pkui.domain.intake.flags import flagged_words
from pkui.domain.intake.mapping import BadMapping, FormMapping, read_mapping
from pkui.domain.intake.os2forms import Translated, neutral_bytes, parse_os2forms
from pkui.domain.intake.parse import parse_submission, parse_values
from pkui.domain.intake.values import (
    LIMIT_BYTES,
    SCHEMA,
    Address,
    AttachmentInfo,
    ConsentGiven,
    ContactDetails,
    Matter,
    Parked,
    Parsed,
    Patient,
    Problem,
    ProblemCode,
    ReferralDetails,
    Rejected,
    Representative,
    Source,
    Submission,
)

__all__ = [
    "LIMIT_BYTES",
    "SCHEMA",
    "Address",
    "AttachmentInfo",
    "BadMapping",
    "ConsentGiven",
    "ContactDetails",
    "FormMapping",
    "Matter",
    "Parked",
    "Parsed",
    "Patient",
    "Problem",
    "ProblemCode",
    "ReferralDetails",
    "Rejected",
    "Representative",
    "Source",
    "Submission",
    "Translated",
    "body_hash",
    "flagged_words",
    "neutral_bytes",
    "parse_os2forms",
    "parse_submission",
    "parse_values",
    "read_mapping",
    "split_documents",
]
