/*
 * One cgroup per keeper, where the host lets us make one: everything of a slot is born into it, and what
 * all of it takes together is bounded. Included by sandbox.c.
 *
 * A backstop, and no measure. A program's memory is what is resident, by which its verdict is found; a
 * cgroup also counts the page cache of whoever reads a library first, so that the same program would
 * measure differently from run to run. One group per run would be exact, yet entering one now and then
 * takes 10 ms while the kernel waits for a grace period. So the keeper enters once, and the limit is
 * rewritten for each run, which takes 16 us. It leaves room for what is not the program: input, output
 * and files of this box, and those of the last one while the kernel still removes it.
 *
 * Version 2 is used where systemd delegated a subtree (Delegate=yes and DelegateSubgroup=), or in the
 * root group; version 1 wherever it can be written. A group is named by its keeper's pid, and removed by
 * it; those of keepers that were killed are removed by the next one to start.
 */

enum { GROUP_PROCESSES = 2 * MAX_PROCESSES + 10, WARM_MIB = 64 /* of a program that waits for its run, and of its box */ };
#define MIB (1ULL << 20)

static struct cgroup {
    int home, parent, own; /* folders: where we came from, where ours is made, and ours */
} memory_group = {-1, -1, -1}, process_group = {-1, -1, -1};
static int cgroup_version; /* 0 where there is none for us */
static char group_name[32];

static int write_in(int folder, const char *file, const char *text)
{
    int fd = openat(folder, file, O_WRONLY | O_CLOEXEC);
    int written = fd >= 0 && write(fd, text, strlen(text)) > 0;
    if (fd >= 0) close(fd);
    return written;
}

/* The number after `field` in a file of a group; 0 where there is none. */
static unsigned long long number_in(int folder, const char *file, const char *field)
{
    char text[4096], *found;
    int fd = folder < 0 ? -1 : openat(folder, file, O_RDONLY | O_CLOEXEC);
    ssize_t length = fd < 0 ? 0 : read(fd, text, sizeof text - 1);
    if (fd >= 0) close(fd);
    text[length > 0 ? length : 0] = 0;
    found = strstr(text, field);
    return found ? strtoull(found + strlen(field), NULL, 10) : 0;
}

static int open_folder(const char *path) { return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC); }

/* What a keeper that was killed could not remove. One that lives is not empty, and stays. */
static void sweep(int parent)
{
    DIR *folder = fdopendir(dup(parent));
    if (!folder) return;
    rewinddir(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        int pid = 0;
        if (sscanf(entry->d_name, "joust-%d", &pid) == 1 && kill(pid, 0) && errno == ESRCH)
            unlinkat(parent, entry->d_name, AT_REMOVEDIR);
    }
    closedir(folder);
}

/* Where we are in the hierarchy of `controller`; of version 2 where it is NULL. */
static int own_path(const char *controller, char *path, size_t size)
{
    char line[1024];
    int found = 0;
    FILE *file = fopen("/proc/self/cgroup", "re");
    while (file && !found && fgets(line, sizeof line, file)) {
        char *names = strchr(line, ':'), *at = names ? strchr(++names, ':') : NULL;
        if (!at) continue;
        *at++ = 0;
        at[strcspn(at, "\n")] = 0;
        if (controller) {
            for (char *name = strtok(names, ","); name && !found; name = strtok(NULL, ",")) found = !strcmp(name, controller);
            if (found) found = snprintf(path, size, "/sys/fs/cgroup/%s%s", controller, at) < (int)size;
        } else if (!*names) {
            found = snprintf(path, size, "/sys/fs/cgroup%s", at) < (int)size;
        }
    }
    if (file) fclose(file);
    return found;
}

static int is_delegated(const char *path)
{
    char one[2];
    return getxattr(path, "user.delegate", one, sizeof one) > 0 || getxattr(path, "trusted.delegate", one, sizeof one) > 0;
}

