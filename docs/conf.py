"""Settings of the documentation; pages that repeat declarations are written from them first."""

import sys
from pathlib import Path

from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx

import motorworks

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from _pages import write_pages  # noqa: E402  (stands beside this file)

project = "Motorworks"
author = "The Motorworks authors"
release = version = motorworks.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3
smartquotes = False  # two dashes of an option are two dashes

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_default_options = {"members": True, "exclude-members": "model_config, model_post_init"}
napoleon_google_docstring = False
napoleon_use_rtype = False

html_theme = "furo"
html_title = f"Motorworks {release}"
html_show_sphinx = False
html_show_copyright = False
add_module_names = False
python_use_unqualified_type_names = True


def setup(app: Sphinx) -> None:
    """Write the generated pages before the sources are read."""
    app.connect("builder-inited", lambda _: write_pages(HERE / "reference" / "generated"))
    app.add_lexer("csv", TextLexer)  # Pygments knows none for it
