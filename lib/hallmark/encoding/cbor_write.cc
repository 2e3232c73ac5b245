#include <algorithm>
#include <utility>

#include "hallmark/encoding/cbor.h"
#include "hallmark/encoding/internal/cbor_token.h"

namespace hallmark::cbor {

class Printer {
 public:
  void Put(const Value& value) {
    std::visit([this](const auto& data) { PutData(data); }, value.data_);
  }
  Bytes Take() && { return std::move(out_); }

 private:
  void PutData(std::monostate) { PutNull(out_); }
  void PutData(Value::Undefined) { PutUndefined(out_); }
  void PutData(bool value) { PutBool(out_, value); }
  void PutData(double value) { PutFloat(out_, value); }
  void PutData(const Value::Number& number) {
    PutHead(out_, number.is_negative ? TokenKind::kNegative : TokenKind::kUnsigned,
            number.argument);
  }
  void PutData(const Bytes& bytes) {
    PutHead(out_, TokenKind::kBytes, bytes.size());
    out_.insert(out_.end(), bytes.begin(), bytes.end());
  }
  void PutData(const std::string& text) {
    PutHead(out_, TokenKind::kText, text.size());
    out_.insert(out_.end(), text.begin(), text.end());
  }
  void PutData(const std::vector<Value>& items) {
    PutHead(out_, TokenKind::kArray, items.size());
    for (const Value& item : items) Put(item);
  }
  void PutData(const std::vector<Entry>& entries) {
    std::vector<std::pair<Bytes, const Value*>> sorted;
    sorted.reserve(entries.size());
    for (const Entry& entry : entries) sorted.emplace_back(Encode(entry.key), &entry.value);
    std::sort(sorted.begin(), sorted.end());
    PutHead(out_, TokenKind::kMap, entries.size());
    for (const auto& [key, value] : sorted) {
      out_.insert(out_.end(), key.begin(), key.end());
      Put(*value);
    }
  }
  void PutData(const Value::Tag& tag) {
    PutHead(out_, TokenKind::kTag, tag.number);
    Put(tag.content.front());
  }

  Bytes out_;
};

Bytes Encode(const Value& value) {
  Printer printer;
  printer.Put(value);
  return std::move(printer).Take();
}

}  // namespace hallmark::cbor
