<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AccentField</name>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>Accent colour</source>
        <translation>Akzentfarbe</translation>
    </message>
    <message>
        <source>A colour is written like {example}.</source>
        <translation>Eine Farbe schreibt man so: {example}.</translation>
    </message>
    <message>
        <source>Too pale: buttons hardly stand out from the background (contrast {found}:1, at least 3:1 is needed).</source>
        <translation>Zu blass: Schaltflächen heben sich kaum vom Hintergrund ab (Kontrast {found}:1, nötig ist mindestens 3:1).</translation>
    </message>
    <message>
        <source>White text on it is easy to read (contrast {found}:1).</source>
        <translation>Weißer Text darauf ist gut lesbar (Kontrast {found}:1).</translation>
    </message>
    <message>
        <source>White text would be hard to read; dark text is used ({found}:1).</source>
        <translation>Weißer Text wäre schwer lesbar; dunkler Text wird benutzt ({found}:1).</translation>
    </message>
</context>
<context>
    <name>AddressChips</name>
    <message>
        <source>Remove {address}</source>
        <translation>{address} entfernen</translation>
    </message>
</context>
<context>
    <name>AddressDialog</name>
    <message>
        <source>Send the e-mail again</source>
        <translation>E-Mail noch einmal senden</translation>
    </message>
    <message>
        <source>Correct the address</source>
        <translation>Adresse berichtigen</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>The e-mail is sent at once. A line that is left empty gets nothing.</source>
        <translation>Die E-Mail wird sofort gesendet. Eine leere Zeile bekommt nichts.</translation>
    </message>
    <message>
        <source>The e-mail was sent already. Whoever is listed gets it at once, and once more if it arrived. A line that is left empty gets nothing.</source>
        <translation>Die E-Mail wurde schon gesendet. Wer hier steht, bekommt sie sofort, und noch einmal, falls sie ankam. Eine leere Zeile bekommt nichts.</translation>
    </message>
</context>
<context>
    <name>Ages</name>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <source>{n} s ago</source>
        <translation>vor {n} s</translation>
    </message>
    <message>
        <source>{n} min ago</source>
        <translation>vor {n} min</translation>
    </message>
    <message>
        <source>{n} h ago</source>
        <translation>vor {n} h</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>in {n} s</source>
        <translation>in {n} s</translation>
    </message>
    <message>
        <source>in {n} min</source>
        <translation>in {n} min</translation>
    </message>
    <message>
        <source>in {n} h</source>
        <translation>in {n} h</translation>
    </message>
</context>
<context>
    <name>Assistant</name>
    <message>
        <source>Welcome to EventSnap</source>
        <translation>Willkommen bei EventSnap</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>1  Database and photos</source>
        <translation>1  Datenbank und Fotos</translation>
    </message>
    <message>
        <source>2  Recognition</source>
        <translation>2  Erkennung</translation>
    </message>
    <message>
        <source>3  First event</source>
        <translation>3  Erste Veranstaltung</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Create anyway</source>
        <translation>Trotzdem anlegen</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Los</translation>
    </message>
</context>
<context>
    <name>AttractScreen</name>
    <message>
        <source>Find my photos</source>
        <translation>Meine Fotos finden</translation>
    </message>
    <message>
        <source>Find your photos</source>
        <translation>Finde deine Fotos</translation>
    </message>
    <message>
        <source>Look into the camera and see every photo you are in.</source>
        <translation>Schau in die Kamera und sieh alle Fotos, auf denen du bist.</translation>
    </message>
    <message>
        <source>We will be right back</source>
        <translation>Wir sind gleich wieder da</translation>
    </message>
    <message>
        <source>The kiosk opens again in a moment, all by itself.</source>
        <translation>Gleich geht es weiter, ganz von selbst.</translation>
    </message>
    <message>
        <source>The first photos are on their way</source>
        <translation>Die ersten Fotos sind unterwegs</translation>
    </message>
    <message numerus="yes">
        <source>%Ln photos so far</source>
        <translation>
            <numerusform>%Ln Foto bisher</numerusform>
            <numerusform>%Ln Fotos bisher</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AwayScreen</name>
    <message>
        <source>Finish</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>One moment, please</source>
        <translation>Einen Moment, bitte</translation>
    </message>
    <message>
        <source>The camera takes a short break. Our staff know about it.</source>
        <translation>Die Kamera macht eine kurze Pause. Unser Team weiß Bescheid.</translation>
    </message>
    <message>
        <source>The kiosk is busy for a moment.</source>
        <translation>Der Kiosk ist gerade kurz beschäftigt.</translation>
    </message>
    <message>
        <source>It goes on by itself: you can just wait here.</source>
        <translation>Es geht von selbst weiter: Du kannst einfach hier warten.</translation>
    </message>
</context>
<context>
    <name>BackBar</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
</context>
<context>
    <name>BackupView</name>
    <message>
        <source>Back up…</source>
        <translation>Sichern …</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>How far the backup is</source>
        <translation>Wie weit die Sicherung ist</translation>
    </message>
    <message>
        <source>Everything that cannot be made again, in one file: events, faces, consents, deliveries, links and settings. Kiosks and encoding may run on.</source>
        <translation>Alles, was nicht wieder hergestellt werden kann, in einer Datei: Veranstaltungen, Gesichter, Einwilligungen, Auslieferungen, Links und Einstellungen. Kioske und die Erfassung dürfen weiterlaufen.</translation>
    </message>
    <message>
        <source>No photo is in it: photos stay in their source. Nor are passwords and keys. It holds face vectors and addresses: keep it encrypted, and delete it with the event.</source>
        <translation>Fotos sind nicht darin: Sie bleiben in ihrer Quelle. Auch Passwörter und Schlüssel nicht. Sie enthält Gesichtsvektoren und Adressen: Bewahren Sie sie verschlüsselt auf, und löschen Sie sie mit der Veranstaltung.</translation>
    </message>
    <message>
        <source>Whoever is erased stays in backups made before: make a new one, delete the old.</source>
        <translation>Wer gelöscht wird, bleibt in früheren Sicherungen: Machen Sie eine neue, löschen Sie die alten.</translation>
    </message>
    <message>
        <source>To put it back into an empty data folder: eventsnap --restore FILE</source>
        <translation>Zurück in einen leeren Datenordner: eventsnap --restore DATEI</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>Sicherung</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>Sicherungen</translation>
    </message>
    <message>
        <source>Back up into</source>
        <translation>Sichern in</translation>
    </message>
    <message numerus="yes">
        <source>%n event(s)</source>
        <translation>
            <numerusform>%n Veranstaltung</numerusform>
            <numerusform>%n Veranstaltungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n face(s)</source>
        <translation>
            <numerusform>%n Gesicht</numerusform>
            <numerusform>%n Gesichter</numerusform>
        </translation>
    </message>
    <message>
        <source>Backed up: {events}, {faces}.</source>
        <translation>Gesichert: {events}, {faces}.</translation>
    </message>
    <message>
        <source>These photos lie in the data folder: copy them too.</source>
        <translation>Diese Fotos liegen im Datenordner: Kopieren Sie sie auch.</translation>
    </message>
    <message>
        <source>Stopped; there is no backup.</source>
        <translation>Angehalten; es gibt keine Sicherung.</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>BrowseHeader</name>
    <message>
        <source>Photos by time</source>
        <translation>Fotos nach Uhrzeit</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Fertig</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n Foto</numerusform>
            <numerusform>%n Fotos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CaptureScreen</name>
    <message>
        <source>The pictures are taken automatically.</source>
        <translation>Die Bilder entstehen von selbst.</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>Noch einmal von vorn</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
</context>
<context>
    <name>ConsentEditor</name>
    <message>
        <source>Offer this language at the kiosk</source>
        <translation>Diese Sprache am Kiosk anbieten</translation>
    </message>
    <message>
        <source>Use the program’s text</source>
        <translation>Den Text des Programms benutzen</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>Version {version}</translation>
    </message>
    <message>
        <source>Offer at least one language.</source>
        <translation>Bieten Sie mindestens eine Sprache an.</translation>
    </message>
    <message>
        <source>The text in {language} is empty.</source>
        <translation>Der Text in {language} ist leer.</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Zusammenfassung</translation>
    </message>
    <message>
        <source>Full text</source>
        <translation>Ganzer Text</translation>
    </message>
    <message>
        <source>The kiosk begins in</source>
        <translation>Der Kiosk beginnt auf</translation>
    </message>
    <message>
        <source>Summary, read by everybody</source>
        <translation>Zusammenfassung, die alle lesen</translation>
    </message>
    <message>
        <source>Full text (Markdown); {organizer} stands for the name above</source>
        <translation>Ganzer Text (Markdown); {organizer} steht für den Namen oben</translation>
    </message>
</context>
<context>
    <name>ConsentScreen</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Read everything</source>
        <translation>Alles lesen</translation>
    </message>
    <message>
        <source>Before we start</source>
        <translation>Bevor es losgeht</translation>
    </message>
    <message>
        <source>Your face is compared with the photos of this event only</source>
        <translation>Dein Gesicht wird nur mit den Fotos dieser Veranstaltung verglichen</translation>
    </message>
    <message>
        <source>Your picture is deleted when you finish or walk away</source>
        <translation>Dein Bild wird gelöscht, wenn du fertig bist oder weggehst</translation>
    </message>
    <message>
        <source>It is your choice: you can stop at any moment</source>
        <translation>Es ist deine Entscheidung: Du kannst jederzeit aufhören</translation>
    </message>
    <message>
        <source>{name} is responsible, and you can stop at any moment</source>
        <translation>Verantwortlich ist {name}, und du kannst jederzeit aufhören</translation>
    </message>
    <message>
        <source>No, thank you</source>
        <translation>Nein, danke</translation>
    </message>
    <message>
        <source>Yes, find my photos</source>
        <translation>Ja, meine Fotos finden</translation>
    </message>
    <message>
        <source>The whole text</source>
        <translation>Der ganze Text</translation>
    </message>
    <message>
        <source>Back to the question</source>
        <translation>Zurück zur Frage</translation>
    </message>
</context>
<context>
    <name>CopiesStepper</name>
    <message>
        <source>One copy less</source>
        <translation>Ein Abzug weniger</translation>
    </message>
    <message>
        <source>One copy more</source>
        <translation>Ein Abzug mehr</translation>
    </message>
</context>
<context>
    <name>CoverageChart</name>
    <message>
        <source>{photos} photos and {faces} faces over time</source>
        <translation>{photos} Fotos und {faces} Gesichter im Lauf der Zeit</translation>
    </message>
    <message>
        <source>{time}: {photos} photos, {faces} faces</source>
        <translation>{time}: {photos} Fotos, {faces} Gesichter</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>Gesichter</translation>
    </message>
</context>
<context>
    <name>CoveragePage</name>
    <message>
        <source>Coverage</source>
        <translation>Abdeckung</translation>
    </message>
    <message>
        <source>Guests served</source>
        <translation>Bediente Gäste</translation>
    </message>
    <message>
        <source>Photos a guest, median</source>
        <translation>Fotos je Gast, Median</translation>
    </message>
    <message>
        <source>Guests with none</source>
        <translation>Gäste ohne Foto</translation>
    </message>
    <message>
        <source>Photos without a face</source>
        <translation>Fotos ohne Gesicht</translation>
    </message>
    <message>
        <source>Encode lag</source>
        <translation>Verzögerung der Erfassung</translation>
    </message>
    <message>
        <source>Deliveries waiting</source>
        <translation>Wartende Auslieferungen</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Last hour</source>
        <translation>Letzte Stunde</translation>
    </message>
    <message>
        <source>Projector view</source>
        <translation>Projektoransicht</translation>
    </message>
    <message>
        <source>Only the chart, as large as the window (F11)</source>
        <translation>Nur das Diagramm, so groß wie das Fenster (F11)</translation>
    </message>
    <message>
        <source>95 of 100 within {time}</source>
        <translation>95 von 100 innerhalb von {time}</translation>
    </message>
    <message>
        <source>No photos in this time</source>
        <translation>Keine Fotos in dieser Zeit</translation>
    </message>
    <message>
        <source>No photos yet</source>
        <translation>Noch keine Fotos</translation>
    </message>
    <message>
        <source>The chart fills as photos arrive.</source>
        <translation>Das Diagramm füllt sich, wenn Fotos ankommen.</translation>
    </message>
</context>
<context>
    <name>DeclinedScreen</name>
    <message>
        <source>That is quite all right</source>
        <translation>Das ist völlig in Ordnung</translation>
    </message>
    <message>
        <source>Think again</source>
        <translation>Noch einmal überlegen</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>No picture of you was taken. Please ask our staff: they help you to find your photos without any comparison of faces.</source>
        <translation>Von dir wurde kein Bild gemacht. Frag bitte unser Team: Es hilft dir, deine Fotos ganz ohne Gesichtsvergleich zu finden.</translation>
    </message>
    <message>
        <source>Responsible: %1</source>
        <translation>Verantwortlich: %1</translation>
    </message>
</context>
<context>
    <name>DeliveriesView</name>
    <message>
        <source>Retry now</source>
        <translation>Jetzt versuchen</translation>
    </message>
    <message>
        <source>Cancel delivery</source>
        <translation>Auslieferung abbrechen</translation>
    </message>
    <message>
        <source>Deliveries</source>
        <translation>Auslieferungen</translation>
    </message>
</context>
<context>
    <name>DeliveryWords</name>
    <message>
        <source>You get an e-mail when there are new photos</source>
        <translation>Du bekommst eine E-Mail, wenn es neue Fotos gibt</translation>
    </message>
    <message numerus="yes">
        <source>Printing %n photo(s), about {seconds} seconds</source>
        <translation>
            <numerusform>%n Foto wird gedruckt, etwa {seconds} Sekunden</numerusform>
            <numerusform>%n Fotos werden gedruckt, etwa {seconds} Sekunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) are on their way by e-mail</source>
        <translation>
            <numerusform>%n Foto ist per E-Mail unterwegs</numerusform>
            <numerusform>%n Fotos sind per E-Mail unterwegs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Printing %n photo(s)…</source>
        <translation>
            <numerusform>%n Foto wird gedruckt …</numerusform>
            <numerusform>%n Fotos werden gedruckt …</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) are being made ready for your phone</source>
        <translation>
            <numerusform>%n Foto wird für dein Handy vorbereitet</numerusform>
            <numerusform>%n Fotos werden für dein Handy vorbereitet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) will be sent by e-mail a little later</source>
        <translation>
            <numerusform>%n Foto wird etwas später per E-Mail geschickt</numerusform>
            <numerusform>%n Fotos werden etwas später per E-Mail geschickt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) will be printed a little later</source>
        <translation>
            <numerusform>%n Foto wird etwas später gedruckt</numerusform>
            <numerusform>%n Fotos werden etwas später gedruckt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) will be ready for your phone a little later</source>
        <translation>
            <numerusform>%n Foto ist etwas später für dein Handy bereit</numerusform>
            <numerusform>%n Fotos sind etwas später für dein Handy bereit</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) were sent by e-mail</source>
        <translation>
            <numerusform>%n Foto wurde per E-Mail geschickt</numerusform>
            <numerusform>%n Fotos wurden per E-Mail geschickt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) were printed</source>
        <translation>
            <numerusform>%n Foto wurde gedruckt</numerusform>
            <numerusform>%n Fotos wurden gedruckt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) are ready for your phone</source>
        <translation>
            <numerusform>%n Foto ist für dein Handy bereit</numerusform>
            <numerusform>%n Fotos sind für dein Handy bereit</numerusform>
        </translation>
    </message>
    <message>
        <source>A print did not work. The staff will help you.</source>
        <translation>Ein Druck hat nicht geklappt. Unser Team hilft dir.</translation>
    </message>
    <message>
        <source>An e-mail could not be sent. The staff will help you.</source>
        <translation>Eine E-Mail ließ sich nicht senden. Unser Team hilft dir.</translation>
    </message>
    <message>
        <source>Your photos could not be made ready. The staff will help you.</source>
        <translation>Deine Fotos ließen sich nicht vorbereiten. Unser Team hilft dir.</translation>
    </message>
</context>
<context>
    <name>DoctorView</name>
    <message>
        <source>Check this machine</source>
        <translation>Diesen Rechner prüfen</translation>
    </message>
    <message>
        <source>The machine is being checked</source>
        <translation>Der Rechner wird geprüft</translation>
    </message>
    <message>
        <source>Is everything there?</source>
        <translation>Ist alles da?</translation>
    </message>
    <message>
        <source>Looks at the packages, the graphics card, models, disk, database, photo storage, camera and printer, and says what to do.</source>
        <translation>Sieht nach Paketen, Grafikkarte, Modellen, Platte, Datenbank, Fotospeicher, Kamera und Drucker und sagt, was zu tun ist.</translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s) to be solved</source>
        <translation>
            <numerusform>%n Problem ist zu lösen</numerusform>
            <numerusform>%n Probleme sind zu lösen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Usable, with %n remark(s)</source>
        <translation>
            <numerusform>Benutzbar, mit %n Hinweis</numerusform>
            <numerusform>Benutzbar, mit %n Hinweisen</numerusform>
        </translation>
    </message>
    <message>
        <source>All is well</source>
        <translation>Alles ist gut</translation>
    </message>
    <message>
        <source>program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>machine</source>
        <translation>Rechner</translation>
    </message>
    <message>
        <source>packages</source>
        <translation>Pakete</translation>
    </message>
    <message>
        <source>inference</source>
        <translation>Berechnung</translation>
    </message>
    <message>
        <source>settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>disk</source>
        <translation>Platte</translation>
    </message>
    <message>
        <source>database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>printer</source>
        <translation>Drucker</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>Gut</translation>
    </message>
</context>
<context>
    <name>DomainChips</name>
    <message>
        <source>Did you mean {address}?</source>
        <translation>Meinst du {address}?</translation>
    </message>
</context>
<context>
    <name>Durations</name>
    <message>
        <source>{n} s</source>
        <translation>{n} s</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n} min</translation>
    </message>
    <message>
        <source>{h} h {m} min</source>
        <translation>{h} h {m} min</translation>
    </message>
