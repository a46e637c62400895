/*
 * What a program can see: the keeper's namespaces, and the file tree of every box. Included by
 * sandbox.c.
 *
 * Three modes. With namespaces, of root or of an ordinary user, a box has a root of its own in which
 * nothing else exists; Landlock is a second wall. Without, a box is a folder of the host and Landlock
 * the only wall between it and all other files: a program can read what it is shown and write
 * nothing at all; it may still learn by stat() that a file exists. The filter then also refuses what
 * Landlock does not know (modes, times, truncation by name), and signals and tracing are refused as
 * ever. Which mode it is comes out of trying.
 */

static int write_text(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    int written = fd >= 0 && write(fd, text, strlen(text)) > 0;
    if (fd >= 0) close(fd);
    return written;
}

/*
 * Own mounts, an empty network (not even loopback is up), own System V ipc and host name; with
 * root's rights or our own. Boxes share the last three, which costs nothing: the filter refuses
 * every call that would reach them. What a program can touch, its box has for itself.
 *
 * Wall: an empty network, and an ipc of one's own. Stops connections to the host and from it, and
 * messages between programs, behind a filter that refuses to make a socket or a queue at all. Shown by
 * atk_net_connect.cpp, atk_net_connect.js, atk_net_connect.py, atk_net_listen.py, atk_net_unix.cpp,
 * atk_net_vsock.cpp, atk_hostname_ipc.cpp, mle_sysv_shm.cpp.
 */
static void enter_namespaces(void)
{
    const int ours = CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS;
    uid_t uid = geteuid();
    gid_t gid = getegid();
    is_root = uid == 0;
    if (is_root && unshare(ours) == 0) {
        has_namespaces = 1;
    } else if (unshare(CLONE_NEWUSER | ours) == 0) {
        char users[64], groups[64];
        snprintf(users, sizeof users, "%u %u 1\n", first_uid, uid);
        snprintf(groups, sizeof groups, "%u %u 1\n", first_uid, gid);
        is_root = 0;
        has_namespaces = write_text("/proc/self/setgroups", "deny") && write_text("/proc/self/uid_map", users) &&
                         write_text("/proc/self/gid_map", groups);
    }
    /* some systems (Ubuntu since 23.10) grant a user namespace and nothing in it */
    if (has_namespaces && mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL)) has_namespaces = 0;
    /* without namespaces no program may run with root's uid: where it cannot be changed, nothing runs */
    if (!has_namespaces) is_root = uid == 0;
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

/*
 * Shows `path` of the host at `place` below `root`.
 *
 * Wall: what is shown is read-only, without set-uid and devices. Stops changes to the host, and rights
 * lent by its programs. Shown by atk_write_outside.py, atk_exec_shell.cpp, atk_set_uid.c.
 */
