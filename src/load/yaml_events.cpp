#include "yaml_events.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <array>
#include <istream>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "utf8_stream.hpp"
#include "yaml_scalar.hpp"

namespace migplan {
namespace {

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  for (const std::string_view word : words) {
    if (text == word) return true;
  }
  return false;
}

// Thrown through yaml-cpp to stop it; caught in this file.
struct AliasBomb {
  Position at;
};

struct Event {
  enum class Type : std::uint8_t { Scalar, Alias, BeginList, EndList, BeginMap, EndMap };
  Type type;
  Position at;
  ScalarKind kind = ScalarKind::Null;
  YAML::anchor_t alias = 0;
  std::string text{};
};

// Turns yaml-cpp's events into the reader's: tells keys from values, resolves aliases and merge keys.
class YamlHandler final : public YAML::EventHandler {
 public:
  explicit YamlHandler(FieldReader& reader) : reader_(&reader) {}

  [[nodiscard]] int documents() const noexcept { return documents_; }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ == 2) reader_->reject(position_of(mark), "a second document begins here, expected one document");
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    take({Event::Type::Scalar, position_of(mark), ScalarKind::Null, 0}, anchor);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    take({Event::Type::Alias, position_of(mark), ScalarKind::Null, anchor}, 0);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& text) override {
    const Position at = position_of(mark);
    if (documents_ > 1) return;
    if (recordings_.empty() && anchor == 0 && merges_.empty()) {
      deliver_scalar({kind_of(tag, text, at), text, at});
      return;
    }
    take({Event::Type::Scalar, at, kind_of(tag, text, at), 0, text}, anchor);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    check_tag(tag, "seq", position_of(mark));
    take({Event::Type::BeginList, position_of(mark)}, anchor);
  }
  void OnSequenceEnd() override { take({Event::Type::EndList, {}}, 0); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    check_tag(tag, "map", position_of(mark));
    take({Event::Type::BeginMap, position_of(mark)}, anchor);
  }
  void OnMapEnd() override { take({Event::Type::EndMap, {}}, 0); }

 private:
  static constexpr std::size_t kMostReplayed = 1'000'000;

  struct Level {
    bool is_map = false;
    bool wants_key = false;
    bool is_merge_value = false;  // the value that follows belongs to "<<"
  };
  struct Recording {
    YAML::anchor_t anchor;
    std::size_t depth;  // open maps and lists, the anchored one among them
    std::vector<Event> events;
  };

  ScalarKind kind_of(const std::string& tag, std::string_view text, Position at) {
    if (tag == "?" || tag.empty()) return kind_of_plain(text);
    if (tag == "!" || tag == "tag:yaml.org,2002:str") return ScalarKind::Text;
    const bool is_core = is_one_of(
        tag, {"tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:bool", "tag:yaml.org,2002:null"});
    if (!is_core) reader_->reject(at, fmt::format("found the tag {}, expected none", in_quotes(tag)));
    return kind_of_plain(text);
  }

  void check_tag(const std::string& tag, std::string_view plain, Position at) {
    if (tag == "?" || tag.empty() || tag == "!" || tag == fmt::format("tag:yaml.org,2002:{}", plain)) return;
    reader_->reject(at, fmt::format("found the tag {}, expected none", in_quotes(tag)));
  }

  void take(Event event, YAML::anchor_t anchor) {
    if (documents_ > 1) return;
    const bool begins = event.type == Event::Type::BeginList || event.type == Event::Type::BeginMap;
    const bool ends = event.type == Event::Type::EndList || event.type == Event::Type::EndMap;
    for (Recording& recording : recordings_) {
      recording.events.push_back(event);
      if (begins) ++recording.depth;
      if (ends) --recording.depth;
    }
    if (anchor != 0 && begins) recordings_.push_back({anchor, 1, {event}});
    if (anchor != 0 && event.type == Event::Type::Scalar) keep(anchor, {event});
    deliver(event);
    while (!recordings_.empty() && recordings_.back().depth == 0) {
      keep(recordings_.back().anchor, std::move(recordings_.back().events));
      recordings_.pop_back();
    }
  }

  void keep(YAML::anchor_t anchor, std::vector<Event> events) {
    anchors_[anchor] = std::make_shared<const std::vector<Event>>(std::move(events));
  }
  // Empty inside the value that the anchor stands for. Shared: the anchor may be set anew while it is replayed.
  [[nodiscard]] std::shared_ptr<const std::vector<Event>> anchored(YAML::anchor_t anchor) const {
    static const auto kNothing = std::make_shared<const std::vector<Event>>();
    const auto found = anchors_.find(anchor);
    return found == anchors_.end() ? kNothing : found->second;
  }

  void deliver(const Event& event) {
    if (!merges_.empty() && merge_depth_ != 0) {
      collect_merge(event);
      return;
    }
    switch (event.type) {
      case Event::Type::Scalar: deliver_scalar({event.kind, event.text, event.at}); break;
      case Event::Type::Alias: deliver_alias(event); break;
      case Event::Type::BeginList: begin(event, false); break;
      case Event::Type::BeginMap: begin(event, true); break;
      case Event::Type::EndList:
        levels_.pop_back();
        reader_->end_list();
        break;
      case Event::Type::EndMap:
        apply_merges();
        levels_.pop_back();
        reader_->end_map();
        break;
    }
  }

  // A value is due: steps over the key state of the map that it stands in.
  void value_begins(Position at) {
    if (levels_.empty() || !levels_.back().is_map) return;
    if (levels_.back().wants_key) {
      reader_->reject(at, "found a map, list or alias as a key, expected text");
      reader_->key("x-unreadable", at);
      levels_.back().wants_key = false;
      return;
    }
    levels_.back().wants_key = true;
  }

  void deliver_scalar(const Scalar& scalar) {
    if (!levels_.empty() && levels_.back().is_map && levels_.back().wants_key) {
      levels_.back().wants_key = false;
      if (scalar.text == "<<" && scalar.kind == ScalarKind::Text) {
        levels_.back().is_merge_value = true;
        return;
      }
      reader_->key(scalar.text, scalar.at);
      return;
    }
    if (is_merge_value()) {
      reader_->reject(scalar.at, "found a single value behind the merge key <<, expected an alias of a map");
      return;
    }
    value_begins(scalar.at);
    reader_->scalar(scalar);
  }

  bool is_merge_value() {
    if (levels_.empty() || !levels_.back().is_merge_value) return false;
    levels_.back().is_merge_value = false;
    levels_.back().wants_key = true;
    return true;
  }

  void begin(const Event& event, bool is_map) {
    if (is_merge_value()) {
      merges_.push_back({levels_.size(), {event}});
      merge_depth_ = 1;
      return;
    }
    value_begins(event.at);
    levels_.push_back({is_map, is_map, false});
    if (is_map) {
      reader_->begin_map(event.at);
    } else {
      reader_->begin_list(event.at);
    }
  }

  void deliver_alias(const Event& event) {
    if (is_merge_value()) {
      merges_.push_back({levels_.size(), {event}});
      return;
    }
    const auto events = anchored(event.alias);
    replay(*events, event.at);
  }

  void replay(const std::vector<Event>& events, Position at) {
    if (events.empty()) {
      reader_->reject(at, "found an alias inside the value that it stands for");
      deliver_scalar({ScalarKind::Null, {}, at});
      return;
    }
    for (const Event& event : events) {
      if (++replayed_ > kMostReplayed) throw AliasBomb{at};
      deliver(event);
    }
  }

  struct Merge {
    std::size_t level;  // of the map that it goes into
    std::vector<Event> events;
  };

  void collect_merge(const Event& event) {
    merges_.back().events.push_back(event);
    if (event.type == Event::Type::BeginList || event.type == Event::Type::BeginMap) ++merge_depth_;
    if (event.type == Event::Type::EndList || event.type == Event::Type::EndMap) --merge_depth_;
  }

  // Keys of merged maps count where the map itself, or an earlier merge, has none of that name.
  void apply_merges() {
    std::vector<Merge> due;
    while (!merges_.empty() && merges_.back().level == levels_.size()) {
      due.push_back(std::move(merges_.back()));
      merges_.pop_back();
    }
    for (auto merge = due.rbegin(); merge != due.rend(); ++merge) merge_events(merge->events, 0);
  }

  void merge_events(const std::vector<Event>& events, int nesting) {
    if (events.empty() || nesting > 8) return;
    if (events.front().type == Event::Type::Alias) {
      const auto target = anchored(events.front().alias);
      merge_events(*target, nesting + 1);
    } else if (events.front().type == Event::Type::BeginList) {
      for (std::size_t i = 1, end = 0; i + 1 < events.size(); i = end) {
        end = end_of_value(events, i);
        const auto from = events.begin() + static_cast<std::ptrdiff_t>(i);
        merge_events({from, events.begin() + static_cast<std::ptrdiff_t>(end)}, nesting + 1);
      }
    } else if (events.front().type == Event::Type::BeginMap) {
      merge_map(events, nesting);
    } else {
      reader_->reject(events.front().at, "found a single value behind the merge key <<, expected an alias of a map");
    }
  }

  static std::size_t end_of_value(const std::vector<Event>& events, std::size_t begin) {
    std::size_t depth = 0;
    for (std::size_t i = begin; i < events.size(); ++i) {
      if (events[i].type == Event::Type::BeginList || events[i].type == Event::Type::BeginMap) ++depth;
      if (events[i].type == Event::Type::EndList || events[i].type == Event::Type::EndMap) --depth;
      if (depth == 0) return i + 1;
    }
    return events.size();
  }

  void merge_map(const std::vector<Event>& events, int nesting) {
    std::vector<std::vector<Event>> inner;  // maps that this one merges: after its own keys
    for (std::size_t i = 1; i + 1 < events.size();) {
      const std::size_t end = end_of_value(events, i + 1);
      const auto from = events.begin() + static_cast<std::ptrdiff_t>(i);
      const auto to = events.begin() + static_cast<std::ptrdiff_t>(end);
      const bool is_key = events[i].type == Event::Type::Scalar;
      if (is_key && events[i].text == "<<" && events[i].kind == ScalarKind::Text) {
        inner.emplace_back(from + 1, to);
      } else if (is_key && !reader_->has_key(events[i].text)) {
        replay({from, to}, events[i].at);
      }
      i = end;
    }
    for (const std::vector<Event>& merge : inner) merge_events(merge, nesting + 1);
  }

  FieldReader* reader_;
  int documents_ = 0;
  std::vector<Level> levels_;
  std::vector<Recording> recordings_;
  std::map<YAML::anchor_t, std::shared_ptr<const std::vector<Event>>> anchors_;
  std::vector<Merge> merges_;
  std::size_t merge_depth_ = 0;
  std::size_t replayed_ = 0;
};

