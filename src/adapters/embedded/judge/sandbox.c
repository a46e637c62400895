/*
 * The sandbox of the embedded judge: one resident process per slot, run by Node.
 *
 *   sandbox <root> <programs> <first uid> <path the box may see, or -folder it may not>...
 *   sandbox --probe            inside a box: tries what must be refused, see the end of this file
 *
 * Three generations. The KEEPER stands in its own mount, network, ipc and uts (and, for an ordinary
 * user, user) namespaces; its root holds nothing but the paths it was given, read-only. It keeps one
 * BOX ready: process 1 of a fresh pid namespace, in a fresh copy of the mounts, with an empty /tmp.
 * A box serves one run of one PROGRAM, reports and dies; the next one was prepared meanwhile. So
 * nothing a program does can reach another run, of its own submission or of anybody's.
 *
 * Protocol, on stdin and stdout, numbers u32 in host order. Node sends `struct request`, then
 * `words_bytes` of NUL-terminated words (artifact to run, its file name in /box, artifact to keep or
 * empty, then argv), then `input_bytes` for the program's stdin; then it waits. It gets
 * `struct reply`, then `out_bytes`, then `err_bytes`. A request of kind ABORT ends the run in hand,
 * which still gets its one reply; with no run in hand it does nothing. The first reply, unasked, is
 * HELLO. End of stdin ends everything.
 *
 * Whatever goes wrong before the program's first instruction is a FAULT reply or, where not even
 * that is possible, words on stderr and an exit: never something that could pass for a verdict.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/landlock.h>
#include <linux/mount.h>
#include <linux/sched.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>

#include "syscall-filter.c"

enum kind { RUN = 1, ABORT = 2 };
enum reason { ENDED, CPU, MEMORY, WALL, OUTPUT, ABORTED, FAULT, HELLO };

struct request {
    uint32_t kind, family, cpu_ms, wall_ms, memory_kib, output_bytes, error_bytes, file_bytes, words_bytes, input_bytes;
};
/* Of HELLO, `exit` says whether we are root (1) or a user (0), `signal` is the Landlock version or 0. */
struct reply {
    uint32_t reason;
    int32_t exit, signal;
    uint32_t cpu_us, wall_us, memory_kib, out_bytes, err_bytes;
};

enum {
    MAX_WORDS = 16384,
    MAX_ARGUMENTS = 64,
    MAX_INPUT = 256 << 20,
    MAX_PROCESSES = 64, /* threads count; a compiler runs a handful of processes */
    UIDS_PER_KEEPER = 16,
    LOOK_EVERY_US = 5000, /* how often CPU time and memory are looked at */
};
#define TMP_OPTIONS "size=64m,nr_inodes=4k,mode=1777"
#define BOX_OPTIONS "size=64m,nr_inodes=16,mode=755"

static int is_root;       /* namespaces came with root's rights, so each box can have a uid of its own */
static int host_proc;     /* the judge's own /proc, to read a program's memory; no box has one */
static int programs;      /* the folder of artifacts; no box can see it */
static int landlock;      /* version of the kernel's Landlock, 0 without */
static uid_t first_uid;
static int done_pipe = -1; /* of a box: a byte here lets the keeper go on */

/* Shared with the program's process until it execs. */
static struct birth {
    volatile int execing;
    volatile pid_t host_pid;
    char fault[256];
} *birth;

static void give_up(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));
static void give_up(const char *format, ...)
{
    int error = errno;
    va_list arguments;
    va_start(arguments, format);
    vdprintf(2, format, arguments);
    va_end(arguments);
    dprintf(2, ": %s\n", strerror(error));
    _exit(1);
}

static int64_t now_us(clockid_t clock)
{
    struct timespec at;
    return clock_gettime(clock, &at) ? 0 : at.tv_sec * 1000000LL + at.tv_nsec / 1000;
}

/* Returns 0 at end of input. */
static int read_exactly(int fd, void *into, size_t count)
{
    for (size_t have = 0; have < count;) {
        ssize_t got = read(fd, (char *)into + have, count - have);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return 0;
        have += (size_t)got;
    }
    return 1;
}

