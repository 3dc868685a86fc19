import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.matching.text import RAREST, corpus, gram_weights, grams

words = st.text(alphabet="数控车床工 abs3，。!", max_size=30)


def test_han_is_cut_into_characters_and_words_into_singulars_with_pairs_of_neighbours() -> None:
    assert grams("数控 Lathes, bodies") == [
        "数", "控", "lathe", "body",
        "数 控", "控 lathe", "lathe body",
    ]  # fmt: skip


def test_full_width_letters_and_capitals_do_not_count() -> None:
    assert grams("ＣＮＣ Ｌａｔｈｅ") == grams("cnc lathe")


def test_a_short_word_or_one_that_ends_in_ss_keeps_its_s() -> None:
    assert grams("gas process")[:2] == ["gas", "process"]


@pytest.mark.parametrize("text", ["", "，。！", "   ", "+-*/"])
def test_text_without_letters_is_like_nothing(text: str) -> None:
    assert corpus(["数控车床", text]).cosine([text]).tolist() == [[0, 0]]


def test_a_rare_gram_weighs_more_than_a_common_one() -> None:
    weights = gram_weights()
    assert weights["the"] < weights["semiconductor"] < RAREST
    assert weights["的"] < weights.get("焊", RAREST)


def test_nearer_texts_have_higher_cosines() -> None:
    documents = corpus(["数控车床操作工", "铣床操作工", "红烧肉的做法"])
    [cosine] = documents.cosine(["数控车床操作"])
    assert cosine[0] > cosine[1] > cosine[2]


def test_the_cosine_of_two_texts_does_not_depend_on_the_others() -> None:
    alone = corpus(["welding of steel plates"]).cosine(["steel welding"])
    among = corpus(["a robot", "welding of steel plates", "steel"]).cosine(["steel welding"])
    assert alone[0, 0] == pytest.approx(among[0, 1])


def test_an_english_document_is_compared_with_the_words_of_a_text_in_both_languages() -> None:
    english = corpus(["exhaust gas treatment device"])
    glossed = english.cosine(["从源头治理粉尘和废气（exhaust gas treatment）"])
    assert glossed[0, 0] == pytest.approx(english.cosine(["exhaust gas treatment"])[0, 0])


@given(st.lists(words, min_size=1, max_size=5), st.lists(words, min_size=1, max_size=3))
def test_cosines_lie_between_0_and_1(documents: list[str], texts: list[str]) -> None:
    cosine = corpus(documents).cosine(texts)
    assert cosine.shape == (len(texts), len(documents))
    assert np.all((cosine >= 0) & (cosine <= 1 + 1e-9))


one_script = st.one_of(
    st.text(alphabet="数控车床工，。", min_size=1), st.text(alphabet="abs 3,", min_size=1)
)


@given(one_script.filter(grams))
def test_a_text_is_like_itself(text: str) -> None:
    assert corpus([text]).cosine([text])[0, 0] == pytest.approx(1)
