"""Words that begin so, where the index has gathered longer beginnings only."""

import pytest

from briefing.library import Library
from briefing.library.search import beginnings

from .made import make_extraction, make_source


@pytest.mark.parametrize("most", [64, 2])
def test_two_letters_find_all_that_begins_with_them(
    library: Library, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The index gathers beginnings of three letters: those of two are the sum of these and of the word itself."""
    monkeypatch.setattr(beginnings, "_MOST", most)
    texts = (
        "qu",
        "quay quit",
        "the quay",
        "the quince",
        "the qu",
        "quoll",
        "q",
        "20",
        "205 boats",
        "2,099",
        "2",
        "q ua",
    )
    for text in texts:
        source = make_source(text, title=f"Title {text}")
        library.add(source, make_extraction(source))

    def found(query: str, *, typing: bool = False) -> set[str]:
        return {str(hit.source.title).removeprefix("Title ") for hit in library.search(query, typing=typing).hits}

    every = {"qu", "quay quit", "the quay", "the quince", "the qu", "quoll"}
    assert found("qu*") == found("title:qu*") == found("qu", typing=True) == every
    assert found('"the qu"*') == {"the quay", "the quince", "the qu"}
    assert found("qu* -quay") == every - {"quay quit", "the quay"}
    assert found("(qu* -the) OR boats") == {"qu", "quay quit", "quoll", "205 boats"}
    assert found("the qu", typing=True) == {"the quay", "the quince", "the qu"}
    assert found("20*") == {"20", "205 boats", "2,099"}
    assert found("qz*") == set()
    library.remove(next(hit.source.id for hit in library.search("quoll").hits))
    assert found("qu*") == every - {"quoll"}
    assert library.search("qu*").order == "ranked"