static int write_exactly(int fd, const void *from, size_t count)
{
    for (size_t have = 0; have < count;) {
        ssize_t put = write(fd, (const char *)from + have, count - have);
        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) return 0;
        have += (size_t)put;
    }
    return 1;
}

/* Nobody listens any more: there is nobody left to judge for. */
static void send_reply(struct reply reply, const char *out, const char *err)
{
    if (!write_exactly(1, &reply, sizeof reply)) _exit(0);
    if (!write_exactly(1, out, reply.out_bytes)) _exit(0);
    if (!write_exactly(1, err, reply.err_bytes)) _exit(0);
}

/* The keeper need not wait for a box's namespaces to be taken down. */
static void leave(void) __attribute__((noreturn));
static void leave(void)
{
    _exit(write(done_pipe, "", 1) == 1 ? 0 : 1);
}

static void send_fault(const char *words) __attribute__((noreturn));
static void send_fault(const char *words)
{
    char text[320];
    int length = snprintf(text, sizeof text, "%s: %s", words, strerror(errno));
    send_reply((struct reply){.reason = FAULT, .exit = -1, .err_bytes = (uint32_t)length}, "", text);
    leave();
}

/* ------------------------------------------------------------------ the keeper */

static void write_text(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0 || write(fd, text, strlen(text)) < 0) give_up("writing %s", path);
    close(fd);
}

/*
 * Own mounts, an empty network (not even loopback is up), own System V ipc and host name; with
 * root's rights or our own. Boxes share the last three, which costs nothing: the filter refuses
 * every call that would reach them. What a program can touch, its box has for itself.
 */
static void enter_namespaces(void)
{
    const int ours = CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS;
    uid_t uid = geteuid();
    gid_t gid = getegid();
    if (uid == 0 && unshare(ours) == 0) {
        is_root = 1;
        return;
    }
    if (unshare(CLONE_NEWUSER | ours)) give_up("this host allows no namespaces to this user");
    char map[64];
    write_text("/proc/self/setgroups", "deny");
    snprintf(map, sizeof map, "%u %u 1\n", first_uid, uid);
    write_text("/proc/self/uid_map", map);
    snprintf(map, sizeof map, "%u %u 1\n", first_uid, gid);
    write_text("/proc/self/gid_map", map);
}

static void make_folders(const char *root, const char *path, int with_last)
{
    char full[4096];
    size_t start = strlen(root);
    if ((size_t)snprintf(full, sizeof full, "%s%s/", root, path) >= sizeof full) give_up("path too long");
    for (char *slash = full + start + 1; (slash = strchr(slash, '/')); slash++) {
        if (!with_last && !slash[1]) break;
        *slash = 0;
        if (mkdir(full, 0755) && errno != EEXIST) give_up("mkdir %s", full);
        *slash = '/';
    }
}

/* Shows `path` of the host at the same place below `root`, read-only, without set-uid and devices. */
static void show(const char *root, const char *path)
{
    char full[4096], target[4096];
    struct stat what;
    snprintf(full, sizeof full, "%s%s", root, path);
    if (lstat(path, &what)) give_up("%s", path);
    make_folders(root, path, S_ISDIR(what.st_mode));
    if (S_ISLNK(what.st_mode)) { /* such as /lib -> usr/lib */
        ssize_t length = readlink(path, target, sizeof target - 1);
        if (length < 0) give_up("readlink %s", path);
        target[length] = 0;
        if (symlink(target, full) && errno != EEXIST) give_up("symlink %s", full);
        return;
    }
    if (!S_ISDIR(what.st_mode)) close(open(full, O_CREAT | O_WRONLY | O_CLOEXEC, 0644));
    if (mount(path, full, NULL, MS_BIND | MS_REC, NULL)) give_up("bind %s", path);
    struct mount_attr only_read = {.attr_set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID};
    if (!S_ISCHR(what.st_mode)) only_read.attr_set |= MOUNT_ATTR_NODEV;
    if (syscall(SYS_mount_setattr, -1, full, AT_RECURSIVE, &only_read, sizeof only_read))
        give_up("making %s read-only (needs Linux 5.12)", path);
}

