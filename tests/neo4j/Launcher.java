import java.nio.file.Path;
import java.time.Duration;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.connectors.BoltConnectorInternalSettings;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/** A Neo4j for tests: java -cp "CLASSES:JARS/*" Launcher HOME PORT. Ends when its standard input does. */
public class Launcher {
    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[1]);
        var server = new DatabaseManagementServiceBuilder(Path.of(args[0]))
                .setConfig(BoltConnector.enabled, true)
                .setConfig(BoltConnector.listen_address, new SocketAddress("127.0.0.1", port))
                .setConfig(GraphDatabaseSettings.auth_enabled, true)
                .setConfig(GraphDatabaseSettings.allow_file_urls, false) // no LOAD CSV of this machine's files
                .setConfig(GraphDatabaseSettings.udc_enabled, false) // no usage reports from a test
                // Without this, every stop waits ten seconds for connections that are long gone.
                .setConfig(BoltConnectorInternalSettings.thread_pool_shutdown_wait_time, Duration.ZERO)
                // A query stays planned, however the graph has grown: tests ask the same queries of hundreds of small graphs.
                .setConfig(GraphDatabaseSettings.cypher_min_replan_interval, Duration.ofDays(1))
                .build();
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
        if (!server.database("neo4j").isAvailable(60_000)) throw new IllegalStateException("no database");
        System.out.println("ready " + port);
        while (System.in.read() >= 0) {} // the tests hold the other end: if they die, so does the server
        System.exit(0);
    }
}
