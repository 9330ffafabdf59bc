"""How good the record is, by unit (S1-010): what is missing, contradicts itself, came late, or is not known."""
