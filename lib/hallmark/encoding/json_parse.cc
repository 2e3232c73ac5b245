#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>

#include "hallmark/base/printable.h"
#include "hallmark/encoding/json.h"
#include "hallmark/encoding/json_outline.h"

// nlohmann's SAX parser is the lexer and grammar here: it keeps its own stack and never recurses.
// What it lets pass (a byte order mark, NUL as the end, repeated names, any depth and size) is
// refused around it.
namespace hallmark::json {
namespace {

// Line and column of offsets that only grow.
class Locator {
 public:
  explicit Locator(std::string_view text) : text_(text) {}

  Position At(std::size_t offset) {
    for (; offset_ < offset; ++offset_) {
      if (text_[offset_] == '\n') {
        ++line_;
        line_start_ = offset_ + 1;
      }
    }
    return {line_, offset - line_start_ + 1};
  }

 private:
  std::string_view text_;
  std::size_t offset_ = 0;
  std::size_t line_ = 1;
  std::size_t line_start_ = 0;
};

std::string ToText(Position position) {
  return std::to_string(position.line) + ":" + std::to_string(position.column) + ": ";
}

// Where the token of each SAX event lies. Every token is announced once and in order, so the next
// one starts behind the last one and the punctuation between them.
class Tokens {
 public:
  explicit Tokens(std::string_view text) : text_(text), locator_(text) {}

  // Moves to the next token and gives its place.
  Position Next() {
    start_ = text_.find_first_not_of(" \t\r\n,:", end_);
    end_ = TokenEnd();
    return locator_.At(start_);
  }
  std::string_view text() const { return text_.substr(start_, end_ - start_); }
  // From where a token started to the end of this one.
  std::string_view Since(std::size_t start) const { return text_.substr(start, end_ - start); }
  std::size_t start() const { return start_; }
  Position At(std::size_t offset) { return locator_.At(std::clamp(offset, start_, text_.size())); }

 private:
  std::size_t TokenEnd() const {
    const char first = text_[start_];
    if (first == '"') return StringEnd();
    if (std::string_view("{}[]").find(first) != std::string_view::npos) return start_ + 1;
    return std::min(text_.find_first_of(" \t\r\n,:{}[]\"", start_), text_.size());
  }
  std::size_t StringEnd() const {
    std::size_t at = start_ + 1;
    while (text_[at] != '"') at += text_[at] == '\\' ? 2U : 1U;
    return at + 1;
  }

  std::string_view text_;
  Locator locator_;
  std::size_t start_ = 0;
  std::size_t end_ = 0;
};

// Index of a member whose name an earlier one has, the first such in the text.
std::optional<std::size_t> FindRepeated(const std::vector<Member>& members) {
  std::vector<std::size_t> order(members.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::tie(members[a].name, a) < std::tie(members[b].name, b);
  });
  std::optional<std::size_t> found;
  for (std::size_t i = 1; i < order.size(); ++i) {
    if (members[order[i - 1]].name != members[order[i]].name) continue;
    found = std::min(found.value_or(order[i]), order[i]);
  }
  return found;
}

}  // namespace

// The member that is kept as text, and how far it was read.
struct Apart {
  std::string_view name;
  std::size_t max_values;
  enum class State : std::uint8_t { kBefore = 1, kNext, kInside, kBehind } state = State::kBefore;
  std::size_t start = 0;
  std::size_t values = 0;
  std::optional<Part> part = {};
};

// Receives the events of nlohmann's parser. A handler that returns false ends the parse; error_
// then says why.
class Builder final : public nlohmann::json_sax<nlohmann::json> {
 public:
  Builder(std::string_view text, const Limits& limits) : tokens_(text), limits_(limits) {}
  Builder(std::string_view text, const Limits& limits, Apart apart)
      : tokens_(text), limits_(limits), apart_(apart) {}

  bool null() override { return Add(Value::Null(), tokens_.Next()); }
  bool boolean(bool value) override { return Add(Value::Bool(value), tokens_.Next()); }
  bool number_integer(number_integer_t value) override {
    return AddNumber(static_cast<double>(value));
  }
  bool number_unsigned(number_unsigned_t value) override {
    return AddNumber(static_cast<double>(value));
  }
  bool number_float(number_float_t value, const string_t&) override { return AddNumber(value); }
  bool string(string_t& value) override {
    const Position position = tokens_.Next();
    return HasNoNul(value, position) && Add(Value::String(std::move(value)), position);
  }
  bool binary(binary_t&) override { return Fail(ErrorCode::kMalformed, {}, "binary value"); }

