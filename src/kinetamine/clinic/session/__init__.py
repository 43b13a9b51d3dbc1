"""A session as a timeline of entries: nothing is overwritten, and every state is derived from what was entered."""
