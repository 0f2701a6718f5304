<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AttractScreen</name>
    <message numerus="yes">
        <source>%Ln photos so far</source>
        <translation>
            <numerusform>%Ln photo so far</numerusform>
            <numerusform>%Ln photos so far</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BackupView</name>
    <message numerus="yes">
        <source>%n event(s)</source>
        <translation>
            <numerusform>%n event</numerusform>
            <numerusform>%n events</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n face(s)</source>
        <translation>
            <numerusform>%n face</numerusform>
            <numerusform>%n faces</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BrowseHeader</name>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeliveryWords</name>
    <message numerus="yes">
        <source>Printing %n photo(s), about {seconds} seconds</source>
        <translation>
            <numerusform>Printing %n photo, about {seconds} seconds</numerusform>
            <numerusform>Printing %n photos, about {seconds} seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) are on their way by e-mail</source>
        <translation>
            <numerusform>%n photo is on its way by e-mail</numerusform>
            <numerusform>%n photos are on their way by e-mail</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Printing %n photo(s)…</source>
        <translation>
            <numerusform>Printing %n photo…</numerusform>
            <numerusform>Printing %n photos…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) are being made ready for your phone</source>
        <translation>
            <numerusform>%n photo is being made ready for your phone</numerusform>
            <numerusform>%n photos are being made ready for your phone</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) will be sent by e-mail a little later</source>
        <translation>
            <numerusform>%n photo will be sent by e-mail a little later</numerusform>
            <numerusform>%n photos will be sent by e-mail a little later</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) will be printed a little later</source>
        <translation>
            <numerusform>%n photo will be printed a little later</numerusform>
            <numerusform>%n photos will be printed a little later</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) will be ready for your phone a little later</source>
        <translation>
            <numerusform>%n photo will be ready for your phone a little later</numerusform>
            <numerusform>%n photos will be ready for your phone a little later</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) were sent by e-mail</source>
        <translation>
            <numerusform>%n photo was sent by e-mail</numerusform>
            <numerusform>%n photos were sent by e-mail</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) were printed</source>
        <translation>
            <numerusform>%n photo was printed</numerusform>
            <numerusform>%n photos were printed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) are ready for your phone</source>
        <translation>
            <numerusform>%n photo is ready for your phone</numerusform>
            <numerusform>%n photos are ready for your phone</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DoctorView</name>
    <message numerus="yes">
        <source>%n problem(s) to be solved</source>
        <translation>
            <numerusform>%n problem to be solved</numerusform>
            <numerusform>%n problems to be solved</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Usable, with %n remark(s)</source>
        <translation>
            <numerusform>Usable, with %n remark</numerusform>
            <numerusform>Usable, with %n remarks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EncodePage</name>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) without a face</source>
        <translation>
            <numerusform>%n photo without a face</numerusform>
            <numerusform>%n photos without a face</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new photo(s) wait to be encoded.</source>
        <translation>
            <numerusform>%n new photo waits to be encoded.</numerusform>
            <numerusform>%n new photos wait to be encoded.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) wait to be tried again.</source>
        <translation>
            <numerusform>%n photo waits to be tried again.</numerusform>
            <numerusform>%n photos wait to be tried again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EncodePanel</name>
    <message numerus="yes">
        <source>{done} of %Ln photo(s) are encoded.</source>
        <translation>
            <numerusform>{done} of %Ln photo is encoded.</numerusform>
            <numerusform>{done} of %Ln photos are encoded.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{done} of %Ln photo(s) are encoded, {failed} failed.</source>
        <translation>
            <numerusform>{done} of %Ln photo is encoded, {failed} failed.</numerusform>
            <numerusform>{done} of %Ln photos are encoded, {failed} failed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %Ln photo(s) are encoded.</source>
        <translation>
            <numerusform>%Ln photo is encoded.</numerusform>
            <numerusform>All %Ln photos are encoded.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EraseDialog</name>
    <message numerus="yes">
        <source>%n face(s)</source>
        <translation>
            <numerusform>%n face</numerusform>
            <numerusform>%n faces</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EventCard</name>
    <message numerus="yes">
        <source>%Ln photo(s)</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln face(s)</source>
        <translation>
            <numerusform>%Ln face</numerusform>
            <numerusform>%Ln faces</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) left</source>
        <translation>
            <numerusform>%n day left</numerusform>
            <numerusform>%n days left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Is deleted by itself in %n day(s)</source>
        <translation>
            <numerusform>Is deleted by itself in %n day</numerusform>
            <numerusform>Is deleted by itself in %n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message numerus="yes">
        <source>The sure photos (%n)</source>
        <translation>
            <numerusform>The sure photo (%n)</numerusform>
            <numerusform>The sure photos (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The sure and the possible photos (%n)</source>
        <translation>
            <numerusform>The sure and the possible photos (%n)</numerusform>
            <numerusform>The sure and the possible photos (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The selected photos (%n)</source>
        <translation>
            <numerusform>The selected photo (%n)</numerusform>
            <numerusform>The selected photos (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All photos of the event (%Ln)</source>
        <translation>
            <numerusform>All photos of the event (%Ln)</numerusform>
            <numerusform>All photos of the event (%Ln)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The photos that are listed now (%Ln)</source>
        <translation>
            <numerusform>The photos that are listed now (%Ln)</numerusform>
            <numerusform>The photos that are listed now (%Ln)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s)</source>
        <translation>
            <numerusform>%Ln photo</numerusform>
            <numerusform>%Ln photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) exported.</source>
        <translation>
            <numerusform>%n photo exported.</numerusform>
            <numerusform>%n photos exported.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) were there already.</source>
        <translation>
            <numerusform>%n photo was there already.</numerusform>
            <numerusform>%n photos were there already.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) could not be exported.</source>
        <translation>
            <numerusform>%n photo could not be exported.</numerusform>
            <numerusform>%n photos could not be exported.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FacePanel</name>
    <message numerus="yes">
        <source>%n face(s)</source>
        <translation>
            <numerusform>%n face</numerusform>
            <numerusform>%n faces</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FaceSearch</name>
    <message numerus="yes">
        <source>%n photo(s) of a face in {name}</source>
        <translation>
            <numerusform>%n photo of a face in {name}</numerusform>
            <numerusform>%n photos of a face in {name}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FailuresPanel</name>
    <message numerus="yes">
        <source>%n more for other reasons</source>
        <translation>
            <numerusform>%n more for other reasons</numerusform>
            <numerusform>%n more for other reasons</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GalleryHeader</name>
    <message numerus="yes">
        <source>%n photo(s) with all of you</source>
        <translation>
            <numerusform>%n photo with all of you</numerusform>
            <numerusform>%n photos with all of you</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) of you</source>
        <translation>
            <numerusform>%n photo of you</numerusform>
            <numerusform>%n photos of you</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>IdleOverlay</name>
    <message numerus="yes">
        <source>%n seconds left</source>
        <translation>
            <numerusform>%n second left</numerusform>
            <numerusform>%n seconds left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportPanel</name>
    <message numerus="yes">
        <source>%n photo(s) added</source>
        <translation>
            <numerusform>%n photo added</numerusform>
            <numerusform>%n photos added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were there already</source>
        <translation>
            <numerusform>%n was there already</numerusform>
            <numerusform>%n were there already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left out</source>
        <translation>
            <numerusform>%n left out</numerusform>
            <numerusform>%n left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n refused</source>
        <translation>
            <numerusform>%n refused</numerusform>
            <numerusform>%n refused</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… and %n more</numerusform>
            <numerusform>… and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KioskStaff</name>
    <message numerus="yes">
        <source>Too many wrong PINs. Wait %n seconds.</source>
        <translation>
            <numerusform>Too many wrong PINs. Wait %n second.</numerusform>
            <numerusform>Too many wrong PINs. Wait %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LogPage</name>
    <message numerus="yes">
        <source>%n entry(s) copied.</source>
        <translation>
            <numerusform>%n entry copied.</numerusform>
            <numerusform>%n entries copied.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MailScreen</name>
    <message numerus="yes">
        <source>Send %n photos by e-mail</source>
        <translation>
            <numerusform>Send %n photo by e-mail</numerusform>
            <numerusform>Send %n photos by e-mail</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MailStatus</name>
    <message numerus="yes">
        <source>At most %n photos fit into one e-mail. Please go back and choose fewer.</source>
        <translation>
            <numerusform>At most %n photo fits into one e-mail. Please go back and choose fewer.</numerusform>
            <numerusform>At most %n photos fit into one e-mail. Please go back and choose fewer.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MaybeRow</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NothingScreen</name>
    <message numerus="yes">
        <source>We looked through %Ln photos.</source>
        <translation>
            <numerusform>We looked through %Ln photo.</numerusform>
            <numerusform>We looked through %Ln photos.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OutboxDetails</name>
    <message numerus="yes">
        <source>%n photo(s) of it are hidden or gone.</source>
        <translation>
            <numerusform>%n photo of it is hidden or gone.</numerusform>
            <numerusform>%n photos of it are hidden or gone.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed attempt(s)</source>
        <translation>
            <numerusform>%n failed attempt</numerusform>
            <numerusform>%n failed attempts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Goes to %n address(es)</source>
        <translation>
            <numerusform>Goes to %n address</numerusform>
            <numerusform>Goes to %n addresses</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n copy(s)</source>
        <translation>
            <numerusform>%n copy</numerusform>
            <numerusform>%n copies</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OutboxPage</name>
    <message numerus="yes">
        <source>Deliveries are on hold: %n waiting.</source>
        <translation>
            <numerusform>Deliveries are on hold: %n waiting.</numerusform>
            <numerusform>Deliveries are on hold: %n waiting.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n e-mail(s) wait, but no mail server is set up on this machine.</source>
        <translation>
            <numerusform>%n e-mail waits, but no mail server is set up on this machine.</numerusform>
            <numerusform>%n e-mails wait, but no mail server is set up on this machine.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n delivery(s) will be tried now.</source>
        <translation>
            <numerusform>%n delivery will be tried now.</numerusform>
            <numerusform>%n deliveries will be tried now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n delivery(s) cancelled.</source>
        <translation>
            <numerusform>%n delivery cancelled.</numerusform>
            <numerusform>%n deliveries cancelled.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OutboxPhotos</name>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OutboxWords</name>
    <message numerus="yes">
        <source>%Ln e-mail(s)</source>
        <translation>
            <numerusform>%Ln e-mail</numerusform>
            <numerusform>%Ln e-mails</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln printed sheet(s)</source>
        <translation>
            <numerusform>%Ln printed sheet</numerusform>
            <numerusform>%Ln printed sheets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln phone link(s)</source>
        <translation>
            <numerusform>%Ln phone link</numerusform>
            <numerusform>%Ln phone links</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed</source>
        <translation>
            <numerusform>%Ln failed</numerusform>
            <numerusform>%Ln failed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OutputPanel</name>
    <message numerus="yes">
        <source>%n link(s) do not work any more.</source>
        <translation>
            <numerusform>%n link does not work any more.</numerusform>
            <numerusform>%n links do not work any more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PausedScreen</name>
    <message numerus="yes">
        <source>We are back in about %n minutes.</source>
        <translation>
            <numerusform>We are back in about %n minute.</numerusform>
            <numerusform>We are back in about %n minutes.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PhoneScreen</name>
    <message numerus="yes">
        <source>%n photos on your phone</source>
        <translation>
            <numerusform>%n photo on your phone</numerusform>
            <numerusform>%n photos on your phone</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PhonesPanel</name>
    <message numerus="yes">
        <source>%Ln link(s) work</source>
        <translation>
            <numerusform>%Ln link works</numerusform>
            <numerusform>%Ln links work</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them opened</source>
        <translation>
            <numerusform>%Ln of them opened</numerusform>
            <numerusform>%Ln of them opened</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln link(s) made</source>
        <translation>
            <numerusform>%Ln link made</numerusform>
            <numerusform>%Ln links made</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n link(s) do not work any more.</source>
        <translation>
            <numerusform>%n link does not work any more.</numerusform>
            <numerusform>%n links do not work any more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PhotoActions</name>
    <message numerus="yes">
        <source>%n photo(s) shown in galleries again.</source>
        <translation>
            <numerusform>%n photo shown in galleries again.</numerusform>
            <numerusform>%n photos shown in galleries again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) shown on the kiosks’ first screen.</source>
        <translation>
            <numerusform>%n photo shown on the kiosks’ first screen.</numerusform>
            <numerusform>%n photos shown on the kiosks’ first screen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) not shown on the kiosks’ first screen any more.</source>
        <translation>
            <numerusform>%n photo not shown on the kiosks’ first screen any more.</numerusform>
            <numerusform>%n photos not shown on the kiosks’ first screen any more.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) hidden from every gallery.</source>
        <translation>
            <numerusform>%n photo hidden from every gallery.</numerusform>
            <numerusform>%n photos hidden from every gallery.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PhotoModel</name>
    <message numerus="yes">
        <source>%n face(s)</source>
        <translation>
            <numerusform>%n face</numerusform>
            <numerusform>%n faces</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PhotoToolbar</name>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PhotoWords</name>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PhotosPage</name>
    <message numerus="yes">
        <source>%n photo(s) wait to be encoded.</source>
        <translation>
            <numerusform>%n photo waits to be encoded.</numerusform>
            <numerusform>%n photos wait to be encoded.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PhotosScreen</name>
    <message numerus="yes">
        <source>%n new photo(s)</source>
        <translation>
            <numerusform>%n new photo</numerusform>
            <numerusform>%n new photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PrintScreen</name>
    <message numerus="yes">
        <source>Print %n photos</source>
        <translation>
            <numerusform>Print %n photo</numerusform>
            <numerusform>Print %n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sheets with two strips each</source>
        <translation>
            <numerusform>%n sheet with two strips</numerusform>
            <numerusform>%n sheets with two strips each</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n prints</source>
        <translation>
            <numerusform>%n print</numerusform>
            <numerusform>%n prints</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>You can print %n more.</source>
        <translation>
            <numerusform>You can print %n more.</numerusform>
            <numerusform>You can print %n more.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Choose up to %n sheets to print.</source>
        <translation>
            <numerusform>Choose %n sheet to print.</numerusform>
            <numerusform>Choose up to %n sheets to print.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Choose up to %n photos to print.</source>
        <translation>
            <numerusform>Choose %n photo to print.</numerusform>
            <numerusform>Choose up to %n photos to print.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message numerus="yes">
        <source>%n change(s) not saved yet</source>
        <translation>
            <numerusform>%n change not saved yet</numerusform>
            <numerusform>%n changes not saved yet</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SourceField</name>
    <message numerus="yes">
        <source>It can be read and holds %n photo(s).</source>
        <translation>
            <numerusform>It can be read and holds %n photo.</numerusform>
            <numerusform>It can be read and holds %n photos.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StaffMenu</name>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>%n min</numerusform>
            <numerusform>%n min</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TakeBar</name>
    <message numerus="yes">
        <source>%1 of %n chosen</source>
        <translation>
            <numerusform>%1 of %n chosen</numerusform>
            <numerusform>%1 of %n chosen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n photo(s)</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>All %n photos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ThresholdSliders</name>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
</context>
</TS>
