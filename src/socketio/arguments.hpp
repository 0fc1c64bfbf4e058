#pragma once

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_ref.hpp>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace guildhall::socketio {

/// What an event or an acknowledgement carries: JSON values, and bytes. Where bytes belong among the values there is a
/// placeholder, as on the wire (socketio/socket.io-protocol, "Binary event"); `bytes` leads from it to them.
///
///     socket.emit("greeting", {"hello", 42, {{"nested", true}}});
///
///     Arguments picture{"cat.png"};
///     picture.append(picture.attach(std::move(png)));
///     socket.emit("picture", picture);
class Arguments {
 public:
  Arguments() = default;
  /// Each element is one argument.
  Arguments(std::initializer_list<boost::json::value_ref> values) : values_(values) {}
  explicit Arguments(boost::json::array values, std::vector<std::string> attachments = {})
      : values_(std::move(values)), attachments_(std::move(attachments)) {}

  [[nodiscard]] std::size_t size() const { return values_.size(); }
  /// The argument at `index`; null where there are fewer, as in JavaScript it would be undefined.
  [[nodiscard]] const boost::json::value& operator[](std::size_t index) const;
  [[nodiscard]] const boost::json::array& values() const { return values_; }
  [[nodiscard]] const std::vector<std::string>& attachments() const { return attachments_; }

  /// The bytes that `placeholder`, a value anywhere in the arguments, stands for; nullptr where it is no placeholder.
  [[nodiscard]] const std::string* bytes(const boost::json::value& placeholder) const;

  /// Those from `first` on. A placeholder means nothing away from its bytes, so they come along.
  [[nodiscard]] Arguments from(std::size_t first) const;

  void append(boost::json::value value) { values_.push_back(std::move(value)); }
  /// Takes the bytes in; the value that is returned stands for them wherever it is put.
  [[nodiscard]] boost::json::value attach(std::string bytes);

 private:
  boost::json::array values_;
  std::vector<std::string> attachments_;
};

/// Which attachment a value stands for: `num` of `{"_placeholder":true,"num":n}`. Nothing where it is no placeholder;
/// the largest number there is where it is one and `num` is no index.
[[nodiscard]] std::optional<std::size_t> placeholder_number(const boost::json::value& value);

}  // namespace guildhall::socketio
