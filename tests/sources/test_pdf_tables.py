"""Tables of PDF documents: rows and cells, with rules and without."""

from made_pdf import pdf, set_in_lines

from briefing.sources import read_bytes


def test_rows_of_a_table_stay_rows() -> None:
    rows = [(72.0, 700.0 - 14 * n, 10.0, f"Type {n}") for n in range(6)]
    cells = [(300.0, 700.0 - 14 * n, 10.0, f"{n * 11}") for n in range(6)]
    text = read_bytes(pdf([[one for row in zip(rows, cells, strict=True) for one in row]]), "a.pdf").text
    assert text.split("\n") == [f"| Type {n} | {n * 11} |" for n in range(6)]


def test_a_table_drawn_column_by_column_is_read_by_row() -> None:
    rows = [(72.0, 700.0 - 14 * n, 10.0, word) for n, word in enumerate(["Type", "Tugs", "Barges", "Cranes"])]
    cells = [(300.0, 700.0 - 14 * n, 10.0, word) for n, word in enumerate(["Number", "4", "12", "7"])]
    intro = set_in_lines(["What the harbour office keeps at the northern basin is as follows, by its own account:"])
    text = read_bytes(pdf([[*intro, *rows, *cells]]), "a.pdf").text
    assert text.endswith("account:\n\n| Type | Number |\n| Tugs | 4 |\n| Barges | 12 |\n| Cranes | 7 |")


def test_cells_of_several_lines_are_one_cell_between_rules() -> None:
    drawing = "\n".join(f"72 {y} m 400 {y} l S" for y in (715, 696, 665, 646))
    drawn = [
        *[(74.0, 701.0, 10.0, "Type"), (300.0, 701.0, 10.0, "Number")],
        *[(74.0, 682.0, 10.0, "Tugs with a"), (300.0, 682.0, 10.0, "4"), (74.0, 670.0, 10.0, "steam engine")],
        *[(74.0, 651.0, 10.0, "Barges"), (300.0, 651.0, 10.0, "12")],
    ]
    text = read_bytes(pdf([drawn], drawing=drawing), "a.pdf").text
    assert text == "| Type | Number |\n| Tugs with a steam engine | 4 |\n| Barges | 12 |"


def test_a_table_goes_on_on_the_next_page() -> None:
    pages = [
        [
            (72.0, 100.0, 10.0, "Type"),
            (300.0, 100.0, 10.0, "Number"),
            (72.0, 86.0, 10.0, "Tugs"),
            (300.0, 86.0, 10.0, "4"),
        ],
        [
            (72.0, 780.0, 10.0, "Barges"),
            (300.0, 780.0, 10.0, "12"),
            (72.0, 766.0, 10.0, "Cranes"),
            (300.0, 766.0, 10.0, "7"),
        ],
    ]
    source = read_bytes(pdf(pages), "a.pdf")
    assert source.text == "| Type | Number |\n| Tugs | 4 |\n| Barges | 12 |\n| Cranes | 7 |"
    assert source.text[source.pages[1].start :].startswith("| Barges")


def test_cells_that_stand_close_are_parted_by_the_rules_between_them() -> None:
    rows = [("Vessel", "Owner", "Number"), ("Tugs", "Norland", "13"), ("Pilot boats", "Sudria", "4")]
    drawn = [f"{x} 640 m {x} 700 l S" for x in (56, 116, 162, 206)]
    drawn += [f"56 {y} m 206 {y} l S" for y in (640, 660, 680, 700)]
    cells = [
        (x, 686.0 - 20 * at, 11.0, cell)
        for at, row in enumerate(rows)
        for x, cell in zip((60.0, 120.0, 165.0), row, strict=True)
    ]
    text = read_bytes(pdf([cells], drawing="\n".join(drawn)), "a.pdf").text
    assert text == "\n".join(f"| {' | '.join(row)} |" for row in rows)


def test_cells_that_stand_close_are_parted_by_their_common_place() -> None:
    rows = [("Type", "Number", "Held by"), ("Harbour tugs", "137", "North"), ("Old cranes", "28", "South")]
    drawn = [
        (x, 700.0 - 16 * n, 10.0, word)
        for n, row in enumerate(rows)
        for x, word in zip((72.0, 143.0, 191.0), row, strict=True)
    ]
    text = read_bytes(pdf([drawn]), "a.pdf").text
    assert text == "| Type | Number | Held by |\n| Harbour tugs | 137 | North |\n| Old cranes | 28 | South |"


def test_heads_above_figures_that_end_at_one_place_are_cells() -> None:
    rows = [("Held by", "Tugs", "Barges"), ("North", "4", "12"), ("South", "137", "7")]
    ends = (150.0, 199.0)
    width = {"Tugs": 22.2, "Barges": 31.7}
    drawn = [
        (x, 700.0 - 16 * n, 10.0, word)
        for n, row in enumerate(rows)
        for x, word in (
            (72.0, row[0]),
            *((end - width.get(word, 5.56 * len(word)), word) for end, word in zip(ends, row[1:], strict=True)),
        )
    ]
    text = read_bytes(pdf([drawn]), "a.pdf").text
    assert text == "| Held by | Tugs | Barges |\n| North | 4 | 12 |\n| South | 137 | 7 |"
