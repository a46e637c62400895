import java.util.stream.*;

public class Main {
    public static void main(String[] args) throws InterruptedException {
        long[] sums = new long[4];
        Thread[] threads = new Thread[4];
        for (int t = 0; t < 4; t++) {
            int at = t;
            threads[t] = new Thread(() -> sums[at] = LongStream.rangeClosed(1, 1000).parallel().sum());
            threads[t].start();
        }
        for (Thread thread : threads) thread.join();
        System.out.println(LongStream.of(sums).sum());
    }
}
