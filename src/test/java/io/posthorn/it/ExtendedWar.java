package io.posthorn.it;

import java.io.File;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Posthorn with the classes of a test beside it, in one WAR. */
public final class ExtendedWar {

    private ExtendedWar() {}

    /** @param member of the package that goes into the WAR, as a whole */
    public static Path withPackageOf(Class<?> member) {
        Path posthorn = ServerProcess.posthornWar();
        File war = posthorn.resolveSibling("extended")
                .resolve(member.getPackageName() + ".war")
                .toFile();
        war.getParentFile().mkdirs();
        ShrinkWrap.createFromZipFile(WebArchive.class, posthorn.toFile())
                .addPackage(member.getPackage())
                .as(ZipExporter.class)
                .exportTo(war, true);
        return war.toPath();
    }
}
