fun main() {
    val everything = mutableListOf<ByteArray>()
    while (true) everything.add(ByteArray(1 shl 20))
}