// The same events for two.
class BothHandlers final : public YAML::EventHandler {
 public:
  BothHandlers(YAML::EventHandler& first, YAML::EventHandler& second) : first_(first), second_(second) {}
  void OnDocumentStart(const YAML::Mark& mark) override {
    first_.OnDocumentStart(mark);
    second_.OnDocumentStart(mark);
  }
  void OnDocumentEnd() override {
    first_.OnDocumentEnd();
    second_.OnDocumentEnd();
  }
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    first_.OnNull(mark, anchor);
    second_.OnNull(mark, anchor);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    first_.OnAlias(mark, anchor);
    second_.OnAlias(mark, anchor);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    first_.OnScalar(mark, tag, anchor, value);
    second_.OnScalar(mark, tag, anchor, value);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    first_.OnSequenceStart(mark, tag, anchor, style);
    second_.OnSequenceStart(mark, tag, anchor, style);
  }
  void OnSequenceEnd() override {
    first_.OnSequenceEnd();
    second_.OnSequenceEnd();
  }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    first_.OnMapStart(mark, tag, anchor, style);
    second_.OnMapStart(mark, tag, anchor, style);
  }
  void OnMapEnd() override {
    first_.OnMapEnd();
    second_.OnMapEnd();
  }

 private:
  YAML::EventHandler& first_;
  YAML::EventHandler& second_;
};

