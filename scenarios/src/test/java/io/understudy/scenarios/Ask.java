package io.understudy.scenarios;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A request as it is going to be sent. The host is always the same, so that two worlds on two ports are asked the same. */
record Ask(String method, String target, List<String> fields, String body) {
    static Ask of(String method, String target) {
        return new Ask(method, target, List.of(), "");
    }

    static Ask get(String path) {
        return of("GET", "/api/v3" + path);
    }

    static Ask json(String method, String target, String body) {
        return new Ask(method, target, List.of("Content-Type: application/json"), body);
    }

    static Ask form(String method, String target, Map<String, String> values) {
        String body = values.entrySet().stream()
                .map(value -> encoded(value.getKey()) + "=" + encoded(value.getValue()))
                .collect(Collectors.joining("&"));
        return new Ask(method, target, List.of("Content-Type: application/x-www-form-urlencoded"), body);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** As stories write it: {@code PUT /path} or {@code PUT /path {"json": 1}}. Of a URL only the path is asked for. */
    static Ask parse(String line) {
        String[] words = line.split(" ", 3);
        String target = words[1].replaceFirst("^http://[^/]+", "");
        return words.length == 2 ? of(words[0], target) : json(words[0], target, words[2]);
    }

    Ask with(String field) {
        List<String> more = new ArrayList<>(fields);
        more.add(field);
        return new Ask(method, target, List.copyOf(more), body);
    }

    byte[] bytes() {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head =
                new StringBuilder().append(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: broker\r\n");
        fields.forEach(field -> head.append(field).append("\r\n"));
        if (content.length > 0) {
            head.append("Content-Length: ").append(content.length).append("\r\n");
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        all.writeBytes(content);
        return all.toByteArray();
    }

    @Override
    public String toString() {
        return method + " " + target + (fields.isEmpty() ? "" : " " + fields) + (body.isEmpty() ? "" : " " + body);
    }
}
