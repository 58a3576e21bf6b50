package io.posthorn.delivery;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.hc.client5.http.DnsResolver;

/** A name server: it knows what it is told, and takes for ever over some names. */
final class NamesInTest implements DnsResolver {

    private final Map<String, String[]> known = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> silent = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    void put(String host, String... addresses) {
        known.put(host, addresses);
    }

    /** @return ends the silence */
    CountDownLatch keepSilentAbout(String host) {
        CountDownLatch silence = new CountDownLatch(1);
        silent.put(host, silence);
        return silence;
    }

    long timesAskedFor(String host) {
        return asked.stream().filter(host::equals).count();
    }

    void end() {
        silent.values().forEach(CountDownLatch::countDown);
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        asked.add(host);
        CountDownLatch silence = silent.get(host);
        if (silence != null) {
            try {
                silence.await();
            } catch (InterruptedException e) {
                throw new UnknownHostException(host + " was given up");
            }
        }
        String[] addresses = known.get(host);
        if (addresses == null) {
            throw new UnknownHostException(host);
        }
        return addresses(addresses);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    static InetAddress[] addresses(String... texts) {
        return Arrays.stream(texts).map(NamesInTest::address).toArray(InetAddress[]::new);
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
