#include "engine/project/project.h"

#include <algorithm>

namespace continuo::project {
namespace {

bool isSameScore(score::Score a, const score::Score& b) {
    if (!a.source != !b.source || (a.source && *a.source != *b.source)) return false;
    a.source = b.source;
    return a == b;
}

} // namespace

bool isSame(const Project& a, const Project& b) {
    const auto sameRevision = [](const Revision& one, const Revision& other) {
        return one.id == other.id && one.parent == other.parent && one.name == other.name && one.made == other.made &&
               isSameScore(one.score, other.score);
    };
    return isSameScore(a.score, b.score) && a.view == b.view && a.takes == b.takes && a.training == b.training &&
           std::equal(a.revisions.begin(), a.revisions.end(), b.revisions.begin(), b.revisions.end(), sameRevision);
}

} // namespace continuo::project
