"""What monitors send, read: bytes to readings in this software's units, and an answer in the sender's own format."""
