"""Summaries: whole sentences with their authors, never an ending given away."""

import pytest
from hypothesis import given

from recommender.answers.summary import Summary, summarise
from recommender.text.documents import ReviewDocument
from recommender.text.sentences import sentences
from tests.recommender.samples import clubs, unhurried


def review(number: int, stars: int | None, text: str, *, quotable: bool = True) -> ReviewDocument:
    return ReviewDocument(f"r{number}", "film", f"m{number}", text, stars, quotable)


def test_loved_minded_and_who_stands_furthest_apart() -> None:
    summary = summarise(
        [
            review(1, 9, "The score is gorgeous from the first bar."),
            review(2, 8, "Such a gorgeous score, from the first bar on!"),
            review(3, 2, "The last act drags on and on for ever."),
        ]
    )
    assert summary.loved[0].agreeing in {("m1",), ("m2",)}
    assert summary.minded[0].author_id == "m3"
    assert [sentence.author_id for sentence in summary.split] == ["m1", "m3"]


def test_nothing_to_say() -> None:
    assert summarise([]) == Summary()
    assert summarise([review(1, 9, "In the end the dog dies alone.")]) == Summary()
    assert summarise([review(1, 9, "A lovely afternoon at sea.", quotable=False)]) == Summary()


@unhurried
@given(clubs)
def test_quotes_are_whole_sentences_of_quotable_reviews(reviews: list[ReviewDocument]) -> None:
    summary = summarise(reviews)
    by_id = {review.review_id: review for review in reviews}
    for sentence in (*summary.loved, *summary.minded, *summary.split):
        assert by_id[sentence.review_id].quotable
        assert sentence.text in sentences(by_id[sentence.review_id].text)
        assert sentence.author_id not in sentence.agreeing


@pytest.mark.parametrize("count", [1, 2, 20, 300, 1_000])
def test_any_number_of_reviews_is_summed_up(count: int) -> None:
    loved = ("The harbour scenes are gorgeous.", "Such gorgeous harbour scenes in this!")
    minded = "The middle of it drags on and on."
    summary = summarise(
        [
            review(n, 9 if n % 3 else 2, f"{loved[n % 2] if n % 3 else minded} Row {n}.")
            for n in range(count)
        ]
    )
    quoted = (*summary.loved, *summary.minded)
    assert 1 <= len(quoted) <= 4
    if count > 10:
        agreeing = summary.loved[0].agreeing
        assert len(agreeing) > count // 4
        assert set(agreeing) <= {f"m{n}" for n in range(count) if n % 3}


@pytest.mark.parametrize(
    ("loved", "minded"),
    [
        ("とても静かで美しい映画だった。", "退屈で長すぎる。"),
        ("非常安静而美丽的电影。", "太长了，也很无聊。"),
        ("Ein stiller, schöner Film über Trauer.", "Viel zu lang für meinen Geschmack."),
        ("Очень тихий и красивый фильм.", "Слишком длинно и скучно для меня."),
        ("فيلم جميل جدا وهادئ.", "كان مملا وطويلا جدا بالنسبة لي."),
        ("बहुत सुंदर और शांत फिल्म है।", "बहुत लंबी और उबाऊ फिल्म थी।"),
        ("หนังสวยมากและเงียบสงบ", "ยาวเกินไปและน่าเบื่อ"),
    ],
)
def test_other_languages_are_quoted_whole(loved: str, minded: str) -> None:
    summary = summarise([review(1, 9, loved), review(2, 3, minded)])
    assert [each.text for each in summary.loved] == [loved]
    assert [each.text for each in summary.minded] == [minded]


def test_unrated_reviews_speak_by_their_words_or_stay_out() -> None:
    reviews = [
        ReviewDocument("r1", "f", "ana", "The costumes are gorgeous. We sat in row nine."),
        ReviewDocument("r2", "f", "ben", "The second half is a tedious mess."),
    ]
    summary = summarise(reviews)
    assert [each.author_id for each in summary.loved] == ["ana"]
    assert summary.loved[0].text == "The costumes are gorgeous."
    assert [each.author_id for each in summary.minded] == ["ben"]
    assert summarise([ReviewDocument("r3", "f", "cy", "We sat in row nine.")]).loved != ()
