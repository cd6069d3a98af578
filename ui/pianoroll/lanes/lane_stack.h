#pragma once

#include "ui/pianoroll/lanes/lane.h"

#include <filesystem>
#include <map>

namespace continuo::ui {

/// The lanes below the roll, one under the other. Which ones and how tall is kept for each document as long as the
/// studio runs; a document that was not seen yet begins with velocity, and in large windows the pedal.
class LaneStack : public QWidget {
    Q_OBJECT

public:
    LaneStack(RollState& state, RollCommands& commands, int gutter, QWidget* parent = nullptr);

    void setGutter(int gutter);
    void setSmall(bool small);
    /// The most that all lanes together may take; beyond it they shrink alike.
    void setRoom(int height);
    void setServices(LaneServices services);
    LaneTools& tools() { return tools_; }

    const std::vector<Lane*>& lanes() const { return lanes_; }
    /// Below the others; one that is there already gets the keyboard.
    void addLane(const LaneSubject& subject);
    /// Lets one choose what to add.
    void openPicker(QPoint below);
    void closeLane(Lane* lane);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Place {
        LaneSubject subject;
        int height = 0; // 0: as the lane wants
        bool folded = false;
    };

    Lane* makeLane(const LaneSubject& subject);
    void build();
    void arrange();
    void pick(QPoint below, std::function<void(LaneSubject)> chosen);
    void replaceLane(Lane* lane, const LaneSubject& subject);
    void setHeight(Lane* lane, int height);
    void setFolded(Lane* lane, bool folded);
    void restore();
    std::vector<Place> initialPlaces() const;
    std::size_t indexOf(Lane* lane) const;
    int wantedHeight(std::size_t index) const;
    void changedByHand();

    RollState& state_;
    RollCommands& commands_;
    LaneTools tools_;
    LaneServices services_;
    int gutter_;
    int room_ = 100'000;
    bool small_ = false;
    bool changed_ = false; // by hand: the size of the window no longer chooses
    std::filesystem::path path_;
    std::vector<Place> places_;
    std::vector<Lane*> lanes_;
    std::map<std::filesystem::path, std::vector<Place>> remembered_;
};

} // namespace continuo::ui
