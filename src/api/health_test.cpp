#include "api/health.hpp"

#include "schema/expect_fault.hpp"

namespace guildhall::api {
using namespace schema;
namespace {

using discord::ShardState;

NodeStatus node_status() {
  NodeStatus status;
  status.version = "1.2.3";
  status.started_at = base::Timestamp(std::chrono::milliseconds(1'769'862'896'789));
  status.now = status.started_at + std::chrono::milliseconds(61'999);
  status.memory = 4096;
  status.dialect = "sqlite";
  status.database = {PartState::up, ""};
  status.bot = {PartState::down, "Shard 1 is \"away\"."};
  status.shards = {{ShardState::ready, std::chrono::milliseconds(41)}, {ShardState::resuming, {}}};
  status.session_starts = 3;
  status.scripts = {PartState::up, ""};
  status.scripts_running = 1;
  status.scripts_idle = 2;
  return status;
}

TEST(NodeStatus, HasAllPartsOfTheProcess) {
  const auto json = encode_node_status(node_status());
  EXPECT_EQ(json, R"({"version":"1.2.3","startedAt":"2026-01-31T12:34:56.789Z","uptimeSeconds":61,"memoryBytes":4096,)"
                  R"("database":{"dialect":"sqlite","state":"up","reason":null},)"
                  R"("bot":{"state":"down","reason":"Shard 1 is \"away\"."},)"
                  R"("shards":[{"id":0,"state":"ready","latencyMs":41},{"id":1,"state":"resuming","latencyMs":null}],)"
                  R"("identifyBudget":{"used":3},)"
                  R"("scriptHost":{"state":"up","reason":null,"running":1,"idle":2,"waiting":0}})");
  EXPECT_EQ(fault_of(node_status_schema(), json), "valid");
}

TEST(NodeStatus, WithoutABotThereAreNoShards) {
  auto status = node_status();
  status.shards.clear();
  status.session_starts.reset();
  const auto json = encode_node_status(status);
  EXPECT_NE(json.find(R"("shards":[],"identifyBudget":null)"), std::string::npos);
  EXPECT_EQ(fault_of(node_status_schema(), json), "valid");
}

TEST(NodeStatus, TheDocumentKnowsEachStateOfAShard) {
  for (int state = 0; state <= static_cast<int>(ShardState::stopped); ++state) {
    auto status = node_status();
    status.shards = {{static_cast<ShardState>(state), {}}};
    EXPECT_EQ(fault_of(node_status_schema(), encode_node_status(status)), "valid");
  }
}

}  // namespace
}  // namespace guildhall::api
