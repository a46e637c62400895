fun deep(n: Int): Int = if (n == 0) 0 else deep(n - 1) + 1

fun main() {
    println(deep(100000))
}