</context>
<context>
    <name>EncodePage</name>
    <message>
        <source>Sync and encode</source>
        <translation>Abgleichen und erfassen</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>Gesichter</translation>
    </message>
    <message>
        <source>From arrival to searchable</source>
        <translation>Von der Ankunft bis auffindbar</translation>
    </message>
    <message>
        <source>Runs on</source>
        <translation>Läuft auf</translation>
    </message>
    <message>
        <source>Change folder…</source>
        <translation>Ordner ändern …</translation>
    </message>
    <message>
        <source>Watch this folder</source>
        <translation>Diesen Ordner beobachten</translation>
    </message>
    <message>
        <source>Photo source</source>
        <translation>Fotoquelle</translation>
    </message>
    <message>
        <source>A hot folder: let the tethered camera or the FTP server write into this folder, and watch it. Every photo can be found seconds after it arrives.</source>
        <translation>Ein Hotfolder: Lassen Sie die angeschlossene Kamera oder den FTP-Server in diesen Ordner schreiben, und beobachten Sie ihn. Jedes Foto ist Sekunden nach seiner Ankunft auffindbar.</translation>
    </message>
    <message>
        <source>No source yet: choose a folder.</source>
        <translation>Noch keine Quelle: wählen Sie einen Ordner.</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n wartet</numerusform>
            <numerusform>%n warten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) without a face</source>
        <translation>
            <numerusform>%n Foto ohne Gesicht</numerusform>
            <numerusform>%n Fotos ohne Gesicht</numerusform>
        </translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Model pack {pack}</source>
        <translation>Modellpaket {pack}</translation>
    </message>
    <message>
        <source>95 of 100 within {time}</source>
        <translation>95 von 100 innerhalb von {time}</translation>
    </message>
    <message numerus="yes">
        <source>%n new photo(s) wait to be encoded.</source>
        <translation>
            <numerusform>%n neues Foto wartet auf die Erfassung.</numerusform>
            <numerusform>%n neue Fotos warten auf die Erfassung.</numerusform>
        </translation>
    </message>
    <message>
        <source>Encode now</source>
        <translation>Jetzt erfassen</translation>
    </message>
    <message>
        <source>They can be encoded when this run is over.</source>
        <translation>Sie können erfasst werden, wenn dieser Lauf vorbei ist.</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) wait to be tried again.</source>
        <translation>
            <numerusform>%n Foto wartet auf einen neuen Versuch.</numerusform>
            <numerusform>%n Fotos warten auf einen neuen Versuch.</numerusform>
        </translation>
    </message>
    <message>
        <source>Folder of the photos</source>
        <translation>Ordner der Fotos</translation>
    </message>
</context>
<context>
    <name>EncodePanel</name>
    <message>
        <source>Encoded photos of the event</source>
        <translation>Erfasste Fotos der Veranstaltung</translation>
    </message>
    <message>
        <source>Encode now</source>
        <translation>Jetzt erfassen</translation>
    </message>
    <message>
        <source>Encode and watch</source>
        <translation>Erfassen und beobachten</translation>
    </message>
    <message>
        <source>Encodes what is there, and then each photo as it arrives</source>
        <translation>Erfasst, was da ist, und dann jedes Foto, sobald es ankommt</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>{rate} photos a second</source>
        <translation>{rate} Fotos je Sekunde</translation>
    </message>
    <message>
        <source>{rate} faces a second</source>
        <translation>{rate} Gesichter je Sekunde</translation>
    </message>
    <message>
        <source>done in about {time}</source>
        <translation>fertig in etwa {time}</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Watching</source>
        <translation>Beobachtung läuft</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>Erfassung läuft</translation>
    </message>
    <message>
        <source>Pausing…</source>
        <translation>Wird pausiert …</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausiert</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird angehalten …</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>No event is chosen.</source>
        <translation>Keine Veranstaltung ist gewählt.</translation>
    </message>
    <message>
        <source>No photos are known of yet.</source>
        <translation>Noch sind keine Fotos bekannt.</translation>
    </message>
    <message numerus="yes">
        <source>{done} of %Ln photo(s) are encoded.</source>
        <translation>
            <numerusform>{done} von %Ln Foto ist erfasst.</numerusform>
            <numerusform>{done} von %Ln Fotos sind erfasst.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{done} of %Ln photo(s) are encoded, {failed} failed.</source>
        <translation>
            <numerusform>{done} von %Ln Foto ist erfasst, {failed} fehlgeschlagen.</numerusform>
            <numerusform>{done} von %Ln Fotos sind erfasst, {failed} fehlgeschlagen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %Ln photo(s) are encoded.</source>
        <translation>
            <numerusform>%Ln Foto ist erfasst.</numerusform>
            <numerusform>Alle %Ln Fotos sind erfasst.</numerusform>
        </translation>
    </message>
    <message>
        <source>{event} is being encoded; one event at a time.</source>
        <translation>{event} wird gerade erfasst; eine Veranstaltung nach der anderen.</translation>
    </message>
    <message>
        <source>What is encoded is stored. Resume goes on with the photos that wait.</source>
        <translation>Was erfasst ist, ist gespeichert. Fortsetzen macht mit den wartenden Fotos weiter.</translation>
    </message>
    <message>
        <source>{reason} It is tried again in {time}.</source>
        <translation>{reason} In {time} wird es erneut versucht.</translation>
    </message>
    <message>
        <source>Something unexpected went wrong. The log page has the details.</source>
        <translation>Etwas Unerwartetes ist schiefgegangen. Die Seite Protokoll hat die Einzelheiten.</translation>
    </message>
    <message>
        <source>Last run: {encoded} encoded, {skipped} unchanged, {gone} gone, {faces} faces, {time}.</source>
        <translation>Letzter Lauf: {encoded} erfasst, {skipped} unverändert, {gone} verschwunden, {faces} Gesichter, {time}.</translation>
    </message>
</context>
<context>
    <name>EncodeStages</name>
    <message>
        <source>Fetched</source>
        <translation>Geladen</translation>
    </message>
    <message>
        <source>Decoded</source>
        <translation>Dekodiert</translation>
    </message>
    <message>
        <source>Faces found</source>
        <translation>Gesichter gefunden</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>Geschrieben</translation>
    </message>
</context>
<context>
    <name>EraseDialog</name>
    <message>
        <source>Erase this person</source>
        <translation>Diese Person löschen</translation>
    </message>
    <message>
        <source>Looking for every face of this person…</source>
        <translation>Jedes Gesicht dieser Person wird gesucht …</translation>
    </message>
    <message>
        <source>Photos with a face to be deleted</source>
        <translation>Fotos mit einem Gesicht, das gelöscht wird</translation>
    </message>
    <message>
        <source>I understand that this cannot be undone</source>
        <translation>Ich verstehe, dass sich das nicht rückgängig machen lässt</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>Beleg</translation>
    </message>
    <message numerus="yes">
        <source>%n face(s)</source>
        <translation>
            <numerusform>%n Gesicht</numerusform>
            <numerusform>%n Gesichter</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n Foto</numerusform>
            <numerusform>%n Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>{faces} in {photos} will be deleted</source>
        <translation>Zu löschen: {faces} in {photos}</translation>
    </message>
    <message>
        <source>These are the sure ones, from a similarity of {number} up, hidden photos included. The person is not found in these photos any more. The photos stay. If a photo is encoded again because its file changed, its faces are found anew.</source>
        <translation>Das sind die sicheren, ab einer Ähnlichkeit von {number}, auch in ausgeblendeten Fotos. Die Person wird in diesen Fotos nicht mehr gefunden. Die Fotos bleiben. Wird ein Foto erneut erfasst, weil seine Datei sich änderte, werden seine Gesichter neu gefunden.</translation>
    </message>
    <message>
        <source>There is no sure face to delete</source>
        <translation>Es gibt kein sicheres Gesicht zu löschen</translation>
    </message>
    <message>
        <source>The person is erased</source>
        <translation>Die Person ist gelöscht</translation>
    </message>
    <message>
        <source>Receipt of an erasure</source>
        <translation>Beleg einer Löschung</translation>
    </message>
    <message>
        <source>Event: {name} ({code})</source>
        <translation>Veranstaltung: {name} ({code})</translation>
    </message>
    <message>
        <source>Time: {when}</source>
        <translation>Zeit: {when}</translation>
    </message>
    <message>
        <source>Faces deleted: {count}</source>
        <translation>Gelöschte Gesichter: {count}</translation>
    </message>
    <message>
        <source>Photos they were in: {count}</source>
        <translation>Fotos, in denen sie waren: {count}</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>EventCard</name>
    <message>
        <source>Archived</source>
        <translation>Archiviert</translation>
    </message>
    <message>
        <source>No photos yet</source>
        <translation>Noch keine Fotos</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n wartet</numerusform>
            <numerusform>%n warten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n fehlgeschlagen</numerusform>
            <numerusform>%n fehlgeschlagen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s)</source>
        <translation>
            <numerusform>%Ln Foto</numerusform>
            <numerusform>%Ln Fotos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln face(s)</source>
        <translation>
            <numerusform>%Ln Gesicht</numerusform>
            <numerusform>%Ln Gesichter</numerusform>
        </translation>
    </message>
    <message>
        <source>All encoded</source>
        <translation>Alle erfasst</translation>
    </message>
    <message>
        <source>Encoded</source>
        <translation>Erfasst</translation>
    </message>
    <message>
        <source>The program deletes the index of this event by itself after {day}: faces, consents, deliveries and links. The photos stay. To keep it longer, edit the event (F2).</source>
        <translation>Das Programm löscht den Index dieser Veranstaltung nach dem {day} von selbst: Gesichter, Einwilligungen, Auslieferungen und Links. Die Fotos bleiben. Um sie länger zu behalten, bearbeiten Sie die Veranstaltung (F2).</translation>
    </message>
    <message>
        <source>Its day is over: deleted by itself soon</source>
        <translation>Tag vorbei: wird bald von selbst gelöscht</translation>
    </message>
    <message>
        <source>Is deleted by itself today</source>
        <translation>Wird heute von selbst gelöscht</translation>
    </message>
    <message numerus="yes">
        <source>Is deleted by itself in %n day(s)</source>
        <translation>
            <numerusform>Wird in %n Tag von selbst gelöscht</numerusform>
            <numerusform>Wird in %n Tagen von selbst gelöscht</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) left</source>
        <translation>
            <numerusform>noch %n Tag</numerusform>
            <numerusform>noch %n Tage</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EventDelete</name>
    <message>
        <source>Delete event</source>
        <translation>Veranstaltung löschen</translation>
    </message>
    <message>
        <source>The event&apos;s code</source>
        <translation>Der Code der Veranstaltung</translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>Endgültig löschen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Delete {name}?</source>
        <translation>{name} löschen?</translation>
    </message>
    <message>
        <source>All faces, matches, consents and deliveries of this event are deleted and cannot be brought back. The photos stay in {source}. To go on, type the event&apos;s code: {code}</source>
        <translation>Alle Gesichter, Treffer, Einwilligungen und Auslieferungen dieser Veranstaltung werden gelöscht und lassen sich nicht zurückholen. Die Fotos bleiben in {source}. Geben Sie zum Fortfahren den Code der Veranstaltung ein: {code}</translation>
    </message>
    <message>
        <source>The event is being deleted. A backup that is being made is waited for.</source>
        <translation>Die Veranstaltung wird gelöscht. Auf eine Sicherung, die gerade läuft, wird gewartet.</translation>
    </message>
    <message>
        <source>The event {code} was deleted.</source>
        <translation>Die Veranstaltung {code} wurde gelöscht.</translation>
    </message>
    <message>
        <source>Faces deleted: {n}</source>
        <translation>Gelöschte Gesichter: {n}</translation>
    </message>
    <message>
        <source>Photos forgotten: {n} (the files stay where they are)</source>
        <translation>Vergessene Fotos: {n} (die Dateien bleiben, wo sie sind)</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>Gelöscht</translation>
    </message>
    <message>
        <source>Sheets taken back from the printer: {n}</source>
        <translation>Vom Drucker zurückgenommene Blätter: {n}</translation>
    </message>
    <message>
        <source>they are being taken back</source>
        <translation>sie werden gerade zurückgenommen</translation>
    </message>
    <message>
        <source>Sheets that may still be printed: {n} ({why})</source>
        <translation>Blätter, die noch gedruckt werden können: {n} ({why})</translation>
    </message>
    <message>
        <source>Sheets ordered at other machines: {n} (EventSnap takes them back there when it runs)</source>
        <translation>An anderen Rechnern bestellte Blätter: {n} (EventSnap nimmt sie dort zurück, sobald es läuft)</translation>
    </message>
</context>
<context>
    <name>EventForm</name>
    <message>
        <source>New event</source>
        <translation>Neue Veranstaltung</translation>
    </message>
    <message>
        <source>Edit event</source>
        <translation>Veranstaltung bearbeiten</translation>
    </message>
    <message>
        <source>Delete the index after</source>
        <translation>Index löschen nach dem</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>Anlegen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>a folder, or minio://bucket/prefix</source>
        <translation>ein Ordner oder minio://bucket/prefix</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Photos from</source>
        <translation>Fotos aus</translation>
    </message>
    <message>
        <source>The event needs a name</source>
        <translation>Die Veranstaltung braucht einen Namen</translation>
    </message>
    <message>
        <source>Short times are kinder to your guests.</source>
        <translation>Kurze Fristen sind freundlicher zu Ihren Gästen.</translation>
    </message>
    <message>
        <source>That day is over: within a day of saving the program deletes the index by itself. To keep the event, choose a later day.</source>
        <translation>Dieser Tag ist vorbei: Innerhalb eines Tages nach dem Speichern löscht das Programm den Index von selbst. Um die Veranstaltung zu behalten, wählen Sie einen späteren Tag.</translation>
    </message>
    <message>
        <source>When that day is over, the program deletes the index by itself: faces, consents, links, and deliveries, made or not. The photos stay where they are. The event&apos;s card says so a week before; until then you can choose another day.</source>
        <translation>Ist dieser Tag vorbei, löscht das Programm den Index von selbst: Gesichter, Einwilligungen, Links und Auslieferungen, auch die offenen. Die Fotos bleiben, wo sie sind. Eine Woche vorher steht es auf der Karte der Veranstaltung; bis dahin können Sie einen anderen Tag wählen.</translation>
    </message>
    <message>
        <source>Folder of the photos</source>
        <translation>Ordner der Fotos</translation>
    </message>
    <message>
        <source>{source} can be read.</source>
        <translation>{source} ist lesbar.</translation>
    </message>
</context>
<context>
    <name>EventStep</name>
    <message>
        <source>Try it with a sample event</source>
        <translation>Mit einer Beispielveranstaltung ausprobieren</translation>
    </message>
    <message>
        <source>A few sample photos, made on this computer. Delete it when you like.</source>
        <translation>Einige Beispielfotos, auf diesem Rechner gemacht. Löschen Sie sie, wann Sie wollen.</translation>
    </message>
    <message>
        <source>Create my first event</source>
        <translation>Meine erste Veranstaltung anlegen</translation>
    </message>
    <message>
        <source>With photos from a folder or a bucket; more may arrive all evening.</source>
        <translation>Mit Fotos aus einem Ordner oder Bucket; weitere können den ganzen Abend kommen.</translation>
    </message>
    <message>
        <source>Decide later</source>
        <translation>Später entscheiden</translation>
    </message>
    <message>
        <source>The window opens with an empty list of events.</source>
        <translation>Das Fenster öffnet sich mit einer leeren Liste.</translation>
    </message>
    <message>
        <source>Your first event</source>
        <translation>Ihre erste Veranstaltung</translation>
    </message>
    <message>
        <source>An event is a set of photos that guests search together.</source>
        <translation>Eine Veranstaltung ist eine Menge von Fotos, die Gäste gemeinsam durchsuchen.</translation>
    </message>
    <message>
        <source>Summer party</source>
        <translation>Sommerfest</translation>
    </message>
    <message>
        <source>summer-party</source>
        <translation>sommerfest</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
</context>
<context>
    <name>EventsPage</name>
    <message>
        <source>Events</source>
        <translation>Veranstaltungen</translation>
    </message>
    <message>
        <source>Show archived</source>
        <translation>Archivierte zeigen</translation>
    </message>
    <message>
        <source>New event</source>
        <translation>Neue Veranstaltung</translation>
    </message>
    <message>
        <source>Try it with a sample event</source>
        <translation>Mit einer Beispielveranstaltung ausprobieren</translation>
    </message>
    <message>
        <source>Search events</source>
        <translation>Veranstaltungen suchen</translation>
    </message>
    <message>
        <source>Your first event</source>
        <translation>Ihre erste Veranstaltung</translation>
    </message>
    <message>
        <source>An event is a set of photos that guests are found in. Point it at a folder or a bucket, and every face is made searchable.</source>
        <translation>Eine Veranstaltung ist eine Menge von Fotos, in denen Gäste gefunden werden. Zeigen Sie auf einen Ordner oder Bucket, und jedes Gesicht wird auffindbar.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Edit, change the source…</source>
        <translation>Bearbeiten, Quelle ändern …</translation>
    </message>
    <message>
        <source>Export photos…</source>
        <translation>Fotos exportieren …</translation>
    </message>
    <message>
        <source>Take back from the archive</source>
        <translation>Aus dem Archiv zurückholen</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archivieren</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Löschen …</translation>
    </message>
    <message>
        <source>{name} was archived.</source>
        <translation>{name} wurde archiviert.</translation>
    </message>
    <message>
        <source>{name} is back.</source>
        <translation>{name} ist zurück.</translation>
    </message>
</context>
<context>
    <name>ExpiryNotice</name>
    <message>
        <source>Copy the receipt</source>
        <translation>Beleg kopieren</translation>
    </message>
    <message>
        <source>The index of {name} ({code}) was deleted by itself, because its day, {day}, is over. Faces deleted: {faces}. Photos forgotten: {photos} (the files stay where they are).</source>
        <translation>Der Index von {name} ({code}) wurde von selbst gelöscht, weil sein Tag, der {day}, vorbei ist. Gelöschte Gesichter: {faces}. Vergessene Fotos: {photos} (die Dateien bleiben, wo sie sind).</translation>
    </message>
    <message>
        <source>Sheets taken back from the printer: {n}.</source>
        <translation>Vom Drucker zurückgenommene Blätter: {n}.</translation>
    </message>
    <message>
        <source>Sheets that may still come out of a printer: {n}.</source>
        <translation>Blätter, die noch aus einem Drucker kommen können: {n}.</translation>
    </message>
    <message>
        <source>The day of {name}, {day}, is over, and it could not be deleted yet: {why}</source>
        <translation>Der Tag von {name}, der {day}, ist vorbei, und die Veranstaltung konnte noch nicht gelöscht werden: {why}</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export photos</source>
        <translation>Fotos exportieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message numerus="yes">
        <source>All photos of the event (%Ln)</source>
        <translation>
            <numerusform>Alle Fotos der Veranstaltung (%Ln)</numerusform>
            <numerusform>Alle Fotos der Veranstaltung (%Ln)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The photos that are listed now (%Ln)</source>
        <translation>
            <numerusform>Die jetzt gezeigten Fotos (%Ln)</numerusform>
            <numerusform>Die jetzt gezeigten Fotos (%Ln)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The sure photos (%n)</source>
        <translation>
            <numerusform>Das sichere Foto (%n)</numerusform>
            <numerusform>Die sicheren Fotos (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The sure and the possible photos (%n)</source>
        <translation>
            <numerusform>Das sichere oder mögliche Foto (%n)</numerusform>
            <numerusform>Die sicheren und die möglichen Fotos (%n)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s)</source>
        <translation>
            <numerusform>%Ln Foto</numerusform>
            <numerusform>%Ln Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>originals of {size}</source>
        <translation>Originale mit {size}</translation>
    </message>
    <message>
        <source>{size} free there</source>
        <translation>dort {size} frei</translation>
    </message>
    <message numerus="yes">
        <source>The selected photos (%n)</source>
        <translation>
            <numerusform>Das ausgewählte Foto (%n)</numerusform>
            <numerusform>Die ausgewählten Fotos (%n)</numerusform>
        </translation>
    </message>
    <message>
        <source>Photos that were not exported</source>
        <translation>Fotos, die nicht exportiert wurden</translation>
    </message>
    <message>
        <source>There is a file of this name already.</source>
        <translation>Eine Datei mit diesem Namen gibt es schon.</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>{done} of {total} photos</source>
        <translation>{done} von {total} Fotos</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message>
        <source>about {time} left</source>
        <translation>noch etwa {time}</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) exported.</source>
        <translation>
            <numerusform>%n Foto exportiert.</numerusform>
            <numerusform>%n Fotos exportiert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped; export again to go on.</source>
        <translation>Angehalten; exportieren Sie erneut, um fortzufahren.</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) were there already.</source>
        <translation>
            <numerusform>%n Foto war schon da.</numerusform>
            <numerusform>%n Fotos waren schon da.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) could not be exported.</source>
        <translation>
            <numerusform>%n Foto konnte nicht exportiert werden.</numerusform>
            <numerusform>%n Fotos konnten nicht exportiert werden.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportForm</name>
    <message>
        <source>Hidden photos too</source>
        <translation>Auch ausgeblendete Fotos</translation>
    </message>
    <message>
        <source>The originals, byte for byte</source>
        <translation>Die Originale, Byte für Byte</translation>
    </message>
    <message>
        <source>As guests get them</source>
        <translation>So, wie Gäste sie bekommen</translation>
    </message>
    <message>
        <source>Longest side</source>
        <translation>Längste Seite</translation>
    </message>
    <message>
        <source>Keep the folders they are in</source>
        <translation>Ihre Ordner beibehalten</translation>
    </message>
    <message>
        <source>A folder or USB stick</source>
        <translation>Ein Ordner oder USB-Stick</translation>
    </message>
    <message>
        <source>One ZIP file</source>
        <translation>Eine ZIP-Datei</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Which photos</source>
        <translation>Welche Fotos</translation>
    </message>
    <message>
        <source>In which form</source>
        <translation>In welcher Form</translation>
    </message>
    <message>
        <source>Where to</source>
        <translation>Wohin</translation>
    </message>
    <message>
        <source>as set for the event</source>
        <translation>wie für die Veranstaltung eingestellt</translation>
    </message>
    <message>
        <source> px</source>
        <comment>pixels</comment>
        <translation> px</translation>
    </message>
    <message>
        <source>With all that the camera wrote into them, such as place and serial number.</source>
        <translation>Mit allem, was die Kamera hineingeschrieben hat, etwa Ort und Seriennummer.</translation>
    </message>
    <message>
        <source>JPEGs with the watermark, the frame and the metadata that are set on the Outbox page.</source>
        <translation>JPEGs mit Wasserzeichen, Rahmen und Metadaten, wie auf der Seite Postausgang eingestellt.</translation>
    </message>
    <message>
        <source>{event} photos</source>
        <translation>{event} Fotos</translation>
    </message>
