"""The audit: rows that are chained, heads that are signed outside the database, and a verifier for both."""