/* Lays an empty folder over one that lies in what is shown. */
static void hide(const char *root, const char *path)
{
    char full[4096];
    struct stat what;
    snprintf(full, sizeof full, "%s%s", root, path);
    if (stat(full, &what) || !S_ISDIR(what.st_mode)) return; /* not shown in the first place */
    if (mount("hidden", full, "tmpfs", MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC, "size=4k,nr_inodes=1,mode=555"))
        give_up("hiding %s", path);
}

static void write_file(const char *root, const char *path, const char *text)
{
    char full[4096];
    make_folders(root, path, 0);
    snprintf(full, sizeof full, "%s%s", root, path);
    int fd = open(full, O_CREAT | O_WRONLY | O_CLOEXEC, 0644);
    if (fd < 0 || write(fd, text, strlen(text)) < 0) give_up("writing %s", full);
    close(fd);
}

/* The root every box gets a copy of. What is not shown here does not exist for any program. */
static void build_root(const char *root, char **paths)
{
    if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL)) give_up("private mounts");
    if (mount("box", root, "tmpfs", MS_NOSUID | MS_NODEV, "size=1m,nr_inodes=1k,mode=755")) give_up("tmpfs on %s", root);
    for (char **path = paths; *path; path++)
        if (**path != '-') show(root, *path);
    for (char **path = paths; *path; path++)
        if (**path == '-') hide(root, *path + 1);
    show(root, "/dev/null");
    show(root, "/dev/zero");
    show(root, "/dev/urandom");
    /* the host's list of users stays outside; programs that ask who they are get an answer */
    write_file(root, "/etc/passwd", "box:x:60000:60000::/tmp:/\n");
    make_folders(root, "/tmp", 1);
    make_folders(root, "/box", 1);
    if (chdir(root) || syscall(SYS_pivot_root, ".", ".") || umount2(".", MNT_DETACH) || chdir("/")) give_up("new root");
    if (mount(NULL, "/", NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV, NULL)) give_up("read-only root");
}

/* ------------------------------------------------------------------ the box, before a request */

/* Second wall: even with a hole in the mounts, nothing but /tmp can be written, no port opened. */
static int make_ruleset(void)
{
    if (!landlock) return -1;
    /* struct landlock_ruleset_attr as of version 6; older kernels take a shorter one */
    struct { uint64_t files, net, scoped; } handled = {(1ULL << 13) - 1, 3, 3};
    if (landlock >= 2) handled.files |= 1ULL << 13; /* refer */
    if (landlock >= 3) handled.files |= 1ULL << 14; /* truncate */
    if (landlock >= 5) handled.files |= 1ULL << 15; /* ioctl on devices */
    size_t size = landlock >= 6 ? 24 : landlock >= 4 ? 16 : 8;
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &handled, size, 0);
    if (ruleset < 0) give_up("landlock ruleset");

    const uint64_t read_only = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
    const uint64_t no_devices = ~(uint64_t)(LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_BLOCK);
    const uint64_t write_only = LANDLOCK_ACCESS_FS_WRITE_FILE;
    const struct { const char *path; uint64_t access; } rules[] = {
        {"/", read_only}, {"/tmp", handled.files & no_devices}, {"/dev/null", write_only}};
    for (size_t i = 0; i < LENGTH(rules); i++) {
        struct landlock_path_beneath_attr rule = {.allowed_access = rules[i].access};
        rule.parent_fd = open(rules[i].path, O_PATH | O_CLOEXEC);
        if (syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0))
            give_up("landlock rule for %s", rules[i].path);
        close(rule.parent_fd);
    }
    return ruleset;
}

/* Bounded in bytes and inodes; nothing in /tmp can be executed. */
static void furnish(void)
{
    if (mount("tmp", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, TMP_OPTIONS)) give_up("tmpfs on /tmp");
    if (mount("box", "/box", "tmpfs", MS_NOSUID | MS_NODEV, BOX_OPTIONS)) give_up("tmpfs on /box");
}

