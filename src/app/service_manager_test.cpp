#include "app/service_manager.hpp"

#include <gmock/gmock.h>

#include <future>
#include <mutex>
#include <stdexcept>

#include "net/async/future.hpp"
#include "testing/running_loops.hpp"
#include "testing/test_loop.hpp"

namespace guildhall::app {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::StartsWith;

struct ServiceManagerTest : testing::Test {
  [[nodiscard]] ServiceManager manager(std::optional<std::chrono::microseconds> watchdog = {}) {
    return {[this](const char* message) {
              const std::lock_guard lock(mutex_);
              if (ends_) throw std::runtime_error("The test ends.");
              sent_.emplace_back(message);
            },
            watchdog};
  }
  [[nodiscard]] std::vector<std::string> sent() {
    const std::lock_guard lock(mutex_);
    return sent_;
  }

  std::mutex mutex_;
  std::vector<std::string> sent_;
  bool ends_ = false;
};

TEST_F(ServiceManagerTest, TellsStartReloadAndStop) {
  auto service = manager();
  service.ready("Serving;\nall is well");
  service.reloading();
  service.stopping();
  EXPECT_THAT(sent(), ElementsAre("READY=1\nSTATUS=Serving; all is well", StartsWith("RELOADING=1\nMONOTONIC_USEC="),
                                  "STOPPING=1\nSTATUS=Stopping"));
}

TEST_F(ServiceManagerTest, TheWatchdogHearsNothingWhileALoopIsStuck) {
  test::RunningLoops loops(2);
  auto service = manager(2us);
  auto ping = net::start(loops.home(), service.ping(loops.loops()));
  EXPECT_TRUE(test::eventually([&] { return sent().size() > 2; }));
  std::promise<void> release;
  std::promise<void> stuck;
  boost::asio::post(loops.loops().executor(1), [&, until = release.get_future().share()] {
    stuck.set_value();
    until.wait();
  });
  stuck.get_future().wait();
  loops.settle(0);  // A round that was under way has ended.
  const auto before = sent().size();
  for (int i = 0; i < 100; ++i) loops.settle(0);
  EXPECT_EQ(sent().size(), before);
  release.set_value();
  EXPECT_TRUE(test::eventually([&] { return sent().size() > before; }));
  EXPECT_THAT(sent(), Each("WATCHDOG=1"));
  // A round trip that is under way when the loops are destroyed would hold one that is gone.
  {
    const std::lock_guard lock(mutex_);
    ends_ = true;
  }
  EXPECT_THROW(ping.get(), std::runtime_error);
}

TEST_F(ServiceManagerTest, PassesOnAStatusOnceItHasChanged) {
  test::TestLoop loop;
  auto service = manager();
  service.ready("a");
  std::string status = "a";
  loop.spawn(service.report([&] { return status; }));
  loop.poll();
  EXPECT_EQ(sent().size(), 1U);
  status = "b";
  EXPECT_TRUE(loop.until([&] { return sent().size() == 2; }));
  EXPECT_EQ(sent().back(), "STATUS=b");
}

TEST(ServiceManager, WithoutSystemdNothingIsSent) {
  test::TestLoop loop;
  test::RunningLoops loops;
  ServiceManager service({}, std::nullopt);
  service.ready("a");
  loop.run(service.ping(loops.loops()));
  loop.run(service.report([] { return "b"; }));
}

}  // namespace
}  // namespace guildhall::app
