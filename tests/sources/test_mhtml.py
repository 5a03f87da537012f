"""Saved web pages."""

import pytest

from briefing.model.source import Unreadable
from briefing.sources import read_bytes

SAVED = b"""\
From: <Saved by Blink>
Snapshot-Content-Location: https://news.example/tugs
Subject: Tugs
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="b"

--b
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable
Content-Location: https://news.example/tugs

<!DOCTYPE html><html lang=3D"en"><head><meta charset=3D"utf-8"><title>Two t=
ugs left</title></head><body><article><h1>Two tugs left</h1><p>The harbour master =
said on Friday that two tugs had left=E2=80=94nobody knew why, and nobody had asked.</p></article></body></html>
--b
Content-Type: image/png
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--b--
"""


@pytest.mark.parametrize("name", ["a.mhtml", "a.mht", "-"])
def test_the_page_is_read(name: str) -> None:
    source = read_bytes(SAVED, name)
    assert (source.format, source.title, source.language) == ("mhtml", "Two tugs left", "en")
    assert "two tugs had left—nobody knew why" in source.text


def test_no_page() -> None:
    with pytest.raises(Unreadable, match="no page is in it"):
        read_bytes(b"Subject: x\n\nwords\n", "a.mhtml")
