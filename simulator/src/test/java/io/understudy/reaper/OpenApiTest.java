package io.understudy.reaper;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.understudy.OpenApiDocument;
import io.understudy.journal.Bytes;
import io.understudy.journal.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The document holds of what spec reaper 7 shows, and of nothing else. */
class OpenApiTest {
    private static final String R1 = "8f1b6c30-5427-11f1-9a3e-0242ac120002";
    private static final String U1 = "8f1a81d0-5427-11f1-9a3e-0242ac120002";

    /** Spec reaper 7.1. */
    private static final String RUN = "{'cause':'no cause specified','owner':'alice','id':'" + R1
            + "','cluster_name':'test','column_families':['booya2','booya1'],'keyspace_name':'booya',"
            + "'state':'NOT_STARTED','intensity':0.8999999761581421,'incremental_repair':false,"
            + "'subrange_incremental_repair':false,'total_segments':7,'repair_parallelism':'DATACENTER_AWARE',"
            + "'segments_repaired':0,'last_event':'no events','duration':null,'nodes':[],'datacenters':[],"
            + "'blacklisted_tables':[],'repair_thread_count':1,'repair_unit_id':'" + U1 + "','segment_timeout':30,"
            + "'adaptive_schedule':false,'creation_time':'2026-05-20T09:00:00Z','start_time':null,'end_time':null,"
            + "'pause_time':null,'current_time':'2026-05-20T09:00:00Z','estimated_time_of_arrival':null}";

    /** Spec reaper 7.2. */
    private static final String SEGMENT = "{'id':'8f1b9340-5427-11f1-9a3e-0242ac120002','runId':'" + R1
            + "','repairUnitId':'" + U1
            + "','tokenRange':{'baseRange':{'start':-9223372036854775808,'end':-6148914691236517206},"
            + "'tokenRanges':[{'start':-9223372036854775808,'end':-6148914691236517206}],"
            + "'replicas':{'127.0.0.1':'dc1'}},'failCount':0,'state':'DONE','coordinatorHost':'127.0.0.2',"
            + "'startTime':1779267601000,'endTime':1779267605000,'replicas':{'127.0.0.1':'dc1'},'hostID':null}";

    /** Spec reaper 7.3. */
    private static final String SCHEDULE = "{'id':'" + R1
            + "','owner':'bob','cluster_name':'test','keyspace_name':'booya','column_families':[],'state':'ACTIVE',"
            + "'intensity':0.8999999761581421,'incremental_repair':false,'subrange_incremental_repair':false,"
            + "'repair_parallelism':'DATACENTER_AWARE','scheduled_days_between':7,'nodes':[],'datacenters':[],"
            + "'blacklisted_tables':[],'segment_count_per_node':0,'repair_thread_count':1,'repair_unit_id':'" + U1
            + "','segment_timeout':30,'adaptive':false,'percent_unrepaired_threshold':-1,"
            + "'creation_time':'2026-05-20T09:00:00Z','next_activation':'2026-05-21T00:00:00Z','pause_time':null}";

    /** Spec reaper 7.4. */
    private static final String SNAPSHOTS = "{'nightly-2026-05-20-09-00-00':{'127.0.0.1':["
            + "{'name':'nightly-2026-05-20-09-00-00','host':'127.0.0.1','keyspace':'booya','table':'booya1','trueSize':0.0,"
            + "'sizeOnDisk':13.0,'owner':'alice','cause':'backup','creationDate':1779267600000,'clusterName':'test'}]}}";

    /** Spec reaper 7.5. */
    private static final String NODES = "{'endpointStates':[{'sourceNode':'127.0.0.1','endpoints':{'dc1':{'rack1':["
            + "{'endpoint':'127.0.0.1','hostId':'f091f82b-ce2c-40ee-b30c-6e761e94e821','dc':'dc1','rack':'rack1',"
            + "'status':'NORMAL - UP','severity':0.0,'releaseVersion':'4.1.3','tokens':'15','load':4043215.0,"
            + "'type':'CASSANDRA'}]}},'totalLoad':4043215.0,'endpointNames':['127.0.0.1']}]}";

    private static final OpenApiDocument DOCUMENT = OpenApiDocument.of("reaper");

