"""Signing in: a password, a second factor, and a token that ends."""

from __future__ import annotations

from kinetamine.clinic.accounts.service import Accounts, Badge

__all__ = ["Accounts", "Badge"]
