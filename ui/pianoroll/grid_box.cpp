#include "ui/pianoroll/grid_box.h"

#include <QMenu>
#include <QWheelEvent>
#include <cmath>

namespace continuo::ui {

GridBox::GridBox(RollState& state, QWidget* parent) : ChoiceBox(tr("Grid"), parent), state_(state) {
    setObjectName(QStringLiteral("grid"));
    addItem(state.grid().name());
    connect(&state, &RollState::optionsChanged, this, [this] { setItemText(0, state_.grid().name()); });
}

void GridBox::addChoice(QMenu* menu, const QString& text, const SnapGrid& grid) {
    auto* action = menu->addAction(text);
    action->setCheckable(true);
    action->setChecked(grid == state_.grid());
    connect(action, &QAction::triggered, this, [this, grid] { state_.setGrid(grid); });
}

void GridBox::addValues(QMenu* menu) {
    auto grid = state_.grid();
    grid.mode = SnapGrid::Mode::Fixed;
    grid.grid.dotted = false;
    auto bar = grid;
    bar.grid = {.bars = 1, .denominator = 1};
    addChoice(menu, tr("Bar"), bar);
    for (int value = 1; value <= 128; value *= 2) {
        grid.grid.bars = 0;
        grid.grid.denominator = value;
        addChoice(menu, QStringLiteral("1/%1").arg(value), grid);
    }
    auto* adaptive = menu->addMenu(tr("Adaptive, by the zoom"));
    for (const auto& [mode, text] : {std::pair{SnapGrid::Mode::Narrow, tr("Narrow")},
                                     {SnapGrid::Mode::Medium, tr("Medium")},
                                     {SnapGrid::Mode::Wide, tr("Wide")}}) {
        auto choice = state_.grid();
        choice.mode = mode;
        addChoice(adaptive, text, choice);
    }
}

void GridBox::addTuplets(QMenu* menu) {
    auto plain = state_.grid();
    plain.grid.bars = 0;
    plain.grid.tuplet = plain.grid.inPlaceOf = 1;
    plain.grid.dotted = false;
    addChoice(menu, tr("Plain"), plain);
    for (const auto& [count, text] : {std::pair{3, tr("Triplet, 3 in the time of 2")},
                                      {5, tr("Quintuplet, 5 in the time of 4")},
                                      {7, tr("Septuplet, 7 in the time of 4")}})
        addChoice(menu, text, plain.withTuplet(count));
    auto dotted = plain;
    dotted.mode = SnapGrid::Mode::Fixed;
    dotted.grid.dotted = true;
    addChoice(menu, tr("Dotted"), dotted);
}

void GridBox::addSwing(QMenu* menu) {
    for (const int percent : {50, 54, 58, 62, 67, 75}) {
        auto swung = state_.grid();
        swung.grid.swing = percent == 67 ? 2.0 / 3 : percent / 100.0;
        addChoice(menu,
                  percent == 50   ? tr("Straight")
                  : percent == 67 ? tr("67 %, as triplets")
                                  : tr("%1 %").arg(percent),
                  swung);
    }
}

void GridBox::addSwitch(QMenu* menu, const QString& text, bool SnapGrid::*which) {
    auto* action = menu->addAction(text);
    action->setCheckable(true);
    action->setChecked(state_.grid().*which);
    connect(action, &QAction::triggered, this, [this, which](bool on) {
        auto grid = state_.grid();
        grid.*which = on;
        state_.setGrid(grid);
    });
}

QMenu* GridBox::makeMenu(QWidget* parent) {
    auto* menu = new QMenu(parent);
    addValues(menu);
    addTuplets(menu->addMenu(tr("Tuplet")));
    addSwing(menu->addMenu(tr("Swing")));
    menu->addSeparator();
    addSwitch(menu, tr("Snap to the grid"), &SnapGrid::on);
    addSwitch(menu, tr("Keep the distance from the lines"), &SnapGrid::keepsOffset);
    addSwitch(menu, tr("Catch on notes, playhead and loop"), &SnapGrid::magnets);
    return menu;
}

void GridBox::showPopup() {
    auto* menu = makeMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->popup(mapToGlobal(QPoint(0, height())));
}

void GridBox::wheelEvent(QWheelEvent* event) {
    if (!event->modifiers().testFlag(Qt::AltModifier)) return event->ignore();
    const auto turned = event->angleDelta().y() + event->angleDelta().x(); // Alt turns the wheel sideways on X11
    if (turned != 0) state_.setGrid(turned > 0 ? state_.grid().finer() : state_.grid().coarser());
    event->accept();
}

} // namespace continuo::ui
