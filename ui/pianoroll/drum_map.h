#pragma once

#include "ui/pianoroll/row_map.h"

#include <QByteArray>
#include <QString>
#include <map>
#include <vector>

namespace continuo::ui {

/// How the rows of a drum view are laid out: the order of the General MIDI kit, and what the user made of it.
class DrumMap {
public:
    DrumMap();

    /// The keys that get a row, from the bottom up: pieces of the kit (`onlyUsed`: those that are used) and whatever
    /// else is used, without those that are hidden.
    std::vector<std::uint8_t> rows(const PitchSet& used, bool onlyUsed) const;
    QString name(int key) const;
    /// A name for small keyboards.
    QString shortName(int key) const;
    bool isHidden(int key) const { return hidden_.test(static_cast<std::size_t>(key)); }
    bool hidesAny() const { return hidden_.any(); }

    /// An empty name is the piece's own.
    void rename(int key, const QString& name);
    void hide(int key) { hidden_.set(static_cast<std::size_t>(key)); }
    void showAll() { hidden_.reset(); }
    /// To the row of `target`; those between make room.
    void move(int key, int target);
    void resetOrder();

    QByteArray toJson() const;
    /// What cannot be read keeps the kit as it comes.
    static DrumMap fromJson(const QByteArray& json);

    friend bool operator==(const DrumMap&, const DrumMap&) = default;

private:
    std::vector<std::uint8_t> order_; // all 128 keys, from the bottom up
    PitchSet hidden_;
    std::map<int, QString> names_;
};

} // namespace continuo::ui
