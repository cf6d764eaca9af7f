"""Puts a patient's own words together, so that hardly two enquiries read alike."""

from dataclasses import dataclass
from datetime import date
from random import Random

from pkui.domain.codes import Topic
from pkui.services.demo import texts
from pkui.services.demo.texts import Course


@dataclass(frozen=True)
class Blanks:
    """What is filled into the texts."""

    hospital: str
    other: str
    on: date
    weeks: int
    course: Course | None = None

    def fill(self, text: str, **more: str) -> str:
        """The text with its blanks filled."""
        course = self.course
        return text.format(
            hospital=self.hospital,
            other=self.other,
            date=written(self.on),
            weeks=self.weeks,
            what=course.what if course else "",
            treatment=course.treatment if course else "",
            **more,
        )


def written(day: date) -> str:
    """A date as people write it."""
    return f"{day.day}. {texts.MONTHS[day.month - 1]}"


def own_words(chance: Random, topic: Topic, blanks: Blanks, relation: str | None) -> str:
    """What the form's free text says."""
    if topic is Topic.ACCEPTANCE_REQUEST:
        return blanks.fill(chance.choice(texts.ACCEPTANCES))
    parts = []
    if blanks.course is None:
        parts.append(chance.choice(texts.FREE_TEXTS[topic]))
    elif relation is not None:
        parts += [texts.FOR_SOMEBODY[relation], chance.choice(texts.WAITS_OF_SOMEBODY)]
        parts += [chance.choice(blanks.course.trouble)] if blanks.course.child else []
        parts.append(chance.choice(texts.WISHES_FOR_SOMEBODY))
    elif topic is Topic.OPERATION_CHANGED:
        parts += [chance.choice(texts.CHANGED), chance.choice(texts.CHANGED_WISHES)]
    else:
        about = [chance.choice(texts.WAITS), chance.choice(blanks.course.trouble)]
        chance.shuffle(about)
        parts += [*about, chance.choice(texts.WISHES[topic])]
    parts.append(chance.choice(texts.CLOSINGS))
    return blanks.fill(" ".join(part for part in parts if part))


def note_text(chance: Random, topic: Topic, blanks: Blanks) -> str:
    """What the adviser wrote down."""
    pool, agreed = texts.NOTES, texts.AGREED
    if blanks.course is None:
        pool, agreed = texts.NOTES_WITHOUT_COURSE, texts.AGREED_WITHOUT_COURSE
    if topic is Topic.ACCEPTANCE_REQUEST:
        pool = texts.NOTES_ON_ACCEPTANCE
    return blanks.fill(chance.choice(pool), agreed=chance.choice(agreed))
