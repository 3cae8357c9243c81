"""How an assessment moves: definitions, the guards they name, and the one machine that decides."""
