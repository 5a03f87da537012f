"""Prepare a page's tree for extraction: delete struck-out text, keep words in unusual elements.

trafilatura, which finds the main text, drops whole elements that do not belong to it on most pages (``time``,
``label``, ``button``, ``figure``, ``footer`` …). Where they stand within running text or hold a caption or a
correction, they do.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from briefing.sources.raised import lowered, raised

_STRUCK: Final = frozenset({"del", "s", "strike"})
_STRUCK_STYLE: Final = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
_STRUCK_CLASS: Final = re.compile(
    r"(?:^|\s)(?:strike(?:through|d|-?out)?|text-strike|line-through|struck|deleted)(?:\s|$)"
)
_RAISED_STYLE: Final = re.compile(r"vertical-align\s*:\s*(?P<where>super|sub)\b", re.IGNORECASE)
_MARK: Final = re.compile(r"\s*(?:\[?\d{1,3}\]?|\(\d{1,3}\)|[a-z]|[*†‡§]{1,3})\s*")
_UNSEEN: Final = frozenset({"noscript", "template"})
_UNSEEN_STYLE: Final = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_MOST_STRUCK: Final = 0.5
"""Share of a page's text above which it is neither struck out nor hidden, but marked up wrongly, or shown later."""
_FEW_STRUCK: Final = 80
"""Words of which that is not so, where a paragraph of the page stands beside them."""
_AROUND: Final = frozenset({"nav", "header", "footer", "aside"})
_UNWRAPPED: Final = (
    "abbr", "acronym", "bdi", "bdo", "big", "cite", "data", "dfn", "font", "ins", "kbd", "mark", "meter", "nobr", "rb",
    "samp", "small", "time", "tt", "var", "wbr", "slot", "blink", "marquee",
)  # fmt: skip
_CONTROLS: Final = frozenset({"label", "button", "output", "progress", "select", "textarea", "input", "legend"})
_BLOCKS: Final = ("figcaption", "figure", "footer", "aside", "form", "fieldset", "div", "p", "span")
_RUNNING: Final = frozenset({
    "p", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "figcaption", "dd", "dt", "caption", "pre",
})  # fmt: skip
_INLINE: Final = frozenset({"a", "b", "i", "em", "strong", "span", "u", "code", "q", "label"})
_CORRECTION: Final = re.compile(
    r"\b(?:correct(?:ed|ion|s)|clarif(?:ied|ication)|editor[’']?s['’]? note|earlier version|retract(?:ed|ion)"
    r"|amended|erratum|updated? (?:to|at|on|with))\b",
    re.IGNORECASE,
)
_LONGEST_CORRECTION: Final = 800
_LONGEST_CAPTION: Final = 1500
_CAPTION: Final = re.compile(r"(?:^|[\s_-])(?:wp-)?caption(?:[\s_-]|$)|caption-text|photo-credit", re.IGNORECASE)
_MOST: Final = 20_000
"""Elements of a kind that are looked at: taking each out of its line takes time that grows with the line."""
_LONGEST_MARK: Final = 8
_MOST_CONTROLS: Final = 2000
_ENOUGH: Final = 3
"""Words beside an element that make a line running text."""


def tidy(tree: Any) -> None:
    """Delete struck-out text, write out notes' marks and quotation marks. Changes ``tree``."""
    for unwanted in (_is_struck, is_unseen):
        _drop(tree, [element for element in _elements(tree) if unwanted(element)])
    for element in [one for one in islice(_elements(tree, "span", "a"), _MOST) if _is_note(one)]:
        found = _RAISED_STYLE.search(element.get("style") or "")
        element.tag = found["where"].lower().replace("super", "sup") if found else "sup"
    for element in list(islice(_elements(tree, "sup", "sub"), _MOST)):
        if element.getparent() is None:
            continue
        write = raised if element.tag == "sup" else lowered
        said = "".join(element.itertext())
        _replace(element, write(said, _before(element)))
    for element in list(islice(_elements(tree, "time"), _MOST_CONTROLS)):
        marks = f"{element.get('class')} {element.get('itemprop')} {element.attrib.keys()}".lower()
        if "pub" not in marks and within_text(element):  # a day that the text speaks of, not that of the page
            _unwrap(element)
    for element in list(islice(_elements(tree, "q"), _MOST_CONTROLS)):
        depth = sum(1 for parent in element.iterancestors("q"))
        first, last = ("‘", "’") if depth % 2 else ("“", "”")
        element.text = first + (element.text or "").lstrip()
        _append(element, last)


