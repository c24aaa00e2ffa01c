"""The page of one run."""

import json
import re
from html.parser import HTMLParser

import pytest

from motorworks.case.case import Case
from motorworks.case.info import CaseInfo
from motorworks.case.records import markets, products, programme, sites, trade
from motorworks.plan.solve import solve_plan
from motorworks.report.page import SECTIONS, render_page, sections
from motorworks.report.shell import charts_of
from motorworks.report.story import Story


class Reader(HTMLParser):
    """Collects tags, links and the ids of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.values: list[tuple[str, str, str]] = []
        self.feed(re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag and its attributes."""
        self.tags.append(tag)
        self.values += [(tag, name, value or "") for name, value in attrs]

    def all(self, tag: str, name: str) -> list[str]:
        """Values of an attribute on all tags of a kind."""
        return [value for at, key, value in self.values if (at, key) == (tag, name)]


@pytest.fixture(scope="module")
def page(story: Story) -> str:
    """The page of the demonstration story."""
    return render_page(story)


def small_case() -> Case:
    """One plant, one vehicle, one market, no focus, no facts, no pace, no coordinates."""
    info = CaseInfo(name="small", title="Small", start="2025-03", months=1, currency="EUR")
    return Case.of(info, [
        sites.Organisation(organisation="o", name="O", role="oem"),
        sites.Brand(brand="b", name="B", organisation="o"),
        sites.Country(country="DE", name="Germany", customs_area="EU"),
        sites.Plant(plant="p", name="Werk", organisation="o", country="DE"),
        products.Platform(platform="f", name="F"),
        products.Vehicle(vehicle="v", name="Käfer", brand="b", platform="f", drivetrain="ICE",
                         stock_value=9_000.0, currency="EUR"),
        markets.Currency(currency="EUR", name="Euro"),
        markets.Market(market="m", name="Markt", country="DE", currency="EUR"),
        markets.Demand(vehicle="v", market="m", month="2025-03", units=5.0),
        markets.Price(vehicle="v", market="m", start="2025-03", price=10_000.0, currency="EUR"),
        programme.Allocation(vehicle="v", plant="p", start="2025-01"),
        programme.VehicleCost(vehicle="v", plant="p", start="2025-01", material_cost=7_000.0,
                              conversion_cost=500.0, currency="EUR"),
        trade.Lane(lane="l", plant="p", market="m", mode="truck", transit_days=0.0),
    ])  # fmt: skip


def test_every_section_and_chart_stands_on_the_page_once(page: str, story: Story) -> None:
    """Ids are unique, and the navigation leads to each section."""
    reader = Reader(page)
    ids = [value for _, name, value in reader.values if name == "id"]
    assert len(ids) == len(set(ids))
    keys = [section.key for section in sections(story)]
    # nothing was published or left to choose in the case of these tests: two have nothing to tell
    assert len(keys) == len(SECTIONS) - 2
    assert [link[1:] for link in reader.all("a", "href") if link.startswith("#")][1:] == keys
    for key in charts_of(sections(story)):
        assert f"chart-{key}" in ids


def test_nothing_on_the_page_loads_from_elsewhere(page: str) -> None:
    """No tag names a file; only links of the sources lead out."""
    reader = Reader(page)
    assert not [value for _, name, value in reader.values if name in ("src", "srcset", "action")]
    assert reader.all("link", "href") == ["data:,"]
    assert "default-src 'none'" in reader.all("meta", "content")[0]
    assert "https://example.org/a" in reader.all("a", "href")


def test_names_of_a_case_never_become_markup(page: str) -> None:
    """A script in a name, a note or an address is shown as text, in tables and in charts."""
    assert "<script>alert(1)</script>" not in page
    assert not [link for link in Reader(page).all("a", "href") if link.startswith("javascript:")]
    figures = re.search(r'id="charts">(.*?)</script>', page, re.DOTALL)
    assert figures is not None
    texts = json.dumps(json.loads(figures[1]), ensure_ascii=False)
    assert "Zoë &lt;script>" in texts
    assert re.findall(r"<(?!/?(?:b|br|extra)>)", texts) == []


def test_the_page_is_the_same_each_time(page: str, story: Story) -> None:
    """Equal input gives equal bytes."""
    fresh = Story(story.case, story.result, story.base, story.ranges, story.scenarios,
                  story.manifest, story.verification)  # fmt: skip
    assert render_page(fresh) == page


def test_a_case_with_next_to_nothing_still_makes_a_page() -> None:
    """No focus, pace, coordinates, agreements, facts, ranges or check: sections say so."""
    case = small_case()
    story = Story(case, solve_plan(case))
    page = render_page(story)
    assert "Käfer" in page
    assert "not verified" in page
    assert set(charts_of(sections(story))) == {"volumes", "timeline", "flows", "landed"}


def test_own_part_of_the_page_stays_small(page: str) -> None:
    """Plotly's script makes the page heavy, not ours: the rest is below 1.2 MB."""
    script = max(re.findall(r"<script>(.*?)</script>", page, re.DOTALL), key=len)
    assert len(page.encode()) - len(script.encode()) < 1_200_000


def test_all_charts_carry_alternative_text_and_a_caption(story: Story) -> None:
    """Each picture can be read without being seen."""
    charts = [block for section in sections(story) for block in section.blocks
              if block.kind == "chart"]  # fmt: skip
    assert len(charts) == 10
    for chart in charts:
        assert chart.alt.endswith(".")
        assert chart.caption.endswith(".")
        for spec in chart.variants.values():
            assert set(spec) == {"data", "layout"}
