/*
 * What a program may ask of the kernel: a seccomp ALLOW list, so that a call nobody thought of, or
 * one the kernel learns next year, is refused. Included by sandbox.c.
 *
 * Wall: the calls named here and no others. Stops whatever is kernel and not computing: sockets, mounts,
 * namespaces, tracing, keys, timers on others' behalf, io_uring, bpf, anonymous files, priorities. Shown by
 * atk_sockets.c, atk_mount_api.c, atk_namespaces.c, atk_other_memory.c, atk_ptrace.cpp, atk_keyctl.c,
 * atk_keyring.cpp, atk_io_uring.cpp, atk_aio_uring.c, atk_bpf_perf.c, atk_userfaultfd.c, atk_ipc.c,
 * atk_file_handle.c, atk_anonymous_files.c, atk_watch_files.c, atk_splice.c, atk_priority.c,
 * atk_own_filter.c, atk_leave_session.c, atk_administration.c, atk_foreign_calls.py, atk_ways_out.js,
 * mle_memfd.cpp.
 *
 * A refused call fails with ENOSYS rather than killing the program: libraries then fall back, and a
 * player sees an ordinary error. Making a process fails with EAGAIN, which every libc understands.
 */
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define THIS_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define THIS_ARCH AUDIT_ARCH_AARCH64
#else
#error "the sandbox knows the system calls of x86_64 and aarch64 only"
#endif

/*
 * NATIVE: C, C++, Rust, Go, Pascal, Haskell and PHP, which need no more than libc does. SCRIPT: Python.
 * JAVASCRIPT, and MANAGED, which is Java, Kotlin, C# and Ruby: they reserve far more memory than they touch;
 * see reserved_by.
 */
enum family { NATIVE, SCRIPT, JAVASCRIPT, MANAGED, COMPILER, FAMILIES };

/* Memory, threads, time, files below one's own eyes: what libc and libstdc++ need. */
static const int FOR_ALL[] = {
    SYS_read, SYS_write, SYS_readv, SYS_writev, SYS_pread64, SYS_pwrite64, SYS_preadv, SYS_pwritev, SYS_lseek,
    SYS_openat, SYS_close, SYS_close_range, SYS_fstat, SYS_newfstatat, SYS_statx, SYS_faccessat, SYS_faccessat2,
    SYS_readlinkat, SYS_getcwd, SYS_chdir, SYS_fchdir, SYS_getdents64, SYS_mkdirat, SYS_unlinkat, SYS_renameat,
    SYS_renameat2, SYS_ftruncate, SYS_fallocate, SYS_umask,
    SYS_fstatfs, SYS_statfs, SYS_dup, SYS_dup3, SYS_pipe2, SYS_ppoll,
    SYS_pselect6, SYS_brk, SYS_munmap, SYS_mprotect, SYS_mremap, SYS_mincore,
    SYS_membarrier, SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_rt_sigpending, SYS_rt_sigsuspend,
    SYS_rt_sigtimedwait, SYS_sigaltstack, SYS_restart_syscall, SYS_futex, SYS_set_robust_list, SYS_set_tid_address,
    SYS_rseq, SYS_sched_yield, SYS_getpid, SYS_getppid, SYS_gettid, SYS_getuid, SYS_geteuid, SYS_getgid, SYS_getegid,
    SYS_getresuid, SYS_getresgid, SYS_getgroups, SYS_getpgid, SYS_getsid, SYS_getrlimit, SYS_getrusage, SYS_times,
    SYS_uname, SYS_sysinfo, SYS_getrandom, SYS_gettimeofday, SYS_clock_gettime, SYS_clock_getres,
    SYS_clock_nanosleep, SYS_nanosleep, SYS_setitimer, SYS_getitimer, SYS_timer_create, SYS_timer_settime,
    SYS_timer_gettime, SYS_timer_getoverrun, SYS_timer_delete, SYS_execve, SYS_exit, SYS_exit_group,
#ifdef __x86_64__ /* the older names of the same things */
    SYS_open, SYS_stat, SYS_lstat, SYS_access, SYS_readlink, SYS_getdents, SYS_mkdir, SYS_rmdir, SYS_unlink,
    SYS_rename, SYS_dup2, SYS_pipe, SYS_poll, SYS_select, SYS_getpgrp, SYS_time, SYS_alarm, SYS_pause,
    SYS_arch_prctl,
#endif
};

