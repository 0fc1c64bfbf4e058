#include "domain/import/conversion.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/log_ids.hpp"
#include "domain/import/legacy_values.hpp"

namespace guildhall::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::StartsWith;

LegacyRow row(std::initializer_list<std::pair<const char*, std::string>> values) {
  LegacyRow made;
  for (const auto& [field, value] : values) made[field] = value;
  return made;
}

const LegacyRow ada_row =
    row({{"id", "2000000000000000001"}, {"username", "ada"}, {"created_at", "2024-01-31 12:34:56"}});
const LegacyRow workshop_row =
    row({{"id", "3000000000000000001"}, {"name", "Workshop"}, {"created_at", "2024-01-31 12:34:56"}});

class ConversionTest : public ::testing::Test {
 protected:
  LegacyRow command(const std::string& id, const std::string& trigger) {
    auto made = row({{"id", id},
                     {"guild_id", "3000000000000000001"},
                     {"trigger", trigger},
                     {"response", R"({"content":"x"})"},
                     {"created_at", "2024-01-31 12:34:56"}});
    return made;
  }
  template <class Row>
  static std::string reason(const base::Result<Row>& outcome) {
    return outcome ? "taken" : outcome.error().message;
  }

  const base::Timestamp now_ = *read_time("2026-01-31 00:00:00");
  Conversion conversion_{[](const base::Secret& token) { return "[" + std::string(token.reveal()) + "]"; }, now_};
};

TEST_F(ConversionTest, AUserKeepsWhatIsKnownAndItsTokenIsSealed) {
  auto full = ada_row;
  full["global_name"] = "Ada \U0001F98A";
  full["avatar"] = "https://cdn.discordapp.com/avatars/2000000000000000001/a_12.png";
  full["refresh_token"] = "secret";
  full["updated_at"] = "2024-02-01 00:00:00.5 +00:00";
  const auto imported = conversion_.user(full).value();
  EXPECT_EQ(imported.id, base::UserId{2000000000000000001});
  EXPECT_EQ(imported.global_name, "Ada \U0001F98A");
  EXPECT_EQ(imported.avatar, "a_12");
  EXPECT_EQ(imported.email, std::nullopt);
  EXPECT_EQ(imported.refresh_token, "[secret]");
  EXPECT_EQ(base::to_iso8601(imported.created_at), "2024-01-31T12:34:56.000Z");
  EXPECT_EQ(base::to_iso8601(imported.updated_at), "2024-02-01T00:00:00.500Z");
  EXPECT_THAT(conversion_.changed(), IsEmpty());
}

TEST_F(ConversionTest, AUserWhoIsNoneIsLeftOut) {
  auto nobody = ada_row;
  nobody["id"] = "1.8446744073709552e+19";
  EXPECT_EQ(reason(conversion_.user(nobody)), "its id is not a Discord id");
  auto nameless = ada_row;
  nameless["username"].reset();
  EXPECT_EQ(reason(conversion_.user(nameless)), "its username is not a text of 1 to 100 characters");
  EXPECT_EQ(reason(conversion_.user(ada_row)), "taken");
  EXPECT_EQ(reason(conversion_.user(ada_row)), "another row has its id");
}

TEST_F(ConversionTest, WhatIsTooLongForItsColumnIsLeftOutAndTold) {
  auto wordy = ada_row;
  wordy["global_name"] = std::string(101, 'x');
  EXPECT_EQ(conversion_.user(wordy)->global_name, std::nullopt);
  EXPECT_THAT(conversion_.changed(),
              ElementsAre("its global_name is longer than 100 characters, or not UTF-8, and is left out"));
}

TEST_F(ConversionTest, TheAdminsOfAnyCaseAreOurs) {
  EXPECT_EQ(conversion_.role(row({{"id", "7"}, {"name", "Admin"}}))->name, "ADMIN");
  EXPECT_EQ(conversion_.role(row({{"id", "8"}, {"name", "helper"}}))->name, "helper");
  EXPECT_EQ(conversion_.role(row({{"id", "10"}, {"name", "user"}}))->name, "USER");
  EXPECT_EQ(reason(conversion_.role(row({{"id", "9"}, {"name", "ADMIN"}}))),
            "it is the same as role 7, which its users have now");
  ASSERT_TRUE(conversion_.user(ada_row));
  const auto held = [](const char* role) { return row({{"user_id", "2000000000000000001"}, {"role_id", role}}); };
  EXPECT_EQ(conversion_.user_role(held("9"))->role_id, base::RoleId{7});
  EXPECT_EQ(reason(conversion_.user_role(held("7"))), "the user has the role already");
  EXPECT_EQ(reason(conversion_.user_role(held("6"))), "its role does not exist or is left out");
  EXPECT_EQ(reason(conversion_.user_role(row({{"user_id", "5"}, {"role_id", "7"}}))),
            "its user does not exist or is left out");
}

TEST_F(ConversionTest, AGuildsSettingsAreMadeToFit) {
  auto guild = workshop_row;
  guild["prefix"] = "?";
  guild["language"] = "pt_BR";
  EXPECT_EQ(conversion_.guild(guild)->prefix, "?");
  guild["id"] = "3000000000000000002";
  EXPECT_EQ(conversion_.guild(guild)->language, "pt-BR");
  guild["id"] = "3000000000000000003";
  guild["prefix"] = "far too long";
  EXPECT_EQ(conversion_.guild(guild)->prefix, "!");
  EXPECT_THAT(conversion_.changed(), ElementsAre("its prefix is not allowed and is ! now"));
}

