"""The clinic's side: who is treated, what is given, what was seen, and a record that can be trusted.

Needs the extra [clinic].
"""