</context>
<context>
    <name>FaceCard</name>
    <message>
        <source>All photos of this face</source>
        <translation>Alle Fotos dieses Gesichts</translation>
    </message>
    <message>
        <source>All photos of face {number}</source>
        <translation>Alle Fotos von Gesicht {number}</translation>
    </message>
    <message>
        <source>Face {number}</source>
        <translation>Gesicht {number}</translation>
    </message>
</context>
<context>
    <name>FacePanel</name>
    <message>
        <source>Looking for faces…</source>
        <translation>Gesichter werden gesucht …</translation>
    </message>
    <message numerus="yes">
        <source>%n face(s)</source>
        <translation>
            <numerusform>%n Gesicht</numerusform>
            <numerusform>%n Gesichter</numerusform>
        </translation>
    </message>
    <message>
        <source>No faces</source>
        <translation>Keine Gesichter</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Hidden</source>
        <translation>Ausgeblendet</translation>
    </message>
    <message>
        <source>Yes: no guest sees it</source>
        <translation>Ja: kein Gast sieht es</translation>
    </message>
    <message>
        <source>Looked for: {label}</source>
        <translation>Gesucht: {label}</translation>
    </message>
</context>
<context>
    <name>FacePicture</name>
    <message>
        <source>See the whole photo</source>
        <translation>Das ganze Foto ansehen</translation>
    </message>
</context>
<context>
    <name>FaceSearch</name>
    <message numerus="yes">
        <source>%n photo(s) of a face in {name}</source>
        <translation>
            <numerusform>%n Foto eines Gesichts in {name}</numerusform>
            <numerusform>%n Fotos eines Gesichts in {name}</numerusform>
        </translation>
    </message>
    <message>
        <source>a face in {name}</source>
        <translation>ein Gesicht in {name}</translation>
    </message>
</context>
<context>
    <name>FailuresPanel</name>
    <message>
        <source>Try all again</source>
        <translation>Alle erneut versuchen</translation>
    </message>
    <message>
        <source>See them</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>Photos that failed</source>
        <translation>Fehlgeschlagene Fotos</translation>
    </message>
    <message numerus="yes">
        <source>%n more for other reasons</source>
        <translation>
            <numerusform>%n weiteres aus anderen Gründen</numerusform>
            <numerusform>%n weitere aus anderen Gründen</numerusform>
        </translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Try again: {reason}</source>
        <translation>Erneut versuchen: {reason}</translation>
    </message>
</context>
<context>
    <name>FindPage</name>
    <message>
        <source>Find a person</source>
        <translation>Person finden</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Five selfies are enough; the others were left out.</source>
        <translation>Fünf Selfies genügen; die anderen wurden ausgelassen.</translation>
    </message>
    <message>
        <source>Pasted picture</source>
        <translation>Eingefügtes Bild</translation>
    </message>
    <message>
        <source>There is no picture in the clipboard.</source>
        <translation>In der Zwischenablage ist kein Bild.</translation>
    </message>
    <message>
        <source>Best first</source>
        <translation>Beste zuerst</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Neueste zuerst</translation>
    </message>
    <message>
        <source>Cannot be read: {names}</source>
        <translation>Nicht lesbar: {names}</translation>
    </message>
    <message>
        <source>Not looked at yet</source>
        <translation>Noch nicht angesehen</translation>
    </message>
    <message>
        <source>{sure} sure, {maybe} maybe; searched {faces} faces in {time} ms</source>
        <translation>{sure} sicher, {maybe} vielleicht; {faces} Gesichter durchsucht in {time} ms</translation>
    </message>
    <message>
        <source>No event is open</source>
        <translation>Keine Veranstaltung ist geöffnet</translation>
    </message>
    <message>
        <source>Go to the events</source>
        <translation>Zu den Veranstaltungen</translation>
    </message>
    <message>
        <source>Add one to five pictures of one person, each with one clear face.</source>
        <translation>Fügen Sie ein bis fünf Bilder einer Person hinzu, jedes mit einem deutlichen Gesicht.</translation>
    </message>
    <message>
        <source>Whom do you look for?</source>
        <translation>Wen suchen Sie?</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Erase this person…</source>
        <translation>Diese Person löschen …</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Wird gesucht …</translation>
    </message>
    <message>
        <source>Choose selfies…</source>
        <translation>Selfies wählen …</translation>
    </message>
    <message>
        <source>The reason stands beside each selfie. Try another picture.</source>
        <translation>Der Grund steht neben jedem Selfie. Versuchen Sie ein anderes Bild.</translation>
    </message>
    <message>
        <source>None of the selfies can be used</source>
        <translation>Keines der Selfies ist brauchbar</translation>
    </message>
    <message>
        <source>Lower the thresholds to see photos that resemble the person less.</source>
        <translation>Senken Sie die Schwellen, um Fotos zu sehen, die der Person weniger ähneln.</translation>
    </message>
    <message>
        <source>No photo of this person</source>
        <translation>Kein Foto dieser Person</translation>
    </message>
    <message>
        <source>The search did not work</source>
        <translation>Die Suche ist misslungen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Saved: these thresholds hold from the next start on.</source>
        <translation>Gespeichert: diese Schwellen gelten ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>the person on the selfies</source>
        <translation>die Person auf den Selfies</translation>
    </message>
    <message>
        <source>Choose selfies</source>
        <translation>Selfies wählen</translation>
    </message>
    <message>
        <source>Webcam</source>
        <translation>Webcam</translation>
    </message>
</context>
<context>
    <name>FrameField</name>
    <message>
        <source>None</source>
        <translation>Keiner</translation>
    </message>
    <message>
        <source>White</source>
        <translation>Weiß</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>Schwarz</translation>
    </message>
    <message>
        <source>Another colour…</source>
        <translation>Andere Farbe …</translation>
    </message>
    <message>
        <source>Colour of the frame</source>
        <translation>Farbe des Rahmens</translation>
    </message>
</context>
<context>
    <name>GalleryCells</name>
    <message>
        <source>Cannot be shown now</source>
        <translation>Gerade nicht zu sehen</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
</context>
<context>
    <name>GalleryHeader</name>
    <message>
        <source>Newest first</source>
        <translation>Neueste zuerst</translation>
    </message>
    <message>
        <source>Best first</source>
        <translation>Beste zuerst</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>We may have found you</source>
        <translation>Vielleicht haben wir dich gefunden</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) with all of you</source>
        <translation>
            <numerusform>%n Foto mit euch allen</numerusform>
            <numerusform>%n Fotos mit euch allen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) of you</source>
        <translation>
            <numerusform>%n Foto von dir</numerusform>
            <numerusform>%n Fotos von dir</numerusform>
        </translation>
    </message>
    <message>
        <source>New photos will appear again soon</source>
        <translation>Neue Fotos erscheinen bald wieder</translation>
    </message>
    <message>
        <source>New photos appear here by themselves</source>
        <translation>Neue Fotos erscheinen hier von selbst</translation>
    </message>
</context>
<context>
    <name>HelpPage</name>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Reading the list…</source>
        <translation>Die Liste wird gelesen …</translation>
    </message>
    <message>
        <source>First steps</source>
        <translation>Erste Schritte</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>Tastatur</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Datenschutz</translation>
    </message>
    <message>
        <source>This machine</source>
        <translation>Dieser Rechner</translation>
    </message>
    <message>
        <source>About and licences</source>
        <translation>Info und Lizenzen</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>Sicherung</translation>
    </message>
    <message>
        <source>Every button can be reached by Tab and pressed by Space.</source>
        <translation>Jede Schaltfläche ist mit Tab erreichbar und mit der Leertaste zu drücken.</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>Version {version}</translation>
    </message>
    <message>
        <source>Finds every photo of a guest at a live event.</source>
        <translation>Findet jedes Foto eines Gastes bei einer Veranstaltung.</translation>
    </message>
    <message>
        <source>Packages</source>
        <translation>Pakete</translation>
    </message>
    <message>
        <source>The list cannot be read.</source>
        <translation>Die Liste ist nicht lesbar.</translation>
    </message>
    <message>
        <source>see its own files</source>
        <translation>siehe eigene Dateien</translation>
    </message>