// Whether a document was there and read.
bool next_document(YAML::Parser& parser, YamlHandler& handler, YAML::EventHandler* also) {
  if (also == nullptr) return parser.HandleNextDocument(handler);
  BothHandlers both(handler, *also);
  return parser.HandleNextDocument(both);
}

}  // namespace

void feed_yaml(ByteSource& source, FieldReader& reader, YAML::EventHandler* also) {
  Utf8Stream buffer(source);
  std::istream stream(&buffer);
  YamlHandler handler(reader);
  try {
    YAML::Parser parser(stream);
    buffer.stop_at_fault();
    while (!buffer.has_fault() && handler.documents() < 2 && next_document(parser, handler, also)) {
    }
    if (handler.documents() == 0 && !buffer.has_fault())
      reader.reject_source({1, 1}, "found no document, expected a map");
  } catch (const Utf8Stream::Stopped&) {
    reader.abandon();
  } catch (const AliasBomb& bomb) {
    reader.abandon();
    reader.reject_source(bomb.at, "aliases unfold to more than 1,000,000 values");
  } catch (const YAML::Exception& error) {
    if (!buffer.has_fault())
      reader.reject_source(position_of(error.mark), fmt::format("not YAML: {}", printable(error.msg)));
  }
  if (buffer.has_fault()) reader.reject_source(buffer.fault().at, buffer.fault().what, buffer.fault().cause);
}

}  // namespace migplan
