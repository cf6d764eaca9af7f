"""Intake `pk-intake/1`: cuts files into bodies, reads bodies, and tells what a person must look at."""

from pkui.domain.intake.body import body_hash
from pkui.domain.intake.documents import split_documents
from pkui.domain.intake.flags import flagged_words
from pkui.domain.intake.parse import parse_submission
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
    "ConsentGiven",
    "ContactDetails",
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
    "body_hash",
    "flagged_words",
    "parse_submission",
    "split_documents",
]
