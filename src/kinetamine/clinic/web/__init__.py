"""The clinic in the browser: one file for each page; what they do is done by ``clinic.care`` and ``clinic.access``."""
