package io.posthorn.rest;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Map;

/** Reads one page of the entities that a JPQL condition selects, in the order of their ids or names. */
public final class IdPage {

    private IdPage() {}

    /**
     * @param condition over the alias {@code e}
     * @param descending whether the list runs from the newest to the oldest
     */
    public static <T> Page<T> read(
            EntityManager entities,
            Class<T> type,
            String condition,
            Map<String, Object> parameters,
            PageRequest request,
            boolean descending) {
        return read(entities, type, "id", condition, parameters, request, descending);
    }

    /** @param key the attribute that orders the list and that its iterators are values of */
    public static <T> Page<T> read(
            EntityManager entities,
            Class<T> type,
            String key,
            String condition,
            Map<String, Object> parameters,
            PageRequest request,
            boolean descending) {
        String attribute = "e." + key;
        boolean towardsSmaller = descending != request.backwards();
        String from = request.iterator().isPresent()
                ? " AND " + attribute + (towardsSmaller ? " < " : " > ") + ":iterator"
                : "";
        TypedQuery<T> query = entities.createQuery(
                "SELECT e FROM " + type.getSimpleName() + " e WHERE " + condition + from + " ORDER BY " + attribute
                        + (towardsSmaller ? " DESC" : " ASC"),
                type);
        parameters.forEach(query::setParameter);
        request.iterator().ifPresent(iterator -> query.setParameter("iterator", iterator));
        List<T> found = query.setMaxResults(request.limit() + 1).getResultList();
        return Page.of(request, found);
    }
}
