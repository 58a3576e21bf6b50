package io.posthorn.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws what was measured. */
final class Plots {

    private static final double[] QUANTILES =
            DoubleStream.iterate(0.005, q -> q < 1, q -> q + 0.005).toArray();

    private final Path directory;
    private final String prefix;

    /** @param prefix of the files' names */
    Plots(Path directory, String prefix) {
        this.directory = directory;
        this.prefix = prefix;
    }

    void draw(Figures figures, Latency latency) {
        List<String> ratios = figures.names().stream()
                .filter(name -> name.endsWith(Figures.RATIO))
                .toList();
        CategoryChart chart = new CategoryChartBuilder()
                .width(900)
                .height(450)
                .title("Ratios (medians)")
                .yAxisTitle("ratio")
                .build();
        chart.getStyler().setLabelsVisible(true).setXAxisLabelRotation(30);
        chart.getStyler().setLegendVisible(false).setDecimalPattern("0.00");
        if (!ratios.isEmpty()) {
            chart.addSeries(
                    "median",
                    ratios.stream().map(name -> name.replace(Figures.RATIO, "")).toList(),
                    ratios.stream()
                            .map(name -> figures.median(name).orElseThrow())
                            .toList());
            save(chart, "ratios");
        }
        if (latency.distributions().values().stream().noneMatch(List::isEmpty)) {
            save(quantiles(latency.distributions()), "latency");
        }
    }

    private static XYChart quantiles(Map<String, List<Double>> distributions) {
        XYChart chart = new XYChartBuilder()
                .width(900)
                .height(450)
                .title("From publish to arrival, beside a bare POST")
                .xAxisTitle("ms, logarithmic")
                .yAxisTitle("part of the messages")
                .build();
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setDecimalPattern("0.00");
        distributions.forEach((name, millis) -> chart.addSeries(
                        name,
                        DoubleStream.of(QUANTILES)
                                .map(q -> Math.max(0.01, Figures.quantile(millis, q)))
                                .toArray(),
                        QUANTILES)
                .setMarker(SeriesMarkers.NONE));
        return chart;
    }

    private void save(Chart<?, ?> chart, String name) {
        try {
            BitmapEncoder.saveBitmap(
                    chart, directory.resolve(prefix + "-" + name).toString(), BitmapFormat.PNG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
