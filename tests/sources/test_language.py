"""Which language a text is in, told without a network."""

# ruff: noqa: E501 - inputs that are tables or lines of their own
import pytest

from briefing.sources.language import language_of

TEXTS = {
    "en": ["Two frigates sailed on Friday.", "Eight tugs left the port, the harbour master said.", "Losses: 12x T-72, 4x BMP-2"],
    "fr": ["Deux frégates ont quitté le port vendredi matin, a annoncé le ministère.", "Le général a dit que la ligne tiendrait encore longtemps."],
    "de": ["Zwei Fregatten haben am Freitag den Hafen verlassen, sagte ein Sprecher.", "Die Werft hat drei neue Schlepper für die Küstenwache gebaut."],
    "es": ["Dos fragatas salieron del puerto el viernes, según el ministerio.", "El capitán dijo que los remolcadores volverían antes de la noche."],
    "pl": ["Dwie fregaty wypłynęły w piątek z portu, powiedział rzecznik.", "Stocznia zbudowała trzy nowe holowniki dla straży granicznej."],
    "ru": ["Два фрегата вышли из порта в пятницу, сообщило министерство.", "Верфь построила три новых буксира для береговой охраны."],
    "uk": ["Два фрегати вийшли з порту в п’ятницю, повідомило міністерство.", "Верф побудувала три нові буксири для берегової охорони."],
    "ko": ["호위함 두 척이 금요일에 항구를 떠났다고 국방부가 밝혔다.", "조선소는 새 예인선 세 척을 지었다."],
    "ja": ["護衛艦二隻が金曜日に港を出た、と防衛省が発表した。", "造船所は新しいタグボートを三隻建造した。"],
    "zh": ["国防部表示，两艘护卫舰周五离开港口。", "船厂为海岸警卫队建造了三艘新拖船。"],
    "ar": ["غادرت فرقاطتان الميناء يوم الجمعة، حسبما قالت الوزارة.", "بنى الحوض ثلاث قاطرات جديدة لخفر السواحل."],
    "tr": ["İki fırkateyn cuma günü limandan ayrıldı, bakanlık sözcüsü söyledi."],
    "it": ["Due fregate hanno lasciato il porto venerdì, ha detto il ministero della difesa."],
}  # fmt: skip


@pytest.mark.parametrize("language", TEXTS)
def test_languages(language: str) -> None:
    assert [language_of(text) for text in TEXTS[language]] == [language] * len(TEXTS[language])


def test_what_is_too_short_is_what_it_says_it_is() -> None:
    assert language_of("", "de") == "de"
    assert language_of("T-72 B-52H", "fr") == "fr"
    assert language_of("12 34") is None
    assert language_of("Deux frégates ont quitté le port vendredi matin, a annoncé le ministère.", "en") == "fr"


@pytest.mark.parametrize(
    "text",
    [
        "Ursula von der Leyen and Emmanuel Macron met in Berlin.",
        "Le Monde reported from La Paz that Los Angeles had sent help.",
        "Die Welt: more tanks needed",
        "Los Zetas, La Familia and El Chapo",
        "| Type | Number | Operator |\n| Gripen | 14 | Hungary |",
        "Gen. Valerii Zaluzhnyi, Minister Rustem Umerov, Andriy Yermak",
    ],
)
def test_names_of_other_languages_in_english(text: str) -> None:
    assert language_of(text) == "en"


def test_languages_that_look_alike() -> None:
    assert language_of("Две фрегати напуснаха пристанището в петък, съобщи министерството.") == "bg"
    assert language_of("Министар није хтео да каже колико је војника послато.") == "sr"
    assert language_of("Twee fregatten hebben vrijdag de haven verlaten, zei het ministerie.") == "nl"
    assert language_of("دو ناوچه روز جمعه بندر را ترک کردند، وزارتخانه اعلام کرد.") == "fa"
    assert language_of("O ministro não quis dizer quantos soldados foram enviados.") == "pt"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hr.Ms. Zwaluw keert terug in Vlissingen", "nl"),
        ("Stocznia Gdynia zbuduje 12 holowników", "pl"),
        ("El Valencia gana 2-0 y sigue segundo", "es"),
        ("Strike at the Kraków works enters its third day", "en"),
    ],
)
def test_headlines_of_names(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize("text", ["Six tugs left.", "A tug left Gdynia.", "Plus two barges."])
def test_words_of_english_that_others_have_too_tell_nothing(text: str) -> None:
    assert language_of(text) == "en"