  bool start_object(std::size_t) override { return Open(Value::Object({})); }
  bool key(string_t& name) override {
    const Position position = tokens_.Next();
    if (!HasNoNul(name, position)) return false;
    if (apart_ && open_.size() == 1 && apart_->state == Apart::State::kBefore &&
        name == apart_->name) {
      apart_->state = Apart::State::kNext;
    }
    Members(open_.back()).push_back({std::move(name), position, Value::Null()});
    return true;
  }
  bool end_object() override {
    const std::vector<Member>& members = Members(open_.back());
    if (const auto repeated = FindRepeated(members)) {
      const Member& member = members[*repeated];
      return Fail(ErrorCode::kMalformed, member.position,
                  "member \"" + Printable(member.name) + "\" appears twice");
    }
    return Close();
  }
  bool start_array(std::size_t) override { return Open(Value::Array({})); }
  bool end_array() override { return Close(); }

  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& exception) override {
    const Position place = tokens_.At(position == 0 ? 0 : position - 1);
    const std::string_view what = exception.what();
    const std::size_t start = what.find("syntax error");
    // Code 406: a number that no double holds.
    if (start == std::string_view::npos) {
      return Fail(ErrorCode::kMalformed, place, "number out of range");
    }
    return Fail(ErrorCode::kMalformed, place, Printable(what.substr(start)));
  }

  Result<Value> Finish() && {
    if (error_) return std::move(*error_);
    return std::move(root_);
  }
  std::optional<Part> part() const { return apart_ ? apart_->part : std::nullopt; }

 private:
  static std::vector<Member>& Members(Value& value) {
    return *std::get_if<std::vector<Member>>(&value.data_);
  }

  bool Fail(ErrorCode code, Position position, const std::string& what) {
    error_ = Error(code, ToText(position) + what);
    return false;
  }

  bool HasNoNul(const std::string& text, Position position) {
    if (text.find('\0') == std::string::npos) return true;
    return Fail(ErrorCode::kMalformed, position, "NUL character in a string");
  }

  bool AddNumber(double value) {
    const Position position = tokens_.Next();
    Value made;
    made.data_ = Value::Number{value, std::string(tokens_.text())};
    return Add(std::move(made), position);
  }

  bool CountValue(Position position) {
    const bool inside = IsInside();
    const std::size_t count = inside ? ++apart_->values : ++values_;
    const std::size_t most = inside ? apart_->max_values : limits_.max_values;
    if (count <= most) return true;
    return Fail(ErrorCode::kLimit, position, "more than " + std::to_string(most) + " values");
  }

  bool IsInside() const { return apart_ && apart_->state == Apart::State::kInside; }

  // At the first token of a value that is kept apart.
  void Enter(const Value& value) {
    if (!apart_ || apart_->state != Apart::State::kNext) return;
    apart_->state = Apart::State::kInside;
    apart_->start = tokens_.start();
    apart_->part = Part{value.kind(), {}, value.position_};
  }
  // At its last token: nothing of it is open any more. A whole document has no end but that of the
  // text.
  void Leave() {
    if (!IsInside() || open_.size() != 1) return;
    apart_->state = Apart::State::kBehind;
    apart_->part->text = AsBytes(tokens_.Since(apart_->start));
  }

  bool Add(Value value, Position position) {
    value.position_ = position;
    Enter(value);
    if (!CountValue(position)) return false;
    Place(std::move(value));
    Leave();
    return true;
  }

  // Into the innermost open array or object, or as the whole document.
  void Place(Value value) {
    if (IsInside()) return;
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (auto* items = std::get_if<std::vector<Value>>(&open_.back().data_)) {
      items->push_back(std::move(value));
    } else {
      Members(open_.back()).back().value = std::move(value);
    }
  }

  bool Open(Value empty) {
    empty.position_ = tokens_.Next();
    Enter(empty);
    if (!CountValue(empty.position_)) return false;
    if (open_.size() >= limits_.max_depth) {
      return Fail(ErrorCode::kLimit, empty.position_,
                  "nested deeper than " + std::to_string(limits_.max_depth) + " levels");
    }
    open_.push_back(std::move(empty));
    return true;
  }

  bool Close() {
    tokens_.Next();
    Value closed = std::move(open_.back());
    open_.pop_back();
    Place(std::move(closed));
    Leave();
    return true;
  }

  Tokens tokens_;
  Limits limits_;
  std::optional<Apart> apart_;
  std::vector<Value> open_;  // outermost first
  std::size_t values_ = 0;
  Value root_ = Value::Null();
  std::optional<Error> error_;
};

namespace {

// What nlohmann lets pass before the first token.
Result<Done> CheckText(std::string_view text, const Limits& limits) {
  if (text.size() > limits.max_bytes) {
    return Error(ErrorCode::kLimit,
                 "1:1: longer than " + std::to_string(limits.max_bytes) + " bytes");
  }
  if (text.starts_with("\xEF\xBB\xBF")) {
    return Error(ErrorCode::kMalformed, "1:1: byte order mark");
  }
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
    return Error(ErrorCode::kMalformed, ToText(Locator(text).At(nul)) + "NUL byte");
  }
  return Done{};
}

}  // namespace

Result<Value> Parse(ByteView untrusted_text, const Limits& limits) {
  const std::string_view text = AsText(untrusted_text);
  HALLMARK_RETURN_IF_ERROR(CheckText(text, limits));
  Builder builder(text, limits);
  nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
  return std::move(builder).Finish();
}

Result<Outline> ParseOutline(ByteView untrusted_text, const Limits& limits, std::string_view name,
                             std::size_t max_part_values) {
  const std::string_view text = AsText(untrusted_text);
  HALLMARK_RETURN_IF_ERROR(CheckText(text, limits));
  Builder builder(text, limits, Apart{name, max_part_values});
  nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
  const std::optional<Part> part = builder.part();
  HALLMARK_ASSIGN(Value document, std::move(builder).Finish());
  return Outline{std::move(document), part};
}

Result<Kind> Check(ByteView untrusted_text, const Limits& limits) {
  const std::string_view text = AsText(untrusted_text);
  HALLMARK_RETURN_IF_ERROR(CheckText(text, limits));
  Builder builder(text, limits, Apart{{}, limits.max_values, Apart::State::kNext});
  nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
  const std::optional<Part> part = builder.part();
  HALLMARK_RETURN_IF_ERROR(std::move(builder).Finish());
  HALLMARK_CHECK(part.has_value());
  return part->kind;
}

}  // namespace hallmark::json
