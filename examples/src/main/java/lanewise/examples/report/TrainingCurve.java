package lanewise.examples.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import lanewise.nn.training.Epoch;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.Styler.YAxisPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws test accuracy and training loss over the epochs. */
public final class TrainingCurve {

    private static final Color ACCURACY = new Color(0x1F5FBF);
    private static final Color LOSS = new Color(0xD9822B);

    private final XYChart chart;

    /**
     * A new drawing.
     *
     * @param title heading
     * @param epochs what to draw; at least one
     */
    public TrainingCurve(String title, List<Epoch> epochs) {
        chart = new XYChartBuilder().width(800).height(480).title(title).xAxisTitle("epoch")
                .yAxisTitle("test accuracy").build();
        chart.getStyler().setXAxisMaxLabelCount(16).setYAxisDecimalPattern("0.000")
                .setYAxisGroupPosition(1, YAxisPosition.Right).setChartBackgroundColor(Color.WHITE)
                .setLegendPosition(LegendPosition.OutsideS);
        chart.setYAxisGroupTitle(1, "training loss");
        double[] number = epochs.stream().mapToDouble(Epoch::number).toArray();
        draw(chart.addSeries("test accuracy", number, epochs.stream().mapToDouble(Epoch::score).toArray()),
                ACCURACY);
        XYSeries loss = chart.addSeries("training loss", number,
                epochs.stream().mapToDouble(Epoch::trainLoss).toArray());
        loss.setYAxisGroup(1);
        draw(loss, LOSS);
    }

    /**
     * Saves the drawing as {@code curve.svg} and {@code curve.png}.
     *
     * @param folder where; files of these names are overwritten
     * @throws IOException if they cannot be written
     */
    public void save(Path folder) throws IOException {
        ChartEncoder.saveChart(chart, folder.resolve("curve.svg").toString(), "svg");
        ChartEncoder.saveChart(chart, folder.resolve("curve.png").toString(), "png");
    }

    private static void draw(XYSeries series, Color color) {
        series.setLineColor(color);
        series.setLineStyle(new BasicStroke(2));
        series.setMarker(SeriesMarkers.NONE);
    }
}
