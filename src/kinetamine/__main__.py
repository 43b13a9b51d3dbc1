"""``python -m kinetamine``: the program, where its script is not on the path."""

from kinetamine.cli.main import run

if __name__ == "__main__":
    run()
