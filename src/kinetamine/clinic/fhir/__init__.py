"""FHIR R4 out: what is kept, as resources of version 4.0.1; one file a resource, plain functions without a database."""