</context>
<context>
    <name>HelpTexts</name>
    <message>
        <source>Make an event</source>
        <translation>Veranstaltung anlegen</translation>
    </message>
    <message>
        <source>On the Events page: a short code, a name, and where its photos are: a folder or a bucket of your S3 server. Say until when it is kept.</source>
        <translation>Auf der Seite Veranstaltungen: ein kurzer Code, ein Name und woher die Fotos kommen: ein Ordner oder ein Bucket Ihres S3-Servers. Sagen Sie, bis wann sie behalten wird.</translation>
    </message>
    <message>
        <source>Bring the photos</source>
        <translation>Fotos hereinholen</translation>
    </message>
    <message>
        <source>Drag files, folders or ZIPs into the window, or let the camera write into the event’s folder.</source>
        <translation>Ziehen Sie Dateien, Ordner oder ZIPs ins Fenster, oder lassen Sie die Kamera in den Ordner der Veranstaltung schreiben.</translation>
    </message>
    <message>
        <source>Encode</source>
        <translation>Erfassen</translation>
    </message>
    <message>
        <source>On the page Sync and encode: “Encode now” finds every face; “Encode and watch” goes on with each new photo of the evening. What is done is never done twice.</source>
        <translation>Auf der Seite Erfassung: „Jetzt erfassen“ findet jedes Gesicht; „Erfassen und beobachten“ macht mit jedem neuen Foto des Abends weiter. Was fertig ist, wird nie zweimal gemacht.</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>Ausprobieren</translation>
    </message>
    <message>
        <source>On the Find page: drop a selfie, see the photos, and move the threshold if somebody else appears.</source>
        <translation>Auf der Seite Person finden: ein Selfie hineinziehen, die Fotos ansehen, und die Schwelle verschieben, falls jemand anderes erscheint.</translation>
    </message>
    <message>
        <source>Set up the kiosk</source>
        <translation>Den Kiosk einrichten</translation>
    </message>
    <message>
        <source>On the Kiosks page: greeting, consent text, limits, and a PIN for your staff. The preview shows what guests see.</source>
        <translation>Auf der Seite Kioske: Begrüßung, Einwilligungstext, Grenzen und eine PIN für Ihr Personal. Die Vorschau zeigt, was Gäste sehen.</translation>
    </message>
    <message>
        <source>After the event</source>
        <translation>Nach der Veranstaltung</translation>
    </message>
    <message>
        <source>Delete the event’s index on the Events page: all faces are gone, your photos stay where they are.</source>
        <translation>Löschen Sie den Index der Veranstaltung auf der Seite Veranstaltungen: alle Gesichter sind weg, Ihre Fotos bleiben, wo sie sind.</translation>
    </message>
    <message>
        <source>Ctrl+1 … Ctrl+9</source>
        <translation>Strg+1 … Strg+9</translation>
    </message>
    <message>
        <source>Go to a page, in the order of the list at the left</source>
        <translation>Zu einer Seite gehen, in der Reihenfolge der Liste links</translation>
    </message>
    <message>
        <source>Go to the next or the previous field</source>
        <translation>Zum nächsten oder vorigen Feld</translation>
    </message>
    <message>
        <source>Tab, Shift+Tab</source>
        <translation>Tab, Umschalt+Tab</translation>
    </message>
    <message>
        <source>Save what was changed (settings, kiosk settings)</source>
        <translation>Speichern, was geändert wurde (Einstellungen, Kioskeinstellungen)</translation>
    </message>
    <message>
        <source>Ctrl+S</source>
        <translation>Strg+S</translation>
    </message>
    <message>
        <source>Select everything in a list</source>
        <translation>Alles in einer Liste auswählen</translation>
    </message>
    <message>
        <source>Ctrl+A</source>
        <translation>Strg+A</translation>
    </message>
    <message>
        <source>Photos: hide from every gallery, or show again</source>
        <translation>Fotos: in allen Galerien ausblenden oder wieder zeigen</translation>
    </message>
    <message>
        <source>Photos: show on the kiosks’ first screen, or not any more</source>
        <translation>Fotos: auf dem Startbild der Kioske zeigen oder nicht mehr</translation>
    </message>
    <message>
        <source>Photos: export them</source>
        <translation>Fotos: exportieren</translation>
    </message>
    <message>
        <source>Ctrl+E</source>
        <translation>Strg+E</translation>
    </message>
    <message>
        <source>Outbox: try the selected deliveries now</source>
        <translation>Postausgang: die ausgewählten Auslieferungen jetzt versuchen</translation>
    </message>
    <message>
        <source>Ctrl+R</source>
        <translation>Strg+R</translation>
    </message>
    <message>
        <source>Outbox: cancel the selected deliveries</source>
        <translation>Postausgang: die ausgewählten Auslieferungen abbrechen</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Entf</translation>
    </message>
    <message>
        <source>Log: copy the selected entries</source>
        <translation>Protokoll: die ausgewählten Einträge kopieren</translation>
    </message>
    <message>
        <source>Ctrl+C</source>
        <translation>Strg+C</translation>
    </message>
    <message>
        <source>Faces are sensitive</source>
        <translation>Gesichter sind heikel</translation>
    </message>
    <message>
        <source>A face described by numbers is biometric data (Article 9 GDPR). Searching by face needs the guest’s explicit consent and a way without it.</source>
        <translation>Ein in Zahlen beschriebenes Gesicht ist ein biometrisches Datum (Artikel 9 DSGVO). Die Suche nach Gesichtern braucht die ausdrückliche Einwilligung des Gastes und einen Weg ohne sie.</translation>
    </message>
    <message>
        <source>Nothing leaves this machine</source>
        <translation>Nichts verlässt diesen Rechner</translation>
    </message>
    <message>
        <source>Faces are found and compared here. Only your own database and storage are asked. The program reports nothing to anybody.</source>
        <translation>Gesichter werden hier gefunden und verglichen. Gefragt werden nur Ihre eigene Datenbank und Ihr eigener Speicher. Das Programm meldet niemandem etwas.</translation>
    </message>
    <message>
        <source>Selfies are not kept</source>
        <translation>Selfies werden nicht behalten</translation>
    </message>
    <message>
        <source>A guest’s selfies and what is computed from them stay in memory and are wiped when the session ends. The consent is noted without name or picture.</source>
        <translation>Die Selfies eines Gastes und was daraus berechnet wird bleiben im Arbeitsspeicher und werden am Ende der Sitzung gelöscht. Die Einwilligung wird ohne Name und Bild vermerkt.</translation>
    </message>
    <message>
        <source>Everybody can be forgotten</source>
        <translation>Jeder kann vergessen werden</translation>
    </message>
    <message>
        <source>“Erase this person” on the Find page removes one person’s faces; deleting an event removes them all. Both give a receipt.</source>
        <translation>„Diese Person löschen“ auf der Seite Person finden entfernt die Gesichter eines Menschen; das Löschen einer Veranstaltung entfernt alle. Beides gibt einen Beleg.</translation>
    </message>
    <message>
        <source>You are responsible</source>
        <translation>Sie sind verantwortlich</translation>
    </message>
    <message>
        <source>Tell guests that photos are searched by face, name yourself in the consent text, and keep events no longer than you need them.</source>
        <translation>Sagen Sie Gästen, dass Fotos nach Gesichtern durchsucht werden, nennen Sie sich im Einwilligungstext, und behalten Sie Veranstaltungen nicht länger als nötig.</translation>
    </message>
    <message>
        <source>EventSnap Desktop</source>
        <translation>EventSnap Desktop</translation>
    </message>
    <message>
        <source>MIT licence.</source>
        <translation>MIT-Lizenz.</translation>
    </message>
    <message>
        <source>Model packs</source>
        <translation>Modellpakete</translation>
    </message>
    <message>
        <source>The packs lite, standard and seed hold pretrained weights of the InsightFace project. They may be used for non-commercial research only, unless you have a licence from InsightFace (https://www.insightface.ai). Using them for a paid event needs such a licence.</source>
        <translation>Die Pakete lite, standard und seed enthalten vortrainierte Gewichte des InsightFace-Projekts. Sie dürfen nur für nichtkommerzielle Forschung benutzt werden, außer Sie haben eine Lizenz von InsightFace (https://www.insightface.ai). Für eine bezahlte Veranstaltung ist eine solche Lizenz nötig.</translation>
    </message>
    <message>
        <source>Inter (typeface)</source>
        <translation>Inter (Schrift)</translation>
    </message>
    <message>
        <source>SIL Open Font License 1.1, by the Inter Project Authors.</source>
        <translation>SIL Open Font License 1.1, von The Inter Project Authors.</translation>
    </message>
    <message>
        <source>Qt and PySide6</source>
        <translation>Qt und PySide6</translation>
    </message>
    <message>
        <source>LGPL 3. Qt’s libraries lie beside the program and may be exchanged.</source>
        <translation>LGPL 3. Die Bibliotheken von Qt liegen neben dem Programm und dürfen ausgetauscht werden.</translation>
    </message>
</context>
<context>
    <name>HintWords</name>
    <message>
        <source>Come in front of the camera</source>
        <translation>Komm vor die Kamera</translation>
    </message>
    <message>
        <source>Come a little closer</source>
        <translation>Komm etwas näher</translation>
    </message>
    <message>
        <source>One step back, please</source>
        <translation>Einen Schritt zurück, bitte</translation>
    </message>
    <message>
        <source>Move to the middle</source>
        <translation>Komm in die Mitte</translation>
    </message>
    <message>
        <source>One person at a time, please</source>
        <translation>Bitte nur eine Person</translation>
    </message>
    <message>
        <source>Look into the camera</source>
        <translation>Schau in die Kamera</translation>
    </message>
    <message>
        <source>Turn your head a little to the left</source>
        <translation>Dreh den Kopf etwas nach links</translation>
    </message>
    <message>
        <source>Turn your head a little to the right</source>
        <translation>Dreh den Kopf etwas nach rechts</translation>
    </message>
    <message>
        <source>Hold still</source>
        <translation>Halt still</translation>
    </message>
    <message>
        <source>A little more light, please</source>
        <translation>Bitte etwas mehr Licht</translation>
    </message>
    <message>
        <source>Too bright here</source>
        <translation>Hier ist es zu hell</translation>
    </message>
    <message>
        <source>Please take off the mask</source>
        <translation>Bitte nimm die Maske ab</translation>
    </message>
    <message>
        <source>Perfect</source>
        <translation>Perfekt</translation>
    </message>
    <message>
        <source>One moment, the camera is being reconnected</source>
        <translation>Einen Moment, die Kamera wird neu verbunden</translation>
    </message>
</context>
<context>
    <name>HourStrip</name>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
</context>
<context>
    <name>IdleOverlay</name>
    <message>
        <source>I am still here</source>
        <translation>Ich bin noch da</translation>
    </message>
    <message>
        <source>Finish now</source>
        <translation>Jetzt beenden</translation>
    </message>
    <message>
        <source>Are you still there?</source>
        <translation>Bist du noch da?</translation>
    </message>
    <message>
        <source>Then this visit ends, and your photos leave this screen.</source>
        <translation>Sonst endet dein Besuch, und deine Fotos verschwinden von diesem Bildschirm.</translation>
    </message>
    <message numerus="yes">
        <source>%n seconds left</source>
        <translation>
            <numerusform>Noch %n Sekunde</numerusform>
            <numerusform>Noch %n Sekunden</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportPanel</name>
    <message>
        <source>Drop photos, folders or ZIPs here: they are copied into the event.</source>
        <translation>Fotos, Ordner oder ZIPs hierher ziehen: sie werden in die Veranstaltung kopiert.</translation>
    </message>
    <message>
        <source>Import files…</source>
        <translation>Dateien importieren …</translation>
    </message>
    <message>
        <source>Import a folder…</source>
        <translation>Ordner importieren …</translation>
    </message>
    <message>
        <source>Stop importing</source>
        <translation>Import anhalten</translation>
    </message>
    <message>
        <source>Files of the import</source>
        <translation>Dateien des Imports</translation>
    </message>
    <message>
        <source>Choose an event first, then import into it.</source>
        <translation>Wählen Sie zuerst eine Veranstaltung, in die importiert werden soll.</translation>
    </message>
    <message>
        <source>This event has no photo source yet. Choose its folder below first.</source>
        <translation>Diese Veranstaltung hat noch keine Fotoquelle. Wählen Sie zuerst unten ihren Ordner.</translation>
    </message>
    <message>
        <source>Looking at the files…</source>
        <translation>Die Dateien werden angesehen …</translation>
    </message>
    <message>
        <source>Import files</source>
        <translation>Dateien importieren</translation>
    </message>
    <message>
        <source>Import a folder</source>
        <translation>Ordner importieren</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird angehalten …</translation>
    </message>
    <message>
        <source>{seen} files looked at, {added} added</source>
        <translation>{seen} Dateien angesehen, {added} hinzugefügt</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) added</source>
        <translation>
            <numerusform>%n Foto hinzugefügt</numerusform>
            <numerusform>%n Fotos hinzugefügt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were there already</source>
        <translation>
            <numerusform>%n war schon da</numerusform>
            <numerusform>%n waren schon da</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left out</source>
        <translation>
            <numerusform>%n ausgelassen</numerusform>
            <numerusform>%n ausgelassen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n refused</source>
        <translation>
            <numerusform>%n abgelehnt</numerusform>
            <numerusform>%n abgelehnt</numerusform>
        </translation>
    </message>
    <message>
        <source>stopped before the end</source>
        <translation>vor dem Ende angehalten</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>{event}: {what}</source>
        <translation>{event}: {what}</translation>
    </message>
    <message>
        <source>Refused: {name} – {reason}</source>
        <translation>Abgelehnt: {name} – {reason}</translation>
    </message>
    <message>
        <source>Left out: {reason} ({count})</source>
        <translation>Ausgelassen: {reason} ({count})</translation>
    </message>
    <message>
        <source>Renamed: {name} is now {key}</source>
        <translation>Umbenannt: {name} heißt jetzt {key}</translation>
    </message>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… und %n weitere</numerusform>
            <numerusform>… und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>The import was stopped before it began.</source>
        <translation>Der Import wurde angehalten, bevor er begann.</translation>
    </message>
</context>
<context>
    <name>Keyboard</name>
    <message>
        <source>Delete the last character</source>
        <translation>Letztes Zeichen löschen</translation>
    </message>
    <message>
        <source>Other order of letters</source>
        <translation>Andere Anordnung der Buchstaben</translation>
    </message>
    <message>
        <source>At sign</source>
        <translation>At-Zeichen</translation>
    </message>
    <message>
        <source>Dot</source>
        <translation>Punkt</translation>
    </message>
    <message>
        <source>Hyphen</source>
        <translation>Bindestrich</translation>
    </message>
    <message>
        <source>Underscore</source>
        <translation>Unterstrich</translation>
    </message>
    <message>
        <source>Plus</source>
        <translation>Plus</translation>
    </message>
</context>
<context>
    <name>KioskBoard</name>
    <message>
        <source>In a window</source>
        <translation>In einem Fenster</translation>
    </message>
    <message>
        <source>Start kiosk</source>
        <translation>Kiosk starten</translation>
    </message>
    <message>
        <source>Guests of “{event}” find their photos on this screen.</source>
        <translation>Gäste von „{event}“ finden ihre Fotos an diesem Bildschirm.</translation>
    </message>
    <message>
        <source>Open an event first: a kiosk serves one event.</source>
        <translation>Öffnen Sie zuerst eine Veranstaltung: Ein Kiosk gehört zu genau einer.</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Wird gestartet …</translation>
    </message>
    <message>
        <source>No kiosk runs</source>
        <translation>Kein Kiosk läuft</translation>
    </message>
    <message>
        <source>Kiosks on this and on other machines of the same database appear here.</source>
        <translation>Kioske auf diesem und anderen Rechnern derselben Datenbank erscheinen hier.</translation>
    </message>
    <message>
        <source>Screen</source>
        <translation>Bildschirm</translation>
    </message>
    <message>
        <source>For a trial: the kiosk does not cover the screen</source>
        <translation>Zum Ausprobieren: der Kiosk bedeckt nicht den ganzen Bildschirm</translation>
    </message>
    <message>
        <source>Start a kiosk on this machine</source>
        <translation>Kiosk auf diesem Rechner starten</translation>
    </message>
    <message>
        <source>{number}: {name}, {width} × {height}</source>
        <translation>{number}: {name}, {width} × {height}</translation>
    </message>
</context>
<context>
    <name>KioskCard</name>
    <message>
        <source>Silent</source>
        <translation>Stumm</translation>
    </message>
    <message>
        <source>Not heard of since its last word. Look whether it still runs.</source>
        <translation>Seit der letzten Meldung nichts mehr gehört. Sehen Sie nach, ob er noch läuft.</translation>
    </message>
    <message>
        <source>{event}, since {time}</source>
        <translation>{event}, seit {time}</translation>
    </message>
    <message>
        <source>Last heartbeat: {ago}</source>
        <translation>Letztes Lebenszeichen: {ago}</translation>
    </message>
    <message>
        <source>Idle</source>
        <translation>Frei</translation>
    </message>
    <message>
        <source>In session</source>
        <translation>In Sitzung</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausiert</translation>
    </message>
    <message>
        <source>Camera lost</source>
        <translation>Kamera fehlt</translation>
    </message>
    <message>
        <source>Printer problem</source>
        <translation>Druckerproblem</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Beendet</translation>
    </message>
</context>
<context>
    <name>KioskForm</name>
    <message>
        <source>Guests who say no may look through photos by time</source>
        <translation>Gäste, die nein sagen, dürfen Fotos nach Zeit durchsehen</translation>
    </message>
    <message>
        <source>Guests may send photos by e-mail</source>
        <translation>Gäste dürfen Fotos per E-Mail senden</translation>
    </message>
    <message>
        <source>Guests may print</source>
        <translation>Gäste dürfen drucken</translation>
    </message>
    <message>
        <source>Guests may take photos along by phone (QR code)</source>
        <translation>Gäste dürfen Fotos mit dem Telefon mitnehmen (QR-Code)</translation>
    </message>
    <message>
        <source>Find your photos</source>
        <translation>Finden Sie Ihre Fotos</translation>
    </message>
    <message>
        <source>Name of the studio or the host</source>
        <translation>Name des Studios oder der Gastgeber</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>Willkommen</translation>
    </message>
    <message>
        <source>Greeting on the first screen</source>
        <translation>Begrüßung auf dem ersten Bildschirm</translation>
    </message>
    <message>
        <source>Who is responsible (named in the consent text)</source>
        <translation>Wer verantwortlich ist (steht im Einwilligungstext)</translation>
    </message>
    <message>
        <source>Branding</source>
        <translation>Gestaltung</translation>
    </message>
    <message>
        <source>Accent colour</source>
        <translation>Akzentfarbe</translation>
    </message>
    <message>
        <source>Logo</source>
        <translation>Logo</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>Einwilligung</translation>
    </message>
    <message>
        <source>What guests agree to before the camera is switched on. Other words get a new version, which is noted with each consent.</source>
        <translation>Worin Gäste einwilligen, bevor die Kamera angeht. Andere Worte bekommen eine neue Version, die bei jeder Einwilligung vermerkt wird.</translation>
    </message>
    <message>
        <source>Staff PIN</source>
        <translation>PIN des Personals</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>keine Grenze</translation>
    </message>
    <message>
        <source> s</source>
        <comment>seconds</comment>
        <translation> s</translation>
    </message>
    <message>
        <source>Time limits</source>
        <translation>Zeitgrenzen</translation>
    </message>
    <message>
        <source>Nobody touches the screen for</source>
        <translation>Niemand berührt den Bildschirm seit</translation>
    </message>
    <message>
        <source>One guest at most</source>
        <translation>Ein Gast höchstens</translation>
    </message>
    <message>
        <source>Taking photos along</source>
        <translation>Fotos mitnehmen</translation>
    </message>
    <message>
        <source>Photos in one e-mail</source>
        <translation>Fotos in einer E-Mail</translation>
    </message>
    <message>
        <source>Sheets of paper for each guest</source>
        <translation>Blatt Papier für jeden Gast</translation>
    </message>
    <message>
        <source>Sheets of paper for the whole event</source>
        <translation>Blatt Papier für die ganze Veranstaltung</translation>
    </message>
</context>
<context>
    <name>KioskPreview</name>
    <message>
        <source>Preview of the kiosk</source>
        <translation>Vorschau des Kiosks</translation>
    </message>
</context>
<context>
    <name>KioskSetup</name>
    <message>
        <source>First screen</source>
        <translation>Erster Bildschirm</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>Einwilligung</translation>
    </message>
    <message>
        <source>Landscape</source>
        <translation>Querformat</translation>
    </message>
    <message>
        <source>Portrait</source>
        <translation>Hochformat</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>Noch nicht gespeichert</translation>
    </message>
</context>
<context>
    <name>KioskStaff</name>
    <message numerus="yes">
        <source>Too many wrong PINs. Wait %n seconds.</source>
        <translation>
            <numerusform>Zu viele falsche PINs. Warten Sie %n Sekunde.</numerusform>
            <numerusform>Zu viele falsche PINs. Warten Sie %n Sekunden.</numerusform>
        </translation>
    </message>
    <message>
        <source>That PIN is wrong.</source>
        <translation>Diese PIN ist falsch.</translation>
    </message>
    <message>
        <source>works</source>
        <translation>funktioniert</translation>
    </message>
    <message>
        <source>none is set up</source>
        <translation>keiner eingerichtet</translation>
    </message>
    <message>
        <source>The next guest is filmed by this camera.</source>
        <translation>Der nächste Gast wird mit dieser Kamera gefilmt.</translation>
    </message>
    <message>
        <source>The test page is on its way to the printer.</source>
        <translation>Die Testseite ist auf dem Weg zum Drucker.</translation>
    </message>
    <message>
        <source>It did not work.</source>
        <translation>Das hat nicht geklappt.</translation>
    </message>
</context>
<context>
    <name>KiosksPage</name>
    <message>
        <source>Kiosks</source>
        <translation>Kioske</translation>
    </message>
    <message>
        <source>No event is open</source>
        <translation>Keine Veranstaltung ist geöffnet</translation>
    </message>
    <message>
        <source>Go to the events</source>
        <translation>Zu den Veranstaltungen</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>In Betrieb</translation>
    </message>
    <message>
        <source>Settings and preview</source>
        <translation>Einstellungen und Vorschau</translation>
    </message>
    <message>
        <source>The kiosk starts. It appears here with its first word.</source>
        <translation>Der Kiosk startet. Er erscheint hier mit seiner ersten Meldung.</translation>
    </message>
    <message>
        <source>The kiosks’ settings are saved.</source>
        <translation>Die Einstellungen der Kioske sind gespeichert.</translation>
    </message>
    <message>
        <source>This picture cannot be read.</source>
        <translation>Dieses Bild ist nicht lesbar.</translation>
    </message>
</context>
<context>
    <name>LanguageBar</name>
    <message>
        <source>Larger and lower</source>
        <translation>Größer und tiefer</translation>
    </message>
</context>
<context>
    <name>LinksTable</name>
    <message>
        <source>Made</source>
        <translation>Erstellt</translation>
    </message>
    <message>
        <source>Made by</source>
        <translation>Erstellt von</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>Geöffnet</translation>
    </message>
    <message>
        <source>Works until</source>
        <translation>Gilt bis</translation>
    </message>
    <message>
        <source>E-mail or print</source>
        <translation>E-Mail oder Druck</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Ja</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>Noch nicht</translation>
    </message>
</context>
<context>
    <name>LivePreview</name>
    <message>
        <source>You, as in a mirror</source>
        <translation>Du, wie im Spiegel</translation>
    </message>
    <message>
        <source>The camera starts …</source>
        <translation>Die Kamera startet …</translation>
    </message>
    <message>
        <source>One moment, the camera is being reconnected</source>
        <translation>Einen Moment, die Kamera wird neu verbunden</translation>
    </message>
</context>
<context>
    <name>LogPage</name>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Follow the newest</source>
        <translation>Dem Neuesten folgen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Copy for support</source>
        <translation>Für den Support kopieren</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>This run</source>
        <translation>Dieser Lauf</translation>
    </message>
    <message>
        <source>Log file</source>
        <translation>Protokolldatei</translation>
    </message>
    <message>
        <source>Which log</source>
        <translation>Welches Protokoll</translation>
    </message>
    <message>
        <source>All levels</source>
        <translation>Alle Stufen</translation>
    </message>
    <message>
        <source>From info</source>
        <translation>Ab Information</translation>
    </message>
    <message>
        <source>From warnings</source>
        <translation>Ab Warnung</translation>
    </message>
    <message>
        <source>Errors only</source>
        <translation>Nur Fehler</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Filter by words</source>
        <translation>Nach Wörtern filtern</translation>
    </message>
    <message>
        <source>The whole entry</source>
        <translation>Der ganze Eintrag</translation>
    </message>
    <message>
        <source>Log entries</source>
        <translation>Protokolleinträge</translation>
    </message>
    <message>
        <source>{shown} of {total}</source>
        <translation>{shown} von {total}</translation>
    </message>
    <message>
        <source>Nothing fits the filter.</source>
        <translation>Nichts passt zum Filter.</translation>
    </message>
    <message>
        <source>No entries</source>
        <translation>Keine Einträge</translation>
    </message>
    <message>
        <source>There is no log file yet.</source>
        <translation>Es gibt noch keine Protokolldatei.</translation>
    </message>
    <message>
        <source>This run keeps no log in memory.</source>
        <translation>Dieser Lauf behält kein Protokoll im Speicher.</translation>
    </message>
    <message>
        <source>Nothing was logged in this run yet.</source>
        <translation>In diesem Lauf wurde noch nichts protokolliert.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message numerus="yes">
        <source>%n entry(s) copied.</source>
        <translation>
            <numerusform>%n Eintrag kopiert.</numerusform>
            <numerusform>%n Einträge kopiert.</numerusform>
        </translation>
    </message>
    <message>
        <source>Collecting…</source>
        <translation>Wird gesammelt …</translation>
    </message>
    <message>
        <source>Copied, without secrets, addresses, file and event names. Read it before you send it.</source>
        <translation>Kopiert, ohne Geheimnisse, Adressen, Datei- und Veranstaltungsnamen. Lesen Sie es, bevor Sie es senden.</translation>
    </message>
    <message>
        <source>The folder cannot be opened from here. It is {folder}.</source>
        <translation>Der Ordner lässt sich von hier aus nicht öffnen. Es ist {folder}.</translation>
    </message>
</context>
<context>
    <name>LogTable</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Info</source>
        <translation>Information</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
</context>
<context>
    <name>LogoField</name>
    <message>
        <source>Choose a picture…</source>
        <translation>Bild wählen …</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>No logo</source>
        <translation>Kein Logo</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>The logo</source>
        <translation>Das Logo</translation>
    </message>
</context>
<context>
    <name>MailScreen</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Another person</source>
        <translation>Noch jemand</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Your e-mail address</source>
        <translation>Deine E-Mail-Adresse</translation>
    </message>
    <message>
        <source>Tell me when there are new photos</source>
        <translation>Sag mir, wenn es neue Fotos gibt</translation>
    </message>
    <message>
        <source>Tell me</source>
        <translation>Sag mir Bescheid</translation>
    </message>
    <message numerus="yes">
        <source>Send %n photos by e-mail</source>
        <translation>
            <numerusform>%n Foto per E-Mail senden</numerusform>
            <numerusform>%n Fotos per E-Mail senden</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MailSheet</name>
    <message>
        <source>Preview of the e-mail</source>
        <translation>Vorschau der E-Mail</translation>
    </message>
</context>
<context>
    <name>MailStatus</name>
    <message>
        <source>We use the address for this one message and for nothing else.</source>
        <translation>Wir nutzen die Adresse für diese eine Nachricht und für nichts anderes.</translation>
    </message>
    <message>
        <source>We use the address to send your photos and for nothing else.</source>
        <translation>Wir nutzen die Adresse, um deine Fotos zu senden, und für nichts anderes.</translation>
    </message>
    <message>
        <source>One moment …</source>
        <translation>Einen Moment …</translation>
    </message>
    <message>
        <source>This does not look like an e-mail address. Please check it once more.</source>
        <translation>Das sieht nicht nach einer E-Mail-Adresse aus. Schau bitte noch einmal hin.</translation>
    </message>
    <message>
        <source>These are too many people at once.</source>
        <translation>Das sind zu viele Personen auf einmal.</translation>
    </message>
    <message numerus="yes">
        <source>At most %n photos fit into one e-mail. Please go back and choose fewer.</source>
        <translation>
            <numerusform>Höchstens %n Foto passt in eine E-Mail. Geh bitte zurück und wähle weniger.</numerusform>
            <numerusform>Höchstens %n Fotos passen in eine E-Mail. Geh bitte zurück und wähle weniger.</numerusform>
        </translation>
    </message>
    <message>
        <source>That did not work just now. Please try again.</source>
        <translation>Das hat gerade nicht geklappt. Versuch es bitte noch einmal.</translation>
    </message>
</context>
<context>
    <name>MailTest</name>
    <message>
        <source>Your e-mail address</source>
        <translation>Ihre E-Mail-Adresse</translation>
    </message>
    <message>
        <source>Address for the test e-mail</source>
        <translation>Adresse für die Test-E-Mail</translation>
    </message>
    <message>
        <source>Send a test e-mail</source>
        <translation>Test-E-Mail senden</translation>
    </message>
    <message>
        <source>Sends an e-mail with what is entered above, saved or not.</source>
        <translation>Sendet eine E-Mail mit dem, was oben eingetragen ist, gespeichert oder nicht.</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>Wird gesendet …</translation>
    </message>
</context>
<context>
    <name>MatchGallery</name>
    <message>
        <source>Sure photos</source>
        <translation>Sichere Fotos</translation>
    </message>
    <message>
        <source>Possible photos</source>
        <translation>Mögliche Fotos</translation>
    </message>
    <message>
        <source>No photo is sure with these thresholds.</source>
        <translation>Mit diesen Schwellen ist kein Foto sicher.</translation>
    </message>
    <message>
        <source>Sure</source>
        <translation>Sicher</translation>
    </message>
    <message>
        <source>Maybe</source>
        <translation>Vielleicht</translation>
    </message>
    <message>
        <source>These resemble the person; have a look yourself.</source>
        <translation>Diese ähneln der Person; sehen Sie selbst nach.</translation>
    </message>
</context>
<context>
    <name>MatchGrid</name>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
</context>
<context>
    <name>MatchModel</name>
    <message>
        <source>{name}, similarity {similarity}</source>
        <translation>{name}, Ähnlichkeit {similarity}</translation>
    </message>
    <message>
        <source>Two faces of this photo are alike: look closely.</source>
        <translation>Zwei Gesichter dieses Fotos sind ähnlich: sehen Sie genau hin.</translation>
    </message>
    <message>
        <source>This photo is hidden.</source>
        <translation>Dieses Foto ist ausgeblendet.</translation>
    </message>
</context>
<context>
    <name>MaybeCard</name>
    <message>
        <source>Yes, that’s me</source>
        <translation>Ja, das bin ich</translation>
    </message>
    <message>
        <source>Not me</source>
        <translation>Das bin ich nicht</translation>
    </message>
</context>
<context>
    <name>MaybeRow</name>
    <message>
        <source>Is this you?</source>
        <translation>Bist du das?</translation>
    </message>
    <message>
        <source>Former ones</source>
        <translation>Vorige</translation>
    </message>
    <message>
        <source>More of them</source>
        <translation>Weitere</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n weiteres</numerusform>
            <numerusform>%n weitere</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelsStep</name>
    <message>
        <source>I have read this. It holds for each of these packs.</source>
        <translation>Ich habe das gelesen. Es gilt für jedes dieser Pakete.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Take one from a file…</source>
        <translation>Aus einer Datei übernehmen …</translation>
    </message>
    <message>
        <source>Looking into {name}…</source>
        <translation>{name} wird durchgesehen …</translation>
    </message>
    <message>
        <source>How faces are recognised</source>
        <translation>Wie Gesichter erkannt werden</translation>
    </message>
    <message>
        <source>A model pack finds faces and compares them, on this computer only.</source>
        <translation>Ein Modellpaket findet Gesichter und vergleicht sie, nur auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Stop fetching</source>
        <translation>Laden abbrechen</translation>
    </message>
    <message>
        <source>How much has arrived</source>
        <translation>Wie viel angekommen ist</translation>
    </message>
    <message>
        <source>Without internet: on a stick, a ZIP or a wheel from another computer.</source>
        <translation>Ohne Internet: von einem Stick, als ZIP oder Wheel von einem anderen Computer.</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Fetch ({size} MB)</source>
        <translation>Laden ({size} MB)</translation>
    </message>
    <message>
        <source>Fetch {name}</source>
        <translation>{name} laden</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Fehlt</translation>
    </message>
    <message>
        <source>For every computer, also without a graphics card.</source>
        <translation>Für jeden Rechner, auch ohne Grafikkarte.</translation>
    </message>
    <message>
        <source>More exact; for computers with an NVIDIA graphics card.</source>
        <translation>Genauer; für Rechner mit NVIDIA-Grafikkarte.</translation>
    </message>
    <message>
        <source>Only for events that go on from the EventSnap cloud.</source>
        <translation>Nur für Veranstaltungen, die aus der EventSnap-Cloud weitergehen.</translation>
    </message>
    <message>
        <source>Model packs (*.zip *.whl)</source>
        <translation>Modellpakete (*.zip *.whl)</translation>
    </message>
    <message>
        <source>Take a model pack</source>
        <translation>Ein Modellpaket übernehmen</translation>
    </message>
    <message>
        <source>Fetching {name}…</source>
        <translation>{name} wird geladen …</translation>
    </message>
    <message>
        <source>{archive}: {done} of {total} MB</source>
        <translation>{archive}: {done} von {total} MB</translation>
    </message>
    <message>
        <source>{archive}: {done} MB</source>
        <translation>{archive}: {done} MB</translation>
    </message>
    <message>
        <source>The pack is here and was checked.</source>
        <translation>Das Paket ist da und wurde geprüft.</translation>
    </message>
    <message>
        <source>Stopped. Fetching again goes on where it broke off.</source>
        <translation>Abgebrochen. Erneutes Laden geht dort weiter, wo es aufhörte.</translation>
    </message>
    <message>
        <source>Read the licence first.</source>
        <translation>Lesen Sie zuerst die Lizenz.</translation>
    </message>
</context>
<context>
    <name>NothingScreen</name>
    <message>
        <source>We keep looking: new photos appear here by themselves.</source>
        <translation>Wir suchen weiter: Neue Fotos erscheinen hier von selbst.</translation>
    </message>
    <message>
        <source>Finish</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Tell me by e-mail</source>
        <translation>Per E-Mail Bescheid geben</translation>
    </message>
    <message>
        <source>Try new pictures</source>
        <translation>Neue Bilder machen</translation>
    </message>
    <message>
        <source>There are no photos yet</source>
        <translation>Es gibt noch keine Fotos</translation>
    </message>
    <message>
        <source>We could not see you well</source>
        <translation>Wir konnten dich nicht gut sehen</translation>
    </message>
    <message>
        <source>No photo of all of you yet</source>
        <translation>Noch kein Foto mit euch allen</translation>
    </message>
    <message>
        <source>No photo of you yet</source>
        <translation>Noch kein Foto von dir</translation>
    </message>
    <message>
        <source>The photographers have only just begun. Come back a little later.</source>
        <translation>Die Fotografen haben gerade erst angefangen. Komm etwas später wieder.</translation>
    </message>
    <message>
        <source>Try again with more light on your face, and look into the camera.</source>
        <translation>Versuch es noch einmal mit mehr Licht im Gesicht, und schau in die Kamera.</translation>
    </message>
    <message numerus="yes">
        <source>We looked through %Ln photos.</source>
        <translation>
            <numerusform>Wir haben %Ln Foto durchgesehen.</numerusform>
            <numerusform>Wir haben %Ln Fotos durchgesehen.</numerusform>
        </translation>
    </message>
    <message>
        <source>The newest one is of %1.</source>
        <translation>Das neueste ist von %1.</translation>
    </message>
</context>
<context>
    <name>OrderedScreen</name>
    <message>
        <source>Finish</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Back to my photos</source>
        <translation>Zurück zu meinen Fotos</translation>
    </message>
    <message>
        <source>We have taken note of it</source>
        <translation>Wir haben es notiert</translation>
    </message>
    <message>
        <source>We will tell you</source>
        <translation>Wir sagen dir Bescheid</translation>
    </message>
    <message>
        <source>You get an e-mail when there are new photos.</source>
        <translation>Du bekommst eine E-Mail, wenn es neue Fotos gibt.</translation>
    </message>
    <message>
        <source>Your photos are on their way</source>
        <translation>Deine Fotos sind unterwegs</translation>
    </message>
    <message>
        <source>If they do not arrive, please look into the spam folder.</source>
        <translation>Wenn sie nicht ankommen, schau bitte in den Spam-Ordner.</translation>
    </message>
    <message>
        <source>Your photos are being printed</source>
        <translation>Deine Fotos werden gedruckt</translation>
    </message>
    <message>
        <source>Your prints come out of the printer in a moment.</source>
        <translation>Deine Abzüge kommen gleich aus dem Drucker.</translation>
    </message>
    <message>
        <source>You find them on your phone, at the address of the code.</source>
        <translation>Du findest sie auf deinem Handy, unter der Adresse des Codes.</translation>
    </message>
</context>
<context>
    <name>OrganizerSession</name>
    <message>
        <source>Opening the database…</source>
        <translation>Die Datenbank wird geöffnet …</translation>
    </message>
    <message>
        <source>Making the sample photos…</source>
        <translation>Die Beispielfotos werden gemacht …</translation>
    </message>
    <message>
        <source>The language changes at the next start.</source>
        <translation>Die Sprache ändert sich beim nächsten Start.</translation>
    </message>
</context>
<context>
    <name>OrganizerWindow</name>
    <message>
        <source>Stop encoding?</source>
        <translation>Erfassung anhalten?</translation>
    </message>
    <message>
        <source>Photos are being encoded.</source>
        <translation>Fotos werden gerade erfasst.</translation>
    </message>
    <message>
        <source>What is done stays done, and the next start goes on where this one stopped.</source>
        <translation>Was fertig ist, bleibt fertig, und der nächste Start macht dort weiter.</translation>
    </message>
    <message>
        <source>Stop and close</source>
        <translation>Anhalten und schließen</translation>
    </message>
    <message>
        <source>Keep encoding</source>
        <translation>Weiter erfassen</translation>
    </message>
    <message>
        <source>The database does not answer. Nothing is lost: the program tries again until it is back.</source>
        <translation>Die Datenbank antwortet nicht. Es geht nichts verloren: das Programm versucht es, bis sie zurück ist.</translation>
    </message>
    <message>
        <source>Encoding {event}: {done} of {total}</source>
        <translation>{event} wird erfasst: {done} von {total}</translation>
    </message>
</context>
<context>
    <name>OutboxBar</name>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>All kinds</source>
        <translation>Alle Arten</translation>
    </message>
    <message>
        <source>Kind of delivery</source>
        <translation>Art der Auslieferung</translation>
    </message>
    <message>
        <source>Try the selected deliveries now (Ctrl+R)</source>
        <translation>Die ausgewählten Auslieferungen jetzt versuchen (Strg+R)</translation>
    </message>
    <message>
        <source>Cancel the selected deliveries (Delete)</source>
        <translation>Die ausgewählten Auslieferungen abbrechen (Entf)</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>{state}  {count}</source>
        <translation>{state}  {count}</translation>
    </message>
</context>
<context>
    <name>OutboxDetails</name>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Send to a corrected address…</source>
        <translation>An eine berichtigte Adresse senden …</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) of it are hidden or gone.</source>
        <translation>
            <numerusform>%n Foto davon ist ausgeblendet oder fort.</numerusform>
            <numerusform>%n Fotos davon sind ausgeblendet oder fort.</numerusform>
        </translation>
    </message>
    <message>
        <source>Asked for: {time}</source>
        <translation>Gewünscht: {time}</translation>
    </message>
    <message>
        <source>Done: {time}</source>
        <translation>Erledigt: {time}</translation>
    </message>
    <message numerus="yes">
        <source>%n failed attempt(s)</source>
        <translation>
            <numerusform>%n fehlgeschlagener Versuch</numerusform>
            <numerusform>%n fehlgeschlagene Versuche</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Goes to %n address(es)</source>
        <translation>
            <numerusform>Geht an %n Adresse</numerusform>
            <numerusform>Geht an %n Adressen</numerusform>
        </translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Verbergen</translation>
    </message>
    <message>
        <source>Send again…</source>
        <translation>Noch einmal senden …</translation>
    </message>
    <message>
        <source>Printer</source>
        <translation>Drucker</translation>
    </message>
    <message>
        <source>the default printer</source>
        <translation>der Standarddrucker</translation>
    </message>
    <message numerus="yes">
        <source>%n copy(s)</source>
        <translation>
            <numerusform>%n Abzug</numerusform>
            <numerusform>%n Abzüge</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OutboxPage</name>
    <message>
        <source>Outbox</source>
        <translation>Postausgang</translation>
    </message>
    <message>
        <source>Pause all</source>
        <translation>Alle anhalten</translation>
    </message>
    <message>
        <source>Retry all failed</source>
        <translation>Alle fehlgeschlagenen erneut versuchen</translation>
    </message>
    <message>
        <source>The newest {n} are shown.</source>
        <translation>Die neuesten {n} werden gezeigt.</translation>
    </message>
    <message>
        <source>Deliveries</source>
        <translation>Auslieferungen</translation>
    </message>
    <message>
        <source>What leaves the event</source>
        <translation>Was hinausgeht</translation>
    </message>
    <message>
        <source>Phones</source>
        <translation>Handys</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message numerus="yes">
        <source>Deliveries are on hold: %n waiting.</source>
        <translation>
            <numerusform>Auslieferungen sind angehalten: %n wartet.</numerusform>
            <numerusform>Auslieferungen sind angehalten: %n warten.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n e-mail(s) wait, but no mail server is set up on this machine.</source>
        <translation>
            <numerusform>%n E-Mail wartet, aber auf diesem Rechner ist kein Mailserver eingerichtet.</numerusform>
            <numerusform>%n E-Mails warten, aber auf diesem Rechner ist kein Mailserver eingerichtet.</numerusform>
        </translation>
    </message>
    <message>
        <source>Open the settings</source>
        <translation>Einstellungen öffnen</translation>
    </message>
    <message>
        <source>No event is open</source>
        <translation>Keine Veranstaltung ist geöffnet</translation>
    </message>
    <message>
        <source>Go to the events</source>
        <translation>Zu den Veranstaltungen</translation>
    </message>
    <message>
        <source>Nothing here</source>
        <translation>Hier ist nichts</translation>
    </message>
    <message>
        <source>Show all deliveries</source>
        <translation>Alle Auslieferungen zeigen</translation>
    </message>
    <message>
        <source>What guests send, print or share at a kiosk is listed here.</source>
        <translation>Was Gäste an einem Kiosk senden, drucken oder teilen, steht hier.</translation>
    </message>
    <message>
        <source>The outbox is empty</source>
        <translation>Der Postausgang ist leer</translation>
    </message>
    <message>
        <source>The e-mail is sent to the address now.</source>
        <translation>Die E-Mail geht jetzt an die Adresse.</translation>
    </message>
    <message>
        <source>This e-mail is not there any more.</source>
        <translation>Diese E-Mail gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>Deliveries are on hold.</source>
        <translation>Auslieferungen sind angehalten.</translation>
    </message>
    <message>
        <source>Deliveries go on.</source>
        <translation>Auslieferungen gehen weiter.</translation>
    </message>
    <message numerus="yes">
        <source>%n delivery(s) will be tried now.</source>
        <translation>
            <numerusform>%n Auslieferung wird jetzt versucht.</numerusform>
            <numerusform>%n Auslieferungen werden jetzt versucht.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n delivery(s) cancelled.</source>
        <translation>
            <numerusform>%n Auslieferung abgebrochen.</numerusform>
            <numerusform>%n Auslieferungen abgebrochen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OutboxPhotos</name>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n Foto</numerusform>
            <numerusform>%n Fotos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OutboxTable</name>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>How it stands</source>
        <translation>Wie es steht</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>Gewünscht</translation>
    </message>
