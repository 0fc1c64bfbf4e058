#include "discord/rest/form_repair.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace guildhall::discord {
namespace {

namespace json = boost::json;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

/// Discord's `errors` for one fault at `path`.
json::object fault_at(std::initializer_list<std::string_view> path, std::string_view code = "CODE") {
  json::object errors{{"_errors", json::array{json::object{{"code", code}, {"message", "No."}}}}};
  for (auto step = std::rbegin(path); step != std::rend(path); ++step) errors = {{*step, std::move(errors)}};
  return errors;
}

class FormRepairTest : public testing::Test {
 protected:
  /// The message after the repair, or `refused`.
  std::string repair(std::string_view text, const json::object& errors) {
    auto message = json::parse(text).as_object();
    left_out_ = leave_out_refused_parts(message, errors, Redaction());
    if (left_out_.empty()) {
      EXPECT_EQ(message, json::parse(text));
      return "refused";
    }
    return json::serialize(message);
  }

  std::vector<RefusedPart> left_out_;
};

TEST_F(FormRepairTest, AButtonLosesItsEmoji) {
  EXPECT_EQ(repair(R"({"content":"x","components":[{"type":1,"components":[
                       {"type":2,"label":"Go","emoji":{"id":"5"},"custom_id":"a"}]}]})",
                   fault_at({"components", "0", "components", "0", "emoji", "id"}, "BUTTON_COMPONENT_INVALID_EMOJI")),
            R"({"content":"x","components":[{"type":1,"components":[{"type":2,"label":"Go","custom_id":"a"}]}]})");
  EXPECT_THAT(left_out_,
              ElementsAre(RefusedPart{"/components/0/components/0/emoji/id", "No. (BUTTON_COMPONENT_INVALID_EMOJI)"}));
}

TEST_F(FormRepairTest, AButtonOfAnEmojiAloneStaysUsable) {
  EXPECT_EQ(repair(R"({"components":[{"type":1,"components":[{"type":2,"emoji":{"id":"5"},"custom_id":"a"}]}]})",
                   fault_at({"components", "0", "components", "0", "emoji", "id"})),
            R"({"components":[{"type":1,"components":[{"type":2,"custom_id":"a","label":"…"}]}]})");
}

TEST_F(FormRepairTest, AMenuLosesItsDefaultsAndItsOptionsTheirEmoji) {
  EXPECT_EQ(repair(R"({"components":[{"type":1,"components":[{"type":5,"custom_id":"a","default_values":[
                       {"id":"1","type":"user"},{"id":"2","type":"user"}]}]}]})",
                   fault_at({"components", "0", "components", "0", "default_values", "1", "id"})),
            R"({"components":[{"type":1,"components":[{"type":5,"custom_id":"a"}]}]})");
  EXPECT_EQ(repair(R"({"components":[{"type":1,"components":[{"type":3,"custom_id":"a","options":[
                       {"label":"A","value":"a","emoji":{"id":"5"}},{"label":"B","value":"b"}]}]}]})",
                   fault_at({"components", "0", "components", "0", "options", "0", "emoji"})),
            R"({"components":[{"type":1,"components":[{"type":3,"custom_id":"a","options":[)"
            R"({"label":"A","value":"a"},{"label":"B","value":"b"}]}]}]})");
}

TEST_F(FormRepairTest, AComponentGoesWithWhatItCannotDoWithout) {
  EXPECT_EQ(repair(R"({"content":"x","components":[{"type":1,"components":[{"type":2,"label":"A","url":"?"}]},
                       {"type":1,"components":[{"type":2,"label":"B","custom_id":"b"}]}]})",
                   fault_at({"components", "0", "components", "0", "url"})),
            R"({"content":"x","components":[{"type":1,"components":[{"type":2,"label":"B","custom_id":"b"}]}]})");
  EXPECT_EQ(repair(R"({"content":"x","components":[{"type":17,"components":[{"type":12,"items":[
                       {"media":{"url":"?"}},{"media":{"url":"https://a.example/"}}]}]}]})",
                   fault_at({"components", "0", "components", "0", "items", "0", "media", "url"})),
            R"({"content":"x","components":[{"type":17,"components":[{"type":12,"items":[)"
            R"({"media":{"url":"https://a.example/"}}]}]}]})");
}

TEST_F(FormRepairTest, AnEmbedLosesWhatIsNamed) {
  const std::string_view text = R"({"embeds":[{"title":"T","url":"?","fields":[{"name":"a","value":"b"},
      {"name":"c","value":"d"}],"image":{"url":"?"},"author":{"name":"n","icon_url":"?"}}]})";
  auto errors = fault_at({"embeds", "0", "url"});
  auto& embed = errors["embeds"].as_object()["0"].as_object();
  embed["fields"] = fault_at({"0", "value"});
  embed["image"] = fault_at({"url"});
  embed["author"] = fault_at({"icon_url"});
  EXPECT_EQ(repair(text, errors),
            R"({"embeds":[{"title":"T","author":{"name":"n"},"fields":[{"name":"c","value":"d"}]}]})");
  EXPECT_THAT(left_out_, SizeIs(4));
  EXPECT_EQ(repair(R"({"content":"x","embeds":[{"image":{"url":"?"}}]})", fault_at({"embeds", "0", "image", "url"})),
            R"({"content":"x"})");
  EXPECT_EQ(repair(R"({"content":"x","embeds":[{"title":"T"}]})", fault_at({"embeds"}, "MAX_EMBED_SIZE_EXCEEDED")),
            R"({"content":"x"})");
}

TEST_F(FormRepairTest, AReplyToNothingIsAnOrdinaryMessage) {
  EXPECT_EQ(repair(R"({"content":"x","message_reference":{"message_id":"1"}})", fault_at({"message_reference"})),
            R"({"content":"x"})");
}

TEST_F(FormRepairTest, RefusesWhatWouldChangeMoreThanTheLooks) {
  EXPECT_EQ(repair(R"({"content":"x"})", fault_at({"content"})), "refused");
  EXPECT_EQ(repair(R"({"content":"x","flags":64})", fault_at({"flags"})), "refused");
  EXPECT_EQ(repair(R"({"content":"x","nonce":"1"})", fault_at({"nonce"})), "refused");
  EXPECT_EQ(
      repair(R"({"content":"x","allowed_mentions":{"users":["?"]}})", fault_at({"allowed_mentions", "users", "0"})),
      "refused");
  EXPECT_EQ(repair(R"({"content":"x"})", fault_at({})), "refused");
  EXPECT_EQ(repair(R"({"content":"x"})", fault_at({"embeds", "0"})), "refused");
  EXPECT_EQ(repair(R"({"embeds":[{"title":"T"}]})", fault_at({"embeds", "0", "title"})), "refused");
}

}  // namespace
}  // namespace guildhall::discord
