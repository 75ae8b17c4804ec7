"""Links: what became of the addresses of the sources, looked at politely, remembered by day, told and written down."""
