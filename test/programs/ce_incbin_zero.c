/* The compiler would read without end. */
__asm__(".incbin \"/dev/zero\"");
int main(void) { return 0; }
