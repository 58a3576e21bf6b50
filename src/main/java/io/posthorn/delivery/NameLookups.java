package io.posthorn.delivery;

import io.posthorn.config.Subnets;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks hosts up apart from whoever asks: the name server of one host may take as long as it likes, and only those wait
 * who want that host. They wait together, for one lookup, so that a host holds one thread however many wait for it. What the
 * executor rejects fails at once.
 */
final class NameLookups {

    private final DnsResolver resolver;
    private final Executor executor;
    private final Map<String, CompletableFuture<List<InetAddress>>> running = new ConcurrentHashMap<>();

    NameLookups(DnsResolver resolver, Executor executor) {
        this.resolver = resolver;
        this.executor = executor;
    }

    CompletableFuture<List<InetAddress>> lookUp(String host) {
        CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
        if (Subnets.address(host).isPresent()) {
            // Nobody is asked what an address means.
            resolve(host, answer);
            return answer;
        }
        CompletableFuture<List<InetAddress>> asked = running.putIfAbsent(host, answer);
        if (asked != null) {
            return asked;
        }
        answer.whenComplete((addresses, error) -> running.remove(host, answer));
        try {
            executor.execute(() -> resolve(host, answer));
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(new UnknownHostException(host + " (too many hosts are being looked up)"));
        }
        return answer;
    }

    private void resolve(String host, CompletableFuture<List<InetAddress>> answer) {
        try {
            answer.complete(List.of(resolver.resolve(host)));
        } catch (UnknownHostException | RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }
}
