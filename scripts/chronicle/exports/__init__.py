"""What a chronology gives beside its pages: data, tables, feeds, calendars, plain texts and pictures to share."""
