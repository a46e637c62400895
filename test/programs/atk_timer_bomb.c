#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <time.h>

/* Timers are kernel memory of nobody's resident set: each takes one of the pending signals there may be. */
int main(void)
{
    int made = 0;
    timer_t timer;
    struct sigevent none = {.sigev_notify = SIGEV_NONE};
    while (made < 100000 && !timer_create(CLOCK_MONOTONIC, &none, &timer)) made++;
    puts(made < 1000 ? "SAFE" : "PWNED");
}
