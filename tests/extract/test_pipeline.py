import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from briefing.extract import components
from briefing.extract.nlp.batch import annotate
from briefing.extract.nlp.fingerprint import fingerprint, hashed
from briefing.extract.nlp.token_columns import view_of
from briefing.extract.pipeline import PIECE, TOGETHER, ModelMissing, _batches, _pieces, extract, load
from briefing.model.safetext import SafeText
from briefing.model.source import Source


def source(text: str, name: str = "a") -> Source:
    return Source(id=name, path=SafeText(name), title=SafeText(name), text=SafeText(text))


@settings(max_examples=50)
@given(st.text(st.sampled_from("ab \n"), max_size=60), st.integers(1, 30))
def test_pieces_join_to_the_text(text: str, times: int) -> None:
    text *= times * 80
    pieces = list(_pieces(text))
    assert "".join(piece for piece, _ in pieces) == text
    assert all(len(piece) <= PIECE for piece, _ in pieces)
    assert [last for _, last in pieces] == [False] * (len(pieces) - 1) + [True]


def test_a_long_document_keeps_its_offsets(nlp: Language) -> None:
    text = "Two jets landed in Guam.\n\nA spokesman said nothing.\n" * 700
    (found,) = extract(nlp, [source(text)], "f")
    assert len(found.sentences) == 1400
    assert {text[a:b] for a, b in found.sentences} == {"Two jets landed in Guam.", "A spokesman said nothing."}


def test_a_line_break_ends_a_sentence(nlp: Language) -> None:
    doc = nlp("Bombers arrive at base\n\nThe jets landed today")
    assert [doc.text[a:b] for a, b in view_of(doc).sentence_spans()] == [
        "Bombers arrive at base",
        "The jets landed today",
    ]


def test_a_missing_model_says_how_to_install_it() -> None:
    with pytest.raises(ModelMissing, match="pip install no-such-model"):
        load("no_such_model")


def test_empty_and_blank_texts_are_extracted_to_nothing(nlp: Language) -> None:
    for found in extract(nlp, [source(""), source(" \n\n "), source("\ufffd")], "f"):
        assert not found.mentions
        assert not found.counts


def test_the_fingerprint_follows_the_users_lexicons(tmp_path) -> None:
    before = fingerprint(lexicons=tmp_path)
    hashed.cache_clear()
    (tmp_path / "aircraft.toml").write_text("# mine\n")
    assert fingerprint(lexicons=tmp_path) != before


def test_the_base_model_says_what_it_says_by_itself(nlp: Language) -> None:
    texts = [
        "Two B-52H bombers flew from Guam to Japan on Friday.\n\n“We are ready,” General Anna Berg told the BBC.",
        "",
        "Poland\nsent 40 tanks. " * 30,
        "No.",
    ]
    with nlp.select_pipes(disable=components.ORDER):
        plain = list(nlp.pipe(texts))
    attributes = ["TAG", "DEP", "HEAD", "SENT_START", "ENT_IOB", "ENT_TYPE"]
    for ours, theirs in zip(annotate(nlp, texts, components.ORDER), plain, strict=True):
        assert ours.text == theirs.text
        assert ours.to_array(attributes).tolist() == theirs.to_array(attributes).tolist()


def test_batches_are_bounded_by_number_and_by_length() -> None:
    short = [("a", None)] * 5
    assert [len(batch) for batch in _batches(short, 2)] == [2, 2, 1]
    long = [("a" * (TOGETHER // 2), None)] * 3 + [("a" * 2 * TOGETHER, None)]
    assert [len(batch) for batch in _batches(long, 32)] == [2, 1, 1]


def test_the_words_of_a_batch_are_forgotten(nlp: Language) -> None:
    list(extract(nlp, [source("Two jets.")], "f"))
    before = len(nlp.vocab.strings)
    list(extract(nlp, [source("Zxqvbn wqrtpl mnbvcx.")], "f"))
    assert len(nlp.vocab.strings) == before
