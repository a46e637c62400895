fun main() {
    try {
        ProcessBuilder("/bin/true").start()
        println("PWNED")
    } catch (refused: Exception) {
        println("SAFE")
    }
}
