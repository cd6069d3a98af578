#pragma once

#include "ui/events/event_list_model.h"
#include "ui/widgets/panel_frame.h"

namespace continuo::ui {

class ChoiceBox;
class EmptyState;
class EventTable;
class IconButton;
class Label;
class SegmentedSwitch;

/// The event list: what the track or the selection holds, by time, to be read and changed as numbers. Rows chosen here
/// are the selected notes, and the other way round.
class EventPanel : public PanelFrame {
    Q_OBJECT

public:
    explicit EventPanel(ScoreDocument& document, QWidget* parent = nullptr);

    EventTable& table() { return *table_; }
    EventListModel& model() { return *model_; }
    /// A new event at the insert cursor, of the kind named, which its row then shows.
    void insert(EventKind kind);
    void removeChosen();
    void duplicateChosen();
    /// As text of one line an event; notes also as music.
    void copyChosen();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void build();
    void connectParts();
    void sizeColumns();
    std::vector<EventRow> chosen() const;
    void selectChosenNotes();
    void showSelection();
    void showCount();
    void follow(std::uint64_t id);

    ScoreDocument& document_;
    EventListModel* model_;
    EventTable* table_;
    SegmentedSwitch* scope_;
    ChoiceBox* kinds_;
    IconButton *add_, *remove_;
    Label* told_;
    EmptyState* empty_;
    std::uint64_t current_ = 0; // what the current row stands for, through changes of the list
    bool selecting_ = false;
};

} // namespace continuo::ui
