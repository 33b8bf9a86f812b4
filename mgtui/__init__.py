"""The application: takes mail in, decides, acts, shows."""

__version__ = "0.2.0"
