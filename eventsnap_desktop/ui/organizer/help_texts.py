"""The words of the help page: first steps, keys, privacy, licences."""

from PySide6.QtCore import QObject


class HelpTexts(QObject):
    """Pairs of a heading and what is said under it."""

    def steps(self) -> list[tuple[str, str]]:
        """Return what to do for a first event, in order."""
        return [
            (
                self.tr("Make an event"),
                self.tr(
                    "On the Events page: a short code, a name, and where its photos are: a folder "
                    "or a bucket of your S3 server. Say until when it is kept."
                ),
            ),
            (
                self.tr("Bring the photos"),
                self.tr(
                    "Drag files, folders or ZIPs into the window, or let the camera write into the "
                    "event’s folder."
                ),
            ),
            (
                self.tr("Encode"),
                self.tr(
                    "On the page Sync and encode: “Encode now” finds every face; “Encode and "
                    "watch” goes on with each new photo of the evening. What is done is never done "
                    "twice."
                ),
            ),
            (
                self.tr("Try it"),
                self.tr(
                    "On the Find page: drop a selfie, see the photos, and move the threshold if "
                    "somebody else appears."
                ),
            ),
            (
                self.tr("Set up the kiosk"),
                self.tr(
                    "On the Kiosks page: greeting, consent text, limits, and a PIN for your staff. "
                    "The preview shows what guests see."
                ),
            ),
            (
                self.tr("After the event"),
                self.tr(
                    "Delete the event’s index on the Events page: all faces are gone, your photos "
                    "stay where they are."
                ),
            ),
        ]

    def keys(self) -> list[tuple[str, str]]:
        """Return keys and what they do."""
        return [
            (
                self.tr("Ctrl+1 … Ctrl+9"),
                self.tr("Go to a page, in the order of the list at the left"),
            ),
            (self.tr("Tab, Shift+Tab"), self.tr("Go to the next or the previous field")),
            (self.tr("Ctrl+S"), self.tr("Save what was changed (settings, kiosk settings)")),
            (self.tr("Ctrl+A"), self.tr("Select everything in a list")),
            ("H", self.tr("Photos: hide from every gallery, or show again")),
            ("K", self.tr("Photos: show on the kiosks’ first screen, or not any more")),
            (self.tr("Ctrl+E"), self.tr("Photos: export them")),
            (self.tr("Ctrl+R"), self.tr("Outbox: try the selected deliveries now")),
            (self.tr("Del"), self.tr("Outbox: cancel the selected deliveries")),
            (self.tr("Ctrl+C"), self.tr("Log: copy the selected entries")),
        ]

    def privacy(self) -> list[tuple[str, str]]:
        """Return what holds for people's data."""
        return [
            (
                self.tr("Faces are sensitive"),
                self.tr(
                    "A face described by numbers is biometric data (Article 9 GDPR). Searching by "
                    "face needs the guest’s explicit consent and a way without it."
                ),
            ),
            (
                self.tr("Nothing leaves this machine"),
                self.tr(
                    "Faces are found and compared here. Only your own database and storage are "
                    "asked. The program reports nothing to anybody."
                ),
            ),
            (
                self.tr("Selfies are not kept"),
                self.tr(
                    "A guest’s selfies and what is computed from them stay in memory and are wiped "
                    "when the session ends. The consent is noted without name or picture."
                ),
            ),
            (
                self.tr("Everybody can be forgotten"),
                self.tr(
                    "“Erase this person” on the Find page removes one person’s faces; deleting an "
                    "event removes them all. Both give a receipt."
                ),
            ),
            (
                self.tr("You are responsible"),
                self.tr(
                    "Tell guests that photos are searched by face, name yourself in the consent "
                    "text, and keep events no longer than you need them."
                ),
            ),
        ]

    def licences(self) -> list[tuple[str, str]]:
        """Return the licences of the program's own parts."""
        return [
            (self.tr("EventSnap Desktop"), self.tr("MIT licence.")),
            (
                self.tr("Model packs"),
                self.tr(
                    "The packs lite, standard and seed hold pretrained weights of the InsightFace "
                    "project. They may be used for non-commercial research only, unless you have a "
                    "licence from InsightFace (https://www.insightface.ai). Using them for a paid "
                    "event needs such a licence."
                ),
            ),
            (
                self.tr("Inter (typeface)"),
                self.tr("SIL Open Font License 1.1, by the Inter Project Authors."),
            ),
            (
                self.tr("Qt and PySide6"),
                self.tr("LGPL 3. Qt’s libraries lie beside the program and may be exchanged."),
            ),
        ]
