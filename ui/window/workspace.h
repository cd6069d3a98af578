#pragma once

#include <QMainWindow>
#include <vector>

class QMenu;

namespace continuo::ui {

class Dock;
class PanelFrame;

/// One arrangement of panels: a centre and docks around it. Docks start at the widths of the tokens (268 and 316; 212
/// and 258 in small windows); where the user puts, sizes, floats or hides them is kept.
class Workspace : public QMainWindow {
    Q_OBJECT

public:
    explicit Workspace(const QString& name, QWidget* parent = nullptr);

    void setCentre(QWidget& centre);
    struct Place {
        Qt::DockWidgetArea area;
        int size;            // across the area, in design pixels; 0: the rest
        int smallSize;       // the same in small windows
        bool hidden = false; // until it is asked for
    };
    Dock& addPanel(const QString& id, PanelFrame& panel, Place place);
    /// Brings a panel in front, or hides it where it is.
    void toggle(const QString& id);
    const std::vector<Dock*>& docks() const { return docks_; }

    /// As remembered from an earlier session, or as it was designed where that is empty or of another version.
    void arrange(bool small, const QByteArray& remembered);
    /// What arrange takes back.
    QByteArray arrangement() const { return saveState(kVersion); }
    /// It is the user's: something was moved, sized, floated or hidden, now or in the session it was remembered from.
    bool isArranged() const { return arranged_; }
    /// Panels by name, each shown or hidden, with what else can be done with it.
    void fillMenu(QMenu& menu);

protected:
    bool event(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void arrangeAsDesigned(bool small);

    static constexpr int kVersion = 2;
    std::vector<Dock*> docks_;
    std::vector<Place> places_;
    std::vector<Dock*> away_; // floating ones, while another workspace is in front
    bool arranged_ = false;
};

} // namespace continuo::ui
