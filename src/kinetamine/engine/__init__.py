"""Time, amounts and doses; knows no paper and no patient."""
