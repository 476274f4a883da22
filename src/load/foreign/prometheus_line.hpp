#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace migplan {

// A line of a sample in the text format of Prometheus or OpenMetrics: NAME{LABEL="VALUE",…} VALUE [TIME] [# {…} …].
// Everything found points into the line.
class PrometheusLine {
 public:
  struct Fault {
    std::size_t at;  // byte of the line
    std::string what;
  };
  struct Span {
    std::size_t at = 0, size = 0;
    bool has_escapes = false;
    [[nodiscard]] std::string_view in(std::string_view text) const noexcept { return text.substr(at, size); }
  };
  struct Label {
    Span name, value;
  };
  // A new line that begins with the same head is of the same series: then only `read_values` is needed.
  [[nodiscard]] std::optional<Fault> read_head(std::string_view line);
  // What stands behind the head.
  [[nodiscard]] std::optional<Fault> read_values(std::string_view line, std::size_t head_size);

  // Bytes of name and labels, as they are written.
  [[nodiscard]] std::size_t head_size() const noexcept { return head_size_; }
  [[nodiscard]] Span name() const noexcept { return name_; }
  [[nodiscard]] const std::vector<Label>& labels() const noexcept { return labels_; }

  [[nodiscard]] double value() const noexcept { return value_; }
  [[nodiscard]] std::size_t value_at() const noexcept { return value_at_; }
  // In thousandths of the unit that the format has: milliseconds or seconds.
  [[nodiscard]] std::optional<std::int64_t> time() const noexcept { return time_; }
  [[nodiscard]] std::size_t time_at() const noexcept { return time_at_; }
  [[nodiscard]] bool has_exemplar() const noexcept { return has_exemplar_; }
  // A native histogram where the value is due; it is not read.
  [[nodiscard]] bool is_composite() const noexcept { return is_composite_; }

 private:
  void pass_blanks() noexcept;
  [[nodiscard]] std::optional<Fault> take_labels();
  [[nodiscard]] std::optional<Fault> take_label();
  [[nodiscard]] std::optional<Fault> take_quoted(Span& span);
  [[nodiscard]] std::optional<Fault> repeated_label() const;
  [[nodiscard]] Fault fault(std::string_view expected) const;

  std::string_view line_;
  std::size_t at_ = 0;
  std::size_t head_size_ = 0, value_at_ = 0, time_at_ = 0;
  Span name_;
  std::vector<Label> labels_;
  double value_ = 0;
  std::optional<std::int64_t> time_;
  bool has_exemplar_ = false, is_composite_ = false;
};

// A number as Prometheus writes it: decimal, NaN, +Inf, -Inf.
[[nodiscard]] std::optional<double> parse_metric_value(std::string_view text) noexcept;

// A text with the escapes \\ \" \n replaced; others stay as they are.
[[nodiscard]] std::string without_escapes(std::string_view text);

}  // namespace migplan