/* ------------------------------------------------------------------ the program */

struct run {
    struct request request;
    char words[MAX_WORDS];
    const char *program, *name, *product;
    char *argv[MAX_ARGUMENTS + 1];
    uid_t uid;
    int input, out[2], err[2], ruleset;
    struct reply reply;
    char *out_text, *err_text;
    size_t out_seen, err_seen;
    int64_t started_us;
};

static void fail_birth(const char *words)
{
    snprintf(birth->fault, sizeof birth->fault, "%s: %s", words, strerror(errno));
    _exit(127);
}

static void limit(int resource, rlim_t value)
{
    struct rlimit both = {value, value};
    if (setrlimit(resource, &both)) fail_birth("setrlimit");
}

static void set_limits(const struct request *asked)
{
    limit(RLIMIT_CPU, asked->cpu_ms / 1000 + 2); /* backstop; the box looks at the clock itself */
    limit(RLIMIT_DATA, asked->memory_kib * 1024ULL + (16 << 20)); /* never RLIMIT_AS: Node reserves far more than it uses */
    limit(RLIMIT_STACK, RLIM_INFINITY); /* deep recursion is no crime; memory is counted all the same */
    limit(RLIMIT_FSIZE, asked->file_bytes);
    limit(RLIMIT_NOFILE, 64);
    limit(RLIMIT_NPROC, MAX_PROCESSES);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_MEMLOCK, 65536);
    limit(RLIMIT_MSGQUEUE, 0);
    limit(RLIMIT_SIGPENDING, 256);
}

static void drop_rights(uid_t uid)
{
    if (is_root) {
        if (setgroups(0, NULL) || setresgid(uid, uid, uid) || setresuid(uid, uid, uid)) fail_birth("becoming nobody");
    }
    struct { uint32_t version; int pid; } header = {0x20080522, 0};
    struct { uint32_t effective, permitted, inheritable; } none[2] = {{0, 0, 0}, {0, 0, 0}};
    if (syscall(SYS_capset, &header, none)) fail_birth("capset");
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) fail_birth("no_new_privs");
}

static void become_program(struct run *run) __attribute__((noreturn));
static void become_program(struct run *run)
{
    static char *const environment[] = {"PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/tmp", "TMPDIR=/tmp",
                                        "LANG=C.UTF-8", NULL};
    char self[16] = "";
    if (readlinkat(host_proc, "self", self, sizeof self - 1) < 0) fail_birth("own pid");
    birth->host_pid = atoi(self);

    setsid(); /* no controlling terminal to type into */
    if (dup2(run->input, 0) || dup2(run->out[1], 1) != 1 || dup2(run->err[1], 2) != 2) fail_birth("descriptors");
    int ruleset = run->ruleset;
    if (ruleset >= 0 && ruleset != 3 && dup2(ruleset, 3) != 3) fail_birth("descriptors");
    if (syscall(SYS_close_range, ruleset >= 0 ? 4 : 3, ~0U, 0)) fail_birth("close_range"); /* nothing is inherited */

    umask(022);
    if (chdir("/tmp")) fail_birth("chdir");
    signal(SIGPIPE, SIG_DFL);
    set_limits(&run->request);
    drop_rights(run->uid);
    if (ruleset >= 0) {
        if (syscall(SYS_landlock_restrict_self, 3, 0)) fail_birth("landlock");
        close(3);
    }
    if (install_filter((enum family)run->request.family)) fail_birth("seccomp");
    birth->execing = 1;
    execve(run->argv[0], run->argv, environment);
    fail_birth(run->argv[0]);
    __builtin_unreachable();
}

/* ------------------------------------------------------------------ the box, with a request */

