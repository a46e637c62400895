import kotlin.concurrent.thread

fun main() {
    val sums = LongArray(4)
    val threads = sums.indices.map { at -> thread { for (i in 1..1000) sums[at] += i.toLong() } }
    threads.forEach { it.join() }
    println(sums.sum())
}
