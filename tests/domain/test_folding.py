"""Folding for search: what is the same name written in another way, and what is another name."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pkui.domain.folding import fold, fold_case, fold_words

NAMES = st.text(st.characters(codec="utf-8"), max_size=30)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Åse", "aase"), ("ÅSE", "Aase"), ("Søren", "SØREN"), ("Söderström", "Søderstrøm"), ("Käthe", "kæthe"),
        ("José", "jose"), ("Zoë", "zoe"), ("Müller", "muller"), ("Straße", "strasse"), ("Ægir", "ÆGIR"),
        ("Guðrún", "gudrun"), ("Þór", "thor"), ("A\u030ase", "Åse"), ("I\u0307zmir", "izmir"),
        ("Møller", "moller"), ("Møller", "Moeller"), ("Kjær", "kjaer"), ("Kjær", "Kjar"), ("Ågård", "Agard"),
        ("Ågård", "Aagaard"), ("Søren", "Soeren"), ("Näss", "naess"), ("Bøje", "Boje"),
    ],
)  # fmt: skip
def test_the_same_name(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Næss", "Ness"), ("Møller", "Miller"), ("Hans", "Hens"), ("Bo", "Be")])
def test_another_name(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_where_letters_tell_words_apart_they_are_kept() -> None:
    assert fold_case("Stær") == fold_case("STÆR") != fold_case("Star")
    assert fold_case("Hånd") == fold_case("haand") != fold_case("hand")


@given(st.text("aeoæøå lnm", max_size=12), st.integers(0, 12))
def test_the_beginning_of_a_name_finds_it(name: str, length: int) -> None:
    """Both ways of writing a letter, cut anywhere: one look-up by the beginning of a word must do."""
    for start in fold_words(name[:length])[-1:]:
        assert any(word.startswith(start) for word in fold_words(name))


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
    assert fold_words("Anne-Marie  O'Neill, Åse Anne") == ["anne", "marie", "o", "neill", "ase"]
    assert fold_words("") == fold_words(" - ") == []
