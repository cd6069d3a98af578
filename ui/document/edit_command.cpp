#include "ui/document/edit_command.h"

#include <algorithm>

namespace continuo::ui {
namespace {

constexpr qint64 kMergeWithinMs = 700;

bool onlyContents(const score::ScoreEdit& edit) {
    return edit.lists.empty() && edit.headers.empty() && edit.tempos.isEmpty() && edit.meters.isEmpty() &&
           edit.keys.isEmpty() && edit.scales.isEmpty() && edit.chords.isEmpty() && edit.markers.isEmpty() &&
           edit.ramps.isEmpty() && !edit.end;
}

template <typename T>
bool same(std::vector<T> a, std::vector<T> b) {
    if (a.size() != b.size()) return false;
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    return a == b;
}

/// Up and down again.
bool changesNothing(const score::ScoreEdit& edit) {
    return std::ranges::all_of(edit.contents, [](const auto& content) {
        return same(content.notes.removed, content.notes.added) && same(content.events.removed, content.events.added);
    });
}

} // namespace

ScoreDocument::EditCommand::EditCommand(ScoreDocument& document, score::ScoreEdit edit, const QString& name,
                                        Nudge nudge)
    : QUndoCommand(name), document_(document), edit_(std::move(edit)), nudge_(nudge) {
    age_.start();
}

bool ScoreDocument::EditCommand::mergeWith(const QUndoCommand* later) {
    const auto* next = dynamic_cast<const EditCommand*>(later);
    if (!next || next->nudge_ != nudge_ || age_.msecsTo(next->age_) > kMergeWithinMs) return false;
    auto both = joined(edit_, next->edit_);
    if (!both) return false;
    edit_ = std::move(*both);
    age_ = next->age_;
    setObsolete(changesNothing(edit_));
    return true;
}

std::optional<score::ScoreEdit> joined(const score::ScoreEdit& first, const score::ScoreEdit& second) {
    if (!onlyContents(first) || !onlyContents(second) || first.contents.size() != second.contents.size())
        return std::nullopt;
    auto both = first;
    for (std::size_t i = 0; i < both.contents.size(); ++i) {
        auto& mine = both.contents[i];
        const auto& next = second.contents[i];
        if (mine.track != next.track || !same(mine.notes.added, next.notes.removed) ||
            !same(mine.events.added, next.events.removed))
            return std::nullopt;
        mine.notes.added = next.notes.added;
        mine.events.added = next.events.added;
    }
    return both;
}

} // namespace continuo::ui
