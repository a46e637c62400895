using System;

class Program {
    static int Deep(int n) {
        return n == 0 ? 0 : Deep(n - 1) + 1;
    }

    static void Main() {
        Console.WriteLine(Deep(100000));
    }
}
