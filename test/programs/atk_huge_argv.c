#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Starts itself with more words than the kernel need keep for anybody, then with as many as it takes. */
int main(int count, char **words)
{
    if (count > 1) {
        puts(strlen(words[1]) < 1 << 20 ? "SAFE" : "PWNED");
        return 0;
    }
    for (int large = 1 << 20; large > 1 << 10; large /= 2) {
        char *word = malloc(large), *list[1026] = {words[0]};
        memset(word, 'x', large - 1);
        word[large - 1] = 0;
        for (int i = 1; i < 1025; i++) list[i] = word;
        execv(words[0], list);
    }
    puts("SAFE");
}
