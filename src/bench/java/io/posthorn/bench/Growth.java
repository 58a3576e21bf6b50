package io.posthorn.bench;

import io.posthorn.it.ServerProcess;

/** The rate of deliveries with tables that have grown for months, against the rate with those of the first day. */
final class Growth implements Measurement {

    private static final String GROWN = "deliveries/s with grown tables";
    private static final int ENDPOINTS = 10;

    private final Installation installation;
    private final Scale scale;
    private final Delivering delivering;

    Growth(Installation installation, Scale scale, Delivering delivering) {
        this.installation = installation;
        this.scale = scale;
        this.delivering = delivering;
    }

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public void prepare() {
        installation.application("grown", ENDPOINTS, "/grown");
        String future = "now() + interval '7 days'";
        fill(scale.finished(), "SUCCEEDED", "NULL");
        fill(scale.future(), "PENDING", future);
        installation.database.execute("INSERT INTO posthorn_attempt (id, org_id, message_id, endpoint_id, url, status,"
                + " response_status, response, duration_millis, trigger_type, created_at) SELECT 'atmpt_' || id, org_id,"
                + " message_id, endpoint_id, 'http://127.0.0.1/', 'SUCCESS', 200, '', 5, 'SCHEDULED', now()"
                + " FROM posthorn_delivery WHERE id LIKE 'dlv_grown%' AND status = 'SUCCEEDED'");
        installation.database.execute("VACUUM ANALYZE");
        Explains.write(
                installation.database.dataSource(),
                ServerProcess.posthornWar().resolveSibling("bench").resolve("explain.md"));
    }

    private void fill(int deliveries, String status, String dueAt) {
        installation.database.execute("WITH app AS (SELECT id, org_id FROM posthorn_application WHERE uid = 'grown'),"
                + " message AS (INSERT INTO posthorn_message (id, org_id, app_id, event_type, payload, created_at,"
                + " payload_expires_at) SELECT 'msg_grown" + status
                + "' || n, app.org_id, app.id, 'bench', '{}', now(),"
                + " now() + interval '90 days' FROM app, generate_series(1, " + deliveries / ENDPOINTS
                + ") n RETURNING id, org_id, app_id) INSERT INTO posthorn_delivery (id, org_id, message_id,"
                + " endpoint_id, status, attempts, due_at, succeeded, created_at, updated_at)"
                + " SELECT 'dlv_grown' || md5(message.id || e.id), message.org_id, message.id, e.id, '" + status
                + "', 1, "
                + dueAt + ", " + status.equals("SUCCEEDED") + ", now(), now()"
                + " FROM message JOIN posthorn_endpoint e ON e.app_id = message.app_id");
    }

    @Override
    public void measure(Figures into) {
        into.add(GROWN, delivering.backlog().perSecond());
    }

    @Override
    public void addRatios(Figures figures) {
        figures.ratio(name(), GROWN, Delivering.DELIVERED);
    }
}
