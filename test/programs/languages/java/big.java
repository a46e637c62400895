import java.util.*;

public class Main {
    public static void main(String[] args) {
        List<byte[]> everything = new ArrayList<>();
        for (;;) everything.add(new byte[1 << 20]);
    }
}
