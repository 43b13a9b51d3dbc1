"""Kinetamine simulates ketamine therapy from milligrams to mood."""

__version__ = "0.1.0"