/* What Landlock does not restrict: only where no file of the host can be reached, and for compilers. */
static const int FOR_OWN_FILES[] = {
    SYS_truncate, SYS_fchmod, SYS_fchmodat, SYS_utimensat,
#ifdef __x86_64__
    SYS_chmod,
#endif
};

/*
 * An event loop on one's own descriptors: there are no others to wait for. C++ can do without, and yet it is for
 * all: Go, Ruby from 3.3 and Haskell from 9.2 on keep time by one, and who wants it chooses the language.
 */
static const int FOR_EVENTS[] = {
    SYS_epoll_create1, SYS_epoll_ctl, SYS_epoll_pwait, SYS_eventfd2, SYS_timerfd_create, SYS_timerfd_settime,
#ifdef __x86_64__
    SYS_epoll_wait, SYS_epoll_create,
#endif
};

static const int FOR_SCRIPT[] = {SYS_sendfile, SYS_copy_file_range};

/* libuv: an event loop and a pool of threads. It probes for io_uring and lives without. */
static const int FOR_JAVASCRIPT[] = {
    SYS_epoll_pwait2, SYS_sendfile, SYS_copy_file_range, SYS_getpriority, SYS_capget,
};

/* Who reads each thread's priority: Mono ends itself where it cannot, and Node 25 and newer complain of it on stderr. */
static const int FOR_PRIORITIES[] = {
    SYS_sched_getparam, SYS_sched_getscheduler, SYS_sched_get_priority_min, SYS_sched_get_priority_max,
};

/*
 * A compiler driver starts other programs and waits for them; rustc hears from them by one end of a pair of
 * sockets. Compilers written in their own languages need what those do: tsc is a program of Node's, and go
 * locks what it keeps in the scratch folder.
 */
static const int FOR_COMPILER[] = {
    SYS_wait4, SYS_waitid, SYS_symlinkat, SYS_linkat, SYS_flock, SYS_capget, SYS_recvfrom,
#ifdef __x86_64__
    SYS_fork, SYS_vfork, SYS_link, SYS_symlink,
#endif
};

static const int FOR_THE_DISK[] = {SYS_fsync, SYS_fdatasync, SYS_msync, SYS_fadvise64};
/* Bubblewrap's process 1 holds itself to the filter, and waits for the program, which has nobody to wait for. */
static const int FOR_GUARDIAN[] = {SYS_wait4};

static struct sock_filter filter[600];
static unsigned short filter_length;

static void emit(unsigned short code, unsigned value, unsigned char if_true, unsigned char if_false)
{
    if (filter_length >= sizeof filter / sizeof *filter) _exit(125);
    filter[filter_length++] = (struct sock_filter){code, if_true, if_false, value};
}

static void answer(unsigned action) { emit(BPF_RET | BPF_K, action, 0, 0); }
static void load(unsigned offset) { emit(BPF_LD | BPF_W | BPF_ABS, offset, 0, 0); }

static void answer_call(int call, unsigned action)
{
    emit(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)call, 0, 1);
    answer(action);
}

enum { CALLS = 512 };
static unsigned char allowed[CALLS];

static void allow(const int *calls, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (calls[i] < CALLS) allowed[calls[i]] = 1;
}

/*
 * Allows what `allowed` holds in [from, to) and falls through otherwise: a binary search over its
 * runs of equal neighbours. The kernel walks the filter once per call number when it is installed,
 * so a list tested one by one would cost 0.2 ms at every start of a program.
 */
static void search(unsigned from, unsigned to)
{
    unsigned middle = (from + to) / 2, next = from + 1;
    while (next < to && allowed[next] == allowed[from]) next++;
    if (next == to) {
        if (allowed[from]) answer(SECCOMP_RET_ALLOW);
        return;
    }
    /* cut where something changes, as near to the middle as may be */
    unsigned below = middle, above = middle;
    while (below > from && allowed[below] == allowed[below - 1]) below--;
    while (above < to && allowed[above] == allowed[above - 1]) above++;
    unsigned cut = below > from && (above >= to || middle - below <= above - middle) ? below : above;

    unsigned short jump = filter_length;
    emit(BPF_JMP | BPF_JGE | BPF_K, cut, 0, 0);
    search(from, cut);
    unsigned short leave = filter_length;
    emit(BPF_JMP | BPF_JA, 0, 0, 0);
    unsigned distance = filter_length - jump - 1U;
    if (distance > 255) _exit(125);
    filter[jump].jt = (unsigned char)distance;
    search(cut, to);
    filter[leave].k = filter_length - leave - 1U;
}

