#include "ui/theme/studio_style.h"

#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/style_painting.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QComboBox>
#include <QStyleFactory>
#include <QStyleOption>

namespace continuo::ui {

StudioStyle::StudioStyle() : QProxyStyle(QStyleFactory::create("Fusion")) {}

void StudioStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                                const QWidget* widget) const {
    switch (element) {
    case PE_IndicatorCheckBox:
        return style_painting::checkBox(*painter, *option);
    case PE_IndicatorRadioButton:
        return style_painting::radio(*painter, *option);
    case PE_FrameFocusRect:
        return style_painting::focusRect(*painter, *option);
    case PE_IndicatorArrowDown:
        return drawIcon(*painter, option->rect, "chevron-down", theme().iconSize.inlined, theme().text.secondary);
    case PE_IndicatorArrowUp:
        return drawIcon(*painter, option->rect, "chevron-up", theme().iconSize.inlined, theme().text.secondary);
    case PE_IndicatorArrowRight:
        return drawIcon(*painter, option->rect, "chevron-right", theme().iconSize.inlined, theme().text.secondary);
    case PE_IndicatorHeaderArrow:
        return; // the section draws it beside its text
    case PE_PanelScrollAreaCorner:
        return;
    case PE_PanelItemViewRow:
        return;
    case PE_FrameStatusBarItem:
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void StudioStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                              const QWidget* widget) const {
    if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option)) {
        if (element == CE_MenuItem) return style_painting::menuRow(*painter, *item);
        if (element == CE_MenuBarItem) return style_painting::menuBarItem(*painter, *item);
        if (element == CE_MenuBarEmptyArea) return;
    }
    if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option)) {
        if (element == CE_Header || element == CE_HeaderLabel || element == CE_HeaderSection)
            return element == CE_HeaderLabel ? void() : style_painting::headerSection(*painter, *header);
        if (element == CE_HeaderEmptyArea) return;
    }
    if (element == CE_HeaderEmptyArea || element == CE_Splitter) return;
    if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option);
        combo && element == CE_ComboBoxLabel)
        return style_painting::comboLabel(*painter, *combo);
    QProxyStyle::drawControl(element, option, painter, widget);
}

void StudioStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                                     const QWidget* widget) const {
    if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option); combo && control == CC_ComboBox)
        return style_painting::comboBox(*painter, *combo, widget && widget->property("onFrame").toBool());
    if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option); bar && control == CC_ScrollBar)
        return style_painting::scrollBar(*painter, *bar, subControlRect(CC_ScrollBar, bar, SC_ScrollBarSlider, widget));
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QRect StudioStyle::subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part,
                                  const QWidget* widget) const {
    if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option); bar && control == CC_ScrollBar)
        return style_painting::scrollBarPart(*bar, part);
    if (control == CC_ComboBox && part == SC_ComboBoxEditField)
        return option->rect.adjusted(theme().px(8), 1, -theme().px(22), -1);
    if (control == CC_ComboBox && part == SC_ComboBoxArrow)
        return {option->rect.right() - theme().px(22), option->rect.top(), theme().px(22), option->rect.height()};
    return QProxyStyle::subControlRect(control, option, part, widget);
}

QSize StudioStyle::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& contents,
                                    const QWidget* widget) const {
    if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option)) {
        if (type == CT_MenuItem) return style_painting::menuRowSize(*item, contents);
        if (type == CT_MenuBarItem) return {contents.width() + theme().px(16), theme().px(22)};
    }
    if (type == CT_ComboBox) return {contents.width() + theme().px(34), theme().height.control};
    if (type == CT_HeaderSection) return {contents.width() + theme().px(16), theme().px(26)};
    return QProxyStyle::sizeFromContents(type, option, contents, widget);
}

int StudioStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const {
    switch (metric) {
    case PM_ScrollBarExtent:
        return theme().width.scrollBar;
    case PM_ScrollBarSliderMin:
        return theme().px(28);
    case PM_SplitterWidth:
        return theme().width.dockGap;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
    case PM_SmallIconSize:
        return theme().px(16);
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return theme().px(8);
    case PM_MenuHMargin:
    case PM_MenuVMargin:
        return theme().px(4);
    case PM_MenuPanelWidth:
        return 1;
    case PM_MenuBarItemSpacing:
    case PM_MenuBarHMargin:
    case PM_MenuBarVMargin:
    case PM_MenuBarPanelWidth:
    case PM_DefaultFrameWidth:
        return 0;
    case PM_SubMenuOverlap:
        return -2;
    case PM_FocusFrameHMargin:
    case PM_FocusFrameVMargin:
        return 2;
    case PM_ScrollView_ScrollBarSpacing:
    case PM_ScrollView_ScrollBarOverlap:
        return 0;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int StudioStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                           QStyleHintReturn* data) const {
    switch (hint) {
    case SH_ComboBox_Popup:
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_ItemView_ShowDecorationSelected:
    case SH_ScrollView_FrameOnlyAroundContents:
    case SH_UnderlineShortcut:
    case SH_ItemView_ActivateItemOnSingleClick:
        return 0;
    case SH_ScrollBar_LeftClickAbsolutePosition:
    case SH_Slider_AbsoluteSetButtons:
        return Qt::LeftButton;
    case SH_ToolTip_WakeUpDelay:
        return 500;
    case SH_Menu_MouseTracking:
    case SH_MenuBar_MouseTracking:
    case SH_Menu_SloppySubMenus:
        return 1;
    default:
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

/// What Qt's own file dialog asks for.
QIcon StudioStyle::standardIcon(StandardPixmap picture, const QStyleOption* option, const QWidget* widget) const {
    switch (picture) {
    case SP_DirIcon:
    case SP_DirOpenIcon:
    case SP_DirClosedIcon:
    case SP_DirHomeIcon:
    case SP_DriveHDIcon:
        return menuIcon(QStringLiteral("folder"));
    case SP_FileIcon:
        return menuIcon(QStringLiteral("file"));
    case SP_ComputerIcon:
        return menuIcon(QStringLiteral("processor"));
    case SP_ArrowBack:
    case SP_FileDialogBack:
        return menuIcon(QStringLiteral("undo"));
    case SP_ArrowForward:
        return menuIcon(QStringLiteral("redo"));
    case SP_FileDialogToParent:
        return menuIcon(QStringLiteral("chevron-up"));
    case SP_FileDialogNewFolder:
        return menuIcon(QStringLiteral("add"));
    case SP_FileDialogListView:
        return menuIcon(QStringLiteral("grid"));
    case SP_FileDialogDetailedView:
        return menuIcon(QStringLiteral("check-list"));
    default:
        return QProxyStyle::standardIcon(picture, option, widget);
    }
}

void installStudioLook() {
    QApplication::setStyle(new StudioStyle);
    Theme::use("dark");
}

} // namespace continuo::ui
