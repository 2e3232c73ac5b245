#include "hallmark/keys/pkcs11/internal/token.h"

#include <algorithm>
#include <vector>

#include "hallmark/base/printable.h"
#include "hallmark/keys/pkcs11/limits.h"

namespace hallmark::keys {
namespace {

namespace rv = cryptoki::rv;
using cryptoki::Ulong;

bool Agrees(const Pkcs11Uri::Text& wanted, std::span<const unsigned char> field) {
  return !wanted || *wanted == FieldText(field);
}

Result<std::vector<Ulong>> ListSlots(const Module& module) {
  Ulong count = 0;
  Ulong result = module.functions().GetSlotList(1, nullptr, &count);
  if (result != rv::kOk) return Failed(module.name() + ": list slots", result);
  if (count > kMaxSlots) {
    return Error(ErrorCode::kLimit, module.name() + " has more than 256 tokens");
  }
  std::vector<Ulong> slots(count);
  if (slots.empty()) return slots;
  result = module.functions().GetSlotList(1, slots.data(), &count);
  if (result != rv::kOk) return Failed(module.name() + ": list slots", result);
  if (count > slots.size()) {
    return Error(ErrorCode::kProtocol, module.name() + " counts more slots than it was given room");
  }
  slots.resize(count);
  return slots;
}

bool SlotAgrees(const Module& module, const Pkcs11Uri::Slot& wanted, Ulong slot) {
  if (wanted.id && *wanted.id != slot) return false;
  if (!wanted.manufacturer && !wanted.description) return true;
  cryptoki::SlotInfo info{};
  return module.functions().GetSlotInfo(slot, &info) == rv::kOk &&
         Agrees(wanted.manufacturer, info.manufacturer) &&
         Agrees(wanted.description, info.description);
}

bool TokenAgrees(const Pkcs11Uri::Token& wanted, const cryptoki::TokenInfo& info) {
  return Agrees(wanted.label, info.label) && Agrees(wanted.manufacturer, info.manufacturer) &&
         Agrees(wanted.serial, info.serial) && Agrees(wanted.model, info.model);
}

std::string List(const std::vector<Token>& tokens) {
  std::string text;
  for (std::size_t i = 0; i < std::min(tokens.size(), kMaxListed); ++i) {
    text += (i == 0 ? "" : ", ") + tokens[i].name() + " (serial \"" +
            Printable(FieldText(tokens[i].info.serial)) + "\", slot-id " +
            std::to_string(tokens[i].slot) + ")";
  }
  return text + (tokens.size() > kMaxListed ? ", ..." : "");
}

Error NoneMatches(const Module& module, const std::vector<Token>& present) {
  return {ErrorCode::kConfig,
          module.name() + (present.empty() ? " sees no token"
                                           : ": no token matches; there is " + List(present))};
}

}  // namespace

std::string Token::name() const {
  const std::string label = FieldText(info.label);
  if (!label.empty()) return "\"" + Printable(label) + "\"";
  return "without a label, " + Printable(FieldText(info.model)) + " " +
         Printable(FieldText(info.serial));
}

Result<Token> ChooseToken(const Module& module, const Pkcs11Uri& uri) {
  HALLMARK_ASSIGN(const std::vector<Ulong> slots, ListSlots(module));
  std::vector<Token> present;
  std::vector<Token> matching;
  for (const Ulong slot : slots) {
    Token token{slot, {}};
    // A card that is not recognized, or was pulled just now, is none of ours.
    if (module.functions().GetTokenInfo(slot, &token.info) != rv::kOk) continue;
    present.push_back(token);
    if (TokenAgrees(uri.token, token.info) && SlotAgrees(module, uri.slot, slot)) {
      matching.push_back(token);
    }
  }
  const auto is_blank = [](const Token& t) { return !t.Has(cryptoki::flag::kTokenInitialized); };
  if (matching.size() > 1) std::erase_if(matching, is_blank);
  if (matching.empty()) return NoneMatches(module, present);
  if (matching.size() > 1) {
    return Error(ErrorCode::kConfig,
                 std::to_string(matching.size()) +
                     " tokens match, say which with token or serial: " + List(matching));
  }
  return matching.front();
}

Result<Token> Refresh(const Module& module, const Token& token) {
  Token now{token.slot, {}};
  const Ulong result = module.functions().GetTokenInfo(token.slot, &now.info);
  if (result != rv::kOk) return Failed("token " + token.name(), result);
  return now;
}

}  // namespace hallmark::keys
