"""Folding for search: what is the same name written in another way, and what is another name."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkui.domain.folding import fold, fold_words

NAMES = st.text(st.characters(codec="utf-8"), max_size=30)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Åse", "aase"), ("ÅSE", "Aase"), ("Søren", "SØREN"), ("Söderström", "Søderstrøm"), ("Käthe", "kæthe"),
        ("José", "jose"), ("Zoë", "zoe"), ("Müller", "muller"), ("Straße", "strasse"), ("Ægir", "ÆGIR"),
        ("Guðrún", "gudrun"), ("Þór", "thor"), ("A\u030ase", "Åse"), ("I\u0307zmir", "izmir"),
    ],
)  # fmt: skip
def test_the_same_name(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_letters_of_the_danish_alphabet_are_letters_of_their_own() -> None:
    assert fold("Bøje") != fold("Boje")
    assert fold("Næss") != fold("Ness")


@given(NAMES)
def test_folding_is_done_once_and_hides_how_a_letter_was_composed(name: str) -> None:
    assert fold(unicodedata.normalize("NFD", name)) == fold(unicodedata.normalize("NFC", name))
    assert fold(fold(name)) == fold(name)


@given(NAMES)
def test_the_words_of_a_name_are_words_once_each(name: str) -> None:
    words = fold_words(name)
    assert len(set(words)) == len(words)
    assert all(word and word == fold(word) and not any(c.isspace() for c in word) for word in words)


def test_the_words_of_a_name() -> None:
    assert fold_words("Anne-Marie  O'Neill, Åse Anne") == ["anne", "marie", "o", "neill", "aase"]
    assert fold_words("") == fold_words(" - ") == []
