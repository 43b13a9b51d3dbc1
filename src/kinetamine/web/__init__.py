"""The simulator in a browser: one server, its interface, and its pages; needs the extra [web]."""
