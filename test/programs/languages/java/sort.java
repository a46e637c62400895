import java.io.*;
import java.util.*;

public class Main {
    public static void main(String[] args) throws IOException {
        StreamTokenizer in = new StreamTokenizer(new BufferedInputStream(System.in));
        in.nextToken();
        int[] numbers = new int[(int) in.nval];
        for (int i = 0; i < numbers.length; i++) {
            in.nextToken();
            numbers[i] = (int) in.nval;
        }
        Arrays.sort(numbers);
        long sum = 0;
        for (int i = 0; i < numbers.length; i++) sum = (sum + (i + 1L) * numbers[i]) % 1000003;
        System.out.println(sum);
    }
}
