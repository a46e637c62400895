public class Main {
    public static void main(String[] args) {
        try {
            new java.net.ServerSocket(0);
            System.out.println("PWNED");
        } catch (Throwable refused) {
            System.out.println("SAFE");
        }
    }
}
