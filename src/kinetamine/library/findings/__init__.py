"""Published results that rival hypotheses must agree with, each as a contrast that can be simulated."""
