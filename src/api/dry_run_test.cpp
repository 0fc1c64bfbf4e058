#include "api/dry_run.hpp"

#include <gmock/gmock.h>

#include "schema/expect_fault.hpp"

namespace guildhall::api {
using namespace schema;
namespace {

namespace json = boost::json;
using testing::ElementsAre;
using testing::IsEmpty;

DryRunRequest parsed_dry_run(std::string_view text) { return parse_dry_run(json::parse(text)).value(); }

std::string dry_run_fault(std::string_view text) { return fault_of(dry_run_schema(), text); }

TEST(DryRunRequest, NeedsNothing) {
  const auto trial = parsed_dry_run("{}");
  EXPECT_FALSE(trial.script || trial.custom_id || trial.values || trial.component_type || trial.user ||
               trial.username || trial.global_name || trial.content);
  EXPECT_THAT(trial.args, IsEmpty());
}

TEST(DryRunRequest, ReadsWhatIsThere) {
  const auto trial = parsed_dry_run(R"({"interaction": {"customId": "menu", "values": ["a", "b"], "componentType": 3,
    "user": {"id": "7", "username": "ada", "globalName": "Ada"}, "message": {"content": "Choose"}},
    "script": "1", "args": ["x", ""]})");
  EXPECT_EQ(trial.custom_id, "menu");
  EXPECT_THAT(*trial.values, ElementsAre("a", "b"));
  EXPECT_EQ(trial.component_type, 3);
  EXPECT_EQ(trial.user, base::UserId{7});
  EXPECT_EQ(trial.username, "ada");
  EXPECT_EQ(trial.global_name, std::optional<std::string>("Ada"));
  EXPECT_EQ(trial.content, "Choose");
  EXPECT_EQ(trial.script, "1");
  EXPECT_THAT(trial.args, ElementsAre("x", ""));
}

TEST(DryRunRequest, AnEmptyScriptIsNone) {
  EXPECT_FALSE(parsed_dry_run(R"({"script": ""})").script);
  EXPECT_FALSE(parsed_dry_run(R"({"script": null})").script);
}

TEST(DryRunRequest, APersonMayHaveNoDisplayName) {
  const auto name = parsed_dry_run(R"({"interaction": {"user": {"globalName": null}}})").global_name;
  ASSERT_TRUE(name.has_value());
  EXPECT_FALSE(name->has_value());
}

TEST(DryRunRequest, TakesOnlyWhatAnInteractionCanBe) {
  EXPECT_EQ(dry_run_fault(R"({"interaction": {"componentType": 1}})").substr(0, 26), "/interaction/componentType");
  EXPECT_EQ(dry_run_fault(R"({"interaction": {"customId": ""}})").substr(0, 21), "/interaction/customId");
  EXPECT_EQ(dry_run_fault(R"({"interaction": {"user": {"id": "ada"}}})").substr(0, 20), "/interaction/user/id");
  EXPECT_EQ(dry_run_fault(R"({"interaction": {"token": "x"}})").substr(0, 18), "/interaction/token");
  EXPECT_EQ(dry_run_fault(R"({"args": [1]})").substr(0, 7), "/args/0");
}

TEST(DryRunRequest, ArgumentsFitIntoAMessage) {
  const json::value two{{"args", {std::string(2000, 'x'), std::string(2000, 'y')}}};
  EXPECT_EQ(fault_of(dry_run_schema(), two), "valid");
  const json::value more{{"args", {std::string(2000, 'x'), std::string(2001, 'y')}}};
  EXPECT_EQ(fault_of(dry_run_schema(), more), "/args: Must be at most 4000 characters in all; these have 4001.");
}

TEST(DryRunRequest, TheScriptIsOfTheSizeThatCanBeSaved) {
  const json::value large{{"script", std::string(65536, ' ')}};
  EXPECT_EQ(fault_of(dry_run_schema(), large), "valid");
  const json::value larger{{"script", std::string(65537, ' ')}};
  EXPECT_EQ(fault_of(dry_run_schema(), larger).substr(0, 7), "/script");
}

TEST(DryRunResult, TellsWhatTheScriptDid) {
  DryRunResult result;
  result.outcome.cpu = std::chrono::microseconds(1001);
  result.outcome.wall = std::chrono::microseconds(4000);
  result.outcome.memory = 12;
  result.calls.push_back({vm::Method::defer_reply, nullptr, {}, {}});
  result.calls.push_back({vm::Method::edit_reply, json::value{{"content", "x"}}, "9", "Unknown Message"});
  result.console.push_back({vm::ConsoleLevel::warn, "a \"b\""});
  const auto text = encode(result);
  EXPECT_EQ(text, R"({"ending":"completed","error":null,"calls":[{"method":"deferReply","data":null},)"
                  R"({"method":"editReply","data":{"content":"x"},"message":"9","error":"Unknown Message"}],)"
                  R"("console":[{"level":"warn","text":"a \"b\""}],"cpuMs":2,"wallMs":4,"memory":12})");
  EXPECT_EQ(normal_form(dry_run_result_schema(), text), text);
}

TEST(DryRunResult, TellsWhereItFailed) {
  DryRunResult result;
  result.outcome.ending = vm::Ending::exception;
  result.outcome.name = "TypeError";
  result.outcome.message = "x is not a function";
  result.outcome.position = vm::SourcePosition{3, 0};
  result.outcome.stack = "f@3\n";
  const auto text = encode(result);
  EXPECT_EQ(json::serialize(json::parse(text).at("error")),
            R"({"name":"TypeError","message":"x is not a function","line":3,"column":null,"stack":"f@3\n"})");
  EXPECT_EQ(normal_form(dry_run_result_schema(), text), text);
}

TEST(DryRunResult, SaysWhyWhereNothingWasThrown) {
  DryRunResult result;
  result.outcome.ending = vm::Ending::wall;
  EXPECT_EQ(json::parse(encode(result)).at("error").at("message"), "It took longer than it may.");
}

TEST(DryRunResult, EveryEndingOfARunIsInTheSchema) {
  for (auto ending = vm::Ending::completed; ending < vm::Ending::busy;
       ending = static_cast<vm::Ending>(static_cast<int>(ending) + 1)) {
    DryRunResult result;
    result.outcome.ending = ending;
    EXPECT_EQ(fault_of(dry_run_result_schema(), encode(result)), "valid") << vm::to_string(ending);
  }
}

}  // namespace
}  // namespace guildhall::api