static void show_at(const char *root, const char *place, const char *path)
{
    char full[4096], target[4096];
    struct stat what;
    snprintf(full, sizeof full, "%s%s", root, place);
    if (lstat(path, &what)) give_up("%s", path);
    make_folders(root, place, S_ISDIR(what.st_mode));
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

static void show(const char *root, const char *path)
{
    show_at(root, path, path);
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

/*
 * The root every box gets a copy of.
 *
 * Wall: what is not shown here does not exist for any program; neither /proc nor /sys is. Stops reading
 * secrets, answers, users, processes and devices, by any name, also from within a compiler. Shown by
 * atk_read_shadow.py, atk_read_passwd.cpp, atk_answer_hunt.py, atk_proc_snoop.py, atk_proc_links.c,
 * atk_dot_dot.c, atk_devices.c, atk_js_process.js, ce_include_canary.cpp, ce_incbin_answers.cpp,
 * ce_has_include_oracle.cpp, ce_include_proc.c, ce_include_tty.cpp.
 */
static void build_root(const char *root, char **paths)
{
    if (mount("box", root, "tmpfs", MS_NOSUID | MS_NODEV, "size=1m,nr_inodes=1k,mode=755")) give_up("tmpfs on %s", root);
    for (char **path = paths; *path; path++)
        if (**path == '/') show(root, *path);
        else if (**path == '+') show_at(root, "/headers", *path + 1);
    for (char **path = paths; *path; path++)
        if (**path == '-') hide(root, *path + 1);
    show(root, "/dev/null");
    show(root, "/dev/urandom"); /* no /dev/zero: shared memory without a file, see allow_mmap */
    /* the host's list of users stays outside; programs that ask who they are get an answer */
    write_file(root, "/etc/passwd", "box:x:60000:60000::/tmp:/\n");
    make_folders(root, "/tmp", 1);
    make_folders(root, "/box", 1);
    make_folders(root, "/proc", 1); /* empty; see show_self */
    if (sethostname("box", 3)) give_up("sethostname");
    if (chdir(root) || syscall(SYS_pivot_root, ".", ".") || umount2(".", MNT_DETACH) || chdir("/")) give_up("new root");
    if (mount(NULL, "/", NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV, NULL)) give_up("read-only root");
}

/* ------------------------------------------------------------------ without namespaces */

static char **shared_paths; /* what Landlock lets programs read */

static void share_root(const char *root, char **paths)
{
    if (!landlock) {
        errno = ENOSYS;
        give_up("this host grants no namespaces to this user and its kernel has no Landlock");
    }
    shared_paths = paths;
    if (chdir(root)) give_up("%s", root);
}

/*
 * Removes what is in `from`; folders in it move up to `top`, under names nobody uses. So no depth a
 * compiler was made to nest them to can be too deep for us. Says whether anything was found.
 */
static int take_out(int top, int from)
{
    static unsigned count;
    char name[16];
    int found = 0, removed, folder = openat(from, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *entries = folder < 0 ? NULL : fdopendir(folder);
    if (!entries) give_up("reading a folder");
    for (struct dirent *entry; (entry = readdir(entries));) {
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")) continue;
        found = 1;
        if (!unlinkat(from, entry->d_name, 0)) continue;
        /* not removed, so not a link but a folder: ours to open, whatever its mode was */
        int inner = fchmodat(from, entry->d_name, 0700, 0) ? -1 : openat(from, entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (inner < 0) give_up("emptying a folder");
        if (from == top) {
            while (take_out(top, inner)) continue;
            removed = !unlinkat(from, entry->d_name, AT_REMOVEDIR);
        } else {
            do snprintf(name, sizeof name, "%u", count++);
            while ((removed = !renameat(from, entry->d_name, top, name)) == 0 && (errno == ENOTEMPTY || errno == ENOTDIR));
        }
        if (!removed) give_up("emptying a folder");
        close(inner);
    }
    closedir(entries);
    return found;
}

/* A folder is emptied of what a compiler left; other programs can write nothing. */
static void make_empty(const char *path, mode_t mode, uid_t uid)
{
    if (mkdir(path, 0700) && errno != EEXIST) give_up("mkdir %s", path);
    int folder = chmod(path, 0700) ? -1 : open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) give_up("%s", path);
    while (take_out(folder, folder)) continue;
    close(folder);
    if (is_root && chown(path, uid, uid)) give_up("chown %s", path);
    if (chmod(path, mode)) give_up("chmod %s", path);
}

static void furnish_folder(uid_t uid)
{
    char here[400];
    if (!getcwd(here, sizeof here)) give_up("getcwd");
    snprintf(box_path, sizeof box_path, "%s/box-%u", here, uid);
    snprintf(tmp_path, sizeof tmp_path, "%s/tmp-%u", here, uid);
    make_empty(box_path, 0711, 0);
    make_empty(tmp_path, 0700, uid);
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); /* what a compiler leaves behind comes to us */
}

/* ------------------------------------------------------------------ Landlock */

static void allow_path(int ruleset, const char *path, uint64_t access)
{
    const uint64_t for_files = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE;
    struct stat what;
    struct landlock_path_beneath_attr rule = {.allowed_access = access};
    rule.parent_fd = open(path, O_PATH | O_CLOEXEC);
    if (rule.parent_fd < 0 || fstat(rule.parent_fd, &what)) give_up("%s", path);
    if (!S_ISDIR(what.st_mode)) rule.allowed_access &= for_files;
    if (syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0)) give_up("landlock rule for %s", path);
    close(rule.parent_fd);
}

/*
 * Wall: Landlock. Stops, should the mounts have a hole, writing anything but the scratch folder and
 * opening a port; without namespaces, reading what is not shown, and writing at all. Shown, where it
 * stands alone, by atk_read_shadow.py, atk_answer_hunt.py, atk_dot_dot.c, atk_proc_snoop.py,
 * atk_write_outside.py, atk_disk_full.c, atk_shm_channel.py, ce_incbin.cpp.
 */
static int make_ruleset(int only_wall)
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
    const uint64_t all_but_devices = handled.files & ~(uint64_t)(LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_BLOCK);
    allow_path(ruleset, "/dev/null", LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE);
    if (!only_wall) {
        allow_path(ruleset, "/", read_only);
        allow_path(ruleset, tmp_path, all_but_devices);
        return ruleset;
    }
    for (char **path = shared_paths; *path; path++)
        if (**path == '/') allow_path(ruleset, *path, read_only);
    allow_path(ruleset, "/dev/urandom", LANDLOCK_ACCESS_FS_READ_FILE);
    allow_path(ruleset, box_path, read_only);
    return ruleset;
}

/* ------------------------------------------------------------------ a box with namespaces */

/*
 * Wall: folders of the box's own, in memory, bounded in bytes and inodes, gone with it. Stops words from
 * one test to the next, and a disk from filling. Shown by atk_shm_channel.py, atk_py_hooks.py,
 * atk_selfmodify.cpp, atk_disk_full.c, ole_inodes.py.
 *
 * Wall: nothing in /tmp can be executed. Stops programs that write programs. Shown by atk_run_from_tmp.c.
 */
static void furnish(void)
{
    if (mount("tmp", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, TMP_OPTIONS)) give_up("tmpfs on /tmp");
    if (mount("box", "/box", "tmpfs", MS_NOSUID | MS_NODEV, BOX_OPTIONS)) give_up("tmpfs on /box");
}

