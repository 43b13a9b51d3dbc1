"""The only way to data: ``records_for(database, member)``, and what that person's roles let them do with it.

Every query is made for one clinic, every call is one transaction, and every call leaves a row on the audit, the
refused ones too.
"""

from __future__ import annotations

from kinetamine.clinic.access.member import Member, Proof
from kinetamine.clinic.access.policy import Action, Scope
from kinetamine.clinic.access.store import Records, records_for

__all__ = ["Action", "Member", "Proof", "Records", "Scope", "records_for"]
