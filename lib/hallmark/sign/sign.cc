#include "hallmark/sign/sign.h"

#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "hallmark/sign/internal/existing.h"
#include "hallmark/signature/index_children.h"

namespace hallmark::sign {
namespace {

using signature::Claim;

Identity IdentityOf(const oci::Reference& asked, const Options& options) {
  Identity identity = options.identity.value_or(Identity{asked.repository(), std::nullopt});
  if (!identity.tag) identity.tag = asked.tag();
  return identity;
}

Claim MakeClaim(const store::Subject& subject, const Identity& identity, const Options& options,
                UnixTime now) {
  Claim claim{subject.digest(),
              std::string(signature::kSignPredicate),
              options.annotations,
              {},
              {},
              now,
              {}};
  // A layout without a logical name is a path on somebody's disk: no name to sign.
  if (!identity.repository.is_layout()) claim.repository = identity.repository.ToString();
  claim.tag = identity.tag;
  if (options.expires_in) claim.expires = now + *options.expires_in;
  return claim;
}

// Signs images one after the other, children before their index, each digest once, in every format
// that has not failed.
class Run {
 public:
  Run(const Context& context, const Places& places, Formats formats, const oci::Reference& asked,
      crypto::Signer& signer, const Options& options, UnixTime now)
      : context_(context),
        places_(places),
        formats_(formats.begin(), formats.end()),
        identity_(IdentityOf(asked, options)),
        signer_(signer),
        options_(options),
        now_(now) {}

  Result<Done> SignTree(const store::Subject& subject, const std::optional<oci::Platform>& platform,
                        std::size_t depth) {
    if (!seen_.insert(subject.digest()).second) return Done{};
    const auto* index = std::get_if<oci::ImageIndex>(&subject.document());
    if (options_.recursive && index != nullptr) {
      HALLMARK_RETURN_IF_ERROR(SignChildren(subject, *index, depth));
    }
    SignImage(subject, platform);
    return Done{};
  }

  Report Take(Result<Done> result) && {
    if (!result.ok()) report_.errors.push_back(std::move(result).error());
    return std::move(report_);
  }

 private:
  Result<Done> SignChildren(const store::Subject& subject, const oci::ImageIndex& index,
                            std::size_t depth) {
    if (depth > signature::kMaxIndexDepth) {
      return Error(ErrorCode::kLimit, "indexes nested too deep");
    }
    for (const oci::Descriptor& child : signature::ImageChildren(index)) {
      if (formats_.empty()) return Done{};
      if (seen_.contains(child.digest)) continue;
      if (seen_.size() == signature::kMaxImages) {
        return Error(ErrorCode::kLimit, "more images than one run signs");
      }
      Result<store::Subject> resolved =
          store::ResolveChild(context_, places_.reader, subject, child);
      if (!resolved.ok()) {
        return std::move(resolved).error().While("read image " + child.digest.ToString());
      }
      HALLMARK_RETURN_IF_ERROR(SignTree(resolved.value(), child.platform, depth + 1));
    }
    return Done{};
  }

  void SignImage(const store::Subject& subject, const std::optional<oci::Platform>& platform) {
    const Claim claim = MakeClaim(subject, identity_, options_, now_);
    std::erase_if(formats_, [&](const signature::SigningFormat* format) {
      Result<Signed> made = SignOne(*format, subject, claim);
      if (made.ok()) {
        made.value().platform = platform;
        report_.done.push_back(std::move(made).value());
        return false;
      }
      report_.errors.push_back(std::move(made).error().While(
          "sign " + subject.digest().ToString() + " as " + std::string(ToName(format->id()))));
      return true;
    });
  }

  Result<Signed> SignOne(const signature::SigningFormat& format, const store::Subject& subject,
                         const Claim& claim) {
    Signed done{subject.digest(), std::nullopt, format.id(), std::nullopt, false};
    if (options_.skip_if_signed) {
      HALLMARK_ASSIGN(done.artifact, FindExisting(context_, places_.reader, format, subject, claim,
                                                  signer_.public_key(), now_));
      done.was_there = done.artifact.has_value();
      if (done.was_there) return done;
    }
    HALLMARK_ASSIGN(const signature::SigningFormat::Signed made,
                    format.Sign(subject, claim, signer_, now_));
    if (made.tag.empty()) done.artifact = made.artifact.digest();
    if (options_.dry_run) return done;
    HALLMARK_ASSIGN(done.artifact,
                    format.Push(context_, places_.writer, subject.asked().repository(), made));
    return done;
  }

  const Context& context_;
  const Places& places_;
  std::vector<const signature::SigningFormat*> formats_;  // those that have not failed
  const Identity identity_;
  crypto::Signer& signer_;
  const Options& options_;
  const UnixTime now_;
  std::set<oci::Digest> seen_;
  Report report_;
};

}  // namespace

Report Sign(const Context& context, const Places& places, Formats formats,
            const oci::Reference& reference, crypto::Signer& signer, const Options& options,
            UnixTime now) {
  Result<store::Subject> subject = store::Resolve(context, places.reader, reference);
  if (!subject.ok()) {
    return Report{{}, {std::move(subject).error().While("resolve " + reference.ToString())}};
  }
  Run run(context, places, formats, reference, signer, options, now);
  Result<Done> result = run.SignTree(subject.value(), std::nullopt, 1);
  return std::move(run).Take(std::move(result));
}

}  // namespace hallmark::sign
