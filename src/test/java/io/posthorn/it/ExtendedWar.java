package io.posthorn.it;

import java.io.File;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Posthorn with the classes of a test beside it, in one WAR. */
public final class ExtendedWar {

    private ExtendedWar() {}

    /** @param member of the package that goes into the WAR, as a whole */
    public static Path withPackageOf(Class<?> member) {
        return build(member.getPackageName(), war -> war.addPackage(member.getPackage()));
    }

    static Path with(Class<?> observer) {
        return build(observer.getName(), war -> war.addClass(observer));
    }

    private static Path build(String name, UnaryOperator<WebArchive> extension) {
        Path posthorn = ServerProcess.posthornWar();
        File file = posthorn.resolveSibling("extended").resolve(name + ".war").toFile();
        file.getParentFile().mkdirs();
        extension
                .apply(ShrinkWrap.createFromZipFile(WebArchive.class, posthorn.toFile()))
                .as(ZipExporter.class)
                .exportTo(file, true);
        return file.toPath();
    }
}
