using System;
using System.IO;

class Program {
    static StreamReader input = new StreamReader(Console.OpenStandardInput());

    static int Next() {
        int value = 0, digit = input.Read();
        while (digit < '0') digit = input.Read();
        for (; digit >= '0'; digit = input.Read()) value = value * 10 + digit - '0';
        return value;
    }

    static void Main() {
        int[] numbers = new int[Next()];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = Next();
        Array.Sort(numbers);
        long sum = 0;
        for (int i = 0; i < numbers.Length; i++) sum = (sum + (i + 1L) * numbers[i]) % 1000003;
        Console.WriteLine(sum);
    }
}
