"""Bullish and bearish points, and contradictions."""

from collections.abc import Callable

from extractors.models import Extraction

Read = Callable[..., Extraction]


def test_lists_under_their_headings(read: Read) -> None:
    text = (
        "Orrin Mining signed a lease with Cloudmere.\n\nBullish points\n- Revenue becomes steadier for years to come.\n"
        "- The tenant pays in advance.\n\nRisks\n- One customer makes up all of the income.\n\nAbout the company\nIt mines."
    )
    extraction = read(text)
    assert extraction.bull == ("Revenue becomes steadier for years to come.", "The tenant pays in advance.")
    assert extraction.bear == ("One customer makes up all of the income.",)


def test_points_in_running_text(read: Read) -> None:
    extraction = read("Bulls argue that the lease lowers the cost of debt. The main risk is the pace of construction.")
    assert (len(extraction.bull), len(extraction.bear)) == (1, 1)


def test_a_nine_figure_sum_of_billions_is_noted(read: Read) -> None:
    extraction = read(
        "Orrin Mining signed a $4.2 billion lease with Cloudmere. The nine-figure agreement runs ten years.",
        "Orrin Mining and Cloudmere",
    )
    assert extraction.notes == ("nine-figure contradicts $4.2 billion",)
