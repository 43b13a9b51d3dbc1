"""Alarms on vital signs: limits as data and a pure state machine; needs nothing else of the clinic.

A secondary display: it does not replace a monitor that is cleared to alarm.
"""
