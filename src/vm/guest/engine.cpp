#include "vm/guest/engine.hpp"

#include <JavaScriptCore/JavaScript.h>
#include <sys/random.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>

#include "vm/guest/channel.hpp"
#include "vm/guest/usage.hpp"
#include "vm/protocol.hpp"

extern "C" {
// The files of prelude/, as one script: an array of functions.
extern const char guildhall_prelude_begin[];
extern const char guildhall_prelude_end[];
// A script that does what most scripts do, and the frame with which it is run.
extern const char guildhall_warm_up_script_begin[];
extern const char guildhall_warm_up_script_end[];
extern const char guildhall_warm_up_frame_begin[];
extern const char guildhall_warm_up_frame_end[];

// Exported by JavaScriptCore, but declared only in its private headers (JSContextRefPrivate.h).
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

/// Lone surrogates become U+FFFD.
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

/// In JSON the engine writes a lone surrogate as an escape (ECMAScript: QuoteJSONString), which is not valid Unicode.
void replace_lone_surrogates(std::string& json) {
  for (std::size_t at = json.find('\\'); at != std::string::npos; at = json.find('\\', at + 2)) {
    const bool is_surrogate = json.compare(at + 1, 2, "ud") == 0 && json.find_first_of("89abcdef", at + 3) == at + 3;
    if (is_surrogate) json.replace(at + 2, 4, "fffd");
  }
}

/// The script's file name in stacks.
constexpr const char* script_name = "command.js";
constexpr int max_warm_up_steps = 1000;

}  // namespace

struct Engine::Impl {
  JSContextGroupRef group = JSContextGroupCreate();
  JSGlobalContextRef context = JSGlobalContextCreateInGroup(group, nullptr);
  JSObjectRef prelude = nullptr;  ///< An array of functions.
  JSObjectRef shared = nullptr;   ///< The object with which the functions are called.
  const Channel* channel = nullptr;
  bool sent_last_frame = false;  ///< `ended` or `failed`
  std::optional<std::chrono::nanoseconds> cpu_limit;
  std::mt19937_64 random;

  Impl() {
    const std::string source(guildhall_prelude_begin, guildhall_prelude_end);
    prelude = to_object(evaluate(make_string(source).get(), "prelude"));
    if (prelude == nullptr) throw std::logic_error("The prelude does not parse.");
    JSValueProtect(context, prelude);
    warm_up();
    run_prelude();
    JSGlobalContextSetUnhandledRejectionCallback(context, member("unhandled"), nullptr);
  }

  ~Impl() {
    JSGlobalContextRelease(context);
    JSContextGroupRelease(group);
  }

  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  /// Starts with a new `shared`, which knows of no run.
  void run_prelude() {
    JSObjectRef object = JSObjectMake(context, nullptr, nullptr);
    JSValueProtect(context, object);
    JSObjectSetProperty(context, object, make_string("host").get(), make_host(), kJSPropertyAttributeNone, nullptr);
    for (unsigned i = 0;; ++i) {
      const auto* function = JSObjectGetPropertyAtIndex(context, prelude, i, nullptr);
      if (JSValueIsUndefined(context, function)) break;
      call(to_object(function), {object});
    }
    shared = object;
  }

  /// Runs a script whose calls nobody sees, because the engine compiles functions when they are first called.
  void warm_up() {
    run_prelude();
    const std::string frame(guildhall_warm_up_frame_begin, guildhall_warm_up_frame_end);
    const std::string script(guildhall_warm_up_script_begin, guildhall_warm_up_script_end);
    call(member("warmUp"), {text(frame), text(script)});
    for (int step = 1; !settle().over; ++step) {
      if (step > max_warm_up_steps) throw std::logic_error("The warm-up script does not end.");
      call(member("deliver"), {text(R"({"call": )" + std::to_string(step) + R"(, "value": {"id": "1"}})")});
      usleep(1000);  // so that timers are due
      call(member("fire"), {});
    }
    call(member("endWarmUp"), {});
    JSValueUnprotect(context, shared);
    shared = nullptr;
  }

  /// For a value that is known to be an object.
  [[nodiscard]] static JSObjectRef to_object(JSValueRef value) { return const_cast<JSObjectRef>(value); }

  [[nodiscard]] JSObjectRef member(const char* name) const {
    return to_object(JSObjectGetProperty(context, shared, make_string(name).get(), nullptr));
  }

  [[nodiscard]] JSValueRef text(std::string_view utf8) const {
    return JSValueMakeString(context, make_string(std::string(utf8)).get());
  }

  /// Null if it threw `exception`.
  JSValueRef evaluate(JSStringRef source, const char* name, JSValueRef* exception = nullptr) const {
    return JSEvaluateScript(context, source, nullptr, make_string(name).get(), 1, exception);
  }

  /// An exception that the prelude does not catch is the script's.
  JSValueRef call(JSObjectRef function, std::initializer_list<JSValueRef> arguments) {
    set_engine_limit();
    JSValueRef thrown = nullptr;
    const auto* result =
        JSObjectCallAsFunction(context, function, nullptr, arguments.size(), arguments.begin(), &thrown);
    if (thrown == nullptr) return result;
    if (shared == nullptr) throw std::logic_error("The prelude fails: " + to_utf8(context, thrown));
    set_engine_limit();
    JSObjectCallAsFunction(context, member("failThrown"), nullptr, 1, &thrown, nullptr);
    return nullptr;
  }

  /// Calls a function of the prelude that may run the script.
  State step(const char* function, std::string_view argument = {}) {
    call(member(function), {text(argument)});
    return settle();
  }

