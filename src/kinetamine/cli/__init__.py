"""The command line: ``main.py`` wires it, ``commands`` holds one file per command."""
