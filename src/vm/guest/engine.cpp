#include "vm/guest/engine.hpp"

#include <JavaScriptCore/JavaScript.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>

#include "vm/guest/channel.hpp"
#include "vm/guest/prelude.hpp"
#include "vm/protocol.hpp"

// Exported by JavaScriptCore, but declared only in headers of its own (JSContextRefPrivate.h).
extern "C" {
using JSShouldTerminateCallback = bool (*)(JSContextRef context, void* data);
void JSContextGroupSetExecutionTimeLimit(JSContextGroupRef group, double seconds, JSShouldTerminateCallback callback,
                                         void* data);
void JSGlobalContextSetUnhandledRejectionCallback(JSGlobalContextRef context, JSObjectRef function,
                                                  JSValueRef* exception);
}

namespace guildhall::vm::guest {
namespace {

struct ReleaseString {
  void operator()(JSStringRef string) const { JSStringRelease(string); }
};
using String = std::unique_ptr<std::remove_pointer_t<JSStringRef>, ReleaseString>;

String make_string(const std::string& text) { return String(JSStringCreateWithUTF8CString(text.c_str())); }

/// Invalid surrogates become U+FFFD.
std::string to_utf8(JSStringRef string) {
  std::string text(JSStringGetMaximumUTF8CStringSize(string), '\0');
  const std::size_t size = JSStringGetUTF8CString(string, text.data(), text.size());
  text.resize(size == 0 ? 0 : size - 1);
  return text;
}

std::string to_utf8(JSContextRef context, JSValueRef value) {
  const String string(JSValueToStringCopy(context, value, nullptr));
  return string ? to_utf8(string.get()) : std::string();
}

/// The engine writes half a surrogate pair in JSON as an escape (ECMAScript: QuoteJSONString), which stands for no
/// character: U+FFFD does.
void replace_half_characters(std::string& json) {
  for (std::size_t at = json.find('\\'); at != std::string::npos; at = json.find('\\', at + 2)) {
    const bool is_half = json.compare(at + 1, 2, "ud") == 0 && json.find_first_of("89abcdef", at + 3) == at + 3;
    if (is_half) json.replace(at + 2, 4, "fffd");
  }
}

double now() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

std::chrono::nanoseconds used_cpu() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

/// Under which the engine shows where in the script something happened.
constexpr const char* script_name = "command.js";

}  // namespace

struct Engine::Impl {
  JSContextGroupRef group = JSContextGroupCreate();
  JSGlobalContextRef context = JSGlobalContextCreateInGroup(group, nullptr);
  JSObjectRef functions = nullptr;  // The prelude's files,
  JSObjectRef shared = nullptr;     // and what they share.
  const Channel* channel = nullptr;
  bool said_last = false;  // `ended` or `failed`
  std::optional<std::chrono::nanoseconds> cpu_limit;
  std::mt19937_64 random;

  Impl() {
    functions = to_object(evaluate(make_string(std::string(prelude())).get(), "prelude"));
    if (functions == nullptr) throw std::logic_error("The prelude does not parse.");
    JSValueProtect(context, functions);
    warm_up();
    shared = begin_anew();
    JSGlobalContextSetUnhandledRejectionCallback(context, member("unhandled"), nullptr);
  }

  ~Impl() {
    JSGlobalContextRelease(context);
    JSContextGroupRelease(group);
  }

  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  /// Runs the prelude, which then knows of no run.
  [[nodiscard]] JSObjectRef begin_anew() {
    JSObjectRef object = JSObjectMake(context, nullptr, nullptr);
    JSValueProtect(context, object);
    set(object, "host", make_host());
    for (unsigned i = 0;; ++i) {
      const auto* function = JSObjectGetPropertyAtIndex(context, functions, i, nullptr);
      if (JSValueIsUndefined(context, function)) return object;
      call(to_object(function), {object});
    }
  }

  /// Runs a script for nobody, as the engine makes code of functions only when they are called first.
  void warm_up() {
    shared = begin_anew();
    const std::string script(warm_up_script());
    call(member("warmUp"), {text(warm_up_frame()), text(script)});
    for (int step = 1; !settle().over; ++step) {
      if (step > 1000) throw std::logic_error("The rehearsal does not come to its end.");
      call(member("deliver"), {text(R"({"call": )" + std::to_string(step) + R"(, "value": {"id": "1"}})")});
      usleep(1000);  // so that timers are due
      call(member("fire"), {});
    }
    JSValueUnprotect(context, shared);
    call(member("forget"), {});
    JSGarbageCollect(context);
  }

