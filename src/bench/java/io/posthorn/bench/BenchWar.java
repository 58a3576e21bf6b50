package io.posthorn.bench;

import io.posthorn.bench.inside.BenchResource;
import java.io.File;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Posthorn with a do-nothing resource and a driver for publishing beside it, in one WAR. */
final class BenchWar {

    private BenchWar() {}

    static Path build(Path posthorn, Path directory) {
        File war = directory.resolve("posthorn-bench.war").toFile();
        war.getParentFile().mkdirs();
        ShrinkWrap.create(ZipImporter.class, war.getName())
                .importFrom(posthorn.toFile())
                .as(WebArchive.class)
                .addPackage(BenchResource.class.getPackage())
                .as(ZipExporter.class)
                .exportTo(war, true);
        return war.toPath();
    }
}
