"""Numbers: in which texts of the world a figure appears, whatever the digits, words and scales it is written with."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chronicle.upkeep.verify.numerals import numbers_in, stands_in_words
from chronicle.upkeep.verify.scales import scales_of


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("en", "nearly 11,000 vehicles", 11000),
        ("en", "nearly 11 000 vehicles", 11000),
        ("en", "nearly 11\u00a0000 vehicles", 11000),
        ("en", "nearly 11\u202f000 vehicles", 11000),
        ("en", "a 10,000-strong crowd", 10000),
        ("en", "11K cars", 11000),
        ("en", "between 11 and 12 thousand", 11000),
        ("en", "11–12 thousand", 11000),
        ("en", "some 1.5 million people", 1500000),
        ("en", "1,00,000 rupees", 100000),
        ("en", "It rose to 1,234,567.", 1234567),
        ("en", "for 80% of them", 80),
        ("en", "cars – 600 of them", 600),
        ("en", "(412)", 412),
        ("en", "full-width １２００", 1200),
        ("en-GB", "two million, or 2 million", 2000000),
        ("de", "rund 11.000 Fahrzeuge", 11000),
        ("de", "11 Tsd. Fahrzeuge und 1,5 Millionen Euro", 11000),
        ("de-CH", "11’000 Fahrzeuge", 11000),
        ("fr", "quelque 11 000 véhicules", 11000),
        ("fr", "environ 12 mille véhicules", 12000),
        ("fr", "3,2 milliards d’euros", 3200000000),
        ("it", "11 mila veicoli", 11000),
        ("hu", "11 ezer jármű", 11000),
        ("id", "11 ribu kendaraan", 11000),
        ("pt", "11 mil veículos", 11000),
        ("uk", "близько 11 тис. автомобілів", 11000),
        ("ru", "около 11 тыс. автомобилей", 11000),
        ("ru", "около 11\u00a0тыс автомобилей", 11000),
        ("ru", "11 тысяч автомобилей", 11000),
        ("ru", "более 3 тысяч", 3000),
        ("ru", "1,1 тыс. погибших", 1100),
        ("ru", "11-12 тыс. человек", 11000),
        ("ru", "от 11 до 12 тысяч человек", 11000),
        ("ru", "11-тысячный контингент", 11000),
        ("ru", "2,5 млн рублей", 2500000),
        ("ko", "하루 1만1천여대", 11000),
        ("ko", "1만1000명", 11000),
        ("ko", "1만 1천 명", 11000),
        ("ko", "1만 천 명", 11000),
        ("ko", "1만여 명", 10000),
        ("ko", "1만~1만2천명", 12000),
        ("ko", "1∼2만 명", 10000),
        ("ko", "3천700여명", 3700),
        ("ko", "5백 명", 500),
        ("ko", "3천5백만 원", 35000000),
        ("ko", "1억2천만 원", 120000000),
        ("ko", "1만5,000여 명", 15000),
        ("ko", "3조 2천억 5백만 원", 3200005000000),
        ("es", "3 mil 500 millones de pesos", 3500000000),
        ("ko", "약 600명", 600),
        ("ja", "1万1000台", 11000),
        ("zh-Hant", "1萬1千輛", 11000),
        ("xx", "11,000", 11000),
    ],
)
def test_a_number_is_found_in_digits(language: str, text: str, number: int) -> None:
    assert number in numbers_in(text, language)


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("en", "nearly 11,000 vehicles", 11),
        ("en", "nearly 111,000 vehicles", 11000),
        ("en", "nearly 11,0000 vehicles", 11000),
        ("en", "it rose by 80.5%", 80),
        ("en", "in 2024 500 cars", 24500),
        ("en", "the B-52 and route A12", 52),
        ("en", "the B-52 and route A12", 12),
        ("en", "11 thousand", 12000),
        ("ko", "1만 대", 1000),
        ("ko", "1만1천 대", 10001),
        ("ru", "11 тыс. автомобилей", 1100),
        ("xx", "11 thousand", 11000),
        ("en", "no number here", 1),
        ("en", "9" * 60, 9),
    ],
)
def test_a_number_is_not_found_where_it_is_not(language: str, text: str, number: int) -> None:
    assert number not in numbers_in(text, language)


@pytest.mark.parametrize(
    ("language", "text", "numbers"),
    [
        ("en", "3 million 5 million", {3, 5, 3000000, 5000000}),
        ("en", "1 million 1 billion", {1, 10**6, 10**9}),
        ("en", "3 million 2 thousand 5 million", {2, 3, 5, 3000000, 3002000, 5000000}),
        ("en", "2000 thousand", {2000, 2000000}),
        ("ko", "3만 5만", {3, 5, 30000, 50000}),
        ("ko", "3억 5만 2억", {2, 3, 5, 3 * 10**8, 300050000, 2 * 10**8}),
        ("ko", "5백3천", {3, 5, 500, 3000}),
    ],
)
def test_numbers_one_after_the_other_are_not_added(language: str, text: str, numbers: set[int]) -> None:
    assert numbers_in(text, language) == numbers


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "1 million "),
        ("en", "1 million 1 billion 1 thousand "),
        ("ko", "1만 "),
        ("ko", "1억2천만 "),
        ("ko", "2만 3억 1 million "),
    ],
)
def test_a_long_text_of_numbers_takes_no_longer_than_it_is(language: str, text: str) -> None:
    began = time.process_time()
    assert len(numbers_in(text * 20000, language)) < 10
    assert time.process_time() - began < 30


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("en", "Twelve cars were lost.", 12),
        ("en", "twenty-one cars", 21),
        ("en", "Some eleven thousand cars", 11000),
        ("en", "a hundred cars", 100),
        ("en", "four hundred twelve", 412),
        ("fr", "deux mille voitures", 2000),
        ("fr", "vingt et une, vingt et un", 21),
        ("de", "zwölf Autos", 12),
        ("de", "elftausend Autos", 11000),
        ("ru", "погибли двое, двух нашли", 2),
        ("ru", "двенадцать машин", 12),
        ("ru", "с двумя машинами", 2),
        ("ru", "одиннадцати тысяч машин", 11000),
        ("uk", "дванадцять машин", 12),
        ("ko", "두 명이 다쳤다", 2),
        ("ko", "자동차 열두 대", 12),
        ("ko", "스무 명", 20),
        ("it", "undicimila veicoli", 11000),
        ("ja", "十二台", 12),
        ("en", "between eleven and thirteen thousand cars", 11000),
        ("fr", "entre onze et treize mille voitures", 11000),
        ("fr", "entre onze et treize mille voitures", 13000),
        ("ru", "от одиннадцати до тринадцати тысяч машин", 11000),
    ],
)
def test_a_number_is_found_in_words(language: str, text: str, number: int) -> None:
    assert stands_in_words(number, text, language)


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("en", "often and money", 10),
        ("en", "twenty-one cars", 2),
        ("ko", "이 명단은 이렇다", 2),
        ("ja", "二次の", 2),
        ("xx", "twelve", 12),
        ("en", "minus", -1),
        ("en", "zero", 0),
        ("en", "twelve", 10**12),
    ],
)
def test_a_number_is_not_found_in_other_words(language: str, text: str, number: int) -> None:
    assert not stands_in_words(number, text, language)


def test_what_the_cldr_does_not_know_is_known_beside_it() -> None:
    assert scales_of("ko").keys() >= set("십백천만억")
    assert scales_of("de")["tsd."] == 1000
    assert scales_of("zz") == scales_of("not a language") == {}


STEADY = settings(deadline=None, derandomize=True, database=None)
NUMBERS = st.integers(1, 999_999_999)


@STEADY
@given(
    NUMBERS,
    st.sampled_from([",", ".", " ", "\u00a0", "\u202f", "'", "’", ""]),
    st.sampled_from(["en", "ko", "ru", "fr", "xx"]),
)
def test_digits_in_any_grouping(number: int, sign: str, language: str) -> None:
    written = f"{number:,}".replace(",", sign)
    assert number in numbers_in(f"about {written} of them", language)
    assert number in numbers_in(f"({written})", language)


@STEADY
@given(st.integers(1, 9999), st.integers(1, 9999))
def test_ten_thousands_and_what_is_added(many: int, more: int) -> None:
    for written in (f"{many}만{more}명", f"{many:,}만 {more}명", f"약 {many}만{more:,}여 명"):
        assert many * 10000 + more in numbers_in(written, "ko")


@STEADY
@given(st.text(), st.sampled_from(["en", "ko", "ru", "zh", "xx"]))
def test_no_text_whatever_is_too_much(text: str, language: str) -> None:
    numbers_in(text, language)
    stands_in_words(12, text, language)


@STEADY
@given(st.text("0123456789 .,'-만천 тыс thousand", max_size=200))
def test_no_digits_whatever_are_too_much(text: str) -> None:
    for language in ("en", "ko", "ru"):
        numbers_in(text, language)