  State settle() {
    const auto* state = call(member("settle"), {});
    const double wait = state == nullptr ? -2 : JSValueToNumber(context, state, nullptr);
    // `!(>=)`: also if it is not a number.
    if (!(wait >= -1)) return {.over = true};
    return {.over = false, .wait = static_cast<int>(std::ceil(wait))};
  }

  /// The engine's limit starts anew each time it is entered, so the time that is left is set each time.
  void set_engine_limit() {
    if (!cpu_limit) return;
    const auto left = std::max<std::chrono::nanoseconds>(*cpu_limit - cpu_time(), std::chrono::milliseconds(1));
    JSContextGroupSetExecutionTimeLimit(group, std::chrono::duration<double>(left).count(), &Impl::on_engine_limit,
                                        this);
  }

  static bool on_engine_limit(JSContextRef, void* data) {
    auto& self = *static_cast<Impl*>(data);
    if (cpu_time() < *self.cpu_limit) return false;
    self.cpu_limit.reset();
    JSContextGroupSetExecutionTimeLimit(self.group, 1, nullptr, nullptr);
    // The engine is between two instructions of the script, so its stack can be read.
    self.call(self.member("failCpu"), {});
    // The frame is missing if the script has exhausted the stack.
    _exit(self.sent_last_frame ? protocol::exit_reported : protocol::exit_cpu);
  }

  /// The fork has copied the parent's state, so each run needs a seed of its own.
  void seed_random() {
    std::uint64_t seed = 0;
    if (getrandom(&seed, sizeof seed, 0) != sizeof seed) throw std::runtime_error("getrandom failed.");
    random.seed(seed);
  }

  /// `host`, which the prelude calls.
  [[nodiscard]] JSObjectRef make_host() {
    static constexpr std::array<JSStaticFunction, 6> methods{{
        {"send", &host_function<&Impl::send>, kJSPropertyAttributeReadOnly},
        {"bytes", &host_function<&Impl::bytes>, kJSPropertyAttributeReadOnly},
        {"now", &host_function<&Impl::now>, kJSPropertyAttributeReadOnly},
        {"random", &host_function<&Impl::next_random>, kJSPropertyAttributeReadOnly},
        {"evaluate", &host_function<&Impl::evaluate_script>, kJSPropertyAttributeReadOnly},
        {nullptr, nullptr, 0},
    }};
    JSClassDefinition definition = kJSClassDefinitionEmpty;
    definition.className = "Host";
    definition.staticFunctions = methods.data();
    JSClassRef host = JSClassCreate(&definition);
    JSObjectRef object = JSObjectMake(context, host, this);
    JSClassRelease(host);
    return object;
  }

  template <JSValueRef (Impl::*function)(JSValueRef argument, JSValueRef* exception)>
  static JSValueRef host_function(JSContextRef context, JSObjectRef, JSObjectRef host, std::size_t count,
                                  const JSValueRef arguments[], JSValueRef* exception) {
    auto& self = *static_cast<Impl*>(JSObjectGetPrivate(host));
    return (self.*function)(count == 0 ? JSValueMakeUndefined(context) : arguments[0], exception);
  }

  /// Sends a frame to the parent.
  JSValueRef send(JSValueRef frame, JSValueRef*) {
    if (channel != nullptr) {
      auto json = to_utf8(context, frame);
      replace_lone_surrogates(json);
      sent_last_frame = json.starts_with(R"({"type":"ended")") || json.starts_with(R"({"type":"failed")");
      channel->send(json);
    }
    return JSValueMakeUndefined(context);
  }

  /// The size of a text in UTF-8.
  JSValueRef bytes(JSValueRef text, JSValueRef*) {
    return JSValueMakeNumber(context, static_cast<double>(to_utf8(context, text).size()));
  }

  /// Milliseconds of the monotonic clock.
  JSValueRef now(JSValueRef, JSValueRef*) {
    const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now().time_since_epoch();
    return JSValueMakeNumber(context, time.count());
  }

  /// In [0, 1).
  JSValueRef next_random(JSValueRef, JSValueRef*) {
    return JSValueMakeNumber(context, static_cast<double>(random() >> 11U) * 0x1p-53);
  }

  JSValueRef evaluate_script(JSValueRef source, JSValueRef* exception) {
    const String script(JSValueToStringCopy(context, source, exception));
    return script ? evaluate(script.get(), script_name, exception) : nullptr;
  }
};

char* const* Engine::environment() {
  static std::array<std::string, 12> variables{
      "LD_BIND_NOW=1", "Malloc=1", "JSC_useJIT=0", "JSC_useConcurrentJIT=0", "JSC_useConcurrentGC=0",
      "JSC_numberOfGCMarkers=1", "JSC_useWasm=0",
      // Bytes until the first garbage collection. It touches, and so copies, most of what a run shares with the others,
      // so neither the warm-up nor a short run should need one.
      "JSC_smallHeapSize=4194304", "LC_ALL=C.UTF-8", "TZ=UTC",
      "ICU_TIMEZONE_FILES_DIR=",            // ICU's built-in data, because there are no files
      "DBUS_SYSTEM_BUS_ADDRESS=disabled:",  // of which newer engines ask for changes of the time zone
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
  return impl_->step("begin", frame);
}

Engine::State Engine::deliver(std::string_view frame) { return impl_->step("deliver", frame); }

Engine::State Engine::fire() { return impl_->step("fire"); }

void Engine::limit_time(std::chrono::milliseconds cpu) {
  impl_->cpu_limit = cpu_time() + cpu;
  impl_->set_engine_limit();
  // The engine creates its watchdog when it is first entered under a limit.
  impl_->evaluate(make_string("0").get(), "prelude");
}

}  // namespace guildhall::vm::guest
