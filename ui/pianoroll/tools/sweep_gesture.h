#pragma once

#include "ui/pianoroll/tools/edit_gesture.h"

namespace continuo::ui {

/// Collects the notes that the pointer passes over: to erase them, or to mute them (the first one decides whether they
/// fall silent or sound again).
class SweepGesture : public EditGesture {
public:
    enum class Purpose { Erase, Mute };
    SweepGesture(RollState& state, const Pointer& press, Purpose purpose);

    void update(const Pointer& pointer) override;
    Qt::CursorShape cursor() const override {
        return purpose_ == Purpose::Erase ? Qt::ForbiddenCursor : Qt::PointingHandCursor;
    }

private:
    void touch(QPointF at);

    Purpose purpose_;
    QPointF last_;
    bool mutes_ = true;
    std::vector<score::NoteId> touched_;
};

} // namespace continuo::ui
