package io.posthorn.persistence;

import io.posthorn.config.Seconds;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps durations as a comma list of seconds, which may be empty; {@code null} stays {@code null}. */
@Converter
public class DurationsConverter implements AttributeConverter<List<Duration>, String> {

    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable List<Duration> durations) {
        return durations == null
                ? null
                : durations.stream()
                        .map(duration -> Seconds.of(duration).toPlainString())
                        .collect(Collectors.joining(","));
    }

    @Override
    public @Nullable List<Duration> convertToEntityAttribute(@Nullable String text) {
        return text == null
                ? null
                : Arrays.stream(text.split(","))
                        .filter(seconds -> !seconds.isEmpty())
                        .map(BigDecimal::new)
                        .map(Seconds::toDuration)
                        .toList();
    }
}