/* Allows a call only while its argument `index` is one of `values`. */
static void allow_with(int call, unsigned index, const unsigned *values, unsigned char count, int otherwise)
{
    emit(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)call, 0, (unsigned char)(count + 3));
    load(offsetof(struct seccomp_data, args) + 8 * index);
    for (unsigned char i = 0; i < count; i++)
        emit(BPF_JMP | BPF_JEQ | BPF_K, values[i], (unsigned char)(count - i), 0);
    answer(SECCOMP_RET_ERRNO | (unsigned)otherwise);
    answer(SECCOMP_RET_ALLOW);
}

/*
 * Wall: no memory that is shared and has no file. Stops keeping pages that are mapped no more, which are in no
 * resident set and no RLIMIT_DATA, until the host has none left. Shown by atk_hidden_memory.c, mle_shared_mmap.c.
 */
static void allow_mmap(void)
{
    emit(BPF_JMP | BPF_JEQ | BPF_K, SYS_mmap, 0, 6);
    load(offsetof(struct seccomp_data, args) + 8 * 3);
    emit(BPF_JMP | BPF_JSET | BPF_K, MAP_HUGETLB | MAP_LOCKED, 2, 0);
    emit(BPF_JMP | BPF_JSET | BPF_K, MAP_ANONYMOUS, 0, 2);
    emit(BPF_JMP | BPF_JSET | BPF_K, MAP_SHARED, 0, 1);
    answer(SECCOMP_RET_ERRNO | EPERM);
    answer(SECCOMP_RET_ALLOW);
}

/* Allows to ask for limits and to lower them, of oneself alone, but for lowering that on cores: see limit_cores. */
static void allow_prlimit(unsigned self)
{
    const unsigned lowered = offsetof(struct seccomp_data, args) + 8 * 2;
    emit(BPF_JMP | BPF_JEQ | BPF_K, SYS_prlimit64, 0, 11);
    load(offsetof(struct seccomp_data, args) + 8 * 1);
    emit(BPF_JMP | BPF_JEQ | BPF_K, RLIMIT_CORE, 0, 4);
    load(lowered);
    emit(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 5);
    load(lowered + 4);
    emit(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 3);
    load(offsetof(struct seccomp_data, args));
    emit(BPF_JMP | BPF_JEQ | BPF_K, self, 2, 0);
    emit(BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0);
    answer(SECCOMP_RET_ERRNO | EPERM);
    answer(SECCOMP_RET_ALLOW);
}

#define NEW_NAMESPACE                                                                                                  \
    (CLONE_NEWNS | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP)

/*
 * Wall: threads yes, processes no (a compiler may), new namespaces never. Stops fork bombs, daemons, and
 * CPU time and memory hidden in children. Shown by atk_fork_bomb.py, atk_clone_process.c,
 * atk_start_others.py, atk_zombies.cpp, tle_fork_burn.cpp, atk_namespaces.c.
 */
static void allow_clone(enum family family)
{
    emit(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, family == COMPILER ? 4 : 5);
    load(offsetof(struct seccomp_data, args));
    emit(BPF_JMP | BPF_JSET | BPF_K, NEW_NAMESPACE, family == COMPILER ? 1 : 2, 0);
    if (family != COMPILER) emit(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 0, 1);
    answer(SECCOMP_RET_ALLOW);
    answer(SECCOMP_RET_ERRNO | EAGAIN);
}