</context>
<context>
    <name>OutboxWords</name>
    <message>
        <source>E-mail</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>Druck</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Handy</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Erledigt</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>In work</source>
        <translation>In Arbeit</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Is sent when there are new photos</source>
        <translation>Wird gesendet, wenn es neue Fotos gibt</translation>
    </message>
    <message numerus="yes">
        <source>%Ln e-mail(s)</source>
        <translation>
            <numerusform>%Ln E-Mail</numerusform>
            <numerusform>%Ln E-Mails</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln printed sheet(s)</source>
        <translation>
            <numerusform>%Ln gedrucktes Blatt</numerusform>
            <numerusform>%Ln gedruckte Blätter</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln phone link(s)</source>
        <translation>
            <numerusform>%Ln Handy-Link</numerusform>
            <numerusform>%Ln Handy-Links</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed</source>
        <translation>
            <numerusform>%Ln fehlgeschlagen</numerusform>
            <numerusform>%Ln fehlgeschlagen</numerusform>
        </translation>
    </message>
    <message>
        <source>Today: {figures}</source>
        <translation>Heute: {figures}</translation>
    </message>
    <message>
        <source>{error}: tries again now</source>
        <translation>{error}: neuer Versuch jetzt</translation>
    </message>
    <message>
        <source>Is next</source>
        <translation>Ist als Nächstes dran</translation>
    </message>
    <message>
        <source>{error}: tries again at {time}</source>
        <translation>{error}: neuer Versuch um {time}</translation>
    </message>
    <message>
        <source>Is tried at {time}</source>
        <translation>Wird um {time} versucht</translation>
    </message>
    <message>
        <source>Sending e-mail {n} of {all}</source>
        <translation>E-Mail {n} von {all} wird gesendet</translation>
    </message>
    <message>
        <source>Printing, about {n} seconds</source>
        <translation>Wird gedruckt, etwa {n} Sekunden</translation>
    </message>
