"""Processes and what they may cost: limits, private temporary folders, workers that are held, signals.

`limits` says what the machine gives and makes a process a limited worker; `run_folder` is the one place for temporary
files of a run; `held` does work in a worker and ends all of it whatever happens; `bound` starts programs that end with
us; `signals` makes every signal that asks us to stop an exception.
"""