/* Of a program whose process, the only one it may signal, is `pid`. */
static void build_filter(enum family family, unsigned pid, int has_guardian)
{
    const unsigned self[] = {pid, 0};
    const unsigned pair[] = {AF_UNIX}, ordinary[] = {SCHED_OTHER};
    const unsigned names[] = {PR_SET_NAME, PR_GET_NAME, PR_GET_DUMPABLE, 0x53564d41 /* PR_SET_VMA */};
    /* not MADV_PAGEOUT and its like: memory pushed out to swap is in no resident set */
    const unsigned advice[] = {MADV_NORMAL, MADV_RANDOM, MADV_SEQUENTIAL, MADV_WILLNEED, MADV_DONTNEED, MADV_FREE,
                               MADV_HUGEPAGE, MADV_NOHUGEPAGE, MADV_DONTDUMP, MADV_DODUMP};
    const unsigned terminal[] = {TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIOCLEX, FIONCLEX};
    const unsigned descriptor[] = {F_DUPFD, F_DUPFD_CLOEXEC, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GETPIPE_SZ};

    filter_length = 0;
    memset(allowed, 0, sizeof allowed);
    /*
     * Wall: the numbers of this architecture only, for those of another mean other calls. Stops going
     * around the filter. Shown by atk_other_numbers.c, atk_x32_numbers.c.
     */
    load(offsetof(struct seccomp_data, arch));
    emit(BPF_JMP | BPF_JEQ | BPF_K, THIS_ARCH, 1, 0);
    answer(SECCOMP_RET_KILL_PROCESS);
    load(offsetof(struct seccomp_data, nr));
#ifdef __x86_64__
    emit(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1); /* so do those of x32 */
    answer(SECCOMP_RET_KILL_PROCESS);
#endif
    allow(FOR_ALL, LENGTH(FOR_ALL));
    if (has_namespaces || family == COMPILER) allow(FOR_OWN_FILES, LENGTH(FOR_OWN_FILES));
    allow(FOR_EVENTS, LENGTH(FOR_EVENTS));
    if (family == SCRIPT) allow(FOR_SCRIPT, LENGTH(FOR_SCRIPT));
    if (family == JAVASCRIPT) allow(FOR_JAVASCRIPT, LENGTH(FOR_JAVASCRIPT));
    if (family == MANAGED || family == JAVASCRIPT || family == COMPILER) allow(FOR_PRIORITIES, LENGTH(FOR_PRIORITIES));
    if (family == COMPILER) allow(FOR_COMPILER, LENGTH(FOR_COMPILER));
    if (has_guardian) allow(FOR_GUARDIAN, LENGTH(FOR_GUARDIAN));
    search(0, CALLS);
#ifdef __x86_64__
    if (family != COMPILER) {
        answer_call(SYS_fork, SECCOMP_RET_ERRNO | EAGAIN);
        answer_call(SYS_vfork, SECCOMP_RET_ERRNO | EAGAIN);
    }
#endif
    /* a word for it that every runtime knows: Mono ends itself at any other */
    answer_call(SYS_socket, SECCOMP_RET_ERRNO | EACCES);
    /*
     * Wall: nobody has a disk write, or forgets what it has read. Stops waiting in a loop, at no CPU time, for the
     * host's disk, behind which its database then waits. What programs write outlives none of them: it is done.
     * Shown by atk_flush_disk.c.
     */
    for (size_t i = 0; i < LENGTH(FOR_THE_DISK); i++) answer_call(FOR_THE_DISK[i], SECCOMP_RET_ERRNO | 0);
    /* clone3 hides its flags behind a pointer no filter can follow; libc then falls back to clone */
    answer_call(SYS_clone3, SECCOMP_RET_ERRNO | ENOSYS);
    /* every answer above leaves the number loaded; the checks below load an argument and must answer */
    allow_clone(family);
    /* what is so already: Pascal and Mono say it of each of their threads */
    allow_with(SYS_sched_setscheduler, 1, ordinary, 1, EPERM);
    /* two ends and no address: a Java machine reads no file by channel without one. Nothing can be sent on it but bytes */
    if (family == MANAGED || family == COMPILER) allow_with(SYS_socketpair, 0, pair, 1, EAFNOSUPPORT);
    /*
     * Wall: of calls with many uses, the harmless. Stops signals to others also without a pid namespace,
     * new limits, another name for one's guardian, memory pushed to swap or taken from huge pages (both are
     * in no resident set), typing into terminals, and signals by way of descriptors. Shown by
     * atk_signal_others.c, atk_kill_all.cpp, atk_raise_limits.c, atk_prctl.c, atk_push_to_swap.c,
     * atk_pin_memory.c, atk_tiocsti.cpp, atk_descriptor_owner.c.
     */
    allow_with(SYS_kill, 0, self, 1, EPERM);
    allow_with(SYS_tgkill, 0, self, 1, EPERM);
    allow_prlimit(self[0]);
    /* asked of another thread: glibc takes this answer for "any processor", any other for a failure */
    allow_with(SYS_sched_getaffinity, 0, self, 2, ENOSYS);
    allow_with(SYS_prctl, 0, names, LENGTH(names), EPERM);
    allow_with(SYS_madvise, 2, advice, LENGTH(advice), EINVAL);
    allow_with(SYS_ioctl, 1, terminal, LENGTH(terminal), ENOTTY);
    allow_with(SYS_fcntl, 1, descriptor, LENGTH(descriptor), EPERM);
    allow_mmap();
    answer(SECCOMP_RET_ERRNO | ENOSYS);
}

/* Called in the process that is about to become the program. */
static int install_filter(enum family family)
{
    build_filter(family, (unsigned)getpid(), 0);
    struct sock_fprog program = {filter_length, filter};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}
