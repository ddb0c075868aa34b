package io.understudy.undermoon;

import java.nio.charset.StandardCharsets;

/** A whole store as text, as GET and PUT {@code /metadata} have it (spec undermoon 4.4). */
final class MetaStoreJson {
    private MetaStoreJson() {}

    static String write(MetaStoreData store) {
        JsonText out = new JsonText();
        UndermoonJson.metaStore(out, store);
        return out.bytes().text();
    }

    /**
     * Reads what {@link #write} writes.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static MetaStoreData read(String json) {
        MetaStoreData store;
        try {
            store = MetaStoreBody.STRICT.readDocument(json.getBytes(StandardCharsets.UTF_8));
        } catch (SerdeException e) {
            throw new IllegalArgumentException("this is no metadata of a broker: " + e.getMessage(), e);
        }
        if (!store.version().equals(MetaStoreData.VERSION)) {
            throw new IllegalArgumentException(
                    "the metadata is of version '" + store.version() + "'; it must be " + MetaStoreData.VERSION);
        }
        return store;
    }
}
