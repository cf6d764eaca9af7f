"""Who carries what, whether it can be done in time, and who could take which case instead."""
