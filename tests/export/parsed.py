"""Texts that try to take effect, and Markdown as parsers understand it."""

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

HOSTILE = [
    "[click](javascript:alert(1))",
    "![x](http://example.org/x.png)",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "&lt;b&gt; &amp; AT&T &#x5b;",
    "# not a heading #",
    "- no list",
    "+ no list",
    "1. no list",
    "12345) no list",
    "> no quote",
    "=== ---",
    "| a | b |",
    "a\\|b \\\\| c\\",
    "`code` ``` and ~~~",
    "*a* _b_ **c** __d__ ~~e~~ ^f^ $g$ ==h==",
    "[^1] and ![^2]",
    "https://example.org www.example.org someone@example.org //example.org example.org",
    "{#id .class} [ref]: http://example.org",
    "line\nbreak\r\n\r\n# heading\n\n---",
    "\x1b]52;c;aGk=\x07 \u202eevil",
    "trailing!",
    "    indented",
    "%%% title",
    ": definition",
    "é.рф 💩.la",
]


def gfm() -> MarkdownIt:
    """CommonMark with GitHub's tables, strike-through and automatic links, and footnotes."""
    return (
        MarkdownIt("commonmark", {"linkify": True}).enable(["table", "strikethrough", "linkify"]).use(footnote_plugin)
    )


def shown(tokens: list[Token]) -> str:
    """The text a reader sees, with a mark for anything that is not text."""
    parts = []
    for token in tokens:
        if token.type == "inline":
            parts.append(shown(token.children or []))
        elif token.type in {"text", "text_special"}:
            parts.append(token.content)
        elif token.type == "softbreak":
            parts.append("\n")
    return "".join(parts)


def kinds(tokens: list[Token]) -> set[str]:
    """What the parser made of it, at any depth."""
    return {kind for token in tokens for kind in ({token.type} | kinds(token.children or []))}
