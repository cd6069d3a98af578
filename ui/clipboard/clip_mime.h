#pragma once

#include "engine/score/operations/paste.h"

#include <QMimeData>
#include <optional>

namespace continuo::ui {

inline constexpr char kClipMimeType[] = "application/x-continuo-clip";
inline constexpr char kMidiMimeType[] = "audio/midi";

/// Notes for the clipboard and for drags: whole for this program, as a standard MIDI file for others, as text for
/// people. Bytes are made when somebody asks for them.
class ClipMimeData : public QMimeData {
    Q_OBJECT

public:
    /// The notes `ids` of `score`, with the controllers of their time.
    ClipMimeData(const score::Score& score, score::NoteIds ids);

    const score::Clip& clip() const { return clip_; }
    /// The notes as a piece of their own.
    const score::Score& piece() const { return piece_; }
    QStringList formats() const override;
    bool hasFormat(const QString& format) const override;

protected:
    QVariant retrieveData(const QString& format, QMetaType type) const override;

private:
    score::Clip clip_;
    score::Score piece_;
};

/// Music out of whatever another program or this one put there: our own clip, standard MIDI bytes, text of either a
/// clip or a tune in ABC. Nothing where it holds none; a clip that was cut or altered on the way counts as none.
std::optional<score::Clip> clipIn(const QMimeData& data);
/// Whether clipIn is worth trying, without reading.
bool mayHoldClip(const QMimeData& data);

} // namespace continuo::ui
