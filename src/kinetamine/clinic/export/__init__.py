"""A whole record in the forms in which it is taken away: tables, a document to read, and the proof of its audit."""