def _drop(tree: Any, elements: list[Any]) -> None:
    """Take elements out, unless they hold so much of the text that their marks cannot mean what they say."""
    if not elements:
        return
    whole = set(elements)
    outer = [one for one in elements if not any(parent in whole for parent in one.iterancestors())]
    words = sum(len("".join(element.itertext()).split()) for element in outer)
    mean_it = words <= _MOST_STRUCK * len("".join(tree.itertext()).split())
    if not mean_it and words < _FEW_STRUCK:
        mean_it = any(_is_text(element, whole) for element in islice(_elements(tree, *_RUNNING), _MOST))
    if mean_it:
        _take_out(outer)


def _take_out(elements: list[Any]) -> None:
    """Take elements out; what stands between them is joined once, however many they are."""
    gone = set(elements)
    for parent in {id(parent): parent for one in elements if (parent := one.getparent()) is not None}.values():
        before, said = None, [parent.text or ""]
        for child in list(parent):
            if child in gone:
                said.append(child.tail or "")
                parent.remove(child)
                continue
            _say(parent, before, "".join(said))
            before, said = child, [child.tail or ""]
        _say(parent, before, "".join(said))


def _say(parent: Any, before: Any, text: str) -> None:
    """The words behind a child of an element, or before its first one where there is none."""
    if before is None:
        parent.text = text
    else:
        before.tail = text


def _is_text(element: Any, left_out: set[Any]) -> bool:
    """Whether it is a paragraph of the page, with words that are not left out."""
    if element in left_out or any(one in left_out or one.tag in _AROUND for one in element.iterancestors()):
        return False
    words = len("".join(element.itertext()).split())
    gone = sum(len("".join(inner.itertext()).split()) for inner in element.iter() if inner in left_out)
    return words - gone >= _ENOUGH


def keep_words(tree: Any) -> None:
    """Turn elements within running text into their text, captions and corrections into paragraphs."""
    for element in list(islice(_elements(tree, *_CONTROLS), _MOST_CONTROLS)):
        if element.getparent() is None:
            continue
        if within_text(element):
            _replace(element, _shown(element))
    for element in list(islice(_elements(tree, *_UNWRAPPED), _MOST)):
        _unwrap(element)
    for element in list(islice(_elements(tree, "rt", "rp", "rtc"), _MOST)):
        said = "".join(element.itertext()).strip()
        _replace(element, f"({said})" if element.tag == "rt" and said else "")
    for element in list(islice(_elements(tree, *_BLOCKS), _MOST)):
        _keep_block(element)


_QUOTING: Final = re.compile(
    r"(?:^|\s)(?:gmail_quote(?:_container)?|gmail_extra|moz-cite-prefix|yahoo_quoted|protonmail_quote|zmail_extra|cite)(?:\s|$)"
)
_HISTORY: Final = frozenset({"divRplyFwdMsg", "appendonsend", "OLK_SRC_BODY_SECTION", "reply-intro"})
_OPEN: Final = "\ufdd0"
_SHUT: Final = "\ufdd1"
"""No characters: they stand around quotations until the page has become text."""
_ADVERTISEMENT: Final = re.compile(
    r"doubleclick|googlesyndication|googletagmanager|adservice|adsystem|taboola|outbrain|disqus|facebook\.com/plugins"
    r"|/ads?[/?.]|recaptcha|newsletter|about:blank|^$",
    re.IGNORECASE,
)
_HOST: Final = re.compile(r"(?:https?:)?//(?:www\.)?([^/?#:]+)")
_HOSTS_NAMED: Final = 3
_FORWARDED: Final = re.compile(r"forwarded message|begin forwarded", re.IGNORECASE)