</context>
<context>
    <name>OutputForm</name>
    <message>
        <source>When a photo was taken stays in it</source>
        <translation>Wann ein Foto entstand, bleibt darin</translation>
    </message>
    <message>
        <source>The camera’s make and model stay in it</source>
        <translation>Marke und Modell der Kamera bleiben darin</translation>
    </message>
    <message>
        <source>Where it was taken stays in it</source>
        <translation>Wo es entstand, bleibt darin</translation>
    </message>
    <message>
        <source>The logo of the kiosks’ settings</source>
        <translation>Das Logo aus den Einstellungen der Kioske</translation>
    </message>
    <message>
        <source>A QR code that opens the photos on a phone</source>
        <translation>Ein QR-Code, der die Fotos auf einem Handy öffnet</translation>
    </message>
    <message>
        <source>End all links now…</source>
        <translation>Alle Links jetzt beenden …</translation>
    </message>
    <message>
        <source>Empty: the program’s own words, in the language of each guest</source>
        <translation>Leer: die Worte des Programms, in der Sprache jedes Gastes</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>Your own words go to all guests as they are. {event}, {organizer} and {count} are filled in.</source>
        <translation>Eigene Worte gehen unverändert an alle Gäste. {event}, {organizer} und {count} werden eingesetzt.</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Betreff</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Attached as large as they are, in several e-mails if need be</source>
        <translation>Angehängt in voller Größe, wenn nötig in mehreren E-Mails</translation>
    </message>
    <message>
        <source>Attached smaller, so that all fit into one e-mail</source>
        <translation>Verkleinert angehängt, sodass alle in eine E-Mail passen</translation>
    </message>
    <message>
        <source>As a link to the guest’s own page, which needs this network</source>
        <translation>Als Link zur eigenen Seite des Gastes, die dieses Netz braucht</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source> MB</source>
        <comment>megabytes</comment>
        <translation> MB</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>keine Grenze</translation>
    </message>
    <message>
        <source>One e-mail is at most</source>
        <translation>Eine E-Mail hat höchstens</translation>
    </message>
    <message>
        <source>E-mails a day (your provider’s limit)</source>
        <translation>E-Mails am Tag (Grenze Ihres Anbieters)</translation>
    </message>
    <message>
        <source>as it is</source>
        <translation>wie sie ist</translation>
    </message>
    <message>
        <source> px</source>
        <comment>pixels</comment>
        <translation> px</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keines</translation>
    </message>
    <message>
        <source>For e-mail, phones, and exports “as guests get them”.</source>
        <translation>Für E-Mail, Handys und Exporte „so, wie Gäste sie bekommen“.</translation>
    </message>
    <message>
        <source>Watermark (a short text in the corner, also on prints)</source>
        <translation>Wasserzeichen (ein kurzer Text in der Ecke, auch auf Drucken)</translation>
    </message>
    <message>
        <source>Longest side</source>
        <translation>Längste Seite</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>Rahmen</translation>
    </message>
    <message>
        <source>Where a photo was taken can tell where somebody lives: it stays out unless you tick it. All else that cameras write, such as serial numbers and names, never goes out.</source>
        <translation>Wo ein Foto entstand, kann verraten, wo jemand wohnt: Es bleibt draußen, solange Sie es nicht ankreuzen. Alles andere, was Kameras schreiben, etwa Seriennummern und Namen, geht nie hinaus.</translation>
    </message>
    <message>
        <source>4×6 inches (10×15 cm)</source>
        <translation>10×15 cm (4×6 Zoll)</translation>
    </message>
    <message>
        <source>5×7 inches (13×18 cm)</source>
        <translation>13×18 cm (5×7 Zoll)</translation>
    </message>
    <message>
        <source>6×8 inches (15×20 cm)</source>
        <translation>15×20 cm (6×8 Zoll)</translation>
    </message>
    <message>
        <source>Two strips of three photos (on 10×15 cm)</source>
        <translation>Zwei Streifen mit drei Fotos (auf 10×15 cm)</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>Druck</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Papier</translation>
    </message>
    <message>
        <source>Caption, up to two lines; {event}, {organizer} and {date} are filled in</source>
        <translation>Beschriftung, bis zu zwei Zeilen; {event}, {organizer} und {date} werden eingesetzt</translation>
    </message>
    <message>
        <source> h</source>
        <comment>hours</comment>
        <translation> h</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Handy</translation>
    </message>
    <message>
        <source>Guests open their photos by a QR code. Their phones have to be in the same network: name its Wi-Fi here, and a second code lets them join it.</source>
        <translation>Gäste öffnen ihre Fotos mit einem QR-Code. Ihre Handys müssen im selben Netz sein: Nennen Sie hier sein WLAN, dann verbindet ein zweiter Code sie damit.</translation>
    </message>
    <message>
        <source>A link works for</source>
        <translation>Ein Link gilt</translation>
    </message>
    <message>
        <source>Links that are out</source>
        <translation>Ausgegebene Links</translation>
    </message>
</context>
<context>
    <name>OutputPanel</name>
    <message>
        <source>What leaves the event is saved.</source>
        <translation>Was hinausgeht, ist gespeichert.</translation>
    </message>
    <message>
        <source>End all links?</source>
        <translation>Alle Links beenden?</translation>
    </message>
    <message>
        <source>No phone opens the photos of this event any more.</source>
        <translation>Kein Handy öffnet die Fotos dieser Veranstaltung mehr.</translation>
    </message>
    <message>
        <source>Guests can get a new link at a kiosk.</source>
        <translation>Gäste bekommen am Kiosk einen neuen Link.</translation>
    </message>
    <message>
        <source>End all links</source>
        <translation>Alle Links beenden</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>Behalten</translation>
    </message>
    <message numerus="yes">
        <source>%n link(s) do not work any more.</source>
        <translation>
            <numerusform>%n Link gilt nicht mehr.</numerusform>
            <numerusform>%n Links gelten nicht mehr.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OutputPreview</name>
    <message>
        <source>Preview of a photo</source>
        <translation>Vorschau eines Fotos</translation>
    </message>
    <message>
        <source>Preview of a print</source>
        <translation>Vorschau eines Drucks</translation>
    </message>
</context>
<context>
    <name>OutputSetup</name>
    <message>
        <source>There is no logo: choose one on the Kiosks page.</source>
        <translation>Es gibt kein Logo: Wählen Sie eines auf der Seite Kioske.</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>Druck</translation>
    </message>
    <message>
        <source>Wi-Fi</source>
        <translation>WLAN</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>Noch nicht gespeichert</translation>
    </message>
</context>
<context>
    <name>PausedScreen</name>
    <message>
        <source>A short break</source>
        <translation>Kurze Pause</translation>
    </message>
    <message>
        <source>We are back soon.</source>
        <translation>Wir sind bald wieder da.</translation>
    </message>
    <message numerus="yes">
        <source>We are back in about %n minutes.</source>
        <translation>
            <numerusform>Wir sind in etwa %n Minute wieder da.</numerusform>
            <numerusform>Wir sind in etwa %n Minuten wieder da.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PhoneScreen</name>
    <message>
        <source>Code of the Wi-Fi</source>
        <translation>Code des WLANs</translation>
    </message>
    <message>
        <source>Code of your photos</source>
        <translation>Code deiner Fotos</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message numerus="yes">
        <source>%n photos on your phone</source>
        <translation>
            <numerusform>%n Foto auf deinem Handy</numerusform>
            <numerusform>%n Fotos auf deinem Handy</numerusform>
        </translation>
    </message>
    <message>
        <source>That did not work just now. Please go back and try again, or ask the staff.</source>
        <translation>Das hat gerade nicht geklappt. Geh bitte zurück und versuch es noch einmal, oder frag unser Team.</translation>
    </message>
    <message>
        <source>One moment, your photos are being made ready …</source>
        <translation>Einen Moment, deine Fotos werden vorbereitet …</translation>
    </message>
    <message>
        <source>1. Join the Wi-Fi</source>
        <translation>1. Mit dem WLAN verbinden</translation>
    </message>
    <message>
        <source>2. Open your photos</source>
        <translation>2. Deine Fotos öffnen</translation>
    </message>
    <message>
        <source>Scan this with your phone&apos;s camera</source>
        <translation>Scanne das mit der Kamera deines Handys</translation>
    </message>
    <message>
        <source>It works until {time}.</source>
        <translation>Das geht bis {time}.</translation>
    </message>
    <message>
        <source>It opens in the event’s network only.</source>
        <translation>Dein Handy muss dafür im Netz der Veranstaltung sein.</translation>
    </message>
</context>
<context>
    <name>PhonesPanel</name>
    <message>
        <source>End the selected links</source>
        <translation>Ausgewählte Links beenden</translation>
    </message>
    <message>
        <source>End all links…</source>
        <translation>Alle Links beenden …</translation>
    </message>
    <message>
        <source>The newest {n} are shown.</source>
        <translation>Die neuesten {n} werden gezeigt.</translation>
    </message>
    <message>
        <source>Page for guests’ phones</source>
        <translation>Seite für die Handys der Gäste</translation>
    </message>
    <message>
        <source>Links that work</source>
        <translation>Links, die gelten</translation>
    </message>
    <message>
        <source>Guests get a link at a kiosk, by an e-mail, or as a code on a print.</source>
        <translation>Gäste bekommen einen Link am Kiosk, per E-Mail oder als Code auf einem Druck.</translation>
    </message>
    <message>
        <source>No link works at the moment</source>
        <translation>Zurzeit gilt kein Link</translation>
    </message>
    <message>
        <source>Phones are not answered by this program: it is switched off (share.enabled).</source>
        <translation>Dieses Programm antwortet Handys nicht: Es ist abgeschaltet (share.enabled).</translation>
    </message>
    <message>
        <source>Switched off</source>
        <translation>Abgeschaltet</translation>
    </message>
    <message>
        <source>Not answered</source>
        <translation>Nicht erreichbar</translation>
    </message>
    <message>
        <source>Starts</source>
        <translation>Startet</translation>
    </message>
    <message>
        <source>Phones are answered in a moment.</source>
        <translation>Handys bekommen gleich Antwort.</translation>
    </message>
    <message>
        <source>Links work while this window or a kiosk of this machine is open, for phones in the same network.</source>
        <translation>Links gehen auf, solange dieses Fenster oder ein Kiosk auf diesem Rechner offen ist, für Handys im selben Netz.</translation>
    </message>
    <message>
        <source>Another EventSnap of this machine answers. When it ends, this window goes on, and links stay good.</source>
        <translation>Ein anderes EventSnap auf diesem Rechner antwortet. Endet es, macht dieses Fenster weiter, und die Links bleiben gültig.</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>Erreichbar</translation>
    </message>
    <message>
        <source>At {time} the page did not answer and was started again.</source>
        <translation>Um {time} antwortete die Seite nicht und wurde neu gestartet.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln link(s) work</source>
        <translation>
            <numerusform>%Ln Link gilt</numerusform>
            <numerusform>%Ln Links gelten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them opened</source>
        <translation>
            <numerusform>%Ln davon geöffnet</numerusform>
            <numerusform>%Ln davon geöffnet</numerusform>
        </translation>
    </message>
    <message>
        <source>the last one until {time}</source>
        <translation>der letzte bis {time}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln link(s) made</source>
        <translation>
            <numerusform>%Ln Link erstellt</numerusform>
            <numerusform>%Ln Links erstellt</numerusform>
        </translation>
    </message>
    <message>
        <source>Today: {figures}</source>
        <translation>Heute: {figures}</translation>
    </message>
    <message numerus="yes">
        <source>%n link(s) do not work any more.</source>
        <translation>
            <numerusform>%n Link gilt nicht mehr.</numerusform>
            <numerusform>%n Links gelten nicht mehr.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PhotoActions</name>
    <message>
        <source>The folder “{folder}” could not be opened</source>
        <translation>Der Ordner „{folder}“ konnte nicht geöffnet werden</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) shown in galleries again.</source>
        <translation>
            <numerusform>%n Foto wird wieder in Galerien gezeigt.</numerusform>
            <numerusform>%n Fotos werden wieder in Galerien gezeigt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) shown on the kiosks’ first screen.</source>
        <translation>
            <numerusform>%n Foto wird auf dem Startbild der Kioske gezeigt.</numerusform>
            <numerusform>%n Fotos werden auf dem Startbild der Kioske gezeigt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) not shown on the kiosks’ first screen any more.</source>
        <translation>
            <numerusform>%n Foto wird nicht mehr auf dem Startbild der Kioske gezeigt.</numerusform>
            <numerusform>%n Fotos werden nicht mehr auf dem Startbild der Kioske gezeigt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) hidden from every gallery.</source>
        <translation>
            <numerusform>%n Foto ist in allen Galerien ausgeblendet.</numerusform>
            <numerusform>%n Fotos sind in allen Galerien ausgeblendet.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PhotoCanvas</name>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Show all photos of this face</source>
        <translation>Alle Fotos dieses Gesichts zeigen</translation>
    </message>
</context>
<context>
    <name>PhotoCell</name>
    <message>
        <source>Hidden</source>
        <translation>Ausgeblendet</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
</context>
<context>
    <name>PhotoFilters</name>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search by name (Ctrl+F)</source>
        <translation>Nach Namen suchen (Strg+F)</translation>
    </message>
    <message>
        <source>Search by name</source>
        <translation>Nach Namen suchen</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Any time</source>
        <translation>Jede Zeit</translation>
    </message>
    <message>
        <source>Last 15 minutes</source>
        <translation>Letzte 15 Minuten</translation>
    </message>
    <message>
        <source>Last hour</source>
        <translation>Letzte Stunde</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>From … to …</source>
        <translation>Von … bis …</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>With faces</source>
        <translation>Mit Gesichtern</translation>
    </message>
    <message>
        <source>Without faces</source>
        <translation>Ohne Gesichter</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Pending</source>
        <translation>Wartend</translation>
    </message>
    <message>
        <source>Hidden</source>
        <translation>Ausgeblendet</translation>
    </message>
    <message>
        <source>First screen</source>
        <translation>Startbild</translation>
    </message>
    <message>
        <source>{kind}  {count}</source>
        <translation>{kind}  {count}</translation>
    </message>
</context>
<context>
    <name>PhotoGrid</name>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
</context>
<context>
    <name>PhotoModel</name>
    <message>
        <source>failed: {reason}</source>
        <translation>fehlgeschlagen: {reason}</translation>
    </message>
    <message>
        <source>waits to be encoded</source>
        <translation>wartet auf die Erfassung</translation>
    </message>
    <message numerus="yes">
        <source>%n face(s)</source>
        <translation>
            <numerusform>%n Gesicht</numerusform>
            <numerusform>%n Gesichter</numerusform>
        </translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>ausgeblendet</translation>
    </message>
    <message>
        <source>on the kiosks’ first screen</source>
        <translation>auf dem Startbild der Kioske</translation>
    </message>
</context>
<context>
    <name>PhotoStage</name>
    <message>
        <source>Photo</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>This photo cannot be shown right now</source>
        <translation>Dieses Foto ist gerade nicht zu sehen</translation>
    </message>
</context>
<context>
    <name>PhotoToolbar</name>
    <message>
        <source>Hide</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Retry all failed</source>
        <translation>Alle fehlgeschlagenen erneut versuchen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Hide or show again</source>
        <translation>Ausblenden oder wieder zeigen</translation>
    </message>
    <message>
        <source>Open the containing folder</source>
        <translation>Den Ordner öffnen</translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n ausgewählt</numerusform>
            <numerusform>%n ausgewählt</numerusform>
        </translation>
    </message>
    <message>
        <source>Select photos first</source>
        <translation>Wählen Sie erst Fotos aus</translation>
    </message>
    <message>
        <source>Show again</source>
        <translation>Wieder zeigen</translation>
    </message>
    <message>
        <source>Show on the kiosks’ first screen</source>
        <translation>Auf dem Startbild der Kioske zeigen</translation>
    </message>
    <message>
        <source>Do not show on the kiosks’ first screen</source>
        <translation>Nicht auf dem Startbild der Kioske zeigen</translation>
    </message>
    <message>
        <source>Open the folder this photo is in</source>
        <translation>Den Ordner öffnen, in dem dieses Foto liegt</translation>
    </message>
    <message>
        <source>These photos are not in a folder of this machine</source>
        <translation>Diese Fotos liegen in keinem Ordner dieses Rechners</translation>
    </message>
    <message>
        <source>Hide from every gallery, or show again (H)</source>
        <translation>In allen Galerien ausblenden oder wieder zeigen (H)</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Have the selected failed photos encoded again (Ctrl+R)</source>
        <translation>Die ausgewählten fehlgeschlagenen Fotos erneut erfassen (Strg+R)</translation>
    </message>
    <message>
        <source>Have all failed photos of the event encoded again</source>
        <translation>Alle fehlgeschlagenen Fotos der Veranstaltung erneut erfassen</translation>
    </message>
    <message>
        <source>Copy photos to a folder, a USB stick or a ZIP (Ctrl+E)</source>
        <translation>Fotos in einen Ordner, auf einen USB-Stick oder in ein ZIP kopieren (Strg+E)</translation>
    </message>
</context>
<context>
    <name>PhotoViewBar</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Photo before</source>
        <translation>Voriges Foto</translation>
    </message>
    <message>
        <source>Next photo</source>
        <translation>Nächstes Foto</translation>
    </message>
    <message>
        <source>Where am I?</source>
        <translation>Wo bin ich?</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Auswählen</translation>
    </message>
    <message>
        <source>Yes, that’s me</source>
        <translation>Ja, das bin ich</translation>
    </message>
    <message>
        <source>Not me</source>
        <translation>Das bin ich nicht</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Chosen</source>
        <translation>Ausgewählt</translation>
    </message>
</context>
<context>
    <name>PhotoWall</name>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
</context>
<context>
    <name>PhotoWords</name>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Waits to be encoded</source>
        <translation>Wartet auf die Erfassung</translation>
    </message>
    <message>
        <source>Encoded, no faces</source>
        <translation>Erfasst, keine Gesichter</translation>
    </message>
    <message>
        <source>Encoded</source>
        <translation>Erfasst</translation>
    </message>
    <message>
        <source>{shown} of {count} photos</source>
        <translation>{shown} von {count} Fotos</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n Foto</numerusform>
            <numerusform>%n Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>{width} × {height} px, {bytes}</source>
        <translation>{width} × {height} px, {bytes}</translation>
    </message>
    <message>
        <source>{number} · {score} · {size} px · q {quality}</source>
        <translation>{number} · {score} · {size} px · Q {quality}</translation>
    </message>
    <message>
        <source>Score {score}  ·  {size} px  ·  Quality {quality}</source>
        <translation>Wert {score}  ·  {size} px  ·  Qualität {quality}</translation>
    </message>
    <message>
        <source>Similarity {similarity}</source>
        <translation>Ähnlichkeit {similarity}</translation>
    </message>
    <message>
        <source>Found: at or above {sure}, the limit for “sure”.</source>
        <translation>Gefunden: mindestens {sure}, die Grenze für „sicher“.</translation>
    </message>
    <message>
        <source>Asked about: between {maybe} (“maybe”) and {sure} (“sure”).</source>
        <translation>Nachgefragt: zwischen {maybe} („vielleicht“) und {sure} („sicher“).</translation>
    </message>
    <message>
        <source>Left out: below {maybe}, the limit for “maybe”.</source>
        <translation>Ausgelassen: unter {maybe}, der Grenze für „vielleicht“.</translation>
    </message>
    <message>
        <source>Not counted: another face of this photo is more similar.</source>
        <translation>Nicht gezählt: ein anderes Gesicht dieses Fotos ist ähnlicher.</translation>
    </message>
    <message>
        <source>Left out: the photo is hidden.</source>
        <translation>Ausgelassen: das Foto ist ausgeblendet.</translation>
    </message>
    <message>
        <source>Left out: the photo is not encoded yet.</source>
        <translation>Ausgelassen: das Foto ist noch nicht erfasst.</translation>
    </message>
    <message>
        <source>Left out: the photo could not be encoded.</source>
        <translation>Ausgelassen: das Foto konnte nicht erfasst werden.</translation>
    </message>
    <message>
        <source>Left out: no face was found in the photo.</source>
        <translation>Ausgelassen: im Foto wurde kein Gesicht gefunden.</translation>
    </message>
    <message>
        <source>Found, sure</source>
        <translation>Gefunden, sicher</translation>
    </message>
    <message>
        <source>Found, asked about</source>
        <translation>Gefunden, nachgefragt</translation>
    </message>
    <message>
        <source>Not found: hidden</source>
        <translation>Nicht gefunden: ausgeblendet</translation>
    </message>
    <message>
        <source>Not found: not encoded yet</source>
        <translation>Nicht gefunden: noch nicht erfasst</translation>
    </message>
    <message>
        <source>Not found: encoding failed</source>
        <translation>Nicht gefunden: Erfassung fehlgeschlagen</translation>
    </message>
    <message>
        <source>Not found: no face</source>
        <translation>Nicht gefunden: kein Gesicht</translation>
    </message>
    <message>
        <source>Not found: not similar enough</source>
        <translation>Nicht gefunden: nicht ähnlich genug</translation>
    </message>
