"""Outcomes: scores over weeks beside what was expected, what they may mean, and who must act on an answer."""
