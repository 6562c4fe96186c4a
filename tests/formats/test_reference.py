"""Payment references prove themselves: built, checked, found again in what banks report."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly.formats import reference as ref

digits = st.text("0123456789", min_size=1)
bodies = st.text(string.ascii_uppercase + string.digits, min_size=1, max_size=21)


@pytest.mark.parametrize(
    ("built", "expected"),
    [
        (ref.build_rf("539007547034"), "RF18539007547034"),
        (ref.build_ogm("1234567890"), "+++123/4567/89002+++"),
        (ref.build_ogm(97), "+++000/0000/09797+++"),
        (ref.build_qrr("21000000000313947143000901"), "210000000003139471430009017"),
        (ref.build_kid("1234567"), "12345674"),
        (ref.build_viite("1234"), "12344"),
        (ref.build_viite("123456"), "1234561"),
    ],
)
def test_reference_is_built_as_its_standard_shows(built, expected):
    assert built == expected


@given(bodies)
def test_creditor_reference_proves_itself_and_a_wrong_character_breaks_it(body):
    value = ref.build_rf(body)

    assert ref.is_rf(value)
    assert ref.is_rf(ref.print_rf(value).lower())
    for at in range(2, len(value)):
        same_kind = string.digits if value[at].isdigit() else string.ascii_uppercase
        other = same_kind[(same_kind.index(value[at]) + 1) % len(same_kind)]
        assert not ref.is_rf(value[:at] + other + value[at + 1 :])


@given(st.integers(0, 10**10 - 1))
def test_belgian_reference_proves_itself_and_its_neighbour_does_not(number):
    value = ref.build_ogm(number)

    assert ref.is_ogm(value)
    assert not ref.is_ogm(value[:-4] + f"{(int(value[-4]) + 1) % 10}+++")


@given(st.text("0123456789", min_size=1, max_size=26), st.integers(0, 26))
def test_swiss_reference_proves_itself_and_a_wrong_digit_breaks_it(body, at):
    value = ref.build_qrr(body)

    assert ref.is_qrr(value)
    assert not ref.is_qrr(value[:at] + str((int(value[at]) + 1) % 10) + value[at + 1 :])


@given(st.text("0123456789", min_size=1, max_size=24), st.sampled_from(["mod10", "mod11"]))
def test_norwegian_kid_proves_itself_and_a_wrong_digit_breaks_it(body, method):
    value = ref.build_kid(body, method=method)

    assert ref.is_kid(value, method=method)
    assert not ref.is_kid(str((int(value[0]) + 1) % 10) + value[1:], method=method)


@given(st.integers(100, 10**19 - 1))
def test_finnish_reference_proves_itself_also_with_zeros_in_front_and_as_rf(number):
    value = ref.build_viite(number)

    assert ref.is_viite(value)
    assert ref.is_viite("00" + value)
    assert ref.is_rf(ref.build_rf(value))


@pytest.mark.parametrize("body", ["", "-", "A" * 22])
def test_creditor_reference_of_wrong_length_is_refused(body):
    with pytest.raises(ValueError, match="creditor reference"):
        ref.build_rf(body)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rechnung RF18539007547034 danke", ["RF18539007547034"]),
        ("RF18 5390 0754 7034", ["RF18539007547034"]),
        ("rf18 5390 0754 7034 Miete", ["RF18539007547034"]),
        ("RF1853900 7547034", ["RF18539007547034"]),
        ("RF19539007547034", []),
        ("PERF18539007547034", []),
        ("+++123/4567/89002+++", ["123456789002"]),
        ("ref 123/4567/89002.", ["123456789002"]),
        ("123/4567/89003", []),
        ("21 00000 00003 13947 14300 09017", ["210000000003139471430009017"]),
        ("RF18539007547034 und RF18539007547034", ["RF18539007547034", "RF18539007547034"]),
        ("12344", []),
    ],
)
def test_references_are_found_in_free_text(text, found):
    assert [each.value for each in ref.find_references(text)] == found


@given(bodies, st.text("abc. ", max_size=10))
def test_printed_reference_is_found_between_words(body, words):
    value = ref.build_rf(body)

    found = ref.find_references(f"{words} {value}, {words}")

    assert value in [each.value for each in found]


@given(st.text(max_size=200))
def test_any_text_can_be_searched(text):
    for each in ref.find_references(text):
        assert 0 <= each.start < each.end <= len(text)


@pytest.mark.parametrize(
    ("account", "valid"),
    [
        ("DE89370400440532013000", True),
        ("DE88370400440532013000", False),
        ("GB33BUKB20201555555555", True),
        ("US3144400822863120802", False),
        ("", False),
        ("1234", False),
    ],
)
def test_iban_is_known_by_its_check_digits(account, valid):
    assert ref.is_iban(account) is valid
