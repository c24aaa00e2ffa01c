"""The plant minute by minute: shops, buffers, breakdowns, rework and shifts as discrete events."""
