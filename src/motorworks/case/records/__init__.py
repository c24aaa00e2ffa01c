"""The nouns of the trade, one record class per input table."""
