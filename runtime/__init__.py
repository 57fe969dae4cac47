"""What a run needs of the machine: input files, workers with limits, temporary folders, signals, failures."""
