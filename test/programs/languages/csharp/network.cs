using System;
using System.Net;
using System.Net.Sockets;

class Program {
    static void Main() {
        try {
            new TcpListener(IPAddress.Loopback, 0).Start();
            Console.WriteLine("PWNED");
        } catch (Exception) {
            Console.WriteLine("SAFE");
        }
    }
}
