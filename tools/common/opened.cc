#include "tools/common/opened.h"

#include <utility>

namespace hallmark::cli {

Result<Opened> Open(const Session& session, Target target) {
  Result<std::unique_ptr<World>> world = World::Build(session, {&target, 1});
  if (!world.ok()) return Error(ErrorCode::kConfig, world.error().message());
  HALLMARK_ASSIGN(Place place, world.value()->Find(target));
  return Opened{std::move(target), std::move(world).value(), std::move(place)};
}

Result<Opened> OpenRef(const Session& session, const std::string& ref) {
  HALLMARK_ASSIGN(Target target, ParseTarget(ref, session.arguments.Value("logical-name")));
  return Open(session, std::move(target));
}

}  // namespace hallmark::cli
