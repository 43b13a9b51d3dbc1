"""Eligibility: rules as data, looked at one by one; a list to decide on, never a green light."""
