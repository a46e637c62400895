using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

class Program {
    static void Main() {
        var sums = new long[4];
        var threads = new Thread[2];
        for (int t = 0; t < 2; t++) {
            int at = t;
            threads[t] = new Thread(() => { for (int i = 1; i <= 1000; i++) sums[at] += i; });
            threads[t].Start();
        }
        foreach (var thread in threads) thread.Join();
        Parallel.For(2, 4, at => { for (int i = 1; i <= 1000; i++) sums[at] += i; });
        Console.WriteLine(sums.Sum());
    }
}