  [[nodiscard]] static JSObjectRef to_object(JSValueRef value) {
    // The engine's own way from a value that is known to be an object to the object.
    return const_cast<JSObjectRef>(value);
  }

  void set(JSObjectRef object, const char* name, JSValueRef value) const {
    JSObjectSetProperty(context, object, make_string(name).get(), value, kJSPropertyAttributeNone, nullptr);
  }

  [[nodiscard]] JSObjectRef member(const char* name) const {
    return to_object(JSObjectGetProperty(context, shared, make_string(name).get(), nullptr));
  }

  [[nodiscard]] JSValueRef text(std::string_view utf8) const {
    return JSValueMakeString(context, make_string(std::string(utf8)).get());
  }

  /// Null where it threw; `thrown` then is what.
  JSValueRef evaluate(JSStringRef source, const char* name, JSValueRef* thrown = nullptr) const {
    return JSEvaluateScript(context, source, nullptr, make_string(name).get(), 1, thrown);
  }

  /// What the prelude did not foresee is a fault of the script's.
  JSValueRef call(JSObjectRef function, std::initializer_list<JSValueRef> arguments) {
    watch_time();
    JSValueRef thrown = nullptr;
    const auto* result =
        JSObjectCallAsFunction(context, function, nullptr, arguments.size(), arguments.begin(), &thrown);
    if (thrown == nullptr) return result;
    if (shared == nullptr) throw std::logic_error("The prelude fails: " + to_utf8(context, thrown));
    watch_time();
    JSObjectCallAsFunction(context, member("failThrown"), nullptr, 1, &thrown, nullptr);
    return nullptr;
  }

  State settle() {
    const auto* state = call(member("settle"), {});
    const double wait = state == nullptr ? -2 : JSValueToNumber(context, state, nullptr);
    // `!(>=)`: also where it is no number.
    if (!(wait >= -1)) return {.over = true};
    return {.over = false, .wait = wait < 0 ? -1 : static_cast<int>(wait) + 1};
  }

  /// The engine's limit is for each time it is entered, so what is left is told each time.
  void watch_time() {
    if (!cpu_limit) return;
    const auto left = std::max<std::chrono::nanoseconds>(*cpu_limit - used_cpu(), std::chrono::milliseconds(1));
    JSContextGroupSetExecutionTimeLimit(group, std::chrono::duration<double>(left).count(), &Impl::on_time_over, this);
  }

  static bool on_time_over(JSContextRef, void* data) {
    auto& self = *static_cast<Impl*>(data);
    if (used_cpu() < *self.cpu_limit) return false;
    // Between two of the script's instructions, so its stack can be looked at.
    self.call_to_fail("cpu");
    // Where the script has left no stack to say it with, it is not said.
    _exit(self.said_last ? protocol::exit_said : protocol::exit_cpu);
  }

  void call_to_fail(std::string_view reason) {
    cpu_limit.reset();
    JSContextGroupSetExecutionTimeLimit(group, 1, nullptr, nullptr);
    call(member("failHere"), {text(reason)});
  }

  [[nodiscard]] JSObjectRef make_host() {
    JSClassDefinition definition = kJSClassDefinitionEmpty;
    definition.className = "Host";
    static constexpr std::array<JSStaticFunction, 6> methods{{
        {"send", &Impl::host_send, kJSPropertyAttributeReadOnly},
        {"bytes", &Impl::host_bytes, kJSPropertyAttributeReadOnly},
        {"now", &Impl::host_now, kJSPropertyAttributeReadOnly},
        {"random", &Impl::host_random, kJSPropertyAttributeReadOnly},
        {"evaluate", &Impl::host_evaluate, kJSPropertyAttributeReadOnly},
        {nullptr, nullptr, 0},
    }};
    definition.staticFunctions = methods.data();
    JSClassRef host = JSClassCreate(&definition);
    JSObjectRef object = JSObjectMake(context, host, this);
    JSClassRelease(host);
    return object;
  }

