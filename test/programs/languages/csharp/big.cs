using System.Collections.Generic;

class Program {
    static void Main() {
        var everything = new List<byte[]>();
        for (;;) {
            var piece = new byte[1 << 20];
            for (int i = 0; i < piece.Length; i += 4096) piece[i] = 1;
            everything.Add(piece);
        }
    }
}
