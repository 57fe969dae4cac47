"""The command line: arguments into calls, results to files and terminals; nothing else is decided here.

`app` lists the commands; each has a module of its name (`archive`: export, search and report). Options that several
commands share stand in `options`; work that reads documents is done by `worker`, in a process of its own.
"""
