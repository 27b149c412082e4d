"""What the city measures, as reviewed text: units, calendar, registers, indicators. Data only."""
