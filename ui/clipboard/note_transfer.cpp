#include "ui/clipboard/note_transfer.h"

#include "engine/score/note_operations.h"
#include "ui/clipboard/clip_mime.h"

#include <QClipboard>
#include <QGuiApplication>
#include <algorithm>

namespace continuo::ui {
namespace {

QString counted(const QString& one, const QString& many, std::size_t count) {
    return count == 1 ? one : many.arg(count);
}

score::TickRange spanOf(const std::vector<TrackNotes>& chosen) {
    score::TickRange span{score::Tick{INT64_MAX}, score::Tick{0}};
    for (const auto& part : chosen)
        for (const auto& note : part.notes) span = {std::min(span.start, note.onset), std::max(span.end, note.end())};
    return span;
}

score::Ticks roundedUp(score::Ticks length, score::Ticks unit) {
    const auto step = std::max<std::int64_t>(1, unit.count);
    return {std::max<std::int64_t>(1, (length.count + step - 1) / step) * step};
}

} // namespace

std::vector<score::NoteId> selectedIds(const ScoreDocument& document) {
    std::vector<score::NoteId> ids;
    for (const auto& part : document.selectedNotes())
        for (const auto& note : part.notes) ids.push_back(note.id);
    return ids;
}

void copySelection(const ScoreDocument& document) {
    const auto ids = selectedIds(document);
    if (ids.empty()) return;
    QGuiApplication::clipboard()->setMimeData(new ClipMimeData(document.score(), ids)); // the clipboard owns it
}

void cutSelection(ScoreDocument& document) {
    const auto ids = selectedIds(document);
    copySelection(document);
    document.perform(score::removeNotes(document.score(), ids),
                     counted(ScoreDocument::tr("Cut note"), ScoreDocument::tr("Cut %1 notes"), ids.size()));
}

std::optional<score::Clip> clipOnClipboard() {
    const auto* data = QGuiApplication::clipboard()->mimeData();
    return data ? clipIn(*data) : std::nullopt;
}

score::PasteSettings plainPaste(const ScoreDocument& document, const score::Clip& clip) {
    using Where = score::PasteSettings::Where;
    score::PasteSettings settings;
    settings.track = document.currentTrack();
    settings.where = !document.currentTrackContent() ? Where::NewTracks
                     : clip.parts.size() > 1         ? Where::SameTracks
                                                     : Where::Track;
    return settings;
}

bool pasteClip(ScoreDocument& document, const score::Clip& clip, score::Tick at, const score::PasteSettings& settings) {
    const bool atCursor = at == document.insertCursor();
    auto pasted = score::paste(document.score(), clip, at, settings, document.mint());
    if (pasted.result.edit.isEmpty()) return false;
    document.perform(std::move(pasted.result.edit), counted(ScoreDocument::tr("Paste note"),
                                                            ScoreDocument::tr("Paste %1 notes"), pasted.notes.size()));
    document.selection().select(pasted.notes);
    if (atCursor) document.setInsertCursor(pasted.end);
    return true;
}

bool pasteClipboard(ScoreDocument& document, bool exactly) {
    const auto clip = clipOnClipboard();
    if (!clip) return false;
    auto settings = plainPaste(document, *clip);
    settings.keepOffset = !exactly;
    return pasteClip(document, *clip, document.insertCursor(), settings);
}

void duplicateSelection(ScoreDocument& document, score::Ticks step) {
    const auto ids = selectedIds(document);
    if (ids.empty()) return;
    const auto span = spanOf(document.selectedNotes());
    const auto& meters = document.meterMap();
    const auto bar = meters.barLengthAt(span.start), beat = meters.beatLengthAt(span.start);
    const auto unit = bar <= span.length() ? bar : beat <= span.length() ? beat : step;
    std::vector<score::NoteId> copies;
    document.perform(
        score::copyNotes(document.score(), ids, roundedUp(span.length(), unit), 0, document.mint(), &copies),
        counted(ScoreDocument::tr("Duplicate note"), ScoreDocument::tr("Duplicate %1 notes"), ids.size()));
    document.selection().select(copies);
}

} // namespace continuo::ui
