#include <algorithm>
#include <numeric>
#include <utility>

#include "hallmark/base/utf8.h"
#include "hallmark/encoding/cbor.h"
#include "hallmark/encoding/internal/cbor_token.h"

// The stack, the limits and every rule about spelling; cbor_token.cc reads the heads.
namespace hallmark::cbor {
namespace {

bool IsIndefinite(TokenKind kind) {
  return kind == TokenKind::kBytesStart || kind == TokenKind::kTextStart ||
         kind == TokenKind::kArrayStart || kind == TokenKind::kMapStart;
}

bool HasArgument(TokenKind kind) { return kind <= TokenKind::kTag; }

// The key that stands twice in a map; `keys` are encodings in the order of the text.
bool HasRepeated(const std::vector<Bytes>& keys) {
  std::vector<std::size_t> order(keys.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return keys[a] < keys[b]; });
  return std::adjacent_find(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
           return keys[a] == keys[b];
         }) != order.end();
}

}  // namespace

class Builder {
 public:
  Builder(ByteView bytes, Encoding encoding, const Limits& limits)
      : bytes_(bytes), encoding_(encoding), limits_(limits) {}

  Result<Value> Run() && {
    while (!is_done_) {
      if (at_ == bytes_.size()) return Malformed("ends too early");
      const std::optional<Token> token = ReadToken(bytes_.subspan(at_));
      if (!token) return Malformed("no data item, or one that is cut off");
      HALLMARK_RETURN_IF_ERROR(CheckSpelling(*token));
      at_ += token->head_size + token->content.size();
      HALLMARK_RETURN_IF_ERROR(Take(*token));
    }
    if (at_ != bytes_.size()) return Malformed("bytes after the data item");
    return std::move(root_);
  }

 private:
  // An array, map, tag or string of indefinite length whose items are still coming.
  struct Open {
    TokenKind kind;
    bool is_indefinite;
    std::uint64_t missing;  // items, unless indefinite
    std::uint64_t tag;
    std::vector<Value> items;
    Bytes text;
  };

  Error Malformed(const std::string& what) const {
    return Error(ErrorCode::kMalformed, "byte " + std::to_string(at_) + ": " + what);
  }
  Error Limit(const std::string& what) const {
    return Error(ErrorCode::kLimit, "byte " + std::to_string(at_) + ": " + what);
  }

  Result<Done> CheckSpelling(const Token& token) const {
    if (encoding_ >= Encoding::kDefinite && IsIndefinite(token.kind)) {
      return Malformed("indefinite length");
    }
    if (encoding_ >= Encoding::kShortest && HasArgument(token.kind) &&
        token.head_size != ShortestHead(token.argument)) {
      return Malformed("a number is written longer than it needs");
    }
    if (encoding_ >= Encoding::kDeterministic && token.kind == TokenKind::kFloat) {
      return Malformed("a float in a deterministic encoding");
    }
    return Done{};
  }

  Result<Done> Take(const Token& token) {
    if (token.kind == TokenKind::kBreak) return Break();
    if (++values_ > limits_.max_values) {
      return Limit("more than " + std::to_string(limits_.max_values) + " values");
    }
    if (token.kind == TokenKind::kText && !IsUtf8(AsText(token.content))) {
      return Malformed("text that is not UTF-8");
    }
    if (!open_.empty() && IsString(open_.back().kind)) return AppendChunk(token);
    switch (token.kind) {
      case TokenKind::kArray:
      case TokenKind::kMap:
      case TokenKind::kTag:
      case TokenKind::kBytesStart:
      case TokenKind::kTextStart:
      case TokenKind::kArrayStart:
      case TokenKind::kMapStart:
        return Enter(token);
      default:
        return Place(ToValue(token));
    }
  }

  static bool IsString(TokenKind kind) {
    return kind == TokenKind::kBytesStart || kind == TokenKind::kTextStart;
  }

  // RFC 8949 section 3.2.3: chunks are definite strings of the same major type.
  Result<Done> AppendChunk(const Token& token) {
    Open& open = open_.back();
    const TokenKind wanted =
        open.kind == TokenKind::kBytesStart ? TokenKind::kBytes : TokenKind::kText;
    if (token.kind != wanted) return Malformed("a chunk of another kind");
    open.text.insert(open.text.end(), token.content.begin(), token.content.end());
    return Done{};
  }

