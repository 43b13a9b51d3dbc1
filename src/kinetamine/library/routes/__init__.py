"""Ways to give the drug."""
