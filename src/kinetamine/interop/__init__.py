"""Other people's software: models as SBML, data as NONMEM tables, estimation problems as PEtab."""
