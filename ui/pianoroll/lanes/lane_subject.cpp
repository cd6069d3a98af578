#include "ui/pianoroll/lanes/lane_subject.h"

#include <QCoreApplication>
#include <algorithm>
#include <map>

namespace continuo::ui {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("Lanes", text); }

LaneChoice choiceOf(const LaneSubject& subject, bool flats, std::size_t events = 0) {
    auto name = nameOf(subject, flats);
    if (subject.kind == LaneSubject::Kind::Control && subject.line.kind == score::ChannelEventKind::Controller &&
        !name.endsWith(QString::number(subject.line.number)))
        name += QStringLiteral("  %1").arg(subject.line.number);
    return {subject, name, events};
}

LaneChoices used(const score::Track& track, bool flats) {
    std::map<score::ControlLine, std::size_t> counts;
    for (const auto& event : track.events) ++counts[score::lineOf(event)];
    LaneChoices group{tr("In use"), {}};
    if (!track.notes.empty()) group.choices.push_back(choiceOf(LaneSubject::velocity(), flats, track.notes.size()));
    for (const auto& [line, count] : counts)
        group.choices.push_back(choiceOf(LaneSubject::control(line), flats, count));
    std::ranges::stable_sort(group.choices, std::greater{}, &LaneChoice::events);
    return group;
}

} // namespace

QString nameOf(const LaneSubject& subject, bool flats) {
    if (subject.kind == LaneSubject::Kind::Velocity) return tr("Velocity");
    if (subject.kind == LaneSubject::Kind::Release) return tr("Release velocity");
    switch (subject.line.kind) {
    case score::ChannelEventKind::KeyPressure:
        return tr("Pressure of %1").arg(QString::fromStdString(score::pitchName(subject.line.number, flats)));
    case score::ChannelEventKind::Program:
        return tr("Program");
    case score::ChannelEventKind::ChannelPressure:
        return tr("Pressure");
    case score::ChannelEventKind::PitchBend:
        return tr("Pitch bend");
    default:
        return QString::fromStdString(score::controllerName(subject.line.number));
    }
}

QString shortNameOf(const LaneSubject& subject, bool flats) {
    if (subject.kind == LaneSubject::Kind::Velocity) return tr("Vel");
    if (subject.kind == LaneSubject::Kind::Release) return tr("Rel");
    switch (subject.line.kind) {
    case score::ChannelEventKind::PitchBend:
        return tr("Bend");
    case score::ChannelEventKind::ChannelPressure:
        return tr("Press");
    case score::ChannelEventKind::KeyPressure:
        return tr("P %1").arg(QString::fromStdString(score::pitchName(subject.line.number, flats)));
    case score::ChannelEventKind::Program:
        return tr("Prog");
    case score::ChannelEventKind::Controller:
        break;
    }
    switch (subject.line.number) {
    case 1:
        return tr("Mod");
    case 7:
        return tr("Vol");
    case 10:
        return tr("Pan");
    case 11:
        return tr("Expr");
    case 64:
        return tr("Pedal");
    default:
        return tr("CC %1").arg(subject.line.number);
    }
}

std::vector<LaneChoices> laneChoices(const score::Track* track, const std::vector<int>& keys, bool flats) {
    std::vector<LaneChoices> groups;
    if (track) groups.push_back(used(*track, flats));
    LaneChoices notes{tr("Notes and channel"), {}};
    for (const auto& subject :
         {LaneSubject::velocity(), LaneSubject::release(), LaneSubject::control(score::ControlLine::pitchBend()),
          LaneSubject::control(score::ControlLine::channelPressure()),
          LaneSubject::control(score::ControlLine::program())})
        notes.choices.push_back(choiceOf(subject, flats));
    for (const int key : keys)
        notes.choices.push_back(choiceOf(LaneSubject::control(score::ControlLine::keyPressure(key)), flats));
    LaneChoices all{tr("Controllers"), {}};
    for (int number = 0; number < 128; ++number)
        all.choices.push_back(choiceOf(LaneSubject::control(score::ControlLine::controller(number)), flats));
    groups.push_back(std::move(notes));
    groups.push_back(std::move(all));
    std::erase_if(groups, [](const LaneChoices& group) { return group.choices.empty(); });
    return groups;
}

} // namespace continuo::ui
