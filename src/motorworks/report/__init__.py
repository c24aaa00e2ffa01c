"""Numbers to tables, charts and pages; decides nothing."""
