#define _GNU_SOURCE
#include <stdio.h>
#include <sys/resource.h>

/*
 * Where core dumps are piped to a program, as systemd's and Ubuntu's are, the kernel starts it as root for
 * every crash whatever the limit is, but at a limit of exactly 1.
 */
int main(void)
{
    struct rlimit have = {0, 0}, none = {0, 0}, one = {1, 1};
    int pwned = getrlimit(RLIMIT_CORE, &have) || have.rlim_cur != 1 || have.rlim_max != 1;
    pwned |= !setrlimit(RLIMIT_CORE, &none);
    one.rlim_cur = 0;
    pwned |= !setrlimit(RLIMIT_CORE, &one);
    /* while a larger stack may be asked for, as many programs do, and get what they have */
    struct rlimit stack = {64 << 20, 64 << 20};
    if (setrlimit(RLIMIT_STACK, &stack)) return 1;
    puts(pwned ? "PWNED" : "SAFE");
}
