#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* A program that may be more than whoever starts it: one of the host's, or one of our own making. */
int main(int count, char **words)
{
    if (count > 1) {
        puts(geteuid() == getuid() && geteuid() ? "SAFE" : "PWNED");
        return 0;
    }
    chmod(words[0], 06755);
    int from = open(words[0], O_RDONLY), to = open("/tmp/own", O_CREAT | O_WRONLY, 0700);
    char chunk[4096];
    for (ssize_t got; to >= 0 && (got = read(from, chunk, sizeof chunk)) > 0;)
        if (write(to, chunk, (size_t)got) < 0) break;
    if (to >= 0) fchmod(to, 06755), close(to);
    execl("/tmp/own", "/tmp/own", "again", (char *)NULL);
    execl(words[0], words[0], "again", (char *)NULL);
    puts("PWNED by losing its program");
}