/* An anonymous, sealed file: seekable like the files of other judges, and visible to nobody else. */
static int receive_input(uint32_t bytes)
{
    static char chunk[1 << 18];
    int file = memfd_create("input", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (file < 0) give_up("memfd");
    for (uint32_t left = bytes; left > 0;) {
        ssize_t got = read(0, chunk, left < sizeof chunk ? left : sizeof chunk);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) _exit(0);
        if (!write_exactly(file, chunk, (size_t)got)) give_up("keeping the input");
        left -= (uint32_t)got;
    }
    if (fcntl(file, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL)) give_up("sealing the input");
    lseek(file, 0, SEEK_SET);
    return file;
}

static char *next_word(char **at, char *end)
{
    char *word = *at;
    char *nul = memchr(word, 0, (size_t)(end - word));
    if (!nul) return NULL;
    *at = nul + 1;
    return word;
}

/* An artifact is named by its hash, so that no name can lead out of the folder. */
static int is_artifact_name(const char *name)
{
    return *name && strspn(name, "0123456789abcdef") == strlen(name);
}

static void receive_words(struct run *run)
{
    struct request *asked = &run->request;
    if (asked->family >= FAMILIES || asked->words_bytes > MAX_WORDS || asked->input_bytes > MAX_INPUT) {
        errno = EPROTO;
        give_up("request");
    }
    if (!read_exactly(0, run->words, asked->words_bytes)) _exit(0);
    char *at = run->words, *end = run->words + asked->words_bytes, *word;
    run->program = next_word(&at, end);
    run->name = next_word(&at, end);
    run->product = next_word(&at, end);
    int count = 0;
    while (at < end && count < MAX_ARGUMENTS && (word = next_word(&at, end))) run->argv[count++] = word;
    errno = EPROTO;
    if (!count || !is_artifact_name(run->program) || !*run->name || strchr(run->name, '/')) give_up("request");
    if (*run->product && !is_artifact_name(run->product)) give_up("request");
}

static int copy_file(int from, int to)
{
    static char chunk[1 << 16];
    ssize_t got;
    while ((got = read(from, chunk, sizeof chunk)) > 0)
        if (!write_exactly(to, chunk, (size_t)got)) return 0;
    return got == 0;
}

/* Copies the program into /box, which then is read-only, so that it cannot change what runs. */
static void place_program(const struct run *run)
{
    char path[300];
    snprintf(path, sizeof path, "/box/%s", run->name);
    int from = openat(programs, run->program, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (from < 0) send_fault("the program to run");
    int to = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0555);
    if (to < 0 || !copy_file(from, to) || fchmod(to, 0555)) send_fault("placing the program");
    close(from);
    close(to);
    if (mount(NULL, "/box", NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV, NULL)) send_fault("read-only /box");
}