  static Value ToValue(const Token& token) {
    Value value;
    switch (token.kind) {
      case TokenKind::kUnsigned:
      case TokenKind::kNegative:
        value.data_ = Value::Number{token.kind == TokenKind::kNegative, token.argument};
        break;
      case TokenKind::kBytes:
        value.data_ = Bytes(token.content.begin(), token.content.end());
        break;
      case TokenKind::kText:
        value.data_ = std::string(AsText(token.content));
        break;
      case TokenKind::kBool:
        value.data_ = token.argument != 0;
        break;
      case TokenKind::kFloat:
        value.data_ = token.floating;
        break;
      case TokenKind::kUndefined:
        value.data_ = Value::Undefined{};
        break;
      default:
        break;  // null
    }
    return value;
  }

  Result<Done> Enter(const Token& token) {
    if (open_.size() >= limits_.max_depth) {
      return Limit("nested deeper than " + std::to_string(limits_.max_depth) + " levels");
    }
    std::uint64_t missing = token.kind == TokenKind::kTag ? 1 : token.argument;
    // Every item takes a byte at least, so a larger count is a lie; this also keeps 2 * n in range.
    if (missing > bytes_.size() - at_ && token.kind != TokenKind::kTag) {
      return Malformed("announces more items than bytes follow");
    }
    if (token.kind == TokenKind::kMap) missing *= 2;
    open_.push_back({token.kind, IsIndefinite(token.kind), missing, token.argument, {}, {}});
    return missing == 0 && !open_.back().is_indefinite ? Close() : Done{};
  }

  Result<Done> Break() {
    if (open_.empty() || !open_.back().is_indefinite) return Malformed("a break without its start");
    return Close();
  }

  // Into the innermost open item, or as the whole text. Closes what is complete, on and on: a loop,
  // because depth is the sender's choice.
  Result<Done> Place(Value value) {
    for (;;) {
      if (open_.empty()) {
        root_ = std::move(value);
        is_done_ = true;
        return Done{};
      }
      Open& open = open_.back();
      open.items.push_back(std::move(value));
      if (open.is_indefinite || --open.missing > 0) return Done{};
      HALLMARK_ASSIGN(value, Finish());
    }
  }

  Result<Done> Close() {
    HALLMARK_ASSIGN(Value closed, Finish());
    return Place(std::move(closed));
  }

  // The innermost open item as a value, taken off the stack.
  Result<Value> Finish() {
    Open open = std::move(open_.back());
    open_.pop_back();
    Value value;
    switch (open.kind) {
      case TokenKind::kMap:
      case TokenKind::kMapStart:
        return FinishMap(std::move(open.items));
      case TokenKind::kTag:
        value.data_ = Value::Tag{open.tag, std::move(open.items)};
        return value;
      case TokenKind::kBytesStart:
        value.data_ = std::move(open.text);
        return value;
      case TokenKind::kTextStart:
        value.data_ = std::string(AsText(open.text));
        return value;
      default:
        value.data_ = std::move(open.items);
        return value;
    }
  }

  Result<Value> FinishMap(std::vector<Value> items) {
    if (items.size() % 2 != 0) return Malformed("a key without a value");
    std::vector<Entry> entries;
    std::vector<Bytes> keys;
    for (std::size_t i = 0; i < items.size(); i += 2) {
      const Kind kind = items[i].kind();
      if (kind != Kind::kInteger && kind != Kind::kText && kind != Kind::kBytes) {
        return Malformed("a key that is no integer, text or byte string");
      }
      keys.push_back(Encode(items[i]));
      entries.push_back({std::move(items[i]), std::move(items[i + 1])});
    }
    if (HasRepeated(keys)) return Malformed("a key appears twice in a map");
    if (encoding_ >= Encoding::kDeterministic && !std::is_sorted(keys.begin(), keys.end())) {
      return Malformed("the keys of a map do not ascend");
    }
    Value value;
    value.data_ = std::move(entries);
    return value;
  }

  ByteView bytes_;
  Encoding encoding_;
  Limits limits_;
  std::size_t at_ = 0;
  std::size_t values_ = 0;
  std::vector<Open> open_;  // outermost first
  bool is_done_ = false;
  Value root_;
};

Result<Value> Parse(ByteView untrusted_bytes, Encoding encoding, const Limits& limits) {
  if (untrusted_bytes.size() > limits.max_bytes) {
    return Error(ErrorCode::kLimit,
                 "byte 0: longer than " + std::to_string(limits.max_bytes) + " bytes");
  }
  return Builder(untrusted_bytes, encoding, limits).Run();
}

}  // namespace hallmark::cbor
