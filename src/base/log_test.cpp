#include "base/log.hpp"

#include <gmock/gmock.h>

#include <stdexcept>
#include <thread>

#include "base/stacktrace/stack_trace.hpp"
#include "testing/log_capture.hpp"

namespace guildhall::base {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct LoggerTest : testing::Test {
  LoggerTest() {
    logger.attach(first);
    logger.attach(second);
  }

  SystemClock clock;
  Logger logger{clock, LogLevel::http};
  std::shared_ptr<test::LogCapture> first = std::make_shared<test::LogCapture>();
  std::shared_ptr<test::LogCapture> second = std::make_shared<test::LogCapture>();
  Log log{logger, "test"};
};

TEST_F(LoggerTest, PassesEnabledLevelsToAllSinks) {
  log.error("e");
  log.http("h");
  log.debug("d");
  EXPECT_THAT(first->messages(), ElementsAre("e", "h"));
  EXPECT_THAT(second->messages(), ElementsAre("e", "h"));
}

TEST_F(LoggerTest, TheLevelMayChangeWhileItRuns) {
  logger.set_level(LogLevel::error);
  log.warn("too little");
  logger.set_level(LogLevel::debug);
  log.debug("d");
  EXPECT_THAT(first->messages(), ElementsAre("d"));
}

TEST_F(LoggerTest, KeepsOneOrderForAllSinks) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([this] {
      for (int i = 0; i < 500; ++i) log.info("m");
    });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& sink : {first, second}) {
    const auto records = sink->wait_for(2000);
    ASSERT_EQ(records.size(), 2000U);
    for (std::size_t i = 1; i < records.size(); ++i) {
      EXPECT_LT(records[i - 1].id, records[i].id);
      EXPECT_LE(records[i - 1].time, records[i].time);
    }
  }
}

TEST_F(LoggerTest, LetsASinkWriteToTheOtherSinks) {
  const auto record = logger.write_for(*first, LogLevel::warn, "log", "lost", {});
  ASSERT_TRUE(record);
  EXPECT_EQ(record->message, "lost");
  EXPECT_GT(record->id, 0U);
  EXPECT_THAT(first->messages(), IsEmpty());
  EXPECT_THAT(second->messages(), ElementsAre("lost"));
  EXPECT_FALSE(logger.write_for(*first, LogLevel::debug, "log", "not enabled", {}));
}

/// Logs whatever it is handed, as no sink should.
class Echo final : public LogSink {
 public:
  explicit Echo(Logger& logger) : log_(logger, "echo") {}
  void write(const LogRecord& record) override {
    log_.info(record.message);
    log_.error(record.message, {}, StackTrace::here());
  }

 private:
  Log log_;
};

TEST_F(LoggerTest, DropsRecordsOfASinkThatIsWriting) {
  logger.attach(std::make_shared<Echo>(logger));
  log.info("once");
  log.info("twice");
  EXPECT_THAT(first->messages(), ElementsAre("once", "twice"));
}

[[gnu::noinline]] void fail_for_the_test() { throw std::runtime_error("failed"); }

TEST_F(LoggerTest, SymbolizesTheTraceOfAnException) {
  try {
    fail_for_the_test();
  } catch (...) {
    log.error("An exception", {}, StackTrace::of(std::current_exception()));
  }
  const auto records = first->wait_for(1);
  ASSERT_EQ(records.size(), 1U);
  EXPECT_THAT(records[0].stacktrace.value_or(""), HasSubstr("fail_for_the_test"));
}

TEST_F(LoggerTest, LosesNoRecordIfManyWaitForSymbols) {
  const auto trace = StackTrace::here();
  for (int i = 0; i < 200; ++i) log.error("e", {}, trace);
  EXPECT_EQ(first->wait_for(200).size(), 200U);
}

TEST(Logger, WritesWaitingRecordsBeforeItIsDestroyed) {
  const SystemClock clock;
  const auto sink = std::make_shared<test::LogCapture>();
  {
    Logger logger(clock, LogLevel::info);
    logger.attach(sink);
    Log(logger, "test").error("last", {}, StackTrace::here());
  }
  EXPECT_THAT(sink->messages(), ElementsAre("last"));
}

TEST_F(LoggerTest, LogsWithoutATraceIfThereIsNone) {
  log.error("no trace", {}, StackTrace());
  const auto records = first->wait_for(1);
  ASSERT_EQ(records.size(), 1U);
  EXPECT_FALSE(records[0].stacktrace);
}

}  // namespace
}  // namespace guildhall::base
