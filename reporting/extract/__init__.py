"""The extract of single records for the annual data requirement and for national analysts: nobody's name, no address."""