  [[nodiscard]] static Impl& of(JSObjectRef host) { return *static_cast<Impl*>(JSObjectGetPrivate(host)); }

  /// A frame to the parent.
  static JSValueRef host_send(JSContextRef context, JSObjectRef, JSObjectRef self, std::size_t count,
                              const JSValueRef arguments[], JSValueRef*) {
    auto& engine = of(self);
    if (count != 1 || engine.channel == nullptr) return JSValueMakeUndefined(context);
    auto json = to_utf8(context, arguments[0]);
    replace_half_characters(json);
    engine.said_last = json.starts_with(R"({"type":"ended")") || json.starts_with(R"({"type":"failed")");
    engine.channel->send(json);
    return JSValueMakeUndefined(context);
  }

  /// How many bytes of UTF-8 a text takes.
  static JSValueRef host_bytes(JSContextRef context, JSObjectRef, JSObjectRef, std::size_t count,
                               const JSValueRef arguments[], JSValueRef*) {
    const std::size_t size = count == 1 ? to_utf8(context, arguments[0]).size() : 0;
    return JSValueMakeNumber(context, static_cast<double>(size));
  }

  /// Milliseconds, of a clock that is never set.
  static JSValueRef host_now(JSContextRef context, JSObjectRef, JSObjectRef, std::size_t, const JSValueRef[],
                             JSValueRef*) {
    return JSValueMakeNumber(context, now());
  }

  /// From 0 to 1, without that.
  static JSValueRef host_random(JSContextRef context, JSObjectRef, JSObjectRef self, std::size_t, const JSValueRef[],
                                JSValueRef*) {
    return JSValueMakeNumber(context, static_cast<double>(of(self).random() >> 11U) * 0x1p-53);
  }

  /// For the process that this is now: the state that it was copied with is that of all others.
  void seed_random() {
    std::uint64_t seed = 0;
    if (getrandom(&seed, sizeof seed, 0) != sizeof seed) throw std::runtime_error("There is no randomness.");
    random.seed(seed);
  }

  /// Runs a text as a script under the script's name.
  static JSValueRef host_evaluate(JSContextRef context, JSObjectRef, JSObjectRef self, std::size_t count,
                                  const JSValueRef arguments[], JSValueRef* exception) {
    if (count != 1) return JSValueMakeUndefined(context);
    const String script(JSValueToStringCopy(context, arguments[0], exception));
    return script ? of(self).evaluate(script.get(), script_name, exception) : nullptr;
  }
};

char* const* Engine::environment() {
  static std::array<std::string, 10> variables{
      "LD_BIND_NOW=1",
      "Malloc=1",
      "JSC_useJIT=0",
      "JSC_useConcurrentJIT=0",
      "JSC_useConcurrentGC=0",
      "JSC_numberOfGCMarkers=1",
      "JSC_useWasm=0",
      "LC_ALL=C.UTF-8",
      "TZ=UTC",
      "ICU_TIMEZONE_FILES_DIR=",  // the library's own, as there are no files
  };
  static std::array<char*, variables.size() + 1> pointers{};
  for (std::size_t i = 0; i < variables.size(); ++i) pointers[i] = variables[i].data();
  return pointers.data();
}

Engine::Engine() : impl_(std::make_unique<Impl>()) {}
Engine::~Engine() = default;

Engine::State Engine::begin(const Channel& channel, std::string_view frame) {
  impl_->channel = &channel;
  impl_->seed_random();
  impl_->call(impl_->member("begin"), {impl_->text(frame)});
  return impl_->settle();
}

Engine::State Engine::deliver(std::string_view frame) {
  impl_->call(impl_->member("deliver"), {impl_->text(frame)});
  return impl_->settle();
}

Engine::State Engine::fire() {
  impl_->call(impl_->member("fire"), {});
  return impl_->settle();
}

void Engine::limit_time(std::chrono::milliseconds cpu) {
  impl_->cpu_limit = used_cpu() + cpu;
  impl_->watch_time();
  // The first time that the engine is entered under a limit it sets up what it watches with.
  impl_->evaluate(make_string("0").get(), "prelude");
}

}  // namespace guildhall::vm::guest
