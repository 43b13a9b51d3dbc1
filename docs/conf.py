"""How the documentation is built: Markdown pages, a reference from docstrings, and pages made from the library."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "src"), str(HERE / "_ext")]

import kinetamine  # noqa: E402 - from this checkout

project = "Kinetamine"
author = "the Kinetamine authors"
project_copyright = "2026, the Kinetamine authors"
release = version = kinetamine.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "pages_from_data"]
exclude_patterns = ["_build", "fits", "reference/generated/parts"]
suppress_warnings = ["myst.header"]  # a generated card starts where the page that includes it is

myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence", "deflist"]

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
napoleon_use_ivar = True

html_theme = "furo"
html_title = f"Kinetamine {version}"
html_copy_source = False
html_show_sphinx = False
html_static_path = ["_static"]
html_css_files = ["tables.css"]