</context>
<context>
    <name>PhotosEmpty</name>
    <message>
        <source>No photo of this event fits the filter.</source>
        <translation>Kein Foto dieser Veranstaltung passt zum Filter.</translation>
    </message>
    <message>
        <source>Photos appear here as soon as the event is brought up to date.</source>
        <translation>Fotos erscheinen hier, sobald die Veranstaltung auf den neuesten Stand gebracht ist.</translation>
    </message>
    <message>
        <source>None of these photos is there any more</source>
        <translation>Keines dieser Fotos ist noch da</translation>
    </message>
    <message>
        <source>No event is open</source>
        <translation>Keine Veranstaltung ist geöffnet</translation>
    </message>
    <message>
        <source>Go to the events</source>
        <translation>Zu den Veranstaltungen</translation>
    </message>
    <message>
        <source>Looking for photos…</source>
        <translation>Fotos werden gesucht …</translation>
    </message>
    <message>
        <source>All photos</source>
        <translation>Alle Fotos</translation>
    </message>
    <message>
        <source>No such photos</source>
        <translation>Keine solchen Fotos</translation>
    </message>
    <message>
        <source>Show all photos</source>
        <translation>Alle Fotos zeigen</translation>
    </message>
    <message>
        <source>No photos yet</source>
        <translation>Noch keine Fotos</translation>
    </message>
    <message>
        <source>Sync and encode</source>
        <translation>Abgleichen und erfassen</translation>
    </message>
</context>
<context>
    <name>PhotosPage</name>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>This photo is not there any more.</source>
        <translation>Dieses Foto ist nicht mehr da.</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) wait to be encoded.</source>
        <translation>
            <numerusform>%n Foto wartet auf die Erfassung.</numerusform>
            <numerusform>%n Fotos warten auf die Erfassung.</numerusform>
        </translation>
    </message>
    <message>
        <source>Start encoding</source>
        <translation>Erfassung starten</translation>
    </message>
    <message>
        <source>Looking for this face…</source>
        <translation>Dieses Gesicht wird gesucht …</translation>
    </message>
</context>
<context>
    <name>PhotosScreen</name>
    <message>
        <source>New photos</source>
        <translation>Neue Fotos</translation>
    </message>
    <message numerus="yes">
        <source>%n new photo(s)</source>
        <translation>
            <numerusform>%n neues Foto</numerusform>
            <numerusform>%n neue Fotos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PinField</name>
    <message>
        <source>Set PIN</source>
        <translation>PIN setzen</translation>
    </message>
    <message>
        <source>Remove PIN</source>
        <translation>PIN entfernen</translation>
    </message>
    <message>
        <source>New PIN</source>
        <translation>Neue PIN</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>A PIN is set</source>
        <translation>Eine PIN ist gesetzt</translation>
    </message>
    <message>
        <source>No PIN</source>
        <translation>Keine PIN</translation>
    </message>
    <message>
        <source>The two entries differ.</source>
        <translation>Die beiden Eingaben sind verschieden.</translation>
    </message>
    <message>
        <source>Staff leave the kiosk with it. Only a scrambled form of it is stored.</source>
        <translation>Das Personal verlässt damit den Kiosk. Gespeichert wird nur ein Hashwert.</translation>
    </message>
    <message>
        <source>4 to 8 digits. Without a PIN staff cannot leave the kiosk on its screen.</source>
        <translation>4 bis 8 Ziffern. Ohne PIN kann das Personal den Kiosk nicht am Bildschirm verlassen.</translation>
    </message>
</context>
<context>
    <name>PinPad</name>
    <message>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>One moment …</source>
        <translation>Einen Moment …</translation>
    </message>
    <message>
        <source>Delete the last digit</source>
        <translation>Letzte Ziffer löschen</translation>
    </message>
</context>
<context>
    <name>PrintScreen</name>
    <message>
        <source>Copies of each photo</source>
        <translation>Abzüge von jedem Foto</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>Drucken</translation>
    </message>
    <message>
        <source>Photo {number}</source>
        <translation>Foto {number}</translation>
    </message>
    <message>
        <source>Sheet {number}</source>
        <translation>Bogen {number}</translation>
    </message>
    <message numerus="yes">
        <source>Print %n photos</source>
        <translation>
            <numerusform>%n Foto drucken</numerusform>
            <numerusform>%n Fotos drucken</numerusform>
        </translation>
    </message>
    <message>
        <source>Copies of each sheet</source>
        <translation>Abzüge von jedem Bogen</translation>
    </message>
    <message numerus="yes">
        <source>%n sheets with two strips each</source>
        <translation>
            <numerusform>%n Bogen mit zwei Streifen</numerusform>
            <numerusform>%n Bögen mit je zwei Streifen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n prints</source>
        <translation>
            <numerusform>%n Abzug</numerusform>
            <numerusform>%n Abzüge</numerusform>
        </translation>
    </message>
    <message>
        <source>One moment …</source>
        <translation>Einen Moment …</translation>
    </message>
    <message numerus="yes">
        <source>You can print %n more.</source>
        <translation>
            <numerusform>Du kannst noch %n mehr drucken.</numerusform>
            <numerusform>Du kannst noch %n mehr drucken.</numerusform>
        </translation>
    </message>
    <message>
        <source>That is as many as you can print.</source>
        <translation>Mehr kannst du nicht drucken.</translation>
    </message>
    <message>
        <source>You have no prints left.</source>
        <translation>Du hast keine Abzüge mehr.</translation>
    </message>
    <message>
        <source>Fewer prints are left now. Please look again.</source>
        <translation>Inzwischen sind weniger Abzüge übrig. Sieh bitte noch einmal nach.</translation>
    </message>
    <message numerus="yes">
        <source>Choose up to %n sheets to print.</source>
        <translation>
            <numerusform>Wähle %n Bogen zum Drucken.</numerusform>
            <numerusform>Wähle bis zu %n Bögen zum Drucken.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Choose up to %n photos to print.</source>
        <translation>
            <numerusform>Wähle %n Foto zum Drucken.</numerusform>
            <numerusform>Wähle bis zu %n Fotos zum Drucken.</numerusform>
        </translation>
    </message>
    <message>
        <source>Tap a photo to print it.</source>
        <translation>Tippe auf ein Foto, um es zu drucken.</translation>
    </message>
    <message>
        <source>The printer did not take it just now. Please try again, or ask the staff.</source>
        <translation>Der Drucker hat es gerade nicht angenommen. Versuch es bitte noch einmal, oder frag unser Team.</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Events</source>
        <translation>Veranstaltungen</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Sync and encode</source>
        <translation>Erfassung</translation>
    </message>
    <message>
        <source>Find a person</source>
        <translation>Person finden</translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation>Abdeckung</translation>
    </message>
    <message>
        <source>Kiosks</source>
        <translation>Kioske</translation>
    </message>
    <message>
        <source>Outbox</source>
        <translation>Postausgang</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>No event chosen</source>
        <translation>Keine Veranstaltung gewählt</translation>
    </message>
    <message>
        <source>{page} (Ctrl+{number})</source>
        <translation>{page} (Strg+{number})</translation>
    </message>
</context>
<context>
    <name>ResultsStrip</name>
    <message>
        <source>Back to all photos</source>
        <translation>Zurück zu allen Fotos</translation>
    </message>
    <message>
        <source>Back to all photos (Esc)</source>
        <translation>Zurück zu allen Fotos (Esc)</translation>
    </message>
    <message>
        <source>Open a photo to see why this person is found in it or not</source>
        <translation>Öffnen Sie ein Foto, um zu sehen, warum diese Person darin gefunden wird oder nicht</translation>
    </message>
    <message>
        <source>Explain no longer</source>
        <translation>Nicht mehr erklären</translation>
    </message>
    <message>
        <source>Explaining: {label}</source>
        <translation>Erklärt wird: {label}</translation>
    </message>
</context>
<context>
    <name>SaveBar</name>
    <message>
        <source>Discard changes</source>
        <translation>Änderungen verwerfen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
</context>
<context>
    <name>SearchingScreen</name>
    <message>
        <source>Looking for your photos …</source>
        <translation>Deine Fotos werden gesucht …</translation>
    </message>
    <message>
        <source>There are many photos today: just a few seconds more.</source>
        <translation>Heute gibt es viele Fotos: nur noch ein paar Sekunden.</translation>
    </message>
</context>
<context>
    <name>SelfieStrip</name>
    <message>
        <source>{taken} of {wanted} pictures taken</source>
        <translation>{taken} von {wanted} Bildern gemacht</translation>
    </message>
</context>
<context>
    <name>SelfieTile</name>
    <message>
        <source>Remove this selfie</source>
        <translation>Dieses Selfie entfernen</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Benutzt</translation>
    </message>
    <message>
        <source>Not used: {reason}</source>
        <translation>Nicht benutzt: {reason}</translation>
    </message>
</context>
<context>
    <name>SelfieTray</name>
    <message>
        <source>Drop selfies here, or paste them with Ctrl+V</source>
        <translation>Selfies hierher ziehen oder mit Strg+V einfügen</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Webcam</source>
        <translation>Webcam</translation>
    </message>
    <message>
        <source>Paste a picture from the clipboard (Ctrl+V)</source>
        <translation>Ein Bild aus der Zwischenablage einfügen (Strg+V)</translation>
    </message>
    <message>
        <source>Selfies</source>
        <translation>Selfies</translation>
    </message>
    <message>
        <source>{count} of {most}</source>
        <translation>{count} von {most}</translation>
    </message>
</context>
<context>
    <name>SettingField</name>
    <message>
        <source>not set</source>
        <translation>nicht gesetzt</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Back to the default</source>
        <translation>Zurück zum Standard</translation>
    </message>
    <message>
        <source>Takes effect at the next start.</source>
        <translation>Gilt ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>will be removed</source>
        <translation>wird entfernt</translation>
    </message>
    <message>
        <source>one is set</source>
        <translation>gesetzt</translation>
    </message>
    <message>
        <source>none is set</source>
        <translation>nicht gesetzt</translation>
    </message>
    <message>
        <source>Locked: set by {variable} in the environment.</source>
        <translation>Gesperrt: durch {variable} in der Umgebung gesetzt.</translation>
    </message>
    <message>
        <source>Locked: set on the command line.</source>
        <translation>Gesperrt: auf der Befehlszeile gesetzt.</translation>
    </message>
    <message>
        <source>Locked: choose it with --home or {variable}.</source>
        <translation>Gesperrt: wählen Sie ihn mit --home oder {variable}.</translation>
    </message>
    <message>
        <source>From the config file.</source>
        <translation>Aus der Einstellungsdatei.</translation>
    </message>
    <message>
        <source>From the system’s keyring.</source>
        <translation>Aus dem Schlüsselbund des Systems.</translation>
    </message>
    <message>
        <source>Default.</source>
        <translation>Standard.</translation>
    </message>
</context>
<context>
    <name>SettingWords</name>
    <message>
        <source>General</source>
        <translation>Allgemein</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>Erfassung</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Photo storage</source>
        <translation>Fotospeicher</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>Kiosk on this machine</source>
        <translation>Kiosk auf diesem Rechner</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>Photos on phones</source>
        <translation>Fotos auf Handys</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Processor (CPU)</source>
        <translation>Prozessor (CPU)</translation>
    </message>
    <message>
        <source>Graphics card (CUDA)</source>
        <translation>Grafikkarte (CUDA)</translation>
    </message>
    <message>
        <source>Not encrypted</source>
        <translation>Unverschlüsselt</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>What is done</source>
        <translation>Was getan wird</translation>
    </message>
    <message>
        <source>Warnings and errors</source>
        <translation>Warnungen und Fehler</translation>
    </message>
    <message>
        <source>Errors only</source>
        <translation>Nur Fehler</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Design</translation>
    </message>
    <message>
        <source>The colours of the windows.</source>
        <translation>Die Farben der Fenster.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>The language of the windows.</source>
        <translation>Die Sprache der Fenster.</translation>
    </message>
    <message>
        <source>Data folder</source>
        <translation>Datenordner</translation>
    </message>
    <message>
        <source>Where the index, models, logs and this configuration lie.</source>
        <translation>Wo Index, Modelle, Protokolle und diese Einstellungen liegen.</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>What is logged.</source>
        <translation>Was protokolliert wird.</translation>
    </message>
    <message>
        <source>Surely</source>
        <translation>Sicher</translation>
    </message>
    <message>
        <source>Similarity from which a photo is shown. The model pack knows a good one.</source>
        <translation>Ähnlichkeit, ab der ein Foto gezeigt wird. Das Modellpaket kennt einen guten Wert.</translation>
    </message>
    <message>
        <source>Maybe</source>
        <translation>Vielleicht</translation>
    </message>
    <message>
        <source>Similarity from which a photo is asked about. Not above “surely”.</source>
        <translation>Ähnlichkeit, ab der nach einem Foto gefragt wird. Nicht über „Sicher“.</translation>
    </message>
    <message>
        <source>Model pack</source>
        <translation>Modellpaket</translation>
    </message>
    <message>
        <source>lite, standard, seed or a folder. auto: standard with a GPU, else lite.</source>
        <translation>lite, standard, seed oder ein Ordner. auto: standard mit GPU, sonst lite.</translation>
    </message>
    <message>
        <source>Computes on</source>
        <translation>Rechnet auf</translation>
    </message>
    <message>
        <source>Where faces are found and compared. Automatic: the GPU where it works.</source>
        <translation>Wo Gesichter gefunden und verglichen werden. Automatisch: auf der GPU, wo sie funktioniert.</translation>
    </message>
    <message>
        <source>GPU memory at most (MB)</source>
        <translation>GPU-Speicher höchstens (MB)</translation>
    </message>
    <message>
        <source>Leave some for other programs on this machine.</source>
        <translation>Lassen Sie anderen Programmen auf diesem Rechner etwas übrig.</translation>
    </message>
    <message>
        <source>Photos fetched at once</source>
        <translation>Gleichzeitig geladene Fotos</translation>
    </message>
    <message>
        <source>0: the program chooses.</source>
        <translation>0: das Programm entscheidet.</translation>
    </message>
    <message>
        <source>Threads that only decode</source>
        <translation>Threads, die nur dekodieren</translation>
    </message>
    <message>
        <source>Threads that find faces</source>
        <translation>Threads, die Gesichter finden</translation>
    </message>
    <message>
        <source>Largest picture (megapixels)</source>
        <translation>Größtes Bild (Megapixel)</translation>
    </message>
    <message>
        <source>Larger pictures are refused.</source>
        <translation>Größere Bilder werden abgelehnt.</translation>
    </message>
    <message>
        <source>Tries for each photo</source>
        <translation>Versuche je Foto</translation>
    </message>
    <message>
        <source>After so many runs a photo is left as failed.</source>
        <translation>Nach so vielen Läufen bleibt ein Foto fehlgeschlagen.</translation>
    </message>
    <message>
        <source>Memory for waiting photos (MB)</source>
        <translation>Speicher für wartende Fotos (MB)</translation>
    </message>
    <message>
        <source>Photos that are fetched and wait to be encoded take no more.</source>
        <translation>Geladene Fotos, die auf die Erfassung warten, belegen nicht mehr.</translation>
    </message>
    <message>
        <source>S3 server</source>
        <translation>S3-Server</translation>
    </message>
    <message>
        <source>Its address, http://HOST:PORT. Empty: photos come from folders only.</source>
        <translation>Seine Adresse, http://HOST:PORT. Leer: Fotos kommen nur aus Ordnern.</translation>
    </message>
    <message>
        <source>Access key</source>
        <translation>Zugriffsschlüssel</translation>
    </message>
    <message>
        <source>Kept in the system’s keyring, never in a file.</source>
        <translation>Liegt im Schlüsselbund des Systems, nie in einer Datei.</translation>
    </message>
    <message>
        <source>Secret key</source>
        <translation>Geheimer Schlüssel</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Region</translation>
    </message>
    <message>
        <source>Most servers take any.</source>
        <translation>Die meisten Server nehmen jede.</translation>
    </message>
    <message>
        <source>Patience with the storage (seconds)</source>
        <translation>Geduld mit dem Speicher (Sekunden)</translation>
    </message>
    <message>
        <source>How long an encode waits for a storage that is away.</source>
        <translation>Wie lange eine Erfassung auf einen Speicher wartet, der nicht antwortet.</translation>
    </message>
    <message>
        <source>Look for new photos every (seconds)</source>
        <translation>Nach neuen Fotos sehen alle (Sekunden)</translation>
    </message>
    <message>
        <source>While watching, the source is listed so often at least.</source>
        <translation>Beim Beobachten wird die Quelle mindestens so oft aufgelistet.</translation>
    </message>
    <message>
        <source>Largest file (MB)</source>
        <translation>Größte Datei (MB)</translation>
    </message>
    <message>
        <source>Larger files are left out.</source>
        <translation>Größere Dateien werden ausgelassen.</translation>
    </message>
    <message>
        <source>PostgreSQL server</source>
        <translation>PostgreSQL-Server</translation>
    </message>
    <message>
        <source>postgresql://user:password@host:5432/database. Empty: the built-in database. With a password it is kept in the system’s keyring.</source>
        <translation>postgresql://benutzer:passwort@host:5432/datenbank. Leer: die eingebaute Datenbank. Mit Passwort liegt sie im Schlüsselbund des Systems.</translation>
    </message>
    <message>
        <source>Address from the keyring</source>
        <translation>Adresse aus dem Schlüsselbund</translation>
    </message>
    <message>
        <source>The server’s address with its password is in the system’s keyring.</source>
        <translation>Die Adresse des Servers mit ihrem Passwort liegt im Schlüsselbund des Systems.</translation>
    </message>
    <message>
        <source>Patience with the database (seconds)</source>
        <translation>Geduld mit der Datenbank (Sekunden)</translation>
    </message>
    <message>
        <source>How long work waits for a database that is away.</source>
        <translation>Wie lange auf eine Datenbank gewartet wird, die nicht antwortet.</translation>
    </message>
    <message>
        <source>Name of this kiosk</source>
        <translation>Name dieses Kiosks</translation>
    </message>
    <message>
        <source>What the organizer sees. Empty: the computer’s name.</source>
        <translation>Was der Veranstalter sieht. Leer: der Name des Rechners.</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>0 is the first webcam, 1 the second. file:PATH plays a file instead.</source>
        <translation>0 ist die erste Webcam, 1 die zweite. file:PFAD spielt stattdessen eine Datei ab.</translation>
    </message>
    <message>
        <source>Colours of the kiosk</source>
        <translation>Farben des Kiosks</translation>
    </message>
    <message>
        <source>Light for a light venue, dark for a dark one.</source>
        <translation>Hell für helle Räume, dunkel für dunkle.</translation>
    </message>
    <message>
        <source>Accessible mode</source>
        <translation>Barrierearme Ansicht</translation>
    </message>
    <message>
        <source>Larger type, more contrast, everything within reach of a wheelchair.</source>
        <translation>Größere Schrift, mehr Kontrast, alles in Reichweite vom Rollstuhl aus.</translation>
    </message>
    <message>
        <source>Sounds</source>
        <translation>Töne</translation>
    </message>
    <message>
        <source>Quiet sounds, as when a selfie is taken.</source>
        <translation>Leise Töne, etwa wenn ein Selfie entsteht.</translation>
    </message>
    <message>
        <source>Printer</source>
        <translation>Drucker</translation>
    </message>
    <message>
        <source>The print queue’s name, or several with commas between: the next free one prints. pdf:FOLDER puts files into a folder instead. Empty: the system’s default printer.</source>
        <translation>Der Name der Druckerwarteschlange oder mehrere mit Kommas dazwischen: Die nächste freie druckt. pdf:ORDNER legt stattdessen Dateien in einen Ordner. Leer: der Standarddrucker des Systems.</translation>
    </message>
    <message>
        <source>Mail server</source>
        <translation>Mailserver</translation>
    </message>
    <message>
        <source>Its name, as smtp.example.org. Empty: guests get no e-mails.</source>
        <translation>Sein Name, etwa smtp.example.org. Leer: Gäste bekommen keine E-Mails.</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Mostly 587, with TLS mostly 465.</source>
        <translation>Meist 587, mit TLS meist 465.</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>Verschlüsselung</translation>
    </message>
    <message>
        <source>STARTTLS, or TLS from the start. Without any, anybody can read along.</source>
        <translation>STARTTLS oder TLS von Anfang an. Ohne kann jeder mitlesen.</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Who logs in. Empty: nobody has to.</source>
        <translation>Wer sich anmeldet. Leer: niemand muss.</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Sender’s address</source>
        <translation>Adresse des Absenders</translation>
    </message>
    <message>
        <source>Where e-mails to guests come from.</source>
        <translation>Woher E-Mails an Gäste kommen.</translation>
    </message>
    <message>
        <source>Sender’s name</source>
        <translation>Name des Absenders</translation>
    </message>
    <message>
        <source>What guests read as the sender.</source>
        <translation>Was Gäste als Absender lesen.</translation>
    </message>
    <message>
        <source>Guests scan a code and have their photos, without the internet.</source>
        <translation>Gäste scannen einen Code und haben ihre Fotos, ohne Internet.</translation>
    </message>
    <message>
        <source>Where phones are answered; where it is taken, on the next free one.</source>
        <translation>Wo Handys eine Antwort bekommen; ist er belegt, auf dem nächsten freien.</translation>
    </message>
    <message>
        <source>Address for phones</source>
        <translation>Adresse für Handys</translation>
    </message>
    <message>
        <source>This machine’s in the network of the phones. Empty: it is found out.</source>
        <translation>Die dieses Rechners im Netz der Handys. Leer: Sie wird herausgefunden.</translation>
    </message>
    <message>
        <source>Public address</source>
        <translation>Öffentliche Adresse</translation>
    </message>
    <message>
        <source>What links begin with where a proxy stands before this machine.</source>
        <translation>Womit Links beginnen, wenn ein Proxy vor diesem Rechner steht.</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>A file in PEM form, for https. It needs its key.</source>
        <translation>Eine Datei in PEM-Form, für https. Sie braucht ihren Schlüssel.</translation>
    </message>
    <message>
        <source>Key of the certificate</source>
        <translation>Schlüssel des Zertifikats</translation>
    </message>
    <message>
        <source>A file in PEM form, without a password.</source>
        <translation>Eine Datei in PEM-Form, ohne Passwort.</translation>
    </message>
    <message>
        <source>Save straight from the S3 server</source>
        <translation>Direkt vom S3-Server speichern</translation>
    </message>
    <message>
        <source>Photos leave as they are, with all metadata. Phones must reach it.</source>
        <translation>Fotos gehen unverändert hinaus, mit allen Metadaten. Handys müssen ihn erreichen.</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>Einstellungen suchen</translation>
    </message>
    <message>
        <source>No setting is called that.</source>
        <translation>Keine Einstellung heißt so.</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) not saved yet</source>
        <translation>
            <numerusform>%n Änderung ist noch nicht gespeichert</numerusform>
            <numerusform>%n Änderungen sind noch nicht gespeichert</numerusform>
        </translation>
    </message>
    <message>
        <source>The settings are saved.</source>
        <translation>Die Einstellungen sind gespeichert.</translation>
    </message>
