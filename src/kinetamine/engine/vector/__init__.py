"""Thousands of people at once: model equations traced, differentiated and compiled for the machine's vector unit."""
