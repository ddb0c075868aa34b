package io.understudy.undermoon;

/**
 * Where the two masters of a chunk sit (spec undermoon 4.5).
 *
 * <pre>
 *              first proxy      second proxy
 *              node 0  node 1   node 2  node 3      replication pairs: 0-3, 1-2
 *   NORMAL      P0       .       P1       .
 *   FIRST       P0      P1        .       .
 *   SECOND       .       .       P1      P0         note the order: part 1 comes before part 0
 * </pre>
 */
enum RolePosition {
    NORMAL("Normal", 0, 2),
    FIRST_CHUNK_MASTER("FirstChunkMaster", 0, 1),
    SECOND_CHUNK_MASTER("SecondChunkMaster", 3, 2);

    private final String wireName;
    private final int nodeOfPart0;
    private final int nodeOfPart1;

    RolePosition(String wireName, int nodeOfPart0, int nodeOfPart1) {
        this.wireName = wireName;
        this.nodeOfPart0 = nodeOfPart0;
        this.nodeOfPart1 = nodeOfPart1;
    }

    /** The spelling in JSON; input is read case-insensitively (spec undermoon 4.4). */
    String wireName() {
        return wireName;
    }

    /** The node, 0 … 3, that carries the slots of part 0 or 1. */
    int nodeOfPart(int part) {
        return part == 0 ? nodeOfPart0 : nodeOfPart1;
    }

    /** The position in which both masters are on the half that is left when {@code half} (0 or 1) is lost. */
    static RolePosition without(int half) {
        return half == 0 ? SECOND_CHUNK_MASTER : FIRST_CHUNK_MASTER;
    }
}
