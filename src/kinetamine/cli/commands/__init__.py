"""One file per command; heavy imports happen inside the command, so that help opens at once."""
