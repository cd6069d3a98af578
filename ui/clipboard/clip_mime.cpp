#include "ui/clipboard/clip_mime.h"

#include "engine/midi/midi_file_reader.h"
#include "engine/midi/midi_file_writer.h"
#include "engine/notation/piece_file.h"
#include "engine/score/operations/clip_text.h"
#include "engine/score/operations/excerpt.h"

namespace continuo::ui {
namespace {

/// What programs call the bytes of a standard MIDI file.
const QStringList& midiFormats() {
    static const QStringList names{QString::fromLatin1(kMidiMimeType), QStringLiteral("audio/x-midi"),
                                   QStringLiteral("audio/mid"), QStringLiteral("application/x-midi")};
    return names;
}

const QStringList& ownFormats() {
    static const QStringList names{QString::fromLatin1(kClipMimeType), QString::fromLatin1(kMidiMimeType),
                                   QStringLiteral("text/plain")};
    return names;
}

base::ByteSpan spanOf(const QByteArray& bytes) {
    return base::bytesOf({bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

QByteArray arrayOf(const base::Bytes& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size())};
}

std::optional<score::Clip> notEmpty(score::Clip clip) {
    return clip.isEmpty() ? std::nullopt : std::optional(std::move(clip));
}

std::optional<score::Clip> clipOfText(const std::string& text) {
    if (score::looksLikeClipText(text)) {
        auto clip = score::readClipText(text);
        return clip ? notEmpty(std::move(*clip)) : std::nullopt;
    }
    if (!text.starts_with("X:")) return std::nullopt;
    const auto bytes = base::bytesOf(text);
    const auto tune = notation::readPiece(std::make_shared<const base::Bytes>(bytes.begin(), bytes.end()));
    return tune ? notEmpty(score::clipOf(tune->read.score)) : std::nullopt;
}

std::optional<score::Clip> clipOfMidi(const QByteArray& bytes) {
    const auto read = midi::read(spanOf(bytes));
    return read ? notEmpty(score::clipOf(read->score)) : std::nullopt;
}

} // namespace

ClipMimeData::ClipMimeData(const score::Score& score, score::NoteIds ids)
    : clip_(score::copyClip(score, ids, {.withControllers = true})), piece_(score::excerpt(score, ids)) {}

QStringList ClipMimeData::formats() const { return ownFormats() + QMimeData::formats(); }

bool ClipMimeData::hasFormat(const QString& format) const { return formats().contains(format); }

QVariant ClipMimeData::retrieveData(const QString& format, QMetaType type) const {
    if (format == QLatin1String(kMidiMimeType)) return arrayOf(midi::write(piece_));
    if (ownFormats().contains(format)) return QByteArray::fromStdString(score::clipText(clip_));
    return QMimeData::retrieveData(format, type);
}

bool mayHoldClip(const QMimeData& data) {
    if (qobject_cast<const ClipMimeData*>(&data) || data.hasFormat(QString::fromLatin1(kClipMimeType))) return true;
    for (const auto& format : midiFormats())
        if (data.hasFormat(format)) return true;
    return data.hasText() && !data.hasUrls();
}

std::optional<score::Clip> clipIn(const QMimeData& data) {
    if (const auto* own = qobject_cast<const ClipMimeData*>(&data)) return notEmpty(own->clip());
    const auto format = QString::fromLatin1(kClipMimeType);
    if (data.hasFormat(format)) return clipOfText(data.data(format).toStdString());
    for (const auto& name : midiFormats())
        if (data.hasFormat(name)) return clipOfMidi(data.data(name));
    return data.hasText() ? clipOfText(data.text().toStdString()) : std::nullopt;
}

} // namespace continuo::ui
