/**
 * What Python runs before a program. Without `site` (`-S`) it starts in two thirds of the time, and this
 * gives back what programs know of it: `exit`, `quit`, `help` and the folders packages are installed in. A program
 * sees neither these names nor this frame: not in its globals, not in a traceback, not in the depth of recursion.
 */
export const PYTHON_START = `
def start():
    import builtins, sys
    from _sitebuiltins import _Helper, Quitter
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
    names = globals()
    del names['start']
    names['__file__'] = sys.argv[0]
    with open(sys.argv[0], 'rb') as program:
        return compile(program.read(), sys.argv[0], 'exec')
exec(start())
`;
