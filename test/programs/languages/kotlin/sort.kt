import java.io.*

fun main() {
    val tokens = StreamTokenizer(BufferedInputStream(System.`in`))
    fun next(): Int {
        tokens.nextToken()
        return tokens.nval.toInt()
    }
    val numbers = IntArray(next()) { next() }
    numbers.sort()
    var sum = 0L
    for (i in numbers.indices) sum = (sum + (i + 1L) * numbers[i]) % 1000003
    println(sum)
}
