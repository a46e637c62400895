#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Up and up, by names, by descriptors and by links one made oneself. */
int main(void)
{
    const char *secrets[] = {"tmp/joust-canary/secret.txt", "etc/shadow", "root/.profile", "home", "var/log", "etc/hostname"};
    char path[512] = "";
    int pwned = 0, up = open(".", O_RDONLY | O_DIRECTORY);
    for (int depth = 0; depth < 24; depth++) {
        strcat(path, "../");
        if (up >= 0) up = openat(up, "..", O_RDONLY | O_DIRECTORY);
        for (unsigned i = 0; i < sizeof secrets / sizeof *secrets; i++) {
            char whole[600];
            snprintf(whole, sizeof whole, "%s%s", path, secrets[i]);
            pwned |= open(whole, O_RDONLY) >= 0;
            pwned |= up >= 0 && openat(up, secrets[i], O_RDONLY) >= 0;
        }
    }
    pwned |= !symlink("/tmp/joust-canary/secret.txt", "/tmp/link") && open("/tmp/link", O_RDONLY) >= 0;
    pwned |= !link("/etc/passwd", "/tmp/hard");
    pwned |= !rename("/box", "/tmp/box");
    puts(pwned ? "PWNED" : "SAFE");
}