/* What a compiler left in /tmp/product becomes an artifact, whole or not at all. */
static void keep_product(const struct run *run)
{
    char part[80];
    struct stat what;
    int from = open("/tmp/product", O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (from < 0 || fstat(from, &what) || !S_ISREG(what.st_mode)) send_fault("the compiler's product");
    snprintf(part, sizeof part, "part-%.48s-%u", run->product, run->uid);
    unlinkat(programs, part, 0);
    int to = openat(programs, part, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (to < 0 || !copy_file(from, to)) send_fault("keeping the compiler's product");
    close(from);
    close(to);
    if (renameat(programs, part, programs, run->product)) send_fault("keeping the compiler's product");
}

/* Of every process of this box. Pids count up from 2 in a box, and what a dead one used is remembered. */
static int64_t cpu_used_us(void)
{
    static int64_t used[MAX_PROCESSES + 2];
    int64_t sum = 0;
    clockid_t clock;
    for (pid_t pid = 2; pid < MAX_PROCESSES + 2; pid++) {
        int64_t us = clock_getcpuclockid(pid, &clock) ? 0 : now_us(clock);
        if (us > used[pid]) used[pid] = us;
        sum += used[pid];
        if (!used[pid]) break;
    }
    return sum;
}

/* One file of the program in the judge's own /proc. */
static int open_about(const char *file)
{
    char path[32];
    snprintf(path, sizeof path, "%d/%s", birth->host_pid, file);
    return openat(host_proc, path, O_RDONLY | O_CLOEXEC);
}

/* What reading a page here and there over terabytes costs the host without being resident anywhere. */
static unsigned long page_tables_kib(void)
{
    char text[4096], *line;
    unsigned long kib = 0;
    int status = open_about("status");
    ssize_t length = status < 0 ? 0 : read(status, text, sizeof text - 1);
    if (status >= 0) close(status);
    text[length > 0 ? length : 0] = 0;
    if ((line = strstr(text, "VmPTE:"))) sscanf(line, "VmPTE: %lu", &kib);
    return kib;
}

static uint32_t memory_kib(int statm)
{
    char text[128];
    unsigned long size, resident, page_kib = (unsigned long)getpagesize() / 1024;
    ssize_t length = statm < 0 ? 0 : pread(statm, text, sizeof text - 1, 0);
    text[length > 0 ? length : 0] = 0;
    if (sscanf(text, "%lu %lu", &size, &resident) != 2) return 0;
    /* the tables of 8 GiB fit into 16 MiB: not worth a look at every ordinary program */
    if (size * page_kib > 8UL << 20) return (uint32_t)(resident * page_kib + page_tables_kib());
    return (uint32_t)(resident * page_kib);
}

static void end_run(struct run *run, enum reason reason)
{
    if (run->reply.reason == ENDED) run->reply.reason = reason;
    kill(-1, SIGKILL); /* in a pid namespace: everything but ourselves */
}

/* Keeps at most `room` bytes of what can be read now; says how much was read, 0 at the end. */
static ssize_t drain(int fd, char *into, size_t *seen, size_t room)
{
    static char chunk[1 << 16];
    ssize_t got = read(fd, chunk, sizeof chunk);
    if (got <= 0) return got < 0 && (errno == EAGAIN || errno == EINTR) ? -1 : 0;
    if (*seen < room) memcpy(into + *seen, chunk, (size_t)got < room - *seen ? (size_t)got : room - *seen);
    *seen += (size_t)got;
    return got;
}

static void drain_output(struct run *run)
{
    if (run->out[0] < 0) return;
    if (!drain(run->out[0], run->out_text, &run->out_seen, run->request.output_bytes)) {
        close(run->out[0]);
        run->out[0] = -1;
    }
    if (run->out_seen > run->request.output_bytes) end_run(run, OUTPUT);
}

static void drain_error(struct run *run)
{
    if (run->err[0] < 0) return;
    if (!drain(run->err[0], run->err_text, &run->err_seen, run->request.error_bytes)) {
        close(run->err[0]);
        run->err[0] = -1;
    }
}

/* Node speaks during a run only to end it, or is gone. */
static void hear(struct run *run)
{
    struct request word;
    if (!read_exactly(0, &word, sizeof word) || word.kind != ABORT) _exit(0);
    end_run(run, ABORTED);
}

/* How long nothing can go over a limit unseen: the rest of the CPU time if every core works on it. */
static int64_t look_again_us(const struct run *run, int64_t cpu_us, long cores)
{
    int64_t rest = (run->request.cpu_ms * 1000LL - cpu_us) / cores;
    return rest < 500 ? 500 : rest < LOOK_EVERY_US ? rest : LOOK_EVERY_US;
}

static void watch(struct run *run, int program)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    int statm = -1;
    int64_t cpu_us = 0;
    for (;;) {
        int64_t wait_us = look_again_us(run, cpu_us, cores);
        struct timespec wait = {0, wait_us * 1000};
        struct pollfd heard[] = {{program, POLLIN, 0}, {run->out[0], POLLIN, 0}, {run->err[0], POLLIN, 0}, {0, POLLIN, 0}};
        if (ppoll(heard, LENGTH(heard), &wait, NULL) < 0 && errno != EINTR) give_up("poll");
        if (heard[3].revents) hear(run);
        if (heard[1].revents) drain_output(run);
        if (heard[2].revents) drain_error(run);
        if (heard[0].revents) break;

        if (statm < 0 && birth->host_pid) statm = open_about("statm");
        cpu_us = cpu_used_us();
        uint32_t kib = memory_kib(statm);
        if (kib > run->reply.memory_kib) run->reply.memory_kib = kib;
        if (cpu_us > run->request.cpu_ms * 1000LL) end_run(run, CPU);
        else if (kib > run->request.memory_kib) end_run(run, MEMORY);
        else if (now_us(CLOCK_MONOTONIC) - run->started_us > run->request.wall_ms * 1000LL) end_run(run, WALL);
    }
    if (statm >= 0) close(statm);
}

/* Ends and reaps whatever lives in the box, and reads what it used. */
static void clear(struct run *run, pid_t pid)
{
    int status = 0, one;
    kill(-1, SIGKILL);
    for (pid_t reaped; (reaped = waitpid(-1, &one, 0)) > 0 || errno == EINTR;)
        if (reaped == pid) status = one;
    struct rusage used;
    getrusage(RUSAGE_CHILDREN, &used);
    struct reply *reply = &run->reply;
    reply->wall_us = (uint32_t)(now_us(CLOCK_MONOTONIC) - run->started_us);
    int64_t cpu_us = (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000LL + used.ru_utime.tv_usec + used.ru_stime.tv_usec;
    reply->cpu_us = (uint32_t)cpu_us;
    if (used.ru_maxrss > (long)reply->memory_kib) reply->memory_kib = (uint32_t)used.ru_maxrss;
    reply->exit = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    reply->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    if (reply->reason != ENDED) return;
    /* what happened between two looks */
    if (reply->memory_kib > run->request.memory_kib) reply->reason = MEMORY;
    else if (cpu_us > run->request.cpu_ms * 1000LL) reply->reason = CPU;
}

static void serve(struct run *run)
{
    run->input = receive_input(run->request.input_bytes);
    run->out_text = malloc(run->request.output_bytes + 1ULL);
    run->err_text = malloc(run->request.error_bytes + 1ULL);
    if (!run->out_text || !run->err_text) send_fault("memory for the output");
    place_program(run);
    if (pipe2(run->out, O_CLOEXEC) || pipe2(run->err, O_CLOEXEC)) send_fault("pipes");
    fcntl(run->out[0], F_SETFL, O_NONBLOCK);
    fcntl(run->err[0], F_SETFL, O_NONBLOCK);

    run->started_us = now_us(CLOCK_MONOTONIC);
    pid_t pid = fork();
    if (pid < 0) send_fault("fork");
    if (pid == 0) become_program(run);
    int program = (int)syscall(SYS_pidfd_open, pid, 0);
    if (program < 0) send_fault("pidfd");
    close(run->out[1]);
    close(run->err[1]);
    watch(run, program);
    clear(run, pid);
    if (birth->fault[0] || !birth->execing) {
        errno = ECHILD;
        send_fault(birth->fault[0] ? birth->fault : "the program did not start");
    }
    /* the writers are gone: what the pipes still hold is all there will be */
    while (run->out[0] >= 0) drain_output(run);
    while (run->err[0] >= 0) drain_error(run);
    struct reply *reply = &run->reply;
    if (*run->product && reply->reason == ENDED && reply->exit == 0) keep_product(run);
    reply->out_bytes = (uint32_t)(run->out_seen < run->request.output_bytes ? run->out_seen : run->request.output_bytes);
    reply->err_bytes = (uint32_t)(run->err_seen < run->request.error_bytes ? run->err_seen : run->request.error_bytes);
    send_reply(*reply, run->out_text, run->err_text);
}

struct box {
    pid_t pid;
    int go, done;
};

static void live_as_box(uid_t uid, int go, int done) __attribute__((noreturn));
static void live_as_box(uid_t uid, int go, int done)
{
    static struct run run;
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0); /* the keeper's death ends the box, and pid 1's death everything in it */
    run.uid = uid;
    done_pipe = done;
    furnish();
    run.ruleset = make_ruleset();
    birth = mmap(NULL, sizeof *birth, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (birth == MAP_FAILED) give_up("mmap");
    if (!read_exactly(go, &run.request, sizeof run.request)) _exit(0);
    receive_words(&run);
    serve(&run);
    leave();
}

static struct box make_box(uid_t uid)
{
    int go[2], done[2];
    if (pipe2(go, O_CLOEXEC) || pipe2(done, O_CLOEXEC)) give_up("pipe");
    struct clone_args fresh = {.flags = CLONE_NEWPID | CLONE_NEWNS, .exit_signal = SIGCHLD};
    pid_t pid = (pid_t)syscall(SYS_clone3, &fresh, sizeof fresh);
    if (pid < 0) give_up("a box needs pid and mount namespaces");
    if (pid == 0) {
        close(go[1]);
        close(done[0]);
        live_as_box(uid, go[0], done[1]);
    }
    close(go[0]);
    close(done[1]);
    return (struct box){pid, go[1], done[0]};
}

/* Returns at the end of input, or of a box that could not say why; when it does, no box is left. */
static void keep(void)
{
    uint32_t count = 0;
    struct box next = make_box(first_uid);
    struct request request;
    char done;
    while (read_exactly(0, &request, sizeof request)) {
        if (request.kind == ABORT) continue; /* it crossed the reply it wanted to prevent */
        struct box box = next;
        if (!write_exactly(box.go, &request, sizeof request)) give_up("a box died");
        next = make_box(is_root ? first_uid + ++count % UIDS_PER_KEEPER : first_uid);
        if (!read_exactly(box.done, &done, 1)) break;
        close(box.go);
        close(box.done);
        while (waitpid(-1, NULL, WNOHANG) > 0) continue;
    }
    close(next.go);
    while (waitpid(-1, NULL, 0) > 0) continue;
}

/* ------------------------------------------------------------------ what must be refused */

static void report(const char *what, int possible)
{
    printf("%s %s\n", what, possible ? "POSSIBLE" : "refused");
    fflush(stdout);
}

static int probe(void)
{
    report("open a socket", socket(AF_INET, SOCK_STREAM, 0) >= 0);
    report("read /etc/shadow", open("/etc/shadow", O_RDONLY) >= 0);
    report("read the host's processes", access("/proc/1", F_OK) == 0);
    report("write to the root", open("/probe", O_CREAT | O_WRONLY, 0600) >= 0);
    report("write to /usr/bin", open("/usr/bin/probe", O_CREAT | O_WRONLY, 0600) >= 0);
    report("change the program", open("/box/program", O_WRONLY) >= 0 || chmod("/box/program", 0777) == 0);
    report("mount", mount("none", "/tmp", "tmpfs", 0, NULL) == 0);
    report("enter a namespace", unshare(CLONE_NEWUSER) == 0);
    report("signal process 1", kill(1, 0) == 0);
    report("make a device", mknod("/tmp/device", S_IFCHR | 0600, 0x101) == 0);
    pid_t child = fork();
    if (child == 0) _exit(0);
    report("start a process", child > 0);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 2 && !strcmp(argv[1], "--probe")) return probe();
    if (argc < 5) {
        dprintf(2, "usage: sandbox <root> <programs> <first uid> <path>...\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    first_uid = (uid_t)atoi(argv[3]);
    host_proc = open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC);
    programs = open(argv[2], O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (host_proc < 0 || programs < 0) give_up("/proc and %s", argv[2]);
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, 1 /* LANDLOCK_CREATE_RULESET_VERSION */);
    landlock = version > 0 ? (int)version : 0;
    enter_namespaces();
    if (sethostname("box", 3)) give_up("sethostname");
    build_root(argv[1], argv + 4);
    /* no exec from here on gains a capability, and ours are given up before the only one there is */
    for (int capability = 0; capability < 64; capability++) prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); /* nobody attaches to keeper or box; set after the uid map is written */
    send_reply((struct reply){.reason = HELLO, .exit = is_root, .signal = landlock}, "", "");
    keep();
    return 0;
}