    @Test
    void theExamplesOfTheSpecificationAreAllowed() {
        assertAllowed("getRepairRun", json(200, RUN));
        assertAllowed("createRepairRun", json(201, RUN).with("Location", "http://localhost:8080/repair_run/" + R1));
        assertAllowed("getRepairRunSegments", json(200, "[" + SEGMENT + "]"));
        assertAllowed("abortSegment", json(200, changed(changed(SEGMENT, "DONE", "RUNNING"), "1779267605000", "null")));
        assertAllowed("getRepairSchedule", json(200, SCHEDULE));
        assertAllowed("listSnapshotsClusterWide", json(200, SNAPSHOTS));
        assertAllowed(
                "getCluster",
                json(
                        200,
                        "{'name':'test','jmx_username':'','jmx_password_is_set':false,'seed_hosts':['127.0.0.1'],"
                                + "'repair_runs':[" + RUN + "],'repair_schedules':[" + SCHEDULE + "],'nodes_status':"
                                + NODES + "}"));
        assertAllowed("purgeRepairRuns", json(200, "0"));
        assertAllowed("ping", Reply.empty(204));
        assertAllowed("deleteRepairRun", Reply.empty(202));
        assertAllowed("patchRepairSchedule", Reply.empty(404));
        assertAllowed("createRepairSchedule", Reply.empty(204));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '|', delimiter = ';', textBlock = """
            getRepairRun;            404; repair run 8f1b6c30-5427-11f1-9a3e-0242ac120002 doesn't exist
            getRepairRun;            404; {"code":404,"message":"HTTP 404 Not Found"}
            deleteRepairRun;         404; Repair run %s8f1b6c30-5427-11f1-9a3e-0242ac120002 not found
            createRepairRun;         400; owner argument missing
            createRepairRun;         400; query parameter "intensity" must be in range (0.0, 1.0]: 0
            createRepairRun;         404; cluster "test" doesn't contain a node named "127.0.0.9"
            createRepairRun;         500; java.util.concurrent.ExecutionException: io.cassandrareaper.ReaperException: no host could be reached through JMX
            createRepairSchedule;    400; missing required parameter: scheduleDaysBetween
            addOrUpdateCluster;      400; no cluster  with seed host 10.9.9.9
            modifyCluster;           400; POST/PUT on cluster resource other called with seedHost 127.0.0.1 belonging to different cluster test
            updateRepairRunState;    409; Transition DONE->PAUSED not supported.
            updateRepairRunState;    500; {"code":500,"message":"There was an error processing your request. It has been logged (ID 0123456789abcdef)."}
            login;                   400; {"code":400,"message":"Invalid credentials: missing password."}
            listSnapshotsClusterWide; 403; {"code":403,"message":"User not authorized."}
            patchRepairSchedule;     422; {"errors":["The request body must not be null"]}
            """)
    void refusalsAreAllowedInTheirWords(String operation, int status, String body) {
        assertAllowed(operation, Reply.of(status, "application/json", Bytes.utf8(body)));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '|', delimiter = ';', textBlock = """
            a sentence in quotes;         getRepairRun;         404; "repair run 8f1b6c30-5427-11f1-9a3e-0242ac120002 doesn't exist"
            another sentence;             getRepairRun;         404; no such run
            a sentence of another;        createRepairRun;      400; missing required parameter: scheduleDaysBetween
            a sentence instead of JSON;   getRepairRun;         200; hello
            an unknown status;            getRepairRun;         418; hello
            a status of another;          getRepairSchedule;    409; hello
            JSON of another status;       getRepairRun;         404; {"code":500,"message":"HTTP 404 Not Found"}
            no body;                      getRepairRun;         200; ||
            nothing purged in words;      purgeRepairRuns;      200; none
            """)
    void aReplyThatTheDocumentDoesNotKnowIsNoticed(String what, String operation, int status, String body) {
        assertRefused(operation, Reply.of(status, "application/json", Bytes.utf8(body)));
    }

    @Test
    void everyPropertyCounts() {
        for (String property : RUN.substring(1, RUN.length() - 1).split(",(?=')")) {
            if (property.contains("':")) {
                assertRefused("getRepairRun", json(200, RUN.replace(property, "'x':1")));
            }
        }
        for (String property : SCHEDULE.substring(1, SCHEDULE.length() - 1).split(",(?=')")) {
            assertRefused("getRepairSchedule", json(200, SCHEDULE.replace(property, "'x':1")));
        }
        assertRefused("getRepairRun", json(200, changed(RUN, "'NOT_STARTED'", "'DELETED'")));
        assertRefused(
                "getRepairRun", json(200, changed(RUN, "'start_time':null", "'start_time':'2026-05-20T09:00:00Z'")));
        assertRefused("getRepairRun", json(200, changed(RUN, "09:00:00Z", "09:00:00.000Z")));
        assertRefused(
                "getRepairRunSegments", json(200, "[" + changed(SEGMENT, "'hostID':null", "'hostId':null") + "]"));
        assertRefused(
                "getRepairRunSegments",
                json(200, "[" + changed(SEGMENT, "-9223372036854775808", "'-9223372036854775808'") + "]"));
        assertRefused(
                "getRepairRunSegments",
                json(200, "[" + changed(SEGMENT, "1779267605000", "'2026-05-20T09:00:05Z'") + "]"));
    }

    @Test
    void aLocationMustBeThereAndAbsolute() {
        for (String operation : List.of("addOrUpdateCluster", "createRepairSchedule")) {
            assertAllowed(operation, Reply.empty(201).with("Location", "http://localhost:8080/x"));
            assertRefused(operation, Reply.empty(201));
            assertRefused(operation, Reply.empty(201).with("Location", "/x"));
        }
    }

    private static String changed(String json, String from, String to) {
        if (!json.contains(from)) {
            throw new IllegalArgumentException(from);
        }
        return json.replace(from, to);
    }

    private static Reply json(int status, String body) {
        return Reply.of(status, "application/json", Bytes.utf8(body.replace('\'', '"')));
    }

    private static void assertAllowed(String operation, Reply reply) {
        assertThatCode(() -> DOCUMENT.check("reaper." + operation, reply)).doesNotThrowAnyException();
    }

    private static void assertRefused(String operation, Reply reply) {
        assertThatThrownBy(() -> DOCUMENT.check("reaper." + operation, reply)).isInstanceOf(AssertionError.class);
    }
}
