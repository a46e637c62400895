public class Main {
    public static void main(String[] args) {
        try {
            new ProcessBuilder("/bin/true").start();
            System.out.println("PWNED");
        } catch (Exception refused) {
            System.out.println("SAFE");
        }
    }
}
