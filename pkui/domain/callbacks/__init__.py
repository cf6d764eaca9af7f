"""Planning of callbacks: which adviser rings which patient, on which day and at what minute.

Everything here is a pure value or function: no database, no clock, no process. Times are local wall time on a grid
of five minutes; the calendar of a day is one whole number whose bits are its slots.
"""
