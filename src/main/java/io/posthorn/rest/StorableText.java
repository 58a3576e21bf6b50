package io.posthorn.rest;

/**
 * Text that every database keeps as it is: PostgreSQL's has no NUL, and no UTF-8 has half of a surrogate pair, which JSON
 * can spell.
 */
public final class StorableText {

    private static final int REPLACEMENT = 0xFFFD;

    private StorableText() {}

    public static boolean is(String text) {
        return text.codePoints().allMatch(StorableText::isStorable);
    }

    /** The text with U+FFFD in the place of what cannot be kept. */
    public static String of(String text) {
        return text.codePoints()
                .map(letter -> isStorable(letter) ? letter : REPLACEMENT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isStorable(int letter) {
        return letter != 0 && (letter < Character.MIN_SURROGATE || letter > Character.MAX_SURROGATE);
    }
}
