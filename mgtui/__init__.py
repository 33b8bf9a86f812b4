"""The application: takes mail in, decides, acts, shows."""

from mgtui.compiled import use_compiled

__version__ = "0.2.0"

use_compiled()
