"""What is given in ketamine's place or beside it: one cited file per treatment."""
