#include <cstdio>
#include <sys/socket.h>

int main() { std::puts(socket(AF_INET, SOCK_STREAM, 0) < 0 ? "SAFE" : "PWNED"); }
