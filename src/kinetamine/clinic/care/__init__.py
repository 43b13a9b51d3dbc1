"""What a clinic does, step by step: the plain functions of ``clinic`` over what is kept; one file a step."""