</context>
<context>
    <name>ShutterButton</name>
    <message>
        <source>Take the picture</source>
        <translation>Bild aufnehmen</translation>
    </message>
</context>
<context>
    <name>SourceField</name>
    <message>
        <source>Source of the photos</source>
        <translation>Quelle der Fotos</translation>
    </message>
    <message>
        <source>a folder, or minio://BUCKET/PREFIX</source>
        <translation>ein Ordner oder minio://BUCKET/PREFIX</translation>
    </message>
    <message>
        <source>Choose folder…</source>
        <translation>Ordner wählen …</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Wird geprüft …</translation>
    </message>
    <message>
        <source>It can be read and holds more than {count} photos.</source>
        <translation>Sie ist lesbar und enthält mehr als {count} Fotos.</translation>
    </message>
    <message numerus="yes">
        <source>It can be read and holds %n photo(s).</source>
        <translation>
            <numerusform>Sie ist lesbar und enthält %n Foto.</numerusform>
            <numerusform>Sie ist lesbar und enthält %n Fotos.</numerusform>
        </translation>
    </message>
    <message>
        <source>It can be read and is still empty.</source>
        <translation>Sie ist lesbar und noch leer.</translation>
    </message>
    <message>
        <source>Folder with the photos</source>
        <translation>Ordner mit den Fotos</translation>
    </message>
</context>
<context>
    <name>StaffMenu</name>
    <message>
        <source>Which camera</source>
        <translation>Welche Kamera</translation>
    </message>
    <message>
        <source>Open the kiosk again</source>
        <translation>Kiosk wieder öffnen</translation>
    </message>
    <message>
        <source>Test print</source>
        <translation>Testdruck</translation>
    </message>
    <message>
        <source>Restart the kiosk</source>
        <translation>Kiosk neu starten</translation>
    </message>
    <message>
        <source>Leave the kiosk</source>
        <translation>Kiosk verlassen</translation>
    </message>
    <message>
        <source>Pause: guests read that it is back soon</source>
        <translation>Pause: Gäste lesen, dass es bald weitergeht</translation>
    </message>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>%n min</numerusform>
            <numerusform>%n min</numerusform>
        </translation>
    </message>
    <message>
        <source>Until I open it again</source>
        <translation>Bis ich ihn wieder öffne</translation>
    </message>
</context>
<context>
    <name>StaffPanel</name>
    <message>
        <source>Staff only</source>
        <translation>Nur für das Team</translation>
    </message>
    <message>
        <source>Back to the kiosk</source>
        <translation>Zurück zum Kiosk</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>Photo source</source>
        <translation>Fotoquelle</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Printer</source>
        <translation>Drucker</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>No PIN is set for this kiosk. Set one in the organizer&apos;s window, under Kiosks; until then the kiosk cannot be left or paused here.</source>
        <translation>Für diesen Kiosk ist keine PIN gesetzt. Setzen Sie eine im Fenster des Veranstalters unter Kioske; bis dahin lässt sich der Kiosk hier weder verlassen noch anhalten.</translation>
    </message>
</context>
<context>
    <name>StartScreen</name>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Set up anew</source>
        <translation>Neu einrichten</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Encoding progress</source>
        <translation>Fortschritt der Erfassung</translation>
    </message>
    <message>
        <source>Device not used yet</source>
        <translation>Gerät noch nicht benutzt</translation>
    </message>
    <message>
        <source>Built-in database</source>
        <translation>Eingebaute Datenbank</translation>
    </message>
    <message>
        <source>Database server</source>
        <translation>Datenbankserver</translation>
    </message>
    <message>
        <source>Database is away</source>
        <translation>Datenbank antwortet nicht</translation>
    </message>
    <message>
        <source>No photo source</source>
        <translation>Keine Fotoquelle</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>{device}, model pack {pack}</source>
        <translation>{device}, Modellpaket {pack}</translation>
    </message>
</context>
<context>
    <name>StorageStep</name>
    <message>
        <source>Test connection</source>
        <translation>Verbindung testen</translation>
    </message>
    <message>
        <source>Use the built-in database and folder</source>
        <translation>Eingebaute Datenbank und Ordner benutzen</translation>
    </message>
    <message>
        <source>Works at once. Everything stays on this computer: no server, no cloud.</source>
        <translation>Funktioniert sofort. Alles bleibt auf diesem Rechner: kein Server, keine Cloud.</translation>
    </message>
    <message>
        <source>Use my PostgreSQL and MinIO</source>
        <translation>Mein PostgreSQL und MinIO benutzen</translation>
    </message>
    <message>
        <source>For several computers at one event that share photos.</source>
        <translation>Für mehrere Rechner einer Veranstaltung, die Fotos teilen.</translation>
    </message>
    <message>
        <source>Welcome to EventSnap</source>
        <translation>Willkommen bei EventSnap</translation>
    </message>
    <message>
        <source>Guests find their photos by their face. Three short steps, and all of it can be changed later in the settings.</source>
        <translation>Gäste finden ihre Fotos über ihr Gesicht. Drei kurze Schritte; alles lässt sich später in den Einstellungen ändern.</translation>
    </message>
    <message>
        <source>Set in the environment, and stronger than what is chosen here: {names}</source>
        <translation>In der Umgebung gesetzt und stärker als das hier Gewählte: {names}</translation>
    </message>
    <message>
        <source>Database address</source>
        <translation>Adresse der Datenbank</translation>
    </message>
    <message>
        <source>Storage address</source>
        <translation>Adresse des Speichers</translation>
    </message>
    <message>
        <source>Access key</source>
        <translation>Zugriffsschlüssel</translation>
    </message>
    <message>
        <source>Secret key</source>
        <translation>Geheimer Schlüssel</translation>
    </message>
    <message>
        <source>Bucket</source>
        <translation>Bucket</translation>
    </message>
    <message>
        <source>Test the database</source>
        <translation>Datenbank testen</translation>
    </message>
    <message>
        <source>Test the photo storage</source>
        <translation>Fotospeicher testen</translation>
    </message>
    <message>
        <source>Leave an address empty to use the built-in one. Passwords and keys go into the system&apos;s keyring, never into a file.</source>
        <translation>Lassen Sie eine Adresse leer, um das Eingebaute zu benutzen. Passwörter und Schlüssel kommen in den Schlüsselbund des Systems, nie in eine Datei.</translation>
    </message>
    <message>
        <source>Trying…</source>
        <translation>Wird versucht …</translation>
    </message>
</context>
<context>
    <name>TakeBar</name>
    <message>
        <source>E-mail</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>Drucken</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Handy</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n chosen</source>
        <translation>
            <numerusform>%1 von %n ausgewählt</numerusform>
            <numerusform>%1 von %n ausgewählt</numerusform>
        </translation>
    </message>
    <message>
        <source>1 photo</source>
        <translation>1 Foto</translation>
    </message>
    <message numerus="yes">
        <source>All %n photo(s)</source>
        <translation>
            <numerusform>%n Foto</numerusform>
            <numerusform>Alle %n Fotos</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose none</source>
        <translation>Keine auswählen</translation>
    </message>
    <message>
        <source>Choose all</source>
        <translation>Alle auswählen</translation>
    </message>
    <message>
        <source>Printing takes a break. The staff know.</source>
        <translation>Der Drucker macht Pause. Das Team weiß Bescheid.</translation>
    </message>
    <message>
        <source>Photos cannot be taken home right now</source>
        <translation>Fotos lassen sich gerade nicht mitnehmen</translation>
    </message>
    <message>
        <source>Tap the circles to take only some</source>
        <translation>Tippe auf die Kreise, um nur einige mitzunehmen</translation>
    </message>
</context>
<context>
    <name>ThanksScreen</name>
    <message>
        <source>Thank you!</source>
        <translation>Danke!</translation>
    </message>
    <message>
        <source>Nothing about you stays on this screen.</source>
        <translation>Auf diesem Bildschirm bleibt nichts von dir.</translation>
    </message>
</context>
<context>
    <name>ThresholdSliders</name>
    <message>
        <source>Sure from this similarity up</source>
        <translation>Sicher ab dieser Ähnlichkeit</translation>
    </message>
    <message>
        <source>Maybe from this similarity up</source>
        <translation>Vielleicht ab dieser Ähnlichkeit</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Use from now on</source>
        <translation>Ab jetzt benutzen</translation>
    </message>
    <message>
        <source>Back to the thresholds of the settings or the model pack</source>
        <translation>Zurück zu den Schwellen der Einstellungen oder des Modellpakets</translation>
    </message>
    <message>
        <source>Save both as the thresholds of this machine</source>
        <translation>Beide als Schwellen dieses Rechners speichern</translation>
    </message>
    <message>
        <source>How alike</source>
        <translation>Wie ähnlich</translation>
    </message>
    <message>
        <source>Sure from</source>
        <translation>Sicher ab</translation>
    </message>
    <message>
        <source>Maybe from</source>
        <translation>Vielleicht ab</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n Foto</numerusform>
            <numerusform>%n Fotos</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
</context>
<context>
    <name>TogetherChoice</name>
    <message>
        <source>Just me</source>
        <translation>Nur ich</translation>
    </message>
    <message>
        <source>All of us</source>
        <translation>Wir alle</translation>
    </message>
</context>
<context>
    <name>ViewerBar</name>
    <message>
        <source>Close (Esc)</source>
        <translation>Schließen (Esc)</translation>
    </message>
    <message>
        <source>Previous photo (Left)</source>
        <translation>Voriges Foto (Links)</translation>
    </message>
    <message>
        <source>Next photo (Right)</source>
        <translation>Nächstes Foto (Rechts)</translation>
    </message>
    <message>
        <source>Zoom out (-)</source>
        <translation>Verkleinern (-)</translation>
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation>Vergrößern (+)</translation>
    </message>
    <message>
        <source>Whole photo (0)</source>
        <translation>Ganzes Foto (0)</translation>
    </message>
    <message>
        <source>Boxes around faces (B)</source>
        <translation>Rahmen um Gesichter (B)</translation>
    </message>
    <message>
        <source>Hide from every gallery (H)</source>
        <translation>In allen Galerien ausblenden (H)</translation>
    </message>
    <message>
        <source>Hidden</source>
        <translation>Ausgeblendet</translation>
    </message>
    <message>
        <source>First screen</source>
        <translation>Startbild</translation>
    </message>
    <message>
        <source>{place} of {count}</source>
        <translation>{place} von {count}</translation>
    </message>
    <message>
        <source>Show in galleries again (H)</source>
        <translation>Wieder in Galerien zeigen (H)</translation>
    </message>
    <message>
        <source>Show on the kiosks’ first screen (K)</source>
        <translation>Auf dem Startbild der Kioske zeigen (K)</translation>
    </message>
    <message>
        <source>Do not show on the kiosks’ first screen (K)</source>
        <translation>Nicht auf dem Startbild der Kioske zeigen (K)</translation>
    </message>
    <message>
        <source>Open the containing folder</source>
        <translation>Den Ordner öffnen</translation>
    </message>
    <message>
        <source>These photos are not in a folder of this machine</source>
        <translation>Diese Fotos liegen in keinem Ordner dieses Rechners</translation>
    </message>
    <message>
        <source>{n} %</source>
        <translation>{n} %</translation>
    </message>
</context>
<context>
    <name>WebcamDialog</name>
    <message>
        <source>Take a selfie</source>
        <translation>Selfie aufnehmen</translation>
    </message>
    <message>
        <source>The camera starts…</source>
        <translation>Die Kamera startet …</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Take the picture</source>
        <translation>Aufnehmen</translation>
    </message>
    <message>
        <source>One face, near and well lit. Nothing is stored.</source>
        <translation>Ein Gesicht, nah und gut beleuchtet. Es wird nichts gespeichert.</translation>
    </message>
</context>
<context>
    <name>WifiCode</name>
    <message>
        <source>Code of the Wi-Fi</source>
        <translation>Code des WLANs</translation>
    </message>
    <message>
        <source>Name the Wi-Fi in the form, and guests get a code for it.</source>
        <translation>Nennen Sie das WLAN im Formular, dann bekommen Gäste einen Code dafür.</translation>
    </message>
    <message>
        <source>Wi-Fi: {name}</source>
        <translation>WLAN: {name}</translation>
    </message>
</context>
<context>
    <name>WifiFields</name>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>None: an open network</source>
        <translation>Keines: ein offenes Netz</translation>
    </message>
    <message>
        <source>Name of the Wi-Fi (SSID)</source>
        <translation>Name des WLANs (SSID)</translation>
    </message>
    <message>
        <source>Its password</source>
        <translation>Sein Passwort</translation>
    </message>
    <message>
        <source>The password is kept in the event’s settings in the database as it is, and guests see it as a code: use the guests’ network, not your own.</source>
        <translation>Das Passwort steht unverschlüsselt in den Einstellungen der Veranstaltung in der Datenbank, und Gäste sehen es als Code: Nehmen Sie das Gästenetz, nicht Ihr eigenes.</translation>
    </message>
    <message>
        <source>The name of a Wi-Fi has at most 32 bytes.</source>
        <translation>Der Name eines WLANs hat höchstens 32 Byte.</translation>
    </message>
    <message>
        <source>The Wi-Fi has a password but no name.</source>
        <translation>Das WLAN hat ein Passwort, aber keinen Namen.</translation>
    </message>
    <message>
        <source>The password of a Wi-Fi has at least 8 characters.</source>
        <translation>Das Passwort eines WLANs hat mindestens 8 Zeichen.</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Verbergen</translation>
    </message>
</context>
<context>
    <name>_Line</name>
    <message>
        <source>E-mail address</source>
        <translation>E-Mail-Adresse</translation>
    </message>
    <message>
        <source>Did you mean {address}?</source>
        <translation>Meinen Sie {address}?</translation>
    </message>
</context>
</TS>
