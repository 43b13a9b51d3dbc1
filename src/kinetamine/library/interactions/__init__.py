"""What changes the kinetics of ketamine in a person."""
