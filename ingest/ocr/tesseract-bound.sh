#!/bin/sh
# Tesseract as the program starts it: on one thread (on few cores its own threads make it several times slower), and
# killed by the system when the thread that started it is gone, where setpriv (util-linux) can ask for that.
export OMP_THREAD_LIMIT=1
# What it reads goes to files; only when it is asked about itself is its standard output listened to.
case "$1" in --*) ;; *) exec >/dev/null ;; esac
if command -v setpriv >/dev/null && setpriv --pdeathsig KILL -- true 2>/dev/null; then
    exec setpriv --pdeathsig KILL -- tesseract "$@"
fi
exec tesseract "$@"
