"""Named protocols with their source."""
