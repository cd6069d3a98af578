#include "ui/pianoroll/tools/gesture_factory.h"

#include "ui/pianoroll/tools/band_gesture.h"
#include "ui/pianoroll/tools/draw_gesture.h"
#include "ui/pianoroll/tools/knife_gesture.h"
#include "ui/pianoroll/tools/lasso_gesture.h"
#include "ui/pianoroll/tools/move_gesture.h"
#include "ui/pianoroll/tools/paint_gesture.h"
#include "ui/pianoroll/tools/pan_gesture.h"
#include "ui/pianoroll/tools/resize_gesture.h"
#include "ui/pianoroll/tools/stretch_gesture.h"
#include "ui/pianoroll/tools/sweep_gesture.h"
#include "ui/pianoroll/tools/velocity_gesture.h"
#include "ui/pianoroll/tools/zoom_gesture.h"

namespace continuo::ui {

std::unique_ptr<Gesture> makeGesture(Action action, RollState& state, const NoteHit& hit, const Pointer& pointer) {
    const auto& held = hit.note;
    switch (action) {
    case Action::Move:
    case Action::Copy:
        return std::make_unique<MoveGesture>(state, hit, pointer, action == Action::Copy);
    case Action::ResizeStart:
        return std::make_unique<ResizeGesture>(state, *held, pointer, ResizeGesture::Edge::Start);
    case Action::ResizeEnd:
        return std::make_unique<ResizeGesture>(state, *held, pointer, ResizeGesture::Edge::End);
    case Action::Velocity:
        return std::make_unique<VelocityGesture>(state, *held, pointer);
    case Action::Band:
        return std::make_unique<BandGesture>(state, pointer);
    case Action::Lasso:
        return std::make_unique<LassoGesture>(state, pointer);
    case Action::AddNote:
    case Action::DrawNote:
        return std::make_unique<DrawGesture>(state, pointer);
    case Action::PlaceNote:
        return std::make_unique<DrawGesture>(state, pointer, /*moves=*/true);
    case Action::Paint:
        return std::make_unique<PaintGesture>(state, pointer);
    case Action::Stretch:
        return std::make_unique<StretchGesture>(state, pointer, hit.spot);
    case Action::ZoomIn:
        return std::make_unique<ZoomGesture>(state, pointer);
    case Action::Erase:
        return std::make_unique<SweepGesture>(state, pointer, SweepGesture::Purpose::Erase);
    case Action::Mute:
        return std::make_unique<SweepGesture>(state, pointer, SweepGesture::Purpose::Mute);
    case Action::Split:
        return std::make_unique<KnifeGesture>(state, pointer);
    case Action::Pan:
        return std::make_unique<PanGesture>(state, pointer);
    default:
        return nullptr;
    }
}

} // namespace continuo::ui