TEST_F(ConversionTest, CommandsThatBreakOurRulesAreLeftOut) {
  EXPECT_EQ(reason(conversion_.command(command("1", "hi"))), "its guild does not exist or is left out");
  ASSERT_TRUE(conversion_.guild(workshop_row));
  EXPECT_EQ(reason(conversion_.command(command("1", "hi"))), "taken");
  EXPECT_EQ(reason(conversion_.command(command("1", "ho"))), "another row has its id");
  EXPECT_THAT(reason(conversion_.command(command("2", "hi"))),
              StartsWith("/trigger: This server already has a command with this trigger"));
  EXPECT_EQ(reason(conversion_.command(command("4", "!hi"))),
            "/trigger: A trigger must not start with the server's prefix.");
  auto broken = command("5", "broken");
  broken["response"] = "not JSON";
  EXPECT_EQ(reason(conversion_.command(broken)), "its response is not JSON");
  EXPECT_EQ(reason(conversion_.command(command("7", "caf\xE9"))), "its text is not UTF-8");
  auto orphan = command("6", "orphan");
  orphan["guild_id"].reset();
  EXPECT_EQ(reason(conversion_.command(orphan)), "its guild does not exist or is left out");
}

TEST_F(ConversionTest, CommandsThatDifferInCaseAloneAreKeptAndReported) {
  ASSERT_TRUE(conversion_.guild(workshop_row));
  ASSERT_TRUE(conversion_.command(command("1", "caf\u00E9")));
  EXPECT_THAT(conversion_.changed(), IsEmpty());
  for (const auto& [id, trigger] : {std::pair("2", "Caf\u00E9"), std::pair("3", "cafe\u0301")}) {
    EXPECT_EQ(conversion_.command(command(id, trigger))->trigger, trigger);
    EXPECT_THAT(conversion_.changed(),
                ElementsAre(StartsWith("another command of its guild has the same trigger but")));
  }
}

TEST_F(ConversionTest, WhatCannotBeSeenInATriggerIsLeftOut) {
  ASSERT_TRUE(conversion_.guild(workshop_row));
  EXPECT_EQ(conversion_.command(command("1", "\u200Bhi"))->trigger, "hi");
  EXPECT_THAT(conversion_.changed(), ElementsAre("its trigger had characters that cannot be seen, which are left out"));
}

TEST_F(ConversionTest, AnEmptyEmbedIsLeftOut) {
  ASSERT_TRUE(conversion_.guild(workshop_row));
  int id = 0;
  for (const auto* empty : {"{}", "null", R"({"title":"","description":" ","color":0,"fields":[]})",
                            R"({"color":"#5865f2","image":{"url":""},"fields":[{"name":"","value":"","inline":false}],
                                "timestamp":"","footer":{"text":null}})"}) {
    ++id;
    auto with_embed = command(std::to_string(id), "c" + std::to_string(id));
    with_embed["response"] = R"({"content":"kept","embeds":[)" + std::string(empty) + R"(,{"title":"T"}]})";
    const auto converted = conversion_.command(with_embed);
    ASSERT_TRUE(converted) << empty << reason(converted);
    EXPECT_EQ(converted->response, R"({"content":"kept","embeds":[{"title":"T"}],"components":[]})");
    EXPECT_THAT(conversion_.changed(), ElementsAre("its response had an empty embed, which is left out")) << empty;
  }
}

TEST_F(ConversionTest, AGuildKeepsMoreCommandsThanItMayMake) {
  ASSERT_TRUE(conversion_.guild(workshop_row));
  for (int i = 1; i <= 600; ++i) {
    const auto taken_over = conversion_.command(command(std::to_string(i), "c" + std::to_string(i)));
    ASSERT_TRUE(taken_over);
    EXPECT_EQ(taken_over->size, database::stored_size(*taken_over));
  }
}

TEST_F(ConversionTest, LogsGetIdsThatRiseWithTheirTime) {
  const auto log = [this](const char* date) {
    return conversion_.log(row({{"level", "WARN"}, {"message", "m"}, {"date", date}})).value().id.value();
  };
  EXPECT_EQ(log("2020-01-01 00:00:00"), 1U) << "before the numbers begin";
  EXPECT_EQ(log("2020-01-01 00:00:01"), 2U);
  const auto first = base::LogIds::first(*read_time("2025-06-01 00:00:00"));
  EXPECT_EQ(log("2025-06-01 00:00:00"), first);
  EXPECT_EQ(log("2025-06-01 00:00:00"), first + 1);
  EXPECT_EQ(log("2031-01-01 00:00:00"), base::LogIds::first(now_)) << "not above what is logged from now on";
}

TEST_F(ConversionTest, ALogWithoutADateIsLeftOutAndOneOfAnUnknownLevelIsInfo) {
  EXPECT_EQ(reason(conversion_.log(row({{"level", "info"}, {"message", "m"}}))), "its date cannot be read");
  const auto odd = row({{"level", "loud"}, {"message", "m"}, {"date", "2025-06-01 00:00:00"}});
  EXPECT_EQ(conversion_.log(odd)->level, base::LogLevel::info);
  EXPECT_THAT(conversion_.changed(), ElementsAre("its level is not known and is info now"));
}

}  // namespace
}  // namespace guildhall::domain