def fence_quotations(tree: Any) -> None:
    """Mark what mail programs mark as earlier mail, for :func:`unfenced`. Changes ``tree``."""
    for element in list(islice(_elements(tree, "blockquote", "div"), _MOST)):
        quoting = element.tag == "blockquote" and element.get("type") == "cite"
        if not quoting and not _QUOTING.search(element.get("class") or ""):
            continue
        if any(parent.get("data-fenced") for parent in element.iterancestors()):
            continue
        if _FORWARDED.search("".join(element.itertext())[:300]):
            continue
        element.set("data-fenced", "1")
        element.text = f"{_OPEN}\n{element.text or ''}"
        _append(element, f"\n{_SHUT}")


def unfenced(text: str) -> str:
    """The lines between the marks behind ``> ``."""
    out: list[str] = []
    depth = 0
    for line in text.split("\n"):
        opened, shut = line.count(_OPEN), line.count(_SHUT)
        said = line.replace(_OPEN, "").replace(_SHUT, "").strip() if opened or shut else line
        depth += opened
        if said or not (opened or shut):
            out.append(f"> {said}" if depth and said else said)
        depth = max(0, depth - shut)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out)).strip("\n")


def embedded(tree: Any) -> tuple[str, ...]:
    """Sentences on content within the article that comes from elsewhere, one for each kind.

    Charts, tables, documents and recordings in frames are content; frames outside the article are advertisements.
    """
    hosts: dict[str, None] = {}
    number = 0
    for element in islice(_elements(tree, "iframe", "embed", "object", "video", "audio"), _MOST_CONTROLS):
        address = element.get("src") or element.get("data") or element.get("data-src") or ""
        within = any(parent.tag in {"article", "main", "figure"} for parent in element.iterancestors())
        if not within or is_unseen(element) or _ADVERTISEMENT.search(address):
            continue
        number += 1
        if found := _HOST.match(address):
            hosts.setdefault(found[1])
    if not number:
        return ()
    where = f" (from {', '.join(list(hosts)[:_HOSTS_NAMED])})" if hosts else ""
    what = "1 embedded part of the page is" if number == 1 else f"{number} embedded parts of the page are"
    return (f"{what} not read{where}.",)


def is_unseen(element: Any) -> bool:
    """Whether a browser shows nothing of it: hidden, or only for those without scripts."""
    hidden = element.get("hidden")
    return (
        element.tag in _UNSEEN
        or (hidden is not None and hidden.lower() != "until-found")
        or bool(_UNSEEN_STYLE.search(element.get("style") or ""))
    )


def _elements(tree: Any, *tags: str) -> Iterator[Any]:
    return (element for element in tree.iter(*tags) if isinstance(element.tag, str))


def _is_struck(element: Any) -> bool:
    if element.tag in _STRUCK or _STRUCK_STYLE.search(element.get("style") or ""):
        return True
    return element.tag in _INLINE and bool(_STRUCK_CLASS.search(element.get("class") or ""))


def _is_note(element: Any) -> bool:
    """Whether it is a note's mark that only its style raises, or a link to a note right behind a word."""
    said = "".join(element.itertext())
    if len(said) > _LONGEST_MARK or not _MARK.fullmatch(said):
        return False
    if element.tag == "span":
        return bool(_RAISED_STYLE.search(element.get("style") or ""))
    inside = element.getparent() is not None and element.getparent().tag in {"sup", "sub"}
    return not inside and (element.get("href") or "").startswith("#") and bool(_before(element)[-1:].strip())


