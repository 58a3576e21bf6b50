package io.posthorn.boot;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/**
 * {@code /openapi} and {@code /api/v1/openapi.json}: the document as it was written, which the servers' own services would
 * change. It is JSON, and so YAML too. Posthorn's WAR maps it; an application that bundles Posthorn has a document of its own
 * there.
 */
public class OpenApiServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String DOCUMENT = "openapi.json";

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        try (InputStream document = OpenApiServlet.class.getResourceAsStream(DOCUMENT)) {
            if (document == null) {
                throw new FileNotFoundException(DOCUMENT);
            }
            document.transferTo(response.getOutputStream());
        }
    }
}
