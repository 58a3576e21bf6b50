package io.posthorn.rest;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Makes KSUIDs with a finer clock: 4 bytes of seconds since May 2014, 1 byte of 4-millisecond steps, 15 random bytes,
 * written as 27 base-62 digits; short ones have 11 random bytes, and 22 digits. Their text sorts by time without a central
 * sequence; those of one generator are strictly ascending, even within one clock step.
 *
 * @see <a href="https://github.com/segmentio/ksuid">KSUID</a>
 */
final class KsuidGenerator {

    static final int LENGTH = 27;
    private static final int SHORT_LENGTH = 22;

    private static final long EPOCH_SECONDS = 1_400_000_000L;
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(62);
    private static final int RANDOM_BYTES = 15;
    private static final int SHORT_RANDOM_BYTES = 11;

    private final Clock clock;
    private final RandomGenerator random;
    private final int randomBytes;
    private final int length;
    private BigInteger last = BigInteger.ZERO;

    KsuidGenerator(Clock clock, RandomGenerator random) {
        this(clock, random, RANDOM_BYTES, LENGTH);
    }

    private KsuidGenerator(Clock clock, RandomGenerator random, int randomBytes, int length) {
        this.clock = clock;
        this.random = random;
        this.randomBytes = randomBytes;
        this.length = length;
    }

    /** Not the long ones cut off: those of one clock step differ at their ends alone. */
    static KsuidGenerator ofShort(Clock clock, RandomGenerator random) {
        return new KsuidGenerator(clock, random, SHORT_RANDOM_BYTES, SHORT_LENGTH);
    }

    synchronized String next() {
        long millis = clock.instant().toEpochMilli();
        byte[] entropy = new byte[randomBytes];
        random.nextBytes(entropy);
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES + 1 + randomBytes)
                .putInt((int) (millis / 1000 - EPOCH_SECONDS))
                .put((byte) (millis % 1000 / 4))
                .put(entropy)
                .array();
        BigInteger candidate = new BigInteger(1, bytes);
        last = candidate.compareTo(last) > 0 ? candidate : last.add(BigInteger.ONE);
        return encode(last, length);
    }

    /** What sorts before every KSUID made at the moment or later. */
    static String floor(Instant moment) {
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES + 1 + RANDOM_BYTES)
                .putInt((int) Math.max(0, moment.getEpochSecond() - EPOCH_SECONDS))
                .array();
        return encode(new BigInteger(1, bytes), LENGTH);
    }

    private static String encode(BigInteger number, int length) {
        char[] text = new char[length];
        Arrays.fill(text, '0');
        BigInteger rest = number;
        for (int i = length - 1; rest.signum() > 0; i--) {
            BigInteger[] parts = rest.divideAndRemainder(BASE);
            text[i] = DIGITS.charAt(parts[1].intValue());
            rest = parts[0];
        }
        return new String(text);
    }
}
