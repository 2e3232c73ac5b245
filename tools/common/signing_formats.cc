#include "tools/common/signing_formats.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "hallmark/base/printable.h"
#include "hallmark/signature/bundle/bundle_format.h"
#include "hallmark/signature/cosign/cosign_format.h"
#include "tools/common/comma_list.h"

namespace hallmark::cli {
namespace {

using FormatPointer = std::unique_ptr<const signature::SigningFormat>;
using signature::FormatId;
using signature::NotationSigner;

// What the formats are made from.
struct Materials {
  const std::optional<NotationSigner>& signer;
  UnixTime now;
};

template <class Format>
Result<FormatPointer> Make(const Materials&) {
  return FormatPointer(std::make_unique<const Format>());
}

template <FormatId kKind>
Result<FormatPointer> MakeNotation(const Materials& materials) {
  if (!materials.signer) {
    return Error(ErrorCode::kConfig,
                 "--format " + std::string(ToName(kKind)) +
                     " wants the signer's certificates: --cert-chain FILE, or a plugin's key");
  }
  HALLMARK_ASSIGN(auto made,
                  signature::NotationSigningFormat::Of(kKind, *materials.signer, materials.now));
  return FormatPointer(std::make_unique<const signature::NotationSigningFormat>(std::move(made)));
}

struct Row {
  std::string_view name;
  Result<FormatPointer> (*make)(const Materials&);
  bool wants_certificates;
};

// All that are written.
constexpr std::array<Row, 4> kRows = {{
    {"bundle", Make<signature::BundleFormat>, false},
    {"cosign", Make<signature::CosignFormat>, false},
    {"notation-jws", MakeNotation<FormatId::kNotationJws>, true},
    {"notation-cose", MakeNotation<FormatId::kNotationCose>, true},
}};

std::string Names() {
  std::string names;
  for (const Row& row : kRows) names += (names.empty() ? "" : ", ") + std::string(row.name);
  return names;
}

Result<const Row*> Find(std::string_view name) {
  const auto* row =
      std::find_if(kRows.begin(), kRows.end(), [&](const Row& each) { return each.name == name; });
  if (row != kRows.end()) return row;
  return Error(ErrorCode::kConfig, "--format: \"" + Printable(name) +
                                       "\" is not written; want some of " + Names() +
                                       ", with commas between");
}

// The rows of a list, each once.
Result<std::vector<const Row*>> RowsOf(std::string_view list) {
  std::vector<const Row*> rows;
  for (const std::string& name : SplitAtCommas(list)) {
    HALLMARK_ASSIGN(const Row* row, Find(name));
    if (std::find(rows.begin(), rows.end(), row) == rows.end()) rows.push_back(row);
  }
  return rows;
}

bool AnyWantsCertificates(const std::vector<const Row*>& rows) {
  return std::any_of(rows.begin(), rows.end(),
                     [](const Row* row) { return row->wants_certificates; });
}

}  // namespace

Result<bool> WantCertificates(const std::optional<std::string>& list) {
  HALLMARK_ASSIGN(const std::vector<const Row*> rows, RowsOf(list.value_or("bundle")));
  return AnyWantsCertificates(rows);
}

Result<Done> WantCertificatesAlone(const std::optional<std::string>& list) {
  HALLMARK_ASSIGN(const std::vector<const Row*> rows, RowsOf(list.value_or("notation-jws")));
  for (const Row* row : rows) {
    if (row->wants_certificates) continue;
    return Error(ErrorCode::kConfig,
                 "--format " + std::string(row->name) +
                     ": the plugin makes whole envelopes, notation-jws and notation-cose alone");
  }
  return Done{};
}

FormatId NotationKindOf(const std::optional<std::string>& list) {
  const auto rows = RowsOf(list.value_or(""));
  if (!rows.ok()) return FormatId::kNotationJws;
  const auto found = std::find_if(rows.value().begin(), rows.value().end(),
                                  [](const Row* row) { return row->wants_certificates; });
  if (found == rows.value().end()) return FormatId::kNotationJws;
  return signature::FormatFromName((*found)->name).value_or(FormatId::kNotationJws);
}

Result<SigningFormats> MakeSigningFormats(const std::optional<std::string>& list,
                                          const std::optional<NotationSigner>& signer,
                                          UnixTime now) {
  HALLMARK_ASSIGN(const std::vector<const Row*> rows,
                  RowsOf(list.value_or(signer ? "notation-jws" : "bundle")));
  if (signer && !AnyWantsCertificates(rows)) {
    return Error(ErrorCode::kConfig,
                 "--cert-chain is for notation-jws and notation-cose; --format names neither");
  }
  SigningFormats formats;
  for (const Row* row : rows) {
    HALLMARK_ASSIGN(FormatPointer format, row->make({signer, now}));
    formats.push_back(std::move(format));
  }
  return formats;
}

}  // namespace hallmark::cli
