"""Where the drug goes, and its metabolites."""
