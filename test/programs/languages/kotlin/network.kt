fun main() {
    try {
        java.net.ServerSocket(0)
        println("PWNED")
    } catch (refused: Throwable) {
        println("SAFE")
    }
}
