package io.posthorn.faults;

import io.posthorn.it.ServerProcess;

/**
 * What a server takes when it has nothing to do.
 *
 * @param heap bytes that are live after a full collection
 * @param ours live objects of Posthorn's own classes
 * @param openFiles sockets included
 */
record Vitals(long heap, long ours, long threads, long openFiles) {

    static Vitals of(ServerProcess server) {
        Jvm jvm = new Jvm(server);
        Jvm.Heap heap = jvm.heapAfterCollection();
        return new Vitals(heap.bytes(), heap.ours(), jvm.threads(), jvm.openFiles());
    }
}
