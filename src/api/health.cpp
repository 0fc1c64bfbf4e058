#include "api/health.hpp"

#include <chrono>

#include "schema/format.hpp"
#include "schema/json_writer.hpp"

namespace guildhall::api {
using namespace schema;
namespace {

std::string_view to_string(PartState state) {
  switch (state) {
    case PartState::up: return "up";
    case PartState::down: return "down";
    case PartState::off: break;
  }
  return "off";
}

void append_members(ObjectWriter& writer, const PartHealth& part) {
  writer.text("state", to_string(part.state));
  if (part.reason.empty()) {
    writer.json("reason", "null");
  } else {
    writer.text("reason", part.reason);
  }
}

void append(std::string& out, const PartHealth& part) {
  ObjectWriter writer(out);
  append_members(writer, part);
  writer.close();
}

/// The properties of PartHealth.
std::vector<Property> part_properties() {
  return {required("state", choice({"up", "down", "off"}).describe("`off`: not configured, and not waited for.")),
          required("reason", text().nullable().describe("Why it is not up, or what is wrong although it is."))};
}

const Schema& part_schema() {
  static const Schema schema = object(part_properties()).named("PartHealth");
  return schema;
}

Schema shard_schema() {
  return object({
                    required("id", integer()),
                    required("state", choice({"waiting", "queued", "connecting", "identifying", "resuming", "ready",
                                              "failed", "stopped"})),
                    required("latencyMs",
                             integer().nullable().describe("From the last heartbeat to its acknowledgement.")),
                })
      .named("ShardStatus");
}

Schema identify_budget_schema() {
  return object({required("used", integer().describe("Gateway sessions that were started within 24 hours. Discord "
                                                     "allows 1,000, and large bots more."))})
      .nullable();
}

Schema database_status_schema() {
  auto properties = part_properties();
  properties.insert(properties.begin(), required("dialect", choice({"sqlite", "mariadb", "mysql"})));
  return object(std::move(properties)).named("DatabaseStatus");
}

Schema script_host_status_schema() {
  auto properties = part_properties();
  properties.push_back(required("running", integer().describe("Runs that use the processor.")));
  properties.push_back(required("idle", integer().describe("Runs that wait for a timer or for Discord.")));
  properties.push_back(required("waiting", integer().describe("Runs that wait for a place.")));
  return object(std::move(properties)).named("ScriptHostStatus");
}

}  // namespace

const Schema& alive_schema() {
  static const Schema schema = object({required("status", choice({"ok"}))}).named("Alive");
  return schema;
}

std::string encode_alive() { return R"({"status":"ok"})"; }

const Schema& readiness_schema() {
  static const Schema schema =
      object({required("database", part_schema()), required("bot", part_schema())}).named("Readiness");
  return schema;
}

std::string encode_readiness(const PartHealth& database, const PartHealth& bot) {
  std::string out;
  ObjectWriter writer(out);
  append(writer.open("database"), database);
  append(writer.open("bot"), bot);
  writer.close();
  return out;
}

const Schema& node_status_schema() {
  static const Schema schema =
      object({
                 required("version", text()),
                 required("startedAt", text().format(format::date_time)),
                 required("uptimeSeconds", integer()),
                 required("memoryBytes", integer().describe("What of the process is in memory.")),
                 required("database", database_status_schema()),
                 required("bot", part_schema()),
                 required("shards", list(shard_schema()).describe("Those of this process.")),
                 required("identifyBudget", identify_budget_schema()),
                 required("scriptHost", script_host_status_schema()),
             })
          .named("NodeStatus");
  return schema;
}

std::string encode_node_status(const NodeStatus& status) {
  using std::chrono::floor;
  using std::chrono::seconds;
  std::string out;
  ObjectWriter writer(out);
  writer.text("version", status.version).time("startedAt", status.started_at);
  writer.json("uptimeSeconds", std::to_string(floor<seconds>(status.now - status.started_at).count()));
  writer.json("memoryBytes", std::to_string(status.memory));
  ObjectWriter database(writer.open("database"));
  database.text("dialect", status.dialect);
  append_members(database, status.database);
  database.close();
  append(writer.open("bot"), status.bot);
  std::size_t id = 0;
  append_json_array(writer.open("shards"), status.shards, [&id](std::string& json, const auto& shard) {
    ObjectWriter one(json);
    one.json("id", std::to_string(id++)).text("state", discord::to_string(shard.state));
    one.json("latencyMs", shard.latency ? std::to_string(shard.latency->count()) : "null").close();
  });
  writer.json("identifyBudget",
              status.session_starts ? R"({"used":)" + std::to_string(*status.session_starts) + "}" : "null");
  ObjectWriter scripts(writer.open("scriptHost"));
  append_members(scripts, status.scripts);
  scripts.json("running", std::to_string(status.scripts_running)).json("idle", std::to_string(status.scripts_idle));
  scripts.json("waiting", std::to_string(status.scripts_waiting)).close();
  writer.close();
  return out;
}

}  // namespace guildhall::api
