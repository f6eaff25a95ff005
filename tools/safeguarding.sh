#!/bin/sh
# The command line, in the place of pip's entry point, which holds the path it was made at: in a clone that was moved that
# one can't say so, and in one that was copied it runs the other clone's code.
bin=$(dirname -- "$(readlink -f -- "$0")")
clone=$(dirname -- "$(dirname -- "$bin")")
if [ "$(cat -- "$bin/../.ready" 2>/dev/null)" != "$clone" ]; then
    echo "safeguarding: this clone was moved or copied since it was set up; \`make setup\` in $clone mends it" >&2
    exit 2
fi
# Until the command line listens for being asked to stop, Ctrl-C ends it without a word: Python itself would print a
# traceback, so what it loads of its own (site) waits until that is set.
exec "$bin/python" -S -c 'import _signal, sys; _signal.signal(_signal.SIGINT, _signal.SIG_DFL); sys.path.remove("")
import site; site.main(); sys.argv[0] = "safeguarding"; from analysis.cli import main; main()' "$@"
