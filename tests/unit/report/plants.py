"""A small plant to be drawn."""

from motorworks.report.simulate_layout import Place, Way

PLACES = (
    Place("cars", "source", "", None), Place("weld", "station", "body", 2),
    Place("store", "buffer", "paint", 8), Place("coat", "segment", "paint", 5),
    Place("polish", "station", "paint", 1), Place("repaint", "station", "paint", 1),
    Place("<b>&pack", "station", "battery", 1), Place("out", "exit", "", None),
)  # fmt: skip

WAYS = (
    Way("cars", "weld", "pass"), Way("weld", "store", "pass"), Way("store", "coat", "pass"),
    Way("coat", "polish", "pass"), Way("polish", "repaint", "rework"),
    Way("repaint", "coat", "rework"), Way("<b>&pack", "polish", "join"),
    Way("polish", "out", "pass"),
)  # fmt: skip
