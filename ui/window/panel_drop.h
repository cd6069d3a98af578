#pragma once

#include "ui/clipboard/drop_target.h"

#include <functional>

namespace continuo::ui {

/// A panel that takes dropped music: what it says while it is held over it, and what it does with it.
class PanelDrop : public DropTarget {
    Q_OBJECT

public:
    using Offer = std::function<QString(const QMimeData&)>;
    using Take = std::function<void(const QMimeData&)>;

    PanelDrop(QWidget& panel, Offer offer, Take take)
        : DropTarget(panel), offer_(std::move(offer)), take_(std::move(take)) {}

protected:
    QString offer(const HeldDrop& drop) override { return offer_(drop.data); }
    void drop(const HeldDrop& drop) override { take_(drop.data); }

private:
    Offer offer_;
    Take take_;
};

} // namespace continuo::ui