def _keep_block(element: Any) -> None:
    """A caption, a correction, or a form around the whole text as an ordinary block."""
    tag = element.tag
    if tag == "figcaption" or (tag in {"div", "p", "span"} and _CAPTION.search(element.get("class") or "")):
        if len("".join(element.itertext())) <= _LONGEST_CAPTION and not element.findall(".//p"):
            _rename(element, "p")
        elif tag == "div" or tag == "figcaption":
            _rename(element, "div")
    elif tag == "figure":
        if any("".join(inner.itertext()).strip() for inner in element.iter("figcaption", "p", "blockquote", "table")):
            _rename(element, "div")
    elif tag in {"footer", "aside"}:
        said = " ".join("".join(element.itertext()).split())
        signed = tag == "footer" and element.getparent() is not None and element.getparent().tag == "blockquote"
        if signed or (len(said) <= _LONGEST_CORRECTION and _CORRECTION.search(said) and _is_sentence(said)):
            _rename(element, "div" if element.findall(".//p") else "p")
    elif tag in {"form", "fieldset"} and len(element.findall(".//p")) >= 2:
        _rename(element, "div")


def _is_sentence(said: str) -> bool:
    return len(said.split()) >= _ENOUGH and said.rstrip("”\"')")[-1:] in {".", "!", "?", ":"}


def _rename(element: Any, tag: str) -> None:
    """Under a plain name, and without the classes by which such blocks are dropped."""
    element.tag = tag
    for name in ("class", "id", "role", "data-component"):
        element.attrib.pop(name, None)


def within_text(element: Any) -> bool:
    """Whether words stand beside the element in the same line."""
    parent = element.getparent()
    while parent is not None and parent.tag in _INLINE and not _words_of(parent, element):
        parent, element = parent.getparent(), parent
    if parent is None:
        return False
    return _words_of(parent, element) >= (1 if parent.tag in _RUNNING else _ENOUGH)


def _words_of(parent: Any, element: Any) -> int:
    """The words that stand directly in ``parent``, with those of plain inline elements in it but ``element``."""
    said = [parent.text or ""]
    for child in parent:
        said.append(child.tail or "")
        if child is not element and child.tag in _INLINE and child.tag not in {"a", "label"}:
            said.append(child.text or "")
    return sum(1 for word in " ".join(said).split() if any(map(str.isalnum, word)))


def _shown(element: Any) -> str:
    """What a browser shows of a control: of a list the chosen entry, of a field what is filled in."""
    if element.tag == "input":
        kind = (element.get("type") or "text").lower()
        return element.get("value") or "" if kind in {"text", "number", "date", "email", "tel", "url", "time"} else ""
    if element.tag == "select":
        options = element.findall(".//option")
        chosen = next((option for option in options if "selected" in option.attrib), options[0] if options else None)
        return "" if chosen is None else " ".join("".join(chosen.itertext()).split())
    return "".join(element.itertext())


def _before(element: Any) -> str:
    """The characters of the same block before it."""
    previous = element.getprevious()
    if previous is not None:
        said = previous.tail or ("".join(previous.itertext()) if isinstance(previous.tag, str) else "")
        return str(said)[-8:]
    parent = element.getparent()
    if parent is None:
        return ""
    if parent.text:
        return str(parent.text)[-8:]
    return _before(parent) if parent.tag in _INLINE else ""


def _append(element: Any, text: str) -> None:
    """At the end of what the element holds."""
    if len(element):
        element[-1].tail = (element[-1].tail or "").rstrip() + text
    else:
        element.text = (element.text or "").rstrip() + text


def _replace(element: Any, text: str) -> None:
    """Put ``text`` where the element stands; what follows it stays."""
    parent = element.getparent()
    if parent is None:
        return
    text += element.tail or ""
    previous = element.getprevious()
    if previous is not None:
        previous.tail = (previous.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
    parent.remove(element)


def _unwrap(element: Any) -> None:
    """Put what the element holds in its place."""
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    previous = element.getprevious()
    text = element.text or ""
    if previous is not None:
        previous.tail = (previous.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
    children = list(element)
    tail = element.tail or ""
    parent.remove(element)
    for number, child in enumerate(children):
        parent.insert(place + number, child)
    if not tail:
        return
    if children:
        children[-1].tail = (children[-1].tail or "") + tail
    elif previous is not None:
        previous.tail = (previous.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
