/**
 * What Python runs before a program. Started ahead of a run, it waits where it would open the program: see
 * sandbox-warm.c. Without `site` (`-S`) it starts in two thirds of the time, and this gives back what programs know
 * of it: `exit`, `quit`, `help` and the folders packages are installed in. A program sees neither these names nor
 * this frame: not in its globals, not in a traceback, not in the depth of recursion.
 *
 * `compile` would first make the classes of syntax trees, for nearly a millisecond. `exec` does not, but it calls
 * what it compiles `<string>` and runs it: so it is stopped before the first line, and the code given its name.
 * What cannot be compiled, or is warned of, is left to `compile`, whose words have the right name in them.
 */
export const PYTHON_START = `
def start():
    import builtins, posix, sys
    from _imp import _fix_co_filename
    from _sitebuiltins import _Helper, Quitter
    from _warnings import filters
    builtins.exit, builtins.quit = Quitter('exit', 'Ctrl-D (i.e. EOF)'), Quitter('quit', 'Ctrl-D (i.e. EOF)')
    builtins.help = _Helper()
    version = '%d.%d' % sys.version_info[:2]
    sys.path += ['/usr/local/lib/python%s/dist-packages' % version, '/usr/lib/python3/dist-packages',
                 '%s/lib/python%s/site-packages' % (sys.prefix, version)]
    sys.argv[:1] = []
    sys.setrecursionlimit(sys.getrecursionlimit() + 2)
    show = sys.excepthook
    def hook(kind, error, trace):
        while trace and trace.tb_frame.f_code.co_filename == '<string>':
            trace = trace.tb_next
        show(kind, error.with_traceback(trace), trace)
    sys.excepthook = hook
    path = sys.argv[0]
    names = globals()
    del names['start']
    names['__file__'] = path
    gate = posix.environ.pop(b'JOUST_GATE', None)
    if gate:
        posix.unsetenv('JOUST_GATE')
        posix.read(int(gate), 1)
        posix.close(int(gate))
    with open(path, 'rb') as program:
        source = program.read()
    scratch, found = {}, []
    def stop(frame, event, argument):
        if frame.f_globals is scratch:
            found.append(frame.f_code)
            raise InterruptedError
    filters.insert(0, ('error', None, Warning, None, 0))
    sys.settrace(stop)
    try:
        exec(source, scratch)
    except BaseException:
        sys.settrace(None)
    del filters[0]
    if not found:
        return compile(source, path, 'exec')
    _fix_co_filename(found[0], path)
    return found[0]
exec(start())
`;