static int enter_group(struct cgroup *group)
{
    if (group->home < 0 || group->parent < 0) return 0;
    sweep(group->parent);
    if (mkdirat(group->parent, group_name, 0755) && errno != EEXIST) return 0; /* ours alone: the pid is */
    group->own = openat(group->parent, group_name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return group->own >= 0 && write_in(group->own, "cgroup.procs", "0");
}

static void leave_group(struct cgroup *group)
{
    if (group->own < 0) return;
    write_in(group->home, "cgroup.procs", "0");
    /* what was killed a moment ago may still be counted as a member */
    for (int tries = 0; tries < 100 && unlinkat(group->parent, group_name, AT_REMOVEDIR) && errno == EBUSY; tries++) usleep(1000);
    group->own = -1;
}

static void leave_groups(void)
{
    leave_group(&memory_group);
    leave_group(&process_group);
    cgroup_version = 0;
}

/* Called before there are namespaces, while the host's files can be seen. */
static void enter_groups(void)
{
    char path[1100], most[16];
    snprintf(group_name, sizeof group_name, "joust-%d", getpid());
    snprintf(most, sizeof most, "%d", GROUP_PROCESSES);
    if (own_path("memory", path, sizeof path)) {
        memory_group.home = memory_group.parent = open_folder(path);
        if (own_path("pids", path, sizeof path)) process_group.home = process_group.parent = open_folder(path);
        /* swappiness 0 is never, in a group */
        if (enter_group(&memory_group) && write_in(memory_group.own, "memory.swappiness", "0")) cgroup_version = 1;
        if (cgroup_version && enter_group(&process_group)) write_in(process_group.own, "pids.max", most);
    } else if (own_path(NULL, path, sizeof path)) {
        memory_group.home = memory_group.parent = open_folder(path);
        if (!write_in(memory_group.parent, "cgroup.subtree_control", "+memory +pids")) {
            *strrchr(path, '/') = 0; /* a group with processes has no groups with limits: ours goes beside it */
            memory_group.parent = is_delegated(path) ? open_folder(path) : -1;
            write_in(memory_group.parent, "cgroup.subtree_control", "+memory +pids");
        }
        if (enter_group(&memory_group) && write_in(memory_group.own, "pids.max", most) &&
            (write_in(memory_group.own, "memory.swap.max", "0") || errno == ENOENT))
            cgroup_version = 2;
    }
    if (!cgroup_version) leave_groups();
}

/*
 * Wall: a bound on all memory and all processes of a slot, program, compiler and box together. Stops a
 * compiler's children, scratch files, page tables and pipes from taking what no single limit counts.
 * Shown by mle_tmpfs.cpp, ce_macro_bomb.cpp, ce_fill_disk.c, atk_descriptors.c, atk_many_threads.c.
 */
static void limit_group(const struct request *asked)
{
    static unsigned long long last_room; /* what the kernel may still have to remove */
    const char *name = cgroup_version == 1 ? "memory.limit_in_bytes" : "memory.max";
    unsigned long long room = 0ULL + asked->input_bytes + asked->output_bytes + asked->error_bytes +
                              (asked->family == COMPILER ? COMPILER_TMP_MIB : TMP_MIB) * MIB +
                              (asked->files ? BOX_MIB : PROGRAM_MIB) * MIB;
    unsigned long long bytes = asked->memory_kib * 1024ULL + room + last_room + (PROGRAM_MIB + WARM_MIB) * MIB;
    char text[32];
    last_room = room + (asked->kind == PAIR ? asked->memory_kib * 1024ULL : 0); /* which goes on beside the next */
    if (!cgroup_version) return;
    snprintf(text, sizeof text, "%llu", bytes);
    /* below what is in use, the kernel would look for somebody to kill, who might be us */
    unsigned long long used = number_in(memory_group.own, cgroup_version == 1 ? "memory.usage_in_bytes" : "memory.current", "");
    if (used < bytes) write_in(memory_group.own, name, text);
}

/* How many processes of this slot the kernel ever killed for their group's memory. */
static unsigned long long group_kills(void)
{
    return number_in(memory_group.own, cgroup_version == 1 ? "memory.oom_control" : "memory.events", "oom_kill ");
}
