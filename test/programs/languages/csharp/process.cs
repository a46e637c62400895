using System;
using System.Diagnostics;

class Program {
    static void Main() {
        try {
            Process.Start("/bin/true");
            Console.WriteLine("PWNED");
        } catch (Exception) {
            Console.WriteLine("SAFE");
        }
    }
}
