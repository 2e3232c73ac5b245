#include <algorithm>
#include <array>
#include <map>

#include "hallmark/x509/internal/certificate_parts.h"
#include "hallmark/x509/internal/path_rules.h"
#include "hallmark/x509/limits.h"

namespace hallmark::x509::internal {
namespace {

// The most telling fault is reported, whatever the order of the certificates: work that ended too
// early, then what stood against a whole path, then what stood against a part of one.
int RankOf(const PathFault& fault) {
  constexpr auto kRising = std::to_array<std::string_view>(
      {"chain", "algorithm", "not-yet-current", "expired", "limit"});
  return static_cast<int>(std::ranges::find(kRising, fault.reason) - kRising.begin());
}

// Depth first, anchors before intermediates, within one budget. Each pair of certificates is
// checked once.
class Search {
 public:
  Search(const Certificate& leaf, std::span<const Certificate> intermediates,
         std::span<const Certificate> anchors, Purpose purpose, UnixTime at)
      : intermediates_(intermediates), anchors_(anchors), purpose_(purpose), at_(at) {
    path_.push_back(leaf);
  }

  std::variant<std::vector<Certificate>, PathFault> Run() {
    const bool trusted_itself = std::ranges::find(anchors_, path_[0]) != anchors_.end();
    if (trusted_itself && path_[0].IsSelfIssued() && IsIssued(path_[0], path_[0]) && Accept()) {
      return path_;
    }
    if (Extend()) return path_;
    return fault_.value_or(Fault("chain", path_[0], "no path from it to a trusted root"));
  }

 private:
  void Note(PathFault fault) {
    if (!fault_ || RankOf(fault) > RankOf(*fault_)) fault_ = std::move(fault);
  }

  bool Spend(std::size_t& left, std::size_t cost) {
    if (left >= cost) {
      left -= cost;
      return true;
    }
    left = 0;
    stopped_ = true;
    Note(Fault("limit", path_[0], "looking for a path from it takes too much work"));
    return false;
  }

  bool IsIssued(const Certificate& certificate, const Certificate& issuer) {
    const auto [entry, is_new] = known_.try_emplace({&certificate.parts(), &issuer.parts()});
    if (is_new) {
      if (!Spend(signature_checks_, 1)) return false;
      entry->second = CheckIssuance(certificate, issuer);
    }
    if (entry->second == Issuance::kAlgorithm) {
      Note(
          Fault("algorithm", certificate, "its signature's algorithm or its issuer's key is weak"));
    }
    return entry->second == Issuance::kHolds;
  }

  // Whether `issuer` may have issued the last certificate of the path, and did.
  bool Continues(const Certificate& issuer) {
    const Certificate& last = path_.back();
    if (!(issuer.subject() == last.issuer()) || !Spend(steps_, 1)) return false;
    const bool met_before = std::ranges::any_of(path_, [&](const Certificate& met) {
      return met.subject() == issuer.subject() && std::ranges::equal(met.spki(), issuer.spki());
    });
    if (met_before) return false;
    if (!issuer.IsCa()) {
      Note(Fault("chain", issuer, "it issued a certificate and is no CA"));
      return false;
    }
    return IsIssued(last, issuer);
  }

  // The path is whole: its last certificate is an anchor.
  bool Accept() {
    auto fault = CheckPath(path_, purpose_, at_);
    if (!fault && Spend(signature_checks_, path_.size() - 1)) fault = JudgeByOpenSsl(path_);
    if (fault) Note(*std::move(fault));
    return !fault && !stopped_;
  }

  bool EndsIn(const Certificate& anchor) {
    if (!Continues(anchor)) return false;
    if (!anchor.IsSelfIssued() || !IsIssued(anchor, anchor)) {
      Note(Fault("chain", anchor, "it is trusted and not self-signed"));
      return false;
    }
    path_.push_back(anchor);
    if (Accept()) return true;
    path_.pop_back();
    return false;
  }

  bool Extend() {
    if (path_.size() == kMaxPathCertificates) {
      Note(Fault("limit", path_[0], "a path of more than 10 certificates"));
      return false;
    }
    for (const Certificate& anchor : anchors_) {
      if (EndsIn(anchor)) return true;
      if (stopped_) return false;
    }
    for (const Certificate& intermediate : intermediates_) {
      if (Continues(intermediate)) {
        path_.push_back(intermediate);
        if (Extend()) return true;
        path_.pop_back();
      }
      if (stopped_) return false;
    }
    return false;
  }

  using Pair = std::pair<const CertificateParts*, const CertificateParts*>;

  std::span<const Certificate> intermediates_;
  std::span<const Certificate> anchors_;
  Purpose purpose_;
  UnixTime at_;
  std::vector<Certificate> path_;
  std::map<Pair, Issuance> known_;
  std::size_t signature_checks_ = kMaxSignatureChecks;
  std::size_t steps_ = kMaxSearchSteps;
  bool stopped_ = false;
  std::optional<PathFault> fault_;
};

}  // namespace

std::variant<std::vector<Certificate>, PathFault> SearchPath(
    const Certificate& leaf, std::span<const Certificate> intermediates,
    std::span<const Certificate> anchors, Purpose purpose, UnixTime at) {
  return Search(leaf, intermediates, anchors, purpose, at).Run();
}

}  // namespace hallmark::x509::internal
