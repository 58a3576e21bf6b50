package io.posthorn.source;

import java.util.List;

/**
 * Where a provider's requests have what Posthorn wants to know of an event. Of several places, the first that is filled
 * counts. Pointers lead into JSON, and to the fields of forms.
 *
 * @param idHeaders of the delivery's id
 * @param idPointers of it within the body, as JSON pointers
 * @param typeHeaders of the event type
 * @param typePointers of it within the body; what stands before the first slash of one stands before the type as well
 * @param actionPointer of what is added to the type behind a dot; empty for nothing
 * @param timePointers of the event's time: a date, or seconds or milliseconds since 1970
 * @param versionPointers of what changes from event to event, so that a body that has it is sent twice for one event alone;
 *     empty where any body says that much. A body that has nothing there and no id may be that of several events
 */
public record EventFields(
        List<String> idHeaders,
        List<String> idPointers,
        List<String> typeHeaders,
        List<String> typePointers,
        String actionPointer,
        List<String> timePointers,
        List<String> versionPointers) {

    /** Stands between pointers whose values make an id together; no pointer in a configuration has it. */
    public static final String TOGETHER = "\0";

    static final EventFields USUAL = new EventFields(
            List.of(), List.of("/id"), List.of(), List.of("/type"), "", List.of("/timestamp"), List.of());

    EventFields idInHeader(String... headers) {
        return new EventFields(
                List.of(headers), List.of(), typeHeaders, typePointers, actionPointer, timePointers, versionPointers);
    }

    EventFields idAt(String... pointers) {
        return new EventFields(
                idHeaders, List.of(pointers), typeHeaders, typePointers, actionPointer, timePointers, versionPointers);
    }

    /** @param pointers whose values make the id together */
    EventFields idOf(String... pointers) {
        return idAt(String.join(TOGETHER, pointers));
    }

    EventFields typeInHeader(String... headers) {
        return new EventFields(
                idHeaders, idPointers, List.of(headers), List.of(), actionPointer, timePointers, versionPointers);
    }

    EventFields typeAt(String... pointers) {
        return new EventFields(
                idHeaders, idPointers, typeHeaders, List.of(pointers), actionPointer, timePointers, versionPointers);
    }

    EventFields withAction(String pointer) {
        return new EventFields(
                idHeaders, idPointers, typeHeaders, typePointers, pointer, timePointers, versionPointers);
    }

    EventFields timeAt(String... pointers) {
        return new EventFields(
                idHeaders, idPointers, typeHeaders, typePointers, actionPointer, List.of(pointers), versionPointers);
    }

    EventFields versionAt(String... pointers) {
        return new EventFields(
                idHeaders, idPointers, typeHeaders, typePointers, actionPointer, timePointers, List.of(pointers));
    }
}
