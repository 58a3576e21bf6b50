package io.posthorn.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.posthorn.rest.StorableText;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.Base64;

/** The body of an answer as it is kept and shown: text as it is, and what is no text in base64, as a Svix server has it. */
final class AnswerText {

    private AnswerText() {}

    /** @param cut whether more came than was kept, so that the last letter may be half of one, which is left out */
    static String of(byte[] body, boolean cut) {
        CharBuffer text = CharBuffer.allocate(body.length);
        boolean isText =
                !UTF_8.newDecoder().decode(ByteBuffer.wrap(body), text, !cut).isError();
        return isText
                ? StorableText.of(text.flip().toString())
                : Base64.getEncoder().encodeToString(body);
    }
}
